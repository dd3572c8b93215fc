"""What the registers know that a form may begin with: contacts of the subject, departments of the city, cases to name."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from luming.cases import Form
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import visible
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case

_OF_SUBJECT = {
    "contact": "contact",
    "phone": "phone",
    "credit_code": "credit_code",
    "unit_name": "name",
    "applicant_name": "name",
    "host": "name",
}
"""Field of a form → field of the register of the subject."""


def initial_of(form: Form, case: Case) -> dict[str, Any]:
    """What a form begins with; it may be changed."""
    subject = case.enterprise or case.institution
    if subject is None:
        return {}
    return {
        name: value
        for name, field in _OF_SUBJECT.items()
        if name in form.properties and (value := getattr(subject, field, None))
    }


def units(case: Case) -> list[str]:
    """The departments that a form may name: those with an account, and those that the case names already."""
    rows = User.objects.filter(role=Role.DEPARTMENT, is_active=True).exclude(unit="")
    if not case.demo:
        rows = rows.filter(demo=False) if rows.filter(demo=False).exists() else rows
    found = set(rows.values_list("unit", flat=True))
    return sorted(found | ({case.unit} if case.unit else set()))


MOST_NAMED = 100


def nameable(process: str, demo: bool, user: Any) -> list[tuple[str, str]]:
    """The cases of a process that a form may name, number and title: those that the person sees, and what was approved."""
    seen = visible(user, Case.objects.filter(process=process)).exclude(number="").values("pk")
    rows = Case.objects.filter(process=process, demo=demo).exclude(number="")
    rows = rows.filter(Q(outcome="approved") | Q(pk__in=seen)).order_by("-pk")
    return list(rows.values_list("number", "title")[:MOST_NAMED])
