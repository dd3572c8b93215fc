"""A sheet is written alone, locked once, and seen by others only when all are locked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from appraisal.making import TWO, WHOLE, sheet
from luming.appraisal import AppraisalFaults, Item, Sheet, item_faults, locked, reopened, scored, visible_to


def codes(problem: pytest.ExceptionInfo[AppraisalFaults]) -> list[str]:
    return [fault.code.removeprefix("appraisal.") for fault in problem.value.faults]


@pytest.mark.parametrize("score", ["0", "100", "0.01", "99.99"])
def test_scores_from_nothing_to_full(score: str) -> None:
    assert scored(Sheet("e"), WHOLE[0], Decimal(score)).scores == {"whole": Decimal(score)}


@pytest.mark.parametrize("score", ["-0.01", "100.01", "NaN", "Infinity"])
def test_no_score_beyond(score: str) -> None:
    with pytest.raises(AppraisalFaults) as problem:
        scored(Sheet("e"), WHOLE[0], Decimal(score))
    assert codes(problem) == ["score"]


def test_a_locked_sheet_stays_as_it_is() -> None:
    done = sheet("e", 80)
    with pytest.raises(AppraisalFaults) as problem:
        scored(done, WHOLE[0], Decimal(81))
    assert codes(problem) == ["locked"]
    with pytest.raises(TypeError):
        done.scores["whole"] = Decimal(81)  # type: ignore[index]
    assert locked(done, WHOLE) == done


def test_a_later_change_of_what_was_handed_in_does_not_reach_the_sheet() -> None:
    given = {"whole": Decimal(80)}
    done = locked(Sheet("e", given), WHOLE)
    given["whole"] = Decimal(0)
    assert done.scores["whole"] == 80


def test_locking_names_every_fault() -> None:
    with pytest.raises(AppraisalFaults) as problem:
        locked(Sheet("e", {"b": Decimal(11), "c": Decimal(1)}), TWO)
    assert codes(problem) == ["no_score", "score", "unknown_item"]


def test_a_discussion_opens_a_new_round_and_keeps_the_old_sheet() -> None:
    first = sheet("e", 80)
    second = reopened(first)
    assert (second.round, second.locked, second.scores) == (2, False, first.scores)
    assert first.locked
    with pytest.raises(AppraisalFaults) as problem:
        reopened(second)
    assert codes(problem) == ["round_open"]


def test_others_are_seen_only_when_all_are_locked() -> None:
    mine, hers = Sheet("me"), sheet("she", 70)
    assert visible_to("me", [mine, hers]) == (mine,)
    assert visible_to("she", [mine, hers]) == (hers,)
    done = sheet("me", 80)
    assert visible_to("me", [done, hers]) == (done, hers)
    again = reopened(hers)
    assert visible_to("me", [done, hers, again]) == (done, hers)


def test_items_are_a_scheme_only_with_weights_of_a_hundred() -> None:
    assert item_faults(TWO) == ()
    assert [fault.code for fault in item_faults(())] == ["appraisal.no_items"]
    short = (Item("a", "甲", Decimal("59.99")), Item("b", "乙", Decimal(40)))
    assert "99.99" in item_faults(short)[0].found
    bad = (Item("a", "甲", Decimal(-1)), Item("a", "甲", Decimal(101), full=Decimal(0)))
    assert [fault.code for fault in item_faults(bad)] == [
        "appraisal.weight",
        "appraisal.item_twice",
        "appraisal.full",
    ]


def test_an_item_may_weigh_nothing_and_have_a_small_full_score() -> None:
    items = (Item("a", "甲", Decimal(0)), Item("b", "乙", Decimal(100), full=Decimal("0.5")))
    assert item_faults(items) == ()
    light = (Item("a", "甲", Decimal("0.5")), Item("b", "乙", Decimal("99.5")))
    assert item_faults(light) == ()
