"""A dispute about one light: who contests it, why, on what evidence, and what the office decided (luming.dispute)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.dispute import Contested, DisputeState
from luming.monitor import Light
from luming_portal.audit.governed import Governed
from luming_portal.library_words import WORDS

LIGHTS = [(one.value, WORDS[one.label]) for one in Light]


class LightDispute(Governed):
    """One unit against one light.

    Attributes:
        as_of, light, light_reason, figure, inputs: the light as the unit saw it, frozen.
        decision: the office's reason.
        demo: about the demonstration board, which has disputes of its own.
    """

    noun = "dispute"
    governed_fields = frozenset(
        {"document_id", "target", "as_of", "light", "inputs", "unit", "reason", "evidence"}
    )

    document = models.ForeignKey(
        "documents.Document", verbose_name=_("文件"), on_delete=models.PROTECT, related_name="disputes"
    )
    target = models.CharField(_("目标编号"), max_length=80)
    target_label = models.CharField(_("目标"), max_length=200)
    as_of = models.DateField(_("看板日期"))
    light = models.CharField(_("申诉的灯"), max_length=8, choices=LIGHTS)
    light_reason = models.TextField(_("亮灯理由"))
    figure = models.CharField(_("当时的数"), max_length=100, blank=True)
    inputs = models.JSONField(_("依据的数据"), default=list)
    unit = models.CharField(_("申诉单位"), max_length=100)
    reason = models.TextField(_("申诉理由"))
    evidence = models.TextField(_("依据"))
    filed_by = models.ForeignKey(
        "accounts.User", verbose_name=_("申诉人"), on_delete=models.PROTECT, related_name="+"
    )
    filed_on = models.DateField(_("申诉日期"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        default=DisputeState.FILED.value,
        choices=[(one.value, WORDS[one.label]) for one in DisputeState],
    )
    decision = models.TextField(_("裁定理由"), blank=True)
    decided_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("裁定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("亮灯申诉")
        ordering = ["-filed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "target", "unit", "demo"],
                condition=Q(state=DisputeState.FILED.value),
                name="one_open_dispute_a_target_and_unit",
            )
        ]
        indexes = [models.Index(fields=["document", "demo", "state"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.target_label} {self.as_of}"

    @property
    def at(self) -> DisputeState:
        """Where it stands."""
        return DisputeState(self.state)

    def contested(self) -> Contested:
        """The light that it is about, for the library."""
        return Contested(self.as_of, Light(self.light), tuple(self.inputs), self.at)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Those that one's own unit has filed."""
        return Q(unit=user.unit) if scope == "unit" and user.unit else None
