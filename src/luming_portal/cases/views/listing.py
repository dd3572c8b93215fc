"""Lists: the cases one sees, what waits for one, the processes one may begin."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luming_portal.accounts.rights import Action, decide, require, role_of
from luming_portal.accounts.selectors import signed_in
from luming_portal.cases.acting import may_open
from luming_portal.cases.drawn import drawing_of_process
from luming_portal.cases.models import Case
from luming_portal.cases.selectors import Asked, cases_for, turns_of
from luming_portal.cases.shelf import shelf
from luming_portal.error_views import wants_json
from luming_portal.registers.table_file import FORMS, table_file

PAGE_SIZE = 50
LARGEST_EXPORT = 10_000
OUTCOMES = {
    "approved": gettext_lazy("同意"),
    "refused": gettext_lazy("不同意"),
    "withdrawn": gettext_lazy("撤回"),
    "closed": gettext_lazy("办结"),
}


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that the reader sees, with search, filters and order; as JSON, workbook and CSV too."""
    require(request.user, Action.VIEW, "case")
    asked = Asked.of(request.GET)
    found = cases_for(request.user, asked)
    form = request.GET.get("format", "")
    if form in FORMS:
        require(request.user, Action.EXPORT, "case")
        name = _("事项-%s") % timezone.localdate().isoformat()
        rows = [_row(one) for one in cases_for(request.user, asked, Action.EXPORT)[:LARGEST_EXPORT]]
        return table_file(name, _heads(), rows, form)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    if wants_json(request):
        told = {"count": page.paginator.count, "cases": [case_json(one) for one in page]}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    seen = cases_for(request.user).order_by()
    context = {
        "page": page,
        "asked": asked,
        "given": {"q": asked.words, "process": asked.process, "standing": asked.standing, "sort": asked.sort},
        "processes": sorted(set(seen.values_list("process", "process_name")), key=lambda one: one[1]),
        "query": request.GET.urlencode(),
        "heads": [_head(request, asked, key, label) for key, label in _sortable()],
        "may_create": any(may_open(one, request.user) for one in shelf().processes.values())
        and bool(decide(request.user, Action.CREATE, "case")),
        "now": timezone.now(),
    }
    return render(request, "cases/list.html", context)


def _sortable() -> list[tuple[str, str]]:
    return [("number", _("编号")), ("title", _("标题")), ("moved", _("最近办理")), ("due", _("办理期限"))]


def _head(request: HttpRequest, asked: Asked, key: str, label: str) -> dict[str, str]:
    given = request.GET.copy()
    given["sort"] = f"-{key}" if asked.sort == key else key
    given.pop("page", None)
    direction = "ascending" if asked.sort == key else "descending" if asked.sort == f"-{key}" else ""
    return {"key": key, "label": label, "href": "?" + given.urlencode(), "direction": direction}


def _heads() -> list[str]:
    return [
        _("编号"),
        _("事项"),
        _("标题"),
        _("企业或机构"),
        _("承办单位"),
        _("环节"),
        _("结果"),
        _("提交日期"),
        _("最近办理"),
        _("办理期限"),
        _("是否超期"),
        _("办结日期"),
        _("数据性质"),
    ]


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment is not None else None


def _row(one: Case) -> list[str | int | dt.date | None]:
    late = one.closed_at is None and one.due_at is not None and one.due_at < timezone.now()
    return [
        one.number,
        one.process_name,
        one.title,
        one.subject_name,
        one.unit,
        one.state_label,
        str(OUTCOMES.get(one.outcome, "")),
        _day(one.submitted_at),
        _day(one.moved_at),
        _day(one.due_at),
        _("超期") if late else "",
        _day(one.closed_at),
        _("演示数据") if one.demo else "",
    ]


def case_json(one: Case) -> dict[str, Any]:
    """A case as an answer to machines: where it stands, not what its forms hold."""
    return {
        "id": one.pk,
        "number": one.number,
        "process": one.process,
        "process_name": one.process_name,
        "title": one.title,
        "subject": one.subject_name,
        "unit": one.unit,
        "state": one.state,
        "state_label": one.state_label,
        "outcome": one.outcome,
        "submitted_at": one.submitted_at,
        "moved_at": one.moved_at,
        "due_at": one.due_at,
        "closed_at": one.closed_at,
        "demo": one.demo,
    }


@require_safe
def tray(request: HttpRequest) -> HttpResponse:
    """What waits for the reader: the oldest first, with its deadline and a button to act."""
    require(request.user, Action.VIEW, "case")
    page = Paginator(turns_of(signed_in(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    if wants_json(request):
        told = [
            {"case": case_json(one.case), "since": one.since, "due_at": one.due_at, "what": one.labels}
            for one in page
        ]
        return JsonResponse(
            {"count": page.paginator.count, "waiting": told}, json_dumps_params={"ensure_ascii": False}
        )
    return render(
        request, "cases/tray.html", {"page": page, "now": timezone.now(), "query": request.GET.urlencode()}
    )


@require_safe
def process_list(request: HttpRequest) -> HttpResponse:
    """Every process, and which of them the reader may begin."""
    require(request.user, Action.VIEW, "process")
    rows = [(one, may_open(one, request.user)) for one in shelf().processes.values()]
    rows.sort(key=lambda row: not row[1])
    faults = (
        shelf().faults
        if decide(request.user, Action.VIEW, "operations") or role_of(request.user).is_staff_role
        else ()
    )
    return render(request, "cases/processes.html", {"rows": rows, "faults": faults})


@require_safe
def process_page(request: HttpRequest, key: str) -> HttpResponse:
    """One process: its drawing, steps, clocks, with marks and what was not found."""
    require(request.user, Action.VIEW, "process")
    found = get_process(key)
    context = {
        "process": found,
        "drawing": drawing_of_process(found),
        "clocks": list(found.clocks.values()),
        "steps": [
            (step, [found.roles[part].about if part in found.roles else None for part in step.roles])
            for step in found.transitions.values()
        ],
        "may_open": may_open(found, request.user),
        "cases": urlencode({"process": found.key}),
    }
    return render(request, "cases/process.html", context)


def get_process(key: str) -> Any:
    """The process of a key.

    Raises:
        Http404: there is none.
    """
    found = shelf().process(key)
    if found is None:
        raise Http404(key)
    return found


def get_case(request: HttpRequest, pk: int) -> Case:
    """A case that the reader sees.

    Raises:
        Http404: there is none in his sight.
    """
    found = cases_for(request.user).select_related(
        "stored", "enterprise", "institution", "person", "applicant", "parent"
    )
    return get_object_or_404(found, pk=pk)
