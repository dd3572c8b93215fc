"""Gives each request a number that stands in the log, in the record of changes and on error pages."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from luming_portal.audit import actor


class RequestId:
    """Numbers the request and names it in the answer's X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        id = uuid.uuid4().hex
        request.request_id = id  # type: ignore[attr-defined]
        actor.set_request_id(id)
        actor.set_actor(None)
        response = self.get_response(request)
        response["X-Request-ID"] = id
        return response
