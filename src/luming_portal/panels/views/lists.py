"""The list of panels, an expert's own work, one panel, and the paper of its result."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luming.appraisal import Bar
from luming_portal.accounts.rights import Action, decide, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.error_views import wants_json
from luming_portal.library_words import WORDS
from luming_portal.panels.models import Panel, PanelState
from luming_portal.panels.papers import pdf_answer, result_pdf, way_of
from luming_portal.panels.schemes import items_of, rules, thawed
from luming_portal.panels.selectors import panels_for, seat_lines, seat_of, waiting_for
from luming_portal.panels.services.checking import faults_of
from luming_portal.panels.services.closing import LAST_ROUND, still_open, to_discuss

PAGE = 50
OFFICE_BARS = tuple(one for one in Bar if one is not Bar.DECLARED)


@require_safe
def panel_list(request: HttpRequest) -> HttpResponse:
    """The panels; of an expert what waits for him."""
    require(request.user, Action.VIEW, "panel")
    if role_of(request.user) is Role.EXPERT:
        return _own_work(request)
    words = request.GET.get("q", "").strip()[:100]
    state = request.GET.get("state", "")
    state = state if state in PanelState.values else ""
    found = panels_for(request.user, words=words, state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    if wants_json(request):
        told = {"count": page.paginator.count, "panels": [_json(one) for one in page]}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {
        "page": page,
        "given": {"q": words, "state": state},
        "filtered": bool(words or state),
        "states": PanelState.choices,
        "query": "&".join(f"{key}={value}" for key, value in (("q", words), ("state", state)) if value) + "&",
    }
    return render(request, "panels/list.html", context)


def _own_work(request: HttpRequest) -> HttpResponse:
    """What an expert has to do, and what he has done."""
    closed = panels_for(request.user).filter(state=PanelState.CLOSED)[:PAGE]
    context = {"waiting": waiting_for(request.user), "closed": closed}
    return render(request, "panels/own.html", context)


@require_safe
def panel_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One panel, as its convener sees it; an expert is led to what he has to do."""
    require(request.user, Action.VIEW, "panel")
    panel = get_object_or_404(panels_for(request.user), pk=pk)
    if role_of(request.user) is Role.EXPERT:
        seat = seat_of(request.user, panel)
        if seat is None:
            raise Http404
        return redirect("panels:sheet" if seat.scores else "panels:declare", panel.pk)
    if wants_json(request):
        return JsonResponse(_json(panel), json_dumps_params={"ensure_ascii": False})
    return render(request, "panels/panel.html", panel_context(request, panel))


def panel_context(request: HttpRequest, panel: Panel, problems: Any = ()) -> dict[str, Any]:
    """What the page of a panel shows."""
    scheme = thawed(panel.scheme)
    lines = seat_lines(panel)
    may = bool(decide(request.user, Action.CHANGE, "panel", panel)) and panel.is_open
    faults = [one.sentence() for one in faults_of(panel)] if panel.is_open and lines else []
    return {
        "panel": panel,
        "scheme": scheme,
        "category": scheme.categories.get(panel.category, ""),
        "items": items_of(panel) if panel.category or not scheme.categories else (),
        "lines": lines,
        "may": may,
        "faults": faults,
        "problems": problems,
        "open_seats": len(still_open(panel)) if panel.state == PanelState.SCORING else 0,
        "discuss": to_discuss(panel) if may and panel.round < LAST_ROUND else (),
        "rules": rules(),
        "bars": [(one.value, WORDS[one.label]) for one in OFFICE_BARS],
        "measured_asked": scheme.expert_share != 1,
        "way": way_of(panel) if panel.is_closed else (),
        "new_seats": any(line.seat.state == "proposed" for line in lines),
        "may_case": bool(decide(request.user, Action.VIEW, "case", panel.case)),
    }


@require_safe
def result_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The result as a paper. Only when it stands, and never for those who sat: they have their own sheet."""
    require(request.user, Action.EXPORT, "panel")
    panel = get_object_or_404(panels_for(request.user), pk=pk)
    if not panel.is_closed:
        raise Http404
    return pdf_answer(result_pdf(panel), _("评审结果-%d") % panel.pk)


def _json(panel: Panel) -> dict[str, Any]:
    return {
        "id": panel.pk,
        "case": panel.case.number,
        "title": panel.title,
        "scheme": panel.scheme["scheme"],
        "category": panel.category,
        "state": panel.state,
        "round": panel.round,
        "due_on": panel.due_on,
        "result": panel.result,
        "score": None if panel.score is None else format(panel.score, "f"),
        "grade": panel.grade,
        "demo": panel.demo,
        "as_of": timezone.now(),
    }
