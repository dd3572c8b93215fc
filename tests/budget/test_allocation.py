"""Allocation against brute force on small cases; order does not matter; ties, edges and late methods in words."""

from __future__ import annotations

import datetime as dt
import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.budget import (
    Allocation,
    AllocationFaults,
    Call,
    DeclaredLate,
    Method,
    Request,
    Tail,
    Weight,
    allocate,
)

UTC8 = dt.timezone(dt.timedelta(hours=8))
OPENS = dt.datetime(2025, 3, 1, 9, tzinfo=UTC8)
CLOSES = dt.datetime(2025, 4, 1, tzinfo=UTC8)
DECLARED = dt.datetime(2025, 2, 20, tzinfo=UTC8)
WAN = 10_000 * 100


def call(method: Method, tail: Tail = Tail.STOP, weight: Weight = Weight.SCORE, seed: str = "") -> Call:
    return Call(method, DECLARED, OPENS, CLOSES, tail, weight, seed)


def request(
    name: str,
    asked: int,
    minute: int = 0,
    score: int | None = None,
    cap: int | None = None,
    precedence: int = 2,
) -> Request:
    at = OPENS + dt.timedelta(minutes=minute)
    return Request(name, name, asked, at, None if score is None else Fraction(score), cap, precedence)


requests = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.integers(0, 2),
        st.integers(0, 4),
        st.none() | st.integers(0, 9),
        st.sampled_from([2, 2, 2, 1, 0]),
    ),
    max_size=5,
).map(
    lambda rows: [
        request(f"r{at}", asked, minute, score, cap, precedence)
        for at, (asked, minute, score, cap, precedence) in enumerate(rows)
    ]
)


def amounts(found: Allocation) -> dict[str, int]:
    return {one.request.id: one.amount for one in found.awards}


def before(rule: Call, one: Request, other: Request) -> bool:
    """Whether one stands strictly before the other, written anew."""
    if one.precedence != other.precedence:
        return one.precedence < other.precedence
    if rule.method is Method.RANK and one.score != other.score:
        assert one.score is not None
        assert other.score is not None
        return one.score > other.score
    return one.at < other.at


def served(order: tuple[Request, ...], budget: int, tail: Tail) -> dict[str, int]:
    given: dict[str, int] = {}
    for at, one in enumerate(order):
        if one.ceiling <= budget:
            given[one.id] = one.ceiling
            budget -= one.ceiling
        elif tail is Tail.SKIP:
            given[one.id] = 0
        else:
            given[one.id] = budget if tail is Tail.PART else 0
            return given | dict.fromkeys((rest.id for rest in order[at + 1 :]), 0)
    return given


@settings(max_examples=150, deadline=None)
@given(
    requests,
    st.integers(0, 30),
    st.sampled_from([Method.FIRST_COME, Method.RANK]),
    st.sampled_from(list(Tail)),
    st.sampled_from(["", "seed"]),
)
def test_one_by_one_is_one_of_the_orders_that_the_rule_allows(
    asked: list[Request], budget: int, method: Method, tail: Tail, seed: str
) -> None:
    rule = call(method, tail, seed=seed)
    found = allocate(rule, asked, budget)
    orders = [
        order
        for order in itertools.permutations(asked)
        if not any(before(rule, later, earlier) for earlier, later in itertools.combinations(order, 2))
    ]
    outcomes = [served(order, budget, tail) for order in orders]
    undecided = {one.request.id for one in found.awards if one.undecided}
    if seed:
        assert amounts(found) in outcomes
        assert not undecided
    else:
        sure = {name: amount for name, amount in amounts(found).items() if name not in undecided}
        assert all(sure.items() <= outcome.items() for outcome in outcomes), "equals told apart by name"
        assert bool(undecided) == any(outcome != outcomes[0] for outcome in outcomes)
    assert found.given + found.left == budget
    assert found.left >= 0


