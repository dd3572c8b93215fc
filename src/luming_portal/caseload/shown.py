"""Figures as a page and a workbook show them: a line for each, in words, suppressed where cases are few."""

from __future__ import annotations

from dataclasses import dataclass

from luming.cases import Days, Rate, Statistics
from luming.report.chart import DurationBar, days_words

FEW = "少于5件,不列"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: to which part it belongs, its name, over how many cases, what it says; always Chinese, as the library is."""

    part: str
    label: str
    number: int
    said: str


def lines_of(found: Statistics) -> list[Line]:
    """All figures in order."""
    lines = [
        Line("办件量", "已提交", found.filed, str(found.filed)),
        Line("办件量", "在办", found.going, str(found.going)),
    ]
    lines += [Line("办件量", f"办结:{one.label}", count, str(count)) for one, count in found.outcomes.items()]
    states = found.process.states
    lines += [
        Line("在办环节", states[key].about.label, count, str(count))
        for key, count in found.in_states.items()
        if key in states
    ]
    lines += [
        Line("各环节用时(工作日)", _label(found, key), one.number, days_said(one))
        for key, one in found.states.items()
    ]
    lines.append(Line("各环节用时(工作日)", "全程(不含暂停)", found.total.number, days_said(found.total)))
    clocks = found.process.clocks
    lines += [
        Line("超期", clocks[key].about.label, one.whole, one.said)
        for key, one in found.clocks.items()
        if key in clocks
    ]
    lines.append(Line("超期", "现在超期的在办件", found.late_now, str(found.late_now)))
    lines.append(Line("退回", "退回率", found.returned.whole, found.returned.said))
    lines.append(Line("退回", "一次办成率", found.at_once.whole, found.at_once.said))
    return lines + _three(found)


def _three(found: Statistics) -> list[Line]:
    rates = found.rates
    named: list[tuple[str, Rate | None]] = [
        ("响应率", rates.response),
        ("回访接通率", rates.reached),
        ("解决率", rates.solved),
        ("满意率", rates.satisfied),
    ]
    if not rates.reached.whole and (rates.response is None or not rates.response.whole):
        return []
    return [Line("三率(只按回访)", name, rate.whole, rate.said) for name, rate in named if rate is not None]


def days_said(one: Days) -> str:
    """Middle, mean and longest in words.

    >>> from fractions import Fraction
    >>> days_said(Days(6, Fraction(3), Fraction(7, 2), 9))
    '中位3,平均3.5,最长9'
    """
    if one.middle is None or one.mean is None or one.longest is None:
        return FEW if one.number else "没有"
    return f"中位{days_words(one.middle)},平均{days_words(one.mean)},最长{one.longest}"


def bars_of(found: Statistics) -> list[DurationBar]:
    """The states whose days are told, for the chart."""
    return [
        DurationBar(_label(found, key), one.middle, one.longest, one.number)
        for key, one in found.states.items()
        if one.middle is not None and one.longest is not None
    ]


def _label(found: Statistics, key: str) -> str:
    state = found.process.states.get(key)
    return state.about.label if state is not None else key
