"""观摩测评: what a panel's scores come to, by criteria with weights, without the highest and the lowest.

Criteria, weights and the smallest panel that is trimmed are ours (平台默认口径): Baotou holds such reviews every quarter
and has published no rules for them. Scores run from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

TRIMMED_FROM = 7
"""From so many scores on, one at each end is left out; 平台默认口径 (mechanisms reference, vector 13)."""

HIGHEST = Decimal(100)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored, with its weight relative to the sum of all weights."""

    key: str
    label: str
    weight: Decimal
    hint: str = ""


CRITERIA = (
    Criterion("progress", "形象进度", Decimal(30), "与本季度计划节点相比"),
    Criterion("investment", "投资完成", Decimal(25), "与累计计划投资相比"),
    Criterion("quality", "质量和安全", Decimal(20), "现场管理、安全生产、生态环保手续"),
    Criterion("effect", "预期效益", Decimal(15), "产值、税收、就业和产业链带动"),
    Criterion("service", "要素保障", Decimal(10), "用地、用能、审批等问题的解决"),
)
"""The criteria that a new round starts with; 平台默认口径."""


def weighted_score(points: Mapping[str, Decimal], criteria: Sequence[Criterion]) -> Fraction:
    """Σ weight × points ÷ Σ weight, exactly.

    Raises:
        ValueError: a criterion has no points or they are not between 0 and 100, or no weight is above 0.
    """
    whole = sum((Fraction(one.weight) for one in criteria), Fraction(0))
    if whole <= 0 or any(one.weight < 0 for one in criteria):
        raise ValueError("测评指标的权重之和应大于0,且没有负数。")
    total = Fraction(0)
    for one in criteria:
        given = points.get(one.key)
        if given is None or not given.is_finite() or not 0 <= given <= HIGHEST:
            raise ValueError(f"“{one.label}”应为0到100分。")
        total += Fraction(one.weight) * Fraction(given)
    return total / whole


def trimmed_mean(scores: Iterable[Decimal | Fraction]) -> Fraction | None:
    """The mean of the scores; of seven or more without one highest and one lowest; None of no scores.

    >>> float(trimmed_mean([Decimal(n) for n in (92, 88, 85, 85, 80, 78, 60)]))
    83.2
    """
    ordered = sorted(Fraction(score) for score in scores)
    if not ordered:
        return None
    kept = ordered[1:-1] if len(ordered) >= TRIMMED_FROM else ordered
    return sum(kept, Fraction(0)) / len(kept)


def places(results: Sequence[Fraction | None]) -> list[int | None]:
    """The place of each result, best first; equal results share a place, and what has no result has none."""
    known = [one for one in results if one is not None]
    return [None if one is None else 1 + sum(other > one for other in known) for one in results]
