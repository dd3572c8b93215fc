"""The rows of a list as HTML, made in one go: a tag for every cell would cost more than the query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luming.punctuation import full_width
from luming_portal.language import chinese
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.register import Register
from luming_portal.registers.state import ListState

_MARK_KEYS = ("mark", "source_mark", "rhythm_mark", "owner_mark")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: its words, how it is sorted now, and where a click leads."""

    column: Column
    words: str
    direction: str
    href: str
    also_href: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: key, version, name, and its cells as HTML."""

    pk: Any
    version: int
    name: str
    cells: SafeString


def heads(state: ListState) -> list[Head]:
    """The heads of the columns shown."""
    return [_head(state, column) for column in state.columns]


def _head(state: ListState, column: Column) -> Head:
    label = (
        full_width(_("%(label)s(%(unit)s)") % {"label": column.label, "unit": column.unit})
        if column.unit
        else str(column.label)
    )
    if not column.order:
        return Head(column, label, "", "", "")
    direction = (
        "ascending" if column.key in state.sort else "descending" if f"-{column.key}" in state.sort else ""
    )
    following = {"": column.key, "ascending": f"-{column.key}", "descending": ""}[direction]
    if column.kind in (Kind.NUMBER, Kind.DATE):  # the largest and the latest first
        following = {"": f"-{column.key}", "descending": column.key, "ascending": ""}[direction]
    others = tuple(key for key in state.sort if key.removeprefix("-") != column.key)
    one = (following,) if following else ()
    return Head(
        column,
        label,
        direction,
        state.query(sort=one, page=1) or "q=",
        state.query(sort=(*others, *one), page=1) or "q=",
    )


def read_columns(register: Register, columns: Sequence[Column]) -> tuple[Column, ...]:
    """What a list reads of each record: the columns shown, and whether it is invented."""
    demo, title = register.column("demo"), register.column(register.title)
    return (*columns, *(one for one in (title, demo) if one is not None))


def rows(register: Register, columns: Sequence[Column], found: Iterable[tuple[Any, ...]]) -> list[TableRow]:
    """The rows, from the values of `read_columns`."""
    base = reverse("registers:list", args=[register.slug])
    linked = register.title if any(column.key == register.title for column in columns) else columns[0].key
    badge = f' <span class="demo-badge">{escape(_("演示数据"))}</span>'
    opening = [_opening(column) for column in columns]
    made = []
    for values in found:
        pk, version, *cells = values
        name, demo = str(cells[-2]), cells[-1]
        parts = []
        for start, column, value in zip(opening, columns, cells, strict=False):
            text = cell_html(column, value)
            if column.key == linked:
                text = f'<a class="row-link" href="{base}{pk}/">{text or chinese(name)}</a>{badge if demo else ""}'
            parts.append(
                f"{start}{text}</td>"
                if column.key != linked
                else f"{start.replace('<td', '<th scope=row', 1)}{text}</th>"
            )
        made.append(TableRow(pk, version, name, mark_safe("".join(parts))))
    return made


def _opening(column: Column) -> str:
    kind = {Kind.NUMBER: ' class="number"', Kind.LONG: ' class="long"', Kind.DATE: ' class="date"'}.get(
        column.kind, ""
    )
    return str(format_html('<td data-head="{}"{}>', column.label, mark_safe(kind)))


def cell_html(column: Column, value: Any) -> str:
    """A value as HTML, escaped."""
    if column.key in _MARK_KEYS and value:
        return f'<span class="mark mark-{escape(value)}">{escape(column.words(value))}</span>'
    text = chinese(column.words(value))
    return f"<span>{text}</span>" if column.kind is Kind.LONG and text else text
