"""The stretch that a bulletin speaks of: a quarter of the document's year, or that year so far, or the whole of it."""

from __future__ import annotations

import datetime as dt

_QUARTERS = "一二三四"


def months_spoken_of(day: dt.date, year: int) -> range:
    """The months of the document's year that a bulletin of a day speaks of, to the last closed one.

    The quarter where one has just been closed, else the year so far. A bulletin written after the document's year is
    over speaks of that year.
    """
    closed = day if (day + dt.timedelta(days=1)).day == 1 else day.replace(day=1) - dt.timedelta(days=1)
    if closed.year != year:
        return range(1, 13)
    return range(closed.month - 2 if closed.month % 3 == 0 else 1, closed.month + 1)


def span_words(day: dt.date, year: int) -> str:
    """The same in words: 2025年三季度, 2025年1—8月, 2025年."""
    months = months_spoken_of(day, year)
    last = months[-1]
    if len(months) == 12:
        return f"{year}年"
    if last % 3 == 0:
        return f"{year}年{_QUARTERS[last // 3 - 1]}季度"
    return f"{year}年1—{last}月" if last > 1 else f"{year}年1月"
