"""A length of time as a process names it: `5 workdays`, `30 days`, `24 hours`, `3 months`, `2 years`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_WRITTEN = re.compile(r"(0|[1-9]\d{0,4}) (workday|day|hour|month|year)s?")


class TimeUnit(StrEnum):
    """In what a length of time is counted. Working days are those of the State Council's notices."""

    WORKDAYS = "workdays"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    YEARS = "years"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"workdays": "个工作日", "days": "日", "hours": "小时", "months": "个月", "years": "年"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Span:
    """A number of one unit of time.

    >>> Span.read("5 workdays").said
    '5个工作日'
    """

    number: int
    unit: TimeUnit

    @classmethod
    def read(cls, written: str) -> Span | None:
        """The length of time as it is written in a file; None where it is none."""
        found = _WRITTEN.fullmatch(written.strip())
        return cls(int(found[1]), TimeUnit(found[2] + "s")) if found else None

    @property
    def said(self) -> str:
        """In Chinese."""
        return f"{self.number}{self.unit.label}"

    @property
    def written(self) -> str:
        """As a file has it."""
        return f"{self.number} {self.unit.value}"
