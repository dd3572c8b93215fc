"""The test of `reach` at a glance: the same answer from floating point, exact wherever that could be in doubt.

A goal is put together once as functions of the moving facts, with all that stays already reckoned; a box is then looked
at in some tens of microseconds. A comparison whose two sides lie too close for floating point is asked of the exact
standard, so no answer hangs on rounding. Points are whole numbers of a millionth and need no care.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction

from luming.standards.advice.glance_number import Figures, Look, Unsure, exact_number
from luming.standards.advice.goal import Goal
from luming.standards.advice.reach import Cells, Reach
from luming.standards.condition import Condition, TestOf
from luming.standards.expression import Among, Compare, Name, Number
from luming.standards.model import Choice
from luming.standards.points import (
    Added,
    Bands,
    BestOf,
    Body,
    Case,
    Cases,
    Formula,
    Group,
    Part,
    Percentile,
    Points,
    Ratio,
    Weight,
)
from luming.standards.span import Span
from luming.standards.truth import Truth

Both = tuple[bool, bool]
"""Whether it can hold and whether it must."""
Stretch = tuple[float, float]
Told = Callable[[Look], Both]
Scored = Callable[[Look], Stretch]
_MILLION = 10**6
_TINY = 1e-9


class Glance:
    """A goal over boxes of facts.

    Args:
        reach: the exact standard, of the same firm and case.
        whole: moving facts that are whole numbers in every box.
    """

    def __init__(self, reach: Reach, goal: Goal, whole: Collection[str]) -> None:
        self._reach = reach
        self._goal = goal
        self._numbers = Figures(reach, whole, self.condition)
        self._told: dict[int, Told] = {}
        self._scored: dict[int, Scored] = {}
        self._can = self._start()

    def can(self, cells: Cells) -> bool:
        """Whether some point of a box may reach the goal."""
        return self._can(Look(self._reach, self._reach.pinned(cells)))

    def _start(self) -> Callable[[Look], bool]:
        goal, standard = self._goal, self._reach.standard
        if goal.kind == "pass" and standard.rule is not None:
            told = self.condition(standard.rule)
            return lambda look: told(look)[0]
        wanted = goal.at_least * _MILLION
        if goal.kind == "score" and wanted.denominator == 1:
            part, least = self._reach.part_named(goal.key), float(wanted)
            scored = self.part(part)
            return lambda look: scored(look)[1] >= least
        return lambda look: goal.truth(look.exact()).can

    # Conditions

    def condition(self, node: Condition) -> Told:
        """Whether a condition can and must hold, as a function of the box."""
        found = self._told.get(id(node))
        if found is None:
            found = self._told[id(node)] = self._condition(node)
        return found

    def _condition(self, node: Condition) -> Told:
        if self._reach.steady(node):
            return _fixed(self._reach.condition(node))
        if isinstance(node, TestOf):
            return self._test(node.test)
        items = [self.condition(item) for item in node.items]
        if node.op == "all":
            return lambda look: _every(items, look)
        if node.op == "any":
            return lambda look: _some(items, look)
        if node.op == "not":
            (inner,) = items

            def turned(look: Look) -> Both:
                can, must = inner(look)
                return not must, not can

            return turned
        count = node.count

        def enough(look: Look) -> Both:
            found = [item(look) for item in items]
            return sum(can for can, _ in found) >= count, sum(must for _, must in found) >= count

        return enough

    def _test(self, test: Compare | Among | Name) -> Told:
        def exactly(look: Look) -> Both:
            found = look.exact().test(test)
            return found.can, found.must

        match test:
            case Name(key):

                def flag(look: Look) -> Both:
                    value = look.cells.get(key)
                    return (value, value) if isinstance(value, bool) else (True, False)

                return flag
            case Among(key, options, negated):
                return self._among(key, options, negated)
            case Compare(op, Name(key), Number(value)) if self._reach.is_part(key):
                return self._points_test(op, key, value * _MILLION) or exactly
            case Compare(op) if op in ("<", "<=", ">", ">="):
                return self._numbers.comparison(test, exactly)
        return exactly

    def _points_test(self, op: str, key: str, value: Fraction) -> Told | None:
        if value.denominator != 1 or op in ("==", "!="):
            return None
        scored, edge = self.part(self._reach.part_named(key)), float(value)

        def told(look: Look) -> Both:
            low, high = scored(look)
            match op:
                case ">=":
                    return high >= edge, low >= edge
                case ">":
                    return high > edge, low > edge
                case "<=":
                    return low <= edge, high <= edge
            return low < edge, high < edge

        return told

    def _among(self, key: str, options: tuple[str, ...], negated: bool) -> Told:
        choose = self._choice(key)

        def told(look: Look) -> Both:
            possible = choose(look)
            can = any(option in options for option in possible)
            must = all(option in options for option in possible)
            return (not must, not can) if negated else (can, must)

        return told

    def _choice(self, key: str) -> Callable[[Look], list[str]]:
        figure = next(item for item in self._reach.standard.figures if item.key == key)
        assert isinstance(figure, Choice)
        ways = [
            (item.name, None if item.when is None else self.condition(item.when)) for item in figure.options
        ]

        def choose(look: Look) -> list[str]:
            found = []
            for name, when in ways:
                can, must = (True, True) if when is None else when(look)
                if can:
                    found.append(name)
                if must:
                    return found
            return [*found, ""]

        return choose

    # Points, in millionths

    def part(self, part: Part) -> Scored:
        """The points of a part, as a function of the box."""
        found = self._scored.get(id(part))
        if found is None:
            found = self._scored[id(part)] = self._part(part)
        return found

    def _part(self, part: Part) -> Scored:
        if self._reach.steady_part(part):
            fixed = _millionths(self._reach.part(part))
            return lambda look: fixed
        body = self._body(part, self._reach.judged_body(part))
        low = -1e30 if part.lowest is None else _millionth(part.lowest)
        high = 1e30 if part.highest is None else _millionth(part.highest)
        extra = self._reach.unsettled(part)
        also = None if extra is None else _millionth(extra)
        key = id(part)

        def scored(look: Look) -> Stretch:
            found = look.points.get(key)
            if found is None:
                one, other = body(look)
                if also is not None:
                    one, other = min(one, also), max(other, also)
                found = look.points[key] = (
                    max(min(one, high), low),
                    max(min(other, high), low),
                )
            return found

        return scored

    def _body(self, part: Part, body: Body) -> Scored:
        match body:
            case Group(parts):
                inner = [self.part(item) for item in parts]

                def total(look: Look) -> Stretch:
                    found = [item(look) for item in inner]
                    return sum(low for low, _ in found), sum(high for _, high in found)

                return total
            case BestOf(ways):
                inner = [self.part(item) for item in ways]

                def best(look: Look) -> Stretch:
                    found = [item(look) for item in inner]
                    return max(low for low, _ in found), max(high for _, high in found)

                return best
            case Bands():
                return self._bands(body)
            case Cases(cases):
                return self._cases(cases)
            case Added(cases):
                return self._added(cases)
            case Ratio() | Formula() | Percentile():
                return self._reckoned(part, body)
        return lambda look: _millionths(look.exact().part(part))

    def _ways(self, cases: tuple[Case, ...]) -> list[tuple[float, float, Told | None]]:
        return [
            (*_ends(case.points), None if case.when is None else self.condition(case.when)) for case in cases
        ]

    def _cases(self, cases: tuple[Case, ...]) -> Scored:
        ways = self._ways(cases)

        def first(look: Look) -> Stretch:
            lows, highs = [], []
            for low, high, when in ways:
                can, must = (True, True) if when is None else when(look)
                if can:
                    lows.append(low)
                    highs.append(high)
                if must:
                    return min(lows), max(highs)
            return min(0.0, *lows) if lows else 0.0, max(0.0, *highs) if highs else 0.0

        return first

    def _added(self, cases: tuple[Case, ...]) -> Scored:
        ways = self._ways(cases)

        def added(look: Look) -> Stretch:
            total_low = total_high = 0.0
            for low, high, when in ways:
                can, must = (True, True) if when is None else when(look)
                if can:
                    total_low += low if must else min(0.0, low)
                    total_high += high if must else max(0.0, high)
            return total_low, total_high

        return added

    def _bands(self, body: Bands) -> Scored:
        place = self._numbers.bands(body)
        points = [_ends(band.points) for band in body.list]

        def scored(look: Look) -> Stretch:
            try:
                inside, sure = place(look)
            except Unsure:
                return _millionths(look.exact().band_points(body))
            found = [points[at] for at in inside]
            if not sure:
                found.append((0.0, 0.0))
            return min(low for low, _ in found), max(high for _, high in found)

        return scored

    def _weight(self, weight: Weight) -> Callable[[Look], Stretch]:
        table = {key: float(value) for key, value in weight.table}
        if not weight.by or self._reach.steady_name(weight.by):
            span = self._reach.weight(weight)
            fixed = float(span.low), float(span.high)
            return lambda look: fixed
        choose = self._choice(weight.by)

        def weighed(look: Look) -> Stretch:
            found = [table.get(option, 0.0) for option in choose(look)]
            return min(found), max(found)

        return weighed

    def _reckoned(self, part: Part, body: Ratio | Formula | Percentile) -> Scored:
        scale = 10**part.decimals
        unit = _MILLION / scale

        def exactly(look: Look) -> Stretch:
            return _millionths(look.exact().reckoned(part, body))

        if isinstance(body, Percentile) or part.decimals > 6:
            return exactly
        node = exact_number(self._numbers, body.of if isinstance(body, Ratio) else body.formula)
        if node is None:
            return exactly
        number, mag = node
        full = float(body.full) if isinstance(body, Ratio) else 1.0
        weigh = self._weight(body.weight) if isinstance(body, Ratio) else None

        def scored(look: Look) -> Stretch:
            try:
                low, high, void = number(look)
            except Unsure:
                return exactly(look)
            if weigh is not None:
                light, heavy = weigh(look)
                low, high = min(max(low, 0.0), full) * light / full, min(max(high, 0.0), full) * heavy / full
            if void:
                low, high = (0.0, 0.0) if void == 2 else (min(low, 0.0), max(high, 0.0))
            found = []
            for value in (low * scale, high * scale):
                whole = round(value)
                if abs(abs(value - whole) - 0.5) < _TINY * (2 + abs(value) + mag * scale):
                    return exactly(look)
                found.append(whole * unit)
            return found[0], found[1]

        return scored


def _fixed(truth: Truth) -> Told:
    both = truth.can, truth.must
    return lambda look: both


def _every(items: list[Told], look: Look) -> Both:
    sure = True
    for item in items:
        can, must = item(look)
        if not can:
            return False, False
        sure = sure and must
    return True, sure


def _some(items: list[Told], look: Look) -> Both:
    any_can = False
    for item in items:
        can, must = item(look)
        if must:
            return True, True
        any_can = any_can or can
    return any_can, False


def _millionth(value: Fraction) -> float:
    return float(value * _MILLION)


def _millionths(span: Span) -> Stretch:
    return _millionth(span.low), _millionth(span.high)


def _ends(points: Points) -> Stretch:
    return _millionth(points.low), _millionth(points.high)


def fits(reach: Reach) -> bool:
    """Whether every number of points in a standard is a whole number of millionths."""
    return all((value * _MILLION).denominator == 1 for value in reach.point_values())
