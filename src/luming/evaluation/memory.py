"""What earlier documents of the series asked for and what became of it: the memory from year to year.

A target is followed back through `continues` and its indicator, as `luming compare` does. Only closed years count, and
only years in a row: a year that cannot be judged ends a run, it is neither a success nor a failure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luming.evaluation.outcome import Outcome, TargetFinding, finding_of
from luming.evaluation.span import Span
from luming.monitor import Board, window_of
from luming.pack import Change, compare

_CLOSED = (Outcome.REACHED, Outcome.MISSED)


@dataclass(frozen=True, slots=True)
class Memory:
    """One target through the years.

    Attributes:
        years: the findings, oldest first; the last is of the span that is evaluated.
        changes: how each document changed the target against the one before; one fewer than `years`.
    """

    years: tuple[TargetFinding, ...]
    changes: tuple[Change, ...]

    @property
    def present(self) -> TargetFinding:
        """The finding of the span."""
        return self.years[-1]

    @property
    def missed_running(self) -> int:
        """Years in a row, up to the newest closed one, in which the target was missed."""
        return self._running(Outcome.MISSED)

    @property
    def reached_running(self) -> int:
        """Years in a row, up to the newest closed one, in which the target was reached."""
        return self._running(Outcome.REACHED)

    @property
    def unknown_years(self) -> tuple[int, ...]:
        """Closed years of which nobody can say whether the target was reached."""
        return tuple(one.year for one in self._closed() if one.outcome not in _CLOSED)

    @property
    def missed_years(self) -> tuple[int, ...]:
        """Closed years in which the target was missed, in a row or not."""
        return tuple(one.year for one in self._closed() if one.outcome is Outcome.MISSED)

    @property
    def last_change(self) -> Change | None:
        """How this document changed the target; None where it has no predecessor."""
        return self.changes[-1] if self.changes else None

    def _closed(self) -> tuple[TargetFinding, ...]:
        return tuple(one for one in self.years if one.span.closes_year)

    def _running(self, outcome: Outcome) -> int:
        """A year without a document between two ends the run as an unknown year does."""
        run, year = 0, None
        for one in reversed(self._closed()):
            if one.outcome is not outcome or (year is not None and one.year != year - 1):
                break
            run, year = run + 1, one.year
        return run


class LeftReason(StrEnum):
    """Why an earlier target stands in a report on a later document."""

    DROPPED = "dropped"
    DUE_NOW = "due_now"

    @property
    def label(self) -> str:
        """The reason as a report says it."""
        return {"dropped": "本年文件不再提出", "due_now": "期限在本期"}[self.value]


@dataclass(frozen=True, slots=True)
class Leftover:
    """A target of an earlier document that this one does not carry on, with what became of it."""

    finding: TargetFinding
    reason: LeftReason

    @property
    def is_open(self) -> bool:
        """Whether it was missed, or nobody can say what became of it."""
        return self.finding.outcome is not Outcome.REACHED


def memories_of(board: Board, earlier: Sequence[Board], span: Span) -> tuple[Memory, ...]:
    """Every target of the board, followed back as far as the documents go.

    Args:
        earlier: boards of the documents before, latest first.
    """
    as_of = board.as_of
    year = board.pack.document.year
    memories = [Memory((finding_of(item, year, span, as_of),), ()) for item in board.assessments]
    newer = board
    for older in earlier:
        changes = {
            change.new.id: change for change in compare(older.pack, newer.pack) if change.new is not None
        }
        memories = [
            _further(memory, changes, older) if memory.years[0].year == newer.pack.document.year else memory
            for memory in memories
        ]
        newer = older
    return tuple(memories)


def _further(memory: Memory, changes: Mapping[str, Change], older: Board) -> Memory:
    """The memory with one more year before it, where the older document held the target."""
    change = changes.get(memory.years[0].id)
    if change is None or change.old is None:
        return memory
    old = change.old.id
    item = next((one for one in older.assessments if one.target.id == old), None)
    if item is None:
        return memory
    year = older.pack.document.year
    found = finding_of(item, year, Span(year), older.as_of)
    return Memory((found, *memory.years), (change, *memory.changes))


def leftovers_of(
    board: Board, earlier: Sequence[Board], memories: Sequence[Memory], span: Span
) -> tuple[Leftover, ...]:
    """Targets of earlier documents that no target of this one carries on.

    Dropped is said of the document just before only, and only where this one is held whole; a target of any earlier
    document whose deadline falls into the span is due now.
    """
    followed = {(one.item.clause.document, one.id, one.year) for memory in memories for one in memory.years}
    found: list[Leftover] = []
    for at, older in enumerate(earlier):
        year = older.pack.document.year
        dropped = set()
        if at == 0:
            dropped = {
                change.old.id
                for change in compare(older.pack, board.pack)
                if change.kind == "dropped" and change.old is not None
            }
        for item in older.assessments:
            if (item.clause.document, item.target.id, year) in followed:
                continue
            deadline = window_of(item.target, year, item.indicator.kind).deadline
            if deadline.year > year and span.start <= deadline <= span.end:
                found.append(Leftover(finding_of(item, year, span, board.as_of), LeftReason.DUE_NOW))
            elif item.target.id in dropped:
                found.append(Leftover(finding_of(item, year, Span(year), board.as_of), LeftReason.DROPPED))
    return tuple(found)
