"""Where a case stands, kept beside its events so that lists and trays need not replay: state, deadlines, turns, departments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from luming.cases import SYSTEM, Deadline, DeadlineKind, Process, allowed, due, publicity_days
from luming.cases import Case as Course
from luming.workdays import CalendarError, WorkCalendar
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import ChangeSet
from luming_portal.cases.acting import district_of, unit_of
from luming_portal.cases.models import Case, CaseTurn, CaseUnit

_TITLES = ("title", "name", "item_name", "project_name", "subject")
"""Fields of forms that name a case, the first that is filled."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is: role of the portal, department or district, role of the process, what he may do, until when."""

    plays: str
    unit: str
    part: str
    kind: str
    labels: tuple[str, ...]
    due_at: dt.datetime | None


def bring_up_to_date(
    case: Case, course: Course, changes: ChangeSet, calendar: WorkCalendar, now: dt.datetime
) -> None:
    """Enter into a case what follows from its events, and store whose turn it is. The case itself is saved by the caller."""
    process, place = course.process, course.place
    case.state, case.state_label, case.public_state = place.key, place.about.label, place.public
    case.data = dict(course.fields)
    case.moved_at = course.events[-1].at
    case.unit = charge_of(process, course.fields, case.unit)
    case.title = title_of(case, course)
    case.closed_at = course.closed_at
    case.outcome = course.outcome.value if course.outcome else ""
    deadlines = due(course, calendar, now)
    running = [one for one in deadlines if one.due is not None and not one.paused]
    late = [one for one in running if one.kind is not DeadlineKind.PUBLICITY]
    case.due_at = min((one.due for one in running), default=None)
    case.overdue = any(one.overdue for one in late)
    case.public_from, case.public_until = _publicity(course, calendar)
    turns = [] if course.ended else turns_of_course(case, course, deadlines, calendar, now)
    case.waits_for = "、".join(dict.fromkeys(_words(process, turn) for turn in turns))[:200]
    _store_turns(case, course, turns)
    _store_units(case, course, turns, changes)


def _publicity(course: Course, calendar: WorkCalendar) -> tuple[dt.date | None, dt.date | None]:
    rule = course.process.publicity
    if rule is None or rule.list != "public" or course.ended:
        return None, None
    try:
        return publicity_days(course, calendar) or (None, None)
    except CalendarError:
        return None, None


def charge_of(process: Process, fields: Any, standing: str) -> str:
    """The department in charge: that of the process's field, else the one that stands, else the first that the process names."""
    named = str(fields.get(process.unit_field) or "") if process.unit_field else ""
    if named or standing:
        return named or standing
    return next((role.unit for role in process.roles.values() if role.unit), "")


def title_of(case: Case, course: Course) -> str:
    """What a case is called: by its forms, else by process and subject."""
    named = next((str(course.fields[name]) for name in _TITLES if course.fields.get(name)), "")
    return (named or case.title or f"{course.process.about.label} {case.subject_name}".strip())[:200]


def turns_of_course(
    case: Case, course: Course, deadlines: Sequence[Deadline], calendar: WorkCalendar, now: dt.datetime
) -> list[Turn]:
    """Who is waited for: those whose clock runs; where nobody's does, whoever may go on."""
    process = course.process
    found = []
    for part in process.roles:
        steps = [step for step in _allowed(course, part, calendar, now) if SYSTEM not in step.roles]
        if steps:
            found += _turns(case, process, part, "move", tuple(step.about.label for step in steps), deadlines)
    owners = {one.owner for one in deadlines if not one.paused}
    if any(turn.part in owners for turn in found):
        found = [turn for turn in found if turn.part in owners]
    given = {(one.opinion, one.unit) for one in course.opinions}
    for item in process.opinions_in(course.state):
        for unit in item.asked(course.fields):
            if (item.key, unit) not in given:
                until = min((one.due for one in deadlines if one.due and one.key == f"{item.key}:{unit}"), default=None)
                found.append(Turn(Role.DEPARTMENT.value, unit, item.role, "opinion", (item.about.label,), until))
    return found


def _allowed(course: Course, part: str, calendar: WorkCalendar, now: dt.datetime) -> Iterable[Any]:
    try:
        return allowed(course, part, now, calendar=calendar)
    except CalendarError:
        return ()


def _turns(
    case: Case, process: Process, part: str, kind: str, labels: tuple[str, ...], deadlines: Sequence[Deadline]
) -> list[Turn]:
    until = min((one.due for one in deadlines if one.due and one.owner == part and not one.paused), default=None)
    found = []
    for plays in process.roles[part].plays:
        if plays == Role.ENTERPRISE and case.enterprise_id is None:
            continue
        if plays == Role.INSTITUTION and case.institution_id is None:
            continue
        unit = ""
        if plays == Role.DEPARTMENT:
            unit = unit_of(process, part, case.data, case.unit)
        elif plays == Role.DISTRICT:
            unit = district_of(case)
        found.append(Turn(plays, unit, part, kind, labels, until))
    return found


def _words(process: Process, turn: Turn) -> str:
    label = process.roles[turn.part].about.label if turn.part in process.roles else turn.part
    return f"{label}({turn.unit})" if turn.unit and turn.unit != label else label


def _store_turns(case: Case, course: Course, turns: Sequence[Turn]) -> None:
    rows = [
        {
            "plays": turn.plays,
            "unit": turn.unit,
            "part": turn.part,
            "kind": turn.kind,
            "labels": list(turn.labels),
            "since": course.entered_at,
            "due_at": turn.due_at,
        }
        for turn in turns
    ]
    held = CaseTurn.objects.filter(case=case)
    if list(held.order_by("pk").values(*rows[0])) == rows if rows else not held.exists():
        return
    held.delete()
    CaseTurn.objects.bulk_create(CaseTurn(case=case, **row) for row in rows)


def _store_units(case: Case, course: Course, turns: Sequence[Turn], changes: ChangeSet) -> None:
    """Departments that have a part now keep the sight of the case for good."""
    wanted = {turn.unit for turn in turns if turn.plays == Role.DEPARTMENT and turn.unit} | {case.unit}
    for item in course.process.opinions_in(course.state):
        wanted |= set(item.asked(course.fields))
    known = set(CaseUnit.objects.filter(case=case).values_list("unit", flat=True))
    for unit in sorted(wanted - known - {""}):
        changes.save(CaseUnit(case=case, unit=unit, demo=case.demo))
