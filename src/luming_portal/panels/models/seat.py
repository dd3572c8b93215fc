"""Seats: which expert sits on a panel, and what he declared."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.appraisal import Expert as Judge
from luming.appraisal import Speciality
from luming_portal.library_words import WORDS
from luming_portal.panels.models.expert import Expert
from luming_portal.panels.models.panel import OfPanel, Panel


class SeatState(models.TextChoices):
    """Where a seat stands."""

    PROPOSED = "proposed", _("拟请")
    INVITED = "invited", _("待申报")
    CLEAR = "clear", _("已承诺无回避情形")
    BARRED = "barred", _("须回避")
    RELEASED = "released", _("已换下")


INVITED = (SeatState.INVITED.value, SeatState.CLEAR.value)
"""States in which the expert sees that he sits on the panel."""
SITTING = (SeatState.PROPOSED.value, SeatState.INVITED.value, SeatState.CLEAR.value)
"""States that count for the composition."""


class Seat(OfPanel):
    """One expert on one panel, with name, unit and speciality as they were then.

    Attributes:
        leader: who leads the discussion; scores as everybody does.
        declaration: what the expert declared: {"clear", "text", "ties", "at"}; None before.
        undeclared: ties that others found after the expert had declared that there are none.
        released_why: why he does not sit any more.
    """

    panel = models.ForeignKey(Panel, verbose_name=_("专家组"), on_delete=models.PROTECT, related_name="seats")
    expert = models.ForeignKey(Expert, verbose_name=_("专家"), on_delete=models.PROTECT, related_name="seats")
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=200, blank=True)
    speciality = models.CharField(
        _("专家类别"), max_length=12, choices=[(one.value, WORDS[one.label]) for one in Speciality]
    )
    leader = models.BooleanField(_("组长"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=SeatState.choices, default=SeatState.PROPOSED)
    declaration = models.JSONField(_("回避申报"), null=True, blank=True)
    declared_at = models.DateTimeField(_("申报时间"), null=True)
    undeclared = models.PositiveSmallIntegerField(_("未申报的关系"), default=0)
    released_why = models.CharField(_("换下的理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("评审席位")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["panel", "expert"], name="an_expert_once_a_panel")]

    def __str__(self) -> str:
        return self.name

    @property
    def sits(self) -> bool:
        """Whether the seat counts for the composition."""
        return self.state in SITTING

    @property
    def scores(self) -> bool:
        """Whether the expert may judge."""
        return self.state == SeatState.CLEAR

    def judge(self) -> Judge:
        """The expert as the library knows one, as he was when the seat was given."""
        return Judge(self.expert.key, self.name, self.unit, Speciality(self.speciality))

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Of an expert his own seat only: who else sits is told by the office, when it likes."""
        if scope == "own":
            return Q(expert__account_id=user.pk, state__in=INVITED) if user.is_authenticated else None
        return super().scope_filter(scope, user)
