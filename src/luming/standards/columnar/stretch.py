"""Numbers of a query that may not be known: between which bounds they lie, and whether they can be computed.

The same arithmetic as `luming.standards.span`, term by term. A bound is the least (or greatest) of some fractions, each
under a truth; it is compared term by term, so that no product of more digits than needed arises.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.columnar.node import FALSE, TRUE, Bool, both, either, invert
from luming.standards.columnar.ratio import (
    Ratio,
    TooLarge,
    above_zero,
    add,
    at_least,
    cut,
    divide,
    exact,
    is_zero,
    more_than,
    multiply,
    negative,
    select,
    sign,
)
from luming.standards.span import LARGE

Bound = tuple[tuple[Bool, Ratio], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the least of `low` to the greatest of `high`.

    Attributes:
        maybe: it may be not computable, or is.
        void: it is not computable.
        same: whether both bounds are one number, where the parts it is made of tell; None: compare them.
    """

    low: Bound
    high: Bound
    maybe: Bool = FALSE
    void: Bool = FALSE
    same: Bool | None = None

    @property
    def point(self) -> Ratio | None:
        """The fraction, where both bounds are one and the same."""
        return (
            self.low[0][1]
            if self.low == self.high and self.low[0][0] is TRUE and len(self.low) == 1
            else None
        )


def one(ratio: Ratio, void: Bool = FALSE) -> Stretch:
    """A number that is known, or not computable."""
    bound = ((TRUE, ratio),)
    return Stretch(bound, bound, void, void, TRUE)


def between(
    low: Ratio, high: Ratio, maybe: Bool = FALSE, void: Bool = FALSE, same: Bool | None = None
) -> Stretch:
    """A number between two others."""
    return Stretch(((TRUE, low),), ((TRUE, high),), maybe, void, TRUE if low == high else same)


NOTHING = Stretch(((TRUE, exact(0)),), ((TRUE, exact(0)),), TRUE, TRUE)


def lowest(item: Stretch) -> Ratio:
    """The lower bound as one fraction."""
    return _settled(item.low, at_least)


def highest(item: Stretch) -> Ratio:
    """The upper bound as one fraction."""
    return _settled(item.high, lambda one, other: at_least(other, one))


def _settled(bound: Bound, beyond: object) -> Ratio:
    if len(bound) == 1:
        return bound[0][1]
    assert callable(beyond)
    ways = []
    for at, (when, ratio) in enumerate(bound[:-1]):
        others = [item for place, item in enumerate(bound) if place != at]
        ways.append(
            (both(when, *(either(invert(open_), beyond(other, ratio)) for open_, other in others)), ratio)
        )
    return select(ways, bound[-1][1])


# Comparisons of bounds


def low_reaches(low: Bound, high: Bound) -> Bool:
    """low >= high: every term of the one is at least every term of the other."""
    return both(
        *(
            either(invert(when), invert(where), at_least(mine, other))
            for when, mine in low
            for where, other in high
        )
    )


def low_exceeds(low: Bound, high: Bound) -> Bool:
    """low > high."""
    return both(
        *(
            either(invert(when), invert(where), more_than(mine, other))
            for when, mine in low
            for where, other in high
        )
    )


def high_reaches(high: Bound, low: Bound) -> Bool:
    """high >= low: some term of the one is at least some term of the other."""
    return either(*(both(when, where, at_least(mine, other)) for when, mine in high for where, other in low))


def high_exceeds(high: Bound, low: Bound) -> Bool:
    """high > low."""
    return either(*(both(when, where, more_than(mine, other)) for when, mine in high for where, other in low))


def known(item: Stretch) -> Bool:
    """Whether it is one number."""
    same = low_reaches(item.low, item.high) if item.same is None else item.same
    return both(invert(item.maybe), same)


def _same(item: Stretch) -> Bool | None:
    """Whether both bounds are one number; None where the comparison would need too many digits."""
    if item.same is not None:
        return item.same
    try:
        return low_reaches(item.low, item.high)
    except TooLarge:
        return None


