"""Ranking of banners and districts, in groups, with every input shown (平台默认口径).

    score = 100 × (0.4 completion + 0.3 growth, standardised + 0.2 share of the whole + 0.1 quality of reporting)

Completion is capped at 120 %. Growth is put between 0 and 1 by the smallest and the largest of the group. A base of
zero makes growth inapplicable, and the district is listed without a rank; so are all where the target is a limit, for
the score rewards more of the figure. The plan of a district is the city's target split by last year's shares. The score as published, with two decimals,
decides; equal scores share a rank. Weights are ours: no source gives the office's own.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from luming.facts import Fact, Indicator, IndicatorKind
from luming.monitor.completion import looks_ahead
from luming.monitor.cumulative import YearToDate, years_to_date
from luming.monitor.exact import in_unit, to_decimal
from luming.monitor.known import Known
from luming.monitor.model import Board, Ranking, RankInput, RankRow
from luming.monitor.requirement import requirement_of
from luming.monitor.window import Window, window_of, year_before
from luming.pack import Commitment, Pack

WEIGHTS = {
    "completion": Fraction("0.4"),
    "growth": Fraction("0.3"),
    "contribution": Fraction("0.2"),
    "quality": Fraction("0.1"),
}
COMPLETION_CAP = Fraction("1.2")
FEWEST = 3
"""Fewer districts than this are no ranking."""
ONE_GROUP = "全部"
_A_LIMIT = "目标为上限、越低越好,得分方法奖励增长,不适用,不参加排名"
FORMULA = (
    "得分=100×(0.4×完成率+0.3×增速标准值+0.2×贡献份额+0.1×工作质量),完成率超过120%按120%计;"
    "增速标准值=(本区增速−组内最低)÷(组内最高−组内最低),组内相同取0.5;"
    "贡献份额=本区累计÷各区累计合计;工作质量=(按时报送率+1−数据更正率)÷2;"
    "各区计划按上年各区占比分解全市目标。"
    "得分保留两位小数,同分同名次,分组排名。权重与方法为平台默认口径"
)


def rank_districts(inputs: Sequence[RankInput]) -> tuple[RankRow, ...]:
    """Rank districts within their groups; unranked ones follow with the reason."""
    whole = sum((item.value for item in inputs if item.value is not None), Fraction(0))
    rows: list[RankRow] = []
    for group in sorted({item.group for item in inputs}):
        members = [item for item in inputs if item.group == group]
        growths = {item.district: _growth(item) for item in members}
        rows += _ranked([_row(item, growths, whole) for item in members])
    return tuple(rows)


def rankings(pack: Pack, facts: Sequence[Fact], known: Known) -> tuple[Ranking, ...]:
    """A ranking for each target that enough districts report on, by what was known on the day."""
    found = []
    indicators = {item.id: item for item in pack.indicators}
    listed = {district.name for district in pack.districts}
    facts = [fact for fact in facts if fact.subject in listed and fact.recorded_on <= known.as_of]
    places = _subjects_by_indicator(facts)
    for target in pack.targets():
        districts = places.get(target.indicator, ())
        if len(districts) < FEWEST or target.value is None:
            continue
        ranking = _ranking(pack, target, indicators[target.indicator], facts, known, districts)
        if ranking is not None:
            found.append(ranking)
    return tuple(found)


def not_ranked(board: Board) -> tuple[tuple[Commitment, str], ...]:
    """The targets of a board on which districts are not ranked, each with the reason."""
    ranked = {ranking.target for ranking in board.rankings}
    indicators = {item.id: item for item in board.pack.indicators}
    listed = {district.name for district in board.pack.districts}
    places = _subjects_by_indicator(fact for fact in board.facts if fact.subject in listed)
    return tuple(
        (target, _why_no_ranking(target, indicators[target.indicator], len(places.get(target.indicator, ()))))
        for target in board.pack.targets()
        if target.id not in ranked
    )


def _why_no_ranking(target: Commitment, indicator: Indicator, districts: int) -> str:
    if target.value is None:
        return "目标没有数值,不排名"
    if indicator.kind is not IndicatorKind.FLOW:
        return f"指标类型是“{indicator.kind.label}”,只对本年累计数排名"
    if districts < FEWEST:
        return f"有数的旗县区{districts}个,少于{FEWEST}个不排名"
    return "过半数旗县区没有同一时段的累计数,不排名"


def _subjects_by_indicator(facts: Iterable[Fact]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for fact in facts:
        found.setdefault(fact.indicator, set()).add(fact.subject)
    return {indicator: tuple(sorted(subjects)) for indicator, subjects in found.items()}


def _ranking(
    pack: Pack,
    target: Commitment,
    indicator: Indicator,
    facts: Sequence[Fact],
    known: Known,
    districts: Sequence[str],
) -> Ranking | None:
    if indicator.kind is not IndicatorKind.FLOW:
        return None
    window = window_of(target, pack.document.year, indicator.kind)
    reached = {name: _reached(known, name, indicator, window) for name in districts}
    ends = Counter(end for by_end in reached.values() for end in by_end)
    common = [end for end, count in ends.items() if count * 2 > len(districts)]
    if not common:
        return None
    end = max(common)
    groups = {district.name: district.group for district in pack.districts}
    inputs = _inputs(
        target, indicator, facts, window, reached, _last_year(known, indicator, window, districts), end
    )
    if requirement_of(target, indicator, Fraction(target.value or 0)).reverse:
        inputs = [replace(item, plan=None, reason=item.reason or _A_LIMIT) for item in inputs]
    inputs = [replace(item, group=groups.get(item.district) or ONE_GROUP) for item in inputs]
    period = next(by_end[end].fact.period for by_end in reached.values() if end in by_end)
    return Ranking(
        indicator=indicator.id,
        period=period,
        formula=FORMULA,
        rows=rank_districts(inputs),
        unit=target.unit,
        target=target.id,
        inputs=tuple(inputs),
    )


def _reached(known: Known, name: str, indicator: Indicator, window: Window) -> dict[dt.date, YearToDate]:
    held = [
        fact
        for fact in known.series(name, indicator.id)
        if not looks_ahead(fact, indicator.kind, known.as_of)
    ]
    return years_to_date(held, window.start, window.last)


def _last_year(
    known: Known, indicator: Indicator, window: Window, districts: Sequence[str]
) -> dict[str, dict[dt.date, YearToDate]]:
    first, last = dt.date(window.year - 1, 1, 1), dt.date(window.year - 1, 12, 31)
    return {name: years_to_date(known.series(name, indicator.id), first, last) for name in districts}


def _inputs(
    target: Commitment,
    indicator: Indicator,
    facts: Sequence[Fact],
    window: Window,
    reached: Mapping[str, Mapping[dt.date, YearToDate]],
    before: Mapping[str, Mapping[dt.date, YearToDate]],
    end: dt.date,
) -> list[RankInput]:
    last_year = dt.date(window.year - 1, 12, 31)
    wholes = {name: _value(held.get(last_year), target.unit) for name, held in before.items()}
    city = sum((whole for whole in wholes.values() if whole is not None), Fraction(0))
    inputs = []
    for name, by_end in sorted(reached.items()):
        value = _value(by_end.get(end), target.unit)
        whole = wholes[name]
        plan = Fraction(target.value or 0) * whole / city if whole and city else None
        held = (by_end.get(end), before[name].get(year_before(end)), before[name].get(last_year))
        reports, on_time, corrected = _handling(name, indicator, facts, window)
        inputs.append(
            RankInput(
                district=name,
                group=ONE_GROUP,
                value=value,
                plan=plan,
                base=_value(before[name].get(year_before(end)), target.unit),
                quality=quality_of(reports, on_time, corrected),
                reason="" if value is not None else f"未报{end.year}年1—{end.month}月数据",
                reports=reports,
                on_time=on_time,
                corrected=corrected,
                facts=tuple(dict.fromkeys(part.id for one in held if one for part in one.parts)),
                last_year=whole,
            )
        )
    return inputs


def _value(found: YearToDate | None, unit: str) -> Fraction | None:
    return None if found is None else in_unit(found.fact.value, found.fact.unit, unit)


def _handling(name: str, indicator: Indicator, facts: Sequence[Fact], window: Window) -> tuple[int, int, int]:
    """Of the year's reports so far: how many, how many in time, how many corrections."""
    reports = [
        fact
        for fact in facts
        if (fact.subject, fact.indicator) == (name, indicator.id) and window.holds(fact)
    ]
    first = [fact for fact in reports if not fact.supersedes]
    lag = dt.timedelta(days=indicator.lag_days)
    on_time = sum(fact.recorded_on <= fact.period.end + lag for fact in first)
    return len(first), on_time, len(reports) - len(first)


