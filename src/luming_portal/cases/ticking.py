"""What time does: automatic steps, clocks that ran over, whose turn is late. One case at a time, each in its transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.cases import due
from luming.errors import LumingError
from luming_portal.audit.actor import acting_as
from luming_portal.cases.models import Case, Escalation
from luming_portal.cases.recording import CaseRefused, Work, work_on
from luming_portal.cases.signals import case_escalated
from luming_portal.operations import logs


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many open cases were looked at, how many moved by themselves, how many escalations were raised; what failed."""

    seen: int
    moved: int
    escalated: int
    failed: tuple[str, ...]


def tick(case: Case, now: dt.datetime | None = None) -> tuple[int, int]:
    """Let time act on one case: (events that came of it, escalations raised)."""
    with acting_as(None), work_on(case, by=None, reason=_("到期自动办理"), now=now) as work:
        work.run_automatic()
        raised = 0 if work.course.ended else _escalate(work)
        work.refresh()
    return len(work.stored), raised


def _escalate(work: Work) -> int:
    raised = 0
    known = set(Escalation.objects.filter(case=work.case).values_list("clock", "started_at", "step"))
    for deadline in due(work.course, work.calendar, work.now):
        for step, one in enumerate(deadline.escalations, 1):
            if deadline.due is None or (deadline.key, deadline.started, step) in known:
                continue
            item = Escalation(
                case=work.case,
                clock=deadline.key,
                clock_label=deadline.about.label,
                started_at=deadline.started,
                step=step,
                to=one.to,
                paper=one.paper,
                due_at=deadline.due,
                raised_at=work.now,
                demo=work.case.demo,
            )
            work.changes.save(item)
            case_escalated.send(sender=Case, case=work.case, escalation=item)
            raised += 1
    return raised


def tick_all(now: dt.datetime | None = None) -> Ticked:
    """Let time act on every open case that was sent; one that fails stops no other."""
    moment = now or timezone.now()
    moved = escalated = 0
    failed = []
    cases = Case.objects.filter(closed_at__isnull=True, submitted_at__isnull=False).order_by("pk")
    for case in cases.iterator(chunk_size=200):
        try:
            events, raised = tick(case, moment)
        except (CaseRefused, LumingError) as problem:
            failed.append(f"{case.number}:{problem}")
            logs.problem("case_tick_failed", problem, case=str(case.pk))
            continue
        moved += bool(events)
        escalated += raised
    return Ticked(cases.count(), moved, escalated, tuple(failed))
