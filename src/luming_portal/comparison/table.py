"""A comparison as the page shows it: groups, rows in the order asked for, and behind each row its inputs and its sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from luming.comparison import CONTESTED, Contested, Frozen, Worked, contested_value, worked
from luming.monitor import RankInput, RankRow, number, percent
from luming.period import parse_period
from luming_portal.comparison.models import Objection
from luming_portal.library_words import word

SORTS = ("rank", "district", "score", "completion", "growth", "contribution", "quality")
_FIELDS = {"growth": "growth_standardised"}


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a row: its name, figure with unit, and the objections to it."""

    key: Contested
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """How one part of the score comes out of the inputs, in figures."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """A figure behind a row, and where it stands in the register (0: not for this reader, or invented)."""

    key: str
    period: str
    value: str
    source: str
    recorded_on: str
    pk: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of the bar of a score: where it begins and how long it is, of 130."""

    name: str
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Line:
    """One district."""

    row: RankRow
    completion: str
    growth: str
    standard: str
    contribution: str
    quality: str
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    sum: Worked | None
    total: str
    bars: tuple[Bar, ...]
    facts: tuple[FactLine, ...]
    objections: Sequence[Objection]


@dataclass(frozen=True, slots=True)
class Group:
    """The districts that are ranked together."""

    name: str
    lines: tuple[Line, ...]
    ranked: int


def groups(
    content: Frozen,
    unit: str,
    facts: Iterable[Mapping[str, Any]],
    *,
    sort: str = "rank",
    objections: Mapping[str, Sequence[Objection]] | None = None,
    addresses: Mapping[str, int] | None = None,
) -> list[Group]:
    """The groups of a comparison. `sort` is one of SORTS, "-" before it for falling order."""
    by_key = {fact["key"]: fact for fact in facts}
    found: dict[str, list[Line]] = {}
    for row in _sorted(content.rows, sort):
        item = content.input_of(row.district)
        assert item is not None, "every row has its inputs"
        held = [_fact_line(by_key[key], (addresses or {}).get(key, 0)) for key in item.facts if key in by_key]
        line = _line(content, row, item, unit, tuple(held), (objections or {}).get(row.district, ()))
        found.setdefault(row.group, []).append(line)
    return [
        Group(name, tuple(lines), sum(line.row.rank is not None for line in lines))
        for name, lines in sorted(found.items())
    ]


def sort_of(written: str) -> str:
    """What a reader asks for; by rank where it cannot be read."""
    return written if written.removeprefix("-") in SORTS else "rank"


def _sorted(rows: Iterable[RankRow], sort: str) -> list[RankRow]:
    """Who has no figure to sort by stands last, whichever way."""
    name = sort.removeprefix("-")
    name = _FIELDS.get(name, name)
    rows = list(rows)
    known = [row for row in rows if getattr(row, name) is not None]
    ordered = sorted(known, key=lambda row: getattr(row, name), reverse=sort.startswith("-"))
    return ordered + [row for row in rows if getattr(row, name) is None]


def _line(
    content: Frozen,
    row: RankRow,
    item: RankInput,
    unit: str,
    facts: tuple[FactLine, ...],
    objections: Sequence[Objection],
) -> Line:
    total = worked(row, content.weights, content.cap)
    return Line(
        row=row,
        completion=_share(row.completion),
        growth=_share(row.growth),
        standard="" if row.growth_standardised is None else number(row.growth_standardised, 4),
        contribution=_share(row.contribution),
        quality=_share(row.quality),
        inputs=tuple(Input(key, word(key.label), input_words(item, key, unit)) for key in CONTESTED),
        steps=tuple(_steps(content, row, item)),
        sum=total,
        total=number(total.total, 8) if total else "",
        bars=tuple(_bars(total)) if total else (),
        facts=facts,
        objections=objections,
    )


def input_words(item: RankInput, key: Contested, unit: str) -> str:
    """An input with its unit; "" where it is unknown."""
    value = contested_value(item, key)
    if value is None:
        return ""
    if key.is_count:
        return _("%(count)s次(共报送%(reports)s次)") % {"count": number(value, 0), "reports": item.reports}
    return f"{number(value, 6)}{unit}"


def _steps(content: Frozen, row: RankRow, item: RankInput) -> Iterable[Step]:
    """The parts out of the inputs; nothing for a part that is unknown."""
    if words := _plan_words(content, item):
        yield Step(word("年度计划"), words)
    if item.value is not None and item.plan and row.completion is not None:
        words = f"{number(item.value, 6)}÷{number(item.plan, 6)}={number(row.completion, 6)}"
        if row.completion > Decimal(content.cap.numerator) / content.cap.denominator:
            words += _(",按%s计") % percent(content.cap)
        yield Step(word("完成率"), words)
    if item.value is not None and item.base and row.growth is not None:
        yield Step(_("同比增速"), f"{number(item.value, 6)}÷{number(item.base, 6)}−1={number(row.growth, 6)}")
        yield Step(word("增速标准值"), _standard_words(content, row))
    if item.value is not None and row.contribution is not None:
        whole = sum((one.value for one in content.inputs if one.value is not None), Fraction(0))
        yield Step(
            word("贡献份额"), f"{number(item.value, 6)}÷{number(whole, 6)}={number(row.contribution, 6)}"
        )
    if item.reports and row.quality is not None:
        words = f"({item.on_time}÷{item.reports}+1−{min(item.corrected, item.reports)}÷{item.reports})÷2"
        yield Step(word("工作质量"), f"{words}={number(row.quality, 6)}")


def _plan_words(content: Frozen, item: RankInput) -> str:
    """How the plan was split off the city's target; "" where it was not, or was put right by an objection."""
    split = Counter(one.plan / one.last_year for one in content.inputs if one.plan and one.last_year)
    if not item.plan or not item.last_year or not split:
        return ""
    rate = split.most_common(1)[0][0]
    if item.plan / item.last_year != rate:
        return ""
    city = sum((one.last_year for one in content.inputs if one.last_year), Fraction(0))
    return _("全市目标%(target)s×上年%(own)s÷各区上年合计%(city)s=%(plan)s") % {
        "target": number(rate * city, 6),
        "own": number(item.last_year, 6),
        "city": number(city, 6),
        "plan": number(item.plan, 6),
    }


def _standard_words(content: Frozen, row: RankRow) -> str:
    growths = [
        other.growth for other in content.rows if other.group == row.group and other.growth is not None
    ]
    low, high = min(growths), max(growths)
    assert row.growth is not None
    assert row.growth_standardised is not None
    if low == high:
        return _("组内增速相同,取0.5")
    shown = [number(value, 6) for value in (row.growth, low, high, low, row.growth_standardised)]
    shown = [f"({value})" if value.startswith("-") else value for value in shown]
    return "({}−{})÷({}−{})={}".format(*shown)


def _bars(total: Worked) -> Iterable[Bar]:
    at = Decimal(0)
    for part in total.parts:
        yield Bar(part.name, f"{at:.2f}", f"{part.points:.2f}")
        at += part.points


def _fact_line(fact: Mapping[str, Any], pk: int) -> FactLine:
    return FactLine(
        fact["key"],
        parse_period(fact["period"]).label(),
        fact["value"],
        fact["source"],
        fact["recorded_on"],
        pk,
    )


def _share(value: Decimal | None) -> str:
    return "" if value is None else percent(value)
