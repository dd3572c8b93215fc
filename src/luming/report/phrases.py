"""The phrases that the office's papers are made of: a target, its latest figure, its standing, its forecast.

Everything is worded from the board as it is; no light and no figure is reckoned here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from luming.facts import Fact, IndicatorKind
from luming.monitor import (
    Assessment,
    Board,
    Forecast,
    Light,
    Missing,
    NoForecast,
    figure,
    number,
    percent,
)
from luming.pack import Commitment, Comparator, LightRule
from luming.report.by_hand import BY_HAND, is_by_hand, setting_words
from luming.report.citation import fact_ref, target_ref
from luming.report.codes import figure_key
from luming.report.model import Figure, Inline, Inlines, LightChip, Reckoned, Strong, Text
from luming.report.naming import called, names
from luming.report.shown import UNKNOWN, shown
from luming.report.wording import chinese_date
from luming.unit import parse_unit

_AFTER = {
    Comparator.AT_LEAST: "以上",
    Comparator.AT_MOST: "以下",
    Comparator.EQUAL: "",
    Comparator.ABOUT: "左右",
}
_POINTS = "个百分点"
_AT_YEAR_END = "年末考核"
_NO_FIGURE = ("", UNKNOWN, _AT_YEAR_END)
ORDER = (Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)


def sentence(text: str) -> str:
    """The text as a sentence with exactly one full stop.

    >>> sentence("尚无数据。"), sentence("尚无数据;")
    ('尚无数据。', '尚无数据。')
    """
    return text.rstrip(" 。;,\uff1b\uff0c.") + "。"


def target_phrase(target: Commitment) -> str:
    """The target in running words: 力争500亿元以上、增长40%以上."""
    parts = []
    if target.value is not None:
        parts.append(f"{number(target.value, 6)}{target.unit}{_AFTER[target.comparator]}")
    if target.growth is not None:
        growth = target.growth
        parts.append(f"增长{number(growth.value, 6)}{growth.unit}{_AFTER[growth.comparator]}")
    return ("力争" if target.aspiration else "") + ("、".join(parts) or "未定量")


def target_signs(target: Commitment) -> str:
    """The target as a table shows it: ≥500亿元,增长≥40%."""
    parts = []
    if target.value is not None:
        parts.append(f"{target.comparator.label.removeprefix('=')}{number(target.value, 6)}{target.unit}")
    if target.growth is not None:
        growth = target.growth
        parts.append(f"增长{growth.comparator.label.removeprefix('=')}{number(growth.value, 6)}{growth.unit}")
    return ("力争" if target.aspiration else "") + (",".join(parts) or "未定量")


def target_figure(item: Assessment, *, signs: bool = False) -> Figure:
    """The target, leading to its clause."""
    return Figure(
        target_signs(item.target) if signs else target_phrase(item.target),
        target_ref(item.target.id),
        figure_key("target", item.target.id),
    )


def fact_figure(fact: Fact) -> Figure:
    """A fact's value, leading to its source."""
    return Figure(figure(fact), fact_ref(fact))


def latest_figure(item: Assessment, latest: Fact) -> Figure:
    """The figure that a target is judged by, leading to its source."""
    return Figure(figure(latest), fact_ref(latest), figure_key("value", item.target.id))


def reckoned(kind: str, item: Assessment, words: str) -> Inline:
    """A figure reckoned for a target, under the key of its proof; plain words where there is no figure."""
    return Text(words) if words in _NO_FIGURE else Reckoned(words, figure_key(kind, item.target.id))


def standing_sentence(item: Assessment, rule: LightRule) -> Inlines:
    """Where a target with figures stands, as one sentence ending in its light."""
    latest = item.standing.latest
    if latest is None:
        return (Strong(item.target.label), Text("尚无可判断的数据，亮"), *_light_ending(item))
    verb = "完成" if item.indicator.kind is IndicatorKind.FLOW else "为"
    inlines: list[Inline] = [
        Strong(item.target.label),
        Text(f"{latest.period.label()}{verb}"),
        latest_figure(item, latest),
        Text("，目标为"),
        target_figure(item),
    ]
    if item.light.light is Light.GREY and not waits_for_its_day(item):
        inlines.append(Text("，但数据过期或者不足，暂不能判断"))
    else:
        for part in _progress_parts(item, rule):
            inlines += [Text("，"), *part]
    return (*inlines, Text("，亮"), *_light_ending(item))


def _light_ending(item: Assessment) -> Inlines:
    """The light at the end of a sentence; who set it, and why, where it was set by hand."""
    told = f"{BY_HAND}。{sentence(setting_words(item))}" if is_by_hand(item) else "。"
    return (lit(item), Text(told))


def lit(item: Assessment) -> LightChip:
    """The light of a target, under the key of its proof."""
    return LightChip(item.light.light, figure_key("light", item.target.id))


