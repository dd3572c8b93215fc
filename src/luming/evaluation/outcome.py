"""What became of a target by the end of a span: reached, on track, behind, missed, not due, or not known.

The light of the monitor warns during the year and turns grey when a figure ages. An evaluation looks back: it asks
whether the figure at hand reaches to the end of the span, and where it does not, whether it proves anything all the
same. A year-to-date figure that already holds what the whole span asks for does; an estimate never does.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from luming.evaluation.gap import Gap, gap_of
from luming.evaluation.movement import Moved, Movement, movement_of
from luming.evaluation.span import Span
from luming.facts import Fact, Status
from luming.monitor import Assessment, Window, share_due, window_of


class Outcome(StrEnum):
    """What became of a target."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"
    NOT_DUE = "not_due"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The outcome as a report says it."""
        return _LABELS[self]


_LABELS = {
    Outcome.REACHED: "已达到",
    Outcome.ON_TRACK: "达到序时",
    Outcome.BEHIND: "落后序时",
    Outcome.MISSED: "到期未达到",
    Outcome.NOT_DUE: "未到考核时点",
    Outcome.UNKNOWN: "不能判断",
}


class Doubt(StrEnum):
    """Why an outcome is not known."""

    NO_FIGURE = "no_figure"
    TOO_EARLY = "too_early"
    BOUND = "bound"
    ESTIMATE = "estimate"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """The reason in a few words."""
        return {
            "no_figure": "期内没有数据",
            "too_early": "数据没有到期末",
            "bound": "只有下限值",
            "estimate": "只有预计数",
            "undecided": "缺基数或目标水平",
        }[self.value]


@dataclass(frozen=True, slots=True)
class TargetFinding:
    """One target in one span.

    Attributes:
        item: the assessment that the finding rests on; its facts end with the span.
        due: share of the target that the planned curve asks for by the end of the span, of 1.
        doubt: why the outcome is not known; None where it is.
        gap: the figure to ask for; None where the outcome is known by a figure to the end of the span.
    """

    item: Assessment
    span: Span
    outcome: Outcome
    due: Fraction
    doubt: Doubt | None
    moved: Moved
    gap: Gap | None

    @property
    def id(self) -> str:
        """Id of the target."""
        return self.item.target.id

    @property
    def year(self) -> int:
        """The year that the finding speaks of."""
        return self.span.year

    @property
    def latest(self) -> Fact | None:
        """The figure that it rests on."""
        return self.item.standing.latest

    @property
    def completion(self) -> Decimal | None:
        """Share of the target reached, of 1."""
        return self.item.standing.completion

    @property
    def movement(self) -> Movement:
        """Which way the indicator moved."""
        return self.moved.movement


def finding_of(item: Assessment, document_year: int, span: Span, as_of: dt.date) -> TargetFinding:
    """What became of a target by the end of the span, as known on a day."""
    window = window_of(item.target, document_year, item.indicator.kind)
    due = share_due(item.curve, window, span.end)
    outcome, doubt = _outcome(item, window, span, due)
    gap = None
    if doubt is not None or (outcome is Outcome.NOT_DUE and item.standing.latest is None):
        gap = gap_of(item.indicator, window, span, as_of)
    return TargetFinding(item, span, outcome, due, doubt, movement_of(item), gap)


def _outcome(item: Assessment, window: Window, span: Span, due: Fraction) -> tuple[Outcome, Doubt | None]:
    standing, fact = item.standing, item.standing.latest
    closed = window.deadline <= span.end
    not_due = Outcome.NOT_DUE if not closed and due == 0 else None
    if fact is None:
        return (not_due, None) if not_due else (Outcome.UNKNOWN, Doubt.NO_FIGURE)
    if fact.status is Status.ESTIMATE:
        return (not_due, None) if not_due else (Outcome.UNKNOWN, Doubt.ESTIMATE)
    to_the_end = fact.period.end >= min(window.deadline, span.end)
    if standing.reached and (to_the_end or standing.lasting):
        return Outcome.REACHED, None
    if not_due:
        return not_due, None
    if standing.completion is None:
        bound = fact.status is Status.LOWER_BOUND
        return Outcome.UNKNOWN, Doubt.BOUND if bound else Doubt.UNDECIDED
    return _closed(item, to_the_end) if closed else _open(item, due, to_the_end)


def _closed(item: Assessment, to_the_end: bool) -> tuple[Outcome, Doubt | None]:
    if not to_the_end:
        return Outcome.UNKNOWN, Doubt.TOO_EARLY
    if item.standing.reached is None:
        return Outcome.UNKNOWN, Doubt.UNDECIDED
    return (Outcome.REACHED if item.standing.reached else Outcome.MISSED), None


def _open(item: Assessment, due: Fraction, to_the_end: bool) -> tuple[Outcome, Doubt | None]:
    """Before the deadline: completion against what is due; a sum that only grows proves more than its own days."""
    standing = item.standing
    assert standing.completion is not None
    growth_open = item.target.growth is not None and standing.growth_met is not True
    if growth_open and to_the_end:
        if standing.growth_met is None:
            return Outcome.UNKNOWN, Doubt.UNDECIDED
        return Outcome.BEHIND, None
    enough = Fraction(standing.completion) >= due
    if enough and not growth_open and (to_the_end or standing.lasting):
        return Outcome.ON_TRACK, None
    if not to_the_end:
        return Outcome.UNKNOWN, Doubt.TOO_EARLY
    return Outcome.BEHIND, None
