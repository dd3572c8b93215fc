"""What is missing, thought through: a case of the missing facts in which a goal is not reached.

A case sets missing facts to values they may have. Advice holds only if it holds in every case; so each case found cuts
the search, and the facts that a case cannot do without are the ones to fill in first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.condition import Condition, TestOf
from luming.standards.dependence import condition_names, facts_behind, read_by
from luming.standards.evaluator import Fact, Facts
from luming.standards.expression import Compare
from luming.standards.goal import Goal
from luming.standards.model import Input, InputKind, Standard, Value
from luming.standards.points import Bands, Cases, Part, Percentile, parts_of
from luming.standards.reach import Cells, Reach
from luming.standards.span import Span


def asked(standard: Standard, goal: Goal) -> frozenset[str]:
    """Every fact and figure that a goal depends on."""
    if goal.kind == "score":
        start = {goal.key}
    else:
        start = set(condition_names(standard.rule)) if goal.kind == "pass" else set()
        for item in () if standard.rule is not None and goal.kind == "pass" else standard.classes:
            start |= set(condition_names(item.when))
    return facts_behind(read_by(standard), start)


@dataclass(frozen=True, slots=True)
class Case:
    """Values of missing facts; the experts' points named, and places among peers, at their highest or lowest; None: open."""

    facts: dict[str, Fact]
    judged: tuple[str, ...]
    highest: bool | None


