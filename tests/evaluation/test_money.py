"""Caps, budgets, payees: edges at the cap, sums that do not depend on the order, shares that add up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.making import BUDGET, CAP, DISTRICTS, FIRST_HALF, YEAR, make_pack
from luming.evaluation import Payment, funds_of, in_span, reach_of

PACK = make_pack(others=(CAP, BUDGET))


def pay(id="1", clause="cap", payee="甲", project="平台", amount="100000", day="2025-03-01", **changes):
    plain = {"district": "东区", "size": "小型", "kind": "企业"} | changes
    return Payment(
        id, clause, payee, project, amount=Decimal(amount), paid_on=dt.date.fromisoformat(day), **plain
    )


@pytest.mark.parametrize(("amount", "over"), [("299999.99", 0), ("300000", 0), ("300000.01", 1)])
def test_a_cap_binds_above_itself(amount, over):
    cap = funds_of(PACK, [pay(amount=amount)], YEAR).clauses[0]
    assert len(cap.over) == over
    assert cap.exceeds is bool(over)


def test_payments_to_one_object_are_added_up_even_from_before_the_span_but_not_after():
    two = [pay("1", amount="200000", day="2025-01-05"), pay("2", amount="200000", day="2025-08-01")]
    assert not funds_of(PACK, two, FIRST_HALF).clauses[0].over
    second = funds_of(PACK, two, YEAR).clauses[0]
    assert [(one.project, one.paid, one.cap) for one in second.over] == [
        ("平台", Decimal(400000), Decimal(300000))
    ]
    apart = [pay("1", amount="200000"), pay("2", amount="200000", project="另一平台")]
    assert not funds_of(PACK, apart, YEAR).clauses[0].over


@pytest.mark.parametrize(
    ("amount", "exceeds"), [("29999999.99", False), ("30000000", False), ("30000000.01", True)]
)
def test_a_budget(amount, exceeds):
    budget = funds_of(PACK, [pay(clause="budget", amount=amount)], YEAR).clauses[1]
    assert budget.used == Fraction(amount) / 30000000
    assert budget.exceeds is exceeds


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2024-12-31", 0), ("2025-01-01", 1), ("2025-06-30", 1), ("2025-07-01", 0)],
)
def test_the_span_counts_its_both_ends(day, inside):
    funds = funds_of(PACK, [pay(day=day)], FIRST_HALF)
    assert (funds.payments, funds.outside) == (inside, 1 - inside)


def test_concentration_reckoned_by_hand():
    held = [
        pay("1", payee="甲", amount="60"),
        pay("2", payee="乙", amount="30"),
        pay("3", payee="丙", amount="10"),
    ]
    reach = reach_of(PACK, held)
    assert reach.concentration == Fraction(36 + 9 + 1, 100)
    assert reach.top_share == 1
    assert reach.without == ("西区", "北区")


def test_an_unknown_district_leaves_open_who_got_nothing():
    reach = reach_of(PACK, [pay("1"), pay("2", payee="乙", district="")])
    assert reach.without == ()
    assert [group.name for group in reach.by_district] == ["东区", ""]


def test_nothing_paid_is_no_reach():
    assert reach_of(PACK, []) is None


payments = st.lists(
    st.builds(
        lambda id, clause, payee, district, cents, day: pay(
            str(id),
            clause,
            f"户{payee}",
            f"项目{payee}",
            str(Decimal(cents) / 100),
            str(dt.date(2025, 1, 1) + dt.timedelta(days=day)),
            district=district,
        ),
        st.integers(0, 10**6),
        st.sampled_from(["cap", "budget"]),
        st.integers(0, 9),
        st.sampled_from([*DISTRICTS, ""]),
        st.integers(1, 10**10),
        st.integers(-100, 500),
    ),
    max_size=30,
)


@given(payments, st.randoms(use_true_random=False))
def test_the_order_of_rows_plays_no_part_and_money_is_kept(held, rng):
    shuffled = list(held)
    rng.shuffle(shuffled)
    funds = funds_of(PACK, held, YEAR)
    assert funds == funds_of(PACK, shuffled, YEAR)
    inside = in_span(tuple(held), YEAR)
    assert funds.paid == sum((one.amount for one in inside), Decimal(0))
    reach = reach_of(PACK, inside)
    if reach is None:
        assert not inside
        return
    assert reach == reach_of(PACK, in_span(tuple(shuffled), YEAR))
    for groups in (reach.by_district, reach.by_size, reach.by_kind):
        assert sum(group.amount for group in groups) == reach.paid
        assert sum(group.share for group in groups) == 1
        assert sum(group.payees for group in groups) == reach.payees
    assert Fraction(1, reach.payees) <= reach.concentration <= 1
