"""Exact counts, remembered until data changes: of a list, and of the choices in its filter panel.

A count is kept under its query and the number of the last recorded change of every kind that the query reads, so a
change makes the next reader count again. It is kept for a minute at most, because a change with a lower number may
still be under way on PostgreSQL when it is taken; the cache itself holds a bounded number of entries.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import Count, Model, QuerySet
from django.utils.translation import get_language

from luming_portal.audit.stamp import last_change
from luming_portal.enterprises.models import Enterprise
from luming_portal.institutions.models import Institution
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.register import Register
from luming_portal.registers.state import Filter, ListState

_SECONDS = 60
MOST_CHOICES = 60
_MOST_VARIED = 20_000
MOST_COUNTED = 200_000
"""In longer lists choices are offered without counts: to count a million rows by every column takes seconds."""


def stamp_of(register: Register) -> str:
    """A text that is another one after any change of what the register reads."""
    return ".".join(str(last_change(kind)) for kind in _kinds(register))


def count_of(register: Register, queryset: QuerySet[Any]) -> int:
    """How many records a query finds."""
    return _kept(register, queryset.order_by(), "count", lambda found: found.count())


def choices_of(register: Register, queryset: QuerySet[Any], column: Column) -> list[tuple[str, str, int]]:
    """The values of a column in a query: stored value, words, how many; the most frequent first."""

    def counted(found: QuerySet[Any]) -> list[tuple[str, str, int]]:
        rows = (
            found.values_list(column.read)
            .annotate(number=Count("pk"))
            .order_by("-number", column.read)[: MOST_CHOICES + 1]
        )
        return [
            (str(value), column.words(value), number) for value, number in rows if value not in ("", None)
        ]

    return _kept(register, queryset.order_by(), f"choices:{column.key}:{get_language()}", counted)


def all_choices_of(
    register: Register, queryset: QuerySet[Any], columns: Sequence[Column]
) -> dict[str, list[tuple[str, str, int]]]:
    """The values of several columns in one query, read in one go where that is not too varied: by key of column."""
    if len(columns) < 2:
        return {column.key: choices_of(register, queryset, column) for column in columns}

    def counted(found: QuerySet[Any]) -> dict[str, list[tuple[str, str, int]]] | None:
        paths = [column.read for column in columns]
        rows = list(found.values_list(*paths).annotate(number=Count("pk"))[: _MOST_VARIED + 1])
        if len(rows) > _MOST_VARIED:
            return None
        tallies: list[Counter[Any]] = [Counter() for _column in columns]
        for *read, number in rows:
            for tally, value in zip(tallies, read, strict=True):
                tally[value] += number
        return {column.key: _ranked(column, tally) for column, tally in zip(columns, tallies, strict=True)}

    keys = ",".join(column.key for column in columns)
    found = _kept(register, queryset.order_by(), f"all:{keys}", counted)
    return found or {column.key: choices_of(register, queryset, column) for column in columns}


def _tally(register: Register, found: QuerySet[Any], column: Column) -> Counter[Any]:
    """How often each value of a column stands in a query. Names of related records are counted by their keys, from the
    index, and read once each."""
    name, _part, path = column.read.partition("__")
    tally: Counter[Any] = Counter()
    if not path:
        for value, number in found.values_list(name).annotate(number=Count("pk")):
            tally[value] += number
        return tally
    related = register.model._meta.get_field(name).related_model
    numbers = dict(found.values_list(f"{name}_id").annotate(number=Count("pk")))
    for pk, value in related._default_manager.filter(pk__in=numbers).values_list("pk", path):  # type: ignore[union-attr]
        tally[value] += numbers[pk]
    return tally


def _ranked(column: Column, tally: Counter[Any]) -> list[tuple[str, str, int]]:
    filled = [
        (str(value), column.words(value), number)
        for value, number in tally.items()
        if value not in ("", None)
    ]
    return sorted(filled, key=lambda one: (-one[2], one[0]))[: MOST_CHOICES + 1]


def uncounted_choices(register: Register, column: Column) -> list[tuple[str, str, None]]:
    """What a column offers in a very long list: its declared choices, or what stands in the related register."""
    name, _part, path = column.read.partition("__")
    if column.key in register.extra.get("options", {}):
        found = register.extra["options"][column.key]()
    elif column.choices is not None:
        found = list(column.choices)
    elif column.kind is Kind.FLAG:
        found = [True, False]
    elif path:
        related = register.model._meta.get_field(name).related_model
        found = related._default_manager.order_by(path).values_list(path, flat=True).distinct()  # type: ignore[union-attr]
    else:
        found = ()
    values = [value for value in dict.fromkeys(found) if value not in ("", None)]
    return [(str(value), column.words(value), None) for value in values[: 4 * MOST_CHOICES]]


def without_column(state: ListState, column: Column) -> tuple[Filter, ...]:
    """The filters on other columns."""
    return tuple(one for one in state.filters if one.column.key != column.key)


def _kept(register: Register, queryset: QuerySet[Any], what: str, reckon: Any) -> Any:
    try:
        sql, parameters = queryset.query.sql_with_params()
    except EmptyResultSet:
        return reckon(queryset)
    told = f"{what}|{stamp_of(register)}|{sql}|{parameters!r}"
    key = f"registers:{hashlib.sha256(told.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = reckon(queryset)
        cache.set(key, found, _SECONDS)
    return found


def _kinds(register: Register) -> list[type[Model]]:
    """The model, and those that its columns and its search read."""
    kinds: list[Any] = [register.model]
    for column in register.columns:
        if "__" in column.read:
            kinds.append(register.model._meta.get_field(column.read.split("__")[0]).related_model)
    if register.find is not None:
        kinds += [Enterprise, Institution]
    return list(dict.fromkeys(kinds))
