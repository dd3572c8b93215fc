"""What an expert does on pages: declare, then score. Before the declaration only names and titles are shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming.appraisal import AppraisalFaults
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import StaleVersion
from luming_portal.panels.forms import DeclareForm, SheetForm
from luming_portal.panels.models import Panel, PanelSettled, PanelState, ScoreSheet, Seat
from luming_portal.panels.papers import pdf_answer, sheet_pdf
from luming_portal.panels.schemes import rules, thawed
from luming_portal.panels.selectors import own_sheet, panels_for, seat_of
from luming_portal.panels.services.scoring import declare, write_sheet


@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare ties, or that there are none."""
    panel, seat = _seat(request, pk)
    if seat.declared_at is not None and request.method != "POST":
        return redirect("panels:sheet", panel.pk)
    form = DeclareForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                declared = declare(seat, form.ties(), by=request.user, text=form.cleaned_data["detail"])
            except PanelSettled as problem:
                form.add_error(None, str(problem))
                status = 409
            else:
                if declared.scores:
                    messages.success(request, _("已申报,可以看材料和打分。"))
                    return redirect("panels:sheet", panel.pk)
                messages.success(request, _("已申报回避,谢谢。您不再参加这次评审。"))
                return redirect("panels:list")
    context = {
        "panel": panel,
        "seat": seat,
        "form": form,
        "scheme": thawed(panel.scheme),
        "years": rules().withdrawal.joint_work_years,
    }
    return render(request, "panels/declare.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own score sheet."""
    panel, seat = _seat(request, pk)
    require(request.user, Action.CREATE, "score_sheet")
    if not seat.scores:
        return redirect("panels:declare", panel.pk)
    row = own_sheet(seat, panel.round)
    if panel.state == PanelState.DECLARING and request.method != "POST":
        return render(
            request, "panels/wait.html", {"panel": panel, "seat": seat, "case_page": _case_page(panel)}
        )
    if (row is not None and row.locked_at) or panel.state not in (PanelState.SCORING, PanelState.DECLARING):
        status = 409 if request.method == "POST" else 200
        return _locked_page(request, panel, seat, row, status)
    form = SheetForm(request.POST or None, panel=panel, row=row)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            status, answer = _write(request, panel, seat, form)
            if answer is not None:
                return answer
    context = {
        "panel": panel,
        "seat": seat,
        "form": form,
        "row": row,
        "scheme": thawed(panel.scheme),
        "discussed": panel.round > 1,
        "case_page": _case_page(panel),
    }
    return render(request, "panels/sheet.html", context, status=status)


def _write(
    request: HttpRequest, panel: Panel, seat: Seat, form: SheetForm
) -> tuple[int, HttpResponse | None]:
    given = form.cleaned_data
    lock = request.POST.get("action") == "lock"
    try:
        write_sheet(
            seat,
            form.scores(),
            by=request.user,
            remarks=form.remarks(),
            impression="" if given["impression"] is None else format(given["impression"], "f"),
            choice=given["choice"],
            words=given["words"],
            lock=lock,
            expected_version=given["version"] or 0,
        )
    except AppraisalFaults as problem:
        for fault in problem.faults:
            form.add_error(None, fault.sentence())
        return 400, None
    except (PanelSettled, StaleVersion) as problem:
        form.add_error(None, str(problem))
        return 409, None
    messages.success(
        request, _("已锁定,不再改动。谢谢。") if lock else _("已保存。锁定前可以再改,别人看不到。")
    )
    return 200, redirect("panels:sheet", panel.pk)


@require_safe
def sheet_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own sheet as a paper to sign."""
    panel, seat = _seat(request, pk)
    require(request.user, Action.CREATE, "score_sheet")
    row = own_sheet(seat, panel.round)
    if row is None or row.locked_at is None:
        raise Http404
    return pdf_answer(sheet_pdf(row), _("打分表-%d") % panel.pk)


def _locked_page(
    request: HttpRequest, panel: Panel, seat: Seat, row: ScoreSheet | None, status: int
) -> HttpResponse:
    labels = {one["id"]: one for one in panel.scheme["items"]}
    lines: list[dict[str, Any]] = []
    if row is not None:
        lines = [
            {
                "label": one["label"],
                "full": one["full"],
                "score": row.scores.get(key, ""),
                "remark": row.remarks.get(key, ""),
            }
            for key, one in labels.items()
        ]
    context = {"panel": panel, "seat": seat, "row": row, "lines": lines, "scheme": thawed(panel.scheme)}
    return render(request, "panels/locked.html", context, status=status)


def _case_page(panel: Panel) -> str:
    """Where the papers are; "" where no page shows them."""
    try:
        return reverse("cases:case", args=[panel.case_id])
    except NoReverseMatch:
        return ""


def _seat(request: HttpRequest, pk: int) -> tuple[Panel, Seat]:
    require(request.user, Action.VIEW, "panel")
    panel = get_object_or_404(panels_for(request.user), pk=pk)
    seat = seat_of(request.user, panel)
    if seat is None:
        raise Http404
    return panel, seat
