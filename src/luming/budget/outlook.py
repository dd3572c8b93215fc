"""How a line is used and what is still to come: execution rate, and payments of what is committed, month by month.

A commitment without a date is not guessed into a month: it makes the difference between low and high.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from luming.budget.standing import Balance, Claim


@dataclass(frozen=True, slots=True)
class Outlook:
    """A line seen from a day on; sums in fen, rates of 1.

    Attributes:
        execution: paid and not come back over what the line was given (预算执行率); None where that is nothing.
        bound: the same with what is reserved and committed.
        months: (first day of month, committed sums due in it), from the day on; overdue ones stand in the month of the day.
        undated: committed without a date.
        later: committed and due after the year.
        low, high: paid by the end of the year, if only what has a date within it, or also what has none, is paid.
    """

    execution: Fraction | None
    bound: Fraction | None
    months: tuple[tuple[dt.date, int], ...]
    undated: int
    later: int
    low: int
    high: int


def outlook(
    balance: Balance, claims: Mapping[str, Claim], due: Mapping[str, dt.date], *, year: int, as_of: dt.date
) -> Outlook:
    """Look ahead over a line.

    Args:
        due: when a committed matter is to be paid, where that is known.
    """
    months: dict[dt.date, int] = {}
    undated = later = 0
    for matter, claim in claims.items():
        day = due.get(matter)
        if not claim.committed:
            continue
        if day is None:
            undated += claim.committed
        elif day.year > year:
            later += claim.committed
        else:
            first = max(day, as_of).replace(day=1)
            months[first] = months.get(first, 0) + claim.committed
    low = balance.spent + sum(months.values())
    given = balance.given
    return Outlook(
        execution=Fraction(balance.spent, given) if given else None,
        bound=Fraction(balance.spent + balance.reserved + balance.committed, given) if given else None,
        months=tuple(sorted(months.items())),
        undated=undated,
        later=later,
        low=low,
        high=low + undated,
    )