def _same_product(left: Stretch, right: Stretch, quotient: bool = False) -> Bool | None:
    """Whether a product of two is one number: both are, or one of them is 0."""
    one_, other = _same(left), _same(right)
    if one_ is None or other is None:
        return None
    ways = [both(one_, other), both(one_, is_zero(lowest(left)))]
    return either(*ways) if quotient else either(*ways, both(other, is_zero(lowest(right))))


# Arithmetic


def plus(left: Stretch, right: Stretch) -> Stretch:
    """The sum."""
    maybe, void = either(left.maybe, right.maybe), either(left.void, right.void)
    low = add(lowest(left), lowest(right))
    if left.point and right.point:
        return between(low, low, maybe, void)
    one_, other = _same(left), _same(right)
    same = None if one_ is None or other is None else both(one_, other)
    return between(low, add(highest(left), highest(right)), maybe, void, same)


def minus(left: Stretch, right: Stretch) -> Stretch:
    """The difference."""
    turned = between(negative(highest(right)), negative(lowest(right)), right.maybe, right.void, right.same)
    return plus(left, turned)


def times(left: Stretch, right: Stretch) -> Stretch:
    """The product."""
    maybe, void = either(left.maybe, right.maybe), either(left.void, right.void)
    if left.point and right.point:
        found = multiply(left.point, right.point)
        return between(found, found, maybe, void)
    if right.point and right.point.settled:
        left, right = right, left
    same = _same_product(left, right)
    lows, highs = (lowest(left), highest(left)), (lowest(right), highest(right))
    if left.point and left.point.settled:
        found, other = (multiply(left.point, item) for item in highs)
        found, other = (found, other) if left.point.over.low >= 0 else (other, found)
        return between(found, other, maybe, void, same)
    if lows[0].over.low >= 0 and highs[0].over.low >= 0:
        return between(multiply(lows[0], highs[0]), multiply(lows[1], highs[1]), maybe, void, same)
    corners = tuple((TRUE, multiply(a, b)) for a in dict.fromkeys(lows) for b in dict.fromkeys(highs))
    return Stretch(corners, corners, maybe, void, same)


def over(left: Stretch, right: Stretch) -> Stretch:
    """The quotient."""
    bottom, top = lowest(right), highest(right)
    zero = is_zero(top) if right.point else both(is_zero(bottom), is_zero(top))
    void = either(left.void, right.void, zero)
    if left.point and right.point:
        found = divide(left.point, right.point)
        return between(found, found, either(left.maybe, right.maybe, zero), void)
    clear = either(above_zero(bottom), above_zero(negative(top)))
    maybe = either(left.maybe, right.maybe, zero if right.point else invert(clear))
    low, high = _quotients(lowest(left), highest(left), bottom, top)
    return Stretch(low, high, maybe, void, _same_product(left, right, quotient=True))


def _quotients(first: Ratio, last: Ratio, bottom: Ratio, top: Ratio) -> tuple[Bound, Bound]:
    """The bounds of [first, last] / [bottom, top], as `Span.__truediv__` finds them."""
    large = exact(LARGE)
    positive, negative_ = above_zero(bottom), above_zero(negative(top))
    low = [
        (both(positive, sign(first)), divide(first, top)),
        (positive, divide(first, bottom)),
        (both(negative_, sign(last)), divide(last, top)),
        (negative_, divide(last, bottom)),
    ]
    high = [
        (both(positive, sign(last)), divide(last, bottom)),
        (positive, divide(last, top)),
        (both(negative_, sign(first)), divide(first, bottom)),
        (negative_, divide(first, top)),
    ]
    up, down = above_zero(top), above_zero(negative(bottom))
    gains, losses = above_zero(last), above_zero(negative(first))
    sinks = either(both(up, losses), both(down, gains))
    soars = either(both(up, gains), both(down, losses))
    low += [(both(invert(sinks), up), divide(first, top)), (both(invert(sinks), down), divide(last, bottom))]
    high += [(both(invert(soars), up), divide(last, top)), (both(invert(soars), down), divide(first, bottom))]
    lows: Bound = ((TRUE, select(low, negative(large))),)
    highs: Bound = ((TRUE, select(high, large)),)
    beyond = [(up, first, last, top), (down, last, first, bottom)]
    for when, small, great, by in beyond:
        if _may_exceed(small, by):
            lows += ((both(sinks, when, invert(positive), invert(negative_)), divide(small, by)),)
        if _may_exceed(great, by):
            highs += ((both(soars, when, invert(positive), invert(negative_)), divide(great, by)),)
    return tuple(item for item in lows if item[0] is not FALSE), tuple(
        item for item in highs if item[0] is not FALSE
    )


