"""One standard against the facts of one firm, exactly: numbers as fractions, truth in three values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction

from luming.standards.award import first_of, nothing_if_void, rounded
from luming.standards.condition import Condition, TestOf
from luming.standards.expression import Among, Binary, Call, Compare, Expression, Name, Number, Test
from luming.standards.kind import kind_of
from luming.standards.model import Amount, Choice, Input, Standard, Value
from luming.standards.points import (
    Added,
    Band,
    Bands,
    BestOf,
    Body,
    Case,
    Cases,
    Formula,
    Group,
    Judged,
    Part,
    Percentile,
    Ratio,
    Weight,
)
from luming.standards.scope import AS_OF
from luming.standards.span import VOID, Span, Void, hull, point, round_half_up
from luming.standards.truth import OPEN, YES, Truth, at_least, compare, every, some, truth, within

Fact = Fraction | bool | str | dt.date
Facts = Mapping[str, Fact]
"""Known facts by key, numbers in base units. What is not there is not known."""

_ZERO = Fraction(0)
_AGES = {"full_years": Span(_ZERO, Fraction(500)), "days": Span(_ZERO, Fraction(182500))}


class Evaluator:
    """A standard, the facts of one firm, and a day.

    Args:
        cells: stretches that missing numbers are narrowed to, and options that missing flags and choices are set to.
        whole: the same without cells; what it knows already holds in every cell, and is not reckoned again.
        places: place within the peer group (0 to 1) by the key of the part, for percentile parts.
    """

    def __init__(
        self,
        standard: Standard,
        facts: Facts,
        as_of: dt.date,
        cells: Mapping[str, Span | bool | str] | None = None,
        places: Mapping[str, Fraction] | None = None,
        whole: Evaluator | None = None,
    ) -> None:
        self.standard = standard
        self.facts = facts
        self.as_of = as_of
        self._cells = cells or {}
        self.places = places or {}
        self._whole = whole
        self._figures = {figure.key: figure for figure in standard.figures}
        self._numbers: dict[str, Span] = {}
        self._truths: dict[int, Truth] = {}
        self._points: dict[int, Span] = {}
        self._chosen: dict[str, tuple[str, ...]] = {}

    def _untouched(self, node: int | str) -> bool:
        """Whether nothing that the cells narrow stands behind a node or figure."""
        return self._cells.keys().isdisjoint(self.standard.rests_on.get(node, self._cells.keys()))

    # Numbers

    def number(self, node: Expression) -> Span:
        """What an expression may be."""
        match node:
            case Number(value):
                return Span(value, value)
            case Name(key):
                return self.named(key)
            case Binary(op, left, right):
                one, other = self.number(left), self.number(right)
                if op == "/":
                    return one / other
                return one + other if op == "+" else one - other if op == "-" else one * other
            case Call(name, arguments):
                return self._call(name, arguments)

    def named(self, key: str) -> Span:
        """What a fact, figure, part or amount may be."""
        found = self._numbers.get(key)
        if found is None and self._whole is not None:
            known = self._whole.named(key)
            if known.known or self._untouched(key):
                found = self._numbers[key] = known
        if found is None:
            figure = self._figures.get(key)
            if isinstance(figure, Value):
                found = self.value(figure)
            elif key in self.standard.parts:
                found = self.part(self.standard.parts[key])
            elif key in self.standard.inputs:
                found = self._fact(self.standard.inputs[key])
            else:
                found = next(self.amount(item) for item in self.standard.amounts if item.key == key)
            self._numbers[key] = found
        return found

    def _fact(self, item: Input) -> Span:
        value = self.facts.get(item.key)
        if isinstance(value, Fraction):
            return Span(value, value)
        cell = self._cells.get(item.key)
        return cell if isinstance(cell, Span) else domain(self.standard, item, self.facts)

    def value(self, figure: Value) -> Span:
        """What a named figure may be."""
        found: list[Span] = []
        settled = False
        for way in figure.ways:
            holds = YES if way.when is None else self.condition(way.when)
            if holds.can:
                found.append(self.number(way.formula))
            if holds.must:
                settled = True
                break
        span = hull(found) if settled else hull((*found, VOID))
        if figure.given is not None and not span.known:
            given = self.facts.get(figure.key)
            if isinstance(given, Fraction):
                return Span(given, given)
        return span

    def _call(self, name: str, arguments: tuple[Expression, ...]) -> Span:
        if name in _AGES:
            return self._age(name, *arguments)
        spans = [self.number(argument) for argument in arguments]
        if name == "cagr":
            return _growth(spans[0], spans[1])
        void = max(span.void for span in spans)
        if name == "floor":
            (span,) = spans
            return Span(Fraction(span.low // 1), Fraction(span.high // 1), void)
        pick = min if name == "min" else max
        return Span(pick(span.low for span in spans), pick(span.high for span in spans), void)

    def _age(self, name: str, first: Expression, last: Expression) -> Span:
        one, other = self._day(first), self._day(last)
        if one is None or other is None:
            return _AGES[name]
        return point((other - one).days if name == "days" else full_years(one, other))

    def _day(self, node: Expression) -> dt.date | None:
        assert isinstance(node, Name)
        if node.key == AS_OF:
            return self.as_of
        found = self.facts.get(node.key)
        return found if isinstance(found, dt.date) else None

    # Conditions

    def condition(self, node: Condition) -> Truth:
        """Whether a condition holds."""
        found = self._truths.get(id(node))
        if found is None:
            known = None if self._whole is None else self._whole.condition(node)
            settled = known is not None and (known.known or self._untouched(id(node)))
            found = known if known is not None and settled else self._condition(node)
            self._truths[id(node)] = found
        return found

    def _condition(self, node: Condition) -> Truth:
        if isinstance(node, TestOf):
            return self.test(node.test)
        items = map(self.condition, node.items)
        match node.op:
            case "all":
                return every(items)
            case "any":
                return some(items)
            case "not":
                return ~next(items)
            case "at_least":
                return at_least(node.count, items)

    def test(self, test: Test) -> Truth:
        """Whether a leaf of the tree holds."""
        match test:
            case Compare(op, left, right):
                one, other, root = self.number(left), self.number(right), self.root(left)
                return compare(op, one, other if root == 1 else point(power(other.low, root)))
            case Name(key):
                value = self.facts.get(key, self._cells.get(key))
                return truth(value) if isinstance(value, bool) else OPEN
            case Among(key, options, negated):
                possible = self.choice(key)
                found = Truth(
                    any(option in options for option in possible),
                    all(option in options for option in possible),
                )
                return ~found if negated else found

    def root(self, node: Expression) -> int:
        """Of how many years an expression is the mean growth; 1 for any other number."""
        match node:
            case Call("cagr", (_, _, Number(years))):
                return int(years)
            case Name(key):
                figure = self._figures.get(key)
                return figure.root if isinstance(figure, Value) else 1
        return 1

    def choice(self, key: str) -> tuple[str, ...]:
        """The options that a choice, asked or derived, may be."""
        figure = self._figures.get(key)
        if not isinstance(figure, Choice):
            value = self.facts.get(key, self._cells.get(key))
            return (value,) if isinstance(value, str) else self.standard.inputs[key].options
        if key not in self._chosen:
            self._chosen[key] = tuple(self._options((item.name, item.when) for item in figure.options))
        return self._chosen[key]

    def _options(self, items: Iterable[tuple[str, Condition | None]]) -> list[str]:
        found = []
        for name, when in items:
            holds = YES if when is None else self.condition(when)
            if holds.can:
                found.append(name)
            if holds.must:
                return found
        found.append("")
        return found

    def classes(self) -> tuple[str, ...]:
        """The classes the firm may be in, in order; an empty name stands for none of them."""
        return tuple(self._options((item.key, item.when) for item in self.standard.classes))

    # Points

    def part(self, part: Part) -> Span:
        """The points of a part, and of all parts in it on the way."""
        found = self._points.get(id(part))
        if found is not None:
            return found
        found = None if self._whole is None else self._whole.part(part)
        if found is not None and (found.known or self._untouched(id(part))):
            self._points[id(part)] = found
            if part.key:
                self._numbers[part.key] = found
            return found
        span = self._body(part, part.body)
        if part.judged and not isinstance(part.body, Judged):
            given = self.facts.get(part.judged)
            if isinstance(given, Fraction) and span.low <= given <= span.high:
                span = point(given)
        span = self._points[id(part)] = span.clamp(part.lowest, part.highest)
        if part.key:
            self._numbers[part.key] = span
        return span

    def _body(self, part: Part, body: Body) -> Span:
        match body:
            case Group(parts):
                total = point(0)
                for inner in parts:
                    total = total + self.part(inner)
                return total
            case BestOf(ways):
                spans = [self.part(way) for way in ways]
                return Span(max(span.low for span in spans), max(span.high for span in spans))
            case Bands():
                return self._bands(body)
            case Cases(cases):
                return self._cases(cases)
            case Added(cases):
                return self._added(cases)
            case Judged():
                return self._judged(part)
            case Ratio() | Percentile() | Formula():
                return self._reckoned(part, body)

    def _judged(self, part: Part) -> Span:
        given = self.facts.get(part.judged)
        highest = part.highest or _ZERO
        if isinstance(given, Fraction) and _ZERO <= given <= highest:
            return point(given)
        return Span(_ZERO, highest)

    def _reckoned(self, part: Part, body: Ratio | Percentile | Formula) -> Span:
        if isinstance(body, Formula):
            return rounded(nothing_if_void(self.number(body.formula)), Fraction(1), part.decimals)
        if isinstance(body, Ratio):
            share = self.number(body.of).clamp(_ZERO, body.full)
            return rounded(nothing_if_void(share) * self.weight(body.weight), body.full, part.decimals)
        place = self.places.get(part.key)
        found = Span(_ZERO, Fraction(1)) if place is None else point(place)
        return rounded(found * self.weight(body.weight), Fraction(1), part.decimals)

    def bands(self, body: Bands) -> list[tuple[Band, Truth]]:
        """Whether the figure lies in each band."""
        value, found = self.number(body.of), []
        for band in body.list:
            lower = None if band.lower is None else point(power(band.lower, body.root))
            upper = None if band.upper is None else point(power(band.upper, body.root))
            found.append((band, within(value, lower, band.lower_closed, upper, band.upper_closed)))
        return found

    def _bands(self, body: Bands) -> Span:
        found = [(band.points, holds) for band, holds in self.bands(body)]
        if body.complete and self.number(body.of).void is Void.NO:
            return hull(Span(points.low, points.high) for points, holds in found if holds.can)
        return first_of(found)

    def _cases(self, cases: tuple[Case, ...]) -> Span:
        return first_of(
            [(case.points, YES if case.when is None else self.condition(case.when)) for case in cases]
        )

    def _added(self, cases: tuple[Case, ...]) -> Span:
        total = point(0)
        for case in cases:
            holds = YES if case.when is None else self.condition(case.when)
            if holds.must:
                total = total + Span(case.points.low, case.points.high)
            elif holds.can:
                total = total + Span(min(_ZERO, case.points.low), max(_ZERO, case.points.high))
        return total

    def weight(self, weight: Weight) -> Span:
        """Full points, for the options that the choice may be."""
        table = dict(weight.table)
        if not weight.by:
            return point(table[""])
        found = [table.get(option, _ZERO) for option in self.choice(weight.by)]
        return Span(min(found), max(found))

    # Money

    def amount(self, item: Amount) -> Span:
        """The money of a benefit, in base units."""
        holds = YES if item.when is None else self.condition(item.when)
        if not holds.can:
            return point(0)
        _, factor = kind_of(item.unit)
        span = nothing_if_void(self.number(item.formula)).clamp(item.lowest, item.highest)
        low = round_half_up(span.low / factor, item.decimals) * factor
        high = round_half_up(span.high / factor, item.decimals) * factor
        found = Span(low, high)
        return found if holds.must else hull((found, point(0)))


def domain(standard: Standard, item: Input, facts: Facts) -> Span:
    """Where a missing number may lie: its domain, at most the whole it is part of, at least every part of it."""
    low, high = item.lowest, item.highest
    whole = facts.get(item.part_of)
    if isinstance(whole, Fraction) and low <= whole < high:
        high = whole
    for key in standard.wholes.get(item.key, ()):
        part = facts.get(key)
        if isinstance(part, Fraction) and low < part <= high:
            low = part
    return Span(low, high)


def full_years(first: dt.date, last: dt.date) -> int:
    """Years completed between two days; a birthday on 29 February completes on 1 March of common years."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def power(threshold: Fraction, root: int) -> Fraction:
    """The quotient last ÷ first that a mean yearly growth stands for: (1 + g) to the number of years."""
    return threshold if root == 1 else max(_ZERO, 1 + threshold) ** root


def _growth(first: Span, last: Span) -> Span:
    """The quotient last ÷ first; not computable where the first year is not above 0."""
    if first.high <= 0 or Void.YES in (first.void, last.void):
        return VOID
    if first.low > 0:
        return last / first
    found = last / Span(_ZERO, first.high)
    return Span(found.low, found.high, Void.MAYBE)
