"""A ranking as it was issued: rows, inputs, formula, weights, all as plain values that a database keeps unchanged.

Fractions are written as "1/3", decimals as digits: what is read back is what was written, to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luming.comparison.contested import Contested, InputRefused, with_value
from luming.monitor import COMPLETION_CAP, FORMULA, WEIGHTS, Ranking, RankInput, RankRow, rank_districts

_FRACTIONS = ("value", "plan", "base", "quality", "last_year")
_DECIMALS = (
    "score",
    "completion",
    "growth_standardised",
    "contribution",
    "quality",
    "value",
    "base",
    "plan",
    "growth",
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a comparison was reckoned from and what came of it."""

    rows: tuple[RankRow, ...]
    inputs: tuple[RankInput, ...]
    formula: str
    weights: Mapping[str, Fraction]
    cap: Fraction

    def input_of(self, district: str) -> RankInput | None:
        """The inputs of a district."""
        return next((item for item in self.inputs if item.district == district), None)

    def row_of(self, district: str) -> RankRow | None:
        """The row of a district."""
        return next((row for row in self.rows if row.district == district), None)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the office found an input of a district to be."""

    district: str
    input: Contested
    value: Decimal


def frozen(ranking: Ranking) -> Frozen:
    """A ranking with the rule that it was made by."""
    return Frozen(ranking.rows, ranking.inputs, ranking.formula, dict(WEIGHTS), COMPLETION_CAP)


def reranked(before: Frozen, findings: Iterable[Finding]) -> Frozen:
    """The ranking again from the same inputs with some put right, by the rule of today.

    Raises:
        InputRefused: a finding on a district that is not in the comparison, or a figure that cannot stand.
    """
    items = {item.district: item for item in before.inputs}
    for finding in findings:
        if finding.district not in items:
            raise InputRefused(f"“{finding.district}”不在这次比较里。")
        items[finding.district] = with_value(items[finding.district], finding.input, finding.value)
    inputs = tuple(items.values())
    return Frozen(rank_districts(inputs), inputs, FORMULA, dict(WEIGHTS), COMPLETION_CAP)


def freeze(held: Frozen) -> dict[str, Any]:
    """As values that JSON can carry."""
    return {
        "rows": [_plain(row) for row in held.rows],
        "inputs": [_plain(item) for item in held.inputs],
        "formula": held.formula,
        "weights": {name: str(weight) for name, weight in held.weights.items()},
        "cap": str(held.cap),
    }


def thaw(kept: Mapping[str, Any]) -> Frozen:
    """Back from what `freeze` gave."""
    return Frozen(
        tuple(RankRow(**_read(row, _DECIMALS, Decimal)) for row in kept["rows"]),
        tuple(_input(item) for item in kept["inputs"]),
        kept["formula"],
        {name: Fraction(weight) for name, weight in kept["weights"].items()},
        Fraction(kept["cap"]),
    )


def _input(kept: Mapping[str, Any]) -> RankInput:
    item = RankInput(**_read(kept, _FRACTIONS, Fraction))
    return replace(item, facts=tuple(item.facts))


def _plain(item: RankRow | RankInput) -> dict[str, Any]:
    return {name: _written(value) for name, value in asdict(item).items()}


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Fraction):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _read(kept: Mapping[str, Any], names: tuple[str, ...], kind: Any) -> dict[str, Any]:
    return {
        name: kind(value) if name in names and value is not None else value for name, value in kept.items()
    }
