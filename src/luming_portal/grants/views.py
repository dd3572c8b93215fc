"""Pages of grants: a firm's own with every look, giving and revoking, and what the institution sees."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming_portal.accounts.rights import Action, Refused, decide, require, role_of, visible
from luming_portal.accounts.roles import Role
from luming_portal.enterprises.models import Enterprise
from luming_portal.error_views import wants_json
from luming_portal.grants.forms import GrantForm
from luming_portal.grants.models import SightGrant, SightLook
from luming_portal.grants.services import give_sight, look, revoke

PAGE = 30
USUAL_TERM = dt.timedelta(days=90)


@require_safe
def grant_list(request: HttpRequest) -> HttpResponse:
    """A firm's grants, or those given to an institution and open today."""
    require(request.user, Action.VIEW, "sight_grant")
    found = visible(request.user, SightGrant.objects.select_related("enterprise", "institution"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(one, one.state_on(today)) for one in page.object_list],
        "is_firm": role_of(request.user) is Role.ENTERPRISE,
        "may_create": decide(request.user, Action.CREATE, "sight_grant"),
    }
    return render(request, "grants/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grant_create(request: HttpRequest) -> HttpResponse:
    """A firm lets an institution see its points."""
    require(request.user, Action.CREATE, "sight_grant")
    firm = get_object_or_404(Enterprise, pk=request.user.enterprise_id)  # type: ignore[union-attr]
    today = timezone.localdate()
    form = GrantForm(
        request.POST or None,
        user=request.user,
        firm=firm,
        day=today,
        initial={"first_day": today, "last_day": today + USUAL_TERM},
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = give_sight(
                    firm,
                    given["institution"],
                    form.chosen(),
                    by=request.user,
                    purpose=given["purpose"],
                    first_day=given["first_day"],
                    last_day=given["last_day"],
                )
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("已授权。每次查看都会记在这里,随时可以撤回。"))
                return redirect("grants:detail", made.pk)
    return render(request, "grants/form.html", {"form": form, "firm": firm}, status=status)


@require_safe
def grant_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A grant with every look, for the firm and the auditor."""
    require(request.user, Action.VIEW, "sight_look")
    grant = _grant(request, pk)
    looks = visible(request.user, SightLook.objects.filter(grant=grant)).select_related("looked_by")
    state = grant.state_on(timezone.localdate())
    may = state in ("open", "coming") and decide(request.user, Action.CHANGE, "sight_grant", grant)
    page = Paginator(looks, PAGE).get_page(request.GET.get("page"))
    context = {"grant": grant, "state": state, "page": page, "may_revoke": may}
    return render(request, "grants/detail.html", context)


@require_safe
def grant_sight(request: HttpRequest, pk: int) -> HttpResponse:
    """What the grant opens. Whoever looks and is not of the firm is noted before anything is shown."""
    grant = look(_grant(request, pk), by=request.user, form="json" if wants_json(request) else "page")
    if grant is None:
        raise Http404
    if wants_json(request):
        told = {"purpose": grant.purpose, "last_day": grant.last_day, "digest": grant.digest, **grant.frozen}
        answer: HttpResponse = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    else:
        answer = render(request, "grants/sight.html", {"grant": grant, "frozen": grant.frozen})
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def grant_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a grant back at once."""
    require(request.user, Action.CHANGE, "sight_grant")
    try:
        revoke(_grant(request, pk), by=request.user)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已撤回,对方即刻看不到任何内容。"))
    return redirect("grants:detail", pk)


def _grant(request: HttpRequest, pk: int) -> SightGrant:
    require(request.user, Action.VIEW, "sight_grant")
    found = visible(request.user, SightGrant.objects.select_related("enterprise", "institution"))
    return get_object_or_404(found, pk=pk)
