"""One record: page and JSON twin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from luming_portal import error_views
from luming_portal.accounts.rights import Action, decide
from luming_portal.audit.selectors import history_of
from luming_portal.registers import export
from luming_portal.registers.catalog import register_or_404
from luming_portal.registers.detail import facts_about, is_aside, read, shown_columns
from luming_portal.registers.register import Register
from luming_portal.registers.source_words import source_html
from luming_portal.registers.views.lists import wanted_format


@require_safe
@vary_on_headers("Accept", "Cookie")
def record_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One record with its source, certainty, figures and history."""
    register = register_or_404(slug)
    record = get_object_or_404(register.records(request.user).select_related(*register.select), pk=pk)
    form = wanted_format(request)
    if form == "json":
        return _json(request, register, record)
    if form != "html":
        return error_views.bad_request(request, ValueError(_("单条记录只提供页面和 JSON;表格请从列表导出。")))
    shown = shown_columns(register, request.user, record)
    context = {
        "register": register,
        "record": record,
        "said": [one for one in shown if not is_aside(one)],
        "unfilled": [one for one in shown if not is_aside(one) and not one.html],
        "kept": [
            one
            for one in shown
            if is_aside(one) and one.column.key not in ("source", "source_key", "mark", "demo")
        ],
        "source": source_html(getattr(record, "source", None)),
        "facts": facts_about(request.user, str(record)) if register.noun in _SUBJECTS else [],
        "history": history_of(record, request.user),
        "may_history": decide(request.user, Action.HISTORY, register.noun, record),
        "may_change": decide(request.user, Action.CHANGE, register.noun, record) if register.form else None,
        "may_delete": decide(request.user, Action.DELETE, register.noun, record),
        **(register.extra["context"](request, record) if "context" in register.extra else {}),
    }
    return render(request, register.detail_template, context)


_SUBJECTS = frozenset({"enterprise", "institution", "project"})


def _json(request: HttpRequest, register: Register, record: Any) -> HttpResponse:
    columns = register.columns_for(request.user)
    row = (record.pk, record.version, *(read(record, column) for column in columns))
    return HttpResponse(export.json_record(columns, row) + "\n", content_type=export.TYPES["json"])
