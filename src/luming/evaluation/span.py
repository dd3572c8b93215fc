"""The stretch that an evaluation speaks of: a half year or a whole year of one document."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from luming.errors import PeriodError
from luming.period import Period, parse_period

_HALF = re.compile(r"(?P<year>\d{4})年?-?(?:[Hh](?P<number>[12])|(?P<word>[上下])半年)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """A year, or one of its halves.

    Attributes:
        half: 1 or 2; 0 for the whole year.
    """

    year: int
    half: int = 0

    @property
    def period(self) -> Period:
        """The stretch as a period of figures."""
        return parse_period(f"{self.year:04d}-H{self.half}" if self.half else f"{self.year:04d}")

    @property
    def start(self) -> dt.date:
        """First day."""
        return self.period.start

    @property
    def end(self) -> dt.date:
        """Last day."""
        return self.period.end

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return self.half == 0

    @property
    def closes_year(self) -> bool:
        """Whether the year is over at its end."""
        return self.half != 1

    def label(self) -> str:
        """The stretch in Chinese.

        >>> Span(2025, 1).label(), Span(2025).label()
        ('2025年上半年', '2025年')
        """
        return self.period.label()


def parse_half(text: str) -> Span:
    """A half year as people write it: 2025H1, 2025-H1, 2025年上半年.

    >>> parse_half("2025H1") == parse_half("2025年上半年") == Span(2025, 1)
    True

    Raises:
        PeriodError: nothing of the kind.
    """
    match = _HALF.fullmatch(text.strip())
    if match is None:
        raise PeriodError(f"“{text}”不是半年;应写成 2025H1(上半年)或 2025H2(下半年)。")
    word = {"上": 1, "下": 2}.get(match["word"] or "", 0)
    return Span(int(match["year"]), word or int(match["number"]))
