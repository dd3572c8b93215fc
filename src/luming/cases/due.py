"""Deadlines of a case: what is due when, by whom, how much time is left, what is late and to whom it goes then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from luming.cases.case import Case, Step
from luming.cases.clock import Expiry, Run, Stretch, Unexpired, day_of, end_of, expiry, runs
from luming.cases.process import About, Clock, Escalation, Reminder
from luming.cases.span import Span, TimeUnit
from luming.workdays import CalendarError, WorkCalendar

_DAY = dt.timedelta(days=1)


class DeadlineKind(StrEnum):
    """What is due."""

    CLOCK = "clock"
    OPINION = "opinion"
    PUBLICITY = "publicity"


@dataclass(frozen=True, slots=True)
class Raised:
    """A late matter goes to somebody above, from a moment on."""

    to: str
    paper: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of a case.

    Attributes:
        key: the clock; of an opinion `<opinions>:<unit>`; `publicity`.
        owner: the role that has to act.
        unit: the department asked for an opinion; "" for the one in charge of the case.
        limit: the limit in words.
        day: the last day; None while the clock stands still or where `problem` says why it is not known.
        due: the moment from which on it is late.
        left: what is left, in `left_unit`: of days those after today; below 0 the days or hours it is late.
        reminding: whether the time to remind has come.
        escalations: to whom it has gone by now.
        problem: why the day cannot be said, such as a year without a holiday notice.
    """

    kind: DeadlineKind
    key: str
    about: About
    owner: str
    unit: str
    limit: str
    started: dt.datetime
    day: dt.date | None
    due: dt.datetime | None
    left: int | None
    left_unit: TimeUnit
    paused: bool
    overdue: bool
    reminding: bool
    escalations: tuple[Raised, ...]
    problem: str = ""

    @property
    def label(self) -> str:
        """What is due, in words."""
        return self.about.label


@dataclass(frozen=True, slots=True)
class Publicised:
    """The days of a publicity, both included."""

    first: dt.date
    last: dt.date


def due(case: Case, calendar: WorkCalendar, now: dt.datetime) -> list[Deadline]:
    """Every deadline that runs or stands still in a case, the nearest first; one without a day comes last."""
    if case.ended:
        return []
    found = [
        _of_clock(clock, run, calendar, now)
        for clock in case.process.clocks.values()
        for run in runs(case, clock)
        if run.ended is None
    ]
    found += _of_opinions(case, calendar, now)
    found += _of_publicity(case, calendar, now)
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda one: (one.due or far, one.key))


def publicity_of(case: Case, calendar: WorkCalendar) -> Publicised | None:
    """First and last day of the publicity that the case is in; None where it is in none.

    An objection that is dealt with during the publicity does not move the days that were announced.

    Raises:
        luming.workdays.CalendarError: a year without a holiday notice.
    """
    rule, shown = case.process.publicity, _shown(case)
    if rule is None or case.state not in shown:
        return None
    start: Step | None = None
    for step in reversed(case.steps):
        if step.state not in shown:
            break
        start = step
    assert start is not None
    before = day_of(start.at) - _DAY if rule.counts_first_day else day_of(start.at)
    if rule.limit.unit is TimeUnit.WORKDAYS:
        return Publicised(before + _DAY, calendar.after(before, rule.limit.number))
    return Publicised(before + _DAY, before + _DAY * rule.limit.number)


def _shown(case: Case) -> set[str]:
    """The states during which the publicity stands."""
    rule, objection = case.process.publicity, case.process.objection
    if rule is None:
        return set()
    if objection and objection.opens and rule.state in objection.states:
        return {rule.state, objection.opens}
    return {rule.state}


def is_over(case: Case, clock: Clock, calendar: WorkCalendar, now: dt.datetime) -> bool | None:
    """Whether a clock that goes on in a case has run out; None where none goes on."""
    run = next((one for one in runs(case, clock) if one.ended is None), None)
    if run is None:
        return None
    found = expiry(run, calendar, day_of(now))
    return isinstance(found, Expiry) and now >= found.moment


def pending(case: Case) -> list[tuple[str, str]]:
    """Opinions asked for and not given yet: which, by whom."""
    given = {(one.opinion, one.unit) for one in case.opinions}
    return [
        (item.key, unit)
        for item in case.process.opinions_in(case.state)
        for unit in item.asked(case.fields)
        if (item.key, unit) not in given
    ]


def _of_opinions(case: Case, calendar: WorkCalendar, now: dt.datetime) -> list[Deadline]:
    found = []
    for key, unit in pending(case):
        item = case.process.opinions[key]
        if item.limit:
            run = Run((Stretch(case.entered_at, True),), None, (item.limit,), None, case.fields)
            made = _deadline(
                DeadlineKind.OPINION,
                f"{key}:{unit}",
                item.about,
                item.role,
                item.limit.said,
                run,
                calendar,
                now,
                (),
                (),
            )
            found.append(replace(made, unit=unit))
    return found


