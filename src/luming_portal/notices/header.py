"""How many notices a person has not read, for the head of every page; asked only by pages that show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from luming_portal.notices.selectors import unread_count


def unread(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the number, reckoned when it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_notices": SimpleLazyObject(lambda: unread_count(user))}
