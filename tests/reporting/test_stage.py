"""The way of a report: every pair of stage and move is either in the table or refused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from luming.reporting import Move, Part, Stage, after, moves_of

WHOLE_WAY = (Move.SUBMIT, Move.APPROVE, Move.COLLECT, Move.VERIFY, Move.PUBLISH)


def test_the_usual_way_from_draft_to_publication() -> None:
    stage: Stage | None = Stage.DRAFT
    seen = []
    for move in WHOLE_WAY:
        assert stage is not None
        stage = after(stage, move)
        seen.append(stage)
    assert seen == [Stage.SUBMITTED, Stage.REVIEWED, Stage.COLLECTED, Stage.VERIFIED, Stage.PUBLISHED]


def test_a_unit_that_leads_itself_hands_to_the_office() -> None:
    assert after(Stage.SUBMITTED, Move.APPROVE, leads_itself=True) is Stage.COLLECTED
    assert after(Stage.DRAFT, Move.SUBMIT, leads_itself=True) is Stage.SUBMITTED


def test_what_is_not_in_the_table_is_refused() -> None:
    assert after(Stage.DRAFT, Move.PUBLISH) is None
    assert after(Stage.PUBLISHED, Move.RETURN) is None
    assert after(Stage.REVIEWED, Move.WITHDRAW) is None


def test_everything_between_submission_and_publication_can_be_returned_with_a_reason() -> None:
    for stage in (Stage.SUBMITTED, Stage.REVIEWED, Stage.COLLECTED, Stage.VERIFIED):
        assert after(stage, Move.RETURN) is Stage.DRAFT
    assert {move for move in Move if move.needs_reason} == {Move.RETURN, Move.REVISE}


def test_nobody_has_a_move_that_is_not_his() -> None:
    assert moves_of(Stage.SUBMITTED, frozenset({Part.OFFICE})) == ()
    assert moves_of(Stage.SUBMITTED, frozenset({Part.REPORTER})) == (Move.WITHDRAW,)
    assert moves_of(Stage.COLLECTED, frozenset(Part)) == (Move.VERIFY, Move.RETURN)


@given(st.lists(st.sampled_from(Move), max_size=40), st.booleans())
def test_nothing_is_published_without_every_review_since_the_last_draft(
    moves: list[Move], itself: bool
) -> None:
    stage, since = Stage.DRAFT, []
    for move in moves:
        following = after(stage, move, leads_itself=itself)
        if following is None:
            continue
        stage = following
        since = [] if stage is Stage.DRAFT else [*since, move]
        if stage is Stage.PUBLISHED:
            wanted = [one for one in WHOLE_WAY if not (itself and one is Move.COLLECT)]
            assert since == wanted
