"""Lights as they were recorded, month by month. Appended, never changed: history is not computed again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed


class RecordedLight(Governed):
    """A light as it was set on a day (luming.monitor.LightRecord), of one target of one document.

    Attributes:
        inputs: keys of the facts that it rests on.
        recorded_on: the day the record was made.
    """

    noun = "cockpit"

    document = models.ForeignKey(
        "documents.Document", verbose_name=_("文件"), on_delete=models.PROTECT, related_name="lights"
    )
    target = models.CharField(_("目标"), max_length=80)
    as_of = models.DateField(_("所指日期"))
    light = models.CharField(_("灯"), max_length=8)
    reason = models.TextField(_("理由"))
    rule = models.CharField(_("规则"), max_length=200)
    inputs = models.JSONField(_("依据的数据"), default=list)
    override_by = models.CharField(_("人工设定"), max_length=64, blank=True)
    override_until = models.DateField(_("设定有效期至"), null=True, blank=True)
    recorded_on = models.DateField(_("记录日"))

    class Meta:
        verbose_name = _("亮灯记录")
        ordering = ["document", "target", "as_of", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "target", "as_of"], name="one_light_a_target_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.as_of} {self.light}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The cockpit is open to all."""
        return None
