"""What a plan says of one standard, as columns: raw bounds that cells may widen, and the columns a reader sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from sqlglot import exp

from luming.errors import LumingError
from luming.standards.columnar.meaning import Meaning
from luming.standards.columnar.node import Bool, Int, Node, both, const, either, greatest, least, times
from luming.standards.columnar.ratio import Ratio, TooLarge
from luming.standards.columnar.score import Points
from luming.standards.columnar.select import name, number
from luming.standards.kind import kind_of
from luming.standards.model import Standard, StandardKind
from luming.standards.points import parts_of

Merge = Literal["or", "and", "min", "max"]
MOST_DIGITS = 9
SHORT = 10**18
"""Below it a number fits a decimal of 18 digits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader wants to see.

    Attributes:
        parts: the points of every part too.
        single: one column for each score and amount, null where it is not known, instead of low and high.
        counted: whole numbers of the last digit shown, instead of decimals.
    """

    parts: bool = False
    single: bool = False
    counted: bool = False


@dataclass
class Raw:
    """The raw columns of one standard in one plan, by name, with how several cells become one row."""

    nodes: dict[str, tuple[Node, Merge]] = field(default_factory=dict)

    def merged(self, other: Raw) -> Raw:
        """Both as one row."""
        return Raw(
            {key: (_merge(how, node, other.nodes[key][0]), how) for key, (node, how) in self.nodes.items()}
        )


def _merge(how: Merge, one: Node, other: Node) -> Node:
    if isinstance(one, Bool) and isinstance(other, Bool):
        return either(one, other) if how == "or" else both(one, other)
    assert isinstance(one, Int)
    assert isinstance(other, Int)
    return least(one, other) if how == "min" else greatest(one, other)


class Report:
    """The columns of one standard.

    Args:
        label: how its columns begin.
        at: its place among the standards of the run.
    """

    def __init__(self, standard: Standard, label: str, at: int, as_of: dt.date, wanted: Wanted) -> None:
        self.standard = standard
        self.label = label
        self._at = at
        self._as_of = as_of
        self._wanted = wanted
        self._scores = [score.key for score in standard.scores]
        every = [part.key for score in standard.scores for part in parts_of(score) if part.key]
        self._parts = [key for key in every if key not in self._scores]
        self._amounts = list(standard.amounts)
        self._long: set[tuple[str, str]] = set()
        self.digits = _digits(standard)

    def _raw(self, *words: object) -> str:
        return "_".join(["s", str(self._at), *map(str, words)])

    @property
    def _by_figures(self) -> bool:
        return self.standard.rule is None and not self.standard.classes

    @property
    def _shown(self) -> list[str]:
        return [*self._scores, *(self._parts if self._wanted.parts else [])]

    def raw(self, meaning: Meaning) -> Raw:
        """The raw columns."""
        found = Raw()
        if self.standard.rule is not None:
            verdict = meaning.condition(self.standard.rule)
            found.nodes[self._raw("can")] = (verdict.can, "or")
            found.nodes[self._raw("must")] = (verdict.must, "and")
        if self.standard.classes:
            for at, possible in enumerate(meaning.classes().values()):
                found.nodes[self._raw("class", at)] = (possible, "or")
        asked = self._shown
        if self._by_figures and self.standard.kind is StandardKind.SCORE:
            asked = [*self._scores, *self._parts]
        for key in asked:
            self._bounds(found, ("points", key), meaning.points[key], self.digits)
        for item in self._amounts:
            _, factor = kind_of(item.unit)
            self._bounds(found, ("amount", item.key), meaning.amount(item), item.decimals, factor)
        return found

    def _bounds(
        self, found: Raw, words: tuple[str, str], points: Points, digits: int, unit: Fraction = Fraction(1)
    ) -> None:
        low, high = (_steps(bound, digits, unit) for bound in (points.low, points.high))
        if low.wide or high.wide:
            raise TooLarge(f"“{words[1]}”的结果可能超出64位整数;请写明上限(max),或把输入的取值范围写窄。")
        if max(low.reach, high.reach) >= SHORT:
            self._long.add(words)
        found.nodes[self._raw(*words, "low")] = (low, "min")
        found.nodes[self._raw(*words, "high")] = (high, "max")

    def columns(self) -> Iterator[exp.Expr]:
        """The columns that a reader sees, from the raw ones."""
        yield exp.alias_(self._outcome(), f"{self.label}_outcome", quoted=True)
        if self.standard.classes:
            yield from self._classes()
        for key in self._shown:
            yield from self._range(("points", key), key, self.digits)
        for item in self._amounts:
            yield from self._range(("amount", item.key), item.key, item.decimals)

    def _outcome(self) -> exp.Expr:
        def said(word: str) -> exp.Expr:
            return exp.Literal.string(word)

        if not self.standard.in_force(self._as_of):
            return said("not_in_force")
        if self.standard.rule is not None:
            return (
                exp.Case()
                .when(name(self._raw("must")), said("pass"))
                .when(name(self._raw("can")), said("unknown"))
                .else_(said("fail"))
            )
        if self.standard.classes:
            count = self._count()
            none = name(self._raw("class", len(self._class_names()) - 1))
            return (
                exp.Case()
                .when(exp.GT(this=count, expression=number(1)), said("unknown"))
                .when(none, said("fail"))
                .else_(said("pass"))
            )
        if self.standard.kind is StandardKind.SCORE:
            pairs = [("points", key) for key in (*self._scores, *self._parts)]
        else:
            pairs = [("amount", item.key) for item in self._amounts]
        same = [
            exp.EQ(this=name(self._raw(*words, "low")), expression=name(self._raw(*words, "high")))
            for words in pairs
        ]
        return exp.Case().when(exp.and_(*same), said("pass")).else_(said("unknown")) if same else said("pass")

    def _class_names(self) -> list[str]:
        return [*dict.fromkeys(item.key for item in self.standard.classes), ""]

    def _count(self) -> exp.Expr:
        ones: list[exp.Expr] = [
            exp.paren(exp.Case().when(name(self._raw("class", at)), number(1)).else_(number(0)))
            for at in range(len(self._class_names()))
        ]
        total = ones[0]
        for item in ones[1:]:
            total = exp.Add(this=total, expression=item)
        return exp.paren(total)

    def _classes(self) -> Iterator[exp.Expr]:
        names = self._class_names()
        single = exp.Case().when(
            exp.GT(this=self._count(), expression=number(1)), exp.cast(exp.null(), "TEXT")
        )
        for at, item in enumerate(names[:-1]):
            single = single.when(name(self._raw("class", at)), exp.Literal.string(item))
        yield exp.alias_(single.else_(exp.Literal.string("")), f"{self.label}_class", quoted=True)
        every = [
            exp.Case()
            .when(name(self._raw("class", at)), exp.Literal.string(f"{item}|"))
            .else_(exp.Literal.string(""))
            for at, item in enumerate(names)
        ]
        listed = exp.Concat(expressions=every, safe=True, coalesce=False)
        yield exp.alias_(listed, f"{self.label}_classes", quoted=True)

    def _range(self, words: tuple[str, str], key: str, digits: int) -> Iterator[exp.Expr]:
        low, high = name(self._raw(*words, "low")), name(self._raw(*words, "high"))
        width = 38 if words in self._long else 18

        def shown(steps: exp.Expr) -> exp.Expr:
            return steps if self._wanted.counted else _decimal(steps, digits, width)

        if self._wanted.single:
            known = exp.Case().when(exp.EQ(this=low, expression=high), shown(low.copy()))
            yield exp.alias_(known, f"{self.label}_{key}", quoted=True)
            return
        yield exp.alias_(shown(low), f"{self.label}_{key}_low", quoted=True)
        yield exp.alias_(shown(high), f"{self.label}_{key}_high", quoted=True)


def _steps(bound: Ratio, digits: int, unit: Fraction) -> Int:
    """Points or money counted in the last digit shown."""
    factor = bound.scale / unit * 10**digits
    if bound.over.op == "const":
        value = bound.over.low * factor
        assert value.denominator == 1
        return const(int(value))
    assert factor.denominator == 1
    return times(bound.over, const(int(factor)))


def _decimal(steps: exp.Expr, digits: int, width: int) -> exp.Expr:
    """A decimal number from its last digits counted."""
    if not digits:
        return exp.cast(steps, f"DECIMAL({width}, 0)")
    unit = exp.cast(exp.Literal.number(f"0.{'0' * (digits - 1)}1"), f"DECIMAL({digits + 1}, {digits})")
    return exp.cast(exp.Mul(this=steps, expression=unit), f"DECIMAL({width}, {digits})")


def _digits(standard: Standard) -> int:
    """How many digits behind the point the points of a standard have: four, or more where it needs them."""
    values: list[Fraction] = []
    digits = 4
    for score in standard.scores:
        for part in parts_of(score):
            digits = max(digits, part.decimals)
            values += [edge for edge in (part.highest, part.lowest) if edge is not None]
            if part.judged:
                values.append(standard.inputs[part.judged].step)
            for item in getattr(part.body, "list", ()):
                points = getattr(item, "points", None)
                values += [points.low, points.high] if points is not None else []
    while any((value * 10**digits).denominator != 1 for value in values):
        digits += 1
        if digits > MOST_DIGITS:
            raise LumingError(f"标准“{standard.name}”的分值小数位数超过{MOST_DIGITS}位,不能成批计算。")
    return digits


def merged(raws: Iterable[Raw]) -> Raw:
    """Several cells as one row."""
    first, *others = raws
    for other in others:
        first = first.merged(other)
    return first


def aggregates(nodes: Mapping[str, Merge]) -> list[exp.Expr]:
    """The raw columns of several rows as one row."""
    kinds: dict[str, type[exp.AggFunc]] = {
        "or": exp.LogicalOr,
        "and": exp.LogicalAnd,
        "min": exp.Min,
        "max": exp.Max,
    }
    return [exp.alias_(kinds[how](this=name(key)), key, quoted=True) for key, how in nodes.items()]
