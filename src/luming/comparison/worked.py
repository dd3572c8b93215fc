"""The sum behind a score, so that a reader can check it with a pocket calculator.

The parts are shown with six decimals, as the row keeps them; the score was reckoned from exact fractions. The two sums
differ by less than 0.0001, which may turn the second decimal: `agrees` says whether it did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luming.monitor import COMPLETION_CAP, WEIGHTS, RankRow

_HUNDRED = Decimal(100)
_SCORE = Decimal("0.01")
LABELS = {"completion": "完成率", "growth": "增速标准值", "contribution": "贡献份额", "quality": "工作质量"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score.

    Attributes:
        value: of 1, as it is; `counted` as it counts (completion is capped).
        points: weight × counted × 100.
    """

    name: str
    label: str
    weight: Decimal
    value: Decimal
    counted: Decimal
    points: Decimal

    @property
    def is_capped(self) -> bool:
        """Whether less counts than was reached."""
        return self.counted != self.value


@dataclass(frozen=True, slots=True)
class Worked:
    """The parts, their sum, and whether its rounding is the score as issued."""

    parts: tuple[Part, ...]
    total: Decimal
    score: Decimal

    @property
    def agrees(self) -> bool:
        """Whether the sum by hand rounds to the score."""
        return self.total.quantize(_SCORE, "ROUND_HALF_UP") == self.score


def worked(
    row: RankRow, weights: Mapping[str, Fraction] = WEIGHTS, cap: Fraction = COMPLETION_CAP
) -> Worked | None:
    """The sum behind a row's score; None where the district is not ranked."""
    held = {
        "completion": row.completion,
        "growth": row.growth_standardised,
        "contribution": row.contribution,
        "quality": row.quality,
    }
    if row.score is None:
        return None
    parts = tuple(_part(name, value, weights, cap) for name, value in held.items() if value is not None)
    return Worked(parts, sum((part.points for part in parts), Decimal(0)), row.score)


def _part(name: str, value: Decimal, weights: Mapping[str, Fraction], cap: Fraction) -> Part:
    weight = _decimal(weights[name])
    counted = min(value, _decimal(cap)) if name == "completion" else value
    return Part(name, LABELS[name], weight, value, counted, weight * counted * _HUNDRED)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
