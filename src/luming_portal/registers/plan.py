"""What an import would do, row by row, before anything is done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a cell: its row, the key of its column ("" for the whole row), the sentence."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changes, in words."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class PlannedRow:
    """One row of the file and what becomes of it.

    Attributes:
        item: the record or fact to be written; None for faulty rows.
        version: the version that the plan was made against; 0 for new ones.
        doubts: what to look at before confirming; they hold nothing up.
    """

    number: int
    label: str
    outcome: Outcome
    item: Any = None
    version: int = 0
    differences: tuple[Difference, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """The rows of a file and their faults."""

    rows: list[PlannedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        """The rows of one outcome."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def new(self) -> list[PlannedRow]:
        """What would be added."""
        return self.of(Outcome.NEW)

    @property
    def changed(self) -> list[PlannedRow]:
        """What would change."""
        return self.of(Outcome.CHANGED)

    @property
    def unchanged(self) -> list[PlannedRow]:
        """What stands as it is."""
        return self.of(Outcome.UNCHANGED)

    @property
    def faulty(self) -> list[PlannedRow]:
        """What cannot be taken in."""
        return self.of(Outcome.FAULTY)

    @property
    def refused(self) -> list[PlannedRow]:
        """What the person may not write."""
        return self.of(Outcome.REFUSED)

    def digest(self) -> str:
        """A hash over everything that would be done: shown at the preview, compared before it is done."""
        told = [
            [
                row.number,
                row.label,
                row.outcome.value,
                row.version,
                [[d.label, d.before, d.after] for d in row.differences],
            ]
            for row in self.rows
        ]
        faults = [[one.row, one.column, one.sentence] for one in self.problems]
        return hashlib.sha256(json.dumps([told, faults], ensure_ascii=False).encode()).hexdigest()


def problems_by_row(problems: Sequence[Problem]) -> dict[int, list[Problem]]:
    """The faults, gathered by row."""
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.row, []).append(problem)
    return found
