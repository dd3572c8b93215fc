"""The list of lines, a line with its ledger, opening one, and the caps of its fund."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.budget import CapScope, Move, in_yuan
from luming.mark import Mark
from luming_portal.accounts.rights import Action, Refused, decide, require, visible
from luming_portal.budgets.forms import CapForm, LineForm
from luming_portal.budgets.models import BudgetLine, FundCap
from luming_portal.budgets.reach import decide_on
from luming_portal.budgets.replaying import prove
from luming_portal.budgets.selectors import (
    calls_for,
    commitment_of,
    entries_for,
    lines_for,
    listed,
    orders_waiting,
    seen,
    unopened,
)
from luming_portal.budgets.services import end_cap, open_line, set_cap
from luming_portal.registers.table_file import FORMS, table_file

PAGE = 50


@require_safe
def line_list(request: HttpRequest) -> HttpResponse:
    """The lines of a year, what the document sets aside without one, and what waits for release."""
    require(request.user, Action.VIEW, "budget_line")
    today = timezone.localdate()
    years = sorted(set(lines_for(request.user).values_list("year", flat=True)), reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else (years[0] if years else None)
    may_open = decide(request.user, Action.CREATE, "budget_line")
    context = {
        "rows": listed(request.user, year, today),
        "years": years,
        "year": year,
        "may_open": may_open,
        "unopened": unopened() if may_open else [],
        "waiting": orders_waiting(request.user),
        "today": today,
    }
    return render(request, "budgets/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def line_create(request: HttpRequest) -> HttpResponse:
    """Open a line; from a sum of the document its name and sum are filled in."""
    require(request.user, Action.CREATE, "budget_line")
    found = _named(request)
    form = LineForm(request.POST or None, initial=_filled(found))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                line = open_line(
                    by=request.user,
                    **form.cleaned_data,
                    document=found.document if found else None,
                    commitment=found.commitment.id if found else "",
                    clause=found.commitment.clause if found else "",
                )
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("已设立预算。下达的金额另行记账。"))
                return redirect(line)
    return render(request, "budgets/new.html", {"form": form, "found": found}, status=status)


def _named(request: HttpRequest) -> Any:
    """The sum of the document that the address names."""
    asked = request.GET.get("commitment", "")
    return next((one for one in unopened() if one.commitment.id == asked), None) if asked else None


def _filled(found: Any) -> dict[str, Any]:
    if found is None:
        return {"year": timezone.localdate().year}
    item = found.commitment
    return {
        "title": item.label,
        "fund": item.label,
        "year": item.deadline.year if item.deadline else found.document.year,
        "planned": f"{in_yuan(found.planned).scaleb(-4).normalize():f}" if found.planned else None,
    }


@require_safe
def line_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A line: sums, outlook, matters, ledger, caps, calls; the ledger as a workbook or CSV."""
    line = line_of(request, pk)
    user, today = request.user, timezone.localdate()
    inside = bool(decide_on(user, Action.VIEW, "budget_entry", line))
    entries = entries_for(user, line)
    form = request.GET.get("format", "")
    if form in FORMS:
        require(user, Action.EXPORT, "budget_entry")
        return _ledger_file(line, entries, form)
    claims = list(line.claims.all()) if inside else []
    may_decide = bool(decide_on(user, Action.CREATE, "budget_entry", line))
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    context = {
        "line": line,
        "balance": line.balance.value(),
        "outlook": seen(line, today, claims),
        "claims": [one for one in claims if one.value().drawn or one.paid],
        "page": page,
        "inside": inside,
        "commitment": commitment_of(line),
        "waiting": orders_waiting(user, line) if inside else [],
        "calls": calls_for(user).filter(line=line) if inside else [],
        "caps": visible(user, FundCap.objects.filter(fund=line.fund, ended=False)),
        "proved": prove(line) if inside else None,
        "may_decide": may_decide,
        "may_ask": decide_on(user, Action.CREATE, "payment_order", line),
        "may_call": decide_on(user, Action.CREATE, "allocation", line),
        "may_change": decide(user, Action.CHANGE, "budget_line", line),
        "moves_of_line": [Move.APPROPRIATE, Move.CUT],
        "before": BudgetLine.objects.filter(pk=line.follows_id).first() if line.follows_id else None,
        "after": BudgetLine.objects.filter(follows=line).first(),
        "today": today,
    }
    return render(request, "budgets/line.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cap_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a cap of the line's fund."""
    require(request.user, Action.CREATE, "fund_cap")
    line = line_of(request, pk)
    form = CapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        mark = Mark.SECONDARY if given["clause"].strip() else Mark.OURS
        set_cap(
            by=request.user,
            fund=line.fund,
            scope=CapScope(given["scope"]),
            limit=given["limit"],
            clause=given["clause"],
            mark=mark,
        )
        messages.success(request, _("已设上限,从现在起生效。"))
        return redirect(line)
    context = {"form": form, "line": line, "title": _("设资金上限")}
    return render(request, "budgets/form.html", context, status=400 if request.method == "POST" else 200)


@require_POST
def cap_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a cap."""
    require(request.user, Action.CHANGE, "fund_cap")
    cap = get_object_or_404(visible(request.user, FundCap.objects.all()), pk=pk)
    try:
        end_cap(cap, by=request.user, reason=request.POST.get("reason", "")[:500])
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("上限已停用。"))
    line = lines_for(request.user).filter(fund=cap.fund).first()
    return redirect(line or "budgets:list")


def line_of(request: HttpRequest, pk: int) -> BudgetLine:
    """A line that the user sees, or 404."""
    require(request.user, Action.VIEW, "budget_line")
    return get_object_or_404(lines_for(request.user), pk=pk)


def _ledger_file(line: BudgetLine, entries: Any, form: str) -> HttpResponse:
    heads = [
        _("序号"),
        _("时间"),
        _("动作"),
        _("金额(元)"),
        _("事项"),
        _("收款人"),
        _("收款人编号"),
        _("依据或理由"),
        _("经办人"),
        _("编号"),
    ]
    rows: list[list[str | int | dt.date | None]] = [
        [
            one.serial,
            f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S}",
            one.get_move_display(),
            str(in_yuan(one.amount)),
            one.matter,
            one.payee_name,
            one.payee,
            one.reason,
            str(one.by or ""),
            one.key,
        ]
        for one in entries.order_by("serial")
    ]
    return table_file(_("预算账目-%s") % line.pk, heads, rows, form)
