"""Whom cases tell what: whose turn it is, how one's matter goes on, what is about to be late, what came too late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils.translation import override

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case, CaseEvent, CaseTurn, Escalation
from luming_portal.cases.signals import case_escalated, case_moved, case_notice
from luming_portal.deadlines.last_day import said
from luming_portal.notices.models import NoticeKind
from luming_portal.notices.services import tell

BEFORE = timedelta(days=1)
"""How long before its end a turn is reminded of (平台默认口径)."""


@receiver(case_moved)
def tell_of_step(sender: Any, case: Case, event: CaseEvent, by: Any, **kwargs: Any) -> None:
    """After a step: those whose turn it is now, and those whom the case is about."""
    if case.submitted_at is None:
        return
    at, href = event.at, f"/cases/{case.pk}/"
    with override("zh-hans"):
        waiting = {one.pk: one for turn in case.turns.all() for one in those_of_turn(turn, case)}
        if by is not None:
            waiting.pop(by.pk, None)
        what = "、".join(dict.fromkeys(label for turn in case.turns.all() for label in turn.labels))
        tell(
            waiting.values(),
            NoticeKind.TURN,
            f"{case.process_name}:{case}",
            key=f"case:{case.pk}:{event.seq}",
            body=f"环节:{case.state_label}。可办理:{what}。{_until(case.due_at)}"[:500],
            href=href,
            demo=case.demo,
            now=at,
        )
        others = [one for one in subjects(case) if one.pk not in waiting and (by is None or one.pk != by.pk)]
        tell(
            others,
            NoticeKind.PROGRESS,
            f"{case.process_name}:{case}",
            key=f"case:{case.pk}:{event.seq}",
            body=f"现在:{case.public_state}。"[:500],
            href=href,
            demo=case.demo,
            now=at,
        )


@receiver(case_escalated)
def tell_of_escalation(sender: Any, case: Case, escalation: Escalation, **kwargs: Any) -> None:
    """After a clock ran over: the department in charge and the leading-group office, which hands it on to whom it names."""
    told = User.objects.filter(Q(role=Role.OFFICE) | Q(role=Role.DEPARTMENT, unit=case.unit or "—"))
    with override("zh-hans"):
        tell(
            told.filter(is_active=True),
            NoticeKind.ESCALATION,
            f"{case.process_name}:{case}",
            key=f"escalation:{escalation.pk}",
            body=f"{escalation.clock_label}已过期限{said(escalation.due_at)},按规定报{escalation.to}。"[:500],
            href=f"/cases/{case.pk}/",
            demo=case.demo,
            now=escalation.raised_at,
        )


@receiver(case_notice)
def tell_of_effect(sender: Any, case: Case, event: CaseEvent, part: str, **kwargs: Any) -> None:
    """The effect `notify:<role of the process>`: those who play it now; the subject of the case under `notify:subject`."""
    people: Iterable[User] = subjects(case)
    if part != "subject":
        turns = [turn for turn in case.turns.all() if turn.part == part]
        people = [one for turn in turns for one in those_of_turn(turn, case)]
    with override("zh-hans"):
        tell(
            people,
            NoticeKind.PROGRESS,
            f"{case.process_name}:{case}",
            key=f"notify:{case.pk}:{event.seq}:{part}",
            body=event.label,
            href=f"/cases/{case.pk}/",
            demo=case.demo,
            now=event.at,
        )


def remind(now: datetime) -> int:
    """Tell those whose turn ends within a day; each end once. How many were told."""
    count = 0
    turns = CaseTurn.objects.filter(due_at__gt=now, due_at__lte=now + BEFORE).select_related("case")
    for turn in turns:
        assert turn.due_at is not None
        case = turn.case
        with override("zh-hans"):
            count += len(
                tell(
                    those_of_turn(turn, case),
                    NoticeKind.DEADLINE,
                    f"{case.process_name}:{case}",
                    key=f"due:{case.pk}:{turn.part}:{turn.due_at.isoformat()}",
                    body=_until(turn.due_at),
                    href=f"/cases/{case.pk}/",
                    demo=case.demo,
                    now=now,
                )
            )
    return count


def subjects(case: Case) -> QuerySet[User]:
    """Those who speak for whom the case is about, and who handed it in for himself."""
    about = Q(pk__in=[])
    if case.enterprise_id is not None:
        about |= Q(role=Role.ENTERPRISE, enterprise_id=case.enterprise_id)
    if case.institution_id is not None:
        about |= Q(role=Role.INSTITUTION, institution_id=case.institution_id)
    if case.applicant_id is not None:
        about |= Q(pk=case.applicant_id)
    return User.objects.filter(about, is_active=True)


def those_of_turn(turn: CaseTurn, case: Case) -> QuerySet[User]:
    """Those whose turn it is: of the role, and of the department, district, firm or institution that is meant."""
    found = User.objects.filter(role=turn.plays, is_active=True)
    if turn.plays == Role.ENTERPRISE:
        return found.filter(enterprise_id=case.enterprise_id or 0)
    if turn.plays == Role.INSTITUTION:
        return found.filter(institution_id=case.institution_id or 0)
    if turn.plays == Role.EXPERT:
        return found.filter(pk__in=case.readers.order_by().values("user"))
    if turn.plays == Role.DEPARTMENT:
        return found.filter(unit=turn.unit) if turn.unit else found.filter(pk=case.applicant_id or 0)
    if turn.plays == Role.DISTRICT:
        return found.filter(district=turn.unit or "—")
    return found


def _until(moment: datetime | None) -> str:
    return f"期限:{said(moment)}。" if moment is not None else ""
