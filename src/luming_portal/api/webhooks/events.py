"""From a recorded change to an event and its message, with nothing in it that the webhook's owner may not read."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, scope_of
from luming_portal.api.answers import plain
from luming_portal.api.record_shapes import links
from luming_portal.audit.models import Change
from luming_portal.documents.models import DocumentVersion
from luming_portal.notices.models import Notice
from luming_portal.registers.catalog import registers
from luming_portal.registers.register import Register
from luming_portal.registers.rows import values

ACTIONS: Mapping[str, Any] = {
    "create": _("新增"),
    "update": _("修改"),
    "delete": _("删除"),
    "withdraw": _("不再对外发布"),
}
PUBLISHED = "document.publish"
NOTICE = "notice.create"
TEST = "webhook.test"


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be sent.

    Attributes:
        key: its own number, the same in every attempt.
    """

    key: str
    event: str
    body: str


@lru_cache(maxsize=1)
def _by_model() -> dict[str, Register]:
    return {register.model._meta.label_lower: register for register in registers().values()}


def all_events() -> list[str]:
    """Every event that can be subscribed to."""
    nouns = dict.fromkeys(register.noun for register in registers().values())
    return [*(f"{noun}.{action}" for noun in nouns for action in ACTIONS), PUBLISHED, NOTICE]


def wanted(patterns: list[str], event: str) -> bool:
    """Whether an event fits one of the patterns (enterprise.update, enterprise.*, *)."""
    noun = event.partition(".")[0]
    return any(pattern in ("*", event, f"{noun}.*") for pattern in patterns)


def message(change: Change, owner: User) -> Message | None:
    """What a webhook's owner is told of a change; None where it is nothing to him."""
    if change.model == DocumentVersion._meta.label_lower and change.action == "create":
        return _publication(change, owner)
    if change.model == Notice._meta.label_lower and change.action == "create":
        return _notice(change, owner)
    register = _by_model().get(change.model)
    if register is None or change.action not in ("create", "update", "delete"):
        return None
    columns = register.columns_for(owner)
    row = next(iter(values(register.records(owner).filter(pk=change.object_id), columns)), None)
    action = change.action
    if row is None:
        if not _was_seen(change, register, owner):
            return None
        action = "delete" if change.action == "delete" else "withdraw"
    record = None
    if row is not None:
        told = {column.key: plain(value) for column, value in zip(columns, row[2:], strict=True)}
        record = {"id": row[0], "version": row[1], **told}
    fields = set(change.after or {}) if change.action == "update" and row is not None else set()
    return _message(
        change,
        f"{register.noun}.{action}",
        {
            "register": register.slug,
            "id": int(change.object_id),
            "links": links(register, int(change.object_id)) if record is not None else {},
            "changed": [column.key for column in columns if _speaks_of(column.read, fields)],
            "record": record,
        },
    )


def test_message(at: str) -> Message:
    """A message that only tries the way."""
    return _packed(TEST, {"change": 0, "at": at, "data": {}})


def _publication(change: Change, owner: User) -> Message | None:
    version = DocumentVersion.objects.select_related("document").filter(pk=change.object_id).first()
    if version is None or scope_of(owner, Action.VIEW, "document") == "none":
        return None
    base = f"/api/v1/documents/{version.document.key}"
    return _message(
        change,
        PUBLISHED,
        {
            "document": version.document.key,
            "version": version.number,
            "sha256": version.sha256,
            "links": {"self": f"{base}/versions/{version.number}", "clauses": f"{base}/clauses"},
        },
    )


def _notice(change: Change, owner: User) -> Message | None:
    """That somebody was told something, for a gateway that rings: to whom and why, never what it is about."""
    notice = Notice.objects.select_related("recipient").filter(pk=change.object_id).first()
    if notice is None or scope_of(owner, Action.VIEW, "account") != "all":
        return None
    told = {
        "recipient": notice.recipient.username,
        "kind": notice.kind,
        "demo": notice.demo,
        "links": {"self": f"/notices/{notice.pk}/open/"},
    }
    return _message(change, NOTICE, told)


def _was_seen(change: Change, register: Register, owner: User) -> bool:
    """Whether the owner saw the record before it went: then he must learn that it has gone."""
    scope = scope_of(owner, Action.VIEW, register.noun)
    before = change.before or {}
    if scope == "all":
        return True
    return scope == "published" and before.get("published") is True


def _speaks_of(path: str, fields: set[str]) -> bool:
    head = path.partition("__")[0]
    return head in fields or f"{head}_id" in fields


def _message(change: Change, event: str, data: dict[str, Any]) -> Message:
    return _packed(event, {"change": change.pk, "at": change.at.isoformat(), "data": data})


def _packed(event: str, content: dict[str, Any]) -> Message:
    key = str(uuid.uuid4())
    body = json.dumps({"delivery": key, "event": event, **content}, ensure_ascii=False)
    return Message(key, event, body)
