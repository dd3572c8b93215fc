"""Decisions on a line: one entry each, asking for a payment, releasing or refusing it, carrying over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luming.budget import BudgetRefused, Move, carry_over, in_words, in_yuan
from luming_portal.accounts.rights import Action, Refused, require, visible
from luming_portal.budgets.forms import CarryForm, DecisionForm
from luming_portal.budgets.models import BudgetClaim, BudgetLine, PaymentOrder
from luming_portal.budgets.reach import require_on
from luming_portal.budgets.services import (
    appropriate,
    ask_payment,
    cancel,
    carry,
    commit,
    cut,
    give_back,
    refuse_payment,
    release,
    release_payment,
    reserve,
)
from luming_portal.budgets.views.lines import line_of

SERVICES: dict[str, Any] = {
    Move.APPROPRIATE: appropriate,
    Move.CUT: cut,
    Move.RESERVE: reserve,
    Move.COMMIT: commit,
    Move.RELEASE: release,
    Move.CANCEL: cancel,
    Move.GIVE_BACK: give_back,
}
_HELD = {
    Move.COMMIT: "reserved",
    Move.RELEASE: "reserved",
    Move.CANCEL: "committed",
    Move.GIVE_BACK: "spent",
}


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """One entry: ?matter= names the matter where it is on the line already."""
    line = line_of(request, pk)
    if move not in SERVICES:
        raise Http404
    act = Move(move)
    require_on(request.user, Action.CREATE, "budget_entry", line)
    if act in (Move.APPROPRIATE, Move.CUT):
        require(request.user, Action.CHANGE, "budget_line", line)
    claim = _claim(request, line, act)
    initial = {"amount": _wan(getattr(claim.value(), _HELD[act]))} if claim else {}
    if act is Move.APPROPRIATE and line.planned:
        initial["amount"] = _wan(line.planned)
    form = DecisionForm(request.POST or None, move=act, known=claim is not None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                entry = SERVICES[act](line, **_told(form, claim, request))
            except (Refused, BudgetRefused) as refused:
                status = _refused(form, refused)
            else:
                messages.success(
                    request,
                    _("已记账:%(move)s%(amount)s,第%(serial)d笔。")
                    % {"move": act.label, "amount": in_words(entry.amount), "serial": entry.serial},
                )
                return redirect(line)
    context = {
        "form": form,
        "line": line,
        "title": act.label,
        "claim": claim,
        "balance": line.balance.value(),
    }
    return render(request, "budgets/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a payment of a matter; somebody else releases it."""
    line = line_of(request, pk)
    require_on(request.user, Action.CREATE, "payment_order", line)
    claim = _claim(request, line, Move.PAY)
    assert claim is not None
    form = DecisionForm(
        request.POST or None, move=Move.PAY, known=True, initial={"amount": _wan(claim.committed)}
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                ask_payment(
                    line, given["amount"], matter=claim.matter, by=request.user, reason=given["reason"]
                )
            except (Refused, BudgetRefused) as refused:
                status = _refused(form, refused)
            else:
                messages.success(request, _("已申请拨付,等另一位有权限的人放款。"))
                return redirect(line)
    context = {
        "form": form,
        "line": line,
        "title": _("申请拨付"),
        "claim": claim,
        "balance": line.balance.value(),
    }
    return render(request, "budgets/form.html", context, status=status)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Release or refuse an order."""
    require(request.user, Action.CHANGE, "payment_order")
    order = get_object_or_404(visible(request.user, PaymentOrder.objects.select_related("line")), pk=pk)
    answer = request.POST.get("answer", "")[:500]
    try:
        if request.POST.get("way") == "refuse":
            refuse_payment(order, by=request.user, answer=answer)
            messages.success(request, _("已退回,资金仍为已承诺。"))
        else:
            release_payment(order, by=request.user, answer=answer)
            messages.success(request, _("已放款:%s。") % in_words(order.amount))
    except Refused as refused:
        messages.error(request, refused.reason)
    except BudgetRefused as refused:
        messages.error(request, " ".join(fault.sentence() for fault in refused.faults))
    return redirect(order.line)


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What would move to next year's line; sent, it does."""
    line = line_of(request, pk)
    require(request.user, Action.CHANGE, "budget_line", line)
    form = CarryForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                target, carried = carry(line, by=request.user, free=given["free"], reason=given["reason"])
            except (Refused, BudgetRefused) as refused:
                status = _refused(form, refused)
            else:
                messages.success(
                    request,
                    _("已结转%(amount)s到%(year)d年。")
                    % {"amount": in_words(carried.amount), "year": target.year},
                )
                return redirect(target)
    claims = {row.matter: row.value() for row in line.claims.all()}
    preview = carry_over(line.balance.value(), claims, key="preview")
    context = {"form": form, "line": line, "title": _("结转下年"), "preview": preview}
    return render(request, "budgets/form.html", context, status=status)


def _claim(request: HttpRequest, line: BudgetLine, act: Move) -> BudgetClaim | None:
    if not act.of_matter or act is Move.RESERVE:
        return None
    return get_object_or_404(line.claims, matter=request.GET.get("matter", "")[:160])


def _told(form: DecisionForm, claim: BudgetClaim | None, request: HttpRequest) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    told: dict[str, Any] = {
        "amount": given.pop("amount"),
        "key": f"page:{given.pop('token')}",
        "by": request.user,
        **given,
    }
    if claim is not None:
        told |= {"matter": claim.matter, "payee": claim.payee}
    return told


def _wan(fen: int) -> str:
    return f"{in_yuan(fen).scaleb(-4).normalize():f}"


def _refused(form: Any, refused: Refused | BudgetRefused) -> int:
    if isinstance(refused, Refused):
        form.add_error(None, refused.reason)
    else:
        for fault in refused.faults:
            form.add_error(None, fault.sentence())
    return 409
