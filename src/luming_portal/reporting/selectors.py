"""What is read of months and reports, with the reader's rights applied: sheets, the office's table, shares of units."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from luming.facts import Fact as FactValue
from luming.reporting import (
    Concern,
    Diligence,
    Move,
    Reminding,
    Stage,
    diligence_of,
    reminding_on,
)
from luming_portal.accounts.rights import visible
from luming_portal.counting.offers import settle
from luming_portal.reporting.concerns import before, concerns_of, same_as_last, series_of, told_before
from luming_portal.reporting.models import Report, ReportFile, ReportingMonth
from luming_portal.reporting.parts import Acting


def months_for(user: Any) -> QuerySet[ReportingMonth]:
    """The months that a person sees, newest first, with how many figures are asked, came and are published."""
    seen = visible(user, Report.objects.all()).order_by()
    inside = Q(reports__in=seen)
    return (
        visible(user, ReportingMonth.objects.all())
        .select_related("document")
        .annotate(
            asked=Count("reports", filter=inside),
            owed=Count("reports", filter=inside & Q(reports__stage=Stage.DRAFT.value)),
            done=Count("reports", filter=inside & Q(reports__stage=Stage.PUBLISHED.value)),
        )
        .order_by("-year", "-month", "-pk")  # counting drops the model's own order
    )


def reports_for(user: Any, month: ReportingMonth) -> QuerySet[Report]:
    """The reports of a month that a person sees."""
    return visible(user, month.reports.select_related("indicator", "fact"))


@dataclass(frozen=True, slots=True)
class Line:
    """One report on a sheet: what it is compared with, what is wrong with it, what the reader may do.

    Attributes:
        last: the figure before, in the report's unit where it converts.
        last_told: the progress told before; "" for none.
    """

    report: Report
    last: FactValue | None
    last_told: str
    concerns: tuple[Concern, ...]
    moves: tuple[Move, ...]
    writable: bool
    files: tuple[ReportFile, ...]

    @property
    def same(self) -> Decimal | str | None:
        """What “as last time” stands for; None where there is no such thing."""
        return same_as_last(self.report, self.last, self.last_told)


def lines_of(user: Any, reports: Iterable[Report]) -> list[Line]:
    """Reports as a sheet shows them; a draft that is still empty is not reproached for it."""
    rows = list(reports)
    settle(rows)
    series, told = series_of(rows), told_before(rows)
    acting = Acting(user)
    files: dict[int, list[ReportFile]] = {}
    for one in ReportFile.objects.filter(report__in=rows).order_by("pk"):
        files.setdefault(one.report_id, []).append(one)
    return [
        Line(
            report,
            before(report, series),
            told.get(report.pk, ""),
            tuple(one for one in concerns_of(report, series) if one.code != "missing"),
            acting.moves(report),
            acting.may_write(report),
            tuple(files.get(report.pk, ())),
        )
        for report in rows
    ]


@dataclass(frozen=True, slots=True)
class UnitState:
    """How a unit stands in a month.

    Attributes:
        counts: how many reports stand at each stage, in the order of stages.
        owed: how many the unit has not handed in.
        step: how it is to be reminded today; None where nothing is owed.
    """

    unit: str
    asked: int
    counts: tuple[int, ...]
    owed: int
    returned: int
    step: Reminding | None


def unit_states(month: ReportingMonth, reports: Sequence[Report], today: dt.date) -> list[UnitState]:
    """One line a unit, those who owe most first."""
    by_unit: dict[str, list[Report]] = {}
    for report in reports:
        by_unit.setdefault(report.unit, []).append(report)
    found = []
    for unit, rows in by_unit.items():
        counts = Counter(report.at for report in rows)
        owed = counts[Stage.DRAFT]
        found.append(
            UnitState(
                unit=unit,
                asked=len(rows),
                counts=tuple(counts[stage] for stage in Stage),
                owed=owed,
                returned=sum(report.at is Stage.DRAFT and report.returns > 0 for report in rows),
                step=reminding_on(today, month.due_on) if owed else None,
            )
        )
    return sorted(found, key=lambda one: (-one.owed, one.unit))


def diligence_for(user: Any, month: ReportingMonth, today: dt.date) -> tuple[Diligence, ...]:
    """Shares of units over the months of the document's year up to this one."""
    reports = visible(
        user,
        Report.objects.filter(
            reporting_month__document=month.document_id,
            reporting_month__year=month.year,
            demo=month.demo,
            reporting_month__month__lte=month.month,
        ).select_related("reporting_month"),
    )
    return diligence_of((report.handled() for report in reports), today)


def moves_among(user: Any, reports: Iterable[Report]) -> list[tuple[Move, int]]:
    """The moves that a person may make, each with how many reports it would move, in the order of the way."""
    acting = Acting(user)
    counts = Counter(move for report in reports for move in acting.moves(report))
    return [(move, counts[move]) for move in Move if counts[move]]


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """What the units tell of a measure in a month."""

    measure: str
    title: str
    reports: tuple[Report, ...]

    @property
    def published(self) -> int:
        """How many of them are published."""
        return sum(report.at is Stage.PUBLISHED for report in self.reports)


def progress_of(user: Any, month: ReportingMonth) -> list[MeasureTold]:
    """The progress of the measures in a month as a person sees it, in the order of the document, leads first."""
    rows = reports_for(user, month).exclude(measure="").order_by("position", "pk")
    found: dict[str, list[Report]] = {}
    for report in rows:
        found.setdefault(report.measure, []).append(report)
    return [MeasureTold(measure, told[0].label, tuple(told)) for measure, told in found.items()]
