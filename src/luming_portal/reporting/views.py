"""Pages of reporting: the months, the office's table of one month, the sheet of a unit, saving and moving reports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.reporting import Move, Stage
from luming_portal.accounts.rights import Action, Refused, decide, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.accounts.selectors import signed_in
from luming_portal.audit.door import StaleVersion
from luming_portal.chasing.texts import chat_text
from luming_portal.documents.selectors import current_version
from luming_portal.error_views import wants_json
from luming_portal.library_words import word
from luming_portal.reporting.forms import MonthForm, ReportForm
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.parts import Acting
from luming_portal.reporting.selectors import (
    Line,
    MeasureTold,
    diligence_for,
    lines_of,
    months_for,
    moves_among,
    progress_of,
    reports_for,
    unit_states,
)
from luming_portal.reporting.services import (
    MonthRefused,
    move_reports,
    open_month,
    require_writable,
    save_draft,
)


@require_safe
def month_list(request: HttpRequest) -> HttpResponse:
    """The months, newest first."""
    require(request.user, Action.VIEW, "reporting_month")
    months = months_for(request.user)
    if wants_json(request):
        return _json({"months": [_month_json(month) for month in months]})
    context = {"months": months, "may_open": decide(request.user, Action.CREATE, "reporting_month")}
    return render(request, "reporting/months.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def month_open(request: HttpRequest) -> HttpResponse:
    """Open a month."""
    require(request.user, Action.CREATE, "reporting_month")
    form = MonthForm(request.POST or None, user=request.user, initial=_last_month())
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                opened = open_month(**form.cleaned_data, by=request.user)
            except MonthRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("已开启,共要%d项数。") % opened.reports.count())
                return redirect("reporting:month", opened.pk)
    return render(request, "reporting/open.html", {"form": form}, status=status)


@require_safe
def month_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has reported and who is missing; a department goes straight to its own sheet."""
    month = _month(request, pk)
    reports = list(reports_for(request.user, month))
    today = timezone.localdate()
    states = unit_states(month, reports, today)
    if wants_json(request):
        return _json(_month_json(month) | {"units": [_state_json(state) for state in states]})
    if role_of(request.user) is Role.DEPARTMENT:
        return redirect("reporting:sheet", month.pk)
    context = {
        "month": month,
        "states": states,
        "stages": [word(stage.label) for stage in Stage],
        "diligence": diligence_for(request.user, month, today),
        "moves": [
            (move, count) for move, count in moves_among(request.user, reports) if not move.needs_reason
        ],
        "asked": len(reports),
        "owed": sum(state.owed for state in states),
        "missing": [state for state in states if state.owed],
        "chat": chat_text(month, reports, today),
        "today": today,
    }
    return render(request, "reporting/month.html", context)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of a unit: its own figures, and those that it collects; for the office of the unit asked for."""
    month = _month(request, pk)
    asked_unit = request.GET.get("unit", "")[:100]
    unit = asked_unit or signed_in(request).unit
    reports = reports_for(request.user, month)
    lines = lines_of(request.user, reports.filter(unit=asked_unit) if asked_unit else reports)
    if wants_json(request):
        return _json({"reports": [_report_json(line) for line in lines]})
    rest = _("各单位的") if role_of(request.user) is not Role.DEPARTMENT else _("本单位汇总的")
    own = [line for line in lines if line.report.unit == unit]
    others = [line for line in lines if line.report.unit != unit]
    context = {
        "month": month,
        "unit": unit,
        "asked_unit": asked_unit,
        "parts": [part for part in ((_("本单位填报的"), own), (rest, others)) if part[1]],
        "moves": moves_among(request.user, [line.report for line in lines]),
        "late": month.due_on < timezone.localdate(),
        "owed": sum(line.report.at is Stage.DRAFT for line in own),
    }
    return render(request, "reporting/sheet.html", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What the units tell of each measure in a month."""
    month = _month(request, pk)
    measures = progress_of(request.user, month)
    if wants_json(request):
        return _json({"measures": [_told_json(told) for told in measures]})
    return render(request, "reporting/progress.html", {"month": month, "measures": measures})


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one row; asked by the page as somebody types, or by its button."""
    require(request.user, Action.CHANGE, "report")
    month = get_object_or_404(ReportingMonth, reports=pk)
    report = get_object_or_404(reports_for(request.user, month), pk=pk)
    quiet = bool(getattr(request, "htmx", False))
    problem = ""
    (line,) = lines_of(request.user, [report])
    form = ReportForm(request.POST, report=report, last=line.same)
    try:
        require_writable(report, by=request.user)
        if form.is_valid():
            given = dict(form.cleaned_data)
            save_draft(report, by=request.user, expected_version=given.pop("version"), **given)
            (line,) = lines_of(request.user, [report])
        else:
            problem = " ".join(str(one) for errors in form.errors.values() for one in errors)
    except (StaleVersion, Refused) as refused:
        if not quiet:
            raise
        problem = str(refused)
    if quiet:
        return render(
            request, "reporting/_state.html", {"line": line, "problem": problem, "saved": not problem}
        )
    if problem:
        messages.error(request, f"{report.label}:{problem}")
    else:
        messages.success(request, _("已保存“%s”。") % report.label)
    return HttpResponseRedirect(f"{reverse('reporting:sheet', args=[month.pk])}#report-{report.pk}")


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move reports: those that are ticked, or all of the page that can go."""
    require(request.user, Action.CHANGE, "report")
    month = _month(request, pk)
    wanted = request.POST.get("move", "")
    if wanted not in [one.value for one in Move]:
        messages.error(request, _("没有选择要做什么,没有改动任何内容。"))
        return _back(request, month)
    reports = reports_for(request.user, month)
    unit = request.POST.get("unit", "")
    if unit:
        reports = reports.filter(unit=unit)
    ticked = [
        int(one)
        for one in request.POST.getlist("report")
        if one.isascii() and one.isdigit() and len(one) < 19
    ]
    if ticked:
        chosen = list(reports.filter(pk__in=ticked))
    else:
        acting = Acting(request.user)
        chosen = [report for report in reports if Move(wanted) in acting.moves(report)]
    if not chosen:
        messages.info(request, _("没有可以这样处理的报送项。"))
        return _back(request, month)
    done = move_reports(chosen, Move(wanted), by=request.user, reason=request.POST.get("reason", ""))
    if done.count:
        messages.success(
            request, _("%(move)s:%(count)d项。") % {"move": word(Move(wanted).label), "count": done.count}
        )
    for sentence in done.left:
        messages.warning(request, sentence)
    return _back(request, month)


