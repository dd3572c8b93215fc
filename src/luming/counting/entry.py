"""One entry of a counted register: a person or thing that a unit counts on a day, and the evidence for it.

An entry is never changed. What turns out wrong loses its evidence; so what was known on a past day stays what it was.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntryEvidence:
    """A paper that carries an entry.

    Attributes:
        recorded_on: since when the platform knows of it.
        withdrawn_on: from which day it does not hold; None while it does.
        withdrawal_known_on: since when the platform knows that.
    """

    recorded_on: dt.date
    issued_on: dt.date | None = None
    valid_until: dt.date | None = None
    withdrawn_on: dt.date | None = None
    withdrawal_known_on: dt.date | None = None

    def is_known(self, day: dt.date) -> bool:
        """Whether the platform knew of it on a day."""
        return self.recorded_on <= day

    def is_withdrawn(self, known_on: dt.date, at: dt.date | None) -> bool:
        """Whether it was known on a day to be withdrawn; `at`: withdrawn with effect for that day."""
        if self.withdrawn_on is None or (self.withdrawal_known_on or self.withdrawn_on) > known_on:
            return False
        return at is None or self.withdrawn_on <= at

    def is_valid(self, at: dt.date | None) -> bool:
        """Whether its own term covers a day; None: no day is asked for."""
        if at is None:
            return True
        return (self.issued_on is None or self.issued_on <= at) and (
            self.valid_until is None or at <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class CountEntry:
    """An entry as it is counted.

    Attributes:
        identity: the key of the person or thing (luming.counting.identity); "" where nobody gave it.
        unit: who counts it.
        counted_on: the day it is counted for: of arrival, recognition, founding, graduation.
        host: the employer or institution it stands at.
        district: "" where nobody said.
    """

    id: int
    indicator: str
    category: str
    identity: str
    name: str
    unit: str
    counted_on: dt.date
    recorded_on: dt.date
    host: str = ""
    district: str = ""
    evidence: tuple[EntryEvidence, ...] = ()

    @property
    def order(self) -> tuple[dt.date, dt.date, int]:
        """Who came first: by the day counted, then the day recorded, then the number of the entry."""
        return self.counted_on, self.recorded_on, self.id
