"""The person behind a request for a page that asks for one."""

from __future__ import annotations

from django.http import HttpRequest

from luming_portal.accounts.models import User


def person(request: HttpRequest) -> User:
    """Who has signed in; only for views behind login_required."""
    user = request.user
    assert isinstance(user, User)
    return user
