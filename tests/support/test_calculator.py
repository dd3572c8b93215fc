"""Three lists for one firm, and what is asked next."""

from __future__ import annotations

import datetime as dt

import pytest

from luming.support import Binding, Catalogue, Money, Payment, Verdict, entitlements, next_question
from support.conftest import DAY, HEAD, Shelf, known

AWARD = """
award:
  name: 认定奖励
  kind: award
  lane: automatic
  condition: {all: [here, certified, {not: listed}]}
  amount: {fixed: 30万元}
  matter: certificate_no
"""


def test_yes_no_and_unknown_by_what_is_known(shelf: Shelf) -> None:
    catalogue = shelf.read(AWARD)
    facts = known(catalogue, here=True, certified=True, listed=False)
    found = entitlements(catalogue, facts, DAY)
    assert [one.item.key for one in found.yes] == ["award"]
    assert found.total == Money(30_000_000, 30_000_000)
    assert entitlements(catalogue, known(catalogue, here=False), DAY).of("award").verdict is Verdict.NO
    one = entitlements(catalogue, known(catalogue, here=True), DAY).of("award")
    assert one.verdict is Verdict.UNKNOWN
    assert one.asked == ("certified", "listed")


def test_a_certificate_pays_once(shelf: Shelf) -> None:
    catalogue = shelf.read(AWARD)
    facts = known(catalogue, here=True, certified=True, listed=False)
    paid = [Payment("award", 30_000_000, 2025, "GR1")]
    one = entitlements(catalogue, facts, DAY, paid, {"certificate_no": "GR1"}).of("award")
    assert (one.verdict, one.binding, one.amount) == (Verdict.NO, Binding.PAID, Money())
    one = entitlements(catalogue, facts, DAY, paid, {"certificate_no": "GR2"}).of("award")
    assert one.verdict is Verdict.YES
    found = entitlements(catalogue, facts, DAY, paid)
    assert found.of("award").verdict is Verdict.UNKNOWN
    assert next_question(found, facts) == "matter:certificate_no"


def test_the_next_question_is_the_one_most_money_hangs_on(shelf: Shelf) -> None:
    catalogue = shelf.read(
        AWARD
        + """
plant:
  name: 投资补助
  kind: investment
  condition: big
  amount: {share: {of: cost, rate: 20%, cap: 500万元}}
"""
    )
    facts = known(catalogue, here=True, certified=True)
    asked = []
    answers = {"big": True, "cost": "1000", "listed": False}
    while key := next_question(entitlements(catalogue, facts, DAY), facts):
        asked.append(key)
        facts |= known(catalogue, **{key: answers[key]})
    assert asked == ["cost", "big", "listed"] or asked == ["big", "cost", "listed"]
    assert entitlements(catalogue, facts, DAY).total == Money(230_000_000, 230_000_000)


def test_packs_are_read_whole(packs: Catalogue) -> None:
    assert {"nm_hnte_first", "nm_rd_subsidy", "bt_poc_platform"} <= set(packs.items)
    assert packs.in_force(dt.date(2024, 6, 1))


@pytest.mark.parametrize(
    ("row", "near"),
    [
        ({"cost": 95, "founded": "2020-01-01"}, True),
        ({"cost": 85, "founded": "2020-01-01"}, False),
        ({"cost": 100, "founded": "2024-08-01"}, True),
        ({"cost": 100, "founded": "2025-01-01"}, False),
        ({"cost": 85, "founded": "2024-08-01"}, False),
    ],
)
def test_near_is_a_tenth_or_half_a_year(shelf: Shelf, row: dict[str, object], near: bool) -> None:
    text = """
one:
  name: 一
  condition: {all: ["cost >= 100万元", "full_years(founded, as_of) >= 1年"]}
  amount: {fixed: 1万元}
two: {name: 二, condition: listed, amount: {fixed: 1万元}}
"""
    catalogue = shelf.read(text)
    found = entitlements(catalogue, known(catalogue, **row, listed=False), DAY)
    assert found.of("one").verdict is Verdict.NO
    assert found.of("one").near is near
    assert [one.item.key for one in found.not_yet] == ["one", "two"]
    assert found.of("one").against


def test_money_of_a_source_not_official_is_not_told_until_the_document_is_attached(shelf: Shelf) -> None:
    catalogue = shelf.read(AWARD, HEAD.replace(", official: true", ""))
    facts = known(catalogue, here=True, certified=True, listed=False)
    found = entitlements(catalogue, facts, DAY)
    assert (found.of("award").told, found.told, found.certain.high) == (False, Money(), 30_000_000)
    found = entitlements(catalogue, facts, DAY, attached={"award"})
    assert (found.of("award").told, found.told.high) == (True, 30_000_000)


def test_a_number_that_is_missing_without_a_cap_bounds_nothing(shelf: Shelf) -> None:
    text = "one: {name: 一, condition: here, amount: {share: {of: cost, rate: 20%}}}"
    catalogue = shelf.read(text)
    assert not entitlements(catalogue, known(catalogue, here=True), DAY).of("one").bounded
    assert entitlements(catalogue, known(catalogue, here=True, cost=5), DAY).of("one").bounded
    catalogue = shelf.read(text.replace("rate: 20%", "rate: 20%, cap: 5万元"))
    assert entitlements(catalogue, known(catalogue, here=True), DAY).of("one").bounded


def test_a_fact_the_person_does_not_know_is_not_asked_again(shelf: Shelf) -> None:
    catalogue = shelf.read(AWARD)
    facts = known(catalogue, here=True)
    found = entitlements(catalogue, facts, DAY)
    first = next_question(found, facts)
    assert first is not None
    second = next_question(found, facts, skipped={first})
    assert second not in (None, first)
    assert next_question(found, facts, skipped={first, str(second)}) is None


def test_what_a_person_decides_is_no_part_of_the_certain_sum(shelf: Shelf) -> None:
    catalogue = shelf.read(AWARD + "  fair_competition: {flag: true, why: 以迁入为条件}\n")
    found = entitlements(catalogue, known(catalogue, here=True, certified=True, listed=False), DAY)
    assert found.of("award").manual == "以迁入为条件"
    assert (found.certain, found.total.high) == (Money(), 30_000_000)
