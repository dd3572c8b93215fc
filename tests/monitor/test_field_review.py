"""What a panel's scores come to: weights, trimming from seven on, shared places."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.monitor import CRITERIA, Criterion, places, trimmed_mean, weighted_score

VECTOR_13 = [Decimal(score) for score in (92, 88, 85, 85, 80, 78, 60)]


def test_seven_scores_lose_one_at_each_end():
    assert trimmed_mean(VECTOR_13) == Fraction("83.2")


@pytest.mark.parametrize("count", [1, 2, 5, 6])
def test_fewer_are_not_trimmed(count):
    scores = VECTOR_13[:count]
    assert trimmed_mean(scores) == sum(map(Fraction, scores)) / count


def test_twenty_lose_one_at_each_end_too():
    assert trimmed_mean([Decimal(0), *[Decimal(80)] * 17, Decimal(90), Decimal(100)]) == Fraction(
        80 * 17 + 90, 18
    )


def test_no_score_is_no_result():
    assert trimmed_mean([]) is None


def test_equal_ends_lose_one_each():
    assert trimmed_mean([Decimal(70)] * 7) == 70


def test_weights_count():
    criteria = [Criterion("a", "甲", Decimal(30)), Criterion("b", "乙", Decimal(10))]
    assert weighted_score({"a": Decimal(80), "b": Decimal(100)}, criteria) == 85


def test_our_weights_come_to_a_hundred():
    assert sum(one.weight for one in CRITERIA) == 100


@pytest.mark.parametrize(
    "points", [{}, {"a": Decimal(-1)}, {"a": Decimal("100.1")}, {"a": Decimal("NaN")}, {"b": Decimal(1)}]
)
def test_points_that_are_missing_or_out_of_range_are_refused(points):
    with pytest.raises(ValueError, match="0到100"):
        weighted_score(points, [Criterion("a", "甲", Decimal(1))])


@pytest.mark.parametrize("weights", [[], [0], [2, -1]])
def test_weights_that_weigh_nothing_are_refused(weights):
    criteria = [Criterion(str(at), "甲", Decimal(weight)) for at, weight in enumerate(weights)]
    with pytest.raises(ValueError, match="权重"):
        weighted_score({str(at): Decimal(1) for at in range(3)}, criteria)


def test_equal_results_share_a_place_and_no_result_has_none():
    assert places([Fraction(80), None, Fraction(90), Fraction(80), Fraction(70)]) == [2, None, 1, 2, 4]


@given(st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=15), st.randoms())
def test_a_mean_lies_among_the_scores_and_knows_no_order(scores, chance):
    mean = trimmed_mean(scores)
    shuffled = list(scores)
    chance.shuffle(shuffled)
    assert trimmed_mean(shuffled) == mean
    assert min(scores) <= mean <= max(scores)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=15), st.integers(0, 14))
def test_a_better_score_never_means_a_worse_result(scores, which):
    better = list(scores)
    better[which % len(scores)] += 1
    assert trimmed_mean(map(Fraction, better)) >= trimmed_mean(map(Fraction, scores))