def quality_of(reports: int, on_time: int, corrected: int) -> Fraction:
    """Mean of the share reported on time and the share never corrected; 0 where nothing was reported."""
    if not reports:
        return Fraction(0)
    return (Fraction(on_time, reports) + 1 - min(Fraction(corrected, reports), Fraction(1))) / 2


def _growth(item: RankInput) -> Fraction | None:
    if item.value is None or not item.base:
        return None
    return item.value / item.base - 1


def _row(item: RankInput, growths: Mapping[str, Fraction | None], whole: Fraction) -> RankRow:
    growth = growths[item.district]
    known = [value for value in growths.values() if value is not None]
    completion = item.value / item.plan if item.value is not None and item.plan else None
    standard = None if growth is None else _standardised(growth, known)
    share = item.value / whole if item.value is not None and whole else None
    score = None if item.reason else _score(completion, standard, share, item.quality)
    return RankRow(
        rank=None,
        district=item.district,
        group=item.group,
        score=score,
        completion=_shown(completion),
        growth_standardised=_shown(standard),
        contribution=_shown(share),
        quality=_shown(item.quality),
        reason=item.reason or _why_unranked(item, completion),
        value=_shown(item.value),
        base=_shown(item.base),
        plan=_shown(item.plan),
        growth=_shown(growth),
    )


def _standardised(growth: Fraction, known: Sequence[Fraction]) -> Fraction:
    low, high = min(known), max(known)
    return Fraction(1, 2) if low == high else (growth - low) / (high - low)


def _score(
    completion: Fraction | None, growth: Fraction | None, share: Fraction | None, quality: Fraction
) -> Decimal | None:
    if completion is None or growth is None or share is None:
        return None
    total = (
        WEIGHTS["completion"] * min(completion, COMPLETION_CAP)
        + WEIGHTS["growth"] * growth
        + WEIGHTS["contribution"] * share
        + WEIGHTS["quality"] * quality
    )
    return to_decimal(total * 100, 2)


def _why_unranked(item: RankInput, completion: Fraction | None) -> str:
    if item.base == 0:
        return "上年同期为零,增速不适用,不参加排名"
    if item.base is None:
        return "缺上年同期数,增速无法计算,不参加排名"
    return "缺年度计划,完成率无法计算,不参加排名" if completion is None else ""


def _ranked(rows: Sequence[RankRow]) -> list[RankRow]:
    scores = sorted((row.score for row in rows if row.score is not None), reverse=True)
    placed = [replace(row, rank=None if row.score is None else scores.index(row.score) + 1) for row in rows]
    return sorted(placed, key=lambda row: (row.rank is None, row.rank or 0, row.district))


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else to_decimal(value, 6)
