"""Pages of a list: numbered ones like those of the site, or a keyset for copying a whole register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from luming_portal.api.parameters import Parameter
from luming_portal.registers.column import Column
from luming_portal.registers.counting import count_of
from luming_portal.registers.register import Register
from luming_portal.registers.rows import page_values, values
from luming_portal.registers.state import LAST_PAGE, PAGE_SIZES

PAGE = Parameter("page", "第几页,从1开始;与 cursor 不同用", "whole", 1, LAST_PAGE)
SIZE = Parameter("size", "每页多少条", values=tuple(str(size) for size in PAGE_SIZES))
CURSOR = Parameter(
    "cursor",
    "按编号顺序整册读取:从0开始,以后用上一页 links.next 里的值;此时忽略 sort 和 page,也不计总数",
    "whole",
    0,
    9_223_372_036_854_775_807,
)


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a list.

    Attributes:
        rows: the values of the page's records.
        total, pages: None with a cursor, which does not count.
    """

    rows: list[tuple[Any, ...]]
    size: int
    total: int | None
    page: int | None
    pages: int | None
    cursor: int | None = None


def size_of(request: HttpRequest) -> int:
    """The size asked for; checked before by `parameters.check`."""
    return int(request.GET.get("size") or PAGE_SIZES[1])


def numbered(
    register: Register, queryset: QuerySet[Any], page: int, size: int, columns: Sequence[Column]
) -> Slice:
    """A numbered page; beyond the last page there is nothing."""
    total = count_of(register, queryset)
    rows = page_values(queryset, (page - 1) * size, size, columns)
    return Slice(rows, size, total, page, max(1, -(-total // size)))


def keyset(queryset: QuerySet[Any], after: int, size: int, columns: Sequence[Column]) -> Slice:
    """The records after a number, in the order of numbers."""
    rows = list(values(queryset.order_by("pk").filter(pk__gt=after)[:size], columns))
    return Slice(rows, size, None, None, None, after)


def links(request: HttpRequest, part: Slice, last: int | None, found: int) -> dict[str, str]:
    """Links to this page and its neighbours.

    Args:
        last: number of the last record of the page.
        found: how many records the page has.
    """
    if part.page is None:
        told = {"self": _with(request, cursor=part.cursor)}
        if last is not None and found == part.size:
            told["next"] = _with(request, cursor=last)
        return told
    told = {"self": _with(request, page=part.page)}
    if part.page > 1:
        told |= {"first": _with(request, page=1), "previous": _with(request, page=part.page - 1)}
    if part.pages is not None and part.page < part.pages and part.page < LAST_PAGE:
        told |= {
            "next": _with(request, page=part.page + 1),
            "last": _with(request, page=min(part.pages, LAST_PAGE)),
        }
    return told


def _with(request: HttpRequest, **changed: Any) -> str:
    given = request.GET.copy()
    for name, value in changed.items():
        given[name] = str(value)
    query = given.urlencode() if given else urlencode(changed)
    return f"{request.path}?{query}"
