"""The page of a case, and the files that belong to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.views.decorators.http import require_safe

from luming.cases import due
from luming.workdays import state_calendar
from luming_portal.accounts.rights import Action, require, role_of, visible
from luming_portal.accounts.roles import Role
from luming_portal.cases.acting import parts_in
from luming_portal.cases.drawn import drawing_of
from luming_portal.cases.files import case_file_answer
from luming_portal.cases.models import Case, CaseFile, Escalation
from luming_portal.cases.reading import history_of, is_subject, opinions_of, possible_steps
from luming_portal.cases.recording import course_of
from luming_portal.cases.registered import units
from luming_portal.cases.selectors import objections_seen
from luming_portal.cases.views.listing import case_json, get_case
from luming_portal.error_views import wants_json


@require_safe
def case_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: where it stands, what can be done, what happened."""
    require(request.user, Action.VIEW, "case")
    return show_case(request, get_case(request, pk))


def show_case(request: HttpRequest, case: Case, problem: str = "", status: int = 200) -> HttpResponse:
    """The page of a case, with what went wrong on it."""
    course = course_of(case)
    process, calendar, now = course.process, state_calendar(), timezone.now()
    if wants_json(request):
        told = case_json(case) | {
            "events": [one.event.content for one in history_of(case, process, request.user)]
        }
        if is_subject(request.user):
            told.pop("events")
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False}, status=status)
    parts = parts_in(process, case, request.user)
    steps = possible_steps(course, case, request.user, calendar, now)
    withdraw, appeal = process.withdraw, process.appeal
    context: dict[str, Any] = {
        "case": case,
        "process": process,
        "course": course,
        "drawing": drawing_of(course),
        "deadlines": due(course, calendar, now),
        "ready": [one for one in steps if not one.against],
        "waiting": [one for one in steps if one.against],
        "opinions": opinions_of(course, request.user),
        "history": history_of(case, process, request.user),
        "objections": objections_seen(request.user, case),
        "may_settle": process.objection is not None and process.objection.role in parts,
        "escalations": [] if is_subject(request.user) else list(Escalation.objects.filter(case=case)),
        "children": visible(request.user, Case.objects.filter(parent=case)),
        "may_withdraw": withdraw is not None and case.state in withdraw.states and withdraw.role in parts,
        "may_appeal": appeal is not None
        and case.state in appeal.ends
        and (not appeal.role or appeal.role in parts)
        and not any(event.kind == "appealed" for event in course.events),
        "may_assign": role_of(request.user) is Role.OFFICE and not course.unit and not course.ended,
        "units": units(case),
        "is_subject": is_subject(request.user),
        "token": uuid.uuid4().hex,
        "problem": problem,
        "beside": _pieces(),
        "now": now,
    }
    return render(request, "cases/case.html", context, status=status)


_BESIDE = ("papers", "budgets", "panels")
"""Apps that may show something of theirs beside a case, by a template `<app>/_of_case.html`."""


def _pieces() -> list[str]:
    found = []
    for app in _BESIDE:
        try:
            get_template(f"{app}/_of_case.html")
        except TemplateDoesNotExist:
            continue
        found.append(f"{app}/_of_case.html")
    return found


@require_safe
def case_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of a case, as far as the case is seen; of a draft only to those whose draft it is."""
    require(request.user, Action.VIEW, "case")
    found = get_object_or_404(visible(request.user, CaseFile.objects.select_related("case")), name=name)
    if found.event_id is None and found.sent_by_id != request.user.pk and not is_subject(request.user):
        raise Http404(name)
    return case_file_answer(request, found)
