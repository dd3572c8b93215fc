"""The points of a standard as columns, and its money: part by part as `luming.standards.evaluator` finds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from luming.errors import LumingError
from luming.standards.columnar.node import FALSE, ONE, Bool, Int, both, choose, const, either, invert
from luming.standards.columnar.ratio import (
    Ratio,
    above_zero,
    add,
    at_least,
    cut,
    exact,
    more_than,
    multiply,
    rounded,
    select,
    sign,
)
from luming.standards.columnar.stretch import Stretch, between, highest, lowest, one
from luming.standards.columnar.verdict import YES, Verdict, within
from luming.standards.evaluator import power
from luming.standards.kind import kind_of
from luming.standards.model import Amount
from luming.standards.points import (
    Added,
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
    Weight,
)
from luming.standards.span import round_half_up

if TYPE_CHECKING:
    from luming.standards.columnar.meaning import Meaning

NIL = exact(0)


@dataclass(frozen=True, slots=True)
class Points:
    """Points or money: never not computable, on a grid of whole numbers."""

    low: Ratio
    high: Ratio

    @property
    def stretch(self) -> Stretch:
        """The same as a number to reckon with."""
        return between(self.low, self.high)


def _point(value: Fraction | int) -> Points:
    return Points(exact(value), exact(value))


class Scorer:
    """Finds the points of all parts and notes them in the meaning."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self.judged: dict[int, Bool] = {}
        """Where the points that experts gave a part count, by identity of the part."""

    def part(self, part: Part) -> Points:
        """The points of a part, and of all parts in it on the way."""
        found = self._body(part, part.body)
        if part.judged and not isinstance(part.body, Judged):
            given, here = self._given(part)
            inside = both(here, at_least(given, found.low), at_least(found.high, given))
            whole = self._meaning.whole
            inside = self.judged[id(part)] = inside if whole is None else whole.scorer.judged[id(part)]
            low = select([(inside, given)], found.low)
            high = low if found.low == found.high else select([(inside, given)], found.high)
            found = Points(low, high)
        low = cut(found.low, part.lowest, part.highest)
        high = low if found.low == found.high else cut(found.high, part.lowest, part.highest)
        if part.key:
            self._meaning.points[part.key] = Points(low, high)
        return Points(low, high)

    def _given(self, part: Part) -> tuple[Ratio, Bool]:
        return self._meaning.facts.value(part.judged), self._meaning.facts.present(part.judged)

    def _body(self, part: Part, body: Body) -> Points:
        match body:
            case Group(parts):
                total = _point(0)
                for inner in parts:
                    total = _sum(total, self.part(inner))
                return total
            case BestOf(ways):
                best, *others = [self.part(way) for way in ways]
                for other in others:
                    best = Points(_greater(best.low, other.low), _greater(best.high, other.high))
                return best
            case Bands():
                return self._bands(body)
            case Cases(cases):
                guards, settled, alone = self._meaning.first(case.when for case in cases)
                return _first([(case.points.low, case.points.high) for case in cases], guards, settled, alone)
            case Added(cases):
                return self._added(cases)
            case Judged():
                given, here = self._given(part)
                most = exact(part.highest or Fraction(0))
                inside = both(here, at_least(given, NIL), at_least(most, given))
                return Points(select([(inside, given)], NIL), select([(inside, given)], most))
            case Formula():
                return _formula(computed(self._meaning.number(body.formula)), part.decimals)
            case Percentile():
                return self._percentile(part, body)
            case _:
                share = self._meaning.number(body.of)
                return _scaled(share, body.full, self._weight(body.weight), part.decimals)

    def _percentile(self, part: Part, body: Percentile) -> Points:
        if not part.key:
            raise LumingError(
                f"“best_of”里的同组排位(percentile)“{body.written}”没有名字,成批计算时无法存放位次;请把它写成单独的一项。"
            )
        place = self._meaning.places.get(part.key, between(NIL, exact(1)))
        return _scaled(place, Fraction(1), self._weight(body.weight), part.decimals)

    def _bands(self, body: Bands) -> Points:
        value = self._meaning.number(body.of)
        guards: list[Bool] = []
        earlier: list[Bool] = []
        alone = True
        for band in body.list:
            lower, upper = (
                None if edge is None else one(exact(power(edge, body.root)))
                for edge in (band.lower, band.upper)
            )
            holds = within(value, lower, band.lower_closed, upper, band.upper_closed)
            guards.append(both(holds.can, *(invert(before) for before in earlier)))
            earlier.append(holds.must)
            alone = alone and holds.sure
        points = [(band.points.low, band.points.high) for band in body.list]
        settled = either(*earlier, invert(value.maybe)) if body.complete else either(*earlier)
        return _first(points, guards, settled, alone)

    def _added(self, cases: tuple[Case, ...]) -> Points:
        total = _point(0)
        for case in cases:
            holds = YES if case.when is None else self._meaning.condition(case.when)
            low, high = case.points.low, case.points.high
            total = _sum(total, _when(holds, low, high))
        return total

    def _weight(self, weight: Weight) -> Points:
        if not weight.by:
            return _point(weight.table[0][1])
        table: dict[Fraction, list[str]] = {}
        for option, points in weight.table:
            table.setdefault(points, []).append(option)
        found = [(value, self._meaning.among(weight.by, names)) for value, names in sorted(table.items())]
        up = [(holds.can, exact(value)) for value, holds in found]
        low = select(up[:-1], up[-1][1])
        if all(holds.sure for _, holds in found):
            return Points(low, low)
        return Points(low, select(up[:0:-1], up[0][1]))


