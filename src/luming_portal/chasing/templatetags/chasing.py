"""What the pages of reporting say about chasing: {% chasing_notices %} over all months, {% chasing_of month unit %} on a sheet."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from luming_portal.accounts.rights import Action, scope_of
from luming_portal.chasing.selectors import letters_for, notices_for

register = template.Library()


@register.inclusion_tag("chasing/_notices.html", takes_context=True)
def chasing_notices(context: Any) -> dict[str, Any]:
    """To an officer of a unit: what is due or overdue today, in which month, and which letters wait."""
    user = context["request"].user
    if scope_of(user, Action.VIEW, "reminder") != "unit":
        return {"notices": []}
    return {"notices": notices_for(user, user.unit, timezone.localdate()), "named": True}


@register.inclusion_tag("chasing/_notices.html", takes_context=True)
def chasing_of(context: Any, month: Any, unit: str) -> dict[str, Any]:
    """On the sheet of a unit: the notice of this month with the letters that wait, and the other letters about it."""
    user = context["request"].user
    if not unit or scope_of(user, Action.VIEW, "letter") == "none":
        return {"notices": [], "letters": []}
    notices = notices_for(user, unit, timezone.localdate(), month)
    waiting = [letter.pk for one in notices for letter in one.letters]
    letters = letters_for(user).filter(reporting_month=month, unit=unit).exclude(pk__in=waiting)
    return {"notices": notices, "letters": letters[:20]}