@settings(max_examples=150, deadline=None)
@given(requests, st.integers(0, 40), st.sampled_from(list(Weight)))
def test_proportion_is_the_nearest_whole_split_to_the_only_fair_one(
    asked: list[Request], budget: int, weight: Weight
) -> None:
    asked = [one for one in asked if one.precedence == 2]
    found = allocate(call(Method.PROPORTIONAL, weight=weight), asked, budget)
    weights = [
        Fraction(one.ceiling) if weight is Weight.ASKED else (one.score or Fraction(0)) for one in asked
    ]
    fair = _fair_by_cases(weights, [one.ceiling for one in asked], budget)
    by_id = {one.request.id: one for one in found.awards}
    assert [by_id[one.id].fair for one in asked] == fair
    total = int(sum(fair))
    nearest = min(
        sum((amount - share) ** 2 for amount, share in zip(split, fair, strict=True))
        for split in itertools.product(*(range(one.ceiling + 1) for one in asked))
        if sum(split) == total
    )
    got = [by_id[one.id].amount for one in asked]
    assert sum(got) == total
    assert sum((amount - share) ** 2 for amount, share in zip(got, fair, strict=True)) == nearest
    assert all(amount <= one.ceiling for amount, one in zip(got, asked, strict=True))


def _fair_by_cases(weights: list[Fraction], ceilings: list[int], budget: int) -> list[Fraction]:
    """Try every set of those held at their ceilings; take the one that is consistent."""
    able = [at for at, one in enumerate(weights) if one > 0 and ceilings[at] > 0]
    if sum(ceilings[at] for at in able) <= budget:
        return [Fraction(ceilings[at]) if at in able else Fraction(0) for at in range(len(weights))]
    for size in range(len(able)):
        for held in itertools.combinations(able, size):
            free = [at for at in able if at not in held]
            rate = Fraction(budget - sum(ceilings[at] for at in held)) / sum(weights[at] for at in free)
            if (
                rate >= 0
                and all(rate * weights[at] >= ceilings[at] for at in held)
                and all(rate * weights[at] <= ceilings[at] for at in free)
            ):
                return [
                    Fraction(ceilings[at])
                    if at in held
                    else rate * weights[at]
                    if at in free
                    else Fraction(0)
                    for at in range(len(weights))
                ]
    raise AssertionError("no consistent split")


