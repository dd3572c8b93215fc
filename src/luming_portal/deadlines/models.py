"""Addresses under which calendar programs read a person's calendar."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed


class FeedAddress(Governed):
    """The address of a person's calendar. Only the SHA-256 of its secret is kept; the address is shown once.

    Attributes:
        hint: its last four characters, by which the owner tells addresses apart.
        revoked_at: from that moment it opens nothing.
    """

    noun = "calendar"
    governed_fields = frozenset({"revoked_at", "owner_id"})
    quiet_fields = frozenset({"last_used_at"})
    hidden_fields = frozenset({"digest"})

    owner = models.ForeignKey(
        "accounts.User", verbose_name=_("本人"), on_delete=models.PROTECT, related_name="feed_addresses"
    )
    name = models.CharField(_("用在哪里"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("末四位"), max_length=4, editable=False)
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("日程订阅地址")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name}(…{self.hint})"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own."""
        return Q(owner_id=user.pk) if scope == "own" and user.is_authenticated else None
