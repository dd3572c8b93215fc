"""Error pages that say what happened and what to do, in the demonstration too."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from luming_portal import error_views
from luming_portal.audit.door import ReasonMissing, StaleVersion


class ErrorPages:
    """Turns refusals, absences and stale versions into pages (or JSON, where JSON was asked for)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page for a known problem; None hands it on."""
        if isinstance(problem, PermissionDenied):
            return error_views.forbidden(request, problem)
        if isinstance(problem, Http404):
            return error_views.not_found(request, problem)
        if isinstance(problem, StaleVersion):
            return error_views.stale(request, problem)
        if isinstance(problem, ReasonMissing):
            return error_views.bad_request(request, problem)
        return None