class Doubt:
    """The missing facts of a firm that a goal depends on.

    Args:
        facts: what is known.
        ranges: the stretches within which known facts may be moved.
    """

    def __init__(
        self,
        standard: Standard,
        facts: Facts,
        as_of: dt.date,
        goal: Goal,
        ranges: Mapping[str, Span],
        places: Mapping[str, Fraction] | None = None,
    ) -> None:
        self._standard, self._facts, self._as_of, self._goal = standard, facts, as_of, goal
        self._ranges = ranges
        self._places = places
        figures = {item.key for item in standard.figures if isinstance(item, Value)}
        behind = asked(standard, goal)
        self.missing = tuple(
            key for key in standard.inputs if key in behind and key not in facts and key not in figures
        )
        parts = [part for score in standard.scores for part in parts_of(score)]
        within = [inner for part in parts if part.key in behind for inner in parts_of(part)]
        self.judged = tuple(key for key in self.missing if key in {part.judged for part in within})
        self._ranged = bool(self.judged) or any(_free(part) for part in within)
        ranked = (part.key for part in within if isinstance(part.body, Percentile))
        self._ranked = {key for key in ranked if key not in (places or {})}
        self._may_be = {
            key: found
            for key in self.missing
            if key not in self.judged and (found := list(self._values(key)))
        }

    @property
    def any(self) -> bool:
        """Whether anything that matters may be missing."""
        return bool(self.missing or self._ranked or self._ranged)

    def _values(self, key: str) -> Iterator[Fact]:
        item = self._standard.inputs[key]
        if item.type is InputKind.FLAG:
            yield from (False, True)
        elif item.type is InputKind.CHOICE:
            yield from item.options
        elif item.type is InputKind.NUMBER:
            low, high = self._domain(item)
            edges = self._standard.split.get(key, ())
            near = (edge + shift * item.step for edge in edges for shift in (-1, 0, 1))
            inside = {low, high, *(value for value in near if low < value < high and _even(value, item))}
            yield from sorted(inside) if low <= high else ()

    def _domain(self, item: Input) -> tuple[Fraction, Fraction]:
        """Values a missing number may have wherever the known ones are moved."""
        low, high = item.lowest, item.highest
        if item.part_of:
            high = min(high, self._end(item.part_of, high, low_end=True) // item.step * item.step)
        for other in self._standard.inputs.values():
            if other.part_of == item.key:
                low = max(low, -(-self._end(other.key, low, low_end=False) // item.step) * item.step)
        return low, high

    def _end(self, key: str, default: Fraction, low_end: bool) -> Fraction:
        if key in self._ranges:
            return self._ranges[key].low if low_end else self._ranges[key].high
        value = self._facts.get(key)
        return value if isinstance(value, Fraction) else default

    def run(self, case: Case, moving: Iterable[str]) -> Reach:
        """The standard in a case, with some facts moving."""
        keys = set(moving)
        facts = {key: value for key, value in self._facts.items() if key not in keys}
        facts |= {key: value for key, value in case.facts.items() if key not in keys}
        places = dict(self._places or {})
        if case.highest is not None:
            places |= {key: Fraction(int(case.highest)) for key in self._ranked}
        spared = set(self.judged) - set(case.judged)
        return Reach(self._standard, facts, self._as_of, keys, self.missing, places, case.highest, spared)

    def case(self, cells: Cells, spared: Collection[str] = ()) -> Case | None:
        """A case in which no point of a box reaches the goal; None where none was found.

        Args:
            spared: missing facts that stay open, as if they might turn out well.
        """
        judged = tuple(key for key in self.judged if key not in spared)
        for highest in (False, True) if self._ranged or self._ranked else (False,):
            case = Case({}, judged, highest)
            run = self.run(case, {*cells, *self._may_be})
            if self._worst(run, cells, spared, case.facts):
                return case
        return None

    def _worst(self, run: Reach, cells: Cells, spared: Collection[str], facts: dict[str, Fact]) -> bool:
        """Set missing facts one after the other to the value that speaks most against the goal, until it is lost."""

        def reaches() -> bool:
            return run.can(self._goal, {**cells, **_cells(facts)})

        if not reaches():
            return True
        for key, values in self._may_be.items():
            if key in spared:
                continue
            weights = [self._leaning(run, {**cells, **_cells({**facts, key: value})}) for value in values]
            facts[key] = values[weights.index(min(weights))]
            if not reaches():
                for other in list(facts):
                    value = facts.pop(other)
                    if reaches():
                        facts[other] = value
                return True
        return False

    def _leaning(self, run: Reach, cells: Cells) -> float:
        """How much speaks for the goal: a rough figure by which the worst value of a fact is picked."""
        run.over(cells)
        if not self._goal.truth(run).can:
            return -1e9
        if self._goal.kind == "score":
            span = run.named(self._goal.key)
            return float(span.high + span.low)
        if self._goal.kind == "pass" and self._standard.rule is not None:
            return _speaks(run, self._standard.rule)
        total = 0.0
        for item in self._standard.classes:
            part = _speaks(run, item.when) if item.when is not None else 0.0
            if self._goal.kind == "class" and item.key == self._goal.key:
                return part - total
            total += part
        return total

    def deciding(self, cells: Cells) -> tuple[str, ...]:
        """The missing facts that could keep every point of a box from the goal, to be filled in first."""
        found: set[str] = set()
        while (case := self.case(cells, found)) is not None:
            judged = case.judged
            for key in judged:
                fewer = tuple(item for item in judged if item != key)
                run = self.run(Case(case.facts, fewer, case.highest), cells)
                judged = judged if run.can(self._goal, cells) else fewer
            if not case.facts and not judged:
                break
            found |= {*case.facts, *judged}
        return tuple(key for key in self.missing if key in found)


def _free(part: Part) -> bool:
    """Whether some points of a part are for experts to choose within a range."""
    body = part.body
    if isinstance(body, Bands):
        return any(band.points.low < band.points.high for band in body.list)
    return isinstance(body, Cases) and any(case.points.low < case.points.high for case in body.list)


def _even(value: Fraction, item: Input) -> bool:
    return (value / item.step).denominator == 1


def _cells(case: Mapping[str, Fact]) -> dict[str, Span | bool | str]:
    return {
        key: Span(value, value) if isinstance(value, Fraction) else value
        for key, value in case.items()
        if isinstance(value, Fraction | bool | str)
    }


def _speaks(run: Reach, node: Condition) -> float:
    if isinstance(node, TestOf):
        truth = run.test(node.test)
        found = float(truth.can + truth.must)
        if isinstance(node.test, Compare) and node.test.op in ("<", "<=", ">", ">="):
            one, other = run.number(node.test.left), run.number(node.test.right)
            margin = _flat(one.high - other.low) + _flat(one.low - other.high)
            found += margin if node.test.op in (">", ">=") else -margin
        return found
    total = sum(_speaks(run, item) for item in node.items)
    return -total if node.op == "not" else total


def _flat(value: Fraction) -> float:
    number = float(value)
    return number / (1 + abs(number))
