"""What earlier payments leave: the difference, nothing, or the next instalment."""

from __future__ import annotations

import datetime as dt

import pytest

from luming.support import (
    Binding,
    Catalogue,
    Entitlement,
    Money,
    Payment,
    SupportFaults,
    Verdict,
    entitlement,
    entitlements,
)
from support.conftest import DAY, Shelf, known

LADDER = """
low: {name: 低, condition: here, amount: {fixed: 20万元}, group: g, matter: certificate_no}
high: {name: 高, condition: certified, amount: {fixed: 50万元}, group: g, matter: certificate_no}
"""
NO = {"certificate_no": "N1"}


def paid(item: str, wan: int, year: int = 2024, matter: str = "N1") -> Payment:
    return Payment(item, wan * 1_000_000, year, matter)


def wan(low: int, high: int | None = None) -> Money:
    return Money(low * 1_000_000, (low if high is None else high) * 1_000_000)


def high_of(catalogue: Catalogue, *before: Payment, matters: dict[str, str] = NO) -> Entitlement:
    facts = known(catalogue, here=True, certified=True)
    return entitlements(catalogue, facts, DAY, before, matters).of("high")


def test_a_higher_award_pays_the_difference(shelf: Shelf) -> None:
    one = high_of(shelf.read(LADDER), paid("low", 20))
    assert (one.verdict, one.amount, one.binding) == (Verdict.YES, wan(30), Binding.PAID)
    assert "只补差额" in one.sentences[0]


def test_without_the_difference_nothing_more_is_paid(shelf: Shelf) -> None:
    catalogue = shelf.read(LADDER.replace("matter:", "difference: false, matter:"))
    one = high_of(catalogue, paid("low", 20))
    assert (one.verdict, one.amount, one.binding) == (Verdict.NO, wan(0), Binding.PAID)


def test_a_lower_award_after_a_higher_pays_nothing(shelf: Shelf) -> None:
    catalogue = shelf.read(LADDER)
    facts = known(catalogue, here=True, certified=True)
    one = entitlements(catalogue, facts, DAY, [paid("high", 50)], NO).of("low")
    assert (one.verdict, one.amount) == (Verdict.NO, wan(0))


def test_another_matter_is_paid_in_full(shelf: Shelf) -> None:
    assert high_of(shelf.read(LADDER), paid("low", 20, matter="N2")).amount == wan(50)


def test_a_matter_without_number_leaves_open_how_much(shelf: Shelf) -> None:
    catalogue = shelf.read(LADDER)
    one = high_of(catalogue, paid("low", 20), matters={})
    assert (one.verdict, one.amount) == (Verdict.YES, wan(30, 50))
    assert one.asked == ("matter:certificate_no",)
    assert high_of(catalogue, paid("low", 20, matter="")).amount == wan(30, 50)
    assert high_of(catalogue, paid("high", 50), matters={}).verdict is Verdict.UNKNOWN


def test_once_a_year_where_no_matter_is_named(shelf: Shelf) -> None:
    item = shelf.read("one: {name: 一, condition: here, amount: {fixed: 20万元}}").items["one"]
    facts = {"here": True}
    assert entitlement(item, facts, DAY, [Payment("one", 1, 2025)]).verdict is Verdict.NO
    assert entitlement(item, facts, DAY, [Payment("one", 1, 2024)]).amount == wan(20)


@pytest.mark.parametrize(
    ("years", "year", "due"),
    [
        ([], 2025, 10), ([2025], 2025, 0), ([2025], 2026, 20), ([2025, 2026], 2027, 30),
        ([2025, 2026, 2027], 2028, 0), ([2025], 2027, 0), ([2025, 2026], 2028, 0), ([2020], 2025, 0),
    ],
)  # fmt: skip
def test_instalments_follow_each_other_without_a_gap(
    shelf: Shelf, years: list[int], year: int, due: int
) -> None:
    catalogue = shelf.read(
        "one: {name: 一, condition: here, amount: {instalments: [10万元, 20万元, 30万元]}}"
    )
    before = [Payment("one", 1, one) for one in years]
    one = entitlement(catalogue.items["one"], {"here": True}, dt.date(year, 6, 1), before)
    assert one.amount == wan(due)
    assert one.verdict is (Verdict.YES if due else Verdict.NO)
    assert one.sentences


def test_what_was_paid_this_year_counts_under_the_cap(shelf: Shelf) -> None:
    text = """
one: {name: 一, condition: here, amount: {fixed: 40万元}, matter: project_no, caps: [{scope: firm_year, group: f, cap: 50万元}]}
two: {name: 二, condition: here, amount: {fixed: 30万元}, matter: project_no, caps: [{scope: firm_year, group: f, cap: 50万元}]}
"""
    catalogue = shelf.read(text)
    facts = known(catalogue, here=True)
    found = entitlements(catalogue, facts, DAY, (), {"project_no": "P1"})
    assert (found.of("one").payable, found.of("two").payable) == (wan(40), wan(10))
    assert found.of("two").binding is Binding.GROUP_CAP
    assert found.total == found.certain == wan(50)
    before = [Payment("one", 40_000_000, 2025, "P0")]
    assert entitlements(catalogue, facts, DAY, before, {"project_no": "P1"}).total == wan(10)
    before = [Payment("one", 40_000_000, 2024, "P0")]
    assert entitlements(catalogue, facts, DAY, before, {"project_no": "P1"}).total == wan(50)


def test_a_group_does_not_bear_the_name_of_an_item_outside(shelf: Shelf) -> None:
    other = "other: {name: 另, condition: big, amount: {fixed: 1万元}, matter: certificate_no}"
    with pytest.raises(SupportFaults, match="另一项的代码"):
        shelf.read(LADDER.replace("group: g", "group: other") + other)
