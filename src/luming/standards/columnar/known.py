"""What the columns of a plan say of the facts of a standard: known in every row, in some, or in none.

A missing number lies anywhere in its domain, narrowed by its cell and by `part_of`, as in `luming.standards.evaluator`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from luming.standards.columnar.node import (
    FALSE,
    ONE,
    TRUE,
    ZERO,
    Bool,
    Int,
    both,
    choose,
    column,
    const,
    days,
    either,
    equals,
    flag,
    invert,
    present,
    years,
)
from luming.standards.columnar.node import among as among_
from luming.standards.columnar.ratio import Ratio, at_least, exact, more_than, select
from luming.standards.columnar.stretch import Stretch, between, one
from luming.standards.columnar.verdict import OPEN, Verdict
from luming.standards.model import Input, Standard
from luming.standards.span import Span

Cell = Span | bool | str


class Presence(Enum):
    """In which rows of a plan a fact is known."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Axis:
    """The cells of one missing fact; `place` is the cell of the row, below 0 where it is thought whole."""

    cells: tuple[Cell, ...]
    place: Int


class Known:
    """The facts of one standard in one plan.

    Args:
        names: the column of each fact by its key.
        presence: in which rows each fact is known.
        axes: the cells of facts that are thought through.
    """

    def __init__(
        self,
        standard: Standard,
        names: Mapping[str, str],
        presence: Mapping[str, Presence],
        axes: Mapping[str, Axis] | None = None,
    ) -> None:
        self.inputs = standard.inputs
        self._wholes = standard.wholes
        self._names = names
        self._presence = presence
        self._axes = axes or {}

    def present(self, key: str) -> Bool:
        """Whether a fact is known."""
        state = self._presence[key]
        if state is Presence.SOMETIMES:
            return present(self._names[key])
        return TRUE if state is Presence.ALWAYS else FALSE

    def value(self, key: str) -> Ratio:
        """The number, where it is known."""
        item = self.inputs[key]
        if self._presence[key] is Presence.NEVER:
            return exact(item.lowest)
        return Ratio(column(self._names[key], *grid(item)), ONE, item.step)

    def number(self, key: str) -> Stretch:
        """What a number may be."""
        value, state = self.value(key), self._presence[key]
        if state is Presence.ALWAYS:
            return one(value)
        here = self.present(key)
        low, high = self._missing(key)
        return between(select([(here, value)], low), select([(here, value)], high))

    def _missing(self, key: str) -> tuple[Ratio, Ratio]:
        """The stretch of a missing number: its cell, else its domain."""
        low, high = self.domain(key)
        axis = self._axes.get(key)
        if axis is None:
            return low, high
        spans = [cell for cell in axis.cells if isinstance(cell, Span)]
        places = [equals(axis.place, const(at)) for at in range(len(spans))]
        lows = [_outer(exact(span.low), low, greatest=True) for span in spans]
        highs = [_outer(exact(span.high), high, greatest=False) for span in spans]
        return select(zip(places, lows, strict=True), low), select(zip(places, highs, strict=True), high)

    def domain(self, key: str) -> tuple[Ratio, Ratio]:
        """Where a missing number may lie: its domain, at most the whole it is part of, at least every part of it."""
        item = self.inputs[key]
        low, high = exact(item.lowest), exact(item.highest)
        if item.part_of in self.inputs:
            whole = self.value(item.part_of)
            inside = both(self.present(item.part_of), at_least(whole, low), more_than(high, whole))
            high = select([(inside, whole)], high)
        for other in self._wholes.get(key, ()):
            part = self.value(other)
            inside = both(self.present(other), more_than(part, low), at_least(high, part))
            low = select([(inside, part)], low)
        return low, high

    def flag(self, key: str) -> Verdict:
        """What a flag may be."""
        name, state = self._names.get(key, ""), self._presence[key]
        sure = state is Presence.ALWAYS
        if sure:
            found = flag(name, False)
            return Verdict(found, found)
        axis = self._axes.get(key)
        if axis is None:
            return Verdict(flag(name, True), flag(name, False)) if state is Presence.SOMETIMES else OPEN
        here, known = self.present(key), flag(name, False) if state is Presence.SOMETIMES else FALSE
        yes, no = equals(axis.place, ZERO), equals(axis.place, const(1))
        return Verdict(_where(here, known, invert(no)), _where(here, known, yes))

    def options(self, key: str, options: tuple[str, ...]) -> Verdict:
        """Whether a choice is one of some options."""
        name, state, every = self._names.get(key, ""), self._presence[key], self.inputs[key].options
        asked = [option for option in every if option in options]
        if state is Presence.ALWAYS:
            found = among_(name, asked, False)
            return Verdict(found, found)
        some, all_ = bool(asked), len(asked) == len(every)
        here = self.present(key)
        known = among_(name, asked, False) if state is Presence.SOMETIMES else FALSE
        axis = self._axes.get(key)
        if axis is None:
            can = among_(name, asked, some) if state is Presence.SOMETIMES else (TRUE if some else FALSE)
            return Verdict(can, TRUE if all_ else known)
        cells = [equals(axis.place, const(at)) for at, cell in enumerate(axis.cells) if cell in asked]
        whole = equals(axis.place, const(-1))
        can = _where(here, known, either(*cells, whole if some else FALSE))
        must = _where(here, known, either(*cells, whole if all_ else FALSE))
        return Verdict(can, must)

    def age(self, name: str, first: str | None, last: str | None) -> Stretch:
        """Full years or days between two dates; None is the day of the assessment."""
        keys = [key for key in (first, last) if key is not None]
        here = both(*(self.present(key) for key in keys))
        most = 500 if name == "full_years" else 182500
        if here is FALSE:
            return between(exact(0), Ratio(const(most), ONE, Fraction(1)))
        reckon = years if name == "full_years" else days
        found = reckon(*(None if key is None else self._names[key] for key in (first, last)))
        if here is TRUE:
            return one(Ratio(found, ONE, Fraction(1)))
        low, high = choose([(here, found)], ZERO), choose([(here, found)], const(most))
        return between(Ratio(low, ONE, Fraction(1)), Ratio(high, ONE, Fraction(1)))


def _where(when: Bool, then: Bool, otherwise: Bool) -> Bool:
    return either(both(when, then), both(invert(when), otherwise))


def _outer(edge: Ratio, bound: Ratio, *, greatest: bool) -> Ratio:
    """The edge of a cell, or the bound of the domain where that lies within the cell."""
    beyond = at_least(edge, bound) if greatest else at_least(bound, edge)
    return select([(beyond, edge)], bound)


def grid(item: Input) -> tuple[int, int]:
    """The domain of a number, counted in steps of its grid."""
    low, high = item.lowest / item.step, item.highest / item.step
    return -(-low.numerator // low.denominator), high.numerator // high.denominator
