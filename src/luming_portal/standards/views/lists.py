"""Lists for publicity: drafted out of a run, cleared up, frozen, and then open to everybody."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luming_portal.accounts.rights import Action, Refused, decide, require, visible
from luming_portal.error_views import wants_json
from luming_portal.standards.models import AssessmentRun, PublicityList
from luming_portal.standards.run_lists import lines, results_of
from luming_portal.standards.run_services import PUBLICITY_DAYS, draft_list, freeze_list, take_off

PAGE = 30


@require_safe
def publicity_lists(request: HttpRequest) -> HttpResponse:
    """Every list: frozen ones for everybody, drafts for the administration."""
    require(request.user, Action.VIEW, "publicity_list")
    found = visible(request.user, PublicityList.objects.all())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "standards/lists.html", {"page": page, "today": timezone.localdate()})


@require_safe
def publicity_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list."""
    require(request.user, Action.VIEW, "publicity_list")
    item = get_object_or_404(visible(request.user, PublicityList.objects.all()), pk=pk)
    if wants_json(request):
        told = {
            "id": item.pk,
            "title": item.title,
            "standard": item.standard,
            "entries": [{"name": one["name"], "district": one["district"]} for one in item.entries],
            "first_day": item.first_day,
            "last_day": item.last_day,
            "digest": item.digest,
            "demo": item.demo,
        }
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {
        "item": item,
        "today": timezone.localdate(),
        "days": PUBLICITY_DAYS,
        "may_change": not item.is_frozen and decide(request.user, Action.CHANGE, "publicity_list", item),
        "may_freeze": not item.is_frozen and decide(request.user, Action.PUBLISH, "publicity_list", item),
        "may_see_run": decide(request.user, Action.VIEW, "assessment_run"),
    }
    return render(request, "standards/list.html", context)


@require_POST
def list_create(request: HttpRequest, pk: int, standard: str) -> HttpResponse:
    """A draft out of a run's candidates for a standard."""
    require(request.user, Action.CREATE, "publicity_list")
    run = get_object_or_404(visible(request.user, AssessmentRun.objects.all()), pk=pk)
    candidates = [line.result for line in lines(results_of(request.user, run), standard, "candidates")]
    try:
        made = draft_list(run, standard, candidates, by=request.user, title=request.POST.get("title", ""))
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("standards:run", pk)
    return redirect("standards:list", made.pk)


@require_POST
def list_take_off(request: HttpRequest, pk: int, firm: int) -> HttpResponse:
    """Take a firm off a draft."""
    require(request.user, Action.CHANGE, "publicity_list")
    item = get_object_or_404(visible(request.user, PublicityList.objects.all()), pk=pk)
    try:
        take_off(item, firm, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已移出,理由留在名单里。"))
    return redirect("standards:list", pk)


@require_POST
def list_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze a draft."""
    require(request.user, Action.PUBLISH, "publicity_list")
    item = get_object_or_404(visible(request.user, PublicityList.objects.all()), pk=pk)
    written = request.POST.get("days", "")
    days = (
        int(written)
        if written.isascii() and written.isdigit() and 1 <= int(written[:3]) <= 60
        else PUBLICITY_DAYS
    )
    try:
        freeze_list(item, by=request.user, days=days)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已定稿公示。"))
    return redirect("standards:list", pk)
