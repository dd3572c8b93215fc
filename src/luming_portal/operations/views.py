"""Pages of operations: one's own background jobs, and the check of the installation for the system administrator."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luming_portal.accounts.rights import Action, decide, require, visible
from luming_portal.error_views import wants_json
from luming_portal.operations import jobs, worker
from luming_portal.operations.backup_job import make_backup
from luming_portal.operations.check.run import findings, gravest_first, worst
from luming_portal.operations.models import OPEN, Job

PAGE = 30


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """One's own jobs; all of them for those who look after the system."""
    require(request.user, Action.VIEW, "job")
    shown = visible(request.user, Job.objects.select_related("owner"))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    if wants_json(request):
        return _json(
            {"jobs": [_as_json(request, job) for job in page.object_list], "count": page.paginator.count}
        )
    everyone = shown.exclude(owner_id=request.user.pk).exists()
    waits = shown.filter(state__in=OPEN).exists() and not worker.alive(datetime.now(UTC))
    return render(
        request, "operations/jobs.html", {"page": page, "everyone": everyone, "waits_in_vain": waits}
    )


@require_safe
def job_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How a job stands, and what came of it."""
    job = _job(request, pk)
    if wants_json(request):
        return _json(_as_json(request, job))
    context = {
        "job": job,
        "mine": _is_own(request, job),
        "file": _is_own(request, job) and jobs.result_path(job) is not None,
        "may_cancel": job.is_open
        and not job.cancel_asked
        and bool(decide(request.user, Action.DELETE, "job", job)),
    }
    template = "operations/job_state.html" if getattr(request, "htmx", False) else "operations/job.html"
    return render(request, template, context)


@require_POST
def job_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a job."""
    job = _job(request, pk)
    if jobs.cancel_job(job, request.user):
        messages.success(request, _("已要求停止“%s”。") % job.title)
    else:
        messages.info(request, _("“%s”已经结束,没有什么可停止。") % job.title)
    return redirect("operations:job", pk)


@require_safe
def job_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file that a job made; only for whoever asked for it, since it was made with that person's rights."""
    job = _job(request, pk)
    path = jobs.fetch_file(job) if _is_own(request, job) else None
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=job.file)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What is wrong with the installation, and how to put it right."""
    require(request.user, Action.VIEW, "operations")
    found = gravest_first(findings(datetime.now(UTC)))
    if wants_json(request):
        return _json({"status": worst(found), "findings": [finding.as_json() for finding in found]})
    count = Counter(str(finding.level) for finding in found)
    return render(
        request, "operations/check.html", {"findings": found, "worst": worst(found), "count": count}
    )


@require_POST
def back_up(request: HttpRequest) -> HttpResponse:
    """Make a backup now, in the background."""
    require(request.user, Action.CHANGE, "operations")
    return redirect("operations:job", make_backup.enqueue(by=request.user).pk)


def _job(request: HttpRequest, pk: UUID) -> Job:
    require(request.user, Action.VIEW, "job")
    return get_object_or_404(visible(request.user, Job.objects.select_related("owner")), pk=pk)


def _is_own(request: HttpRequest, job: Job) -> bool:
    return job.owner_id == request.user.pk


def _as_json(request: HttpRequest, job: Job) -> dict[str, Any]:
    own = _is_own(request, job)
    return {
        "id": str(job.pk),
        "title": job.title,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "percent": job.percent,
        "message": job.message if own else "",
        "result": job.result if own else None,
        "file": job.file if own and jobs.result_path(job) else "",
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }


def _json(told: Any) -> JsonResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
