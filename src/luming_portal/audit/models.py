"""The record of changes, and the outbox from which a later evidence log takes them up.

Both are append-only: triggers in the database refuse to change or remove a row (migration 0002).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One change of one record, or one event (a sign-in, an export, a publication).

    The names of actor and object are kept as text, so that the entry outlives what it speaks of.

    Attributes:
        action: create, update, delete, or the name of an event such as account.signed_in.
        model: label of the model (enterprises.enterprise); "" for events without a record.
        before, after: the fields that differ; all fields for create and delete.
    """

    noun: ClassVar[str] = "audit"

    at = models.DateTimeField(_("时间"), db_index=True)
    actor = models.CharField(_("操作人"), max_length=64)
    actor_name = models.CharField(_("姓名"), max_length=64, blank=True)
    actor_role = models.CharField(_("角色"), max_length=16)
    request_id = models.CharField(_("请求编号"), max_length=36, blank=True, db_index=True)
    action = models.CharField(_("动作"), max_length=40)
    model = models.CharField(_("对象类别"), max_length=60, blank=True)
    object_id = models.CharField(_("对象编号"), max_length=64, blank=True)
    object_label = models.CharField(_("对象"), max_length=200, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    before = models.JSONField(_("原值"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("新值"), null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("变更记录")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["model", "object_id", "-id"]),
            models.Index(fields=["model", "-id"]),
            models.Index(fields=["actor", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.object_label}"

    def canonical(self) -> bytes:
        """The change as bytes, the same for ever: keys sorted, no blanks, UTF-8."""
        body = {
            "at": self.at.isoformat(),
            "actor": self.actor,
            "role": self.actor_role,
            "request": self.request_id,
            "action": self.action,
            "model": self.model,
            "object": self.object_id,
            "reason": self.reason,
            "before": self.before,
            "after": self.after,
        }
        text = json.dumps(
            body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder
        )
        return text.encode()

    def digest(self) -> str:
        """SHA-256 of the canonical bytes, as the outbox carries it."""
        return hashlib.sha256(self.canonical()).hexdigest()

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The log is read whole or not at all."""
        return None


class Outbox(models.Model):
    """A change that waits to be taken into the evidence log and to be sent to subscribers, in order of `id`.

    Attributes:
        digest: of the change's canonical bytes, written in the same transaction.
        taken_at: when the evidence log took it up.
        sent_at: when it was handed to the webhooks.
    """

    change = models.OneToOneField(Change, on_delete=models.PROTECT, related_name="outbox")
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(sent_at=None), name="outbox_unsent"),
            models.Index(fields=["id"], condition=Q(taken_at=None), name="outbox_untaken"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.digest[:12]}"
