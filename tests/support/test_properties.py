"""What holds of all items, firms and payments, tried at random."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from luming.standards import Fact
from luming.support import (
    Cap,
    Claim,
    Money,
    Payment,
    Verdict,
    entitlement,
    entitlements,
    next_question,
    settle,
)
from support.conftest import DAY
from support.random_items import catalogue_of, completions, items, rows

FUND = (Cap("firm_year", "fund", Fraction(600_000)),)


@settings(max_examples=35, deadline=None)
@given(items(), rows())
def test_unknown_only_where_a_missing_fact_could_change_verdict_or_money(
    found: dict[str, Any], facts: dict[str, Fact]
) -> None:
    (item,) = catalogue_of(found).items.values()
    inputs = item.standard.inputs
    said = entitlement(item, facts, DAY)
    answers = {}
    for case in completions(inputs, facts):
        one = entitlement(item, case, DAY)
        assert one.verdict is not Verdict.UNKNOWN
        assert one.amount.known
        answers[tuple(case[key] for key in inputs)] = (one.verdict, one.amount.low)
    verdicts = {verdict for verdict, _ in answers.values()}
    assert said.verdict is (verdicts.pop() if len(verdicts) == 1 else Verdict.UNKNOWN)
    sums = [money for _, money in answers.values()]
    assert said.amount == Money(min(sums), max(sums))
    mattering = set()
    for at, key in enumerate(inputs):
        if key not in facts:
            apart = defaultdict(set)
            for case, answer in answers.items():
                apart[case[:at] + case[at + 1 :]].add(answer)
            if any(len(some) > 1 for some in apart.values()):
                mattering.add(key)
    assert set(said.asked) == mattering
    assert mattering <= set(said.missing)


@settings(max_examples=25, deadline=None)
@given(items(3), rows(whole=True), rows())
def test_answering_the_questions_in_their_order_ends_and_each_still_mattered(
    found: dict[str, Any], truth: dict[str, Fact], first: dict[str, Fact]
) -> None:
    catalogue = catalogue_of(found)
    facts = {key: truth[key] for key in first}
    asked: list[str] = []
    while True:
        said = entitlements(catalogue, facts, DAY)
        key = next_question(said, facts)
        if key is None:
            break
        assert key not in facts
        assert any(key in one.asked for one in said.all)
        asked.append(key)
        facts[key] = truth[key]
    assert len(asked) == len(set(asked))
    whole = entitlements(catalogue, truth, DAY)
    assert said.total == whole.total
    for one in said.all:
        if one.payable.high or not one.amount.high:
            assert one.verdict is whole.of(one.item.key).verdict


@settings(max_examples=35, deadline=None)
@given(items(4), rows(), st.integers(0, 700_000))
def test_total_within_caps_and_never_less_than_the_best_single_item(
    found: dict[str, Any], facts: dict[str, Fact], before: int
) -> None:
    catalogue = catalogue_of(found)
    paid = [Payment("item0", before * 100, DAY.year, "OTHER")] if before else []
    said = entitlements(catalogue, facts, DAY, paid, {"certificate_no": "NEW"})
    capped = [one for one in said.all if one.item.caps]
    used = before * 100 if catalogue.items["item0"].caps else 0
    assert sum(one.payable.low for one in capped) <= max(0, 60_000_000 - used)
    assert all(one.payable.high <= max(0, 60_000_000 - used) for one in capped)
    by_group = defaultdict(list)
    for one in said.all:
        by_group[one.item.stack].append(one)
    for group in by_group.values():
        if not any(one.item.caps for one in group):
            assert max(one.payable.high for one in group) == max(one.amount.high for one in group)
            assert sum(one.payable.low for one in group) <= max(one.amount.high for one in group)
    assert said.certain.high <= said.total.high
    assert said.told.high <= said.certain.high


@settings(max_examples=12, deadline=None)
@given(items(4), rows(), st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(
    found: dict[str, Any], facts: dict[str, Fact], shuffle: random.Random
) -> None:
    keys = list(found)
    shuffle.shuffle(keys)
    one = entitlements(catalogue_of(found), facts, DAY)
    other = entitlements(catalogue_of({key: found[key] for key in keys}), facts, DAY)
    assert [(item.item.key, item.payable, item.binding) for item in one.all] == [
        (item.item.key, item.payable, item.binding) for item in other.all
    ]
    assert one.total == other.total
    assert next_question(one, facts) == next_question(other, facts)


@settings(max_examples=25, deadline=None)
@given(items(3), st.lists(st.tuples(rows(whole=True), st.integers(0, 2), st.sampled_from("AB")), max_size=6))
def test_a_matter_is_never_paid_twice_and_caps_hold_over_time(
    found: dict[str, Any], history: list[tuple[dict[str, Fact], int, str]]
) -> None:
    catalogue = catalogue_of(found)
    paid: list[Payment] = []
    best: dict[tuple[str, str], int] = defaultdict(int)
    for facts, later, number in sorted(history, key=lambda one: one[1]):
        day = dt.date(DAY.year + later, 6, 1)
        for one in entitlements(catalogue, facts, day).all:
            best[one.item.stack, number] = max(best[one.item.stack, number], one.amount.high)
        said = entitlements(catalogue, facts, day, paid, {"certificate_no": number})
        paid += [
            Payment(one.item.key, one.payable.high, day.year, number) for one in said.yes if one.payable.high
        ]
    assert len({(one.item, one.matter) for one in paid}) == len(paid)
    for (stack, number), most in best.items():
        same = [one for one in paid if catalogue.items[one.item].stack == stack and one.matter == number]
        assert sum(one.amount for one in same) <= most
    for later in range(3):
        capped = [one for one in paid if one.year == DAY.year + later and catalogue.items[one.item].caps]
        assert sum(one.amount for one in capped) <= 60_000_000


_SUMS = st.integers(0, 100).map(lambda wan: wan * 1_000_000)


@st.composite
def _claims(draw: st.DrawFn) -> list[Claim]:
    found = []
    for at in range(draw(st.integers(0, 5))):
        low, high = sorted((draw(_SUMS), draw(_SUMS)))
        stack = draw(st.sampled_from(["a", "b", f"own{at}"]))
        caps = {"a": (), "b": FUND}.get(stack) if stack in "ab" else draw(st.sampled_from([(), FUND]))
        found.append(Claim(f"k{at}", low, high, (stack, "m"), caps or ()))
    return found


@settings(max_examples=80, deadline=None)
@given(_claims(), st.data(), _SUMS)
def test_what_is_paid_lies_within_what_was_said(claims: list[Claim], data: st.DataObject, used: int) -> None:
    before = {("firm_year", "fund"): used}
    said, (low, high) = settle(claims, before)
    exact = []
    for claim in claims:
        money = data.draw(st.integers(claim.low, claim.high))
        exact.append(Claim(claim.key, money, money, claim.stack, claim.caps))
    paid, (total, same) = settle(exact, before)
    assert total == same == sum(one.high for one in paid.values())
    assert low <= total <= high
    for key, one in paid.items():
        assert one.low == one.high
        assert said[key].low <= one.low <= said[key].high
    capped = sum(paid[claim.key].high for claim in exact if claim.caps)
    assert capped <= max(0, 60_000_000 - used)
    for claim in exact:
        group = [other for other in exact if other.stack == claim.stack]
        if not any(other.caps for other in group):
            assert sum(paid[other.key].high for other in group) == max(other.high for other in group)
