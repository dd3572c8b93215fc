"""Milestones of projects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from luming.monitor import Milestone as Step
from luming_portal.fields import ExactDecimalField
from luming_portal.projects.models.progress import ProgressRecord


def a_weight(value: str) -> None:
    """A weight, as it is stored, is above 0.

    Raises:
        ValidationError: it is not.
    """
    if Decimal(value) <= 0:
        raise ValidationError(_("权重应大于0。"))


class Milestone(ProgressRecord):
    """One step of a project: when it is due, how much it weighs, when it was done and what shows that."""

    label = models.CharField(_("节点"), max_length=100)
    due = models.DateField(_("计划完成"))
    weight: Any = ExactDecimalField(_("权重"), default=Decimal(1), validators=[a_weight])
    done_on = models.DateField(_("实际完成"), null=True, blank=True)
    unit = models.CharField(_("责任单位"), max_length=100, blank=True)
    evidence = models.CharField(_("完成依据"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("项目节点")
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "label"], name="one_milestone_a_label")]

    def __str__(self) -> str:
        return f"{self.project} {self.label}"

    def clean(self) -> None:
        """What is done has something to show for it."""
        if self.done_on is not None and not self.evidence.strip():
            raise ValidationError({"evidence": _("已完成的节点要写明依据,如验收文号、纪要、照片编号。")})

    def step(self) -> Step:
        """As the library reckons with it."""
        return Step(self.label, self.due, self.weight, self.done_on)
