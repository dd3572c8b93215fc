"""A register: one kind of record with its columns. Pages, exports, the API and search all read this one description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from luming_portal.accounts.rights import level_of, visible
from luming_portal.registers.column import Column


@dataclass(frozen=True, slots=True)
class Register:
    """A register.

    Attributes:
        slug: its place in addresses: /registers/<slug>/.
        noun: its kind in the table of rights.
        label: its name, translatable; `unit_word` counts its records (家, 项).
        columns: all columns, in order.
        title: key of the column that names a record and leads to its page.
        search: paths that a free search looks into.
        select: relations that a record's page reads.
        form: dotted name of the form class for adding and changing; "" where records are not typed in.
        icon: name of its icon.
        about: one sentence on what stands in it, for the head of the page and the empty state.
        find: condition for a free search, where the search index is not asked.
        append_only: whether entries are never changed or removed, only corrected by new ones.
    """

    slug: str
    noun: str
    model: type[Model]
    label: Any
    unit_word: Any
    columns: Sequence[Column]
    title: str
    search: Sequence[str]
    ordering: Sequence[str]
    select: Sequence[str] = ()
    form: str = ""
    icon: str = "table"
    about: Any = ""
    detail_template: str = "registers/detail.html"
    find: Callable[[str], Q] | None = None
    append_only: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def column(self, key: str) -> Column | None:
        """The column with a key, if there is one."""
        return next((column for column in self.columns if column.key == key), None)

    def columns_for(self, user: Any) -> tuple[Column, ...]:
        """The columns that the user may read."""
        level = level_of(user, self.noun)
        return tuple(column for column in self.columns if column.level <= level)

    def records(self, user: Any, action: Any = None) -> QuerySet[Any]:
        """The records that the user may see (or carry out an action on)."""
        queryset: QuerySet[Any] = self.model._default_manager.all()
        return visible(user, queryset) if action is None else visible(user, queryset, action)

    def address(self) -> str:
        """The address of its list."""
        return reverse("registers:list", args=[self.slug])

    def address_of(self, pk: Any) -> str:
        """The address of a record's page."""
        return reverse("registers:detail", args=[self.slug, pk])
