"""Tells the audit door who is acting in this request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luming_portal.audit import actor


class ActingUser:
    """Hands the signed-in user, or the anonymous visitor, to the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor.set_actor(request.user)
        try:
            return self.get_response(request)
        finally:
            actor.set_actor(None)
