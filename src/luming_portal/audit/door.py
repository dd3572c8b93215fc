"""The one door for changes: in one transaction, with who, when, why, before and after, and an outbox row.

    with change("更正联系电话") as changes:
        changes.save(enterprise, expected_version=4)

Everything inside happens or nothing does. What is saved twice is recorded twice. Reads inside are the caller's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connections, models, router, transaction
from django.utils.translation import gettext as _

from luming_portal.accounts.roles import Role
from luming_portal.audit import actor as acting
from luming_portal.audit.governed import Governed, door_open
from luming_portal.audit.listeners import tell
from luming_portal.audit.models import Change, Outbox

HIDDEN = "(不记录内容)"
_UNRECORDED = frozenset({"version", "created_at", "updated_at"})
_BATCH = 500


class StaleVersion(Exception):
    """Somebody else changed the record since it was read; nothing was written.

    Attributes:
        stored: the record as it stands now.
        expected: the version that the change was meant for.
    """

    def __init__(self, stored: Any, expected: int) -> None:
        self.stored = stored
        self.expected = expected
        super().__init__(
            _(
                "“%(item)s”已被他人改为第%(now)d版(您看到的是第%(seen)d版),没有保存任何内容。请核对新内容后重新提交。"
            )
            % {"item": stored, "now": stored.version, "seen": expected}
        )


class ReasonMissing(Exception):
    """A governed field was changed without a reason; nothing was written."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(_("修改%s需要写明理由。") % _("、").join(self.fields))


class ChangeSet:
    """The changes of one transaction."""

    def __init__(self, reason: str, now: datetime) -> None:
        self.reason = reason.strip()
        self.now = now
        self._records: list[Change] = []
        self._touched: dict[type[models.Model], dict[Any, bool]] = {}

    def save(self, item: Governed, *, expected_version: int | None = None) -> Any:
        """Create or update one record.

        Args:
            expected_version: the version that the caller has seen; None only where no person chose between versions.

        Raises:
            StaleVersion: the record has moved on.
            ReasonMissing: a governed field changes and no reason is given.
        """
        if item.pk is None or item._state.adding:
            item.version = 1
            item.save(force_insert=item.pk is not None)
            self._note("create", item, None, snapshot(item))
            return item
        stored = type(item)._base_manager.select_for_update().get(pk=item.pk)
        if expected_version is not None and stored.version != expected_version:
            raise StaleVersion(stored, expected_version)
        before, after = difference(stored, item)
        if not after:
            return item
        self._need_reason(item, after)
        item.version = stored.version + 1
        item.save()
        self._note("update", item, before, after)
        return item

    def delete(self, item: Governed, *, expected_version: int | None = None) -> None:
        """Remove one record; always needs a reason.

        Raises:
            StaleVersion, ReasonMissing: as for save.
            django.db.models.ProtectedError: other records lead to it.
        """
        stored = type(item)._base_manager.select_for_update().get(pk=item.pk)
        if expected_version is not None and stored.version != expected_version:
            raise StaleVersion(stored, expected_version)
        if not self.reason:
            raise ReasonMissing([str(item._meta.verbose_name)])
        before, label, key, pk = snapshot(stored), str(stored), str(stored.pk), stored.pk
        stored.delete()
        self._note("delete", stored, before, None, label=label, key=key)
        self._touched.setdefault(type(stored), {})[pk] = True

    def create_many(self, items: Sequence[Governed]) -> list[Any]:
        """Create records of one model in bulk, each with its own entry."""
        if not items:
            return []
        made = type(items[0])._base_manager.bulk_create(items, batch_size=_BATCH)
        for item in made:
            self._note("create", item, None, snapshot(item))
        return list(made)

    def update_many(self, queryset: models.QuerySet[Any], values: Mapping[str, Any]) -> int:
        """Give all records of a queryset the same values; each changed record gets its own entry. How many changed."""
        model: Any = queryset.model
        changed = []
        for item in queryset.model._base_manager.filter(pk__in=queryset.values("pk")).select_for_update():
            stored = snapshot(item)
            for name, value in values.items():
                setattr(item, name, value)
            now = snapshot(item)
            after = {name: value for name, value in now.items() if stored[name] != value}
            if after:
                self._need_reason(item, after)
                item.version += 1
                item.updated_at = self.now
                changed.append(item)
                self._note("update", item, {name: stored[name] for name in after}, after)
        if changed:
            fields = [*values, "version", "updated_at"]
            model._base_manager.bulk_update(changed, fields, batch_size=_BATCH)
        return len(changed)

    def save_many(self, items: Sequence[Any]) -> int:
        """Update records of one model in bulk, each at the version it was read at and with its own entry. How many changed.

        Raises:
            StaleVersion: one of the records has moved on.
            ReasonMissing: as for save.
        """
        if not items:
            return 0
        model: Any = type(items[0])
        stored = model._base_manager.select_for_update().in_bulk([item.pk for item in items])
        changed: list[Any] = []
        names: set[str] = {"version", "updated_at"}
        for item in items:
            if stored[item.pk].version != item.version:
                raise StaleVersion(stored[item.pk], item.version)
            before, after = difference(stored[item.pk], item)
            if not after:
                continue
            self._need_reason(item, after)
            item.version += 1
            item.updated_at = self.now
            names |= set(after)
            changed.append(item)
            self._note("update", item, before, after)
        if changed:
            _overwrite(model, changed, names)
        return len(changed)

    def event(self, action: str, label: str = "", item: models.Model | None = None, **details: Any) -> None:
        """Record something that happened without changing a record: a sign-in, an export, a publication."""
        change = self._entry(action, label or (str(item) if item is not None else ""))
        if item is not None:
            change.model, change.object_id = item._meta.label_lower, str(item.pk)
        change.after = details or None
        self._records.append(change)

    def write(self) -> None:
        """Write the entries and their outbox rows, and tell the listeners; called once by `change`."""
        made = Change.objects.bulk_create(self._records, batch_size=_BATCH)
        _send_out(made)
        for kind, touched in self._touched.items():
            tell(
                kind,
                [pk for pk, gone in touched.items() if not gone],
                [pk for pk, gone in touched.items() if gone],
            )

    def _need_reason(self, item: Governed, after: Mapping[str, Any]) -> None:
        governed = set(after) if "*" in item.governed_fields else set(after) & item.governed_fields
        if governed and not self.reason:
            names = {field.attname: str(field.verbose_name) for field in item._meta.concrete_fields}
            raise ReasonMissing(names[name] for name in sorted(governed))

    def _note(
        self, action: str, item: Any, before: Any, after: Any, *, label: str = "", key: str = ""
    ) -> None:
        entry = self._entry(action, label or str(item))
        entry.model, entry.object_id = item._meta.label_lower, key or str(item.pk)
        entry.before, entry.after = before, after
        self._records.append(entry)
        if item.pk is not None:
            self._touched.setdefault(type(item), {})[item.pk] = False

    def _entry(self, action: str, label: str) -> Change:
        login, person, role = _who(acting.actor())
        return Change(
            at=self.now,
            actor=login,
            actor_name=person,
            actor_role=role,
            request_id=acting.request_id(),
            action=action,
            object_label=label[:200],
            reason=self.reason,
        )


