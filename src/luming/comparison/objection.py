"""The way of an objection: filed by a district, then withdrawn by it or decided by the office. One step, no way back."""

from __future__ import annotations

from enum import StrEnum


class ObjectionState(StrEnum):
    """Where an objection stands."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The state in words."""
        return _STATES[self]


class Objecting(StrEnum):
    """In whose part somebody acts."""

    DISTRICT = "district"
    OFFICE = "office"


class ObjectionMove(StrEnum):
    """What moves an objection."""

    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    REJECT = "reject"

    @property
    def label(self) -> str:
        """The move as a button says it."""
        return _MOVES[self]


_STATES = {
    ObjectionState.FILED: "异议待处理",
    ObjectionState.WITHDRAWN: "异议已撤回",
    ObjectionState.ACCEPTED: "异议已采纳",
    ObjectionState.REJECTED: "异议未采纳",
}
_MOVES = {
    ObjectionMove.WITHDRAW: "撤回异议",
    ObjectionMove.ACCEPT: "采纳",
    ObjectionMove.REJECT: "不采纳",
}
_WAYS = {
    (ObjectionMove.WITHDRAW, Objecting.DISTRICT): ObjectionState.WITHDRAWN,
    (ObjectionMove.ACCEPT, Objecting.OFFICE): ObjectionState.ACCEPTED,
    (ObjectionMove.REJECT, Objecting.OFFICE): ObjectionState.REJECTED,
}


def state_after(state: ObjectionState, move: ObjectionMove, part: Objecting) -> ObjectionState | None:
    """Where an objection stands after a move; None where the move is not this part's, or it is settled already."""
    return _WAYS.get((move, part)) if state is ObjectionState.FILED else None
