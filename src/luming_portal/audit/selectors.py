"""Reads of the record of changes, as far as the reader's rights and level reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, decide, visible
from luming_portal.accounts.roles import Role
from luming_portal.audit import actor
from luming_portal.audit.masking import Sight, mask_name, masked_word
from luming_portal.audit.models import Change
from luming_portal.audit.words import (
    action_label,
    field_label,
    kind_label,
    model_of,
    related_model,
    value_words,
)

HISTORY_LENGTH = 50
LIST_LINES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a change, in words. `before` or `after` is "" where there was nothing to compare with."""

    key: str
    label: str
    before: str
    after: str
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A change as its reader sees it."""

    id: int
    at: datetime
    who: str
    login: str
    role: str
    action: str
    action_label: str
    kind: str
    object_id: str
    object_label: str
    reason: str
    request_id: str
    lines: tuple[Line, ...]

    @property
    def first_lines(self) -> tuple[Line, ...]:
        """As many lines as a list shows."""
        return self.lines[:LIST_LINES]

    @property
    def differences(self) -> tuple[Line, ...]:
        """The lines beside the record itself, which shows what was entered when it was made."""
        return () if self.action == "create" else self.lines

    @property
    def more_lines(self) -> int:
        """How many lines a list leaves out."""
        return max(0, len(self.lines) - LIST_LINES)


def history_of(record: models.Model, reader: Any, *, limit: int = HISTORY_LENGTH) -> list[Entry]:
    """The changes of one record, newest first, for `audit/_history.html`; none without the right to its history."""
    noun = getattr(type(record), "noun", "")
    if not decide(reader, Action.HISTORY, noun, record):
        return []
    changes = Change.objects.filter(model=record._meta.label_lower, object_id=str(record.pk))
    return entries(changes[:limit], reader)


def changes_seen(reader: Any) -> QuerySet[Change]:
    """The record of changes as far as it is open to the reader, newest first."""
    return visible(reader, Change.objects.all())


def entries(changes: Iterable[Change], reader: Any) -> list[Entry]:
    """Changes in words; relations are named with one query for each kind."""
    rows = list(changes)
    sight = Sight(reader)
    names = _related_names(rows)
    return [_entry(change, sight, names) for change in rows]


Names = dict[tuple[str, str], str]


def _entry(change: Change, sight: Sight, names: Names) -> Entry:
    label = change.object_label
    if label and change.model and not sight.names(change.model):
        label = mask_name(label)
    open_names = sight.people()
    person = bool(change.actor_name)
    return Entry(
        id=change.pk,
        at=change.at,
        who=_who(change, open_names),
        login=change.actor if open_names and person else "",
        role=str(Role(change.actor_role).label) if person and change.actor_role in Role.values else "",
        action=change.action,
        action_label=action_label(change.action),
        kind=kind_label(change.model),
        object_id=change.object_id,
        object_label=label,
        reason=change.reason,
        request_id=change.request_id,
        lines=tuple(_lines(change, sight, names)),
    )


def _who(change: Change, open_names: bool) -> str:
    if change.actor_name:
        return change.actor_name if open_names else mask_name(change.actor_name)
    return {actor.SYSTEM: _("系统(程序)"), actor.VISITOR: _("未登录的访客")}.get(change.actor, change.actor)


def _lines(change: Change, sight: Sight, names: Names) -> Iterable[Line]:
    before, after = change.before or {}, change.after or {}
    model = model_of(change.model)
    key = model._meta.pk.attname if model is not None and model._meta.pk is not None else ""
    for name in dict.fromkeys([*before, *after]):
        if name == key:
            continue
        if change.action in ("create", "delete") and _says_nothing((before or after).get(name)):
            continue
        if change.model and not sight.field(change.model, name):
            yield Line(name, field_label(model, name), masked_word(), masked_word(), masked=True)
            continue
        yield Line(
            name,
            field_label(model, name),
            _words(model, name, before[name], names) if name in before else "",
            _words(model, name, after[name], names) if name in after else "",
        )


def _says_nothing(value: Any) -> bool:
    return value in (None, "", False, [], {})


def _words(model: type[models.Model] | None, name: str, value: Any, names: Names) -> str:
    related = related_model(model, name)
    if related is not None and value is not None:
        return names.get((related._meta.label_lower, str(value)), f"#{value}")
    return value_words(model, name, value)


def _related_names(changes: Sequence[Change]) -> Names:
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for change in changes:
        model = model_of(change.model)
        for side in (change.before or {}, change.after or {}):
            for name, value in side.items():
                related = related_model(model, name)
                if related is not None and value is not None:
                    wanted[related].add(value)
    found: Names = {}
    for related, keys in wanted.items():
        for key, item in related._base_manager.in_bulk(list(keys)).items():
            found[(related._meta.label_lower, str(key))] = str(item)
    return found
