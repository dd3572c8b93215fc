"""The ladder over all firms that the reader sees: counts, who could climb, movement, and the target's count."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luming.report.chart import movement, svg
from luming_portal.accounts.rights import Action, Scope, require, scope_of, visible
from luming_portal.error_views import wants_json
from luming_portal.standards.models import AssessmentResult, AssessmentRun
from luming_portal.standards.overview import Overview, TargetCount, overview, target_count
from luming_portal.standards.selectors import firms_for, language

EARLIEST = 2015


@require_safe
def ladder_page(request: HttpRequest) -> HttpResponse:
    """The ladder at the end of a year, or today in the running one; of real firms, or of the invented ones."""
    require(request.user, Action.VIEW, "assessment_run")
    today = timezone.localdate()
    year, invented = _year(request, today), request.GET.get("demo") == "1"
    day = min(dt.date(year, 12, 31), today)
    firms = list(firms_for(request.user).filter(demo=invented).order_by("pk"))
    run = visible(
        request.user,
        AssessmentRun.objects.filter(finished_at__isnull=False, invented=invented, as_of__year=year),
    ).first()
    results = None
    if run is not None:
        results = list(visible(request.user, AssessmentResult.objects.filter(run=run)).defer("facts"))
    found = overview(firms, day, language(), results)
    whole_city = scope_of(request.user, Action.VIEW, "firm_fact") is Scope.ALL
    target = target_count(firms, day, today, demo=invented) if whole_city else None
    if wants_json(request):
        return JsonResponse(_json(found, target), json_dumps_params={"ensure_ascii": False})
    context = {
        "found": found,
        "target": target,
        "run": run,
        "year": year,
        "years": range(today.year - 4, today.year + 1),
        "invented": invented,
        "chart": _chart(found),
        "names_entries": scope_of(request.user, Action.VIEW, "counted_entry") is Scope.ALL,
        "whole_city": whole_city,
    }
    return render(request, "standards/ladder.html", context)


def _chart(found: Overview) -> str:
    if not found.firms:
        return ""
    heads = (found.before.isoformat(), found.day.isoformat())
    return mark_safe(svg(movement([one.label for one in found.rungs], found.ways, heads)))


def _year(request: HttpRequest, today: dt.date) -> int:
    written = request.GET.get("year", "")
    if written.isascii() and written.isdigit() and EARLIEST <= int(written[:5]) <= today.year:
        return int(written)
    return today.year


def _json(found: Overview, target: TargetCount | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "day": found.day,
        "before": found.before,
        "firms": found.firms,
        "rungs": [
            {
                "rung": one.rung.key,
                "label": one.label,
                "stand": one.stand,
                "before": one.before,
                "hold": one.hold,
                "doubtful": one.doubtful,
                "reach": one.reach,
            }
            for one in found.rungs
        ],
        "movement": [{"from": way.before, "to": way.after, "count": way.count} for way in found.ways],
        "note": _("按企业台账登记的资质;没有登记不等于没有取得。"),
    }
    if target is not None:
        count = target.standing.counted.number if target.standing is not None else None
        told["target"] = {
            "register": target.union,
            "sum_of_categories": target.sum_of_categories,
            "entries": count,
        }
    return told
