"""What looks wrong with a reported figure before anybody signs it: faults stop it, doubts want a word of explanation.

The limits are ours (平台默认口径): they ask, they never correct. Statistics are set by those who are answerable for them;
nothing here proposes a value (《统计法》; mechanisms reference, section 6.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luming.errors import UnitMismatch
from luming.facts import Fact, Indicator, IndicatorKind
from luming.unit import convert, parse_unit

TEN_TIMES = (Decimal(8), Decimal(13))
"""A figure between so many times the last one looks like a slip of the unit by ten."""
SWING = Decimal("0.5")
"""A change against the year before by more than this share wants a word."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing about a figure. `stops`: it cannot be submitted like this; otherwise it wants an explanation."""

    code: str
    sentence: str
    stops: bool


def concerns(
    indicator: Indicator,
    value: Decimal | None,
    unit: str,
    *,
    before: Fact | None = None,
    year_before: Fact | None = None,
    same_year: bool = False,
    explained: bool = False,
) -> tuple[Concern, ...]:
    """Everything to say about one figure, faults first.

    Args:
        value: None where nothing was entered.
        unit: unit of measure of the value.
        before: the last figure of the same series.
        year_before: the figure of the same stretch of the year before.
        same_year: whether `before` accumulates towards the same year-end as this figure.
        explained: whether a narrative was written; doubts are silent then, faults are not.
    """
    if value is None:
        return (
            Concern(
                "missing", "没有填数。请填写数值;没有变化的点“与上期相同”,确实没有数据的写明原因。", True
            ),
        )
    found = list(_faults(indicator, value, unit, before, same_year))
    if not found and not explained:
        found += _doubts(indicator, value, unit, before, year_before)
    return tuple(found)


def progress_concerns(narrative: str) -> tuple[Concern, ...]:
    """Everything to say about progress that is told in words."""
    if narrative.strip():
        return ()
    return (Concern("missing", "没有填进展。请写明做了什么、到哪一步;没有变化的点“与上期相同”。", True),)


def _faults(
    indicator: Indicator, value: Decimal, unit: str, before: Fact | None, same_year: bool
) -> Iterator[Concern]:
    name = f"“{indicator.label}”"
    if indicator.kind is IndicatorKind.YES_NO and value not in (0, 1):
        yield Concern("yes_no", f"{name}只填1(已完成)或0(未完成),现为{value}。", True)
        return
    if value < 0 and indicator.kind is not IndicatorKind.GROWTH:
        yield Concern("negative", f"{name}不能为负数,现为{value}{unit}。", True)
    try:
        convert(value, unit, indicator.unit)
    except UnitMismatch:
        yield Concern("unit", f"{name}的单位是{indicator.unit},现填{unit},两者不能换算。", True)
        return
    if _counts_wholes(unit) and value * parse_unit(unit).factor % 1:
        yield Concern("not_whole", f"{name}按{unit}计数,应为整数,现为{value}{unit}。", True)
    if before is not None and same_year and indicator.kind is IndicatorKind.FLOW:
        last = _in_unit(before, unit)
        if last is not None and value < last:
            yield Concern(
                "shrinks",
                f"{name}是全年累计数,本期{value}{unit}小于上期{before.period.label()}的{last}{unit}。"
                "请核对;上期有误的请先申请更正上期。",
                True,
            )


def _in_unit(fact: Fact | None, unit: str) -> Decimal | None:
    """The value in the unit; None where there is no figure, or one of another kind, with which nothing compares."""
    try:
        return None if fact is None else convert(fact.value, fact.unit, unit)
    except UnitMismatch:
        return None


def _counts_wholes(unit: str) -> bool:
    return parse_unit(unit).kind in ("person", "visit", "firm_visit", "thing")


def _doubts(
    indicator: Indicator, value: Decimal, unit: str, before: Fact | None, year_before: Fact | None
) -> Iterator[Concern]:
    name = f"“{indicator.label}”"
    if indicator.kind is IndicatorKind.RATIO and unit == "%" and value > 100:
        yield Concern("above_whole", f"{name}超过100%,请说明口径。", False)
    last, base = _in_unit(before, unit), _in_unit(year_before, unit)
    if last is not None and last > 0 and value > 0:
        times = max(value / last, last / value)
        if TEN_TIMES[0] <= times <= TEN_TIMES[1] and indicator.kind not in (
            IndicatorKind.GROWTH,
            IndicatorKind.YES_NO,
        ):
            yield Concern(
                "ten_times",
                f"{name}与上期{last}{unit}相差约十倍,请核对单位;确实如此的请写明原因。",
                False,
            )
            return
    flow = indicator.kind is IndicatorKind.FLOW
    if flow and base is not None and base > 0 and abs(value - base) > SWING * base:
        yield Concern("swing", f"{name}与上年同期{base}{unit}相差超过一半,请写明原因。", False)
