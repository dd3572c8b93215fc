"""What looks wrong with a report, by the library's checks, against what was known before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q

from luming.errors import UnitMismatch
from luming.facts import Fact as FactValue
from luming.period import Period, parse_period
from luming.reporting import Concern, Stage, concerns, progress_concerns
from luming.unit import convert
from luming_portal.indicators.models import Fact
from luming_portal.indicators.values import fact_value, indicator_value
from luming_portal.reporting.models import Report

Series = Mapping[tuple[str, int | None], Sequence[FactValue]]
"""Figures in force by subject and indicator, oldest first."""


def series_of(reports: Sequence[Report]) -> Series:
    """The figures of the series that reports continue, in one query."""
    found: dict[tuple[str, int | None], list[FactValue]] = {}
    rows = Fact.objects.filter(
        indicator_id__in={report.indicator_id for report in reports if report.asks_figure},
        subject__in={report.subject for report in reports},
        superseded=False,
        demo=any(report.demo for report in reports),
    ).select_related("indicator", "source")
    for row in rows.order_by("period_end", "id"):
        found.setdefault((row.subject, row.indicator_id), []).append(fact_value(row))
    return found


def before(report: Report, series: Series) -> FactValue | None:
    """The last figure before the report's period, in the unit that the report asks.

    Where the two units are of different kinds, or the field cannot hold the figure, it is as it was published.
    """
    period = parse_period(report.period)
    earlier = [
        one for one in series.get((report.subject, report.indicator_id), ()) if one.period.end < period.end
    ]
    return _in_unit_of(report, earlier[-1]) if earlier else None


def _in_unit_of(report: Report, last: FactValue) -> FactValue:
    try:
        value = convert(last.value, last.unit, report.of_measure)
        Report._meta.get_field("value").to_python(value)
    except (UnitMismatch, ValidationError):
        return last
    return replace(last, value=value, unit=report.of_measure)


def last_in_unit(report: Report, last: FactValue | None) -> Decimal | None:
    """The value of the last figure where it is in the report's unit; None where it does not convert, or there is none."""
    return last.value if last is not None and last.unit == report.of_measure else None


def same_as_last(report: Report, last: FactValue | None, told: str) -> Decimal | str | None:
    """What “as last time” stands for: the last figure in the report's unit, or the progress told; None for nothing."""
    return last_in_unit(report, last) if report.asks_figure else told or None


def told_before(reports: Sequence[Report]) -> Mapping[int, str]:
    """What the same units published of the same measures the last time before, by key of the report; in one query."""
    asked = {(one.unit, one.measure): one for one in reports if not one.asks_figure}
    if not asked:
        return {}
    month = next(iter(asked.values())).reporting_month
    rows = Report.objects.filter(
        unit__in={unit for unit, _measure in asked},
        measure__in={measure for _unit, measure in asked},
        stage=Stage.PUBLISHED.value,
        reporting_month__document=month.document_id,
        demo=month.demo,
    ).filter(
        Q(reporting_month__year__lt=month.year)
        | Q(reporting_month__year=month.year, reporting_month__month__lt=month.month)
    )
    found: dict[int, str] = {}
    for unit, measure, narrative in rows.order_by(
        "reporting_month__year", "reporting_month__month"
    ).values_list("unit", "measure", "narrative"):
        if (unit, measure) in asked:
            found[asked[unit, measure].pk] = narrative
    return found


def concerns_of(report: Report, series: Series) -> tuple[Concern, ...]:
    """Everything to say about what is in the report now."""
    if report.indicator is None:
        return progress_concerns(report.narrative)
    period = parse_period(report.period)
    last = before(report, series)
    return concerns(
        indicator_value(report.indicator),
        report.value,
        report.of_measure,
        before=last,
        year_before=_year_before(report, period, series),
        same_year=last is not None and _of_one_year(last.period, period),
        explained=bool(report.narrative.strip()),
    )


def _of_one_year(earlier: Period, later: Period) -> bool:
    return earlier.start == later.start and earlier.start == dt.date(later.end.year, 1, 1)


def _year_before(report: Report, period: Period, series: Series) -> FactValue | None:
    wanted = (period.start.year - 1, period.start.month, period.end.year - 1, period.end.month)
    for one in series.get((report.subject, report.indicator_id), ()):
        its = one.period
        if (its.start.year, its.start.month, its.end.year, its.end.month) == wanted:
            return one
    return None
