"""Two thirds of the whole panel, known as soon as it cannot change, with dissent kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.making import RULES
from luming.appraisal import AppraisalFaults, Ballot, Carried, Choice, vote_of


def ballots(agree: int, disagree: int = 0, abstain: int = 0) -> list[Ballot]:
    choices = [Choice.AGREE] * agree + [Choice.DISAGREE] * disagree + [Choice.ABSTAIN] * abstain
    return [Ballot(f"e{at}", choice, choice.label) for at, choice in enumerate(choices)]


def panel(number: int) -> list[str]:
    return [f"e{at}" for at in range(number)]


@pytest.mark.parametrize(
    ("number", "agree", "carried"),
    [(9, 6, "yes"), (9, 5, "no"), (7, 5, "yes"), (7, 4, "no"), (5, 4, "yes"), (5, 3, "no")],
)
def test_two_thirds_of_the_panel(number: int, agree: int, carried: str) -> None:
    assert vote_of(panel(number), ballots(agree, number - agree), RULES.vote).carried == Carried(carried)


def test_abstention_counts_in_the_whole() -> None:
    found = vote_of(panel(9), ballots(5, 0, 4), RULES.vote)
    assert found.carried is Carried.NO
    assert len(found.dissent) == 4


def test_missing_ballots_leave_it_open_only_while_they_could_change_it() -> None:
    assert vote_of(panel(9), ballots(6), RULES.vote).carried is Carried.YES
    assert vote_of(panel(9), ballots(5, 3), RULES.vote).carried is Carried.UNKNOWN
    assert vote_of(panel(9), ballots(4, 4), RULES.vote).carried is Carried.NO
    assert vote_of(panel(9), ballots(5, 3), RULES.vote).missing == ("e8",)


def test_dissent_is_kept_word_for_word() -> None:
    given_ = [*ballots(4), Ballot("e4", Choice.DISAGREE, "对比样品不同,不能说国际领先。")]
    (kept,) = vote_of(panel(5), given_, RULES.vote).dissent
    assert kept.words == "对比样品不同,不能说国际领先。"


def test_strangers_and_second_ballots_are_refused_together() -> None:
    with pytest.raises(AppraisalFaults) as problem:
        vote_of(
            panel(5),
            [Ballot("x", Choice.AGREE), Ballot("e0", Choice.AGREE), Ballot("e0", Choice.DISAGREE)],
            RULES.vote,
        )
    assert [fault.code for fault in problem.value.faults] == [
        "appraisal.not_member",
        "appraisal.ballot_twice",
    ]
    with pytest.raises(AppraisalFaults, match="没有专家组成员"):
        vote_of([], [], RULES.vote)


@given(st.integers(5, 9), st.lists(st.sampled_from(list(Choice)), max_size=9))
def test_what_is_known_early_stays_so_whatever_the_rest_say(number: int, choices: list[Choice]) -> None:
    given_ = [Ballot(f"e{at}", choice) for at, choice in enumerate(choices[:number])]
    early = vote_of(panel(number), given_, RULES.vote).carried
    for last in Choice:
        rest = [Ballot(f"e{at}", last) for at in range(len(given_), number)]
        final = vote_of(panel(number), [*given_, *rest], RULES.vote).carried
        assert final is not Carried.UNKNOWN
        assert early in (Carried.UNKNOWN, final)
