"""The facts of a firm: stated by form for a year, taken in from a table, shown with their history."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luming.errors import FaultyInput
from luming_portal.accounts.rights import Action, decide, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.registers.reading import Table, read_table
from luming_portal.registers.table_file import table_file
from luming_portal.registers.uploads import checked
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.doubts import doubts_about
from luming_portal.standards.forms import EARLIEST_YEAR, FactsFileForm, FactsForm, label_of
from luming_portal.standards.known import knowledge_of
from luming_portal.standards.models import FirmFact, Origin
from luming_portal.standards.planning import FactsPlan, columns, plan_facts
from luming_portal.standards.selectors import firms_for, history_of, stated_of
from luming_portal.standards.services import FactsRefused, Statement, state_facts
from luming_portal.uploads import UploadRefused, guarded_upload

_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def facts_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of one firm for a year: to be read by whoever sees the firm, to be stated by the firm and the office."""
    require(request.user, Action.VIEW, "firm_fact")
    firm = get_object_or_404(firms_for(request.user).select_related("source"), pk=pk)
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today)
    may = decide(request.user, Action.CREATE, "firm_fact", FirmFact(enterprise=firm))
    if request.method == "POST":
        require(request.user, Action.CREATE, "firm_fact", FirmFact(enterprise=firm))
    rules = shelf()
    asked = {key for one in rules.in_force(dt.date(year + 1, 12, 31)) for key in one.inputs}
    stated = stated_of(firm, year)
    barred = rules.judged if role_of(request.user) is Role.ENTERPRISE else frozenset()
    keys = [key for key in rules.inputs if (key in asked or stated.get(key)) and key not in barred]
    known = knowledge_of(firm, dt.date(year + 1, 12, 31))
    form = FactsForm(
        request.POST if request.method == "POST" else None, keys=keys, known=known.known, stated=stated
    )
    doubts: list[str] = []
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            values = form.values()
            others = {key: item.fact for key, item in known.known.items()}
            doubts = [one.sentence for one in doubts_about(values, others)]
            if doubts and not request.POST.get("accept"):
                form.add_error(None, _("有可疑的数,请核对;确认无误请勾选后再保存。"))
            elif _stated(form, Statement(firm, year, values, form.cleaned_data["source"]), request):
                return redirect(f"{request.path}?year={year}")
    context = {
        "firm": firm,
        "year": year,
        "years": range(today.year - 4, today.year + 1),
        "form": form,
        "groups": list(form.groups()),
        "doubts": doubts,
        "may_state": may,
        "untold": known.untold,
        "history": [(row, rules.inputs.get(row.key)) for row in history_of(request.user, firm, _SHOWN)],
    }
    return render(request, "standards/facts.html", context, status=status)


def _stated(form: FactsForm, statement: Statement, request: HttpRequest) -> bool:
    try:
        count = state_facts([statement], by=request.user)
    except FactsRefused as refused:
        for key, sentence in refused.problems:
            form.add_error(key if key in form.fields else None, sentence)
        return False
    if count:
        messages.success(request, _("已保存%d项。以前的填报留在记录里。") % count)
    else:
        messages.info(request, _("没有改动,没有保存任何内容。"))
    return True


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def facts_import(request: HttpRequest) -> HttpResponse:
    """A table of facts of many firms: all of it is taken in, or nothing, with every fault by row and column."""
    require(request.user, Action.IMPORT, "firm_fact")
    today = timezone.localdate()
    if request.method != "POST" and request.GET.get("template") in ("xlsx", "csv"):
        return _template(request.GET["template"], today)
    form = FactsFileForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"year": today.year - 1},
    )
    plan = FactsPlan()
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                table = _table(request)
                plan = plan_facts(table, given["year"], given["source"], user=request.user)
            except UploadRefused as refused:
                plan.faults.append(str(refused))
            except FaultyInput as problem:
                plan.faults += [fault.sentence() for fault in problem.faults]
            if not plan.faults and (given["accept"] or not plan.doubts):
                count = state_facts(plan.statements, by=request.user, origin=Origin.FILE)
                messages.success(
                    request,
                    _("已导入%(firms)d家企业,新增或更正%(facts)d项。")
                    % {"firms": len(plan.statements), "facts": count},
                )
                return redirect("standards:home")
    context = {
        "form": form,
        "faults": plan.faults[:_SHOWN],
        "more_faults": max(0, len(plan.faults) - _SHOWN),
        "doubts": plan.doubts[:_SHOWN],
        "more_doubts": max(0, len(plan.doubts) - _SHOWN),
        "columns": columns(),
    }
    return render(request, "standards/facts_import.html", context, status=status)


def _table(request: HttpRequest) -> Table:
    file = checked(request.FILES.get("file"))
    name = file.name or ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("table.xlsx" if name.lower().endswith(".xlsx") else "table.csv")
        path.write_bytes(b"".join(file.chunks()))
        return read_table(path, name, columns())


def _template(form: str, today: dt.date) -> HttpResponse:
    """An empty table with the facts that the standards of today ask."""
    rules = shelf()
    asked = {key for one in rules.in_force(today) for key in one.inputs}
    heads = [str(column.label) for column in columns()[:3]]
    heads += [
        f"{label_of(item)}({item.unit})" if item.unit else label_of(item)
        for key, item in rules.inputs.items()
        if key in asked
    ]
    return table_file(_("企业事实"), heads, [], form)


def _year(written: str, today: dt.date) -> int:
    if written.isascii() and written.isdigit() and EARLIEST_YEAR <= int(written[:5]) <= today.year:
        return int(written)
    return today.year - 1
