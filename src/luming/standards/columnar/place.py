"""The place of each firm within its peer group, exactly: (those below + half of the equal) / all, by window functions.

The same places as `luming.standards.places`. Fractions are put in order by their whole part and as many further digits
as tell any two of them apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from sqlglot import exp

from luming.errors import LumingError
from luming.standards.columnar.known import Known
from luming.standards.columnar.meaning import Meaning
from luming.standards.columnar.node import (
    ONE,
    ZERO,
    Bool,
    Int,
    Node,
    both,
    choose,
    column,
    const,
    greatest,
    least,
    minus,
    present,
    quotient,
    reaches,
    times,
)
from luming.standards.columnar.ratio import Ratio, exact, fitting, floored, select
from luming.standards.columnar.select import Selection, name, number
from luming.standards.columnar.stretch import Stretch, between, known, lowest
from luming.standards.model import Choice, Standard
from luming.standards.points import Part, Percentile, parts_of

_MOST = 2**33


class Places:
    """The percentile parts of one standard.

    Args:
        prefix: how the columns of the places begin.
    """

    def __init__(self, standard: Standard, prefix: str) -> None:
        self._standard = standard
        self._prefix = prefix
        self.parts = [
            part for score in standard.scores for part in parts_of(score) if isinstance(part.body, Percentile)
        ]
        for part in self.parts:
            if not part.key:
                raise LumingError(
                    "“best_of”里的同组排位(percentile)没有名字,成批计算时无法存放位次;请把它写成单独的一项。"
                )

    @property
    def columns(self) -> list[str]:
        """The columns that hold the places."""
        return [f"{self._prefix}_{at}_{side}" for at in range(len(self.parts)) for side in ("over", "under")]

    def stretches(self) -> dict[str, Stretch]:
        """What the place of each part may be."""
        found = {}
        for at, part in enumerate(self.parts):
            over, under = (f"{self._prefix}_{at}_{side}" for side in ("over", "under"))
            place = Ratio(column(over, 0, _MOST), column(under, 1, _MOST), Fraction(1))
            here = present(over)
            found[part.key] = between(select([(here, place)], exact(0)), select([(here, place)], exact(1)))
        return found

    def over(self, source: exp.Select, facts: Known, kept: list[str], as_of: dt.date) -> exp.Select:
        """A relation with the places beside its columns."""
        meaning = Meaning(self._standard, facts)
        nodes: dict[str, Node] = {}
        windows: list[exp.Expr] = []
        for at, part in enumerate(self.parts):
            mine, keys = self._ordered(meaning, part, f"{self._prefix}_{at}")
            nodes |= mine
            windows += self._windows(f"{self._prefix}_{at}", keys, part)
        ordered = Selection(nodes, kept, as_of).over(source)
        items = [*(name(item) for item in kept), *windows]
        return exp.Select(expressions=items).from_(ordered.subquery("t", copy=False), copy=False)

    def _ordered(self, meaning: Meaning, part: Part, prefix: str) -> tuple[dict[str, Node], list[str]]:
        """Whether a firm takes part, its peers, and the keys by which its figure is put in order."""
        assert isinstance(part.body, Percentile)
        span = meaning.number(part.body.of)
        nodes: dict[str, Node] = {}
        takes_part: list[Bool] = [known(span)]
        for at, peer in enumerate(part.body.peers):
            options = self._options(peer)
            ways = [
                (meaning.among(peer, (option,)).must, const(place)) for place, option in enumerate(options)
            ]
            group = choose(ways, const(-1))
            takes_part.append(reaches(group, ZERO))
            nodes[f"{prefix}_peer_{at}"] = group
        nodes[f"{prefix}_in"] = both(*takes_part)
        nodes[f"{prefix}_void"] = span.void
        keys = {f"{prefix}_key_{at}": key for at, key in enumerate(_keys(lowest(span)))}
        return {**nodes, **keys}, list(keys)

    def _options(self, key: str) -> tuple[str, ...]:
        for figure in self._standard.figures:
            if isinstance(figure, Choice) and figure.key == key:
                return tuple(dict.fromkeys(option.name for option in figure.options))
        return self._standard.inputs[key].options

    def _windows(self, prefix: str, keys: list[str], part: Part) -> list[exp.Expr]:
        assert isinstance(part.body, Percentile)
        inside = f"{prefix}_in"
        peers = [name(inside), *(name(f"{prefix}_peer_{at}") for at in range(len(part.body.peers)))]
        order = exp.Order(expressions=[exp.Ordered(this=name(key), nulls_first=False) for key in keys])

        def window(this: exp.Expr, by: Sequence[exp.Expr], ordered: exp.Order | None = None) -> exp.Expr:
            found = exp.Window(this=this, partition_by=[item.copy() for item in by], order=ordered)
            return exp.cast(found, "BIGINT")

        star = exp.Count(this=exp.Star())
        below = exp.Sub(this=window(exp.Anonymous(this="RANK"), peers, order), expression=number(1))
        equal = window(star, [*peers, *(name(key) for key in keys)])
        twice = exp.Mul(this=exp.paren(below), expression=number(2))
        over = exp.Add(this=twice, expression=equal)
        under = exp.Mul(this=window(star.copy(), peers), expression=number(2))
        return [
            exp.alias_(
                exp.Case()
                .when(name(inside), sql)
                .when(name(f"{prefix}_void"), exp.cast(number(void), "BIGINT")),
                f"{prefix}_{side}",
                quoted=True,
            )
            for side, sql, void in (("over", over, 0), ("under", under, 1))
        ]


def _keys(ratio: Ratio) -> list[Int]:
    """Whole numbers that put fractions of one scale in order; equal fractions have equal ones."""
    plain = Ratio(ratio.over, ratio.under, Fraction(1))
    if plain.under is ONE:
        return [plain.over]
    most = plain.under.high
    digits = min(18, 38 - len(str(most)))
    if digits < 1:
        fitting(const(most * 10))
    part = floored(plain)
    rest = _within(minus(plain.over, fitting(times(part, plain.under))), most - 1)
    keys = [part]
    reached = 1
    while reached < most * most:
        raised = fitting(times(rest, const(10**digits)))
        part = _within(quotient(raised, plain.under), 10**digits - 1)
        rest = _within(minus(raised, times(part, plain.under)), most - 1)
        keys.append(part)
        reached *= 10**digits
    return keys


def _within(one: Int, most: int) -> Int:
    """The same number, whose bounds are known to be 0 and another."""
    return greatest(least(one, const(most)), ZERO)
