"""A missing number thought at an end of one of its cells, within the bonds to its parts and its whole as they move.

The assessment thinks a missing number within a cell, not above a known whole nor below a known part that lies in the
cell. Where part or whole moves, that end moves with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.evaluator import Facts
from luming.standards.model import Standard
from luming.standards.span import Span, point
from luming.standards.split import cells


@dataclass(frozen=True, slots=True)
class Pin:
    """The lower or upper end of a cell of a missing number.

    Attributes:
        bound: facts that hold this end: parts that it is never below, or the whole that it is never above.
    """

    low: Fraction
    high: Fraction
    upper: bool
    bound: tuple[str, ...]

    def span(self, known: Callable[[str], Span]) -> Span:
        """Where the end lies, while the facts that hold it move."""
        low = high = self.high if self.upper else self.low
        for key in self.bound:
            other = known(key)
            if self.upper:
                if other.low >= self.high or other.high < self.low:
                    continue
                sure = self.low <= other.low and other.high < self.high
                low, high = min(low, max(other.low, self.low)), min(high, other.high) if sure else high
            else:
                if other.high <= self.low or other.low > self.high:
                    continue
                sure = self.low < other.low and other.high <= self.high
                low, high = max(low, other.low) if sure else low, max(high, min(other.high, self.high))
        return Span(low, high)


def pins(standard: Standard, facts: Facts, key: str) -> list[Pin]:
    """The ends of the cells in which a missing number is thought, the lowest first."""
    item = standard.inputs[key]
    stretches = {(item.lowest, item.highest): None}
    if key in standard.split:
        spans = (cell.get(key) for cell in cells(standard, facts))
        found = {(span.low, span.high): None for span in spans if isinstance(span, Span)}
        stretches = found or stretches
    parts = tuple(
        other.key
        for other in standard.inputs.values()
        if other.part_of == key and isinstance(facts.get(other.key), Fraction)
    )
    whole = (item.part_of,) if isinstance(facts.get(item.part_of), Fraction) else ()
    ends = []
    for low, high in sorted(stretches):
        ends.append(Pin(low, high, False, parts))
        if low < high:
            ends.append(Pin(low, high, True, whole))
    return ends


def fact_span(facts: Facts, key: str) -> Span:
    """A known number as a stretch."""
    value = facts[key]
    assert isinstance(value, Fraction)
    return point(value)
