"""The figures of a process over the cases that a person sees, each replayed from its events (luming.cases)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from luming.cases import Case as Course
from luming.cases import Process, Statistics, from_dict, replay, statistics
from luming.workdays import state_calendar
from luming_portal.accounts.rights import visible
from luming_portal.cases.models import Case, CaseEvent
from luming_portal.cases.shelf import process_of, shelf

MOST = 5_000
"""Cases that one page reckons over, the newest; the page says so where there are more."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Volume:
    """How many cases of a process there are: handed in, going, late."""

    key: str
    name: str
    filed: int
    going: int
    late: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures, and over which cases they are.

    Attributes:
        left_out: cases beyond the most that are reckoned over.
    """

    process: Process
    statistics: Statistics
    counted: int
    left_out: int


def filed_cases(user: Any, *, demo: bool) -> QuerySet[Case]:
    """The cases that a person sees and that were handed in."""
    return visible(user, Case.objects.filter(demo=demo, submitted_at__isnull=False)).order_by()


def volumes(user: Any, *, demo: bool) -> list[Volume]:
    """The processes with cases, by name."""
    rows = (
        filed_cases(user, demo=demo)
        .values("process", "process_name")
        .annotate(
            filed=Count("pk"),
            going=Count("pk", filter=Q(closed_at=None)),
            late=Count("pk", filter=Q(closed_at=None, overdue=True)),
        )
    )
    found: dict[str, Volume] = {}
    for row in rows:
        known = found.get(row["process"])
        before = (known.filed, known.going, known.late) if known is not None else (0, 0, 0)
        found[row["process"]] = Volume(
            row["process"],
            row["process_name"],
            row["filed"] + before[0],
            row["going"] + before[1],
            row["late"] + before[2],
        )
    return sorted(found.values(), key=lambda one: one.name)


def years_of(user: Any, key: str, *, demo: bool) -> list[int]:
    """The years in which cases of a process were numbered, newest first."""
    found = filed_cases(user, demo=demo).filter(process=key, year__isnull=False)
    return sorted({year for year in found.values_list("year", flat=True) if year is not None}, reverse=True)


def figures_of(user: Any, key: str, now: dt.datetime, *, year: int | None, demo: bool) -> Figures | None:
    """The figures of a process; None where there is neither a process nor a case of this key.

    Raises:
        luming.workdays.CalendarError: a year without a holiday notice is touched.
        luming.errors.LumingError: a case cannot be replayed.
    """
    rows = filed_cases(user, demo=demo).filter(process=key)
    if year is not None:
        rows = rows.filter(year=year)
    cases = list(rows.select_related("stored").order_by("-pk")[:MOST])
    process = process_of(cases[0]) if cases else shelf().process(key)
    if process is None:
        return None
    found = statistics(process, _replayed(cases), state_calendar(), now)
    return Figures(process, found, len(cases), max(0, rows.count() - len(cases)))


def _replayed(cases: list[Case]) -> Iterator[Course]:
    for start in range(0, len(cases), _BATCH):
        some = cases[start : start + _BATCH]
        events: dict[int, list[Any]] = {one.pk: [] for one in some}
        stored = CaseEvent.objects.filter(case__in=events).order_by("case", "seq")
        for number, content in stored.values_list("case_id", "content"):
            events[number].append(from_dict(content))
        for one in some:
            if events[one.pk]:
                yield replay(process_of(one), events[one.pk])
