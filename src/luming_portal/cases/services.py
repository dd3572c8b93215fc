"""What people do with cases: open one, take a step, give an opinion, object, withdraw, appeal. One transaction each.

Every function takes `now` for tests, and `token` of the page that sent it, so that a second click does nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming import cases as library
from luming.cases import Process
from luming.workdays import state_calendar
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.cases.acting import may_open, parts_in
from luming_portal.cases.facts import known_values, learn
from luming_portal.cases.hearing import appeal, call_back, object_to, opine, settle
from luming_portal.cases.models import Case, CaseDraft
from luming_portal.cases.recording import (
    CaseRefused,
    Work,
    already_done,
    begin_course,
    part_taken,
    sign,
    stored_process,
    work_on,
)
from luming_portal.cases.shelf import process_of, shelf

__all__ = [
    "CaseRefused",
    "appeal",
    "assign_unit",
    "call_back",
    "hand_in_panel",
    "move",
    "object_to",
    "open_case",
    "opine",
    "settle",
    "withdraw",
]


def open_case(
    process: str | Process,
    *,
    by: Any,
    title: str = "",
    enterprise: Any = None,
    institution: Any = None,
    person: Any = None,
    data: Mapping[str, Any] | None = None,
    unit: str = "",
    parent: Case | None = None,
    token: str | None = None,
    demo: bool | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Open a case in the start of its process.

    Args:
        process: its key, or the process itself.
        enterprise, institution: whom it is about; one's own where the person speaks for one.
        data: fields that are known at once.

    Raises:
        Refused: nobody of this role opens such a case.
        CaseRefused: there is no such process.
    """
    require(by, Action.CREATE, "case")
    found = shelf().process(process) if isinstance(process, str) else process
    if found is None:
        raise CaseRefused([_("没有“%s”这个流程。") % process])
    if not may_open(found, by):
        raise Refused(
            _("“%(name)s”不由“%(role)s”发起。") % {"name": found.about.label, "role": Role(by.role).label}
        )
    if token:
        before = Case.objects.filter(token=token, applicant_id=by.pk).first()
        if before is not None:
            return before
    moment = now or timezone.now()
    case = Case(
        process=found.key,
        process_name=found.about.label,
        title=title.strip()[:200],
        state=found.start.key,
        enterprise=by.enterprise if by.role == Role.ENTERPRISE else enterprise,
        institution=by.institution if by.role == Role.INSTITUTION else institution,
        person=person,
        applicant=by,
        unit=unit,
        opened_at=moment,
        moved_at=moment,
        parent=parent,
        token=token or None,
        demo=bool(by.demo) if demo is None else demo,
    )
    with change(_("建立事项:%s") % found.about.label) as changes:
        case.stored = stored_process(changes, found)
        changes.save(case)
        part = _openingpart_taken(found, case, by)
        course = begin_course(
            found,
            at=moment,
            by=sign(by),
            role=part,
            data=dict(data or {}),
            parent=parent.number if parent else "",
        )
        Work(case, found, course, changes, moment, state_calendar(), by, []).store_beginning()
    return case


def _openingpart_taken(process: Process, case: Case, by: Any) -> str:
    opening = {part for step in process.leaving(process.start.key) for part in step.roles}
    own = parts_in(process, case, by)
    return next((part for part in own if part in opening), own[0] if own else "")


def move(
    case: Case,
    transition: str,
    *,
    by: Any,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    role: str | None = None,
    expected_version: int | None = None,
    token: str | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Take a step of the process.

    Facts that are known of the firm fill their fields; what the form tells anew goes into the register of firm facts.

    Args:
        role: of the process, where the person plays several.
        expected_version: of the case, as the person saw it.

    Raises:
        Refused: this step is not the person's.
        CaseRefused: the process does not allow it now, or the form has faults (by field).
        StaleVersion: somebody else was faster.
    """
    require(by, Action.CHANGE, "case", case)
    if already_done(case, token):
        return Case.objects.get(pk=case.pk)
    step = process_of(case).transitions.get(transition)
    if step is None:
        raise CaseRefused([_("流程里没有这一步。")])
    with work_on(
        case,
        by=by,
        reason=reason or step.about.label,
        now=now,
        expected_version=expected_version,
        token=token,
    ) as work:
        part = part_taken(work, step.roles, by, role, step.about.label)
        given = dict(data or {})
        form = work.process.forms.get(step.form) if step.form else None
        known = {}
        if form is not None:
            known = known_values(form.properties, work.case.enterprise, timezone.localdate(work.now))
            given = {name: value for name, value in given.items() if value not in (None, "", [])}
            given |= {name: one.value for name, one in known.items()}
        work.take(
            lambda course: library.move(
                course,
                transition,
                at=work.now,
                by=sign(by),
                role=part,
                data=given,
                reason=reason.strip(),
                calendar=work.calendar,
            )
        )
        if form is not None:
            source = f"{work.process.about.label}“{form.about.label}”"
            day = timezone.localdate(work.now)
            learn(form.properties, given, known, work.case.enterprise, by=by, source=source, day=day)
        drafts = CaseDraft.objects.filter(case=work.case, transition=transition)
        for draft in drafts:
            work.changes.delete(draft)
    return work.case


def withdraw(
    case: Case,
    *,
    by: Any,
    reason: str = "",
    expected_version: int | None = None,
    token: str | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Take a case back, as far as the process allows.

    Raises:
        Refused: not the part of this person.
        CaseRefused: it is too late.
        StaleVersion: somebody else was faster.
    """
    require(by, Action.CHANGE, "case", case)
    if already_done(case, token):
        return Case.objects.get(pk=case.pk)
    rule = process_of(case).withdraw
    if rule is None:
        raise CaseRefused([_("这个流程不能撤回。")])
    with work_on(
        case, by=by, reason=reason or _("撤回"), now=now, expected_version=expected_version, token=token
    ) as work:
        part = part_taken(work, (rule.role,) if rule.role else tuple(work.process.roles), by, None, _("撤回"))
        work.take(
            lambda course: library.withdraw(
                course, at=work.now, by=sign(by), role=part, reason=reason.strip()
            )
        )
    return work.case


def hand_in_panel(
    case: Case,
    *,
    by: Any,
    data: Mapping[str, Any],
    role: str = "",
    token: str | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Enter the result of a panel of experts into its case; the app of panels answers for who may.

    Raises:
        CaseRefused: the case waits for no panel.
    """
    with work_on(case, by=by, reason=_("专家评审结束"), now=now, token=token) as work:
        own = parts_in(work.process, work.case, by)
        part = role or (own[0] if own else next(iter(work.process.roles)))
        work.take(
            lambda course: library.close_panel(course, at=work.now, by=sign(by), role=part, data=dict(data))
        )
    return work.case


def assign_unit(case: Case, unit: str, *, by: Any, reason: str = "", now: dt.datetime | None = None) -> Case:
    """Name the department in charge, where the process leaves that to the office.

    Raises:
        Refused: not the office.
        CaseRefused: no department given, or the process names it itself.
    """
    require(by, Action.CHANGE, "case", case)
    if by.role != Role.OFFICE:
        raise Refused(_("承办单位由领导小组办公室指定。"))
    if not unit.strip():
        raise CaseRefused([_("没有填承办单位。")])
    with work_on(case, by=by, reason=reason or _("指定承办单位:%s") % unit.strip(), now=now) as work:
        if work.course.unit:
            raise CaseRefused([_("承办单位由表单里的“%s”一栏确定。") % work.process.unit_field])
        work.case.unit = unit.strip()[:100]
        work.refresh()
    return work.case
