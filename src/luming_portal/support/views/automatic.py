"""The lane without application: lists over the register, compared, freed of duplicates, confirmed into cases."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.support import Lane
from luming_portal.accounts.rights import Action, Refused, decide, require, visible
from luming_portal.budgets.models import BudgetLine
from luming_portal.error_views import wants_json
from luming_portal.registers.table_file import FORMS, table_file
from luming_portal.support.automatic_services import (
    ask_for_list,
    confirm_list,
    job_of,
    open_rest,
    stop_list,
)
from luming_portal.support.automatic_services import take_off as taken_off
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.forms import AutomaticForm
from luming_portal.support.models import AutomaticFirm, AutomaticRun
from luming_portal.support.money import in_wan, words

PAGE = 100
_PASSED = {True: "通过", False: "不通过", None: "待核"}


@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    """Every list, the last first."""
    require(request.user, Action.VIEW, "automatic_run")
    found = visible(request.user, AutomaticRun.objects.select_related("asked_by"))
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_create": decide(request.user, Action.CREATE, "automatic_run"),
    }
    return render(request, "support/automatic.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def run_create(request: HttpRequest) -> HttpResponse:
    """Choose an item and a day; the list is made in the background."""
    require(request.user, Action.CREATE, "automatic_run")
    today = timezone.localdate()
    items = [
        (one.key, f"{one.name} {one.article}")
        for one in support_shelf().in_force(today)
        if one.lane is Lane.AUTOMATIC and one.kind.pays
    ]
    form = AutomaticForm(
        request.POST or None, items=items, initial={"as_of": today, "item": request.GET.get("item", "")}
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                run = ask_for_list(given["item"], given["as_of"], by=request.user, invented=given["invented"])
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                return redirect("support:automatic_run", run.pk)
    return render(request, "support/automatic_form.html", {"form": form, "none": not items}, status=status)


@require_safe
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A list: its progress, then the firms on it with what the comparison found."""
    run = _run(request, pk)
    job = job_of(run)
    busy = job is not None and job.is_open
    context: dict[str, Any] = {
        "run": run,
        "job": job,
        "busy": busy,
        "mine": job is not None and job.owner_id == request.user.pk,
        "may_change": decide(request.user, Action.CHANGE, "automatic_run", run),
    }
    if getattr(request, "htmx", False) and busy:
        return render(request, "support/_automatic_state.html", context)
    if getattr(request, "htmx", False):
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    rows = visible(request.user, AutomaticFirm.objects.filter(run=run))
    if wants_json(request):
        told = {"run": run.pk, "item": run.item, "state": run.state, "summary": run.summary}
        told["firms"] = [_json(one) for one in rows]
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    left = rows.filter(left_out="", duplicate="", case_pk__isnull=True).count()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "lines": [(one, words(one.low, one.high)) for one in page.object_list],
        "left": left,
        "high": in_wan(run.summary.get("high", 0)),
        "budget": visible(request.user, BudgetLine.objects.filter(year=run.as_of.year, demo=run.demo)),
    }
    return render(request, "support/automatic_run.html", context)


@require_safe
def run_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a workbook or CSV."""
    run = _run(request, pk)
    require(request.user, Action.EXPORT, "automatic_run", run)
    form = request.GET.get("format", "xlsx")
    rows = visible(request.user, AutomaticFirm.objects.filter(run=run), Action.EXPORT)
    heads = [_("企业"), _("旗县区"), _("金额"), _("比对"), _("重复"), _("移出理由"), _("办件编号")]
    cells = [
        [
            one.name, one.district, words(one.low, one.high),
            ";".join(f"{name}:{_PASSED[passed]} {said}" for name, passed, said in one.checks),
            one.duplicate, one.left_out, one.case_number,
        ]
        for one in rows
    ]  # fmt: skip
    return table_file(f"{run.item_name}-{run.as_of}", heads, cells, form if form in FORMS else "xlsx")


@require_POST
def run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the work on a list."""
    run = _run(request, pk)
    require(request.user, Action.CHANGE, "automatic_run", run)
    if stop_list(run, by=request.user):
        messages.success(request, _("已要求停止。已经建立的办件留着。"))
    else:
        messages.info(request, _("没有正在进行的工作。"))
    return redirect("support:automatic_run", pk)


@require_POST
def run_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a list, or go on with one of which some firms have no case yet."""
    run = _run(request, pk)
    require(request.user, Action.CHANGE, "automatic_run", run)
    given = {"line": request.POST.get("line", "")[:120], "basis": request.POST.get("basis", "")[:200]}
    try:
        if run.state == "confirmed":
            open_rest(run, by=request.user, **given)
        else:
            confirm_list(run, by=request.user, **given)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已确认,正在逐家建立办件。企业会收到确认账户的通知,也可以放弃。"))
    return redirect("support:automatic_run", pk)


@require_POST
def take_off(request: HttpRequest, pk: int, firm: int) -> HttpResponse:
    """Take a firm off a list."""
    run = _run(request, pk)
    require(request.user, Action.CHANGE, "automatic_run", run)
    try:
        taken_off(run, firm, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已移出名单。"))
    return redirect("support:automatic_run", pk)


def _run(request: HttpRequest, pk: int) -> AutomaticRun:
    require(request.user, Action.VIEW, "automatic_run")
    return get_object_or_404(visible(request.user, AutomaticRun.objects.select_related("asked_by")), pk=pk)


def _json(row: AutomaticFirm) -> dict[str, object]:
    return {
        "firm": row.enterprise_id,
        "name": row.name,
        "low_fen": row.low,
        "high_fen": row.high,
        "checks": row.checks,
        "duplicate": row.duplicate,
        "left_out": row.left_out,
        "case": row.case_number,
    }
