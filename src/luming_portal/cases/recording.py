"""How a case changes: its row is held, its events replayed, the library asked, and what is new is stored with all that follows.

Everything here happens inside one transaction (audit.door.change): event, state, numbers, turns, effects, the record of
changes and what receivers of `case_moved` write. Where any of it fails, nothing has happened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.cases import Case as Course
from luming.cases import Process, Refused, from_dict, replay, tick, to_dict
from luming.cases import open_case as open_course
from luming.errors import LumingError
from luming.workdays import WorkCalendar, state_calendar
from luming_portal.accounts.rights import Refused as NoRight
from luming_portal.audit.door import ChangeSet, StaleVersion, change
from luming_portal.cases.acting import parts_in
from luming_portal.cases.asked import sentence_of
from luming_portal.cases.effects import run_effects
from luming_portal.cases.models import Case, CaseEvent, CaseFile, CaseNumber, StoredProcess
from luming_portal.cases.shelf import process_of
from luming_portal.cases.signals import case_moved
from luming_portal.cases.standing import bring_up_to_date
from luming_portal.cases.told import effects_of, told

SYSTEM = "system"
_MOST_AUTOMATIC = 20
"""Automatic steps in a row; a process that has more goes round in a circle."""


class CaseRefused(Exception):
    """Something that cannot be done with the case now, in sentences; nothing was written.

    Attributes:
        sentences: what stands against it.
        faults: those of fields of the form, by field.
    """

    def __init__(self, sentences: Sequence[str], faults: dict[str, list[str]] | None = None) -> None:
        self.sentences = tuple(sentences)
        self.faults = faults or {}
        super().__init__(" ".join([*self.sentences, *(one for said in self.faults.values() for one in said)]))


@dataclass(slots=True)
class Work:
    """A case in the hand of one change.

    Attributes:
        case: the stored row, held.
        course: the case as the library has it.
        stored: the events that this change has added.
    """

    case: Case
    process: Process
    course: Course
    changes: ChangeSet
    now: dt.datetime
    calendar: WorkCalendar
    by: Any
    stored: list[CaseEvent]
    token: str | None = None

    def store_beginning(self) -> None:
        """Store the event with which a case begins."""
        (event,) = self.course.events
        self._store(self.course, event)
        self.run_automatic()

    def refresh(self) -> None:
        """Reckon anew where the case stands, without an event."""
        bring_up_to_date(self.case, self.course, self.changes, self.calendar, self.now)
        self.changes.save(self.case)

    def take(self, step: Callable[[Course], Course]) -> None:
        """Let the library take a step, and store what came of it.

        Raises:
            CaseRefused: the library refuses.
        """
        try:
            after = step(self.course)
        except Refused as problem:
            raise refused(problem) from problem
        except LumingError as problem:
            raise CaseRefused([str(problem)]) from problem
        for event in after.events[len(self.course.events) :]:
            self._store(after, event)
        self.course = after
        self.run_automatic()

    def run_automatic(self) -> None:
        """Steps that time or a condition takes by itself, at once."""
        for _at in range(_MOST_AUTOMATIC):
            try:
                after = tick(self.course, self.calendar, self.now)
            except LumingError:
                # What a person did stands though time cannot be reckoned (a year without holiday notice): the daily tick
                # meets the same fault and reports it with the case.
                return
            new = after.events[len(self.course.events) :]
            if not new:
                return
            by, self.by = self.by, None
            for event in new:
                self._store(after, event)
            self.course, self.by = after, by
        raise CaseRefused([_("流程在自动步骤里打转,没有办理。请联系系统管理员。")])

    def _store(self, after: Course, event: Any) -> None:
        number = CaseEvent.objects.filter(case=self.case).count() + 1
        label = told(self.process, event)
        state = after.process.states[after.state]
        stored = CaseEvent(
            case=self.case,
            seq=number,
            at=event.at,
            by=self.by,
            by_name=str(self.by) if self.by is not None else _("系统"),
            unit=place_of(self.by),
            role=getattr(event, "role", "") or "",
            kind=event.kind,
            label=label,
            reason=getattr(event, "reason", "") or getattr(event, "reasons", "") or "",
            state=state.key,
            state_label=state.about.label,
            content=to_dict(event),
            token=self.token if not self.stored else None,
            demo=self.case.demo,
        )
        self.changes.save(stored)
        self.stored.append(stored)
        self._number(event)
        bring_up_to_date(self.case, after, self.changes, self.calendar, self.now)
        self.changes.save(self.case)
        self._keep_files(stored, getattr(event, "data", None) or {})
        run_effects(effects_of(self.process, event), self.case, stored, self.by)
        case_moved.send(sender=Case, case=self.case, event=stored, by=self.by)

    def _number(self, event: Any) -> None:
        if self.case.number or event.kind == "opened":
            return
        self.case.submitted_at = event.at
        give_number(self.case, timezone.localtime(event.at).year)

    def _keep_files(self, stored: CaseEvent, data: Any) -> None:
        """The files that the form names belong to this event from now on."""
        named = {
            str(one) for value in data.values() for one in (value if isinstance(value, list) else [value])
        }
        keys = [int(one) for one in named if one.isdigit() and len(one) < 18]
        if keys:
            rows = CaseFile.objects.filter(case=self.case, event__isnull=True, pk__in=keys)
            self.changes.update_many(rows, {"event": stored})


def sign(user: Any) -> str:
    """Under which name the library knows a person; the same for as long as the account lives."""
    return str(user.username) if user is not None else SYSTEM


def begin_course(process: Process, **given: Any) -> Course:
    """The case as the library opens it.

    Raises:
        CaseRefused: the library refuses.
    """
    try:
        return open_course(process, **given)
    except Refused as problem:
        raise refused(problem) from problem


def refused(problem: Refused) -> CaseRefused:
    """The library's refusal as the portal's: faults of fields apart from the rest."""
    general: list[str] = []
    faults: dict[str, list[str]] = {}
    for fault in problem.faults:
        name = getattr(fault, "field", "")
        if name:
            faults.setdefault(name, []).append(sentence_of(fault))
        else:
            general.append(fault.sentence())
    return CaseRefused(general, faults)


def place_of(user: Any) -> str:
    """For whom a person acts, in words."""
    if user is None:
        return ""
    return str(user.unit or user.district or user.enterprise or user.institution or "")


def give_number(case: Case, year: int) -> None:
    """The next number of the process and year; its counter is held until the transaction is through."""
    CaseNumber.objects.get_or_create(process=case.process, year=year, demo=case.demo)
    counter = CaseNumber.objects.select_for_update().get(process=case.process, year=year, demo=case.demo)
    counter.last += 1
    counter.save()
    case.year, case.serial = year, counter.last
    name = f"演示{case.process_name}" if case.demo else case.process_name
    case.number = f"{name}〔{year}〕{counter.last}号"


def stored_process(changes: ChangeSet, process: Process) -> StoredProcess:
    """The row of a version of a process, made with its first case."""
    found = StoredProcess.objects.filter(sha256=process.sha256).first()
    if found is not None:
        return found
    made: StoredProcess = changes.save(
        StoredProcess(
            key=process.key,
            process_version=process.version,
            name=process.about.label,
            sha256=process.sha256,
            text=process.text,
        )
    )
    return made


def course_of(case: Case) -> Course:
    """The case as the library has it: its events replayed by its own version of the process."""
    rows = CaseEvent.objects.filter(case=case).order_by("seq").values_list("content", flat=True)
    return replay(process_of(case), [from_dict(row) for row in rows])


@contextmanager
def work_on(
    case: Case,
    *,
    by: Any,
    reason: str,
    now: dt.datetime | None = None,
    expected_version: int | None = None,
    token: str | None = None,
) -> Iterator[Work]:
    """Hold a case, replay it, and let it be worked on in one transaction.

    Raises:
        NoRight: the case is gone.
        StaleVersion: somebody was faster, and the caller has named the version he saw.
    """
    with change(reason) as changes:
        held = Case.objects.select_for_update().select_related("stored").filter(pk=case.pk).first()
        if held is None:
            raise NoRight(_("这件事项已不存在。"))
        if expected_version is not None and held.version != expected_version:
            raise StaleVersion(held, expected_version)
        process = process_of(held)
        yield Work(
            held,
            process,
            course_of(held),
            changes,
            now or timezone.now(),
            state_calendar(),
            by,
            [],
            token or None,
        )


def already_done(case: Case, token: str | None) -> bool:
    """Whether the page that sends this has sent it before (a second click)."""
    return bool(token) and CaseEvent.objects.filter(case_id=case.pk, token=token).exists()


def part_taken(work: Work, allowed: tuple[str, ...], by: Any, role: str | None, label: str) -> str:
    """The role of the process in which a person takes a step.

    Args:
        role: the one that is meant, where the person plays several.

    Raises:
        NoRight: the person plays none of them in this case.
    """
    own = parts_in(work.process, work.case, by)
    found = [part for part in own if part in allowed and role in (None, part)]
    if not found:
        who = "、".join(
            work.process.roles[part].about.label if part in work.process.roles else _("系统")
            for part in allowed
        )
        raise NoRight(_("“%(step)s”由%(who)s办理,您在这件事项里没有这个身份。") % {"step": label, "who": who})
    return found[0]