@contextmanager
def change(reason: str = "", *, now: datetime | None = None) -> Iterator[ChangeSet]:
    """Open the door: one transaction, recorded whole.

    Args:
        reason: why; needed for governed fields, deletions and bulk changes.
        now: the time to record; the clock's when not given.
    """
    changes = ChangeSet(reason, now or datetime.now(UTC))
    with transaction.atomic():
        token = door_open.set(True)
        try:
            yield changes
            changes.write()
        finally:
            door_open.reset(token)


def _who(user: Any) -> tuple[str, str, Role]:
    """Name to sign in with, name and role of whoever acts, as an entry keeps them."""
    if user is None:
        return acting.SYSTEM, "", Role.SYSTEM
    if isinstance(user, acting.Bearer):
        return user.sign, user.name[:64], Role.VISITOR
    if not user.is_authenticated:
        return acting.VISITOR, "", Role.VISITOR
    return user.username, str(user), Role(user.role)


def snapshot(item: models.Model) -> dict[str, Any]:
    """All fields of a record as plain values."""
    hidden: frozenset[str] = getattr(item, "hidden_fields", frozenset())
    return {
        field.attname: HIDDEN if field.attname in hidden else _plain(getattr(item, field.attname))
        for field in item._meta.concrete_fields
        if field.attname not in _UNRECORDED
    }


def _send_out(made: Sequence[Change]) -> None:
    """A row of the outbox for each change, in their order: one statement, prepared once, since nothing of it comes back."""
    connection = connections[router.db_for_write(Outbox)]
    quote = connection.ops.quote_name
    statement = f"INSERT INTO {quote(Outbox._meta.db_table)} (change_id, digest) VALUES (%s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(change.pk, change.digest()) for change in made])


def difference(stored: models.Model, item: models.Model) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields in which two states of a record differ: before and after."""
    hidden: frozenset[str] = getattr(item, "hidden_fields", frozenset())
    names = [
        field.attname
        for field in item._meta.concrete_fields
        if field.attname not in _UNRECORDED and _differs(stored, item, field)
    ]
    old, new = (
        {name: HIDDEN if name in hidden else _plain(getattr(one, name)) for name in names}
        for one in (stored, item)
    )
    return old, new


def _differs(stored: models.Model, item: models.Model, field: Any) -> bool:
    one, other = getattr(stored, field.attname), getattr(item, field.attname)
    if type(one) is type(other) and one == other:
        return False
    return bool(field.to_python(one) != field.to_python(other))


def _overwrite(model: Any, items: Sequence[Any], names: set[str]) -> None:
    """Write some fields of rows that are there: one statement, prepared once and run for each row.

    Django's `bulk_update` names every row in every column by a CASE, which takes longer than all else together.
    """
    connection = connections[router.db_for_write(model)]
    fields = [field for field in model._meta.concrete_fields if field.attname in names]
    quote, key = connection.ops.quote_name, model._meta.pk
    told = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {told} WHERE {quote(key.column)} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [field.get_db_prep_save(getattr(item, field.attname), connection) for field in (*fields, key)]
                for item in items
            ],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