def _back(request: HttpRequest, month: ReportingMonth) -> HttpResponse:
    if request.POST.get("from") == "month":
        return redirect("reporting:month", month.pk)
    unit = request.POST.get("unit", "")
    tail = f"?{urlencode({'unit': unit})}" if unit else ""
    return HttpResponseRedirect(reverse("reporting:sheet", args=[month.pk]) + tail)


def _month(request: HttpRequest, pk: int) -> ReportingMonth:
    require(request.user, Action.VIEW, "reporting_month")
    return get_object_or_404(months_for(request.user), pk=pk)


def _last_month() -> dict[str, Any]:
    today = timezone.localdate()
    version = current_version()
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return {"document": version.document_id if version else None, "year": year, "month": month}


def _json(told: Any) -> JsonResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _month_json(month: Any) -> dict[str, Any]:
    return {
        "id": month.pk,
        "document": month.document.key,
        "year": month.year,
        "month": month.month,
        "due_on": month.due_on,
        "asked": month.asked,
        "owed": month.owed,
        "published": month.done,
    }


def _state_json(state: Any) -> dict[str, Any]:
    return {
        "unit": state.unit,
        "asked": state.asked,
        "owed": state.owed,
        "returned": state.returned,
        "stages": dict(zip([stage.value for stage in Stage], state.counts, strict=True)),
        "reminding": state.step.value if state.step else "",
    }


def _told_json(told: MeasureTold) -> dict[str, Any]:
    return {
        "measure": told.measure,
        "title": told.title,
        "units": [
            {"unit": report.unit, "narrative": report.narrative, "stage": report.stage}
            for report in told.reports
        ],
    }


def _report_json(line: Line) -> dict[str, Any]:
    report: Report = line.report
    return {
        "id": report.pk,
        "version": report.version,
        "unit": report.unit,
        "lead": report.lead,
        "indicator": report.indicator.key if report.indicator else "",
        "measure": report.measure,
        "label": report.label,
        "subject": report.subject,
        "period": report.period,
        "value": None if report.value is None else str(report.value),
        "unit_of_measure": report.of_measure,
        "narrative": report.narrative,
        "evidence": report.evidence,
        "stage": report.stage,
        "remark": report.remark,
        "concerns": [one.sentence for one in line.concerns],
    }
