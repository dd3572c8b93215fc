"""How support is paid out, in figures: what was promised and paid, in time or not, by which lane, and what nobody uses.

Formulas: mechanisms of payment, forms and statistics. Below five firms a figure about money or firms would show single
firms and is withheld. Nothing here reads the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luming.support import Item, Lane

FEWEST = 5
"""Firms below which a figure is withheld."""
ASLEEP_AFTER = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Claim:
    """A case in which support was claimed.

    Attributes:
        award: in fen; None where none is written.
        approved_on: when it was settled that it is to be paid; `paid_on` when it was paid; None before.
        due_on: by when it was to be paid; None where no clock says so.
    """

    item: str
    firm: int
    lane: Lane
    award: int | None
    opened_on: dt.date
    approved_on: dt.date | None = None
    paid_on: dt.date | None = None
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """Part and whole, with the firms behind the whole; withheld below FEWEST firms."""

    part: int
    whole: int
    firms: int

    @property
    def withheld(self) -> bool:
        """Whether it would show single firms."""
        return 0 < self.firms < FEWEST

    @property
    def share(self) -> Fraction | None:
        """The share; None where there is nothing to divide by, or it is withheld."""
        return None if self.withheld or not self.whole else Fraction(self.part, self.whole)

    @property
    def percent(self) -> str:
        """In per cent with one digit, half up; "" where it is not told."""
        if self.share is None:
            return ""
        tenths = (2 * self.share.numerator * 1000 + self.share.denominator) // (2 * self.share.denominator)
        return f"{tenths // 10}.{tenths % 10}%"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a stretch of time.

    Attributes:
        fulfilled: 兑现率, fen paid of fen settled.
        timely: 及时率, cases paid in time of those that were to be paid.
        automatic: 免申即享占比, cases of the lane without application of all that were paid.
        firms: 惠及户数, firms that were paid; None where withheld.
        paid: fen paid; None where withheld.
        per_firm: 户均 in fen; None where withheld or nobody was paid.
        executed: 预算执行率, fen paid of fen appropriated.
        blocked: 查重拦截额 in fen; None where withheld.
        asleep: 沉睡清单, items in force for a year that nobody claimed in it.
    """

    fulfilled: Ratio
    timely: Ratio
    automatic: Ratio
    firms: int | None
    paid: int | None
    per_firm: int | None
    executed: Ratio
    blocked: int | None
    asleep: tuple[Item, ...]


def figures_of(
    claims: Iterable[Claim],
    items: Iterable[Item],
    today: dt.date,
    first_day: dt.date,
    *,
    appropriated: int = 0,
    blocked: Sequence[tuple[int, int]] = (),
) -> Figures:
    """The figures from a day until today.

    Args:
        appropriated: fen of the lines from which support is paid.
        blocked: firm and fen of each claim that was met before.
    """
    told = list(claims)
    settled = [one for one in told if _within(one.approved_on, first_day, today)]
    paid = [one for one in settled if _within(one.paid_on, first_day, today)]
    due = [
        one for one in settled if one.due_on is not None and (one.paid_on is not None or one.due_on < today)
    ]
    in_time = [
        one for one in due if one.paid_on is not None and one.due_on is not None and one.paid_on <= one.due_on
    ]
    firms = {one.firm for one in paid}
    money = sum(one.award or 0 for one in paid)
    few = 0 < len(firms) < FEWEST
    stopped = {firm for firm, _fen in blocked}
    return Figures(
        Ratio(money, sum(one.award or 0 for one in settled), len({one.firm for one in settled})),
        Ratio(len(in_time), len(due), len({one.firm for one in due})),
        Ratio(sum(one.lane is Lane.AUTOMATIC for one in paid), len(paid), len(firms)),
        None if few else len(firms),
        None if few else money,
        None if few or not firms else money // len(firms),
        Ratio(money, appropriated, len(firms)),
        None if 0 < len(stopped) < FEWEST else sum(fen for _firm, fen in blocked),
        asleep(told, items, today),
    )


def asleep(claims: Iterable[Claim], items: Iterable[Item], today: dt.date) -> tuple[Item, ...]:
    """The items that have held for a year and that nobody claimed in it."""
    since = today - ASLEEP_AFTER
    used = {one.item for one in claims if one.opened_on > since}
    return tuple(
        item
        for item in items
        if item.in_force(today) and item.key not in used and item.starts is not None and item.starts <= since
    )


def _within(day: dt.date | None, first: dt.date, last: dt.date) -> bool:
    return day is not None and first <= day <= last
