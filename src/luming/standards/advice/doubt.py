"""What is missing, thought through: a case of the missing facts in which a goal is not reached.

A case sets missing facts to values they may have. Advice holds only if it holds in every case; so each case found cuts
the search, and the facts that a case cannot do without are the ones to fill in first.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.advice.dependence import condition_names, facts_behind, read_by
from luming.standards.advice.goal import Goal
from luming.standards.advice.pin import Pin, fact_span, pins
from luming.standards.advice.reach import Cells, Reach
from luming.standards.condition import Condition, TestOf
from luming.standards.evaluator import Fact, Facts
from luming.standards.expression import Compare
from luming.standards.model import InputKind, Standard, Value
from luming.standards.points import Bands, Cases, Part, Percentile, parts_of
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

    facts: dict[str, Fact | Pin]
    judged: tuple[str, ...]
    highest: bool | None


class Doubt:
    """The missing facts of a firm that a goal depends on.

    Args:
        facts: what is known.
    """

    def __init__(
        self,
        standard: Standard,
        facts: Facts,
        as_of: dt.date,
        goal: Goal,
        places: Mapping[str, Fraction] | None = None,
    ) -> None:
        self._standard, self._facts, self._as_of, self._goal = standard, facts, as_of, goal
        self._places = places
        figures = {item.key for item in standard.figures if isinstance(item, Value)}
        self._reading = read_by(standard)
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

    def _values(self, key: str) -> Iterator[Fact | Pin]:
        item = self._standard.inputs[key]
        if item.type is InputKind.FLAG:
            yield from (False, True)
        elif item.type is InputKind.CHOICE:
            yield from item.options
        elif item.type is InputKind.NUMBER:
            yield from pins(self._standard, self._facts, key)

    def run(self, case: Case, moving: Iterable[str]) -> Reach:
        """The standard in a case, with some facts moving."""
        keys = set(moving)
        facts = {key: value for key, value in self._facts.items() if key not in keys}
        held = {key: value for key, value in case.facts.items() if isinstance(value, Pin)}
        facts |= {
            key: value for key, value in case.facts.items() if not isinstance(value, Pin) and key not in keys
        }
        places = dict(self._places or {})
        if case.highest is not None:
            places |= {key: Fraction(int(case.highest)) for key in self._ranked}
        spared = set(self.judged) - set(case.judged)
        return Reach(
            self._standard, facts, self._as_of, keys, self.missing, places, case.highest, spared, held
        )

    def case(self, cells: Cells, spared: Collection[str] = ()) -> Case | None:
        """A case in which no point of a box reaches the goal; None where none was found.

        Args:
            spared: missing facts that stay open, as if they might turn out well.
        """
        judged = tuple(key for key in self.judged if key not in spared)
        for highest in (False, True) if self._ranged or self._ranked else (False,):
            run = self.run(Case({}, judged, highest), {*cells, *self._may_be})
            for node in self._open(run, cells):
                facts = self._worst(run, cells, spared, node)
                if facts is not None:
                    return Case(facts, judged, highest)
        return None

    def _open(self, run: Reach, cells: Cells) -> list[Condition | None]:
        """Conditions that the goal rests on, each of them, and that do not hold for sure; None: the goal as a whole."""
        rule = self._standard.rule
        if self._goal.kind != "pass" or rule is None:
            return [None]
        run.over(cells)
        return [node for node in _conjuncts(rule) if not run.condition(node).must]

    def _worst(
        self, run: Reach, cells: Cells, spared: Collection[str], node: Condition | None
    ) -> dict[str, Fact | Pin] | None:
        """Set missing facts one after the other to the value that speaks most against a condition, until it is lost."""
        facts: dict[str, Fact | Pin] = {}

        def leaning(more: Mapping[str, Fact | Pin]) -> float:
            run.over({**cells, **self._cells(more, cells)})
            can = (self._goal.truth(run) if node is None else run.condition(node)).can
            return (self._speaks(run) if node is None else _speaks(run, node)) if can else -math.inf

        if leaning(facts) == -math.inf:
            return facts
        behind = None if node is None else facts_behind(self._reading, condition_names(node))
        for key, values in self._may_be.items():
            if key in spared or (behind is not None and key not in behind):
                continue
            weights = [leaning({**facts, key: value}) for value in values]
            facts[key] = values[weights.index(min(weights))]
            if min(weights) == -math.inf:
                for other in list(facts):
                    value = facts.pop(other)
                    if leaning(facts) > -math.inf:
                        facts[other] = value
                return facts
        return None

    def _cells(self, case: Mapping[str, Fact | Pin], cells: Cells) -> dict[str, Span | bool | str]:
        def known(key: str) -> Span:
            cell = cells.get(key)
            return cell if isinstance(cell, Span) else fact_span(self._facts, key)

        found: dict[str, Span | bool | str] = {}
        for key, value in case.items():
            if isinstance(value, Pin):
                found[key] = value.span(known)
            elif isinstance(value, bool | str):
                found[key] = value
        return found

    def _speaks(self, run: Reach) -> float:
        """How much speaks for the goal: a rough figure by which the worst value of a fact is picked."""
        if self._goal.kind == "score":
            span = run.named(self._goal.key)
            return float(span.high + span.low)
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


def _conjuncts(node: Condition) -> Iterator[Condition]:
    """The conditions that all have to hold for a condition to hold."""
    if isinstance(node, TestOf) or node.op != "all":
        yield node
        return
    for item in node.items:
        yield from _conjuncts(item)


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
