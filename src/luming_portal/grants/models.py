"""A firm's leave for one bank or fund to see its points, and every look that was taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.roles import Role
from luming_portal.audit.governed import Governed

LENDERS = ("银行", "融资担保机构", "融资担保基金")
"""Kinds of institutions that a firm may let see its points."""


class SightGrant(Governed):
    """One firm, one institution, one purpose, some days, and what is to be seen, frozen on the day it was given.

    Attributes:
        first_day, last_day: both included.
        frozen: per standard the rule (version, hash), verdict and steps; and the facts they ask, with their sources.
        digest: over `frozen`.
        revoked_at: from that moment the institution sees nothing.
    """

    noun = "sight_grant"

    enterprise = models.ForeignKey(
        "enterprises.Enterprise",
        verbose_name=_("企业"),
        on_delete=models.PROTECT,
        related_name="sight_grants",
    )
    institution = models.ForeignKey(
        "institutions.Institution", verbose_name=_("金融机构"), on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(_("用途"), max_length=200)
    first_day = models.DateField(_("自"))
    last_day = models.DateField(_("至"))
    frozen = models.JSONField(_("定格内容"))
    digest = models.CharField(_("校验值"), max_length=64)
    made_by = models.ForeignKey(
        "accounts.User", verbose_name=_("授权人"), on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权查看")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["institution", "last_day"])]

    def __str__(self) -> str:
        return gettext("授权%(institution)s查看%(firm)s") % {
            "institution": self.institution,
            "firm": self.enterprise,
        }

    def state_on(self, day: dt.date) -> str:
        """revoked, coming, over or open."""
        if self.revoked_at is not None:
            return "revoked"
        if day < self.first_day:
            return "coming"
        return "over" if day > self.last_day else "open"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """A firm's own grants; for an institution those given to it that are open today."""
        if scope != "own":
            return None
        if user.role == Role.ENTERPRISE and user.enterprise_id:
            return Q(enterprise_id=user.enterprise_id)
        if user.role == Role.INSTITUTION and user.institution_id:
            today = timezone.localdate()
            return Q(
                institution_id=user.institution_id,
                institution__kind__in=LENDERS,
                revoked_at__isnull=True,
                first_day__lte=today,
                last_day__gte=today,
            )
        return None


class SightLook(Governed):
    """One look at what a grant opens: by whom, when. Written before anything is shown; never changed."""

    noun = "sight_look"

    grant = models.ForeignKey(
        SightGrant, verbose_name=_("授权查看"), on_delete=models.PROTECT, related_name="looks"
    )
    looked_at = models.DateTimeField(_("查看时间"))
    looked_by = models.ForeignKey(
        "accounts.User", verbose_name=_("查看人"), on_delete=models.PROTECT, related_name="+"
    )
    looker = models.CharField(_("所属"), max_length=200)
    form = models.CharField(_("方式"), max_length=10)

    class Meta:
        verbose_name = _("查看记录")
        ordering = ["-looked_at", "-pk"]

    def __str__(self) -> str:
        return gettext("%(who)s查看%(grant)s") % {"who": self.looker, "grant": self.grant_id}

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The looks at one's own firm."""
        if scope == "own" and user.role == Role.ENTERPRISE and user.enterprise_id:
            return Q(grant__enterprise_id=user.enterprise_id)
        return None
