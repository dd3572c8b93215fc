"""What is read about firms and standards, with the reader's rights."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from luming_portal.accounts.rights import Action, Scope, scope_of, visible
from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.models import FirmFact


def firms_for(user: Any, action: Action = Action.VIEW) -> QuerySet[Enterprise]:
    """The firms of whose facts the user may do something."""
    scope = scope_of(user, action, "firm_fact")
    if scope is Scope.ALL:
        return Enterprise.objects.all()
    found = None if scope is Scope.NONE else Enterprise.scope_filter(scope, user)
    return Enterprise.objects.none() if found is None else Enterprise.objects.filter(found)


def stated_of(firm: Enterprise, year: int) -> dict[str, str]:
    """What stands stated of a firm for a year: written values by key."""
    rows = FirmFact.objects.filter(enterprise=firm, year=year).order_by("recorded_on", "pk")
    return {row.key: row.value for row in rows}


def history_of(user: Any, firm: Enterprise, most: int = 200) -> list[FirmFact]:
    """Every statement of a firm, the last first."""
    rows = visible(user, FirmFact.objects.filter(enterprise=firm), Action.HISTORY)
    return list(rows.select_related("entered_by").order_by("-recorded_on", "-pk")[:most])


def day_asked(written: str, today: dt.date) -> dt.date | None:
    """The day of an assessment as an address writes it: today where it says none; None where it cannot be read."""
    if not written:
        return today
    try:
        found = dt.date.fromisoformat(written)
    except ValueError:
        return None
    return found if 2010 <= found.year <= 2100 else None


def language() -> str:
    """The language the library is to speak: zh or en."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"
