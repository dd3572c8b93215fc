"""A missing number thought at one value, or as near to it as its known parts and whole allow while they move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.evaluator import Facts
from luming.standards.model import Standard
from luming.standards.span import Span, point


@dataclass(frozen=True, slots=True)
class Pin:
    """A value of a missing number.

    Attributes:
        least, most: the domain of the number.
        parts: known facts that it is never below, as far as they lie in the domain.
        whole: the known fact that it is never above; empty where there is none.
    """

    value: Fraction
    least: Fraction
    most: Fraction
    parts: tuple[str, ...]
    whole: str

    def span(self, known: Callable[[str], Span]) -> Span:
        """Where it lies while its parts or its whole move; anywhere where it has both."""
        if self.whole and self.parts:
            return Span(self.least, self.most)
        low = high = self.value
        if self.whole:
            whole = known(self.whole)
            if whole.high >= self.least:
                sure = whole.low >= self.least
                low, high = min(low, max(whole.low, self.least)), min(high, whole.high) if sure else high
        for key in self.parts:
            part = known(key)
            if part.low <= self.most:
                sure = part.high <= self.most
                low, high = max(low, part.low) if sure else low, max(high, min(part.high, self.most))
        return Span(low, high)


def pins(standard: Standard, facts: Facts, key: str) -> list[Pin]:
    """Values at which a missing number is thought: the ends of its domain and those of its cells, lowest first."""
    item = standard.inputs[key]
    values = {item.lowest, item.highest}
    for edge in standard.split.get(key, ()):
        floor = edge // item.step * item.step
        values |= {floor - item.step, floor, floor + item.step}
    parts = tuple(part for part in standard.wholes.get(key, ()) if isinstance(facts.get(part), Fraction))
    whole = item.part_of if isinstance(facts.get(item.part_of), Fraction) else ""
    return [
        Pin(value, item.lowest, item.highest, parts, whole)
        for value in sorted(values)
        if item.lowest <= value <= item.highest
    ]


def fact_span(facts: Facts, key: str) -> Span:
    """A known number as a stretch."""
    value = facts[key]
    assert isinstance(value, Fraction)
    return point(value)