def _sum(left: Points, right: Points) -> Points:
    low = add(left.low, right.low)
    if left.low == left.high and right.low == right.high:
        return Points(low, low)
    return Points(low, add(left.high, right.high))


def _greater(left: Ratio, right: Ratio) -> Ratio:
    return select([(at_least(left, right), left)], right)


def _when(holds: Verdict, low: Fraction, high: Fraction) -> Points:
    """Points of a case where it must hold, nothing where it cannot, either where it may."""
    if holds.sure:
        down = select([(holds.can, exact(low))], NIL)
        return Points(down, down if low == high else select([(holds.can, exact(high))], NIL))
    return Points(
        select([(holds.must, exact(low)), (holds.can, exact(min(low, Fraction(0))))], NIL),
        select([(holds.must, exact(high)), (holds.can, exact(max(high, Fraction(0))))], NIL),
    )


def _first(points: list[tuple[Fraction, Fraction]], guards: list[Bool], settled: Bool, alone: bool) -> Points:
    """Points of the first that holds; 0 where none may."""
    same = all(low == high for low, high in points)
    if alone:
        low_ = select(zip(guards, (exact(low) for low, _ in points), strict=True), NIL)
        if same:
            return Points(low_, low_)
        return Points(low_, select(zip(guards, (exact(high) for _, high in points), strict=True), NIL))
    none = (invert(settled), Fraction(0))
    lows = [*((guard, low) for guard, (low, _) in zip(guards, points, strict=True)), none]
    highs = [*((guard, high) for guard, (_, high) in zip(guards, points, strict=True)), none]
    return Points(_extreme(lows, least=True), _extreme(highs, least=False))


def _extreme(items: Iterable[tuple[Bool, Fraction]], *, least: bool) -> Ratio:
    """The least or the greatest of the values whose truth holds; one of them always does."""
    found: dict[Fraction, Bool] = {}
    for when, value in items:
        if when is not FALSE:
            found[value] = either(found.get(value, FALSE), when)
    ordered = sorted(found, reverse=not least)
    return select([(found[value], exact(value)) for value in ordered[:-1]], exact(ordered[-1]))


def computed(span: Stretch) -> Stretch:
    """What cannot be computed counts as 0."""
    if span.point and span.maybe == span.void:
        found = select([(span.void, NIL)], span.point)
        return between(found, found)
    low, high = lowest(span), highest(span)
    return between(
        select([(either(span.void, both(span.maybe, above_zero(low))), NIL)], low),
        select([(either(span.void, both(span.maybe, invert(sign(high)))), NIL)], high),
    )


def _formula(span: Stretch, decimals: int) -> Points:
    scale = Fraction(10**decimals)
    low = Ratio(rounded(lowest(span), scale), ONE, 1 / scale)
    return Points(low, low if span.point else Ratio(rounded(highest(span), scale), ONE, 1 / scale))


def _scaled(share: Stretch, full: Fraction, weight: Points, decimals: int) -> Points:
    """Points times a share cut to 0..full, over full, rounded."""
    scale = Fraction(10**decimals)

    def part(bound: Ratio, points: Ratio, nothing: Bool) -> Int:
        most = int(round_half_up(points.reach, decimals) * scale)
        if bound.under is ONE:
            found = rounded(multiply(cut(bound, Fraction(0), full), points), scale / full, most)
            return choose([(nothing, const(0))], found)
        inner = rounded(multiply(bound, points), scale / full, most)
        return choose(
            [
                (either(nothing, invert(above_zero(bound))), const(0)),
                (at_least(bound, exact(full)), rounded(points, scale)),
            ],
            inner,
        )

    low_share, high_share = lowest(share), highest(share)
    down = part(low_share, weight.low, share.maybe)
    up = part(high_share, weight.high, share.void)
    if share.point and share.maybe == share.void and weight.low == weight.high:
        return Points(Ratio(down, ONE, 1 / scale), Ratio(down, ONE, 1 / scale))
    if weight.low.over.low < 0:
        down = choose([(sign(weight.low), down)], part(high_share, weight.low, share.void))
    if weight.high.over.low < 0:
        up = choose([(sign(weight.high), up)], part(low_share, weight.high, share.maybe))
    return Points(Ratio(down, ONE, 1 / scale), Ratio(up, ONE, 1 / scale))


def money(item: Amount, holds: Verdict, formula: Stretch) -> Points:
    """The money of a benefit: cut, rounded, 0 where it is not due."""
    _, factor = kind_of(item.unit)
    step = factor / Fraction(10**item.decimals)
    span = computed(formula)
    most = None
    if item.lowest is not None and item.highest is not None:
        edge = max(abs(item.lowest), abs(item.highest))
        most = int(round_half_up(edge / factor, item.decimals) * 10**item.decimals)

    def reckoned(bound: Ratio) -> Ratio:
        return Ratio(rounded(cut(bound, item.lowest, item.highest), 1 / step, most), ONE, step)

    low = reckoned(lowest(span))
    high = low if span.point else reckoned(highest(span))
    if holds.sure:
        down = select([(holds.can, low)], NIL)
        return Points(down, down if low == high else select([(holds.can, high)], NIL))
    open_ = both(holds.can, invert(holds.must))
    return Points(
        select([(either(invert(holds.can), both(open_, above_zero(low))), NIL)], low),
        select([(either(invert(holds.can), both(open_, more_than(NIL, high))), NIL)], high),
    )
