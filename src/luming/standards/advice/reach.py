"""What a standard can say while some facts move freely within stretches: the test by which the search for advice cuts.

The same meaning as `evaluator`, over a box of facts: `can` is false only where no values in the box would do. What does
not depend on the moving facts is reckoned once. Two things differ because a single firm is met at a time elsewhere: the
experts' points count band by band, and a figure handed in ready-made counts beside what its parts may give.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from luming.standards.advice.dependence import dependents, facts_behind, part_names, read_by
from luming.standards.advice.goal import Goal
from luming.standards.advice.pin import Pin, fact_span
from luming.standards.condition import Condition, TestOf, Tree
from luming.standards.evaluator import Evaluator, Facts, power
from luming.standards.expression import names
from luming.standards.model import Input, InputKind, Standard, Value
from luming.standards.points import (
    Added,
    Bands,
    Body,
    Case,
    Cases,
    Formula,
    Part,
    Percentile,
    Points,
    Ratio,
    parts_of,
)
from luming.standards.span import Span, Void, hull, point
from luming.standards.truth import NO, YES, Truth, at_least, every, some

Cells = Mapping[str, Span | bool | str]
_Edges = list[tuple[Span, Fraction | None, bool, Fraction | None, bool]]


class Reach(Evaluator):
    """A standard over a box of facts.

    Args:
        facts: facts that stay as they are; missing ones may be set here to think a case through.
        moving: facts that the boxes give; they do not stand in `facts`.
        missing: facts that are not known of the firm, set or not.
        experts: whether points that experts are free to choose are at their highest or lowest; None: open.
        spared: facts of experts' points that stay open all the same.
        pins: missing numbers thought at an end of their cells, which may move with others.
    """

    def __init__(
        self,
        standard: Standard,
        facts: Facts,
        as_of: dt.date,
        moving: Collection[str],
        missing: Collection[str],
        places: Mapping[str, Fraction] | None = None,
        experts: bool | None = None,
        spared: Collection[str] = (),
        pins: Mapping[str, Pin] = MappingProxyType({}),
    ) -> None:
        self._pins = pins
        self._reading = read_by(standard)
        self._moving = dependents(self._reading, {*moving, *pins})
        self._missing = dependents(self._reading, missing)
        self._given = self._given_in_use(standard, facts, missing)
        self._experts, self._spared = experts, spared
        self._kept: dict[int, Truth | Span] = {}
        self._stays: dict[int, bool] = {}
        self._edges: dict[int, _Edges] = {}
        self._bodies: dict[int, Body] = {}
        self._owner = {part.key: score for score in standard.scores for part in parts_of(score) if part.key}
        super().__init__(standard, facts, as_of, {}, places)
        self._steady: dict[str, Span] = {}

    def _given_in_use(self, standard: Standard, facts: Facts, missing: Collection[str]) -> dict[str, bool]:
        """Figures handed in whose parts are not all known: whether the figure handed in is sure to count."""
        found = {}
        open_ended = {
            key
            for key in missing
            if key in standard.split or standard.inputs[key].type in (InputKind.FLAG, InputKind.CHOICE)
        }
        for figure in standard.figures:
            if isinstance(figure, Value) and figure.given and figure.key in facts:
                behind = facts_behind(self._reading, self._reading[figure.key])
                if not behind.isdisjoint(missing):
                    sure = behind.isdisjoint(open_ended) and figure.key not in self._moving
                    found[figure.key] = sure
        return found

    def over(self, cells: Cells) -> Reach:
        """The same with the moving facts in a box: numbers within stretches, flags set, flags not named open."""
        self._cells = self.pinned(cells)
        self._numbers = dict(self._steady)
        self._chosen = {}
        return self

    def pinned(self, cells: Cells) -> Cells:
        """A box with the missing numbers that are pinned."""
        if not self._pins:
            return cells

        def known(key: str) -> Span:
            cell = cells.get(key)
            return cell if isinstance(cell, Span) else fact_span(self.facts, key)

        return {**cells, **{key: pin.span(known) for key, pin in self._pins.items()}}

    def can(self, goal: Goal, cells: Cells) -> bool:
        """Whether some point of a box may reach a goal."""
        return goal.truth(self.over(cells)).can

    # What stays

    def steady_name(self, key: str) -> bool:
        """Whether a name does not depend on the moving facts."""
        return key not in self._moving

    def steady_part(self, part: Part) -> bool:
        """Whether a part does not depend on the moving facts."""
        found = self._stays.get(id(part))
        if found is None:
            found = self._stays[id(part)] = self._moving.isdisjoint(part_names(part))
        return found

    def is_part(self, key: str) -> bool:
        """Whether a name is that of a score or a part of one."""
        return key in self.standard.parts

    def part_named(self, key: str) -> Part:
        """A score or a part of one."""
        return self.standard.parts[key]

    def point_values(self) -> Iterator[Fraction]:
        """Every number of points the standard gives, its bounds, and the experts' own."""
        for score in self.standard.scores:
            for part in parts_of(score):
                yield from (value for value in (part.lowest, part.highest) if value is not None)
                given = self.facts.get(part.judged) if part.judged else None
                if isinstance(given, Fraction):
                    yield given
                body = part.body
                if isinstance(body, Bands | Cases | Added):
                    for item in body.list:
                        yield from (item.points.low, item.points.high)

    # Numbers

    def named(self, key: str) -> Span:
        found = self._numbers.get(key)
        if found is not None:
            return found
        owner = self._owner.get(key)
        if owner is not None:
            self.part(owner)
            found = self._numbers[key]
        else:
            found = super().named(key)
        if key not in self._moving:
            self._steady[key] = found
        return found

    def _fact(self, item: Input) -> Span:
        cell = self._cells.get(item.key)
        return cell if isinstance(cell, Span) else super()._fact(item)

    def value(self, figure: Value) -> Span:
        given = self.facts.get(figure.key)
        if figure.given is None or not isinstance(given, Fraction):
            return super().value(figure)
        if self._given.get(figure.key):
            return point(given)
        span = super().value(replace(figure, given=None))
        if figure.key in self._given or span.void is not Void.NO:
            return hull((span, point(given)))
        return span

    # Truth

    def condition(self, node: Condition) -> Truth:
        kept = self._kept.get(id(node))
        if isinstance(kept, Truth):
            return kept
        found = self.test(node.test) if isinstance(node, TestOf) else self._tree(node)
        if self.steady(node):
            self._kept[id(node)] = found
        return found

    def _tree(self, node: Tree) -> Truth:
        if node.op == "all":
            truths = []
            for item in node.items:
                found = self.condition(item)
                if not found.can:
                    return NO
                truths.append(found)
            return every(truths)
        if node.op == "any":
            truths = []
            for item in node.items:
                found = self.condition(item)
                if found.must:
                    return YES
                truths.append(found)
            return some(truths)
        if node.op == "not":
            return ~self.condition(node.items[0])
        return at_least(node.count, [self.condition(item) for item in node.items])

    def steady(self, node: Condition) -> bool:
        """Whether a condition does not depend on the moving facts."""
        found = self._stays.get(id(node))
        if found is None:
            if isinstance(node, TestOf):
                found = self._moving.isdisjoint(names(node.test))
            else:
                found = all(self.steady(item) for item in node.items)
            self._stays[id(node)] = found
        return found

    # Points

    def part(self, part: Part) -> Span:
        steady = self.steady_part(part)
        kept = self._kept.get(id(part)) if steady else None
        if isinstance(kept, Span):
            return kept
        span = self._judged_span(part, self._body(part, self.judged_body(part)), steady)
        span = span.clamp(part.lowest, part.highest)
        if part.key:
            self._numbers[part.key] = span
        if steady:
            self._kept[id(part)] = span
            for inner in parts_of(part):
                if inner.key:
                    self._steady[inner.key] = self._numbers[inner.key]
        return span

    def _judged_span(self, part: Part, span: Span, steady: bool) -> Span:
        """The points with the experts' own, where they are known of the firm."""
        extra = self.unsettled(part)
        if extra is not None:
            return hull((span, point(extra)))
        given = self.facts.get(part.judged) if part.judged else None
        fits = steady and isinstance(given, Fraction) and span.low <= given <= span.high
        return point(given) if fits and isinstance(given, Fraction) else span

    def unsettled(self, part: Part) -> Fraction | None:
        """The experts' points of a part where it hangs on what is missing, so that they may count whatever is found."""
        given = self.facts.get(part.judged) if part.judged else None
        if isinstance(given, Fraction) and not self._missing.isdisjoint(part_names(part)):
            return given
        return None

    def _judged(self, part: Part) -> Span:
        span = super()._judged(part)
        return _end(span.low, span.high, self._free(part))

    def _free(self, part: Part) -> bool | None:
        """Whether points of a part that experts choose are thought at their highest or lowest; None: open."""
        return None if part.judged in self._spared else self._experts

    def judged_body(self, part: Part) -> Body:
        """The body with one number in each band or case: the experts' points where they fit."""
        body = part.body
        if not isinstance(body, Bands | Cases):
            return body
        found = self._bodies.get(id(part))
        if found is None:
            given = self.facts.get(part.judged) if part.judged else None
            free = self._free(part)

            def put(points: Points) -> Points:
                if isinstance(given, Fraction) and points.low <= given <= points.high:
                    return Points(given, given)
                span = _end(points.low, points.high, free)
                return Points(span.low, span.high)

            if isinstance(body, Bands):
                found = replace(
                    body, list=tuple(replace(band, points=put(band.points)) for band in body.list)
                )
            else:
                found = Cases(tuple(Case(put(case.points), case.when, case.about) for case in body.list))
            self._bodies[id(part)] = found
        return found

    def reckoned(self, part: Part, body: Ratio | Percentile | Formula) -> Span:
        """The points of a part by a ratio, a place or a formula."""
        return self._reckoned(part, body)

    def _bands(self, body: Bands) -> Span:
        return self.band_points(body)

    def band_points(self, body: Bands) -> Span:
        """The points of the bands a number may lie in."""
        value = self.number(body.of)
        if value.void is Void.YES:
            return point(0)
        edges = self._edges.get(id(body))
        if edges is None:
            edges = self._edges[id(body)] = [
                (
                    Span(band.points.low, band.points.high),
                    None if band.lower is None else power(band.lower, body.root),
                    band.lower_closed,
                    None if band.upper is None else power(band.upper, body.root),
                    band.upper_closed,
                )
                for band in body.list
            ]
        low, high = value.low, value.high
        found: list[Span] = []
        for points, lower, lower_closed, upper, upper_closed in edges:
            if lower is not None and (high < lower or (high == lower and not lower_closed)):
                continue
            if upper is not None and (low > upper or (low == upper and not upper_closed)):
                continue
            found.append(points)
            inside = (lower is None or low > lower or (low == lower and lower_closed)) and (
                upper is None or high < upper or (high == upper and upper_closed)
            )
            if inside and value.void is Void.NO:
                return hull(found)
        if body.complete and value.void is Void.NO:
            return hull(found)
        return hull((*found, point(0)))


def _end(low: Fraction, high: Fraction, highest: bool | None) -> Span:
    """A stretch, or its end."""
    if highest is None:
        return Span(low, high)
    return point(high if highest else low)
