"""Exact fractions of whole-number columns: a fixed scale times a numerator over a denominator that is never negative.

Comparisons multiply crosswise; nothing is divided but where points and money are rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from luming.errors import LumingError
from luming.standards.columnar.node import (
    LONG,
    LONGEST,
    ONE,
    TRUE,
    ZERO,
    Bool,
    Int,
    absolute,
    both,
    choose,
    const,
    equals,
    greatest,
    invert,
    least,
    plus,
    quotient,
    reaches,
    times,
)


class TooLarge(LumingError):
    """A formula whose numbers may have more digits than a column holds."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """scale * over / under. `under` is 0 only where the number cannot be computed."""

    over: Int
    under: Int
    scale: Fraction

    @property
    def settled(self) -> bool:
        """Whether it is the same in every row."""
        return self.over.op == "const" and self.under.op == "const"

    @property
    def reach(self) -> Fraction:
        """The greatest magnitude it may have."""
        return self.scale * self.over.reach


def exact(value: Fraction | int) -> Ratio:
    """A number that is the same in every row."""
    number = Fraction(value)
    if not number:
        return Ratio(ZERO, ONE, Fraction(1))
    return Ratio(const(1 if number > 0 else -1), ONE, abs(number))


def fitting(number: Int) -> Int:
    """The number itself, if a column can hold it.

    Raises:
        TooLarge: it may have more than 38 digits.
    """
    if number.reach > LONGEST:
        raise TooLarge(
            f"算式的中间结果可能有{len(str(number.reach))}位数,超出数据库整数的38位;请把输入的取值范围(min、max)写窄,"
            "或把算式拆成几个分别比较的条件。"
        )
    return number


def _product(*numbers: Int) -> Int:
    found = numbers[0]
    for number in numbers[1:]:
        found = fitting(times(found, number))
    return found


def common(items: Iterable[Ratio]) -> tuple[Fraction, list[Int]]:
    """One scale for several, and the numerators on it."""
    found = list(items)
    scales = [item.scale for item in found if item.over is not ZERO] or [Fraction(1)]
    scale = scales[0]
    for other in scales[1:]:
        scale = Fraction(
            gcd(scale.numerator * other.denominator, other.numerator * scale.denominator),
            scale.denominator * other.denominator,
        )
    return scale, [
        ZERO if item.over is ZERO else _product(item.over, const(int(item.scale / scale))) for item in found
    ]


def add(one: Ratio, other: Ratio) -> Ratio:
    """The sum."""
    if one.over is ZERO and one.under is ONE:
        return other
    if other.over is ZERO and other.under is ONE:
        return one
    scale, (left, right) = common((one, other))
    if one.under is other.under:
        return Ratio(fitting(plus(left, right)), one.under, scale)
    over = plus(_product(left, other.under), _product(right, one.under))
    return Ratio(fitting(over), _product(one.under, other.under), scale)


def negative(one: Ratio) -> Ratio:
    """The number with the other sign."""
    return Ratio(times(one.over, const(-1)), one.under, one.scale)


def multiply(one: Ratio, other: Ratio) -> Ratio:
    """The product."""
    if one.over is other.under:
        return Ratio(other.over, one.under, one.scale * other.scale)
    if other.over is one.under:
        return Ratio(one.over, other.under, one.scale * other.scale)
    return Ratio(_product(one.over, other.over), _product(one.under, other.under), one.scale * other.scale)


def divide(one: Ratio, other: Ratio) -> Ratio:
    """The quotient; its denominator is 0 where the other is 0."""
    over, under = one.over, one.under
    if under is other.under:
        under = ONE
    else:
        over = _product(over, other.under)
    if other.over.low < 0:
        over = choose([(sign(other), over)], times(over, const(-1)))
    return Ratio(over, _product(under, absolute(other.over)), one.scale / other.scale)


def sign(one: Ratio) -> Bool:
    """Whether it is 0 or more."""
    return reaches(one.over, ZERO)


def above_zero(one: Ratio) -> Bool:
    """Whether it is more than 0."""
    return reaches(one.over, ONE)


def is_zero(one: Ratio) -> Bool:
    """Whether it is 0."""
    return equals(one.over, ZERO)


def at_least(one: Ratio, other: Ratio) -> Bool:
    """one >= other, for numbers that can be computed."""
    factor = one.scale / other.scale
    whole = one.under is ONE and other.under is ONE
    if whole and other.settled:
        edge = other.over.low / factor
        return reaches(one.over, const(-(-edge.numerator // edge.denominator)))
    if whole and one.settled:
        edge = one.over.low * factor
        return invert(reaches(other.over, const(edge.numerator // edge.denominator + 1)))
    left, right = one.over, other.over
    if one.under is not other.under:
        left, right = _product(left, other.under), _product(right, one.under)
    return reaches(_product(left, const(factor.numerator)), _product(right, const(factor.denominator)))


def more_than(one: Ratio, other: Ratio) -> Bool:
    """one > other, for numbers that can be computed."""
    return invert(at_least(other, one))


def select(ways: Iterable[tuple[Bool, Ratio]], otherwise: Ratio) -> Ratio:
    """The number of the first truth that holds."""
    found = [*ways, (TRUE, otherwise)]
    if all(ratio.under is ONE for _, ratio in found):
        scale, overs = common(ratio for _, ratio in found)
        unders = [ONE for _ in found]
    else:
        longest = max((ratio for _, ratio in found), key=lambda ratio: ratio.over.reach * ratio.under.reach)
        scale, overs, unders = longest.scale, [], []
        for _, ratio in found:
            factor = Fraction(1) if ratio.over is ZERO else ratio.scale / scale
            overs.append(_product(ratio.over, const(factor.numerator)))
            unders.append(_product(ratio.under, const(factor.denominator)))
    truths = [when for when, _ in found[:-1]]
    return Ratio(
        choose(zip(truths, overs[:-1], strict=True), overs[-1]),
        choose(zip(truths, unders[:-1], strict=True), unders[-1]),
        scale,
    )


def cut(one: Ratio, low: Fraction | None, high: Fraction | None) -> Ratio:
    """Cut at both ends."""
    found = one
    if high is not None:
        found = _cut(found, exact(high), at_least(found, exact(high)), least)
    if low is not None:
        found = _cut(found, exact(low), at_least(exact(low), found), greatest)
    return found


def _cut(one: Ratio, edge: Ratio, beyond: Bool, pick: object) -> Ratio:
    if one.under is not ONE:
        return select([(beyond, edge)], one)
    scale, (over, limit) = common((one, edge))
    return Ratio(least(over, limit) if pick is least else greatest(over, limit), ONE, scale)


def rounded(one: Ratio, factor: Fraction, most: int | None = None) -> Int:
    """one times factor as a whole number; a half goes away from zero.

    Args:
        most: the magnitude that the result is known not to exceed wherever it matters.
    """
    ratio = one.scale * factor
    over = _product(absolute(one.over), const(ratio.numerator))
    under = _product(one.under, const(ratio.denominator))
    found = over
    if under is not ONE:
        fitting(plus(over, under))
        found = _halved(over, under)
        if over.high + under.high // 2 > LONG:
            found = _narrow(one, ratio, found)
    if most is not None:
        found = least(found, const(most))
    if found.high > LONG:
        raise TooLarge(
            f"要四舍五入的结果可能有{len(str(found.high))}位数,超出64位整数;请把输入的取值范围写窄。"
        )
    if one.over.low >= 0:
        return found
    return choose([(sign(one), found)], times(found, const(-1)))


def _halved(over: Int, under: Int) -> Int:
    return quotient(plus(over, quotient(under, const(2))), under)


def _narrow(one: Ratio, ratio: Fraction, wide: Int) -> Int:
    """Divide in 64 bits where the row's own numbers allow it: dividing wider ones is slow."""
    top, bottom = LONG // 4 // ratio.numerator, LONG // 4 // ratio.denominator
    if not top or not bottom:
        return wide
    size = absolute(one.over)
    over = times(least(size, const(top)), const(ratio.numerator))
    under = times(least(one.under, const(bottom)), const(ratio.denominator))
    small = both(invert(reaches(size, const(top + 1))), invert(reaches(one.under, const(bottom + 1))))
    return choose([(small, _halved(over, under))], wide)


def floored(one: Ratio) -> Int:
    """The greatest whole number that is not above it."""
    over, under = (
        _product(one.over, const(one.scale.numerator)),
        _product(one.under, const(one.scale.denominator)),
    )
    size = absolute(over)
    up = quotient(size, under)
    if over.low >= 0:
        return up
    down = times(quotient(fitting(plus(size, plus(under, const(-1)))), under), const(-1))
    return choose([(sign(one), up)], down)
