"""Where the columns of a register are written: forms, imports and bulk changes ask here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from luming_portal.registers.column import Column
from luming_portal.registers.register import Register

_NEVER = frozenset({"demo"})


@dataclass(frozen=True, slots=True)
class Target:
    """A column that can be written.

    Attributes:
        field: the model's field.
        by_key: whether the column holds the key of the related record (source_key), not the value itself.
    """

    column: Column
    field: Field  # type: ignore[type-arg]
    by_key: bool = False


def target_of(register: Register, column: Column) -> Target | None:
    """Where a column is written; None for columns that are read only."""
    if column.key in _NEVER:
        return None
    parts = column.read.split("__")
    meta: Any = register.model._meta
    try:
        field = meta.get_field(parts[0])
    except FieldDoesNotExist:
        return None
    if len(parts) == 2 and parts[1] == "key" and field.is_relation:
        return Target(column, field, by_key=True)
    if len(parts) > 1 or field.is_relation or not field.editable:
        return None
    return Target(column, field)


def targets(register: Register, user: Any) -> dict[str, Target]:
    """The columns that the user can write, by key."""
    found = ((column.key, target_of(register, column)) for column in register.columns_for(user))
    return {key: target for key, target in found if target is not None}
