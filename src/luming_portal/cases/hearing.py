"""Those who are heard within a case: departments with their opinions, objectors, whoever appeals, the firm that is asked afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luming import cases as library
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.roles import Role
from luming_portal.cases.acting import parts_in
from luming_portal.cases.models import Case, CaseObjection
from luming_portal.cases.recording import (
    CaseRefused,
    Work,
    already_done,
    part_taken,
    sign,
    work_on,
)
from luming_portal.cases.shelf import process_of


def opine(
    case: Case,
    opinion: str,
    *,
    by: Any,
    verdict: str,
    unit: str = "",
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    commit: tuple[str, ...] = (),
    expected_version: int | None = None,
    token: str | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Give the opinion of one's department.

    Args:
        verdict: agree, disagree or abstain.
        commit: items for which a commitment is filed instead of approval.

    Raises:
        Refused: one's department is not asked.
        CaseRefused: the process does not take it, such as a commitment that is not allowed.
        StaleVersion: somebody else was faster.
    """
    require(by, Action.CHANGE, "case", case)
    if already_done(case, token):
        return Case.objects.get(pk=case.pk)
    item = process_of(case).opinions.get(opinion)
    if item is None:
        raise CaseRefused([_("流程里没有这项意见。")])
    with work_on(
        case, by=by, reason=item.about.label, now=now, expected_version=expected_version, token=token
    ) as work:
        asked = item.asked(work.course.fields)
        speaks = by.unit if by.role == Role.DEPARTMENT else unit if by.role == Role.OFFICE else ""
        if speaks not in asked:
            raise Refused(_("这项意见向%s征求,不包括您的单位。") % "、".join(asked))
        work.take(
            lambda course: library.give_opinion(
                course,
                opinion,
                speaks,
                verdict=verdict,
                at=work.now,
                by=sign(by),
                role=item.role,
                data=dict(data or {}),
                reason=reason.strip(),
                commit=commit,
            )
        )
    return work.case


def object_to(
    case: Case,
    *,
    by: Any,
    name: str,
    contact: str,
    text: str,
    is_unit: bool = False,
    facts: str = "",
    files: tuple[str, ...] = (),
    token: str | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Object during publicity, with one's real name; an officer enters a written objection for whoever has no account.

    Args:
        files: keys of files of the case; a unit's objection needs the paper with its stamp.

    Raises:
        Refused: not the right of this person.
        CaseRefused: nothing is under publicity, or name, contact or reasons are missing.
    """
    require(by, Action.CREATE, "case_publicity")
    if already_done(case, token):
        return Case.objects.get(pk=case.pk)
    with work_on(case, by=by, reason=_("公示异议"), now=now, token=token) as work:
        work.take(
            lambda course: library.object_to(
                course,
                at=work.now,
                by=sign(by),
                name=name.strip(),
                unit=is_unit,
                contact=contact.strip(),
                reasons=text.strip(),
                facts=facts.strip(),
                files=files,
                calendar=work.calendar,
            )
        )
        work.changes.save(
            CaseObjection(
                case=work.case,
                event=work.stored[0],
                objector=name.strip()[:120],
                contact=contact.strip()[:120],
                text=text.strip(),
                filed_by=by,
                filed_at=work.now,
                demo=work.case.demo,
            )
        )
    return work.case


def settle(
    case: Case,
    number: int,
    *,
    by: Any,
    upheld: bool,
    reason: str,
    token: str | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Decide an objection that the process settles without a step of its own.

    Raises:
        Refused: not the person's part.
        CaseRefused: there is no such open objection, or no reason.
    """
    require(by, Action.CHANGE, "case", case)
    if already_done(case, token):
        return Case.objects.get(pk=case.pk)
    with work_on(case, by=by, reason=reason or _("处理异议"), now=now, token=token) as work:
        rule = work.process.objection
        if rule is None or not rule.role:
            raise CaseRefused([_("这个流程的异议由流程里的步骤处理。")])
        part = part_taken(work, (rule.role,), by, None, _("处理异议"))
        work.take(
            lambda course: library.settle_objection(
                course,
                number,
                result="upheld" if upheld else "dismissed",
                at=work.now,
                by=sign(by),
                role=part,
                reason=reason.strip(),
            )
        )
    return work.case


def appeal(
    case: Case,
    *,
    by: Any,
    reason: str,
    data: Mapping[str, Any] | None = None,
    token: str | None = None,
    now: dt.datetime | None = None,
) -> Case:
    """Appeal against the decision that ended a case: exactly that decision is taken anew in a linked case, by others.

    Raises:
        Refused: not the part of this person.
        CaseRefused: the process knows no appeal here, it is too late, or no reason is given.
    """
    require(by, Action.CHANGE, "case", case)
    process = process_of(case)
    rule = process.appeal
    if rule is None:
        raise CaseRefused([_("这个流程没有申诉程序。")])
    if token:
        before = Case.objects.filter(token=token, applicant_id=by.pk).first()
        if before is not None:
            return before
    with work_on(case, by=by, reason=reason or _("申诉"), now=now, token=token) as work:
        part = part_taken(work, (rule.role,) if rule.role else tuple(work.process.roles), by, None, _("申诉"))
        if Case.objects.filter(parent=work.case, closed_at__isnull=True).exists():
            raise CaseRefused([_("这个决定已经有一件申诉在办,没有重复建立。")])
        reopened: list[Any] = []

        def step(course: library.Case) -> library.Case:
            found = library.appeal(
                course,
                work.case.number,
                at=work.now,
                by=sign(by),
                role=part,
                reason=reason.strip(),
                data=dict(data or {}),
                calendar=work.calendar,
            )
            reopened.append(found.reopened)
            return found.original

        work.take(step)
        child = Case(
            process=work.case.process,
            stored=work.case.stored,
            process_name=work.case.process_name,
            title=work.case.title,
            state=reopened[0].state,
            enterprise=work.case.enterprise,
            institution=work.case.institution,
            person=work.case.person,
            applicant=by,
            unit=work.case.unit,
            opened_at=work.now,
            moved_at=work.now,
            parent=work.case,
            token=token or None,
            demo=work.case.demo,
        )
        work.changes.save(child)
        Work(child, process, reopened[0], work.changes, work.now, work.calendar, by, []).store_beginning()
    return child


def call_back(
    case: Case,
    *,
    by: Any,
    reached: bool,
    solved: bool | None = None,
    satisfied: bool | None = None,
    note: str = "",
    now: dt.datetime | None = None,
) -> Case:
    """Enter what the firm said when it was asked afterwards; the only source of solved and satisfied.

    Raises:
        Refused: not a person of the offices.
        CaseRefused: the library refuses.
    """
    require(by, Action.CHANGE, "case", case)
    if by.role not in (Role.OFFICE, Role.DEPARTMENT, Role.DISTRICT):
        raise Refused(_("回访由工作人员登记。"))
    with work_on(case, by=by, reason=_("回访"), now=now) as work:
        own = parts_in(work.process, work.case, by)
        work.take(
            lambda course: library.call_back(
                course,
                at=work.now,
                by=sign(by),
                role=own[0] if own else "",
                reached=reached,
                solved=solved,
                satisfied=satisfied,
                note=note.strip(),
            )
        )
    return work.case
