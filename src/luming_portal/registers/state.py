"""The state of a list, which stands whole in its address: search, filters, order, columns, page.

    ?q=稀土&district=青山区&district=昆都仑区&revenue.from=10&sort=-revenue&columns=name,district&page=2

What cannot be read is named in a sentence and left out; the list is shown all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from luming_portal.registers.column import Column, Kind
from luming_portal.registers.register import Register

PAGE_SIZES = (25, 50, 100, 200)
LONGEST_SEARCH = 100
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on a column, with the words that tell it to the reader."""

    column: Column
    parameters: tuple[tuple[str, str], ...]
    condition: Q
    words: str


@dataclass(frozen=True, slots=True)
class ListState:
    """What a list shows.

    Attributes:
        sort: keys of columns, "-" before a key for falling order.
        faults: what in the address could not be read, in sentences.
    """

    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    page: int = 1
    size: int = PAGE_SIZES[1]
    faults: tuple[str, ...] = ()
    own_columns: bool = False

    def query(self, **changed: Any) -> str:
        """The address's query for this state with something changed: page, sort, columns."""
        state = replace(self, **changed)
        out = QueryDict(mutable=True)
        if state.search:
            out["q"] = state.search
        for one in state.filters:
            for name, value in one.parameters:
                out.appendlist(name, value)
        if state.sort:
            out["sort"] = ",".join(state.sort)
        if state.own_columns:
            out["columns"] = ",".join(column.key for column in state.columns)
        if state.size != PAGE_SIZES[1]:
            out["size"] = str(state.size)
        if state.page != 1:
            out["page"] = str(state.page)
        return out.urlencode()

    def without(self, gone: Filter) -> str:
        """The query without one of the filters, on the first page."""
        return self.query(filters=tuple(one for one in self.filters if one is not gone), page=1)


@dataclass(slots=True)
class _Reading:
    faults: list[str] = field(default_factory=list)


def read_state(register: Register, user: Any, given: QueryDict) -> ListState:
    """Read the state out of an address, for the columns that the user may read."""
    allowed = register.columns_for(user)
    reading = _Reading()
    filters = [found for column in allowed if column.filtered for found in _filters(column, given, reading)]
    columns, own = _columns(allowed, given, reading)
    return ListState(
        search=given.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        filters=tuple(filters),
        sort=_sort(allowed, given, reading),
        columns=columns,
        own_columns=own,
        page=_whole(given, "page", 1, LAST_PAGE, 1, reading),
        size=_size(given, reading),
        faults=tuple(reading.faults),
    )


def _filters(column: Column, given: QueryDict, reading: _Reading) -> list[Filter]:
    if column.kind in (Kind.NUMBER, Kind.DATE):
        found = [_bound(column, given, end, reading) for end in ("from", "to")]
    else:
        values = (value.replace("\x00", "") for value in given.getlist(column.key))
        found = [_values(column, [value for value in values if value], reading)]
    empty = given.get(f"{column.key}.empty")
    if empty in ("0", "1"):
        found.append(_empty(column, empty))
    return [one for one in found if one is not None]


def _values(column: Column, values: Sequence[str], reading: _Reading) -> Filter | None:
    if not values:
        return None
    parameters = tuple((column.key, value) for value in values)
    path = column.read
    if column.kind is Kind.FLAG:
        if values[0] not in ("0", "1"):
            reading.faults.append(_("“%s”只能是 1(是)或 0(否),这个条件没有使用。") % column.label)
            return None
        return Filter(
            column,
            parameters,
            Q(**{path: values[0] == "1"}),
            f"{column.label}:{column.words(values[0] == '1')}",
        )
    if column.kind is Kind.CHOICE:
        words = _("、").join(column.words(value) for value in values)
        return Filter(column, parameters, Q(**{f"{path}__in": list(values)}), f"{column.label}:{words}")
    condition = Q()
    for value in values:
        condition |= Q(**{f"{path}__icontains": value[:LONGEST_SEARCH]})
    return Filter(
        column,
        parameters,
        condition,
        _("%(label)s含“%(words)s”") % {"label": column.label, "words": _("”或“").join(values)},
    )