def _progress_parts(item: Assessment, rule: LightRule) -> list[Inlines]:
    standing, figures = item.standing, shown(item.standing, rule)
    parts: list[Inlines] = []
    if standing.completion is not None:
        parts.append((Text("完成率"), reckoned("completion", item, figures.completion_words)))
    if not_yet_judged(item):
        parts.append((Text("按年末一次考核，尚未到考核时点"),))
    elif standing.scheduled is not None and standing.deviation_points is not None:
        parts.append((Text("序时进度"), reckoned("schedule", item, figures.scheduled_words)))
        parts.append((reckoned("deviation", item, figures.deviation_words),))
    growth = growth_words(item)
    return [*parts, (reckoned("growth", item, growth),)] if growth else parts


def growth_words(item: Assessment) -> str:
    """The growth over the year before, of a ratio in points; nothing where it is not known."""
    standing = item.standing
    found = growth_found(item)
    if found is None:
        return ""
    value, unit = found
    met = {True: "（达到增速要求）", False: "（未达到增速要求）", None: ""}[standing.growth_met]
    if unit == _POINTS:
        word = "提高" if value >= 0 else "降低"
    else:
        word = "增长" if value >= 0 else "下降"
    return f"同比{word}{number(abs(value), 1)}{unit}{met}"


def growth_found(item: Assessment) -> tuple[Decimal, str] | None:
    """The growth with its unit. A ratio grows by points: its growth in percent is turned back into a difference."""
    standing, demanded = item.standing, item.target.growth
    if standing.growth is None or standing.latest is None:
        return None
    if demanded is not None and demanded.unit == _POINTS:
        return standing.growth, _POINTS
    if parse_unit(standing.latest.unit).kind != "ratio":
        return standing.growth, "%"
    if standing.growth <= -100:
        return None
    now = standing.latest.value
    return now - now * 100 / (100 + standing.growth), _POINTS


def short_sentence(item: Assessment, rule: LightRule) -> Inlines:
    """Where a target behind schedule stands, with the forecast, in as few words as say it."""
    latest, standing = item.standing.latest, item.standing
    figures = shown(standing, rule)
    words: list[Inline] = [Strong(item.target.label)]
    if latest is not None:
        words += [Text(f"{latest.period.label()}"), latest_figure(item, latest), Text(",")]
    words += [Text("目标"), target_figure(item)]
    if standing.completion is not None:
        words += [Text("，完成"), reckoned("completion", item, figures.completion_words)]
    if standing.deviation_points is not None and not not_yet_judged(item):
        words += [Text("，"), reckoned("deviation", item, figures.deviation_words)]
    if isinstance(item.forecast, Forecast) and item.forecast.chance is not None:
        words += [Text("，年末达标可能性约"), reckoned("chance", item, percent(item.forecast.chance, 0))]
    words += [Text("，亮"), *_light_ending(item)]
    return (*words, Text(f"牵头单位：{lead_words(item)}。"))


def rule_words(rule: LightRule) -> str:
    """The rule of the lights in one clause, without its mark."""
    return (
        f"进度落后序时{rule.yellow_from_points}至{rule.red_above_points}个百分点（含）亮黄灯，"
        f"超过{rule.red_above_points}个百分点亮红灯，其余亮绿灯，无数据、数据过期或者尚未到考核时点亮灰灯"
    )


def not_yet_judged(item: Assessment) -> bool:
    """Whether the target is judged once, at its deadline, and that day has not come."""
    return item.curve.kind == "year_end" and item.standing.scheduled == 0


def waits_for_its_day(item: Assessment) -> bool:
    """Whether a grey light waits for the day of judgement alone, with a figure at hand and none to ask for."""
    has_figure = item.standing.latest is not None and not item.missing
    return item.light.light is Light.GREY and has_figure and not_yet_judged(item)


def completion_words(item: Assessment, rule: LightRule) -> str:
    """The completion as a table shows it."""
    return shown(item.standing, rule).completion_words


def schedule_words(item: Assessment, rule: LightRule) -> str:
    """The schedule as a table shows it."""
    return _AT_YEAR_END if not_yet_judged(item) else shown(item.standing, rule).scheduled_words


def deviation_cell(item: Assessment, rule: LightRule) -> str:
    """The deviation in points with its sign, as a table shows it."""
    return UNKNOWN if not_yet_judged(item) else shown(item.standing, rule).deviation_signs


def overdue(missing: Iterable[Missing], board: Board) -> tuple[Missing, ...]:
    """The missing figures whose day has passed; on the day itself a figure is not late yet."""
    return tuple(gap for gap in missing if gap.due_on < board.as_of)


def forecast_words(forecast: Forecast | NoForecast) -> str:
    """The forecast, or why there is none, without a full stop."""
    if isinstance(forecast, NoForecast):
        return forecast.reason.rstrip("。")
    unit = forecast.unit
    words = (
        f"预计{forecast.period.label()}为{number(forecast.value, 2)}{unit}"
        f"（80%区间为{number(forecast.low, 2)}至{number(forecast.high, 2)}{unit}）"
    )
    if forecast.chance is not None:
        words += f"，达到目标的可能性约{percent(forecast.chance, 0)}"
    return words


