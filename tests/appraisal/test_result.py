"""From locked sheets to a score: trimming, spread, z-scores and rounding, all exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.making import RULES, TWO, WHOLE, sheet, sheets
from luming.appraisal import AppraisalFaults, Item, Result, Sheet, reopened, result_of
from luming.appraisal.result import root, rounded


def found_of(given: list[Sheet], items: tuple[Item, ...]) -> Result:
    """The result by the rules of the pack."""
    return result_of(given, items, RULES.scoring)


SCORES = st.lists(st.integers(0, 100), min_size=1, max_size=9)


def test_weights_and_full_scores() -> None:
    found = found_of([sheet("e", 80, "7.5", items=TWO)], TWO)
    assert found.mean == 60 * Fraction(80, 100) + 40 * Fraction(75, 100)
    assert (found.score, found.deviation, found.sums[0].z) == (Decimal("78.00"), None, None)


@pytest.mark.parametrize(
    ("scores", "score", "trimmed"),
    [
        ((0, 50, 50, 50, 50, 100), "50.00", False),
        ((0, 50, 50, 50, 50, 50, 100), "50.00", True),
        ((10, 20, 30, 40, 50, 60), "35.00", False),
        ((0, 10, 20, 30, 40, 50, 99), "30.00", True),
        ((0, 10, 20, 30, 40, 50, 60, 70, 99), "40.00", True),
        ((80, 80, 80, 80, 80, 80, 80), "80.00", True),
    ],
)
def test_from_seven_on_the_ends_are_left_out(scores: tuple[int, ...], score: str, trimmed: bool) -> None:
    found = found_of(sheets(*scores), WHOLE)
    assert (str(found.score), found.trimmed) == (score, trimmed)
    assert sum(one.left_out for one in found.sums) == (2 if trimmed else 0)


def test_rounding_is_half_up_and_once() -> None:
    assert rounded(Fraction(8325, 1000), 2) == Decimal("8.33")
    assert rounded(Fraction(83249, 10000), 2) == Decimal("8.32")
    thirds = found_of(sheets(80, 80, 81), WHOLE)
    assert (thirds.mean, str(thirds.score)) == (Fraction(241, 3), "80.33")


def test_deviation_and_z_are_of_all_experts() -> None:
    found = found_of(sheets(2, 4, 4, 4, 5, 5, 7, 9, 5), WHOLE)
    assert found.deviation == root(Fraction(32, 8), 4) == Decimal("2.0000")
    assert [str(one.z) for one in found.sums][:2] == ["-1.5000", "-0.5000"]
    assert found.sums[7].z == Decimal("2.0000")
    assert found.sums[7].left_out


def test_two_experts_have_a_deviation() -> None:
    found = found_of(sheets(60, 80), WHOLE)
    assert found.deviation == Decimal("14.1421")
    assert [str(one.z) for one in found.sums] == ["-0.7071", "0.7071"]


def test_a_root_at_the_half_goes_up() -> None:
    assert root(Fraction(1, 4), 0) == 1
    assert root(Fraction(9, 4), 0) == 2


def test_where_all_agree_there_is_no_z() -> None:
    found = found_of(sheets(80, 80, 80, 80, 80), WHOLE)
    assert found.deviation == 0
    assert {one.z for one in found.sums} == {None}


@pytest.mark.parametrize(("high", "discuss"), [("90", False), ("90.01", True)])
def test_a_range_above_thirty_asks_for_a_discussion(high: str, discuss: bool) -> None:
    found = found_of(sheets(60, 75, 75, 75, high), WHOLE)
    assert bool(found.to_discuss) is discuss
    assert found.spreads[0].range == Fraction(high) - 60


def test_the_range_is_in_points_of_a_hundred() -> None:
    ten = [sheet("e1", 50, "6", items=TWO), sheet("e2", 50, "9.1", items=TWO)]
    found = found_of(ten, TWO)
    assert [(one.item, one.range) for one in found.to_discuss] == [("b", Fraction(31))]


def test_every_fault_at_once() -> None:
    again = reopened(sheet("e1", 70))
    with pytest.raises(AppraisalFaults) as problem:
        found_of([sheet("e1", 80), again, Sheet("e3")], WHOLE)
    codes = [fault.code.removeprefix("appraisal.") for fault in problem.value.faults]
    assert codes == ["sheet_twice", "rounds", "open", "open", "no_score"]
    with pytest.raises(AppraisalFaults, match="一张也没有"):
        found_of([], WHOLE)


def test_the_rule_may_be_set_otherwise() -> None:
    found = result_of(
        sheets(0, 50, 100),
        WHOLE,
        RULES.scoring.model_copy(update={"trim_from": 3, "discuss_above": Fraction(100)}),
    )
    assert (found.mean, found.to_discuss) == (50, ())


@given(SCORES)
def test_the_mean_lies_within_and_order_does_not_matter(scores: list[int]) -> None:
    found = found_of(sheets(*scores), WHOLE)
    assert min(scores) <= found.mean <= max(scores)
    assert found_of(list(reversed(sheets(*scores))), WHOLE).mean == found.mean
    assert found.trimmed == (len(scores) >= 7)


@given(SCORES, st.integers(0, 8), st.integers(1, 100))
def test_a_higher_score_never_lowers_the_result(scores: list[int], at: int, more: int) -> None:
    at %= len(scores)
    raised = [*scores]
    raised[at] = min(100, raised[at] + more)
    assert found_of(sheets(*raised), WHOLE).mean >= found_of(sheets(*scores), WHOLE).mean


@given(st.fractions(0, 10**6), st.integers(0, 6))
def test_the_root_is_rounded_right(value: Fraction, places: int) -> None:
    found = Fraction(root(value, places))
    half = Fraction(1, 2 * 10**places)
    assert max(found - half, Fraction(0)) ** 2 <= value < (found + half) ** 2