def _may_exceed(above: Ratio, below: Ratio) -> bool:
    """Whether a quotient by the least step that is not 0 may lie beyond LARGE."""
    return above.reach * below.under.high / below.scale > LARGE


def growth(first: Stretch, last: Stretch) -> Stretch:
    """The quotient last / first; not computable where the first is not above 0."""
    bottom, top = lowest(first), highest(first)
    void = either(invert(above_zero(top)), first.void, last.void)
    maybe = either(void, first.maybe, last.maybe, invert(above_zero(bottom)))
    if first.point:
        floor = one(cut(first.point, Fraction(0), None))
    else:
        floor = between(cut(bottom, Fraction(0), None), cut(top, Fraction(0), None))
    found = over(last, floor)
    return Stretch(found.low, found.high, maybe, void, found.same)


def clamp(item: Stretch, low: Fraction | None, high: Fraction | None) -> Stretch:
    """Cut at both ends."""
    found = cut(lowest(item), low, high)
    if item.point:
        return between(found, found, item.maybe, item.void)
    return between(found, cut(highest(item), low, high), item.maybe, item.void)


def pick(items: Iterable[Stretch], greatest: bool) -> Stretch:
    """The greatest or the least of some."""
    found = list(items)
    lows, highs = [lowest(item) for item in found], [highest(item) for item in found]
    maybe, void = either(*(item.maybe for item in found)), either(*(item.void for item in found))
    low = _best(lows, greatest)
    return between(low, low if all(item.point for item in found) else _best(highs, greatest), maybe, void)


def _best(items: list[Ratio], greatest: bool) -> Ratio:
    best = items[0]
    for item in items[1:]:
        better = at_least(item, best) if greatest else at_least(best, item)
        best = select([(better, item)], best)
    return best


def hull(ways: Iterable[tuple[Bool, Stretch]], settled: Bool, alone: bool) -> Stretch:
    """The smallest stretch that holds all whose truth holds; where none holds it is not computable.

    Args:
        settled: one of them holds for sure; where none does, it may be not computable.
        alone: no two of the truths hold together.
    """
    found = [(when, item) for when, item in ways if when is not FALSE]
    real = [(both(when, invert(item.void)), item) for when, item in found if item.void is not TRUE]
    void = invert(either(*(when for when, _ in real)))
    maybe = either(void, invert(settled), *(both(when, item.maybe) for when, item in found))
    if not real:
        return NOTHING
    if len(real) == 1:
        return Stretch(real[0][1].low, real[0][1].high, maybe, void, real[0][1].same)
    if alone and all(len(item.low) == len(item.high) == 1 for _, item in real):
        low = select([(when, lowest(item)) for when, item in real[:-1]], lowest(real[-1][1]))
        if all(item.point for _, item in real):
            return between(low, low, maybe, void)
        high = select([(when, highest(item)) for when, item in real[:-1]], highest(real[-1][1]))
        sames = [(when, _same(item)) for when, item in real]
        same = either(*(both(when, one_) for when, one_ in sames if one_ is not None))
        return between(low, high, maybe, void, None if any(one_ is None for _, one_ in sames) else same)
    return Stretch(
        tuple((both(when, where), ratio) for when, item in real for where, ratio in item.low),
        tuple((both(when, where), ratio) for when, item in real for where, ratio in item.high),
        maybe,
        void,
    )
