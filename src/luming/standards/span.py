"""A number that may not be known: the closed stretch it lies in, and whether it can be reckoned at all.

Arithmetic of stretches over exact fractions. A quotient whose denominator may be 0 may be not computable; where the
denominator only touches 0 the quotient is bounded by LARGE, which stands for beyond every threshold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

LARGE = Fraction(10**15)


class Void(IntEnum):
    """Whether a number is not computable (a denominator of 0)."""

    NO = 0
    MAYBE = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Span:
    """All that a number may be: from low to high, both included; `void` says whether it may be nothing at all."""

    low: Fraction
    high: Fraction
    void: Void = Void.NO

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high and self.void is Void.NO

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high, max(self.void, other.void))

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low, max(self.void, other.void))

    def __mul__(self, other: Span) -> Span:
        void = max(self.void, other.void)
        if self.low == self.high and other.low == other.high:
            one = self.low * other.low
            return Span(one, one, void)
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(corners), max(corners), void)

    def __truediv__(self, other: Span) -> Span:
        void = max(self.void, other.void)
        if other.low > 0 or other.high < 0:
            if self.low == self.high and other.low == other.high:
                one = self.low / other.low
                return Span(one, one, void)
            corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
            return Span(min(corners), max(corners), void)
        if other.low == 0 == other.high:
            return VOID
        return self._over_zero(other, max(void, Void.MAYBE))

    def _over_zero(self, other: Span, void: Void) -> Span:
        """The quotient by a stretch that touches or holds 0."""
        corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high) if b]
        if other.high > 0:
            corners += [LARGE] if self.high > 0 else []
            corners += [-LARGE] if self.low < 0 else []
        if other.low < 0:
            corners += [-LARGE] if self.high > 0 else []
            corners += [LARGE] if self.low < 0 else []
        return Span(min(corners), max(corners), void)

    def clamp(self, low: Fraction | None, high: Fraction | None) -> Span:
        """Cut at both ends."""
        return Span(_cut(self.low, low, high), _cut(self.high, low, high), self.void)


VOID = Span(Fraction(0), Fraction(0), Void.YES)


def point(value: Fraction | int) -> Span:
    """A number that is known."""
    exact = Fraction(value)
    return Span(exact, exact)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest stretch that holds all of some."""
    found = list(spans)
    real = [span for span in found if span.void is not Void.YES]
    if not real:
        return VOID
    every = all(span.void is Void.NO for span in found)
    return Span(
        min(span.low for span in real), max(span.high for span in real), Void.NO if every else Void.MAYBE
    )


def _cut(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    if high is not None and value > high:
        value = high
    if low is not None and value < low:
        value = low
    return value


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to some decimals; a half goes away from zero (四舍五入)."""
    scale = 10**decimals
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)
