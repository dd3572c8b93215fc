"""A figure that the evaluation lacks: which, since when it can be had, and whom to ask.

The statistic lags: the figure of a period can be had `lag_days` after its end. R&D totals of year t come in the
autumn of t+1 (mechanisms reference §6.2), so an evaluation in spring cannot have them, and says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luming.evaluation.span import Span
from luming.facts import Frequency, Indicator, IndicatorKind
from luming.mark import Mark
from luming.monitor import Window
from luming.period import Period, month_of, parse_period, year_of, year_to_month

_STEPS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12, Frequency.ONCE: 12}


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure to ask for.

    Attributes:
        period: the newest period within the span that the indicator has a figure for.
        due_on: the day by which that figure is usually known.
        overdue: whether that day is past on the day of the evaluation.
        beyond: whether the indicator has no figure within the span at all (a yearly one in a half year).
        ask: whom to ask; "" where nobody is named.
    """

    indicator: Indicator
    period: Period
    due_on: dt.date
    overdue: bool
    beyond: bool
    ask: str
    ask_mark: Mark


def gap_of(indicator: Indicator, window: Window, span: Span, as_of: dt.date) -> Gap:
    """The figure that would let the indicator be judged at the end of the span, or at the deadline if that is earlier."""
    end = min(span.end, window.last)
    period, beyond = _wanted(indicator, end)
    due = period.end + dt.timedelta(days=indicator.lag_days)
    mark = indicator.owner_mark if indicator.owner else Mark.EXPECTED
    return Gap(indicator, period, due, due < as_of, beyond, indicator.owner, mark)


def _wanted(indicator: Indicator, end: dt.date) -> tuple[Period, bool]:
    step = _STEPS[indicator.frequency]
    month = end.month - end.month % step
    if month == 0 or step == 12:
        return year_of(end.year), end.month < 12
    if indicator.kind is not IndicatorKind.FLOW:
        return month_of(end.year, month), False
    if month == 12:
        return year_of(end.year), False
    return (parse_period(f"{end.year}-H1") if month == 6 else year_to_month(end.year, month)), False
