"""Which way an indicator moved against the year before: with the policy's aim, against it, or not known.

Movement is no effect. That an indicator moved as the document wished says nothing of why it moved; the report calls
it 同向变化 and never names a cause.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from luming.facts import Fact, IndicatorKind, Status
from luming.monitor import Assessment


class Movement(StrEnum):
    """The direction of an indicator, seen from the policy's aim."""

    TOWARDS = "towards"
    AWAY = "away"
    STILL = "still"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The direction as a report says it."""
        return {"towards": "同向变化", "away": "反向变化", "still": "持平", "unknown": "不能比较"}[self.value]


@dataclass(frozen=True, slots=True)
class Moved:
    """The movement with what it was read from.

    Attributes:
        growth: change against the same stretch of the year before in percent (points where the target asks for
            points); None where not known.
        base: the figure of that stretch, where it was published as one figure.
    """

    movement: Movement
    growth: Decimal | None = None
    base: Fact | None = None


NOT_COMPARABLE = Moved(Movement.UNKNOWN)
_INEXACT = (Status.LOWER_BOUND, Status.ESTIMATE)


def movement_of(item: Assessment) -> Moved:
    """The movement of a target's indicator; unknown without an exact figure of the same stretch a year before."""
    latest, growth = item.standing.latest, item.standing.growth
    if latest is None or latest.status in _INEXACT:
        return NOT_COMPARABLE
    if item.indicator.kind is IndicatorKind.GROWTH:
        return Moved(_direction(latest.value, item.standing.reverse), latest.value)
    base = _base(item, latest)
    if growth is None or growth < -100 or latest.value < 0:
        return NOT_COMPARABLE  # the sign of a growth over a negative base tells no direction
    if base is not None and base.status in _INEXACT:
        return NOT_COMPARABLE
    return Moved(_direction(growth, item.standing.reverse), growth, base)


def _direction(change: Decimal, less_is_better: bool) -> Movement:
    if change == 0:
        return Movement.STILL
    return Movement.AWAY if (change > 0) is less_is_better else Movement.TOWARDS


def _base(item: Assessment, latest: Fact) -> Fact | None:
    """The published figure of the same stretch a year before."""
    for fact in item.series:
        years = (
            latest.period.start.year - fact.period.start.year,
            latest.period.end.year - fact.period.end.year,
        )
        same = (
            fact.period.start.month == latest.period.start.month
            and fact.period.end.month == latest.period.end.month
        )
        if years == (1, 1) and same and fact.status is not Status.LOWER_BOUND:
            return fact
    return None
