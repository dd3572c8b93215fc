"""What the interface for programs keeps: tokens, replies to repeated requests, subscriptions and their deliveries."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed


class ApiToken(Governed):
    """A token of a person. Only its SHA-256 is kept; the token itself is shown once.

    Attributes:
        scopes: what the token may be used for; it never reaches beyond the rights of its owner.
        digest: SHA-256 of the whole token, in hex.
        hint: its last four characters, by which the owner tells tokens apart.
    """

    noun = "token"
    governed_fields = frozenset({"scopes", "expires_at", "revoked_at", "owner_id"})
    quiet_fields = frozenset({"last_used_at"})
    hidden_fields = frozenset({"digest"})

    owner = models.ForeignKey(
        "accounts.User", verbose_name=_("持有人"), on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(_("用途"), max_length=80)
    scopes = models.JSONField(_("范围"), default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("末四位"), max_length=4, editable=False)
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name}(…{self.hint})"

    @property
    def state(self) -> str:
        """valid, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if timezone.now() < self.expires_at else "expired"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """A person's own tokens."""
        return Q(owner_id=user.pk) if scope == "own" and user.is_authenticated else None


class StoredReply(models.Model):
    """The reply to a write that carried an Idempotency-Key, kept for a day so that a repetition changes nothing.

    Attributes:
        caller: t<id> for a token, u<id> for a session.
        request_hash: SHA-256 over method, address, version, reason and body.
    """

    caller = models.CharField(max_length=24)
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="one_reply_a_key")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"


class Webhook(Governed):
    """An address that is told of changes.

    The secret that signs is derived from the site's secret and `salt`, so that it stands nowhere in the database.

    Attributes:
        events: patterns such as enterprise.update, fact.*, *.
        owner: decides what may be told; a record that the owner may not see is never sent.
    """

    noun = "webhook"
    governed_fields = frozenset({"url", "events", "active", "owner_id"})
    hidden_fields = frozenset({"salt"})

    name = models.CharField(_("用途"), max_length=80)
    url = models.CharField(_("地址"), max_length=500)
    events = models.JSONField(_("事件"), default=list)
    active = models.BooleanField(_("启用"), default=True)
    owner = models.ForeignKey(
        "accounts.User", verbose_name=_("设立人"), on_delete=models.PROTECT, related_name="+"
    )
    salt = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("推送地址")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """No scope narrower than all."""
        return None


class DeliveryStatus(models.TextChoices):
    """How far a delivery is."""

    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已送达")
    GIVEN_UP = "given_up", _("已放弃")


class Delivery(models.Model):
    """One message to one webhook. Its body is fixed when it is made, so that every attempt carries the same bytes.

    Attributes:
        change: number of the change that it tells of.
        note: what the last attempt met with, in a sentence.
    """

    noun = "webhook"

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    key = models.CharField(_("编号"), max_length=36, unique=True)
    event = models.CharField(_("事件"), max_length=40)
    change = models.BigIntegerField(_("变更号"))
    body = models.TextField(_("内容"))
    status = models.CharField(
        _("状态"), max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    created_at = models.DateTimeField(_("生成时间"))
    next_attempt_at = models.DateTimeField(_("下次尝试"), null=True, blank=True)
    sent_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("推送记录")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["webhook", "status", "id"]),
            models.Index(fields=["webhook", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """No scope narrower than all."""
        return None
