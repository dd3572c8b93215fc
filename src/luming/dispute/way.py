"""The way of a dispute: filed by a unit, withdrawn by it, or upheld or rejected by the office. What is decided stays.

No source states a procedure against lights: the way and who may do what is ours (平台默认口径).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class DisputeState(StrEnum):
    """Where a dispute stands."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    UPHELD = "upheld"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """In an officer's words."""
        return _STATE_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for the office."""
        return self is DisputeState.FILED


class DisputePart(StrEnum):
    """In whose part somebody acts on a dispute."""

    UNIT = "unit"
    OFFICE = "office"


class DisputeMove(StrEnum):
    """What ends a dispute."""

    WITHDRAW = "withdraw"
    UPHOLD = "uphold"
    REJECT = "reject"

    @property
    def label(self) -> str:
        """As a button says it."""
        return _MOVE_LABELS[self]

    @property
    def needs_reason(self) -> bool:
        """Whether the mover must say why: whoever decides does."""
        return self is not DisputeMove.WITHDRAW


_STATE_LABELS = {
    DisputeState.FILED: "待裁定",
    DisputeState.WITHDRAWN: "已撤回",
    DisputeState.UPHELD: "成立",
    DisputeState.REJECTED: "不成立",
}
_MOVE_LABELS = {
    DisputeMove.WITHDRAW: "撤回申诉",
    DisputeMove.UPHOLD: "裁定成立",
    DisputeMove.REJECT: "裁定不成立",
}
_WAYS: Mapping[DisputeMove, tuple[DisputePart, DisputeState]] = {
    DisputeMove.WITHDRAW: (DisputePart.UNIT, DisputeState.WITHDRAWN),
    DisputeMove.UPHOLD: (DisputePart.OFFICE, DisputeState.UPHELD),
    DisputeMove.REJECT: (DisputePart.OFFICE, DisputeState.REJECTED),
}


def dispute_after(state: DisputeState, move: DisputeMove) -> DisputeState | None:
    """Where a dispute stands after a move; None where it is over already."""
    return _WAYS[move][1] if state.is_open else None


def dispute_moves(state: DisputeState, part: DisputePart) -> tuple[DisputeMove, ...]:
    """The moves that somebody in a part may make, in the order of buttons."""
    if not state.is_open:
        return ()
    return tuple(move for move, (its, _after) in _WAYS.items() if its is part)
