"""How a clock of a process has run in a case, and when it runs out.

Days are those of Beijing. What happens on a day works from the next day on: the day of entering is not counted, a day
on which the clock is suspended still is, the day of resuming is not. So a day counts when the clock was running as the
day before ended; of working days only those count that the calendar works. A limit ends with the last counted day.
Hours run by the minute. Months and years end on the same date, later by the days of suspension.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luming.cases.case import BEIJING, Case
from luming.cases.process import Clock
from luming.cases.span import Span, TimeUnit
from luming.workdays import WorkCalendar

_DAY = dt.timedelta(days=1)


def day_of(moment: dt.datetime) -> dt.date:
    """The day in Beijing."""
    return moment.astimezone(BEIJING).date()


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which a day is over."""
    return dt.datetime.combine(day + _DAY, dt.time(), BEIJING)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in which a clock ran or stood still, until the next one begins."""

    start: dt.datetime
    running: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a clock, from entering its states to leaving them.

    Attributes:
        ended: when it was left; None while it goes on.
        spans: the limit and each extension, in order; empty where a day in a field is the limit.
        until: the day that is the limit, where a field says it.
        fields: the fields of the case in the run's last step.
    """

    stretches: tuple[Stretch, ...]
    ended: dt.datetime | None
    spans: tuple[Span, ...]
    until: dt.date | None
    fields: Mapping[str, Any]

    @property
    def started(self) -> dt.datetime:
        """When it began to run."""
        return self.stretches[0].start

    @property
    def paused(self) -> bool:
        """Whether it stands still at its end, or now."""
        return not self.stretches[-1].running


@dataclass(frozen=True, slots=True)
class Expiry:
    """When a run is over.

    Attributes:
        day: the last day of the limit; of hours the day of the moment.
        moment: from when on it is late.
    """

    day: dt.date
    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class Unexpired:
    """No day can be named: the clock stands still with so many units left, or the fields name no limit (None)."""

    left: int | None


def runs(case: Case, clock: Clock) -> tuple[Run, ...]:
    """Every run of a clock in a case, in order; the last may still go on."""
    found: list[Run] = []
    stretches: list[Stretch] = []
    extensions: list[Span] = []
    fields: Mapping[str, Any] = {}
    for step in case.steps:
        running, paused = step.state in clock.runs_in, step.state in clock.paused_in
        if not running and not (paused and stretches):
            if stretches:
                found.append(_run(clock, stretches, step.at, fields, extensions))
            stretches, extensions = [], []
            continue
        if not stretches or stretches[-1].running is not running:
            stretches.append(Stretch(step.at, running))
        fields = step.fields
        item = case.process.transitions.get(step.transition)
        if item and item.extends and item.extends.clock == clock.key:
            extensions.append(item.extends.by)
    if stretches:
        found.append(_run(clock, stretches, None, fields, extensions))
    return tuple(found)


def _run(
    clock: Clock,
    stretches: list[Stretch],
    ended: dt.datetime | None,
    fields: Mapping[str, Any],
    more: list[Span],
) -> Run:
    since = _day(fields.get(clock.since)) if clock.since else None
    if since:
        noon = dt.datetime.combine(since, dt.time(12), BEIJING)
        later = [one for one in stretches[1:] if one.start > noon]
        stretches = [Stretch(noon, stretches[0].running), *later]
    first = clock.limit.of(fields)
    spans = () if first is None else (first, *more)
    return Run(tuple(stretches), ended, spans, _day(fields.get(clock.limit.until)), fields)


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def expiry(run: Run, calendar: WorkCalendar, until: dt.date | None = None) -> Expiry | Unexpired:
    """When a run is over, supposed that it goes on as it stands; with `until`, only if that is by this day.

    Raises:
        luming.workdays.CalendarError: working days of a year without a holiday notice are needed.
    """
    if run.until is not None:
        return Expiry(run.until, end_of(run.until))
    if not run.spans:
        return Unexpired(None)
    at = Expiry(day_of(run.started), run.started)
    for span in run.spans:
        found = _after(run.stretches, at, span, calendar, until)
        if isinstance(found, Unexpired):
            return found
        at = found
    return at


def _after(
    stretches: Sequence[Stretch], at: Expiry, span: Span, calendar: WorkCalendar, until: dt.date | None
) -> Expiry | Unexpired:
    if span.unit is TimeUnit.HOURS:
        return _hours(stretches, at.moment, span.number)
    if span.unit in (TimeUnit.MONTHS, TimeUnit.YEARS):
        return _months(stretches, at.day, span.number * (12 if span.unit is TimeUnit.YEARS else 1))
    counts = calendar.is_workday if span.unit is TimeUnit.WORKDAYS else _every
    return _days(stretches, at.day, span.number, counts, until)


def _every(day: dt.date) -> bool:
    return True


def _running_after(stretches: Sequence[Stretch], day: dt.date) -> bool:
    """Whether the clock was running as a day ended."""
    return next((one.running for one in reversed(stretches) if day_of(one.start) <= day), False)


def _days(
    stretches: Sequence[Stretch],
    day: dt.date,
    number: int,
    counts: Callable[[dt.date], bool],
    until: dt.date | None,
) -> Expiry | Unexpired:
    stopped = None if stretches[-1].running else day_of(stretches[-1].start)
    while number:
        if (stopped is not None and day >= stopped) or (until is not None and day >= until):
            return Unexpired(number)
        running = _running_after(stretches, day)
        day += _DAY
        number -= running and counts(day)
    return Expiry(day, end_of(day))


def _hours(stretches: Sequence[Stretch], start: dt.datetime, number: int) -> Expiry | Unexpired:
    left = dt.timedelta(hours=number)
    for at, stretch in enumerate(stretches):
        if not stretch.running:
            continue
        begins = max(stretch.start, start)
        if at + 1 == len(stretches):
            return Expiry(day_of(begins + left), begins + left)
        ends = max(stretches[at + 1].start, begins)
        if ends - begins >= left:
            return Expiry(day_of(begins + left), begins + left)
        left -= ends - begins
    return Unexpired(-(-left // dt.timedelta(hours=1)))


def later(day: dt.date, months: int) -> dt.date:
    """The same date some months later; where the month is shorter, its last day.

    >>> later(dt.date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return dt.date(year, month + 1, last)
            except ValueError:
                continue
    raise AssertionError(day)


def _months(stretches: Sequence[Stretch], start: dt.date, months: int) -> Expiry | Unexpired:
    due, day = later(start, months), start
    while day < due:
        if not stretches[-1].running and day >= day_of(stretches[-1].start):
            return Unexpired((due - day).days)
        if not _running_after(stretches, day):
            due += _DAY
        day += _DAY
    return Expiry(due, end_of(due))
