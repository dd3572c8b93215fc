"""Where a case stands, kept beside its events so that lists and trays need not replay: state, deadlines, turns, departments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luming.cases import Case as Course
from luming.cases import (
    Deadline,
    DeadlineKind,
    Process,
    Settles,
    Waiting,
    WaitsFor,
    due,
    publicity_of,
    waiting,
)
from luming.workdays import CalendarError, WorkCalendar
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import ChangeSet
from luming_portal.cases.acting import district_of, units_of
from luming_portal.cases.models import Case, CaseObjection, CaseTurn, CaseUnit

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
    keys: tuple[str, ...]
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
    case.due_at = min((one.due for one in running if one.due is not None), default=None)
    case.overdue = any(one.overdue for one in late)
    case.public_from, case.public_until = _publicity(course, calendar)
    turns = [] if course.ended else turns_of_course(case, course, deadlines, calendar, now)
    case.waits_for = "、".join(dict.fromkeys(_words(process, turn) for turn in turns))[:200]
    _store_turns(case, course, turns)
    _store_units(case, course, turns, changes)
    _settle_objections(case, course, changes)


def _publicity(course: Course, calendar: WorkCalendar) -> tuple[dt.date | None, dt.date | None]:
    rule = course.process.publicity
    if rule is None or rule.list != "public" or course.ended:
        return None, None
    try:
        found = publicity_of(course, calendar)
    except CalendarError:
        return None, None
    return (found.first, found.last) if found is not None else (None, None)


def charge_of(process: Process, fields: Any, standing: str) -> str:
    """The department in charge: that of the process's field, else the one that stands.

    Where the process asks for none, the first it names; where it asks and nothing is filled in, none: a department that
    only pays must not come to decide.
    """
    named = str(fields.get(process.unit_field) or "") if process.unit_field else ""
    if named or standing or process.unit_field:
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
    waits = waiting(course, calendar, now)
    owners = {one.owner for one in deadlines if one.kind is DeadlineKind.CLOCK and not one.paused}
    moving = [one for one in waits if one.kind is WaitsFor.MOVE]
    if any(one.role in owners for one in moving):
        waits = tuple(one for one in waits if one.kind is not WaitsFor.MOVE or one.role in owners)
    return [turn for one in waits for turn in _turns(case, course.process, one)]


def _turns(case: Case, process: Process, one: Waiting) -> list[Turn]:
    until = one.deadline.due if one.deadline is not None and not one.deadline.paused else None
    if one.kind is WaitsFor.OPINION:
        return [Turn(Role.DEPARTMENT.value, one.unit, one.role, one.kind.value, one.labels, one.keys, until)]
    found = []
    plays = process.roles[one.role].plays if one.role in process.roles else (Role.OFFICE.value,)
    for who in plays:
        if who == Role.ENTERPRISE and case.enterprise_id is None:
            continue
        if who == Role.INSTITUTION and case.institution_id is None:
            continue
        places: tuple[str, ...] = ("",)
        if who == Role.DEPARTMENT:
            places = units_of(process, one.role, case.data, case.unit) or ("",)
        elif who == Role.DISTRICT:
            places = (district_of(case),)
        found += [Turn(who, unit, one.role, one.kind.value, one.labels, one.keys, until) for unit in places]
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
            "keys": list(turn.keys),
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


def _settle_objections(case: Case, course: Course, changes: ChangeSet) -> None:
    """Enter into the objections what became of them."""
    stored = CaseObjection.objects.filter(case=case, settled_at__isnull=True)
    if not stored.exists():
        return
    numbers = dict(
        enumerate(CaseObjection.objects.filter(case=case).order_by("pk").values_list("pk", flat=True), 1)
    )
    results = {numbers[one.number]: one for one in course.objections if one.number in numbers}
    for item in stored:
        found = results.get(item.pk)
        if found is not None and found.result is not None:
            item.upheld = found.result is Settles.UPHELD
            item.answer, item.settled_at = found.reason, found.settled_at
            changes.save(item)
