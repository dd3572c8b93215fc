"""Allocation: declaring a call, entering requests, trying and deciding; rule, inputs and outcome on one page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.budget import AllocationFaults, BudgetRefused, allocate, in_yuan
from luming_portal.accounts.rights import Action, Refused, decide, require
from luming_portal.budgets.forms import CallForm, RequestForm
from luming_portal.budgets.models import AllocationCall, AllocationRequest
from luming_portal.budgets.outcomes import frozen_outcome
from luming_portal.budgets.reach import require_on
from luming_portal.budgets.selectors import calls_for
from luming_portal.budgets.services import decide_call, declare_call, enter_requests
from luming_portal.budgets.views.lines import line_of
from luming_portal.registers.table_file import FORMS, table_file


@require_http_methods(["GET", "HEAD", "POST"])
def call_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a call on a line."""
    line = line_of(request, pk)
    require_on(request.user, Action.CREATE, "allocation", line)
    form = CallForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = declare_call(line, by=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.reason)
            except AllocationFaults as refused:
                for fault in refused.faults:
                    form.add_error(None, fault.sentence())
            else:
                messages.success(request, _("方法已公布,不能再改。"))
                return redirect(made)
    context = {"form": form, "line": line, "title": _("公布分配方法")}
    return render(request, "budgets/form.html", context, status=status)


@require_safe
def call_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule, inputs and outcome; before the decision the outcome as it would be now. Also as a workbook or CSV."""
    call = _call(request, pk)
    outcome, faults = _outcome(call)
    form = request.GET.get("format", "")
    if form in FORMS and outcome:
        require(request.user, Action.EXPORT, "allocation", call)
        return _file(call, outcome, form)
    now = timezone.now()
    context = {
        "call": call,
        "state": call.state_at(now),
        "rule": call.value().rule(),
        "outcome": outcome,
        "faults": faults,
        "requests": call.requests.all(),
        "may_change": decide(request.user, Action.CHANGE, "allocation", call),
        "today": timezone.localdate(),
    }
    return render(request, "budgets/allocation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a request, or bring its score up to date."""
    call = _call(request, pk)
    require(request.user, Action.CHANGE, "allocation", call)
    form = RequestForm(request.POST or None, initial={"at": timezone.localtime()})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                enter_requests(call, [AllocationRequest(**form.cleaned_data)], by=request.user)
            except Refused as refused:
                form.add_error(None, refused.reason)
                status = 409
            else:
                messages.success(request, _("已登记。"))
                return redirect(call)
    context = {"form": form, "line": call.line, "call": call, "title": _("登记分配申请")}
    return render(request, "budgets/form.html", context, status=status)


@require_POST
def call_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide; each award is reserved at once."""
    call = _call(request, pk)
    require(request.user, Action.CHANGE, "allocation", call)
    try:
        decide_call(call, by=request.user, reason=request.POST.get("reason", "")[:500])
    except Refused as refused:
        messages.error(request, refused.reason)
    except (AllocationFaults, BudgetRefused) as refused:
        for fault in refused.faults:
            messages.error(request, fault.sentence())
    else:
        messages.success(request, _("已决定,支持金额已预留。"))
    return redirect(call)


def _call(request: HttpRequest, pk: int) -> AllocationCall:
    require(request.user, Action.VIEW, "allocation")
    return get_object_or_404(calls_for(request.user), pk=pk)


def _outcome(call: AllocationCall) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """The outcome as decided, or as it would be with the line's free money of now."""
    if call.outcome is not None:
        return call.outcome, ()
    requests = [row.value() for row in call.requests.all()]
    if not requests:
        return None, ()
    try:
        return frozen_outcome(allocate(call.value(), requests, call.line.balance.value().free)), ()
    except AllocationFaults as refused:
        return None, tuple(fault.sentence() for fault in refused.faults)


def _file(call: AllocationCall, outcome: dict[str, Any], form: str) -> HttpResponse:
    heads = [
        _("名次"),
        _("名称"),
        _("事项"),
        _("申请额(元)"),
        _("上限(元)"),
        _("评分"),
        _("提交时间"),
        _("支持额(元)"),
        _("差额(元)"),
        _("理由"),
        _("同等情况"),
    ]
    rows: list[list[str | int | dt.date | None]] = [
        [
            one["place"],
            one["name"],
            one["matter"],
            str(in_yuan(one["asked"])),
            None if one["cap"] is None else str(in_yuan(one["cap"])),
            one["score"],
            one["at"],
            str(in_yuan(one["amount"])),
            str(in_yuan(one["short"])),
            one["reason"],
            one["tie"],
        ]
        for one in outcome["awards"]
    ]
    rows.append([None, outcome["rule"]])
    rows.append([None, outcome["edge"]])
    filled = [row + [None] * (len(heads) - len(row)) for row in rows]
    return table_file(_("资金分配-%s") % call.pk, heads, filled, form)
