"""What a firm can change: an adjustable fact, moved one way in whole steps from its present value, each at a cost.

Distance: the cost of a set of changes is the sum over the facts of steps times cost per step; steps is the change
divided by the step, rounded up. A change is a whole number of steps, cut at the end of the fact's domain, and lands on
the grid of the fact's values. (Where the step is not on that grid, several steps make one move, and none is cut.)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.evaluator import Fact, Facts
from luming.standards.model import Input, InputKind, Standard


@dataclass(frozen=True, slots=True)
class Lever:
    """One fact moved one way.

    Attributes:
        sign: 1 up, -1 down.
        stride: how far one move goes, in base units; a whole number of steps that lands on the grid.
        most: so many moves reach the end of the domain.
        cost: effort of one move.
    """

    input: Input
    start: Fraction | bool
    sign: int
    stride: Fraction
    most: int
    cost: Fraction

    @property
    def key(self) -> str:
        """The fact."""
        return self.input.key

    @property
    def quick(self) -> bool:
        """Whether the change can be done within the year."""
        return self.input.adjust is not None and self.input.adjust.quick

    def value(self, moves: int) -> Fact:
        """The value after some moves."""
        if isinstance(self.start, bool):
            return self.start != bool(moves)
        value = self.start + self.sign * moves * self.stride
        return min(max(value, self.input.lowest), self.input.highest)


def levers(standard: Standard, facts: Facts, keys: Collection[str]) -> tuple[Lever, ...]:
    """The moves open to a firm among some facts: known and adjustable; up before down where both are allowed."""
    found = []
    for key, item in standard.inputs.items():
        if key in keys and key in facts and item.adjust is not None:
            signs = {"up": (1,), "down": (-1,), "both": (1, -1)}[item.adjust.direction]
            found += [lever for sign in signs if (lever := _lever(item, facts[key], sign)) is not None]
    return tuple(found)


def _lever(item: Input, start: Fact, sign: int) -> Lever | None:
    adjust = item.adjust
    assert adjust is not None
    if isinstance(start, bool):
        if start is (sign > 0):
            return None
        return Lever(item, start, sign, Fraction(1), 1, adjust.cost)
    if item.type is not InputKind.NUMBER or not isinstance(start, Fraction):
        return None
    room = item.highest - start if sign > 0 else start - item.lowest
    if room <= 0:
        return None
    steps = (adjust.step / item.step).denominator
    stride = adjust.step * steps
    end = item.highest if sign > 0 else item.lowest
    cut = steps == 1 and (end / item.step).denominator == 1
    most = -(-room // stride) if cut else room // stride
    return Lever(item, start, sign, stride, most, adjust.cost * steps) if most else None


def steps_of(item: Input, before: Fact, after: Fact) -> int:
    """How many steps of a fact lie between two values."""
    if isinstance(before, bool) or item.adjust is None:
        return int(before != after)
    assert isinstance(before, Fraction)
    assert isinstance(after, Fraction)
    return int(-(-abs(after - before) // item.adjust.step))
