"""A firm's own three lists: what the register knows of it is not asked; each yes opens a case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.standards import InputKind
from luming_portal.accounts.rights import Action, Refused, decide, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.accounts.selectors import signed_in
from luming_portal.cases.recording import CaseRefused
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.standards.forms import label_of
from luming_portal.standards.known import Knowledge, knowledge_of
from luming_portal.standards.models import FirmFact
from luming_portal.standards.selectors import firms_for
from luming_portal.standards.services import FactsRefused, Statement, state_facts
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.claims import claims_of, granted, number_of, open_claim, require_own, running
from luming_portal.support.forms import FEW, QuestionForm
from luming_portal.support.reckoning import Reckoned, reckon, with_cases
from luming_portal.support.selectors import sees_behind
from luming_portal.support.views.texts import item_or_404


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """A firm is led to its own lists; everybody else to the items."""
    require(request.user, Action.VIEW, "firm_fact")
    own = getattr(request.user, "enterprise_id", None)
    if request.user.role == Role.ENTERPRISE and own:  # type: ignore[union-attr]
        return redirect("support:firm", own)
    return redirect("standards:home")


@require_http_methods(["GET", "HEAD", "POST"])
def firm_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The three lists of a firm; the question that decides most money is stated as a fact of the firm."""
    firm = _firm(request, pk)
    today = timezone.localdate()
    known = knowledge_of(firm, today)
    inputs = support_shelf().inputs
    skipped = [key for key in request.GET.getlist("skip") if key in inputs]
    may_state = decide(request.user, Action.CREATE, "firm_fact", FirmFact(enterprise=firm))
    form = None
    if request.method == "POST":
        require(request.user, Action.CREATE, "firm_fact", FirmFact(enterprise=firm))
        ask = request.POST.get("ask", "")
        form = QuestionForm(request.POST, item=inputs[ask]) if ask in inputs else None
        if form is not None and form.is_valid() and _stated(request, firm, known, form):
            return redirect(f"{request.path}?{_query(skipped)}")
    found = _reckoned(request, firm, known, skipped)
    key = found.question
    shown = form or (QuestionForm(item=inputs[key]) if key else None)
    context = {
        "firm": firm,
        "as_of": today,
        "found": found,
        "form": shown,
        "buttons": shown is not None and _has_buttons(shown),
        "skip_query": _query([*skipped, shown.item.key]) if shown is not None else "",
        "skipped": [label_of(inputs[one]) for one in skipped],
        "known": [
            (label_of(inputs[one]), item, inputs[one].unit)
            for one, item in known.known.items()
            if one in inputs
        ],
        "year": known.year,
        "may_state": may_state,
    }
    return render(request, "support/firm.html", context, status=400 if request.method == "POST" else 200)


@require_POST
def open_item(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Open a case for an item to which the firm is entitled; where one runs already, that one is shown."""
    firm, item = _firm(request, pk), item_or_404(key)
    require_own(firm, signed_in(request))
    today = timezone.localdate()
    found = _reckoned(request, firm, knowledge_of(firm, today), ())
    line = next((one for one in found.yes if one.item.key == item.key), None)
    if line is None:
        messages.error(request, _("按现有数据还不符合“%s”,没有建立办件。") % item.name)
        return redirect("support:firm", pk)
    if line.case is not None:
        messages.info(request, _("这一项已在办理。"))
        return redirect("cases:case", line.case.pk)
    number = number_of(item, firm, Qualification.objects.filter(enterprise=firm))
    try:
        case = open_claim(line, firm, by=signed_in(request), number=number)
    except (Refused, CaseRefused) as refused:
        messages.error(request, str(refused))
        return redirect("support:firm", pk)
    messages.success(request, _("已建立办件。已有的数据带过来了,请补上其余几栏再提交。"))
    return redirect("cases:case", case.pk)


def _firm(request: HttpRequest, pk: int) -> Enterprise:
    require(request.user, Action.VIEW, "firm_fact")
    return get_object_or_404(firms_for(request.user).select_related("source"), pk=pk)


def _reckoned(request: HttpRequest, firm: Enterprise, known: Knowledge, skipped: Any) -> Reckoned:
    cases = claims_of([firm]).get(firm.pk, [])
    found = reckon(
        known.facts,
        known.as_of,
        behind=sees_behind(request.user),
        skipped=skipped,
        paid=granted(cases),
    )
    own = role_of(request.user) is Role.ENTERPRISE and signed_in(request).enterprise_id == firm.pk
    opens = {"automatic": _("不想等,自己申领"), "fast": _("快申"), "application": _("申报")}
    return with_cases(found, opens if own else {}, running(cases))


def _stated(request: HttpRequest, firm: Enterprise, known: Knowledge, form: QuestionForm) -> bool:
    """Keep the answer as a fact of the firm."""
    values = {form.item.key: form.cleaned_data["value"]}
    try:
        state_facts([Statement(firm, known.year, values, _("政策测算时填写"))], by=request.user)
    except FactsRefused as refused:
        for _key, sentence in refused.problems:
            form.add_error("value", sentence)
        return False
    return True


def _has_buttons(form: QuestionForm) -> bool:
    item = form.item
    return item.type is InputKind.FLAG or (item.type is InputKind.CHOICE and len(item.options) <= FEW)


def _query(keys: Any) -> str:
    made = QueryDict(mutable=True)
    made.setlist("skip", list(keys))
    return made.urlencode()
