"""A one-time link, and the figures that may be filled in by it. The rules of time are luming.reporting's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from luming.reporting import InvitationState, state_of
from luming_portal.audit.governed import Governed
from luming_portal.fields import ExactDecimalField


class Invitation(Governed):
    """A link handed to a contact person without an account: one unit, one month, named figures, one hand-in.

    Attributes:
        contact: who is to fill in, as the unit names him.
        phone: his telephone number, masked before it is stored.
        digest: SHA-256 of the link's token in hexadecimal; the token itself is nowhere kept.
        made_by: the officer whom the contact person turns to.
        reason: why it was withdrawn.
    """

    noun = "invitation"
    governed_fields = frozenset({"withdrawn_at", "unit", "reporting_month_id", "expires_at", "digest"})
    hidden_fields = frozenset({"digest"})
    personal_fields = frozenset({"contact", "phone"})

    reporting_month = models.ForeignKey(
        "reporting.ReportingMonth", verbose_name=_("报送期"), on_delete=models.PROTECT, related_name="+"
    )
    unit = models.CharField(_("填报单位"), max_length=100)
    contact = models.CharField(_("联系人"), max_length=40)
    phone = models.CharField(_("电话(已遮盖)"), max_length=20, blank=True)
    digest = models.CharField(_("链接摘要"), max_length=64, unique=True)
    made_by = models.ForeignKey(
        "accounts.User", verbose_name=_("发放人"), on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(_("有效到"))
    opened_at = models.DateTimeField(_("首次打开"), null=True, blank=True)
    used_at = models.DateTimeField(_("交回时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    reason = models.CharField(_("收回理由"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("一次性链接")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["reporting_month", "unit"])]

    def __str__(self) -> str:
        return now("一次性链接%(number)s号(%(unit)s)") % {"number": self.pk or "", "unit": self.unit}

    def state_at(self, moment: dt.datetime) -> InvitationState:
        """Where the link stands at a moment."""
        return state_of(
            moment,
            expires_at=self.expires_at,
            opened_at=self.opened_at,
            used_at=self.used_at,
            withdrawn_at=self.withdrawn_at,
        )

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The links of one's unit."""
        return Q(unit=user.unit) if scope == "unit" and user.unit else None


class InvitationRow(Governed):
    """One figure that may be filled in by a link, and what was filled in.

    Attributes:
        written: the figure as typed, which may not be one yet; value: what was handed in.
        seen_version: version of the report that was shown when this was last saved; 0 where nothing was saved.
        handed_in_at: when it became the unit's draft; None where it never did.
    """

    noun = "invitation"
    governed_fields = frozenset({"report_id", "invitation_id"})

    invitation = models.ForeignKey(
        Invitation, verbose_name=_("一次性链接"), on_delete=models.PROTECT, related_name="rows"
    )
    report = models.ForeignKey(
        "reporting.Report", verbose_name=_("报送"), on_delete=models.PROTECT, related_name="+"
    )
    written = models.CharField(_("所填数值"), max_length=60, blank=True)
    value: models.Field[Any, Any] = ExactDecimalField(_("数值"), null=True, blank=True)
    unchanged = models.BooleanField(_("与上期相同"), default=False)
    narrative = models.TextField(_("进展与原因"), blank=True)
    evidence = models.TextField(_("依据"), blank=True)
    seen_version = models.PositiveIntegerField(_("所见版本"), default=0)
    handed_in_at = models.DateTimeField(_("交回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("一次性链接的报送项")
        ordering = ["invitation", "report__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "report"], name="invitation_names_a_report_once")
        ]

    def __str__(self) -> str:
        return now("链接%(number)s号第%(report)s项") % {
            "number": self.invitation_id,
            "report": self.report_id,
        }

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The rows of the links of one's unit."""
        return Q(invitation__unit=user.unit) if scope == "unit" and user.unit else None
