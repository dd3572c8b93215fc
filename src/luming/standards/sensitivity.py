"""How far the rank of firms by a score depends on the weights of its parts.

A firm is given as the share it has of the full points of each part (0 to 1), its score is the sum of weight times
share. `stable_ranges` moves one weight, scales the others so that their sum stays, and says exactly how far the order of
the first firms holds. `rank_spread` draws weights at random and says how often each firm stays among the first.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Shares = Mapping[str, Mapping[str, Fraction]]
"""Of each firm, the share of the full points in each part; a part not named is 0."""

_FINE = 10**6
"""So many steps lie between a weight and the end of its random stretch."""


@dataclass(frozen=True, slots=True)
class StableRange:
    """How far one weight may move, the others scaled, before the order of the first firms changes.

    Attributes:
        weight: the present weight.
        low, high: the ends, both included; at an end inside 0 to the sum of the weights two firms are equal.
        low_swap, high_swap: the firm ahead and the firm that passes it beyond that end; None where none does.
    """

    part: str
    weight: Fraction
    low: Fraction
    high: Fraction
    low_swap: tuple[str, str] | None
    high_swap: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class RankSpread:
    """Where a firm ranks under random weights: now, at best, at worst, and its share of draws among the first."""

    firm: str
    rank: int
    best: int
    worst: int
    among_first: Fraction


def ranking(shares: Shares, weights: Mapping[str, Fraction]) -> list[tuple[str, Fraction]]:
    """Firms with their scores, best first; equal ones in the order given."""
    scores = [(firm, _score(parts, weights)) for firm, parts in shares.items()]
    return sorted(scores, key=lambda item: -item[1])


def _score(parts: Mapping[str, Fraction], weights: Mapping[str, Fraction]) -> Fraction:
    return sum((weight * parts.get(part, Fraction(0)) for part, weight in weights.items()), Fraction(0))


def stable_ranges(shares: Shares, weights: Mapping[str, Fraction], first: int) -> tuple[StableRange, ...]:
    """For each weight, how far it may move before the order of the first firms changes.

    Firms that are equal now and would part when the weight moves bound the range at the present weight.

    Raises:
        ValueError: a weight is negative, or all are 0.
    """
    _check(weights)
    order = [firm for firm, _ in ranking(shares, weights)]
    pairs = list(itertools.pairwise(order[: first + 1]))
    if 0 < first < len(order):
        pairs += [(order[first - 1], firm) for firm in order[first + 1 :]]
    return tuple(_range(shares, weights, part, pairs) for part in weights)


def _check(weights: Mapping[str, Fraction]) -> None:
    if any(weight < 0 for weight in weights.values()) or not sum(weights.values()):
        raise ValueError("权重不能为负数,也不能全为0。")


def _range(
    shares: Shares, weights: Mapping[str, Fraction], part: str, pairs: list[tuple[str, str]]
) -> StableRange:
    weight, total = weights[part], sum(weights.values(), Fraction(0))
    others = {key: value for key, value in weights.items() if key != part}
    rest = total - weight
    if not rest:
        return StableRange(part, weight, weight, weight, None, None)
    low, high = Fraction(0), total
    low_swap: tuple[str, str] | None = None
    high_swap: tuple[str, str] | None = None
    for ahead, behind in pairs:
        own = shares[ahead].get(part, Fraction(0)) - shares[behind].get(part, Fraction(0))
        other = (_score(shares[ahead], others) - _score(shares[behind], others)) / rest
        slope, level = own - other, total * other
        if not slope:
            continue
        crossing = -level / slope
        if slope > 0 and crossing > low:
            low, low_swap = crossing, (ahead, behind)
        elif slope < 0 and crossing < high:
            high, high_swap = crossing, (ahead, behind)
    return StableRange(part, weight, low, high, low_swap, high_swap)


def rank_spread(
    shares: Shares,
    weights: Mapping[str, Fraction],
    first: int,
    within: Fraction,
    draws: int,
    chance: random.Random,
) -> tuple[RankSpread, ...]:
    """Where each firm ranks when every weight is drawn evenly within a share of itself, the sum kept, best first.

    Equal firms share the better rank. Weights and scores are whole numbers, so that no rank hangs on rounding.

    Args:
        within: how far a weight may move, as a share of it: 1/5 for ±20 %.

    Raises:
        ValueError: a weight is negative, all are 0, `within` is not between 0 and 1, or no draw is asked.
    """
    _check(weights)
    if not 0 <= within <= 1 or draws < 1:
        raise ValueError("浮动幅度应在0到1之间,抽取次数至少为1。")
    firms = list(shares)
    points = _whole([[shares[firm].get(part, Fraction(0)) for part in weights] for firm in firms])
    (base,) = _whole([list(weights.values())])
    unit = within.denominator * _FINE
    now = _ranks([sum(map(int.__mul__, base, row)) for row in points])
    best, worst, inside = list(now), list(now), [0] * len(firms)
    for _ in range(draws):
        drawn = [weight * (unit + within.numerator * chance.randint(-_FINE, _FINE)) for weight in base]
        ranks = _ranks([sum(map(int.__mul__, drawn, row)) for row in points])
        for at, rank in enumerate(ranks):
            best[at], worst[at] = min(best[at], rank), max(worst[at], rank)
            inside[at] += rank <= first
    found = [
        RankSpread(firm, now[at], best[at], worst[at], Fraction(inside[at], draws))
        for at, firm in enumerate(firms)
    ]
    return tuple(sorted(found, key=lambda item: item.rank))


def _whole(rows: list[list[Fraction]]) -> list[list[int]]:
    """The same numbers times one factor, so that all are whole."""
    scale = math.lcm(1, *(value.denominator for row in rows for value in row))
    return [[int(value * scale) for value in row] for row in rows]


def _ranks(scores: list[int]) -> list[int]:
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    ranks = [0] * len(scores)
    for place, at in enumerate(order):
        before = order[place - 1]
        ranks[at] = ranks[before] if place and scores[before] == scores[at] else place + 1
    return ranks
