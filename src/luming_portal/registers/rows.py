"""The records behind a list's state: one query, the same for the page, its count, every export and the API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from luming_portal.accounts.rights import Action
from luming_portal.registers.column import Column
from luming_portal.registers.register import Register
from luming_portal.registers.state import ListState
from luming_portal.search.finding import condition
from luming_portal.search.subjects import is_indexed

_CHUNK = 2000
_NEAR = 2000


def records(register: Register, user: Any, state: ListState, action: Action = Action.VIEW) -> QuerySet[Any]:
    """The records that the user may see (or act on) and that the state asks for, in its order."""
    queryset = register.records(user, action)
    for one in state.filters:
        queryset = queryset.filter(one.condition)
    if state.search:
        queryset = queryset.filter(found_by(register, state.search))
    return queryset.order_by(*_order(register, state))


def found_by(register: Register, search: str) -> Q:
    """The condition of a free search: by the register's own way, the search index, or its fields one by one."""
    if register.find is not None:
        return register.find(search)
    if is_indexed(register.model):
        return condition(register.model, search)
    wanted = Q()
    for word in search.split():
        one = Q()
        for path in register.search:
            one |= Q(**{f"{path}__icontains": word})
        wanted &= one
    return wanted


def page_values(
    queryset: QuerySet[Any], start: int, size: int, columns: Sequence[Column]
) -> list[tuple[Any, ...]]:
    """The values of one page. Far into a long list only keys are skipped, which an index alone can answer."""
    if start < _NEAR:
        return list(_read(queryset[start : start + size], columns))
    keys = list(queryset.values_list("pk", flat=True)[start : start + size])
    rows = {row[0]: row for row in _read(queryset.model._default_manager.filter(pk__in=keys), columns)}
    return [rows[key] for key in keys if key in rows]


def values(queryset: QuerySet[Any], columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    """Key, version and the columns' values of each record, read a part at a time and without making objects of them."""
    yield from _read(queryset, columns).iterator(chunk_size=_CHUNK)


def _read(queryset: QuerySet[Any], columns: Sequence[Column]) -> QuerySet[Any, tuple[Any, ...]]:
    """For a page asked whole: PostgreSQL answers a cursor by one process alone and lays all of its rows by."""
    return queryset.values_list("pk", "version", *(column.read for column in columns))


def _order(register: Register, state: ListState) -> list[Any]:
    """The order asked for, blanks last; the key decides between equals, in the direction that an index can follow."""
    order: list[Any] = []
    falling = False
    for key in state.sort:
        column = register.column(key.removeprefix("-"))
        if column is not None:
            falling = key.startswith("-")
            order.append(_ordered(register, column, falling))
    if order:
        return [*order, "-pk" if falling else "pk"]
    return [*register.ordering, "-pk" if register.ordering[-1].startswith("-") else "pk"]


def _ordered(register: Register, column: Column, falling: bool) -> Any:
    if not _may_be_null(register, column.order):
        return ("-" if falling else "") + column.order
    return OrderBy(F(column.order), descending=falling, nulls_last=True)


def _may_be_null(register: Register, path: str) -> bool:
    model: Any = register.model
    for part in path.split("__"):
        field = model._meta.get_field(part)
        if field.null:
            return True
        model = field.related_model
    return False