def _bound(column: Column, given: QueryDict, end: str, reading: _Reading) -> Filter | None:
    name = f"{column.key}.{end}"
    written = given.get(name, "").strip()
    if not written:
        return None
    value: Any
    try:
        value = dt.date.fromisoformat(written) if column.kind is Kind.DATE else _number(written)
    except (ValueError, InvalidOperation):
        wanted = _("2025-06-30 这样的日期") if column.kind is Kind.DATE else _("数字")
        reading.faults.append(
            _("“%(label)s”的条件“%(written)s”应为%(wanted)s,这个条件没有使用。")
            % {"label": column.label, "written": written[:40], "wanted": wanted}
        )
        return None
    lookup = "gte" if end == "from" else "lte"
    sign = "≥" if end == "from" else "≤"
    return Filter(
        column,
        ((name, written),),
        Q(**{f"{column.order}__{lookup}": value}),
        f"{column.label}{sign}{written}{column.unit}",
    )


def _number(written: str) -> Decimal:
    value = Decimal(written)
    if not value.is_finite() or abs(value) > Decimal(10) ** 18:
        raise ValueError(written)
    return value


def _empty(column: Column, flag: str) -> Filter:
    path = column.read
    blank = Q(**{f"{path}__isnull": True})
    if column.kind in (Kind.TEXT, Kind.CHOICE, Kind.LONG):
        blank |= Q(**{path: ""})
    words = _("%s未填") if flag == "1" else _("%s已填")
    return Filter(
        column, ((f"{column.key}.empty", flag),), blank if flag == "1" else ~blank, words % column.label
    )


def _columns(
    allowed: Sequence[Column], given: QueryDict, reading: _Reading
) -> tuple[tuple[Column, ...], bool]:
    asked = [key for part in given.getlist("columns") for key in part.split(",") if key]
    if not asked:
        return tuple(column for column in allowed if column.shown), False
    by_key = {column.key: column for column in allowed}
    unknown = [key[:40] for key in asked if key not in by_key]
    if unknown:
        reading.faults.append(_("没有“%s”这一列,或您无权查看。") % "”“".join(unknown))
    chosen = tuple(by_key[key] for key in dict.fromkeys(asked) if key in by_key)
    return (chosen, True) if chosen else (tuple(column for column in allowed if column.shown), False)


def _sort(allowed: Sequence[Column], given: QueryDict, reading: _Reading) -> tuple[str, ...]:
    sortable = {column.key for column in allowed if column.order}
    keys = [key for key in given.get("sort", "").split(",") if key]
    unknown = [key[:40] for key in keys if key.removeprefix("-") not in sortable]
    if unknown:
        reading.faults.append(_("不能按“%s”排序。") % "”“".join(unknown))
    return tuple(dict.fromkeys(key for key in keys if key.removeprefix("-") in sortable))


def _size(given: QueryDict, reading: _Reading) -> int:
    size = _whole(given, "size", 1, PAGE_SIZES[-1], PAGE_SIZES[1], reading)
    return (
        size
        if size in PAGE_SIZES
        else min((one for one in PAGE_SIZES if one >= size), default=PAGE_SIZES[-1])
    )


def _whole(given: QueryDict, name: str, least: int, most: int, default: int, reading: _Reading) -> int:
    written = given.get(name, "")
    if not written:
        return default
    if written.isascii() and written.isdigit() and least <= int(written[:9]) <= most:
        return int(written)
    reading.faults.append(
        _("“%(name)s=%(written)s”应为%(least)d到%(most)d的整数,已按%(default)d显示。")
        % {"name": name, "written": written[:40], "least": least, "most": most, "default": default}
    )
    return default
