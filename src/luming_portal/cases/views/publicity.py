"""Publicity: what everybody may read, and objections to it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming_portal.accounts.rights import Action, decide, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.cases.files import attach
from luming_portal.cases.models import Case
from luming_portal.cases.published import publicised
from luming_portal.cases.selectors import under_publicity
from luming_portal.cases.services import object_to
from luming_portal.cases.shelf import process_of
from luming_portal.cases.views.stepping import attempt
from luming_portal.error_views import wants_json
from luming_portal.uploads import UploadRefused, guarded_upload

PAGE_SIZE = 50


@require_safe
def publicity_list(request: HttpRequest) -> HttpResponse:
    """Everything under publicity today."""
    require(request.user, Action.VIEW, "case_publicity")
    page = Paginator(under_publicity(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [publicised(case) for case in page]
    if wants_json(request):
        told = {"count": page.paginator.count, "publicity": [one.told() for one in rows]}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {"page": page, "rows": rows, "query": request.GET.urlencode()}
    return render(request, "cases/publicity.html", context)


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def publicity_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing under publicity, with the form of an objection for whoever may object."""
    require(request.user, Action.VIEW, "case_publicity")
    case: Case = get_object_or_404(under_publicity().select_related("stored"), pk=pk)
    rule = process_of(case).objection
    may = bool(decide(request.user, Action.CREATE, "case_publicity")) and rule is not None
    problem, status = "", 200
    if request.method == "POST":
        require(request.user, Action.CREATE, "case_publicity")
        token = request.POST.get("token", "")[:40]
        is_unit = request.POST.get("who") == "unit"
        files, problem = _proof(request, case)
        faults: dict[str, list[str]] = {}
        status = 400
        if not problem:
            problem, faults, status = attempt(
                case,
                token,
                lambda: object_to(
                    case,
                    by=request.user,
                    name=request.POST.get("name", "")[:120],
                    contact=request.POST.get("contact", "")[:120],
                    text=request.POST.get("text", "")[:4000],
                    is_unit=is_unit,
                    facts=request.POST.get("facts", "")[:4000],
                    files=files,
                    token=token or None,
                ),
            )
        problem = " ".join([problem, *(one for said in faults.values() for one in said)]).strip()
        if not problem:
            messages.success(request, _("异议已登记,由主管单位核实处理。"))
            return redirect("cases:publicity")
    context = {
        "one": publicised(case),
        "case": case,
        "may_object": may,
        "rule": rule,
        "problem": problem,
        "given": request.POST,
        "token": uuid.uuid4().hex,
        "for_others": role_of(request.user) in (Role.OFFICE, Role.DEPARTMENT),
        "own_name": str(
            getattr(request.user, "enterprise", None) or getattr(request.user, "institution", None) or ""
        ),
    }
    return render(request, "cases/publicised.html", context, status=status)


def _proof(request: HttpRequest, case: Case) -> tuple[tuple[str, ...], str]:
    """The paper that was sent along: its key, or why it is not taken."""
    upload = request.FILES.get("proof")
    if upload is None:
        return (), ""
    try:
        return (str(attach(case, "objection", upload, ("pdf", "jpg", "png"), by=request.user).pk),), ""
    except UploadRefused as problem:
        return (), str(problem)
