"""Whole numbers and truths of a query as a graph: equal nodes are one node, every number knows its bounds.

Comparisons that the bounds settle are settled here, so what a column can never be is never asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

LONGEST = 10**38 - 1
"""The greatest number of the widest column both databases have."""
LONG = 2**63 - 1


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Int:
    """A whole number, never null, between two bounds that hold for every row."""

    op: str
    args: tuple[Any, ...]
    low: int
    high: int

    @property
    def wide(self) -> bool:
        """Whether it needs more than 64 bits."""
        return self.high > LONG or self.low < -LONG

    @property
    def reach(self) -> int:
        """The greatest magnitude."""
        return max(abs(self.low), abs(self.high))


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Bool:
    """A truth in two values, never null."""

    op: str
    args: tuple[Any, ...]


Node = Int | Bool
_ints: WeakValueDictionary[Any, Int] = WeakValueDictionary()
_bools: WeakValueDictionary[Any, Bool] = WeakValueDictionary()


def _int(op: str, args: tuple[Any, ...], low: int, high: int) -> Int:
    if low == high:
        op, args = "const", (low,)
    key = (op, args, low, high)
    found = _ints.get(key)
    if found is None:
        found = _ints[key] = Int(op, args, low, high)
    return found


def _bool(op: str, *args: Any) -> Bool:
    key = (op, args)
    found = _bools.get(key)
    if found is None:
        found = _bools[key] = Bool(op, args)
    return found


TRUE = _bool("const", True)
FALSE = _bool("const", False)


def const(value: int) -> Int:
    """A number that is the same in every row."""
    return _int("const", (value,), value, value)


ZERO, ONE = const(0), const(1)


def column(name: str, low: int, high: int) -> Int:
    """A whole number read from a column; where the column is null it must not matter."""
    return _int("column", (name,), low, high)


def present(name: str) -> Bool:
    """Whether a column is not null."""
    return _bool("present", name)


def flag(name: str, missing: bool) -> Bool:
    """A column of truths; null counts as `missing`."""
    return _bool("flag", name, missing)


def among(name: str, options: Iterable[str], missing: bool) -> Bool:
    """Whether a column is one of some words; null counts as `missing`."""
    return _bool("among", name, tuple(sorted(options)), missing)


def years(first: str | None, last: str | None) -> Int:
    """Full years between two days; None is the day of the assessment."""
    return _int("years", (first, last), -9999, 9999)


def days(first: str | None, last: str | None) -> Int:
    """Days between two days; None is the day of the assessment."""
    return _int("days", (first, last), -3_700_000, 3_700_000)


# Truths


def invert(item: Bool) -> Bool:
    """Not."""
    if item.op == "const":
        return FALSE if item is TRUE else TRUE
    if item.op == "not":
        found: Bool = item.args[0]
        return found
    return _bool("not", item)


def both(*items: Bool) -> Bool:
    """All of some."""
    found: dict[Bool, None] = {}
    for item in items:
        for part in item.args if item.op == "and" else (item,):
            if part is not TRUE:
                found[part] = None
    if FALSE in found or any(invert(item) in found for item in found):
        return FALSE
    if not found:
        return TRUE
    return next(iter(found)) if len(found) == 1 else _bool("and", *found)


def either(*items: Bool) -> Bool:
    """Any of some."""
    found: dict[Bool, None] = {}
    for item in items:
        for part in item.args if item.op == "or" else (item,):
            if part is not FALSE:
                found[part] = None
    if TRUE in found or any(invert(item) in found for item in found):
        return TRUE
    if not found:
        return FALSE
    return next(iter(found)) if len(found) == 1 else _bool("or", *found)


def several(count: int, items: Iterable[Bool]) -> Bool:
    """At least so many of some."""
    found = [item for item in items if item is not FALSE]
    sure = sum(item is TRUE for item in found)
    found, count = [item for item in found if item is not TRUE], count - sure
    if count <= 0:
        return TRUE
    if count > len(found):
        return FALSE
    if count == 1:
        return either(*found)
    return both(*found) if count == len(found) else _bool("several", count, *found)


def reaches(one: Int, other: Int) -> Bool:
    """one >= other."""
    if one is other or one.low >= other.high:
        return TRUE
    if one.high < other.low:
        return FALSE
    if one.op == "const":
        return invert(_bool("reaches", other, const(one.low + 1)))
    return _bool("reaches", one, other)


def equals(one: Int, other: Int) -> Bool:
    """one = other."""
    if one is other:
        return TRUE
    if one.high < other.low or other.high < one.low:
        return FALSE
    if other.op == "const" and one.low == other.low:
        return invert(reaches(one, const(one.low + 1)))
    return _bool("equals", one, other)


# Numbers


def plus(one: Int, other: Int) -> Int:
    """The sum."""
    if one is ZERO:
        return other
    if other is ZERO:
        return one
    if one.op == "const":
        one, other = other, one
    return _int("plus", (one, other), one.low + other.low, one.high + other.high)


def times(one: Int, other: Int) -> Int:
    """The product."""
    if one.op == "const":
        one, other = other, one
    if other is ONE or one is ZERO:
        return one
    if other is ZERO:
        return other
    if other.op == "const" and one.op == "times" and one.args[1].op == "const":
        one, other = one.args[0], const(one.args[1].low * other.low)
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    low, high = min(corners), max(corners)
    if one is other:
        low = 0 if one.low <= 0 <= one.high else min(one.low**2, one.high**2)
    return _int("times", (one, other), low, high)


def minus(one: Int, other: Int) -> Int:
    """The difference."""
    return plus(one, times(other, const(-1)))


def least(one: Int, other: Int) -> Int:
    """The smaller of two."""
    if one is other or one.high <= other.low:
        return one
    if other.high <= one.low:
        return other
    return _int("least", (one, other), min(one.low, other.low), min(one.high, other.high))


def greatest(one: Int, other: Int) -> Int:
    """The greater of two."""
    if one is other or one.low >= other.high:
        return one
    if other.low >= one.high:
        return other
    return _int("greatest", (one, other), max(one.low, other.low), max(one.high, other.high))


def quotient(one: Int, other: Int) -> Int:
    """one // other for one >= 0; where other is below 1, by 1."""
    other = greatest(other, ONE)
    if other is ONE:
        return one
    return _int("quotient", (one, other), max(one.low, 0) // other.high, max(one.high, 0) // other.low)


def remainder(one: Int, by: Int) -> Int:
    """one mod by, for one >= 0; where by is below 1, by 1."""
    by = greatest(by, ONE)
    return one if one.high < by.low else _int("remainder", (one, by), 0, by.high - 1)


def absolute(one: Int) -> Int:
    """The magnitude."""
    if one.low >= 0:
        return one
    negative = times(one, const(-1))
    return negative if one.high <= 0 else greatest(one, negative)


def choose(ways: Iterable[tuple[Bool, Int]], otherwise: Int) -> Int:
    """The number of the first truth that holds."""
    found: list[tuple[Bool, Int]] = []
    for when, value in ways:
        when = _without(when, [earlier for earlier, _ in found])
        if when is FALSE:
            continue
        if when is TRUE:
            otherwise = value
            break
        found.append((when, value))
    while found and found[-1][1] is otherwise:
        found.pop()
    if not found:
        return otherwise
    values = [value for _, value in found] + [otherwise]
    low, high = min(value.low for value in values), max(value.high for value in values)
    return _int("choose", (*(part for way in found for part in way), otherwise), low, high)


def _without(when: Bool, earlier: list[Bool]) -> Bool:
    """A truth without the parts that follow from earlier ones not holding."""
    parts = list(when.args) if when.op == "and" else [when]
    for before in earlier:
        if before in parts:
            return FALSE
        asked = before.args if before.op == "and" else (before,)
        open_ = [item for item in asked if item not in parts]
        if len(open_) == 1:
            parts = [part for part in parts if part is not invert(open_[0])]
        if not open_:
            return FALSE
    return both(*parts)
