"""Checks of the facts themselves, before any standard is asked: what cannot be, and what looks like a slip of the unit.

A finding is a doubt with its column and what to do; it changes no value. Impossible combinations follow from the
dictionary (`part_of`) and from the arithmetic of accounts; a figure that jumps by about ten or a thousand against last
year, or against its own kind, was probably written in 千元 or 元.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from luming.creditcode import CreditCodeError, parse_credit_code
from luming.errors import Fault
from luming.standards.evaluator import Facts
from luming.standards.kind import MONEY
from luming.standards.model import Input, InputKind
from luming.standards.words import figure

CREDIT_CODE = "credit_code"
SLIPS = (Fraction(10), Fraction(1000), Fraction(10000))
"""千元 for 万元 makes ten times too much, 元 for 千元 a thousand times, 元 for 万元 ten thousand times."""
SLIP_WIDTH = Fraction(3, 10)
"""A jump counts as such a slip when it is within 30 % of the factor (ours)."""
STEADY = Fraction(3)
"""Only a firm whose other figures moved by less than this is suspected (ours): one that grew tenfold grew in all."""


class Doubt(StrEnum):
    """What is doubtful."""

    IMPOSSIBLE = "impossible"
    UNIT_SLIP = "unit_slip"
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about one fact: the column, what stands there, what should, what to do."""

    doubt: Doubt
    key: str
    label: str
    found: str
    expected: str
    remedy: str

    def fault(self, where: str) -> Fault:
        """The finding as a fault of a place, such as a row of a table."""
        return Fault(
            f"facts.{self.doubt}",
            f"{where}“{self.label}”({self.key})",
            self.found,
            self.expected,
            self.remedy,
        )


def check_row(
    facts: Facts,
    inputs: Mapping[str, Input],
    previous: Facts | None = None,
    credit_code: str | None = None,
) -> list[Finding]:
    """All doubts about the facts of one firm.

    Args:
        previous: the facts of the same firm a year before, by the same names (optional); the years within one row
            (`revenue`, `revenue_y2`, `revenue_y3`) are compared in any case.
    """
    found = list(_impossible(facts, inputs))
    found += _slips(facts, inputs, previous or {})
    if credit_code:
        try:
            parse_credit_code(credit_code)
        except CreditCodeError as problem:
            label, expected = "统一社会信用代码", "校验无误的18位代码"
            found.append(
                Finding(
                    Doubt.CREDIT_CODE,
                    CREDIT_CODE,
                    label,
                    f"“{credit_code}”",
                    expected,
                    str(problem).rstrip("。"),
                )
            )
    return found


def _impossible(facts: Facts, inputs: Mapping[str, Input]) -> Iterator[Finding]:
    for key, item in inputs.items():
        if not item.part_of or item.part_of not in inputs:
            continue
        part, whole = facts.get(key), facts.get(item.part_of)
        if isinstance(part, Fraction) and isinstance(whole, Fraction) and part > whole:
            other = inputs[item.part_of]
            yield Finding(
                Doubt.IMPOSSIBLE,
                key,
                item.about.label,
                f"{figure(part, item.unit)},多于{other.about.label}{figure(whole, other.unit)}",
                f"不多于{other.about.label}",
                "请核对这两项",
            )
    yield from _accounts(facts, inputs)


def _accounts(facts: Facts, inputs: Mapping[str, Input]) -> Iterator[Finding]:
    """Net assets are total assets less liabilities."""
    keys = ("total_assets", "liabilities", "net_assets")
    assets, debts, net = (facts.get(key) for key in keys)
    if not (isinstance(assets, Fraction) and isinstance(debts, Fraction) and isinstance(net, Fraction)):
        return
    item = inputs.get("net_assets")
    if item is not None and abs(assets - debts - net) > item.factor:
        yield Finding(
            Doubt.IMPOSSIBLE,
            "net_assets",
            item.about.label,
            figure(net, item.unit),
            f"资产总额减负债总额,即{figure(assets - debts, item.unit)}",
            "请核对这三项",
        )


def _slips(facts: Facts, inputs: Mapping[str, Input], previous: Facts) -> list[Finding]:
    """Money whose change against the year before is near a factor of unit slips, while the others stayed."""
    moves: dict[str, tuple[str, Fraction]] = {}
    for key, item in inputs.items():
        if item.type is not InputKind.NUMBER or item.kind != MONEY:
            continue
        for now, before in _pairs(key, facts, previous):
            if now > 0 and before > 0:
                moves.setdefault(key, (_earlier(key), now / before))
    found = []
    for key, (_, ratio) in moves.items():
        others = [other for name, (_, other) in moves.items() if name != key]
        steady = all(1 / STEADY < other < STEADY for other in others) if others else True
        slip = _slip(ratio)
        if slip is not None and steady:
            item = inputs[key]
            value = facts[key]
            assert isinstance(value, Fraction)
            large = ratio > 1
            found.append(
                Finding(
                    Doubt.UNIT_SLIP,
                    key,
                    item.about.label,
                    f"{figure(value, item.unit)},约为上年的{_times(ratio)}",
                    f"以{item.unit}计的数",
                    f"疑似把单位弄错(差{slip}倍),请核对是否应为{figure(value / slip if large else value * slip, item.unit)}",
                )
            )
    return found


def _pairs(key: str, facts: Facts, previous: Facts) -> Iterable[tuple[Fraction, Fraction]]:
    now = facts.get(key)
    for before in (facts.get(_earlier(key)), previous.get(key)):
        if isinstance(now, Fraction) and isinstance(before, Fraction):
            yield now, before


def _earlier(key: str) -> str:
    """The name of the same figure a year before."""
    stem, _, year = key.rpartition("_y")
    return f"{stem}_y{int(year) + 1}" if stem and year.isdigit() else f"{key}_y2"


def _slip(ratio: Fraction) -> int | None:
    times = ratio if ratio >= 1 else 1 / ratio
    for factor in SLIPS:
        if abs(times / factor - 1) <= SLIP_WIDTH:
            return int(factor)
    return None


def _times(ratio: Fraction) -> str:
    return f"{figure(ratio, '')}倍" if ratio >= 1 else f"1/{figure(1 / ratio, '')}"
