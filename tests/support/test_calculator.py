"""Three lists for one firm, and what is asked next."""

from __future__ import annotations

import datetime as dt

from luming.support import Binding, Catalogue, Money, Payment, Verdict, entitlements, next_question
from support.conftest import DAY, Shelf, known

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
