"""What the app does for cases: a step that names a paper brings it forth; a clock that ran over brings forth a 督办函."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.paperwork import PaperKind, Value, kind_named
from luming.report import chinese_date
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.cases.effects import effect
from luming_portal.cases.models import Case, CaseEvent, Escalation
from luming_portal.cases.signals import case_escalated
from luming_portal.deadlines.last_day import last_day
from luming_portal.notices.models import NoticeKind
from luming_portal.notices.services import tell
from luming_portal.papers.services import issue_paper
from luming_portal.papers.template_in_use import template_in_use
from luming_portal.papers.template_services import PaperRefused
from luming_portal.papers.values_of_case import values_of_case


@effect("paper:")
def paper_of_step(case: Case, event: CaseEvent, by: Any, name: str) -> None:
    """Bring forth the paper that a step names, once, in the transaction of the step.

    Raises:
        Refused: there is no such kind, or something that the paper needs is not known: then the step is not taken.
    """
    kind = _kind(name.partition(":")[2])
    today = timezone.localtime(event.at).date()
    values = values_of_case(case, kind, event, today, template_in_use(kind).issuer)
    try:
        issue_paper(case, kind, values, by=by, event=event.seq, today=today)
    except PaperRefused as refused:
        raise Refused(str(refused)) from refused


@receiver(case_escalated)
def paper_of_escalation(sender: Any, case: Case, escalation: Escalation, **kwargs: Any) -> None:
    """Bring forth what an escalation asks for."""
    if not escalation.paper:
        return
    kind = _kind(escalation.paper)
    today = timezone.localtime(escalation.raised_at).date()
    late = (today - last_day(escalation.due_at)).days
    values: dict[str, Value] = values_of_case(case, kind, None, today, template_in_use(kind).issuer)
    values |= {
        "督办事项": f"“{case.title}”超过{escalation.clock_label},尚在“{case.state_label}”环节",
        "逾期": f"{late}天",
    }
    values["应办日期"] = chinese_date(last_day(escalation.due_at))
    values.setdefault("主送", escalation.to)
    try:
        issue_paper(case, kind, values, by=None, today=today)
    except PaperRefused as refused:  # that a clock ran over is told all the same
        tell(
            User.objects.filter(role=Role.OFFICE, is_active=True),
            NoticeKind.ESCALATION,
            f"{kind.label}没有制成:{case}",
            key=f"no-paper:{escalation.pk}",
            body=str(refused),
            href=f"/cases/{case.pk}/",
            demo=case.demo,
            now=escalation.raised_at,
        )


def _kind(name: str) -> PaperKind:
    try:
        return kind_named(name)
    except KeyError:
        raise Refused(_("平台没有“%s”这种文书,没有办理。请联系系统管理员。") % name) from None
