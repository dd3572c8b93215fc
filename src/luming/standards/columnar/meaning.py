"""One standard as columns: the evaluator of `luming.standards.evaluator`, step by step, over columns in place of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from luming.standards.columnar.known import Known
from luming.standards.columnar.node import FALSE, ONE, Bool, Int, both, either, invert
from luming.standards.columnar.ratio import Ratio, exact, floored, select
from luming.standards.columnar.score import Points, Scorer, money
from luming.standards.columnar.stretch import (
    Stretch,
    between,
    growth,
    highest,
    hull,
    known,
    lowest,
    minus,
    one,
    over,
    pick,
    plus,
    times,
)
from luming.standards.columnar.verdict import YES, Verdict, at_least, compare, every, some
from luming.standards.condition import Condition, TestOf
from luming.standards.evaluator import power
from luming.standards.expression import Among, Binary, Call, Compare, Expression, Name, Number, Test
from luming.standards.model import Amount, Choice, Standard, Value
from luming.standards.scope import AS_OF


class Meaning:
    """A standard over the columns of a plan.

    Args:
        places: numerator and denominator of the place within the peer group, by part.
        whole: the same with every missing fact thought as a whole, where this one thinks in cells: a figure handed
            in ready-made or points of experts that count there count in every cell.
    """

    def __init__(
        self,
        standard: Standard,
        facts: Known,
        places: Mapping[str, Stretch] | None = None,
        whole: Meaning | None = None,
    ) -> None:
        self.standard = standard
        self.facts = facts
        self.places = places or {}
        self.whole = whole
        self.stands_in: dict[str, Bool] = {}
        self._figures = {figure.key: figure for figure in standard.figures}
        self._numbers: dict[str, Stretch] = {}
        self._chosen: dict[str, tuple[dict[str, Bool], bool]] = {}
        self.points: dict[str, Points] = {}
        self.scorer = Scorer(self)
        for score in standard.scores:
            self.scorer.part(score)

    # Numbers

    def number(self, node: Expression) -> Stretch:
        """What an expression may be."""
        match node:
            case Number(value):
                return one(exact(value))
            case Name(key):
                return self.named(key)
            case Binary(op, left, right):
                reckon = {"+": plus, "-": minus, "*": times, "/": over}[op]
                return reckon(self.number(left), self.number(right))
            case Call(name, arguments):
                return self._call(name, arguments)

    def named(self, key: str) -> Stretch:
        """What a fact, figure, part or amount may be."""
        found = self._numbers.get(key)
        if found is None:
            figure = self._figures.get(key)
            if key in self.points:
                found = self.points[key].stretch
            elif isinstance(figure, Value):
                found = self.value(figure)
            elif key in self.standard.inputs:
                found = self.facts.number(key)
            else:
                item = next(item for item in self.standard.amounts if item.key == key)
                found = self.amount(item).stretch
            self._numbers[key] = found
        return found

    def value(self, figure: Value) -> Stretch:
        """What a named figure may be."""
        guards, settled, alone = self.first(way.when for way in figure.ways)
        spans = [self.number(way.formula) for way in figure.ways]
        span = hull(zip(guards, spans, strict=True), settled, alone)
        if figure.given is None or self.facts.present(figure.key) is FALSE:
            return span
        value = self.facts.value(figure.key)
        if self.whole is not None:
            self.whole.named(figure.key)
            given = self.whole.stands_in[figure.key]
        else:
            given = both(self.facts.present(figure.key), invert(known(span)))
        self.stands_in[figure.key] = given
        open_ = invert(given)
        maybe, void = both(span.maybe, open_), both(span.void, open_)
        same = None if span.same is None else either(given, span.same)
        if len(span.low) == len(span.high) == 1:
            low = select([(given, value)], lowest(span))
            high = low if span.point else select([(given, value)], highest(span))
            return between(low, high, maybe, void, same)
        return Stretch(
            (*((both(open_, when), ratio) for when, ratio in span.low), (given, value)),
            (*((both(open_, when), ratio) for when, ratio in span.high), (given, value)),
            maybe,
            void,
            same,
        )

    def amount(self, item: Amount) -> Points:
        """The money of a benefit."""
        holds = YES if item.when is None else self.condition(item.when)
        return money(item, holds, self.number(item.formula))

    def _call(self, name: str, arguments: tuple[Expression, ...]) -> Stretch:
        if name in ("full_years", "days"):
            first, last = (_day(argument) for argument in arguments)
            return self.facts.age(name, first, last)
        spans = [self.number(argument) for argument in arguments]
        if name == "cagr":
            return growth(spans[0], spans[1])
        if name == "floor":
            (span,) = spans
            low = _count(floored(lowest(span)))
            high = low if span.point else _count(floored(highest(span)))
            return between(low, high, span.maybe, span.void)
        return pick(spans, greatest=name == "max")

    # Conditions

    def condition(self, node: Condition) -> Verdict:
        """Whether a condition holds."""
        if isinstance(node, TestOf):
            return self.test(node.test)
        items = [self.condition(item) for item in node.items]
        match node.op:
            case "all":
                return every(items)
            case "any":
                return some(items)
            case "not":
                return ~items[0]
            case "at_least":
                return at_least(node.count, items)

    def test(self, test: Test) -> Verdict:
        """Whether a leaf of the tree holds."""
        match test:
            case Compare(op, left, right):
                one_, other, root = self.number(left), self.number(right), self._root(left)
                if root != 1:
                    assert isinstance(right, Number)
                    other = one(exact(power(right.value, root)))
                return compare(op, one_, other)
            case Name(key):
                return self.facts.flag(key)
            case Among(key, options, negated):
                found = self.among(key, options)
                return ~found if negated else found

    def _root(self, node: Expression) -> int:
        match node:
            case Call("cagr", (_, _, Number(years))):
                return int(years)
            case Name(key):
                figure = self._figures.get(key)
                return figure.root if isinstance(figure, Value) else 1
        return 1

    def among(self, key: str, options: Iterable[str]) -> Verdict:
        """Whether a choice, asked or derived, is one of some options."""
        asked = tuple(options)
        figure = self._figures.get(key)
        if not isinstance(figure, Choice):
            return self.facts.options(key, asked)
        if key not in self._chosen:
            self._chosen[key] = self._possible((item.name, item.when) for item in figure.options)
        possible, alone = self._chosen[key]
        can = either(*(when for name, when in possible.items() if name in asked))
        if alone:
            return Verdict(can, can)
        return Verdict(can, invert(either(*(when for name, when in possible.items() if name not in asked))))

    def _possible(self, items: Iterable[tuple[str, Condition | None]]) -> tuple[dict[str, Bool], bool]:
        """Which of some names may be the first whose condition holds, and whether only one ever may.

        An empty name stands for none of them.
        """
        named = list(items)
        guards, settled, alone = self.first(when for _, when in named)
        found: dict[str, Bool] = {}
        for (name, _), guard in zip(named, guards, strict=True):
            found[name] = either(found.get(name, FALSE), guard)
        found[""] = invert(settled)
        return found, alone

    def classes(self) -> dict[str, Bool]:
        """Which classes the firm may be in, in order; an empty name stands for none of them."""
        found, _ = self._possible((item.key, item.when) for item in self.standard.classes)
        return found

    def first(self, conditions: Iterable[Condition | None]) -> tuple[list[Bool], Bool, bool]:
        """Which of some conditions may be the first that holds.

        Also whether one does for sure, and whether no two of them may.
        """
        guards: list[Bool] = []
        earlier: list[Bool] = []
        alone = True
        for when in conditions:
            holds = YES if when is None else self.condition(when)
            guards.append(both(holds.can, *(invert(before) for before in earlier)))
            earlier.append(holds.must)
            alone = alone and holds.sure
        return guards, either(*earlier), alone


def _count(number: Int) -> Ratio:
    return Ratio(number, ONE, Fraction(1))


def _day(node: Expression) -> str | None:
    assert isinstance(node, Name)
    return None if node.key == AS_OF else node.key
