"""Runs over many firms: the list, asking for one, its lists, stopping, repeating, comparing, taking it along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming_portal.accounts.rights import Action, Refused, decide, require, visible
from luming_portal.enterprises.models import Enterprise
from luming_portal.error_views import wants_json
from luming_portal.registers.export import TYPES
from luming_portal.standards.forms import RunForm
from luming_portal.standards.models import AssessmentResult, AssessmentRun
from luming_portal.standards.run_export import workbook
from luming_portal.standards.run_lists import (
    LISTS,
    changes_between,
    counts,
    lines,
    most_missed,
    results_of,
)
from luming_portal.standards.run_services import ask_for_run, job_of, repeat, stop

PAGE = 30
ROWS = 100


@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    """Every run, the last first."""
    require(request.user, Action.VIEW, "assessment_run")
    found = visible(request.user, AssessmentRun.objects.select_related("asked_by"))
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_create": decide(request.user, Action.CREATE, "assessment_run"),
    }
    return render(request, "standards/runs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def run_create(request: HttpRequest) -> HttpResponse:
    """Choose standards, day and firms; the run goes on in the background."""
    require(request.user, Action.CREATE, "assessment_run")
    places = Enterprise.objects.order_by().exclude(district="").values_list("district", flat=True).distinct()
    chains = Enterprise.objects.order_by().exclude(chain="").values_list("chain", flat=True).distinct()
    form = RunForm(
        request.POST or None,
        districts=sorted(places),
        chains=sorted(chains),
        initial={"as_of": timezone.localdate()},
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            rules, none = form.chosen()
            if none:
                form.add_error("standards", _("测算日没有现行版本:%s。") % _("、").join(none))
            else:
                run = ask_for_run(
                    given["name"],
                    given["as_of"],
                    rules,
                    by=request.user,
                    district=given["district"],
                    chain=given["chain"],
                    invented=given["invented"],
                )
                return redirect("standards:run", run.pk)
    return render(request, "standards/run_form.html", {"form": form}, status=status)


@require_safe
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A run: its progress, then its lists by standard."""
    run = _run(request, pk)
    if run.state != "done":
        return _progress(request, run)
    if request.headers.get("HX-Request"):
        # The progress that is polled is done: the page itself is to be shown, not inside of what stands there.
        return HttpResponse(headers={"HX-Refresh": "true"})
    results = results_of(request.user, run)
    keys = [told["key"] for told in run.standards]
    key = request.GET.get("standard", "")
    key = key if key in keys else keys[0]
    name = request.GET.get("list", "")
    name = name if name in LISTS else "candidates"
    found = lines(results, key, name)
    if wants_json(request):
        return JsonResponse(_json(run, results), json_dumps_params={"ensure_ascii": False})
    count = counts(results, keys)
    earlier = visible(
        request.user,
        AssessmentRun.objects.filter(finished_at__isnull=False, invented=run.invented).exclude(pk=run.pk),
    )
    context = {
        "run": run,
        "results": results,
        "table": [(told, count[told["key"]]) for told in run.standards],
        "lists": [(one, label, count[key][one]) for one, label in LISTS.items()],
        "list": name,
        "told": next(told for told in run.standards if told["key"] == key),
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "missed": most_missed(found) if name == "unknown" else [],
        "earlier": earlier[:20],
        "may_change": decide(request.user, Action.CHANGE, "assessment_run", run),
        "may_list": decide(request.user, Action.CREATE, "publicity_list"),
    }
    return render(request, "standards/run.html", context)


@require_safe
def run_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The run as a workbook, with what the reader may see."""
    run = _done(request, pk)
    require(request.user, Action.EXPORT, "assessment_run", run)
    found = list(visible(request.user, AssessmentResult.objects.filter(run=run), Action.EXPORT))
    answer = HttpResponse(workbook(run, found), content_type=TYPES["xlsx"])
    answer["Content-Disposition"] = content_disposition_header(True, f"{run.name}.xlsx") or "attachment"
    return answer


@require_safe
def run_against(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What changed from another run to this one."""
    run, before = _done(request, pk), _done(request, other)
    if run.invented != before.invented:
        raise Http404
    found, gone, came = changes_between(request.user, before, run)
    context = {"run": run, "before": before, "found": found, "gone": gone, "came": came}
    return render(request, "standards/run_against.html", context)


@require_POST
def run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same with what is known today."""
    require(request.user, Action.CREATE, "assessment_run")
    run = _run(request, pk)
    try:
        made = repeat(run, by=request.user)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("standards:run", pk)
    return redirect("standards:run", made.pk)


@require_POST
def run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a run that is not finished."""
    require(request.user, Action.CHANGE, "assessment_run")
    run = _run(request, pk)
    if stop(run, by=request.user):
        messages.success(request, _("已要求停止。"))
    else:
        messages.info(request, _("这次测算已经结束,没有什么可停止。"))
    return redirect("standards:run", pk)


def _progress(request: HttpRequest, run: AssessmentRun) -> HttpResponse:
    job = job_of(run)
    context = {
        "run": run,
        "job": job,
        "may_change": decide(request.user, Action.CHANGE, "assessment_run", run),
        "mine": run.asked_by_id == request.user.pk,
    }
    if wants_json(request):
        return JsonResponse({"state": run.state, "percent": job.percent if job else None})
    template = "_run_state.html" if getattr(request, "htmx", False) else "run_open.html"
    return render(request, f"standards/{template}", context)


def _run(request: HttpRequest, pk: int) -> AssessmentRun:
    require(request.user, Action.VIEW, "assessment_run")
    return get_object_or_404(visible(request.user, AssessmentRun.objects.select_related("asked_by")), pk=pk)


def _done(request: HttpRequest, pk: int) -> AssessmentRun:
    run = _run(request, pk)
    if run.state != "done":
        raise Http404
    return run


def _json(run: AssessmentRun, results: list[AssessmentResult]) -> dict[str, Any]:
    return {
        "id": run.pk,
        "name": run.name,
        "as_of": run.as_of,
        "known_on": run.known_on,
        "standards": run.standards,
        "rules_digest": run.rules_digest,
        "results_digest": run.results_digest,
        "demo": run.demo,
        "results": [
            {"firm": one.enterprise_id, "name": one.name, "district": one.district, "verdicts": one.verdicts}
            for one in results
        ],
    }
