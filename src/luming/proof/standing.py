"""Demand, figure, completion, schedule, deviation, gap, growth and light of one target, reckoned from its inputs.

The board and the recomputation word their figures here, so that a difference between them is one of the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from luming.mark import Mark
from luming.monitor import (
    Assessment,
    Judge,
    Judgement,
    Known,
    NoForecast,
    applied,
    curve_words,
    figure,
    number,
)
from luming.pack import Commitment, quote_says
from luming.proof.kind import Kind
from luming.proof.model import Inputs, Result
from luming.proof.stand_in import stand_in
from luming.report import growth_found, growth_words, light_full_words, not_yet_judged, shown, target_phrase
from luming.unit import same_kind

_PERCENT = "%"
_POINTS = "个百分点"


def judged(inputs: Inputs) -> Judgement:
    """The judgement of the one target by the monitor's rules.

    Raises:
        ValueError: the inputs hold no target.
    """
    if inputs.target is None:
        raise ValueError("no target to judge")
    return Judge(stand_in(inputs)).judge(inputs.target, Known(inputs.facts, inputs.as_of))


def item_of(inputs: Inputs, found: Judgement) -> Assessment:
    """The judgement as the papers read it, with nothing beside it that they do not need for these figures."""
    pack, target = stand_in(inputs), inputs.target
    assert target is not None
    assert inputs.indicator is not None
    overrides = () if inputs.override is None else (inputs.override,)
    return Assessment(
        target=target,
        indicator=inputs.indicator,
        clause=pack.clause_of(target),
        curve=found.curve,
        standing=found.standing,
        light=applied(found.light, overrides),
        computed_light=found.light,
        history=(),
        forecast=NoForecast("", 0, 0),
        missing=(),
        lead=(),
        lead_mark=Mark.NOT_FOUND.label,
    )


def standing_results(item: Assessment, inputs: Inputs) -> dict[Kind, Result]:
    """Every figure of the target's standing that there is; what is unknown has no figure."""
    made = dict(_of_level(item, inputs))
    made[Kind.LIGHT] = Result(item.light.light.value, "", light_full_words(item), item.light.reason)
    demand = _demand(item.target, inputs)
    return made | ({Kind.TARGET: demand} if demand is not None else {})


def _demand(target: Commitment, inputs: Inputs) -> Result | None:
    """The number of the document; nothing where the sentence at hand does not say it."""
    level, unit = target.value, target.unit
    if level is None and target.growth is not None:
        level, unit = target.growth.value, target.growth.unit
    if level is None or not _stands_in_sentence(target, inputs):
        return None
    quotes = [target.quote, target.growth.quote if target.growth is not None else ""]
    told = "、".join(f"“{quote}”" for quote in dict.fromkeys(filter(None, quotes)))
    words = f"原句里的{told}" if told else "文件数据里登记的数,没有原句可对"
    return Result(plain(level), unit, target_phrase(target), words)


def _stands_in_sentence(target: Commitment, inputs: Inputs) -> bool:
    """Whether quote and number of the target stand where they are said to, in the sentence stored."""
    if target.start < 0:
        return True
    if inputs.measure is None:
        return False
    spans = [(target.start, target.end, target.quote, target.value, target.unit)]
    if target.growth is not None:
        growth = target.growth
        spans.append((growth.start, growth.end, growth.quote, growth.value, growth.unit))
    return all(
        start < 0 or value is None or _says(inputs, start, end, quote, value, unit)
        for start, end, quote, value, unit in spans
    )


def _says(inputs: Inputs, start: int, end: int, quote: str, value: Decimal, unit: str) -> bool:
    assert inputs.measure is not None
    held = next((one for one in inputs.measure.sentences if one.start <= start and end <= one.end), None)
    if held is None or held.quote[start - held.start : end - held.start] != quote:
        return False
    return quote_says(quote, value, unit)


def _of_level(item: Assessment, inputs: Inputs) -> Iterator[tuple[Kind, Result]]:
    standing, printed = item.standing, shown(item.standing, inputs.light_rule)
    latest, waits = standing.latest, not_yet_judged(item)
    if latest is not None:
        note = latest.note if "…" in latest.id else "登记的数"
        formula = f"{latest.period.label()}:{note}"
        yield Kind.VALUE, Result(plain(latest.value), latest.unit, figure(latest), formula)
    if standing.completion is not None:
        value = plain(standing.completion * 100)
        yield Kind.COMPLETION, Result(value, _PERCENT, printed.completion_words, standing.formula)
    if standing.scheduled is not None and latest is not None and not waits:
        value = plain(standing.scheduled * 100)
        words = f"{curve_words(item.curve)};{_points(item)}看到{latest.period.label()}末"
        yield Kind.SCHEDULE, Result(value, _PERCENT, printed.scheduled_words, words)
    if standing.deviation_points is not None and not waits:
        words = f"完成率{printed.completion_words}−序时进度{printed.scheduled_words}"
        signs = f"{printed.deviation_signs}{_POINTS}"
        yield Kind.DEVIATION, Result(plain(standing.deviation_points), _POINTS, signs, words)
    # A level implied by a growth is missed in another unit than the target's: then no unit is told, and no proof given.
    fits = latest is not None and same_kind(latest.unit, item.target.unit)
    if standing.gap is not None and standing.gap > 0 and fits:
        unit = _POINTS if item.target.unit == _PERCENT else item.target.unit
        words = f"要求{target_phrase(item.target)},现值{figure(latest) if latest else '未知'}"
        yield Kind.GAP, Result(plain(standing.gap), unit, f"{plain(standing.gap)}{unit}", words)
    growth = growth_found(item)
    if growth is not None:
        grown, unit = growth
        words = growth_words(item).removeprefix("同比")
        yield Kind.GROWTH, Result(plain(grown), unit, words, _growth_formula(item))


def _points(item: Assessment) -> str:
    points = "、".join(f"{point.month}月{number(point.share * 100, 1)}%" for point in item.curve.points)
    return f"{points};" if points else ""


def _growth_formula(item: Assessment) -> str:
    """The part of the reckoning that speaks of growth."""
    return item.standing.formula.rpartition("。")[2] or item.standing.formula


def plain(value: Decimal) -> str:
    """An exact value without exponent and idle zeros.

    >>> plain(Decimal("1.30E+3")), plain(Decimal("-0.50"))
    ('1300', '-0.5')
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
