"""Numbers at a glance: expressions as functions of a box in floating point, with the doubt of each kept in mind.

A number is (low, high, void) as a `Span` is. Sums with what may be negative, products and quotients of differences lose
too much to be trusted; they are `Unsure` and asked exactly. `mag` is what was taken away on the way: the error of a
difference is measured against it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.advice.reach import Cells, Reach
from luming.standards.condition import Condition
from luming.standards.evaluator import power
from luming.standards.expression import Binary, Call, Compare, Expression, Name, Number, names
from luming.standards.model import Value
from luming.standards.points import Bands
from luming.standards.span import LARGE, Span

Real = tuple[float, float, int]
Reading = Callable[["Look"], Real]
Both = tuple[bool, bool]
_TINY = 1e-9
_MOST = float(LARGE)


class Unsure(Exception):
    """Floating point cannot tell; ask exactly."""


class Look:
    """One box, with what was already reckoned of it."""

    __slots__ = ("_exact", "_reach", "cells", "numbers", "points")

    def __init__(self, reach: Reach, cells: Cells) -> None:
        self._reach = reach
        self._exact = False
        self.cells = cells
        self.numbers: dict[str, Real] = {}
        self.points: dict[int, tuple[float, float]] = {}

    def exact(self) -> Reach:
        """The exact standard over the box."""
        if not self._exact:
            self._reach.over(self.cells)
            self._exact = True
        return self._reach


@dataclass(frozen=True, slots=True)
class _Node:
    """A number as a function of the box.

    Attributes:
        whole: it is a whole number, held without error.
        rough: a difference was taken on the way, of the size of `mag`.
        fixed: its value where it does not move.
    """

    read: Reading
    whole: bool = False
    rough: bool = False
    mag: float = 0.0
    fixed: float | None = None


class _Doubtful(Exception):
    """An expression that is always asked exactly."""


class Figures:
    """The numbers of a standard.

    Args:
        whole: moving facts that are whole numbers in every box.
        condition: how a condition is told of a box.
    """

    def __init__(
        self,
        reach: Reach,
        whole: Collection[str],
        condition: Callable[[Condition], Callable[[Look], Both]],
    ) -> None:
        self._reach = reach
        self._whole = whole
        self._condition = condition
        self._figures: dict[str, _Node] = {}

    def node(self, expression: Expression) -> _Node:
        """An expression as a function of the box.

        Raises:
            _Doubtful: floating point is not to be trusted with it.
        """
        if all(self._reach.steady_name(key) for key in names(expression)):
            return _constant(self._reach.number(expression))
        match expression:
            case Name(key):
                return self._named(key)
            case Binary(op, left, right):
                return _combined(op, self.node(left), self.node(right))
            case Call(function, arguments):
                return _called(function, [self.node(item) for item in arguments])
        raise _Doubtful

    def _named(self, key: str) -> _Node:
        found = self._figures.get(key)
        if found is None:
            figure = next((item for item in self._reach.standard.figures if item.key == key), None)
            if isinstance(figure, Value):
                found = self._value(figure)
            elif key in self._reach.standard.inputs:
                found = _Node(_cell(key), whole=key in self._whole)
            else:
                raise _Doubtful
            self._figures[key] = found
        return found

    def _value(self, figure: Value) -> _Node:
        if figure.given is not None and figure.key in self._reach.facts:
            raise _Doubtful
        ways = [
            (None if way.when is None else self._condition(way.when), self.node(way.formula))
            for way in figure.ways
        ]
        key = figure.key

        def read(look: Look) -> Real:
            found = look.numbers.get(key)
            if found is None:
                found = look.numbers[key] = choose(look)
            return found

        def choose(look: Look) -> Real:
            possible: list[Real] = []
            for when, node in ways:
                can, must = (True, True) if when is None else when(look)
                if can:
                    possible.append(node.read(look))
                if must:
                    return _hull(possible, 0)
            return _hull(possible, 1)

        nodes = [node for _, node in ways]
        return _Node(
            read,
            all(node.whole for node in nodes),
            any(node.rough for node in nodes),
            max(node.mag for node in nodes),
        )

    def comparison(self, test: Compare, exactly: Callable[[Look], Both]) -> Callable[[Look], Both]:
        """An order of two numbers, as a function of the box."""
        root = self._reach.root(test.left)
        try:
            left = self.node(test.left)
            if root == 1:
                right = self.node(test.right)
            else:
                assert isinstance(test.right, Number)
                edge = power(test.right.value, root)
                right = _constant(Span(edge, edge))
        except _Doubtful:
            return exactly
        sure = left.whole and right.whole
        mag = left.mag + right.mag
        op, one, other = test.op, left.read, right.read

        def told(look: Look) -> Both:
            try:
                low, high, void = one(look)
                least, most, empty = other(look)
            except Unsure:
                return exactly(look)
            if void == 2 or empty == 2:
                return False, False
            if not sure and (_near(high, least, mag) or _near(low, most, mag)):
                return exactly(look)
            match op:
                case ">=":
                    can, must = high >= least, low >= most
                case ">":
                    can, must = high > least, low > most
                case "<=":
                    can, must = low <= most, high <= least
                case _:
                    can, must = low < most, high < least
            return can, must and not (void or empty)

        return told

    def bands(self, body: Bands) -> Callable[[Look], tuple[list[int], bool]]:
        """In which bands a number may lie, and whether it is sure to lie in one of them, as a function of the box."""
        try:
            node = self.node(body.of)
        except _Doubtful:
            node = _Node(_unsure)
        edges = [
            (_edge(band.lower, body.root), band.lower_closed, _edge(band.upper, body.root), band.upper_closed)
            for band in body.list
        ]
        marks = sorted({edge for lower, _, upper, _ in edges for edge in (lower, upper) if edge is not None})
        whole = node.whole and all(mark.is_integer() for mark in marks)
        mag, complete = node.mag, body.complete

        def place(look: Look) -> tuple[list[int], bool]:
            low, high, void = node.read(look)
            if void == 2:
                return [], False
            if not whole and any(_near(low, mark, mag) or _near(high, mark, mag) for mark in marks):
                raise Unsure
            found = []
            for at, (lower, lower_closed, upper, upper_closed) in enumerate(edges):
                if lower is not None and (high < lower or (high == lower and not lower_closed)):
                    continue
                if upper is not None and (low > upper or (low == upper and not upper_closed)):
                    continue
                found.append(at)
                inside = (lower is None or low > lower or (low == lower and lower_closed)) and (
                    upper is None or high < upper or (high == upper and upper_closed)
                )
                if inside and not void:
                    return found, True
            return found, complete and not void

        return place


def exact_number(figures: Figures, expression: Expression) -> tuple[Reading, float] | None:
    """An expression and what was taken away in it; None where it is always to be asked exactly."""
    try:
        node = figures.node(expression)
    except _Doubtful:
        return None
    return node.read, node.mag


def _unsure(look: Look) -> Real:
    raise Unsure


def _edge(value: Fraction | None, root: int) -> float | None:
    return None if value is None else float(power(value, root))


def _near(one: float, other: float, mag: float) -> bool:
    return abs(one - other) <= _TINY * (abs(one) + abs(other) + mag)


def _constant(span: Span) -> _Node:
    real = float(span.low), float(span.high), int(span.void)
    whole = span.low.denominator == span.high.denominator == 1 and max(map(abs, real)) < 2**52
    return _Node(lambda look: real, whole, False, 0.0, real[0] if span.known else None)


def _cell(key: str) -> Reading:
    def read(look: Look) -> Real:
        cell = look.cells[key]
        assert isinstance(cell, Span)
        return float(cell.low), float(cell.high), 0

    return read


def _hull(found: list[Real], void: int) -> Real:
    real = [item for item in found if item[2] != 2]
    if not real:
        return 0.0, 0.0, 2
    sure = not void and all(item[2] == 0 for item in found)
    return min(item[0] for item in real), max(item[1] for item in real), 0 if sure else 1


def _combined(op: str, left: _Node, right: _Node) -> _Node:
    one, other = left.read, right.read
    whole = left.whole and right.whole
    if op in "+-":
        return _summed(op, left, right, whole)
    rough = left.rough or right.rough
    if rough and (right.fixed is None if left.rough else left.fixed is None or op == "/"):
        raise _Doubtful
    if op == "*":
        factor = abs(right.fixed if left.rough and right.fixed is not None else left.fixed or 1.0)

        def times(look: Look) -> Real:
            low, high, void = one(look)
            least, most, empty = other(look)
            corners = low * least, low * most, high * least, high * most
            return min(corners), max(corners), max(void, empty)

        return _Node(times, False, rough, (left.mag + right.mag) * factor)
    if right.fixed == 0:
        raise _Doubtful
    return _Node(
        lambda look: quotient(one(look), other(look)), False, rough, left.mag / abs(right.fixed or 1.0)
    )


def _summed(op: str, left: _Node, right: _Node, whole: bool) -> _Node:
    one, other = left.read, right.read
    fixed = left.fixed if left.fixed is not None else right.fixed
    mag = left.mag + right.mag + abs(fixed or 0.0)
    if op == "-" and fixed is None and not whole:
        raise _Doubtful
    careful = fixed is None and not whole

    def plus(look: Look) -> Real:
        low, high, void = one(look)
        least, most, empty = other(look)
        if careful and (low < 0 or least < 0):
            raise Unsure
        return low + least, high + most, max(void, empty)

    def minus(look: Look) -> Real:
        low, high, void = one(look)
        least, most, empty = other(look)
        return low - most, high - least, max(void, empty)

    rough = not whole and (fixed is not None or left.rough or right.rough)
    return _Node(plus if op == "+" else minus, whole, rough, 0.0 if whole else mag)


def quotient(one: Real, other: Real) -> Real:
    """One stretch by another, as `Span` divides."""
    low, high, void = one
    least, most, empty = other
    void = max(void, empty)
    if least > 0 or most < 0:
        corners = [low / least, low / most, high / least, high / most]
        return min(corners), max(corners), void
    if least == 0 == most:
        return 0.0, 0.0, 2
    corners = [value / edge for value in (low, high) for edge in (least, most) if edge]
    if most > 0:
        corners += [_MOST] if high > 0 else []
        corners += [-_MOST] if low < 0 else []
    if least < 0:
        corners += [-_MOST] if high > 0 else []
        corners += [_MOST] if low < 0 else []
    return min(corners), max(corners), max(void, 1)


def _called(function: str, nodes: list[_Node]) -> _Node:
    rough = any(node.rough for node in nodes)
    reads = [node.read for node in nodes]
    if function == "cagr":
        if rough:
            raise _Doubtful
        first, last = reads[0], reads[1]
        return _Node(lambda look: _growth(first(look), last(look)))
    if function == "floor":
        (node,) = nodes
        return _Node(lambda look: _floored(node.read(look), node), whole=True)
    if function not in ("min", "max"):
        raise _Doubtful
    pick = min if function == "min" else max

    def picked(look: Look) -> Real:
        found = [read(look) for read in reads]
        return (
            pick(item[0] for item in found),
            pick(item[1] for item in found),
            max(item[2] for item in found),
        )

    return _Node(picked, all(node.whole for node in nodes), rough, max(node.mag for node in nodes))


def _growth(first: Real, last: Real) -> Real:
    low, high, void = first
    if high <= 0 or void == 2 or last[2] == 2:
        return 0.0, 0.0, 2
    if low > 0:
        return quotient(last, first)
    least, most, _ = quotient(last, (0.0, high, void))
    return least, most, 1


def _floored(real: Real, node: _Node) -> Real:
    low, high, void = real
    if not node.whole:
        for value in (low, high):
            if _near(value, round(value), node.mag + 1):
                raise Unsure
    return low // 1, high // 1, void
