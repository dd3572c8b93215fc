"""How points come out of what may hold: the first that holds, nothing for what cannot be computed, rounding."""

from __future__ import annotations

from fractions import Fraction

from luming.standards.points import Points
from luming.standards.span import Span, Void, hull, point, round_half_up
from luming.standards.truth import Truth

_ZERO = Fraction(0)


def first_of(items: list[tuple[Points, Truth]]) -> Span:
    """Points of the first that holds; 0 where none may."""
    possible: list[Span] = []
    for points, holds in items:
        if holds.can:
            possible.append(Span(points.low, points.high))
        if holds.must:
            return hull(possible)
    return hull((*possible, point(0)))


def nothing_if_void(span: Span) -> Span:
    """Points and money of what cannot be computed are 0."""
    if span.void is Void.YES:
        return point(0)
    return span if span.void is Void.NO else hull((Span(span.low, span.high), point(0)))


def rounded(span: Span, over: Fraction, decimals: int) -> Span:
    """A stretch divided by a number and rounded half up at both ends."""
    return Span(round_half_up(span.low / over, decimals), round_half_up(span.high / over, decimals))
