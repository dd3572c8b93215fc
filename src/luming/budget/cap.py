"""Caps on what one matter, one firm (over the years or in one) and one fund may draw; and that a matter is taken once.

All are counters under names, so that several lines share them: a cap counts what is bound or paid, less what came back,
so that a reservation that is released makes room again; the counter of a matter keeps what was paid for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from luming.budget.entry import Entry, Move, Stage
from luming.budget.faults import CapExceeded, MatterTaken
from luming.budget.money import in_words
from luming.errors import Fault
from luming.mark import Mark


class CapScope(StrEnum):
    """Over what a cap adds up."""

    MATTER = "matter"
    FIRM = "firm"
    FIRM_YEAR = "firm_year"
    FUND_YEAR = "fund_year"

    @property
    def label(self) -> str:
        """The office's word."""
        return {
            "matter": "每个事项",
            "firm": "每家历年累计",
            "firm_year": "每家每年",
            "fund_year": "资金每年",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Cap:
    """One cap of a fund.

    Attributes:
        fund: the fund whose lines it adds up.
        limit: in fen; exactly the limit is allowed.
        clause: where it is written; with `mark` ours it is 平台默认口径.
    """

    fund: str
    scope: CapScope
    limit: int
    clause: str = ""
    mark: Mark = Mark.OURS

    def counter(self, year: int, entry: Entry) -> str:
        """What the cap adds up under for an entry on a line of the year."""
        parts = {
            CapScope.MATTER: (entry.matter,),
            CapScope.FIRM: (entry.payee,),
            CapScope.FIRM_YEAR: (str(year), entry.payee),
            CapScope.FUND_YEAR: (str(year),),
        }[self.scope]
        return "|".join((self.fund, self.scope.value, *parts))


def drawn_by(entry: Entry) -> int:
    """By how much an entry changes what caps count, in fen; below zero where money becomes free again."""
    if not entry.matter:
        return 0
    source, target = entry.way
    outside = (None, Stage.FREE)
    return entry.amount * ((target not in outside) - (source not in outside))


def matter_counter(matter: str) -> str:
    """The name under which it is counted what a matter has bound or was ever paid, on whatever line."""
    return f"matter|{matter}"


def counters(caps: Iterable[Cap], year: int, entry: Entry) -> tuple[str, ...]:
    """The counters that an entry touches, sorted: the order in which a database locks them."""
    if not entry.matter:
        return ()
    return tuple(sorted({matter_counter(entry.matter), *(cap.counter(year, entry) for cap in caps)}))


def use(caps: Iterable[Cap], used: Mapping[str, int], year: int, entry: Entry) -> dict[str, int]:
    """The counters that an entry changes, after it.

    Args:
        used: what each counter stands at; a missing one stands at 0.

    Raises:
        MatterTaken: a reservation for what is bound or was paid before, on this line or on another.
        CapExceeded: with every cap that the entry would pass. What was carried in was allowed in its year.
    """
    if not entry.matter:
        return {}
    own, kept = matter_counter(entry.matter), entry.move is Move.GIVE_BACK
    change = drawn_by(entry)
    after = {own: used.get(own, 0) + (0 if kept else change)}
    if entry.move is Move.RESERVE and used.get(own, 0):
        raise MatterTaken([taken_fault(entry, f"已占用或已拨付{in_words(used[own])}")])
    faults = []
    for cap in caps:
        counter = cap.counter(year, entry)
        after[counter] = used.get(counter, 0) + change
        if entry.move is Move.RESERVE and after[counter] > cap.limit:
            faults.append(_fault(cap, entry, used.get(counter, 0)))
    if faults:
        raise CapExceeded(faults)
    return after


def taken_fault(entry: Entry, before: str) -> Fault:
    """The fault of a matter that is bound or was paid before."""
    return Fault(
        "budget.matter_taken",
        f"{entry.move.label}“{entry.matter}”",
        f"该事项{before}",
        "同一事项只支持一次",
        "分期或补差另立事项,编号写明期次",
    )


def _fault(cap: Cap, entry: Entry, used: int) -> Fault:
    clause = f"({cap.clause})" if cap.clause else ""
    return Fault(
        "budget.cap",
        f"{entry.move.label}“{entry.matter}”",
        f"已用{in_words(used)},再用{in_words(entry.amount)}",
        f"{cap.scope.label}不超过{in_words(cap.limit)}{clause}",
        f"最多还可用{in_words(max(0, cap.limit - used))}",
    )
