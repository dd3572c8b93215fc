"""A dispute ends once, by whom it may; what was decided is never open again."""

from __future__ import annotations

import pytest

from luming.dispute import DisputeMove, DisputePart, DisputeState, dispute_after, dispute_moves


@pytest.mark.parametrize(
    ("move", "state"),
    [
        (DisputeMove.WITHDRAW, DisputeState.WITHDRAWN),
        (DisputeMove.UPHOLD, DisputeState.UPHELD),
        (DisputeMove.REJECT, DisputeState.REJECTED),
    ],
)
def test_a_filed_dispute_ends_by_one_move(move: DisputeMove, state: DisputeState) -> None:
    assert dispute_after(DisputeState.FILED, move) is state
    assert all(dispute_after(state, other) is None for other in DisputeMove)
    assert all(dispute_moves(state, part) == () for part in DisputePart)


def test_the_unit_withdraws_and_the_office_decides() -> None:
    assert dispute_moves(DisputeState.FILED, DisputePart.UNIT) == (DisputeMove.WITHDRAW,)
    assert dispute_moves(DisputeState.FILED, DisputePart.OFFICE) == (DisputeMove.UPHOLD, DisputeMove.REJECT)


def test_whoever_decides_says_why() -> None:
    assert [move for move in DisputeMove if move.needs_reason] == [DisputeMove.UPHOLD, DisputeMove.REJECT]


def test_every_state_and_move_has_words() -> None:
    assert all(one.label for one in (*DisputeState, *DisputeMove))
