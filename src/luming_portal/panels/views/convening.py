"""What the convener does on pages: open, choose, invite, clear, release, measure, discuss, close, dissolve."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luming.appraisal import Bar
from luming_portal.accounts.rights import Action, Refused, require, visible
from luming_portal.audit.door import StaleVersion
from luming_portal.cases.models import Case
from luming_portal.panels.forms import OpenForm
from luming_portal.panels.models import Expert, Finding, Panel, PanelSettled, Seat
from luming_portal.panels.schemes import rules, thawed
from luming_portal.panels.selectors import candidates, panels_for
from luming_portal.panels.services.closing import close, discuss, measure
from luming_portal.panels.services.convening import (
    NoPanel,
    accuse,
    clear,
    dissolve,
    invite,
    open_panel,
    propose,
    release,
)
from luming_portal.panels.views.lists import panel_context


@require_http_methods(["GET", "HEAD", "POST"])
def panel_new(request: HttpRequest, case: int) -> HttpResponse:
    """Open a panel for a case by hand."""
    require(request.user, Action.CREATE, "panel")
    found = get_object_or_404(visible(request.user, Case.objects.all()), pk=case)
    form = OpenForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            scheme, _slash, category = form.cleaned_data["scheme"].partition("/")
            try:
                made = open_panel(found, scheme, by=request.user, category=category)
            except Refused as refused:
                form.add_error(None, refused.reason)
                status = 409
            else:
                return redirect("panels:members", made.pk)
    return render(request, "panels/new.html", {"form": form, "case": found}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the experts, with what speaks against each of them."""
    panel = _panel(request, pk)
    require(request.user, Action.CHANGE, "panel", panel)
    scheme = thawed(panel.scheme)
    if request.method == "POST":
        keys = [int(one) for one in request.POST.getlist("expert") if one.isascii() and one.isdigit()]
        experts = list(
            visible(request.user, Expert.objects.filter(pk__in=keys, demo=panel.demo)).select_related(
                "person"
            )
        )
        leads = request.POST.get("leader", "")
        leader = next((one for one in experts if str(one.pk) == leads), None)
        category = request.POST.get("category", "")
        try:
            propose(
                panel,
                experts,
                leader=leader,
                category=category if category in scheme.categories else "",
                by=request.user,
            )
        except PanelSettled as problem:
            return _again(request, panel, [str(problem)], 409)
        messages.success(request, _("已拟定名单并核对回避。"))
        return redirect("panels:panel", panel.pk)
    today = timezone.localdate()
    seats = {one.expert_id: one for one in panel.seats.all()}
    context = {
        "panel": panel,
        "scheme": scheme,
        "rule": scheme.rule(rules().panel),
        "lines": [(one, seats.get(one.expert.pk)) for one in candidates(request.user, panel, today)],
    }
    return render(request, "panels/members.html", context)


@require_POST
def panel_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the experts to declare."""
    due = parse_date(request.POST.get("due_on", "") or "0") if request.POST.get("due_on") else None
    return _done(
        request,
        _panel(request, pk),
        lambda panel: invite(panel, by=request.user, due_on=due),
        _("已邀请;专家登录后先申报回避,再看材料和打分。"),
    )


@require_POST
def panel_measured(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what is measured."""
    try:
        value = Decimal(request.POST.get("measured", "").strip())
    except InvalidOperation:
        value = Decimal("NaN")
    basis = request.POST.get("basis", "")
    return _done(
        request,
        _panel(request, pk),
        lambda panel: measure(panel, value, by=request.user, basis=basis),
        _("已录入量化得分。"),
    )


@require_POST
def panel_discuss(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a second round after a discussion."""
    minutes = request.POST.get("minutes", "")
    return _done(
        request,
        _panel(request, pk),
        lambda panel: discuss(panel, by=request.user, minutes=minutes),
        _("已进入第2轮;每位专家在自己的打分表上独立修改,再次锁定。"),
    )


@require_POST
def panel_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Sum up."""
    return _done(
        request,
        _panel(request, pk),
        lambda panel: close(panel, by=request.user),
        _("已汇总,结果已交给事项。"),
    )


@require_POST
def panel_dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """End a panel without a result."""
    reason = request.POST.get("reason", "")
    return _done(
        request,
        _panel(request, pk),
        lambda panel: dissolve(panel, by=request.user, reason=reason),
        _("已解散。"),
    )


@require_POST
def seat_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an expert off the panel."""
    seat = _of(request, Seat, pk)
    return _done(
        request,
        seat.panel,
        lambda panel: release(seat, by=request.user, why=request.POST.get("why", "")),
        _("已换下,请补足专家。"),
    )


@require_POST
def seat_accuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a tie that the convener learned of."""
    seat = _of(request, Seat, pk)
    bar = request.POST.get("bar", "")
    given = request.POST

    def go(panel: Panel) -> None:
        if bar not in {one.value for one in Bar}:
            raise Refused(_("请选择是哪一种情形。"))
        accuse(seat, Bar(bar), given.get("whom", ""), by=request.user, detail=given.get("detail", ""))

    return _done(request, seat.panel, go, _("已登记,这位专家不再参加评审。"))


@require_POST
def finding_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Clear an uncertain finding."""
    finding = _of(request, Finding, pk)
    return _done(
        request,
        finding.panel,
        lambda panel: clear(finding, by=request.user, why=request.POST.get("why", "")),
        _("已核实。"),
    )


def _panel(request: HttpRequest, pk: int) -> Panel:
    require(request.user, Action.CHANGE, "panel")
    return get_object_or_404(panels_for(request.user), pk=pk)


def _of(request: HttpRequest, kind: Any, pk: int) -> Any:
    require(request.user, Action.CHANGE, "panel")
    return get_object_or_404(visible(request.user, kind.objects.select_related("panel__case")), pk=pk)


def _done(request: HttpRequest, panel: Panel, go: Callable[[Panel], Any], said: str) -> HttpResponse:
    """Do it, and lead back to the panel; what was refused stands on its page."""
    require(request.user, Action.CHANGE, "panel", panel)
    try:
        go(panel)
    except NoPanel as problem:
        return _again(request, panel, problem.sentences, 409)
    except Refused as problem:
        return _again(request, panel, [problem.reason], 400)
    except (PanelSettled, StaleVersion) as problem:
        return _again(request, panel, [str(problem)], 409)
    messages.success(request, said)
    return redirect("panels:panel", panel.pk)


def _again(request: HttpRequest, panel: Panel, problems: Any, status: int) -> HttpResponse:
    fresh = panels_for(request.user).get(pk=panel.pk)
    return render(request, "panels/panel.html", panel_context(request, fresh, problems), status=status)
