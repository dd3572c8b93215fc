"""How far ranks depend on weights: exact ranges against a scan, random weights against their bounds."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.standards.sensitivity import Shares, rank_spread, ranking, stable_ranges

HALF = Fraction(1, 2)
FIRMS = {
    "甲": {"rd": Fraction(1), "growth": Fraction(1, 5)},
    "乙": {"rd": Fraction(1, 5), "growth": Fraction(4, 5)},
    "丙": {"rd": Fraction(0), "growth": Fraction(0)},
}


def test_a_weight_may_move_to_where_two_firms_are_equal() -> None:
    rd, growth = stable_ranges(FIRMS, {"rd": Fraction(60), "growth": Fraction(40)}, 2)
    # 甲 = 乙 where 4/5 of the weight of rd is 3/5 of that of growth: at 3/7 and 4/7 of 100
    assert (rd.low, rd.high) == (Fraction(300, 7), 100)
    assert (growth.low, growth.high) == (0, Fraction(400, 7))
    assert rd.low_swap == growth.high_swap == ("甲", "乙")
    assert rd.high_swap is None


def test_firms_equal_now_bound_the_range_at_the_present_weight() -> None:
    firms = {"甲": {"a": Fraction(1), "b": Fraction(0)}, "乙": {"a": Fraction(0), "b": Fraction(1)}}
    a, b = stable_ranges(firms, {"a": HALF, "b": HALF}, 1)
    assert (a.low, a.high, b.low, b.high) == (HALF, 1, 0, HALF)


def test_firms_alike_in_every_part_bound_nothing() -> None:
    firms = {"甲": {"a": HALF, "b": HALF}, "乙": {"a": HALF, "b": HALF}}
    (a, _) = stable_ranges(firms, {"a": HALF, "b": HALF}, 2)
    assert (a.low, a.high) == (0, 1)


def test_an_only_weight_cannot_move() -> None:
    (only,) = stable_ranges(FIRMS, {"rd": Fraction(3)}, 1)
    assert (only.low, only.high) == (3, 3)


def test_the_order_beyond_the_first_does_not_matter() -> None:
    rd, _ = stable_ranges(FIRMS, {"rd": Fraction(60), "growth": Fraction(40)}, 0)
    assert (rd.low, rd.high) == (0, 100)


@pytest.mark.parametrize("weights", [{"rd": Fraction(0)}, {"rd": Fraction(-1), "growth": Fraction(2)}])
def test_weights_that_make_no_score_are_refused(weights: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError, match="权重"):
        stable_ranges(FIRMS, weights, 1)
    with pytest.raises(ValueError, match="权重"):
        rank_spread(FIRMS, weights, 1, HALF, 10, random.Random(1))


@pytest.mark.parametrize(("within", "draws"), [(Fraction(2), 10), (Fraction(-1), 10), (HALF, 0)])
def test_draws_that_make_no_sense_are_refused(within: Fraction, draws: int) -> None:
    with pytest.raises(ValueError, match="浮动"):
        rank_spread(FIRMS, {"rd": HALF}, 1, within, draws, random.Random(1))


def test_random_weights_are_the_same_for_the_same_chance() -> None:
    weights = {"rd": Fraction(45), "growth": Fraction(55)}
    one = rank_spread(FIRMS, weights, 1, Fraction(1, 5), 200, random.Random(7))
    assert one == rank_spread(FIRMS, weights, 1, Fraction(1, 5), 200, random.Random(7))
    first, second, third = one
    assert (first.firm, first.rank, first.best, first.worst) == ("甲", 1, 1, 2)
    assert 0 < second.among_first < first.among_first < 1
    assert (third.firm, third.best, third.worst, third.among_first) == ("丙", 3, 3, 0)


SHARE = st.integers(0, 6).map(lambda count: Fraction(count, 6))
PARTS = ("a", "b", "c")


@st.composite
def boards(draw: st.DrawFn) -> tuple[Shares, dict[str, Fraction]]:
    firms = {f"企业{at}": {part: draw(SHARE) for part in PARTS} for at in range(draw(st.integers(1, 6)))}
    weights = {part: Fraction(draw(st.integers(0, 5))) for part in PARTS}
    weights["a"] += 1
    return firms, weights


def moved(weights: dict[str, Fraction], part: str, to: Fraction) -> dict[str, Fraction]:
    rest = sum(weights.values()) - weights[part]
    factor = (sum(weights.values()) - to) / rest
    return {key: to if key == part else value * factor for key, value in weights.items()}


def holds(firms: Shares, order: list[str], weights: dict[str, Fraction], first: int) -> bool:
    scores = dict(ranking(firms, weights))
    top = [scores[firm] for firm in order[:first]]
    below = [scores[firm] for firm in order[first:]]
    return top == sorted(top, reverse=True) and (not top or all(top[-1] >= score for score in below))


@given(boards(), st.integers(1, 4))
@settings(deadline=None)
def test_the_order_holds_within_the_range_and_breaks_beyond_it(
    board: tuple[Shares, dict[str, Fraction]], first: int
) -> None:
    firms, weights = board
    order = [firm for firm, _ in ranking(firms, weights)]
    total = sum(weights.values())
    for found in stable_ranges(firms, weights, first):
        if total == weights[found.part]:
            continue
        assert found.low <= found.weight <= found.high
        for at in range(41):
            to = total * Fraction(at, 40)
            inside = found.low <= to <= found.high
            assert holds(firms, order, moved(weights, found.part, to), first) == inside
        tiny = Fraction(1, 10**9)
        for end, beyond in ((found.low, found.low - tiny), (found.high, found.high + tiny)):
            assert holds(firms, order, moved(weights, found.part, end), first)
            if 0 <= beyond <= total:
                assert not holds(firms, order, moved(weights, found.part, beyond), first)


@given(boards(), st.integers(1, 4), st.integers(0, 10), st.integers(0, 99))
@settings(deadline=None, max_examples=50)
def test_random_ranks_lie_around_the_present_one(
    board: tuple[Shares, dict[str, Fraction]], first: int, tenths: int, seed: int
) -> None:
    firms, weights = board
    scores = dict(ranking(firms, weights))
    for found in rank_spread(firms, weights, first, Fraction(tenths, 10), 20, random.Random(seed)):
        assert found.rank == 1 + sum(score > scores[found.firm] for score in scores.values())
        assert 1 <= found.best <= found.rank <= found.worst <= len(firms)
        if tenths == 0:
            assert found.best == found.worst
        if found.worst <= first:
            assert found.among_first == 1
        if found.best > first:
            assert found.among_first == 0
