"""Who may contest a light, and what a reader sees of a dispute beside it.

A dispute is about one light, of one day, resting on certain facts. What was decided of it stands beside the light as
long as that same light on those same facts is shown; once the figure is corrected or a light is set by hand, the
decision has done its work and remains in the list of disputes alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from luming.dispute.way import DisputeState
from luming.monitor import Assessment, Light, LightRecord


class Beside(StrEnum):
    """What stands beside a light."""

    WAITING = "waiting"
    TO_CORRECT = "to_correct"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """As it is read, without names."""
        return _LABELS[self]

    @property
    def short_label(self) -> str:
        """In a narrow cell."""
        return _SHORT_LABELS[self]


_SHORT_LABELS = {Beside.WAITING: "有申诉", Beside.TO_CORRECT: "待更正", Beside.REJECTED: "申诉驳回"}
_LABELS = {
    Beside.WAITING: "有申诉,待裁定",
    Beside.TO_CORRECT: "经申诉成立,待更正",
    Beside.REJECTED: "申诉不成立",
}


@dataclass(frozen=True, slots=True)
class Contested:
    """The light that a dispute is about, frozen when it was filed.

    Attributes:
        as_of: the day of the board on which the unit saw it.
        inputs: keys of the facts that it rested on.
    """

    as_of: dt.date
    light: Light
    inputs: Collection[str]
    state: DisputeState


def contestants(item: Assessment) -> tuple[str, ...]:
    """The units that may contest the light of a target: the leads of its measure, and the owner of its indicator."""
    return tuple(dict.fromkeys(unit for unit in (*item.lead, item.indicator.owner) if unit))


def beside(contested: Contested, shown: LightRecord) -> Beside | None:
    """What is said of a dispute beside a light; None where nothing is.

    A dispute is never shown on a board of an earlier day than the one it was filed on.
    """
    if contested.as_of > shown.as_of or contested.state is DisputeState.WITHDRAWN:
        return None
    if contested.state is DisputeState.FILED:
        return Beside.WAITING
    same = shown.light is contested.light and frozenset(shown.inputs) == frozenset(contested.inputs)
    if not same or (contested.state is DisputeState.UPHELD and shown.override_by):
        return None
    return Beside.TO_CORRECT if contested.state is DisputeState.UPHELD else Beside.REJECTED
