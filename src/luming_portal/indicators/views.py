"""Entering and correcting a single figure: by the very reader and planner that take in tables of figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luming_portal.accounts.rights import Action, require, visible
from luming_portal.indicators.forms import FactForm
from luming_portal.indicators.models import Fact
from luming_portal.indicators.planning import enter_facts, plan_facts
from luming_portal.registers.plan import Plan
from luming_portal.registers.reading import Row, Table

_FORM_FIELDS = {"source_key": "source", "indicator_key": "indicator", "key": "subject"}


@require_http_methods(["GET", "HEAD", "POST"])
def fact_create(request: HttpRequest) -> HttpResponse:
    """Enter a figure."""
    require(request.user, Action.CREATE, "fact")
    form = FactForm(request.POST or None, user=request.user)
    return _edit(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def fact_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a figure: a new one that supersedes it."""
    fact = get_object_or_404(visible(request.user, Fact.objects.select_related("indicator", "source")), pk=pk)
    require(request.user, Action.CHANGE, "fact", fact)
    initial = {
        **{
            name: getattr(fact, name)
            for name in ("subject", "indicator", "period", "unit", "status", "source", "note")
        },
        "value": f"{fact.value:f}",
        "recorded_on": timezone.localdate(),
    }
    form = FactForm(request.POST or None, user=request.user, correcting=True, initial=initial)
    return _edit(request, form, fact)


def _edit(request: HttpRequest, form: FactForm, fact: Fact | None) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid() and (plan := _planned(request, form, fact)) is not None:
            enter_facts(plan, form.cleaned_data["reason"])
            key = next(row.item.id for row in plan.rows)
            messages.success(request, _("已登记。") if fact is None else _("已更正;原来的数留着备查。"))
            return HttpResponseRedirect(
                reverse("registers:detail", args=["facts", Fact.objects.get(key=key).pk])
            )
    return render(request, "indicators/fact_form.html", {"form": form, "fact": fact}, status=status)


def _planned(request: HttpRequest, form: FactForm, fact: Fact | None) -> Plan | None:
    """The plan of the one row; None with the form's faults noted where it does not stand."""
    given = form.cleaned_data
    cells = {
        "key": fact.key if fact is not None else "",
        "subject": given["subject"],
        "indicator_key": given["indicator"].key,
        "period": given["period"],
        "value": given["value"].replace(",", ""),
        "unit": given["unit"],
        "status": given["status"],
        "source_key": given["source"].key,
        "recorded_on": given["recorded_on"].isoformat(),
        "note": " ".join(given["note"].split()),
        "demo": "是" if fact is not None and fact.demo else "",
    }
    plan = plan_facts(Table(tuple(cells), 0, (Row(1, cells),)), request.user)
    for problem in plan.problems:
        name = _FORM_FIELDS.get(problem.column, problem.column)
        form.add_error(name if name in form.fields else None, problem.sentence)
    if not plan.problems and plan.unchanged:
        form.add_error(None, _("台账里已经是这个数,没有要登记的内容。"))
    return plan if form.is_valid() else None
