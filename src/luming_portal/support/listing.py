"""The list of items: searched, filtered, put in order; each row says what its reader may see of the money."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.support import Item, ItemKind, Lane
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.selectors import Told, name_of
from luming_portal.support.worth import worth_of

STATES = {
    "now": gettext_lazy("现行"),
    "later": gettext_lazy("尚未施行"),
    "over": gettext_lazy("已到期"),
    "repealed": gettext_lazy("已废止"),
}
SORTS = {
    "money": gettext_lazy("金额从高到低"),
    "name": gettext_lazy("名称"),
    "ends": gettext_lazy("先到期的在前"),
    "department": gettext_lazy("主管部门"),
}
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for; anything it cannot mean is left out."""

    q: str = ""
    lane: str = ""
    kind: str = ""
    department: str = ""
    state: str = "now"
    sort: str = "money"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Wanted:
        """Out of an address."""

        def one(name: str, known: Any, otherwise: str) -> str:
            value = given.get(name, otherwise)
            return value if value in known else otherwise

        return cls(
            given.get("q", "").strip()[:_LONGEST],
            one("lane", {item.value for item in Lane}, ""),
            one("kind", {item.value for item in ItemKind}, ""),
            one("department", departments(), ""),
            one("state", {*STATES, "all"}, "now"),
            one("sort", SORTS, "money"),
        )

    def query(self) -> str:
        """As an address says it."""
        plain = Wanted()
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in said.items() if value != getattr(plain, name)})

    @property
    def filtered(self) -> bool:
        """Whether anything but the order was chosen."""
        return any((self.q, self.lane, self.kind, self.department, self.state != "now"))


@dataclass(frozen=True, slots=True)
class Row:
    """An item as its reader sees it.

    Attributes:
        low, high: one award in fen; None where there is none or it is not shown.
        hidden: there is an amount, and this reader does not see it.
        behind: this reader sees an amount that the public does not.
        waits: the amount is left to the office and not entered yet.
        state: one of STATES.
    """

    item: Item
    name: str
    money: str
    low: int | None
    high: int | None
    basis: str
    hidden: bool
    behind: bool
    waits: bool
    state: str

    @classmethod
    def of(cls, item: Item, told: Told, *, behind: bool) -> Row:
        """An item on the day of `told`; `behind`: the reader sees what the public does not."""
        worth = worth_of(item, told)
        public = told.open_to_all(item)
        shown = worth.high is not None and (public or behind)
        return cls(
            item,
            name_of(item),
            worth.words if shown else "",
            worth.low if shown else None,
            worth.high if shown else None,
            worth.basis if shown else "",
            worth.high is not None and not shown,
            shown and not public,
            item.kind.pays and worth.high is None,
            state_of(item, told),
        )

    @property
    def why_no_money(self) -> str:
        """Why there is no amount to be seen; "" where the item gives none."""
        if self.hidden:
            return _("金额待主管部门附上正式文件后显示")
        return _("金额待主管部门确定") if self.waits else ""


def state_of(item: Item, told: Told) -> str:
    """Whether an item holds on the day."""
    if item.repeal is not None and told.day >= item.repeal.on:
        return "repealed"
    if item.ends is not None and told.day > item.ends:
        return "over"
    return "later" if item.starts is not None and told.day < item.starts else "now"


def departments() -> list[str]:
    """The departments that lead an item, each once."""
    return sorted({item.lead for item in support_shelf().items.values() if item.lead})


def rows(wanted: Wanted, told: Told, *, behind: bool) -> list[Row]:
    """The items that are wanted, in the order that is wanted."""
    found = [
        Row.of(item, told, behind=behind)
        for item in support_shelf().items.values()
        if wanted.lane in ("", item.lane.value)
        and wanted.kind in ("", item.kind.value)
        and wanted.department in ("", item.lead)
        and wanted.state in ("all", state_of(item, told))
        and _speaks_of(item, wanted.q)
    ]
    return sorted(found, key=_ORDERS[wanted.sort])


def _speaks_of(item: Item, asked: str) -> bool:
    source = item.source
    held = " ".join(
        (item.name, item.name_en, item.key, item.lead, item.clause, source.title, source.number, item.note)
    ).lower()
    return all(one in held for one in asked.lower().split())


_ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "money": lambda row: (-(row.high if row.high is not None else -1), row.name),
    "name": lambda row: row.name,
    "ends": lambda row: (row.item.ends is None, str(row.item.ends), row.name),
    "department": lambda row: (row.item.lead == "", row.item.lead, row.name),
}
