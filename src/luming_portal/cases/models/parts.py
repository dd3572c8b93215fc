"""Who has to do with a case: departments with a part in it, people who may read it, and whose turn it is."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luming_portal.cases.models.case import Case
from luming_portal.cases.models.event import OfCase


class CaseUnit(OfCase):
    """A department that has a part in a case, for good: in charge of it, or asked for its opinion."""

    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="units")
    unit = models.CharField(_("单位"), max_length=100, db_index=True)

    class Meta:
        verbose_name = _("参与单位")
        constraints = [models.UniqueConstraint(fields=["case", "unit"], name="case_unit_once")]

    def __str__(self) -> str:
        return self.unit


class CaseReader(OfCase):
    """A person outside the offices to whom a case was opened to read, such as an expert of its panel."""

    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(
        "accounts.User", verbose_name=_("查看人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("可查看的人")
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="case_reader_once")]

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """That one may read."""
        return Q(user_id=user.pk)


class CaseTurn(models.Model):
    """Whose turn it is: what a case waits for. Reckoned anew with every event and tick, so that trays are one question.

    Attributes:
        plays: role of the portal; `unit` the department, "" where any of that role may act.
        part: role of the process; `kind`: move, opinion or settling; `keys`: the steps or the opinion, `labels` in words.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="turns")
    plays = models.CharField(max_length=16)
    unit = models.CharField(max_length=100, blank=True)
    part = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    labels = models.JSONField(default=list)
    keys = models.JSONField(default=list)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("待办")
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["plays", "unit"])]

    @property
    def act_href(self) -> str:
        """Where one acts with one click: the only step's page, the opinion's, else the choice on the page of the case."""
        if len(self.keys) == 1 and self.kind in ("move", "opinion"):
            return reverse(
                "cases:step" if self.kind == "move" else "cases:opinion", args=[self.case.pk, self.keys[0]]
            )
        return reverse("cases:case", args=[self.case.pk]) + "#act"