def forecast_sentence(item: Assessment) -> Inlines:
    """The forecast of a target as a sentence; nothing where there is none."""
    forecast = item.forecast
    if isinstance(forecast, NoForecast):
        return ()
    range_words = f"（80%区间为{number(forecast.low, 2)}至{number(forecast.high, 2)}{forecast.unit}）"
    words: list[Inline] = [
        Text(f"预计{forecast.period.label()}为"),
        reckoned("forecast", item, f"{number(forecast.value, 2)}{forecast.unit}{range_words}"),
    ]
    if forecast.chance is not None:
        words += [Text("，达到目标的可能性约"), reckoned("chance", item, percent(forecast.chance, 0))]
    return (*words, Text("。"))


def forecast_cell(forecast: Forecast | NoForecast) -> str:
    """The forecast as a table shows it: value, range and chance."""
    if isinstance(forecast, NoForecast):
        return forecast.reason.rstrip("。")
    words = f"{number(forecast.value, 2)}{forecast.unit}（80%区间{number(forecast.low, 2)}至{number(forecast.high, 2)}）"
    return words if forecast.chance is None else f"{words}，达标可能性约{percent(forecast.chance, 0)}"


def latest_words(item: Assessment) -> str:
    """The latest figure with its period, or the last of an earlier year labelled as such, or a dash."""
    latest, earlier = item.standing.latest, item.standing.earlier
    if latest is not None:
        return f"{figure(latest)}({latest.period.label()})"
    if earlier is not None:
        return f"本年尚无；{earlier.period.label()}为{figure(earlier)}"
    return "尚无"


def counts_words(board: Board) -> str:
    """绿灯2项、黄灯1项、红灯0项、灰灯15项."""
    counts = board.counts()
    return "、".join(f"{light.label}{counts[light]}项" for light in ORDER)


def due_figure(gap: Missing, as_of: dt.date) -> Reckoned:
    """When a missing figure was or will be due, under the key of its proof."""
    return Reckoned(due_words(gap, as_of), figure_key("missing", f"{gap.indicator} {gap.period.text}"))


def owed_figure(asked: str, count: int) -> Reckoned:
    """How many figures are missing: `all`, those `late` or `early`, or `late 市统计局`."""
    return Reckoned(f"{count}个", figure_key("owed", asked))


def counts_figures(board: Board) -> Inlines:
    """绿灯2项、黄灯1项、红灯0项、灰灯15项, each count under the key of its proof."""
    counts, words = board.counts(), list[Inline]()
    for light in ORDER:
        words += [Text("、")] if words else []
        words.append(Reckoned(f"{light.label}{counts[light]}项", figure_key("count", light.value)))
    return tuple(words)


def total_figure(board: Board) -> Reckoned:
    """How many targets there are: 18项."""
    return Reckoned(f"{len(board.assessments)}项", figure_key("count", "all"))


def with_light(board: Board, light: Light) -> tuple[Assessment, ...]:
    """The targets that show a light, the furthest behind first where that is known."""
    found = [item for item in board.assessments if item.light.light is light]
    return tuple(sorted(found, key=_lag))


def _lag(item: Assessment) -> Decimal:
    deviation = item.standing.deviation_points
    return Decimal(0) if deviation is None else deviation


def all_missing(board: Board) -> tuple[Missing, ...]:
    """Each missing figure once under the target's name, the longest overdue first."""
    known = names(board)
    found = {
        (gap.indicator, gap.period): called(gap, known) for item in board.assessments for gap in item.missing
    }
    return tuple(sorted(found.values(), key=lambda gap: (gap.due_on, gap.label, gap.period)))


def asked_units(missing: Iterable[Missing]) -> dict[str, int]:
    """Whom to ask, with the number of figures each; the most asked first."""
    counts: dict[str, int] = {}
    for gap in missing:
        unit = gap.ask or "主管部门（待确定）"
        counts[unit] = counts.get(unit, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def units_words(counts: dict[str, int], limit: int = 0) -> str:
    """市统计局(5项)、市科技局(3项); beyond the limit the number of units left out is said."""
    words = [f"{unit}（{count}项）" for unit, count in counts.items()]
    if limit and len(words) > limit:
        return "、".join(words[:limit]) + f"等{len(words)}个单位"
    return "、".join(words)


def lead_words(item: Assessment) -> str:
    """The units in the lead, or that they are not fixed."""
    return "、".join(item.lead) or "待确定"


def due_words(gap: Missing, as_of: dt.date) -> str:
    """When a figure was or will be due, seen from a day."""
    late = (as_of - gap.due_on).days
    return f"{chinese_date(gap.due_on)}（已逾期{late}天）" if late > 0 else chinese_date(gap.due_on)
