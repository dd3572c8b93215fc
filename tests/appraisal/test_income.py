"""Net income and its parts: direct costs come off first, and the parts add up to the fen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.making import RULES
from luming.appraisal import AppraisalFaults, Cost, distribute, net_income, own_use
from luming.mark import Mark


def test_direct_costs_come_off() -> None:
    costs = [Cost("中介费", Decimal("50000.00")), Cost("评估费", Decimal("8000.50"))]
    assert net_income(Decimal(1_000_000), costs) == Decimal("941999.50")
    assert net_income(Decimal(1000), [Cost("税", Decimal("1000.01"))]) == 0
    assert net_income(Decimal(1000), []) == 1000


@pytest.mark.parametrize(("share", "below"), [("0.4999", True), ("0.5", False), ("0.9", False)])
def test_the_floor_is_half_and_from_memory(share: str, below: bool) -> None:
    found = distribute(Decimal(100), Fraction(share), {"王一": Decimal(1)}, RULES.income)
    assert (found.below_floor, found.rule.mark) == (below, Mark.MEMORY)


def test_an_odd_fen_goes_to_the_people() -> None:
    found = distribute(Decimal("0.01"), Fraction(1, 2), {"王一": Decimal(1)}, RULES.income)
    assert (found.people_yuan, found.unit_yuan) == (Decimal("0.01"), 0)


def test_parts_by_weight_with_the_largest_remainder() -> None:
    found = distribute(
        Decimal(100), Fraction(1), {"丙": Decimal(1), "乙": Decimal(1), "甲": Decimal(1)}, RULES.income
    )
    assert dict(found.parts_yuan) == {"丙": Decimal("33.34"), "乙": Decimal("33.33"), "甲": Decimal("33.33")}


def test_the_largest_remainder_gets_the_fen_not_the_smallest_part() -> None:
    found = distribute(Decimal("0.10"), Fraction(1), {"甲": Decimal(1), "乙": Decimal(2)}, RULES.income)
    assert dict(found.parts_yuan) == {"甲": Decimal("0.03"), "乙": Decimal("0.07")}


def test_all_faults_at_once() -> None:
    with pytest.raises(AppraisalFaults) as problem:
        distribute(Decimal("-1"), Fraction(3, 2), {}, RULES.income)
    assert [fault.code for fault in problem.value.faults] == [
        "appraisal.money",
        "appraisal.share",
        "appraisal.nobody",
    ]
    with pytest.raises(AppraisalFaults, match="贡献0"):
        distribute(Decimal(1), Fraction(1), {"王一": Decimal(0)}, RULES.income)
    with pytest.raises(AppraisalFaults) as problem:
        net_income(Decimal("0.001"), [Cost("税", Decimal("NaN")), Cost("费", Decimal(10) ** 15)])
    assert len(problem.value.faults) == 3


@pytest.mark.parametrize(("share", "below"), [("0.0499", True), ("0.05", False)])
def test_own_use_has_a_floor_of_each_year(share: str, below: bool) -> None:
    profits = [Decimal(1000), Decimal(-500), Decimal("0.10")]
    found = own_use(profits, Fraction(share), RULES.income)
    assert found.below_floor is below
    assert found.years_yuan[1] == 0
    assert found.years_yuan[2] == Decimal("0.01")


@pytest.mark.parametrize(
    ("years", "counted", "lacking"), [(0, 0, 3), (2, 2, 1), (3, 3, 0), (5, 5, 0), (6, 5, 0)]
)
def test_own_use_counts_three_to_five_years(years: int, counted: int, lacking: int) -> None:
    found = own_use([Decimal(100)] * years, Fraction(1, 20), RULES.income)
    assert found.years_yuan == (Decimal(5),) * counted
    assert found.years_lacking == lacking


def test_own_use_tells_all_faults_at_once() -> None:
    with pytest.raises(AppraisalFaults) as problem:
        own_use([Decimal("0.001"), Decimal("-0.001")], Fraction(2), RULES.income)
    assert [fault.code for fault in problem.value.faults] == [
        "appraisal.share",
        "appraisal.money",
        "appraisal.money",
    ]


@given(
    st.integers(0, 10**12),
    st.fractions(0, 1),
    st.dictionaries(
        st.text(min_size=1, max_size=3), st.integers(1, 999).map(Decimal), min_size=1, max_size=9
    ),
)
def test_nothing_is_lost_or_made(fen: int, share: Fraction, weights: dict[str, Decimal]) -> None:
    net = Decimal(fen) / 100
    found = distribute(net, share, weights, RULES.income)
    assert found.people_yuan + found.unit_yuan == net
    assert sum((part for _, part in found.parts_yuan), Decimal(0)) == found.people_yuan
    assert Fraction(found.people_yuan) >= share * Fraction(net)
    assert all(part >= 0 for _, part in found.parts_yuan)