def _of_publicity(case: Case, calendar: WorkCalendar, now: dt.datetime) -> list[Deadline]:
    rule = case.process.publicity
    if rule is None or case.state not in _shown(case):
        return []
    leaving = case.process.leaving(rule.state)
    owner = next(
        (item.roles[0] for item in leaving if any(one.kind == "publicity_over" for one in item.when)), ""
    )
    day, problem = None, ""
    try:
        days = publicity_of(case, calendar)
        day = days.last if days else None
    except CalendarError as error:
        problem = str(error)
    left = _distance(day, day_of(now), rule.limit.unit, calendar) if day else None
    return [
        Deadline(
            DeadlineKind.PUBLICITY, "publicity", rule.about, owner, "", rule.limit.said, case.entered_at, day,
            end_of(day) if day else None, left, rule.limit.unit, False, False, False, (), problem,
        )
    ]  # fmt: skip


def _of_clock(clock: Clock, run: Run, calendar: WorkCalendar, now: dt.datetime) -> Deadline:
    said = "+".join(span.said for span in run.spans) or (f"至{run.until}" if run.until else "")
    return _deadline(
        DeadlineKind.CLOCK,
        clock.key,
        clock.about,
        clock.owner,
        said,
        run,
        calendar,
        now,
        clock.remind,
        clock.escalate,
    )


def _deadline(
    kind: DeadlineKind,
    key: str,
    about: About,
    owner: str,
    limit: str,
    run: Run,
    calendar: WorkCalendar,
    now: dt.datetime,
    remind: tuple[Reminder, ...],
    escalate: tuple[Escalation, ...],
) -> Deadline:
    unit = _counted_in(run)
    made = Deadline(
        kind, key, about, owner, "", limit, run.started, None, None, None, unit, run.paused, False, False, ()
    )
    try:
        found = expiry(run, calendar)
    except CalendarError as error:
        return replace(made, problem=str(error))
    if isinstance(found, Unexpired):
        return replace(made, left=found.left, problem="所填内容没有对应的时限" if found.left is None else "")
    late = now >= found.moment
    made = replace(made, day=found.day, due=found.moment, paused=run.paused and not late, overdue=late)
    try:
        raised = [_raised(item, found, calendar) for item in escalate] if late else []
        return replace(
            made,
            left=_left(found, unit, calendar, now),
            reminding=not late and any(_reminds(one, run, found, calendar, now) for one in remind),
            escalations=tuple(one for one in raised if one.at <= now),
        )
    except CalendarError as error:
        return replace(made, problem=str(error))


def _counted_in(run: Run) -> TimeUnit:
    unit = run.spans[-1].unit if run.spans else TimeUnit.DAYS
    return TimeUnit.DAYS if unit in (TimeUnit.MONTHS, TimeUnit.YEARS) else unit


def _left(found: Expiry, unit: TimeUnit, calendar: WorkCalendar, now: dt.datetime) -> int:
    if unit is TimeUnit.HOURS:
        return (found.moment - now) // dt.timedelta(hours=1)
    return _distance(found.day, day_of(now), unit, calendar)


def _distance(day: dt.date, today: dt.date, unit: TimeUnit, calendar: WorkCalendar) -> int:
    """Days, or working days, from today to a day; below 0 when it is past."""
    if unit is not TimeUnit.WORKDAYS:
        return (day - today).days
    return calendar.count(today + _DAY, day) if day >= today else -calendar.count(day + _DAY, today)


def _before(day: dt.date, span: Span, calendar: WorkCalendar) -> dt.date:
    left = span.number
    while left:
        left -= span.unit is not TimeUnit.WORKDAYS or calendar.is_workday(day)
        day -= _DAY
    return day


def _reminds(one: Reminder, run: Run, found: Expiry, calendar: WorkCalendar, now: dt.datetime) -> bool:
    if one.before is None:
        share = (found.moment - run.started) * one.percent / 100
        return now >= found.moment - share
    if one.before.unit is TimeUnit.HOURS:
        return now >= found.moment - dt.timedelta(hours=one.before.number)
    if one.before.unit in (TimeUnit.MONTHS, TimeUnit.YEARS):
        number = one.before.number * (365 if one.before.unit is TimeUnit.YEARS else 30)
        return day_of(now) >= found.day - _DAY * number
    return day_of(now) >= _before(found.day, one.before, calendar)


def _raised(item: Escalation, found: Expiry, calendar: WorkCalendar) -> Raised:
    """From when a late matter goes up: after hours by the minute, after days as the last of them begins."""
    number = item.after.number
    if item.after.unit is TimeUnit.HOURS or number == 0:
        at = found.moment + dt.timedelta(hours=number)
    elif item.after.unit is TimeUnit.WORKDAYS:
        at = end_of(calendar.after(found.day, number) - _DAY)
    else:
        days = number * {TimeUnit.MONTHS: 30, TimeUnit.YEARS: 365}.get(item.after.unit, 1)
        at = end_of(found.day + _DAY * (days - 1))
    return Raised(item.to, item.paper, at)
