"""Objections during publicity."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.cases.models.case import Case
from luming_portal.cases.models.event import CaseEvent, OfCase


class CaseObjection(OfCase):
    """A written, signed objection during publicity, and how it was settled."""

    case = models.ForeignKey(
        Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="objections"
    )
    event = models.OneToOneField(
        CaseEvent, verbose_name=_("办理记录"), on_delete=models.PROTECT, related_name="objection"
    )
    objector = models.CharField(_("异议人"), max_length=120)
    contact = models.CharField(_("联系方式"), max_length=120)
    text = models.TextField(_("异议"))
    filed_by = models.ForeignKey(
        "accounts.User", verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField(_("提出时间"))
    upheld = models.BooleanField(_("是否成立"), null=True)
    answer = models.TextField(_("处理意见"), blank=True)
    settled_at = models.DateTimeField(_("处理时间"), null=True)

    class Meta:
        verbose_name = _("公示异议")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.objector

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own; those who work on a case see its objections, its subject learns the text without the name."""
        own = Q(filed_by_id=user.pk) if user.is_authenticated else None
        if scope == "own":
            return own
        seen = super().scope_filter(scope, user)
        return own if seen is None else seen | own if own is not None else seen
