"""One firm: its place on the ladder, every standard with reasons, what if; and the start page of standards."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luming_portal.accounts.rights import Action, decide, require
from luming_portal.accounts.roles import Role
from luming_portal.enterprises.models import Enterprise
from luming_portal.error_views import wants_json
from luming_portal.standards.advised import advice_on
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.held import title_book
from luming_portal.standards.known import knowledge_of
from luming_portal.standards.models import FirmFact
from luming_portal.standards.selectors import day_asked, firms_for, language
from luming_portal.standards.standing import (
    KINDS,
    most_wanted,
    outcomes_of,
    place_on_ladder,
    verdict,
    verdicts,
)
from luming_portal.standards.trial import sliders
from luming_portal.standards.twin import firm_json

PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The firms whose standing one may see; a firm is led to its own page."""
    require(request.user, Action.VIEW, "firm_fact")
    if request.user.role == Role.ENTERPRISE and request.user.enterprise_id:  # type: ignore[union-attr]
        return redirect("standards:firm", request.user.enterprise_id)  # type: ignore[union-attr]
    today = timezone.localdate()
    asked = request.GET.get("q", "").strip()[:60]
    found = firms_for(request.user).order_by("name", "pk")
    if asked:
        found = found.filter(Q(name__icontains=asked) | Q(credit_code__iexact=asked) | Q(key__iexact=asked))
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "standards": shelf().in_force(today),
        "language": language(),
        "today": today,
        "may_import": decide(request.user, Action.IMPORT, "firm_fact"),
        "may_run": decide(request.user, Action.VIEW, "assessment_run"),
        "may_complete": decide(request.user, Action.VIEW, "complete_register"),
    }
    return render(request, "standards/home.html", context)


@require_safe
def firm_page(request: HttpRequest, pk: int) -> HttpResponse:
    """达标与阶梯 of one firm."""
    firm, as_of = firm_or_404(request, pk), day_or_404(request)
    known = knowledge_of(firm, as_of)
    found = verdicts(known.facts, as_of, language())
    book = title_book([firm], as_of)
    rungs = place_on_ladder(firm.pk, book, outcomes_of(found), language())
    if wants_json(request):
        told = firm_json(known, found, rungs)
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {
        "firm": firm,
        "as_of": as_of,
        "today": timezone.localdate(),
        "known": known,
        "rungs": rungs,
        "kinds": [
            (label, [one for one in found if one.standard.kind is kind])
            for kind, label in KINDS.items()
            if any(one.standard.kind is kind for one in found)
        ],
        "wanted": [(item.about.name(language()), number) for item, number in most_wanted(found)],
        "sliders": sliders(known, found),
        "language": language(),
        "may_state": decide(request.user, Action.CREATE, "firm_fact", FirmFact(enterprise=firm)),
    }
    return render(request, "standards/firm.html", context)


@require_safe
def explain_page(request: HttpRequest, pk: int, standard: str) -> HttpResponse:
    """One standard on one firm, step by step, with every fact it asks and where it comes from."""
    firm, as_of = firm_or_404(request, pk), day_or_404(request)
    versions = shelf().catalogue.versions.get(standard)
    if not versions:
        raise Http404(standard)
    chosen = shelf().named(f"{standard}@{request.GET['version']}") if request.GET.get("version") else None
    rule = chosen or shelf().catalogue.in_force(standard, as_of) or versions[-1]
    known = knowledge_of(firm, as_of)
    one = verdict(rule, known.facts, as_of, language())
    if wants_json(request):
        told = firm_json(known, [one], [])
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {
        "firm": firm,
        "as_of": as_of,
        "one": one,
        "versions": versions,
        "advice": advice_on(rule, known.facts, as_of, language()),
        "steps": [found for top in one.explanation.steps for found in top.walk()],
        "inputs": [
            (item, item.about.name(language()), known.known.get(key), known.untold.get(key, ""))
            for key, item in rule.inputs.items()
        ],
        "language": language(),
        "may_state": decide(request.user, Action.CREATE, "firm_fact", FirmFact(enterprise=firm)),
    }
    return render(request, "standards/explain.html", context)


def firm_or_404(request: HttpRequest, pk: int) -> Enterprise:
    """A firm whose facts the reader may see.

    Raises:
        Refused, Http404: not his.
    """
    require(request.user, Action.VIEW, "firm_fact")
    return get_object_or_404(firms_for(request.user).select_related("source"), pk=pk)


def day_or_404(request: HttpRequest) -> dt.date:
    """The day that the address asks for.

    Raises:
        Http404: none that can be read.
    """
    found = day_asked(request.GET.get("as_of", ""), timezone.localdate())
    if found is None:
        raise Http404(_("日期不对。"))
    return found