@settings(max_examples=80, deadline=None)
@given(requests, st.integers(0, 30), st.sampled_from(list(Method)), st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(
    asked: list[Request], budget: int, method: Method, chance: object
) -> None:
    shuffled = list(asked)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    for seed in ("", "s"):
        assert allocate(call(method, seed=seed), asked, budget) == allocate(
            call(method, seed=seed), shuffled, budget
        )


@settings(max_examples=80, deadline=None)
@given(requests, st.integers(0, 30), st.integers(1, 10))
def test_more_money_never_gives_anybody_less_by_first_come(
    asked: list[Request], budget: int, more: int
) -> None:
    rule = call(Method.FIRST_COME, Tail.PART, seed="s")
    less, richer = amounts(allocate(rule, asked, budget)), amounts(allocate(rule, asked, budget + more))
    assert all(richer[one] >= less[one] for one in less)


def test_who_was_just_outside_and_by_how_much() -> None:
    found = allocate(
        call(Method.RANK),
        [request("甲", 20 * WAN, 0, 90), request("乙", 15 * WAN, 1, 85), request("丙", 10 * WAN, 2, 82)],
        38 * WAN,
    )
    assert [one.request.id for one in found.outside] == ["丙"]
    assert found.edge == "“丙”紧接在外,预算再多7万元即可全额支持,比最后一件入围的“乙”低3分"
    assert found.awards[2].reason == "余额3万元,差7万元"


def test_by_time_the_distance_is_told_in_time() -> None:
    found = allocate(call(Method.FIRST_COME), [request("甲", 5, 0), request("乙", 5, 90)], 5)
    assert "晚1小时30分钟" in found.edge


def test_equal_scores_are_told_apart_by_time_and_it_says_so() -> None:
    found = allocate(
        call(Method.RANK), [request("乙", 5, 7, 80), request("甲", 5, 3, 80), request("丙", 5, 0, 70)], 5
    )
    assert [one.request.id for one in found.awards] == ["甲", "乙", "丙"]
    assert found.awards[0].tie == "与“乙”同为80分,先提交的在前(2025-03-01 09:03:00)"
    assert found.awards[2].tie == ""


def test_equals_without_a_lot_are_left_undecided_not_decided_by_name() -> None:
    found = allocate(call(Method.RANK), [request("甲", 5, 0, 80), request("乙", 5, 0, 80)], 5)
    assert [(one.amount, one.undecided) for one in found.awards] == [(0, True), (0, True)]
    assert "待抽签" in found.awards[0].reason
    drawn = allocate(
        call(Method.RANK, seed="2025年第1期"), [request("甲", 5, 0, 80), request("乙", 5, 0, 80)], 5
    )
    assert sorted(one.amount for one in drawn.awards) == [0, 5]
    assert "抽签(SHA-256)" in drawn.awards[0].tie


def test_what_the_law_owes_and_what_was_carried_over_comes_first() -> None:
    found = allocate(
        call(Method.RANK),
        [request("新", 5, 0, 99), request("转", 5, 5, 60, None, 1), request("法", 5, 9, 0, None, 0)],
        10,
    )
    assert [one.request.id for one in found.awards] == ["法", "转", "新"]
    assert found.awards[0].reason == "法定义务,先于本年新申报;全额支持"
    shared = allocate(
        call(Method.PROPORTIONAL), [request("新", 9, 0, 99), request("法", 5, 9, 0, None, 0)], 7
    )
    assert amounts(shared) == {"法": 5, "新": 2}


def test_what_a_cap_cuts_off_is_shared_again() -> None:
    found = allocate(
        call(Method.PROPORTIONAL),
        [request("甲", 100, 0, 50, 20), request("乙", 100, 0, 30), request("丙", 100, 0, 20)],
        100,
    )
    assert amounts(found) == {"甲": 20, "乙": 48, "丙": 32}
    assert found.left == 0


def test_a_fen_that_does_not_divide_goes_to_the_largest_remainder() -> None:
    found = allocate(
        call(Method.PROPORTIONAL), [request("a", 9, 0, 1), request("b", 9, 0, 1), request("c", 9, 0, 1)], 10
    )
    assert sorted(amounts(found).values()) == [3, 3, 4]
    assert "余下的一分按编号先后给" in found.awards[0].tie


def test_a_method_named_after_the_window_opened_is_refused() -> None:
    late = Call(Method.RANK, OPENS, OPENS, CLOSES)
    with pytest.raises(DeclaredLate, match="分配方法要在开放申报之前公布"):
        allocate(late, [], 10)
    with pytest.raises(AllocationFaults, match="申报期"):
        allocate(Call(Method.RANK, DECLARED, OPENS, OPENS), [], 10)


def test_all_faults_at_once() -> None:
    twice = request("甲", 0, 0)
    outside = request("丁", 5, 60 * 24 * 40, 80)
    with pytest.raises(AllocationFaults, match="之间"):
        allocate(call(Method.RANK), [outside], 10)
    with pytest.raises(AllocationFaults) as refused:
        allocate(call(Method.RANK), [twice, twice, request("丙", 5, 0, -1, -2, 3)], 10)
    assert sorted({fault.code for fault in refused.value.faults}) == [
        "allocation.asked",
        "allocation.cap",
        "allocation.precedence",
        "allocation.score",
        "allocation.twice",
    ]
    with pytest.raises(AllocationFaults, match="不小于零"):
        allocate(call(Method.FIRST_COME), [], -1)


def test_the_rule_reads_as_a_sentence() -> None:
    assert call(Method.RANK, Tail.PART).rule() == "择优排序:评分高的在前,同分先到的在前;放不下的一件得余额"
    assert "最大余数" in call(Method.PROPORTIONAL).rule()
