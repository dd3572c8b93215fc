"""What cases of the procedure `service_agency` bring into the register: entry, yearly grade, leaving."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from luming_portal.agencies.models import GRADES, AgencyGrade
from luming_portal.audit.door import change
from luming_portal.cases.models import Case
from luming_portal.cases.signals import case_moved

PROCESS = "service_agency"
_KEPT = frozenset({"registered", "warned", "removed"})


@receiver(case_moved, dispatch_uid="agencies.follow")
def follow(sender: Any, case: Case, event: Any, by: Any, **kwargs: Any) -> None:
    """Keep the register as the case stands."""
    if case.process != PROCESS or case.state not in _KEPT:
        return
    data = case.data
    year = _year(data.get("report_year")) or localdate(case.moved_at).year
    row = AgencyGrade.objects.filter(case=case, year=year).first() or _new(case, year)
    grade = str(data.get("grade", ""))
    if grade in GRADES and _year(data.get("report_year")) == year:
        row.grade, row.basis = grade, str(data.get("grade_reason", ""))
    clients = data.get("clients_last_year")
    row.clients = clients if isinstance(clients, int) else row.clients
    if case.state == "removed":
        row.left_on = localdate(case.moved_at)
    with change(_("随事项%s登记") % case.number) as changes:
        changes.save(row)


def _new(case: Case, year: int) -> AgencyGrade:
    subject = case.enterprise or case.institution
    return AgencyGrade(
        key=f"A-{case.pk}-{year}",
        name=case.subject_name,
        credit_code=getattr(subject, "credit_code", "") or "",
        enterprise=case.enterprise,
        institution=case.institution,
        services=list(case.data.get("service_types") or []),
        year=year,
        entered_on=parse_date(str(case.data.get("entered_on", ""))[:10] or "0"),
        steward=case.unit,
        mark="verified",
        case=case,
        demo=case.demo,
    )


def _year(value: Any) -> int | None:
    text = str(value or "")[:4]
    return int(text) if text.isascii() and text.isdigit() else None
