"""Truths in three values as two columns of two: whether something can hold, and whether it must.

The same meaning as `luming.standards.truth`, term by term.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luming.standards.columnar.node import FALSE, TRUE, Bool, both, either, invert, several
from luming.standards.columnar.stretch import (
    Stretch,
    high_exceeds,
    high_reaches,
    low_exceeds,
    low_reaches,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`must`: it holds whatever is missing; `can`: it holds for some of what may be missing."""

    can: Bool
    must: Bool

    @property
    def sure(self) -> bool:
        """Whether nothing missing can matter in any row."""
        return self.can is self.must

    def __invert__(self) -> Verdict:
        return Verdict(invert(self.must), invert(self.can))


YES = Verdict(TRUE, TRUE)
OPEN = Verdict(TRUE, FALSE)


def every(items: Iterable[Verdict]) -> Verdict:
    """All of some."""
    found = list(items)
    return Verdict(both(*(item.can for item in found)), both(*(item.must for item in found)))


def some(items: Iterable[Verdict]) -> Verdict:
    """Any of some."""
    found = list(items)
    return Verdict(either(*(item.can for item in found)), either(*(item.must for item in found)))


def at_least(count: int, items: Iterable[Verdict]) -> Verdict:
    """At least so many of some."""
    found = list(items)
    return Verdict(
        several(count, (item.can for item in found)), several(count, (item.must for item in found))
    )


def compare(op: str, one: Stretch, other: Stretch) -> Verdict:
    """A comparison of two numbers; what cannot be computed meets none."""
    found = _compare(op, one, other)
    return Verdict(
        both(invert(one.void), invert(other.void), found.can),
        both(invert(one.maybe), invert(other.maybe), found.must),
    )


def _compare(op: str, one: Stretch, other: Stretch) -> Verdict:
    match op:
        case ">=":
            return Verdict(high_reaches(one.high, other.low), low_reaches(one.low, other.high))
        case ">":
            return Verdict(high_exceeds(one.high, other.low), low_exceeds(one.low, other.high))
        case "<=":
            return Verdict(high_reaches(other.high, one.low), low_reaches(other.low, one.high))
        case "<":
            return Verdict(high_exceeds(other.high, one.low), low_exceeds(other.low, one.high))
    same = Verdict(
        both(high_reaches(other.high, one.low), high_reaches(one.high, other.low)),
        both(low_reaches(one.low, other.high), low_reaches(other.low, one.high)),
    )
    return same if op == "==" else ~same


def within(
    value: Stretch, low: Stretch | None, low_closed: bool, high: Stretch | None, high_closed: bool
) -> Verdict:
    """Whether a number lies between two edges; None is open-ended."""
    sides = []
    if low is not None:
        sides.append(compare(">=" if low_closed else ">", value, low))
    if high is not None:
        sides.append(compare("<=" if high_closed else "<", value, high))
    return every(sides) if sides else Verdict(invert(value.void), invert(value.maybe))
