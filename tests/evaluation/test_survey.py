"""Satisfaction: the interval against an independent reckoning, the least sample at its edge."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.making import make_pack
from luming.evaluation import GRADES, LEAST_SAMPLE, NO_OPINION, WHOLE, Answer, satisfaction, survey_of, wilson


@given(st.integers(1, 3000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
def test_the_interval_agrees_with_statsmodels(sample):
    from statsmodels.stats.proportion import proportion_confint

    hits, size = sample
    low, high = wilson(hits, size)
    wanted = proportion_confint(hits, size, alpha=0.05, method="wilson")
    assert float(low) == pytest.approx(wanted[0], abs=1e-9)
    assert float(high) == pytest.approx(wanted[1], abs=1e-9)
    assert 0 <= low <= Decimal(hits) / size <= high <= 1


@given(st.integers(1, 500).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
def test_the_ends_solve_the_equation_that_defines_them(sample):
    """Each end p satisfies (share − p)² = z²·p(1−p)/n."""
    hits, size = sample
    z2 = Fraction("1.959963984540054") ** 2
    for end in wilson(hits, size):
        p = Fraction(end)
        assert abs((Fraction(hits, size) - p) ** 2 - z2 * p * (1 - p) / size) < Fraction(1, 10**9)


@pytest.mark.parametrize(("hits", "size"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(hits, size):
    with pytest.raises(ValueError, match="no share"):
        wilson(hits, size)


def answers(count, grade="满意", silent=0):
    held = [Answer(str(number), WHOLE, grade) for number in range(count)]
    return held + [Answer(f"s{number}", WHOLE, NO_OPINION) for number in range(silent)]


@pytest.mark.parametrize("count", [0, 1, LEAST_SAMPLE - 1])
def test_below_the_least_sample_no_share_is_told(count):
    one = satisfaction(WHOLE, answers(count, silent=50))
    assert (one.sample, one.share, one.low, one.high) == (count, None, None, None)


def test_at_the_least_sample_the_share_is_told_and_the_silent_are_left_out():
    one = satisfaction(WHOLE, answers(LEAST_SAMPLE, silent=7))
    assert (one.sample, one.share, one.no_opinion, one.high) == (LEAST_SAMPLE, 1, 7, 1)


@given(st.lists(st.sampled_from([*GRADES, NO_OPINION]), max_size=80), st.randoms(use_true_random=False))
def test_the_order_of_answers_plays_no_part(grades, rng):
    held = [Answer(str(at), WHOLE, grade, "东区", "小型") for at, grade in enumerate(grades)]
    shuffled = list(held)
    rng.shuffle(shuffled)
    pack = make_pack()
    survey = survey_of(pack, held)
    assert survey == survey_of(pack, shuffled)
    assert survey.whole.sample + survey.whole.no_opinion == len(grades)
