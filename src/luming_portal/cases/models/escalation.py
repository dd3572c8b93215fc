"""Clocks that ran over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luming_portal.cases.models.case import Case
from luming_portal.cases.models.event import OfCase


class Escalation(OfCase):
    """A clock ran over and somebody above was told; each step once. `paper`: what is to be issued, such as a 督办函."""

    case = models.ForeignKey(
        Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="escalations"
    )
    clock = models.CharField(_("时限"), max_length=60)
    clock_label = models.CharField(_("时限名称"), max_length=100)
    started_at = models.DateTimeField(_("计时开始"))
    step = models.PositiveSmallIntegerField(_("第几级"))
    to = models.CharField(_("报送"), max_length=100)
    paper = models.CharField(_("文书"), max_length=60, blank=True)
    due_at = models.DateTimeField(_("期限"))
    raised_at = models.DateTimeField(_("升级时间"))

    class Meta:
        verbose_name = _("超期升级")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "clock", "started_at", "step"], name="case_escalated_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock_label} {self.to}"
