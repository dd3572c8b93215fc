"""A goal of one firm, put to the search: what a box of changed facts may reach, and what changed facts do reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from luming.standards.advice.doubt import Case, Doubt, asked
from luming.standards.advice.glance import Glance, fits
from luming.standards.advice.goal import Goal
from luming.standards.advice.lever import Lever, levers
from luming.standards.advice.reach import Cells, Reach
from luming.standards.advice.search import Search
from luming.standards.assessment import Assessment, assess
from luming.standards.evaluator import Fact, Facts
from luming.standards.model import Input, Standard
from luming.standards.span import Span


@dataclass(frozen=True, slots=True)
class _Bond:
    """A part and its whole: a change never makes the part larger than the whole, nor larger by more than it is."""

    part: str
    whole: str
    over: Fraction


class Wish:
    """A goal of one firm on one day.

    Args:
        dictionary: all facts that may be known, so that a whole keeps above parts which the standard does not ask.

    Attributes:
        levers: every move that may matter to the goal; `keys` the facts they move.
        widest, present: the box of all moves, and that of none.
        doubt: what is missing.
        open: the standard with all that is missing left open.
        whole: moved facts that are whole numbers throughout.
    """

    def __init__(
        self,
        standard: Standard,
        facts: Facts,
        as_of: dt.date,
        goal: Goal,
        places: Mapping[str, Fraction] | None = None,
        dictionary: Mapping[str, Input] = MappingProxyType({}),
    ) -> None:
        self.dictionary = dictionary
        self.standard, self.facts, self.as_of, self.goal, self.places = standard, facts, as_of, goal, places
        self.levers = levers(standard, facts, self._matters())
        self.keys = frozenset(lever.key for lever in self.levers)
        self._bonds = self._bound()
        search = Search(self, self.levers)
        low, high = (0,) * len(self.levers), tuple(lever.most for lever in self.levers)
        self.widest, self.present = search.cells(low, high), search.cells(low, low)
        ranges = {key: cell for key, cell in self.widest.items() if isinstance(cell, Span)}
        self.doubt = Doubt(standard, facts, as_of, goal, places)
        self.open = self.doubt.run(Case({}, (), None), self.keys)
        self.whole = frozenset(
            key for key in ranges if all(_in_wholes(lever) for lever in self.levers if lever.key == key)
        )
        self._open = self._quick(self.open)
        self._assessed: dict[frozenset[tuple[str, Fact]], Assessment] = {}
        self._runs: list[Reach | Glance] = []

    def _quick(self, run: Reach) -> Reach | Glance:
        return Glance(run, self.goal, self.whole) if fits(run) else run

    def _matters(self) -> frozenset[str]:
        """The facts the goal depends on, and the wholes and parts that bind them."""
        found = set(asked(self.standard, self.goal))
        while True:
            more = {
                one
                for item in self.standard.inputs.values()
                if item.part_of
                for one, other in ((item.key, item.part_of), (item.part_of, item.key))
                if other in found and one not in found
            }
            if not more:
                return frozenset(found)
            found |= more

    def _bound(self) -> tuple[_Bond, ...]:
        found = []
        for item in {**self.dictionary, **self.standard.inputs}.values():
            part, whole = self.facts.get(item.key), self.facts.get(item.part_of)
            if isinstance(part, Fraction) and isinstance(whole, Fraction):
                found.append(_Bond(item.key, item.part_of, max(Fraction(0), part - whole)))
        return tuple(bond for bond in found if not self.keys.isdisjoint((bond.part, bond.whole)))

    def may(self, cells: Cells) -> bool:
        """Whether some point of a box may reach the goal; false is certain."""
        if not self._bonds_hold(cells):
            return False
        for run in self._runs or (self._open,):
            if not (run.can(cells) if isinstance(run, Glance) else run.can(self.goal, cells)):
                return False
        return True

    def _bonds_hold(self, cells: Cells) -> bool:
        return all(
            self._end(cells, bond.part, low=True) <= self._end(cells, bond.whole, low=False) + bond.over
            for bond in self._bonds
        )

    def _end(self, cells: Cells, key: str, *, low: bool) -> Fraction:
        cell = cells.get(key)
        if isinstance(cell, Span):
            return cell.low if low else cell.high
        value = self.facts[key]
        assert isinstance(value, Fraction)
        return value

    def does(self, facts: Facts) -> bool:
        """Whether changed facts reach the goal, by a full assessment."""
        return self._bonds_hold(_cells(facts)) and self.goal.met(self.assessed(facts))

    def assessed(self, facts: Facts) -> Assessment:
        """The firm with some facts changed, assessed."""
        key = frozenset(facts.items())
        found = self._assessed.get(key)
        if found is None:
            found = assess(self.standard, {**self.facts, **facts}, self.as_of, self.places)
            self._assessed[key] = found
        return found

    def refine(self, facts: Facts) -> bool:
        """Find a case of what is missing in which these facts fail, and think of it from now on."""
        if not self.doubt.any or not self._bonds_hold(_cells(facts)):
            return False
        cells = {**self.present, **_cells(facts)}
        case = self.doubt.case(cells)
        if case is None:
            return False
        run = self.doubt.run(case, self.keys)
        if run.can(self.goal, cells):
            return False
        self._runs.insert(0, self._quick(run))
        return True


def _in_wholes(lever: Lever) -> bool:
    numbers = (Fraction(lever.start), lever.stride, lever.input.lowest, lever.input.highest)
    return all(number.denominator == 1 for number in numbers)


def _cells(facts: Facts) -> dict[str, Span | bool | str]:
    return {
        key: Span(value, value) if isinstance(value, Fraction) else bool(value)
        for key, value in facts.items()
    }
