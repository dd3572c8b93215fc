"""Pages of the cockpit: one screen, a page for each target, the papers. The demonstration year has addresses of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from luming_portal.accounts.rights import Action, require
from luming_portal.cockpit.asked import board_of, day_asked, standing_on, version_asked
from luming_portal.cockpit.boards import Shown, facts_of
from luming_portal.cockpit.later import Later, later_than
from luming_portal.cockpit.papers import PAPERS, paper
from luming_portal.cockpit.progress import published_progress
from luming_portal.cockpit.screen import compose, missing_of
from luming_portal.cockpit.target_page import compose_target
from luming_portal.cockpit.twin import board_json, target_json
from luming_portal.disputes.selectors import light_marks, marks_of, remarks
from luming_portal.documents.selectors import documents_for
from luming_portal.error_views import wants_json
from luming_portal.proofs.services import issued_codes

_ONLY_HERE = ("localhost", "127.0.0.1", "[")
"""Hosts, up to the first colon, that mean another machine on every machine."""


@require_safe
def cockpit(request: HttpRequest, *, demo: bool = False) -> HttpResponse:
    """The city on one screen."""
    require(request.user, Action.VIEW, "cockpit")
    version = version_asked(request)
    if version is None:
        return render(request, "cockpit/empty.html")
    day, fault = day_asked(request.GET, version, demo=demo)
    shown = board_of(version, day, demo=demo)
    etag = f'W/"{shown.stamp}-{version.pk}-{day}-{int(demo)}"'
    if wants_json(request):
        if request.headers.get("if-none-match") == etag:
            return HttpResponseNotModified()
        answer = JsonResponse(board_json(shown), json_dumps_params={"ensure_ascii": False})
        answer["ETag"] = etag
        return answer
    screen = compose(shown.board)
    context = {
        "screen": screen,
        "judged": sum(n for light, n in screen.counts if light != "grey"),
        "fault": fault,
        "contested": light_marks(shown),
    }
    return render(request, "cockpit/cockpit.html", _frame(request, shown, demo=demo) | context)


@require_safe
def target(request: HttpRequest, id: str, *, demo: bool = False) -> HttpResponse:
    """One target: clause, reckoning, facts, sources, history."""
    require(request.user, Action.VIEW, "cockpit")
    version = version_asked(request)
    if version is None:
        raise Http404
    day, fault = day_asked(request.GET, version, demo=demo)
    shown = board_of(version, day, demo=demo)
    item = standing_on(shown.board, id)
    page = compose_target(item, shown.board)
    if wants_json(request):
        return JsonResponse(target_json(page, shown), json_dumps_params={"ensure_ascii": False})
    line = next(line for line in compose(shown.board).targets if line.id == id)
    context = {
        "page": page,
        "line": line,
        "missing": missing_of(item, shown.board),
        "fault": fault,
        "disputes": marks_of(request.user, shown, item),
    }
    return render(request, "cockpit/target.html", _frame(request, shown, demo=demo) | context)


@require_safe
def paper_file(request: HttpRequest, name: str, *, demo: bool = False) -> HttpResponse:
    """One of the office's papers, made on the spot."""
    require(request.user, Action.EXPORT, "cockpit")
    version = version_asked(request)
    if version is None or name not in PAPERS:
        raise Http404
    day, _fault = day_asked(request.GET, version, demo=demo)
    shown = board_of(version, day, demo=demo)
    codes = issued_codes(shown, facts_of(shown), by=request.user, address=_proofs(request))
    progress = published_progress(request.user, shown) if PAPERS[name].tells_progress else ()
    made = paper(name, shown.board, codes, remarks(shown), progress)
    answer = HttpResponse(made.content, content_type=made.content_type)
    answer["Content-Disposition"] = made.disposition
    answer["Last-Modified"] = http_date(timezone.now().timestamp())
    return answer


def _proofs(request: HttpRequest) -> Callable[[str], str] | None:
    """Where a code is looked up; nowhere when this machine is known only to itself."""
    if request.get_host().split(":")[0] in _ONLY_HERE:
        return None
    return lambda code: request.build_absolute_uri(reverse("proofs:proof", args=[code]))


def _later(request: HttpRequest, shown: Shown) -> tuple[Later | None, str]:
    """What came after the default day, and the tail of the address that counts it; nothing where a day was chosen."""
    if request.GET.get("as_of", "").strip():
        return None, ""
    later = later_than(shown, timezone.localdate())
    if later is None:
        return None, ""
    query = request.GET.copy()
    query.pop("format", None)
    query["as_of"] = later.day.isoformat()
    return later, f"?{query.urlencode()}"


def _document_page(pk: int) -> str:
    """Where the text of the document stands, sentence by sentence."""
    return reverse("documents:detail", args=[pk])


def _frame(request: HttpRequest, shown: Shown, *, demo: bool) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("format", None)
    tail = f"?{query.urlencode()}" if query else ""
    query.pop("as_of", None)
    switch_tail = f"?{query.urlencode()}" if query else ""
    later, later_tail = _later(request, shown)
    return {
        "later": later,
        "later_tail": later_tail,
        "board": shown.board,
        "document": shown.version.document,
        "document_page": _document_page(shown.version.document.pk),
        "version": shown.version,
        "as_of": shown.board.as_of,
        "demo_year": demo,
        "base": "/demo-year/" if demo else "/",
        "tail": tail,
        "switch_tail": switch_tail,
        "papers": PAPERS.values(),
        "documents": documents_for(request.user).filter(partial=False),
    }
