"""Kinds of numbers in a standard: money, people, things, points. Numbers of different kinds never compare.

A number is kept in the base unit of its kind (元, 人, 件, 年, 天), a percentage as a pure number. A kind is a product of
base kinds, so that money divided by money is pure and money per person is its own kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from luming.errors import UnitMismatch
from luming.unit import parse_unit

_OWN = {
    "分": ("score", Fraction(1)),
    "美元": ("usd", Fraction(1)),
    "万美元": ("usd", Fraction(10**4)),
    "亿美元": ("usd", Fraction(10**8)),
    "%": ("", Fraction(1, 100)),
    "倍": ("", Fraction(1)),
    "": ("", Fraction(1)),
}
"""Kinds that only standards know, and percentages, which here are pure numbers."""

_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is counted: base kinds with their exponents, in order of name; empty for a pure number."""

    factors: tuple[tuple[str, int], ...] = ()

    @property
    def pure(self) -> bool:
        """Whether it is a number without a unit."""
        return not self.factors

    def __mul__(self, other: Kind) -> Kind:
        return _kind({**dict(self.factors)}, other, 1)

    def __truediv__(self, other: Kind) -> Kind:
        return _kind({**dict(self.factors)}, other, -1)

    def __str__(self) -> str:
        if self.pure:
            return "没有单位的数"
        return "·".join(
            _NAMES.get(name, name) + (f"^{power}" if power != 1 else "") for name, power in self.factors
        )


def _kind(factors: dict[str, int], other: Kind, sign: int) -> Kind:
    for name, power in other.factors:
        factors[name] = factors.get(name, 0) + sign * power
    return Kind(tuple(sorted((name, power) for name, power in factors.items() if power)))


PURE = Kind()
SCORE = Kind((("score", 1),))
YEARS = Kind((("year", 1),))
DAYS = Kind((("day", 1),))
MONEY = Kind((("money", 1),))

_NAMES = {
    "score": "分数",
    "money": "金额(元)",
    "usd": "金额(美元)",
    "person": "人数",
    "thing": "件数",
    "year": "年数",
    "day": "天数",
}


@lru_cache(maxsize=1024)
def kind_of(unit: str) -> tuple[Kind, Fraction]:
    """The kind of a unit and how many base units it holds.

    >>> kind_of("亿元")[1]
    Fraction(100000000, 1)
    >>> kind_of("%")
    (Kind(factors=()), Fraction(1, 100))

    Raises:
        UnitMismatch: the unit is not known.
    """
    if unit in _OWN:
        name, factor = _OWN[unit]
        return (Kind(((name, 1),)) if name else PURE), factor
    found = parse_unit(unit)
    if found.per:
        raise UnitMismatch(f"标准里不用复合单位“{unit}”,请写成两个数相除。")
    return Kind(((found.kind, 1),)), Fraction(found.factor)


def amount(written: str) -> tuple[Fraction, Kind]:
    """Read a number with its unit as a standard writes it, such as 500人, 2亿元, 5%, 60分.

    >>> amount("2亿元")[0]
    Fraction(200000000, 1)

    Raises:
        UnitMismatch: the unit is not known.
        ValueError: there is no number in front.
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise ValueError(written)
    kind, factor = kind_of(found[2].strip())
    return Fraction(found[1]) * factor, kind


def yuan(written: str) -> Fraction:
    """A sum of money as written, in yuan.

    >>> yuan("30万元")
    Fraction(300000, 1)

    Raises:
        UnitMismatch: the unit is not known, or is none of money.
        ValueError: there is no number in front.
    """
    value, kind = amount(written)
    if kind != MONEY:
        raise UnitMismatch(f"“{written}”不是金额。")
    return value
