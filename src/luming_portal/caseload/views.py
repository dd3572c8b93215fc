"""Figures of cases: the processes with their volumes, and one process with chart, table and workbook."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luming.errors import LumingError
from luming.report.chart import durations, svg
from luming_portal.accounts.rights import Action, decide, require
from luming_portal.caseload.selectors import MOST, figures_of, filed_cases, volumes, years_of
from luming_portal.caseload.shown import bars_of, lines_of
from luming_portal.error_views import wants_json
from luming_portal.registers.table_file import FORMS, Cell, table_file


@require_safe
def process_list(request: HttpRequest) -> HttpResponse:
    """The processes with their volumes."""
    require(request.user, Action.VIEW, "caseload")
    demo = _demo(request)
    rows = volumes(request.user, demo=demo)
    form = request.GET.get("format", "")
    if form in FORMS:
        require(request.user, Action.EXPORT, "caseload")
        heads = [_("事项"), _("已提交"), _("在办"), _("超期"), _("数据性质")]
        table: list[list[Cell]] = [
            [one.name, one.filed, one.going, one.late, _("演示数据") if demo else ""] for one in rows
        ]
        return table_file(_("办件统计-%s") % timezone.localdate().isoformat(), heads, table, form)
    if wants_json(request):
        told = [
            {"process": one.key, "name": one.name, "filed": one.filed, "going": one.going, "late": one.late}
            for one in rows
        ]
        return JsonResponse({"demo": demo, "processes": told}, json_dumps_params={"ensure_ascii": False})
    return render(request, "caseload/list.html", {"rows": rows, "demo_cases": demo})


@require_safe
def process_page(request: HttpRequest, key: str) -> HttpResponse:
    """One process: time per state, overdue, returns, the three rates; suppressed where cases are few."""
    require(request.user, Action.VIEW, "caseload")
    demo, now = _demo(request), timezone.now()
    years = years_of(request.user, key, demo=demo)
    year = next((one for one in years if str(one) == request.GET.get("year", "")), None)
    problem, figures = "", None
    try:
        figures = figures_of(request.user, key, now, year=year, demo=demo)
        if figures is None:
            raise Http404(key)
    except LumingError as told:
        problem = str(told)
    lines = lines_of(figures.statistics) if figures is not None else []
    form = request.GET.get("format", "")
    if form in FORMS and figures is not None:
        require(request.user, Action.EXPORT, "caseload")
        heads = [_("部分"), _("指标"), _("件数"), _("数值"), _("年度"), _("数据性质")]
        cells: list[list[Cell]] = [
            [one.part, one.label, one.number, one.said, str(year or _("全部")), _("演示数据") if demo else ""]
            for one in lines
        ]
        name = _("办件统计-%(name)s-%(day)s") % {
            "name": figures.process.about.label,
            "day": timezone.localdate().isoformat(),
        }
        return table_file(name, heads, cells, form)
    if wants_json(request):
        shown = [
            {"part": one.part, "label": one.label, "number": one.number, "said": one.said} for one in lines
        ]
        return JsonResponse(
            {"process": key, "demo": demo, "problem": problem, "figures": shown},
            json_dumps_params={"ensure_ascii": False},
        )
    bars = bars_of(figures.statistics) if figures is not None else []
    context = {
        "figures": figures,
        "lines": lines,
        "chart": mark_safe(svg(durations(bars))) if bars else "",
        "problem": problem,
        "key": key,
        "years": years,
        "given": {"year": year},
        "demo_cases": demo,
        "most": MOST,
        "query": request.GET.urlencode(),
        "may_export": decide(request.user, Action.EXPORT, "caseload"),
    }
    return render(request, "caseload/process.html", context)


def _demo(request: HttpRequest) -> bool:
    """Whether invented cases are asked for; in the demonstration also where there are no others."""
    if request.GET.get("demo") in ("0", "1"):
        return request.GET["demo"] == "1"
    return settings.DEBUG and not filed_cases(request.user, demo=False).exists()
