"""What is raised on the way, as problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from luming_portal.api.problem import Problem, invalid, not_found, problem_response
from luming_portal.api.sentences import faults_of

Handler = Callable[[HttpRequest, Any], HttpResponse]


def add_handlers(api: NinjaAPI) -> None:
    """Tell problems for all that is raised on purpose; everything else goes up to the guard."""
    handlers: dict[type[Exception], Handler] = {
        Problem: problem_response,
        Http404: lambda request, _error: problem_response(request, not_found()),
        ValidationError: lambda request, error: problem_response(request, _invalid(error)),
        HttpError: lambda request, error: problem_response(request, _http(error)),
        PermissionDenied: lambda request, error: problem_response(
            request, Problem(403, "forbidden", getattr(error, "reason", "") or str(error))
        ),
        RequestDataTooBig: lambda request, error: problem_response(
            request, Problem(413, "too_large", str(error))
        ),
        Exception: _up,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _invalid(error: ValidationError) -> Problem:
    """Faults in the body or the path; a path that names nothing is 404."""
    if any(one.get("loc", ("",))[0] == "path" for one in error.errors):
        return not_found()
    return invalid(faults_of(error.errors))


def _http(error: HttpError) -> Problem:
    cause = error.__cause__
    if isinstance(cause, Problem):
        return cause
    codes = {401: "unauthenticated", 403: "forbidden", 404: "not_found"}
    return Problem(error.status_code, codes.get(error.status_code, "malformed_json"), str(error))


def _up(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error
