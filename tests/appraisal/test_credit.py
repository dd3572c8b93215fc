"""The credit record of an expert: counted, never condemning, and silent where there is too little."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from appraisal.making import RULES, WHOLE, sheets
from luming.appraisal import Sitting, credit_of, result_of

DAY = dt.date(2025, 6, 30)


def _sat(z: str | None = None, gap: str | None = None, undeclared: int = 0) -> Sitting:
    return Sitting("p", DAY, Decimal(z) if z else None, Decimal(gap) if gap else None, undeclared)


def test_far_off_from_the_line_on_and_on_either_side() -> None:
    found = credit_of([_sat("1.4999"), _sat("1.5"), _sat("-1.6"), _sat()], RULES.credit)
    assert (found.sittings, found.far_off) == (4, 2)
    assert found.mean_z == Decimal("1.53")


def test_impression_and_sum_apart() -> None:
    found = credit_of([_sat(gap="10"), _sat(gap="-10.01")], RULES.credit)
    assert (found.inconsistent, found.mean_gap) == (1, None)


def test_one_tie_kept_back_is_to_be_looked_at() -> None:
    assert credit_of([_sat(undeclared=1)], RULES.credit).to_look_at
    assert not credit_of([], RULES.credit).to_look_at
    assert not credit_of([_sat("1.7")], RULES.credit).to_look_at


def test_of_five_nobody_can_be_two_deviations_off() -> None:
    """Why the line is 1.5: the largest z of five is 1.79."""
    result = result_of(sheets(0, 0, 0, 0, 100), WHOLE, RULES.scoring)
    largest = max(one.z for one in result.sums if one.z is not None)
    assert RULES.credit.far_off_from < largest == Decimal("1.7889")


@given(
    st.lists(st.builds(_sat, st.sampled_from(["-2", "0", "1.5", None]), st.sampled_from(["20", None]))),
    st.randoms(),
)
@settings(max_examples=40)
def test_order_does_not_matter(sittings, chance) -> None:
    mixed = list(sittings)
    chance.shuffle(mixed)
    assert credit_of(mixed, RULES.credit) == credit_of(sittings, RULES.credit)
