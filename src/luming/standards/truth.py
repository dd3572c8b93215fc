"""Three-valued truth: whether something can hold and whether it must, given what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.span import Span, Void


@dataclass(frozen=True, slots=True)
class Truth:
    """`must`: it holds whatever is missing; `can`: it holds for some of what may be missing."""

    can: bool
    must: bool

    @property
    def known(self) -> bool:
        """Whether what is missing does not matter."""
        return self.can == self.must

    def __invert__(self) -> Truth:
        return Truth(not self.must, not self.can)


YES = Truth(True, True)
NO = Truth(False, False)
OPEN = Truth(True, False)


def truth(value: bool) -> Truth:
    """A truth that is known."""
    return YES if value else NO


def every(items: Iterable[Truth]) -> Truth:
    """All of some."""
    must = True
    for item in items:
        if not item.can:
            return NO
        must = must and item.must
    return YES if must else OPEN


def some(items: Iterable[Truth]) -> Truth:
    """Any of some."""
    can = False
    for item in items:
        if item.must:
            return YES
        can = can or item.can
    return OPEN if can else NO


def at_least(count: int, items: Iterable[Truth]) -> Truth:
    """At least so many of some."""
    found = list(items)
    return Truth(sum(item.can for item in found) >= count, sum(item.must for item in found) >= count)


def compare(op: str, one: Span, other: Span) -> Truth:
    """A comparison of two numbers; what cannot be computed meets no comparison."""
    if Void.YES in (one.void, other.void):
        return NO
    found = _compare(op, one, other)
    sure = one.void is Void.NO and other.void is Void.NO
    return found if sure else Truth(found.can, False)


def _compare(op: str, one: Span, other: Span) -> Truth:
    match op:
        case ">=":
            return Truth(not _less(one.high, other.low), not _less(one.low, other.high))
        case ">":
            return Truth(_less(other.low, one.high), _less(other.high, one.low))
        case "<=":
            return Truth(not _less(other.high, one.low), not _less(other.low, one.high))
        case "<":
            return Truth(_less(one.low, other.high), _less(one.high, other.low))
    same = Truth(
        not _less(other.high, one.low) and not _less(one.high, other.low),
        one.low == one.high == other.low == other.high,
    )
    return same if op == "==" else ~same


def _less(one: Fraction, other: Fraction) -> bool:
    """Exact, and several times as fast as the comparison of fractions, which first asks what it was given."""
    return one.numerator * other.denominator < other.numerator * one.denominator


def within(value: Span, low: Span | None, low_closed: bool, high: Span | None, high_closed: bool) -> Truth:
    """Whether a number lies between two edges; None is open-ended."""
    sides = []
    if low is not None:
        sides.append(compare(">=" if low_closed else ">", value, low))
    if high is not None:
        sides.append(compare("<=" if high_closed else "<", value, high))
    if not sides:
        return truth(value.void is Void.NO) if value.void is not Void.MAYBE else OPEN
    return every(sides)
