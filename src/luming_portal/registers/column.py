"""A column of a register: what it is called, where it is read, how it is filtered, who may read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from luming_portal.accounts.roles import Level


class Kind(StrEnum):
    """How values of a column are shown, filtered and written into a workbook."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    LIST = "list"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        key: its name in addresses, JSON, CSV and the API.
        label: its head, translatable.
        path: where it is read, as the ORM writes it (source__publisher); the key when not given.
        sort: where it is sorted by, when that is not the path ("" for columns that cannot be sorted).
        choices: for CHOICE, label by stored value; None offers the values that stand in the register.
        level: who may read it.
        shown: whether a list shows it unasked.
        bulk: whether it can be set for many records at once.
        unit: unit of the figure, for the head of the column.
    """

    key: str
    label: Any
    kind: Kind = Kind.TEXT
    path: str = ""
    sort: str | None = None
    choices: Mapping[str, Any] | None = None
    level: Level = Level.PUBLIC
    shown: bool = True
    filtered: bool = True
    bulk: bool = False
    unit: Any = ""
    show: Callable[[Any], str] | None = None

    @property
    def read(self) -> str:
        """Where the column is read."""
        return self.path or self.key

    @property
    def order(self) -> str:
        """Where the column is sorted by; "" when it is not."""
        return self.read if self.sort is None else self.sort

    def words(self, value: Any) -> str:
        """A value as a reader sees it; nothing for nothing."""
        if value is None or value == "" or value == []:
            return ""
        if self.show is not None:
            return self.show(value)
        if self.choices is not None:
            return str(self.choices.get(str(value), value))
        if self.kind is Kind.FLAG:
            return _("是") if value else _("否")
        if self.kind is Kind.LIST:
            return "、".join(str(one) for one in value)
        if self.kind is Kind.NUMBER:
            return f"{value:f}" if hasattr(value, "as_tuple") else str(value)
        return str(value)
