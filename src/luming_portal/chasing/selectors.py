"""What is read of chasing, with the reader's rights applied: the escalation list, reminders, letters, a unit's notices."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from luming.reporting import Reminding, Stage, reminding_on
from luming_portal.accounts.rights import visible
from luming_portal.chasing.models import Letter, Reminder
from luming_portal.reporting.models import Report, ReportingMonth

LETTER_STATES = ("waiting", "late", "answered", "withdrawn")


@dataclass(frozen=True, slots=True)
class Chased:
    """What one unit owes for one month, and what was done about it.

    Attributes:
        figures: the names of the figures, in the order of the sheet.
        returned: how many of them had come and were sent back.
        late: days since the due day; negative before it.
        reminded: how many reminders went, letters in force included; `last` the day of the last one.
    """

    month: ReportingMonth
    unit: str
    figures: tuple[str, ...]
    returned: int
    step: Reminding
    late: int
    reminded: int
    last: dt.date | None
    letters: tuple[Letter, ...]

    @property
    def owed(self) -> int:
        """How many figures."""
        return len(self.figures)

    @property
    def ahead(self) -> int:
        """Days until the due day; negative after it."""
        return -self.late


@dataclass(frozen=True, slots=True)
class ChaseFilter:
    """What the list is narrowed to; empty for all."""

    words: str = ""
    step: str = ""
    month: int | None = None

    def takes(self, one: Chased) -> bool:
        """Whether a line is shown."""
        if self.step and one.step.value != self.step:
            return False
        if self.month is not None and one.month.pk != self.month:
            return False
        return all(word in one.unit for word in self.words.split())


def escalation(user: Any, today: dt.date, month: ReportingMonth | None = None) -> list[Chased]:
    """Who owes what in all open months (or in one), worst first: sharpest step, then longest overdue, then most."""
    drafts = visible(user, Report.objects.filter(stage=Stage.DRAFT.value))
    if month is not None:
        drafts = drafts.filter(reporting_month=month)
    owed: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    rows = drafts.order_by("reporting_month", "unit", "position", "pk")
    for month_id, unit, title, label, measure, returns in rows.values_list(
        "reporting_month_id", "unit", "title", "indicator__label", "measure", "returns"
    ):
        owed[(month_id, unit)].append((title or label or measure, returns))
    months = ReportingMonth.objects.select_related("document").in_bulk({key[0] for key in owed})
    reminders, letters = _done_about(user, list(months))
    found = []
    for (month_id, unit), figures in owed.items():
        its = months[month_id]
        in_force = [one for one in letters[(month_id, unit)] if not hasattr(one, "withdrawal")]
        days = _in_force(reminders[(month_id, unit)], letters[(month_id, unit)])
        found.append(
            Chased(
                month=its,
                unit=unit,
                figures=tuple(label for label, _returns in figures),
                returned=sum(returns > 0 for _label, returns in figures),
                step=reminding_on(today, its.due_on),
                late=(today - its.due_on).days,
                reminded=len(days),
                last=max(days, default=None),
                letters=tuple(in_force),
            )
        )
    return sorted(found, key=lambda one: (-one.step.severity, -one.late, -one.owed, one.unit))


def _done_about(
    user: Any, months: Sequence[int]
) -> tuple[Mapping[tuple[int, str], list[Reminder]], Mapping[tuple[int, str], list[Letter]]]:
    reminders: dict[tuple[int, str], list[Reminder]] = defaultdict(list)
    for row in visible(user, Reminder.objects.filter(reporting_month__in=months)):
        reminders[(row.reporting_month_id, row.unit)].append(row)
    letters: dict[tuple[int, str], list[Letter]] = defaultdict(list)
    for letter in visible(user, Letter.objects.filter(reporting_month__in=months)).select_related(
        "withdrawal", "answer"
    ):
        letters[(letter.reporting_month_id, letter.unit)].append(letter)
    return reminders, letters


def _in_force(reminders: Iterable[Reminder], letters: Iterable[Letter]) -> list[dt.date]:
    """The days of the reminders that count: not those by letters that were taken back."""
    withdrawn = {one.pk for one in letters if hasattr(one, "withdrawal")}
    return [row.sent_on for row in reminders if row.letter_id not in withdrawn]


def reminders_of(user: Any, month: ReportingMonth, unit: str = "") -> QuerySet[Reminder]:
    """The reminders about a month, newest first."""
    found = visible(user, Reminder.objects.filter(reporting_month=month)).select_related("sent_by", "letter")
    return found.filter(unit=unit) if unit else found


def letters_for(
    user: Any, *, words: str = "", state: str = "", year: int | None = None, today: dt.date | None = None
) -> QuerySet[Letter]:
    """The letters that a person sees, newest first; `today` decides which answers are late."""
    found = visible(user, Letter.objects.all()).select_related(
        "reporting_month", "reporting_month__document", "issued_by", "withdrawal", "answer"
    )
    for word in words.split():
        found = found.filter(Q(number__icontains=word) | Q(unit__icontains=word) | Q(title__icontains=word))
    if year is not None:
        found = found.filter(year=year)
    pending = Q(withdrawal__isnull=True, answer__isnull=True)
    if state == "waiting":
        found = found.filter(pending)
    elif state == "late":
        found = found.filter(pending, answer_by__lt=today or dt.date.max)
    elif state == "answered":
        found = found.filter(answer__isnull=False)
    elif state == "withdrawn":
        found = found.filter(withdrawal__isnull=False)
    return found


def letter_years(user: Any) -> list[int]:
    """The years in which a person sees letters, newest first."""
    return list(visible(user, Letter.objects.order_by("-year")).values_list("year", flat=True).distinct())


def state_of(letter: Letter, today: dt.date) -> str:
    """Where a letter stands: one of LETTER_STATES."""
    if hasattr(letter, "withdrawal"):
        return "withdrawn"
    if hasattr(letter, "answer"):
        return "answered"
    return "late" if letter.answer_by < today else "waiting"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a unit should know about a month when it opens its pages."""

    month: ReportingMonth
    owed: int
    step: Reminding
    late: int
    letters: tuple[Letter, ...]

    @property
    def ahead(self) -> int:
        """Days until the due day; negative after it."""
        return -self.late


def notices_for(user: Any, unit: str, today: dt.date, month: ReportingMonth | None = None) -> list[Notice]:
    """By the rule of today: what a unit owes, sharpest first, and its letters that wait for an answer.

    Months whose due day is not near are left out, unless a letter waits.
    """
    lines = [one for one in escalation(user, today, month) if one.unit == unit]
    found = []
    for one in lines:
        waiting = tuple(letter for letter in one.letters if not hasattr(letter, "answer"))
        if one.step is not Reminding.NOT_YET or waiting:
            found.append(Notice(one.month, one.owed, one.step, one.late, waiting))
    return found
