"""Shares of a unit's reporting, with nothing counted twice and nothing counted of nothing."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luming.reporting import Handled, diligence_of

DUE = dt.date(2025, 10, 5)


def _day(number: int) -> dt.date:
    return dt.date(2025, 10, number)


def test_late_returned_and_revised() -> None:
    handled = [
        Handled("市科技局", DUE, _day(5), published=True),
        Handled("市科技局", DUE, _day(6), returns=2, published=True, revisions=1),
        Handled("市科技局", DUE, None),
        Handled("市工信局", DUE, _day(3), returns=1),
    ]
    industry, science = diligence_of(handled, _day(8))
    assert (science.asked, science.late, science.came, science.returned) == (3, 2, 2, 1)
    assert (science.late_share, science.returned_share) == (Fraction(2, 3), Fraction(1, 2))
    assert science.revised_share == Fraction(1, 2)
    assert (industry.late_share, industry.revised_share) == (Fraction(0), None)


def test_nobody_is_late_on_the_day_itself() -> None:
    (unit,) = diligence_of([Handled("市科技局", DUE, None)], DUE)
    assert (unit.asked, unit.late_share) == (0, None)
    (unit,) = diligence_of([Handled("市科技局", DUE, None)], _day(6))
    assert unit.late_share == Fraction(1)


@given(
    st.lists(
        st.builds(
            Handled,
            st.sampled_from(["甲", "乙", "丙"]),
            st.just(DUE),
            st.none() | st.dates(dt.date(2025, 10, 1), dt.date(2025, 10, 20)),
            st.integers(0, 3),
            st.integers(0, 3),
            st.booleans(),
        ),
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_does_not_matter_and_shares_are_shares(handled: list[Handled], random: object) -> None:
    found = diligence_of(handled, _day(12))
    shuffled = list(handled)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert diligence_of(shuffled, _day(12)) == found
    for unit in found:
        for share in (unit.late_share, unit.returned_share, unit.revised_share):
            assert share is None or 0 <= share <= 1
