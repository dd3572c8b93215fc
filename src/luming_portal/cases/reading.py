"""What the page of a case shows to its reader: what he may do now, what happened, what the forms hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luming.cases import Case as Course
from luming.cases import Process, Transition, hindrances
from luming.workdays import CalendarError, WorkCalendar
from luming_portal.accounts.rights import role_of
from luming_portal.accounts.roles import Role
from luming_portal.cases.acting import parts_in
from luming_portal.cases.asked import title_of
from luming_portal.cases.models import Case, CaseEvent, CaseFile
from luming_portal.cases.recording import sign
from luming_portal.cases.told import VERDICTS
from luming_portal.cases.typed import kind_of

SUBJECTS = (Role.ENTERPRISE, Role.INSTITUTION)


@dataclass(frozen=True, slots=True)
class Possible:
    """A step that the reader's part may take here; `against`: why not yet, in sentences."""

    step: Transition
    part: str
    against: tuple[str, ...]

    @property
    def simple(self) -> bool:
        """Whether a button is enough: nothing to fill in."""
        return not self.step.form and self.step.reason.value != "required"


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a form as it was filled in: label, value in words, unit; rows of a table; files."""

    label: str
    value: str
    unit: str
    rows: Sequence[Sequence[str]] = ()
    columns: Sequence[str] = ()
    files: Sequence[CaseFile] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the history; `lines`: what its form held, as far as the reader may see it."""

    event: CaseEvent
    label: str
    lines: Sequence[Line]
    who: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A department whose opinion is asked, and what it said, as far as the reader may see it."""

    opinion: str
    label: str
    unit: str
    verdict: str
    reason: str
    commit: Sequence[str]
    mine: bool


def possible_steps(
    course: Course, case: Case, user: Any, calendar: WorkCalendar, now: dt.datetime
) -> list[Possible]:
    """The steps that the reader's parts have here, those that wait for something included."""
    own = parts_in(course.process, case, user)
    found = []
    for step in course.process.leaving(course.state):
        part = next((one for one in own if one in step.roles), None)
        if part is None or step.automatic:
            continue
        try:
            against = hindrances(course, step, now, calendar=calendar, by=sign(user))
            sentences = tuple(_why(fault) for fault in against)
        except CalendarError as problem:
            sentences = (str(problem),)
        found.append(Possible(step, part, sentences))
    return found


def _why(fault: Any) -> str:
    if fault.code == "case.not_yet":
        return f"还要等:{fault.expected}。"
    return f"{fault.found},应为{fault.expected}。"


def is_subject(user: Any) -> bool:
    """Whether the reader speaks for whom the case is about, and so does not see what the offices write among themselves."""
    return role_of(user) in SUBJECTS


def opinions_of(course: Course, user: Any) -> list[Asked]:
    """The opinions asked in the present state."""
    given = {(one.opinion, one.unit): one for one in course.opinions}
    found = []
    for item in course.process.opinions_in(course.state):
        for unit in item.asked(course.fields):
            one = given.get((item.key, unit))
            words = VERDICTS.get(one.verdict, one.verdict) if one is not None else ""
            hidden = is_subject(user)
            mine = role_of(user) is Role.DEPARTMENT and user.unit == unit
            found.append(
                Asked(
                    item.key,
                    item.about.label,
                    unit,
                    ("已回复" if one is not None else "") if hidden else words,
                    one.reason if one is not None and not hidden else "",
                    one.commit if one is not None else (),
                    mine,
                )
            )
    return found


def history_of(case: Case, process: Process, user: Any) -> list[Told]:
    """What happened, the first first. A subject reads the forms that he filled in himself, and of the rest what was done and why."""
    files = {str(one.pk): one for one in CaseFile.objects.filter(case=case)}
    hidden = is_subject(user)
    subject_parts = {
        key for key, role in process.roles.items() if set(role.plays) & {str(one) for one in SUBJECTS}
    }
    found = []
    for event in CaseEvent.objects.filter(case=case).select_related("by").order_by("seq"):
        form = _form_of(process, event)
        own = event.role in subject_parts or event.kind in ("opened", "reopened")
        data = event.content.get("data", {}) or {}
        lines = lines_of(form, data, files, user) if form is not None and data and (own or not hidden) else ()
        who = event.unit or ("" if hidden else event.by_name)
        if not hidden and event.by_name and event.unit:
            who = f"{event.unit} {event.by_name}"
        label = f"{event.content['unit']}已回复" if hidden and event.kind == "opinion" else event.label
        found.append(Told(event, label, lines, who or event.by_name if event.by is None else who))
    return found


def _form_of(process: Process, event: CaseEvent) -> Mapping[str, Any] | None:
    """The fields that an event's data are of."""
    if event.kind == "moved":
        step = process.transitions.get(event.content.get("transition", ""))
        form = process.forms.get(step.form) if step is not None else None
    elif event.kind == "opinion":
        item = process.opinions.get(event.content.get("opinion", ""))
        form = process.forms.get(item.form) if item is not None else None
    else:
        form = None
    if form is not None:
        return form.properties
    return {name: spec for one in process.forms.values() for name, spec in one.properties.items()}


def lines_of(
    properties: Mapping[str, Any], data: Mapping[str, Any], files: Mapping[str, CaseFile], user: Any
) -> list[Line]:
    """The fields that hold something, in the order of the form."""
    return [_line(name, spec, data[name], files) for name, spec in properties.items() if name in data]


def _line(name: str, spec: Mapping[str, Any], value: Any, files: Mapping[str, CaseFile]) -> Line:
    kind, label = kind_of(spec), title_of(spec, name)
    unit = str(spec.get("x-unit", ""))
    if kind in ("file", "files"):
        keys = value if isinstance(value, list) else [value]
        return Line(label, "", "", files=[files[str(key)] for key in keys if str(key) in files])
    if kind == "table":
        columns = spec["items"].get("properties", {})
        rows = [[_words(row.get(key)) for key in columns] for row in value]
        return Line(label, "", "", rows, [title_of(one, key) for key, one in columns.items()])
    if spec.get("x-mask") == "last4":
        text = str(value)
        return Line(label, f"{'*' * max(0, len(text) - 4)}{text[-4:]}", unit)
    return Line(label, _words(value), unit)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_words(one) for one in value)
    return "" if value is None else str(value)
