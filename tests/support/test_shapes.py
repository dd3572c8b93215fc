"""Shapes of clauses found in other cities, as examples of the language only; none of them holds in Baotou."""

from __future__ import annotations

import pytest

from luming.support import Money, Verdict, entitlement
from support.conftest import DAY, Shelf, known


def wan(text: str) -> Money:
    return Money(int(float(text) * 1_000_000), int(float(text) * 1_000_000))


VALIDATION = """
validation:
  name: 概念验证资助
  kind: post_subsidy
  condition: "cost > 0万元"
  values: {net: {label: 扣除财政资金的投入, formula: "max(cost - rd, 0万元)", shown: 万元}}
  amount:
    tiers:
      - {when: here, share: {of: net, rate: 100%}}
      - {share: {of: net, rate: 50%}}
    cap: 500万元
"""


@pytest.mark.parametrize(
    ("public", "cost", "money"),
    [(True, 400, "300"), (False, 400, "150"), (True, 700, "500"), (False, 50, "0")],
)
def test_own_spending_net_of_fiscal_money_by_kind_of_institute(
    shelf: Shelf, public: bool, cost: int, money: str
) -> None:
    catalogue = shelf.read(VALIDATION)
    facts = known(catalogue, here=public, cost=cost, rd=100)
    assert entitlement(catalogue.items["validation"], facts, DAY).amount == wan(money)


@pytest.mark.parametrize(("grade", "money"), [("优秀", "30"), ("良好", "24"), ("不合格", "0")])
def test_a_grade_scales_the_sum(shelf: Shelf, grade: str, money: str) -> None:
    catalogue = shelf.read(
        "one: {name: 一, condition: here, amount: {fixed: 30万元, factor: {by: grade, table: {优秀: 1, 良好: 0.8, 不合格: 0}}}}"
    )
    facts = known(catalogue, here=True, grade=grade)
    assert entitlement(catalogue.items["one"], facts, DAY).amount == wan(money)


def test_part_of_a_sum_only_where_its_own_condition_holds(shelf: Shelf) -> None:
    catalogue = shelf.read(
        """
one:
  name: 一
  condition: here
  amount:
    sum:
      - {share: {of: rd, rate: 1%}}
      - {increment: {of: rd, before: rd_before, rate: 10%}, when: big}
  cap: {item: 500万元}
"""
    )
    item = catalogue.items["one"]
    row = {"here": True, "rd": 8000, "rd_before": 5000}
    assert entitlement(item, known(catalogue, **row, big=True), DAY).amount == wan("380")
    assert entitlement(item, known(catalogue, **row, big=False), DAY).amount == wan("80")
    open_ = entitlement(item, known(catalogue, **row), DAY)
    assert (open_.verdict, open_.amount) == (Verdict.YES, Money(80_000_000, 380_000_000))
    assert open_.asked == ("big",)


def test_money_is_exact_to_the_fen_and_rounded_only_where_the_clause_says(shelf: Shelf) -> None:
    text = "one: {name: 一, condition: here, amount: {share: {of: rd, rate: 5%}}}"
    facts = {"here": True, "rd": "0.000125"}
    catalogue = shelf.read(text)
    assert entitlement(catalogue.items["one"], known(catalogue, **facts), DAY).amount == Money(6, 6)
    catalogue = shelf.read(text.replace("condition:", "decimals: 2, condition:"))
    facts["rd"] = "12.3"
    assert entitlement(catalogue.items["one"], known(catalogue, **facts), DAY).amount == Money(
        620_000, 620_000
    )
