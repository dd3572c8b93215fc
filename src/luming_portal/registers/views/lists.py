"""A register as a list: page, JSON twin, files, filter panel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from luming_portal import error_views
from luming_portal.accounts.rights import Action, decide, require
from luming_portal.accounts.roles import Level
from luming_portal.audit.door import change
from luming_portal.registers import export
from luming_portal.registers.catalog import register_or_404
from luming_portal.registers.column import Column
from luming_portal.registers.counting import count_of
from luming_portal.registers.filter_panel import filter_panel
from luming_portal.registers.register import Register
from luming_portal.registers.rows import page_values, records, values
from luming_portal.registers.selectors import default_view, views_for
from luming_portal.registers.state import PAGE_SIZES, ListState, read_state
from luming_portal.registers.table import heads, read_columns, rows

FREE_ROWS = 100
"""Beyond so many records a file with firms' or personal data needs a reason (mechanisms §13)."""
ALL_COLUMNS = "all"
_ACCEPTED = {"application/json": "json", "text/csv": "csv", export.XLSX: "xlsx"}


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator that is told the count."""

    def __init__(self, found: Any, size: int, count: int) -> None:
        self._count = count
        super().__init__(found, size)

    @cached_property
    def count(self) -> int:
        """How many records there are."""
        return self._count


@require_safe
@vary_on_headers("Accept", "Cookie")
def record_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A register as a list, or as a file of the same state."""
    register = register_or_404(slug)
    require(request.user, Action.VIEW, register.noun)
    form = wanted_format(request)
    if form is None:
        return error_views.bad_request(
            request, ValueError(_("format 只能是 xlsx、csv 或 json。没有导出任何内容。"))
        )
    if form == "html":
        return _page(request, register)
    given = request.GET.copy()
    if given.get("columns") == ALL_COLUMNS:
        given["columns"] = ",".join(column.key for column in register.columns_for(request.user))
    state = read_state(register, request.user, given)
    if form == "json" and ("page" in given or "format" not in given):
        return _json_page(request, register, state)
    return _file(request, register, state, form)


def wanted_format(request: HttpRequest) -> str | None:
    """How the answer is wanted: by the address, else by the Accept header; None for what we do not make."""
    named = request.GET.get("format")
    if named is not None:
        return named if named in export.TYPES else None
    first = request.headers.get("accept", "").split(",")[0].split(";")[0].strip()
    return _ACCEPTED.get(first, "html")


def _page(request: HttpRequest, register: Register) -> HttpResponse:
    if not request.GET and (address := _opening_address(request, register)):
        return HttpResponseRedirect(f"{request.path}?{address}")
    state = read_state(register, request.user, request.GET)
    _remember_columns(request, register, state)
    found = records(register, request.user, state)
    page = page_of(register, found, state)
    read = page_values(
        found, (page.number - 1) * state.size, state.size, read_columns(register, state.columns)
    )
    listed = rows(register, state.columns, read)
    may_bulk = not register.append_only and bool(decide(request.user, Action.BULK, register.noun))
    query = state.query(page=1)
    context = {
        "register": register,
        "state": state,
        "query": query,
        "hidden": _hidden(state),
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "rows": listed,
        "heads": heads(state),
        "chips": [(one.words, state.without(one) or "q=") for one in state.filters],
        "plain": state.query(filters=(), search="", page=1) or "q=",
        "unsearched": state.query(search="", page=1) or "q=",
        "columns": register.columns_for(request.user),
        "shown": {column.key for column in state.columns},
        "sizes": PAGE_SIZES,
        "views": views_for(request.user, register, query),
        "may_bulk": may_bulk,
        "may_export": decide(request.user, Action.EXPORT, register.noun),
        "may_create": decide(request.user, Action.CREATE, register.noun) if register.form else None,
        "may_import": decide(request.user, Action.IMPORT, register.noun),
        "today": timezone.localdate(),
    }
    return render(request, "registers/list.html", context)


def page_of(register: Register, found: Any, state: ListState) -> Page[Any]:
    """The page of the state; the last one where there are fewer."""
    return CountedPaginator(found, state.size, count_of(register, found)).get_page(state.page)


def _opening_address(request: HttpRequest, register: Register) -> str:
    """With what a list opens when nothing is asked: the person's default view, else the columns chosen last."""
    view = default_view(request.user, register)
    if view is not None and view.query:
        return view.query
    kept = request.session.get(_columns_key(register), "")
    return f"columns={kept}" if kept else ""


def _remember_columns(request: HttpRequest, register: Register, state: ListState) -> None:
    if not request.user.is_authenticated or not state.own_columns:
        return
    chosen = ",".join(column.key for column in state.columns)
    if request.session.get(_columns_key(register)) != chosen:
        request.session[_columns_key(register)] = chosen


def forget_columns(request: HttpRequest, register: Register) -> None:
    """Go back to the usual columns."""
    request.session.pop(_columns_key(register), None)


def _columns_key(register: Register) -> str:
    return f"columns:{register.slug}"


def _hidden(state: ListState) -> list[tuple[str, str]]:
    """The state as hidden fields of a form that changes one part of it."""
    fields = [(name, value) for one in state.filters for name, value in one.parameters]
    if state.sort:
        fields.append(("sort", ",".join(state.sort)))
    if state.own_columns:
        fields.append(("columns", ",".join(column.key for column in state.columns)))
    if state.size != PAGE_SIZES[1]:
        fields.append(("size", str(state.size)))
    return fields


@require_safe
def record_filters(request: HttpRequest, slug: str) -> HttpResponse:
    """The filter panel of a list: fetched when it is opened, a page of its own without script."""
    register = register_or_404(slug)
    require(request.user, Action.VIEW, register.noun)
    state = read_state(register, request.user, request.GET)
    context = {
        "register": register,
        "state": state,
        "groups": filter_panel(register, request.user, state),
        "kept": [
            (name, value)
            for name, value in _hidden(replace(state, filters=()))
            if name in ("sort", "columns", "size")
        ],
    }
    template = "registers/_filters.html" if request.headers.get("hx-request") else "registers/filters.html"
    return render(request, template, context)


# --- JSON twin and files ----------------------------------------------------------------------------------------------


def _json_page(request: HttpRequest, register: Register, state: ListState) -> HttpResponseBase:
    found = records(register, request.user, state)
    page = page_of(register, found, state)
    read = page_values(found, (page.number - 1) * state.size, state.size, state.columns)
    refusal = _reason_needed(request, register, state.columns, len(read), "json")
    if refusal is not None:
        return refusal
    head = {
        **_json_head(register, state, page.paginator.count),
        "page": page.number,
        "pages": page.paginator.num_pages,
        "size": state.size,
        "next": f"{request.path}?{state.query(page=page.number + 1)}" if page.has_next() else None,
    }
    stream = export.json_stream(head, state.columns, read)
    return HttpResponse(b"".join(stream), content_type=export.TYPES["json"])


def _json_head(register: Register, state: ListState, count: int) -> dict[str, Any]:
    return {
        "register": register.slug,
        "label": str(register.label),
        "count": count,
        "query": state.query(page=1),
        "columns": [
            {
                "key": column.key,
                "label": str(column.label),
                "kind": column.kind.value,
                "unit": str(column.unit),
            }
            for column in state.columns
        ],
        "faults": list(state.faults),
    }


def _file(request: HttpRequest, register: Register, state: ListState, form: str) -> HttpResponseBase:
    require(request.user, Action.EXPORT, register.noun)
    found = records(register, request.user, state, Action.EXPORT)
    count = count_of(register, found)
    refusal = _reason_needed(request, register, state.columns, count, form)
    if refusal is not None:
        return refusal
    _record_export(request, register, state, form, count)
    rows_of_file = values(found, state.columns)
    name = export.file_name(register, timezone.localdate(), form)
    if form == "xlsx":
        book = export.workbook(register, state.columns, rows_of_file)
        return FileResponse(book, as_attachment=True, filename=name, content_type=export.XLSX)
    if form == "csv":
        stream = export.csv_stream(state.columns, rows_of_file)
    else:
        stream = export.json_stream(_json_head(register, state, count), state.columns, rows_of_file)
    response = StreamingHttpResponse(stream, content_type=export.TYPES[form])
    kind = "inline" if form == "json" else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    return response


def _reason_needed(
    request: HttpRequest, register: Register, columns: tuple[Column, ...], count: int, form: str
) -> HttpResponse | None:
    """The page that asks for a reason, where many records with firms' or personal data leave the register."""
    guarded = [column for column in columns if column.level >= Level.FIRM]
    if count <= FREE_ROWS or not guarded or request.GET.get("reason", "").strip():
        return None
    names = _("、").join(str(column.label) for column in guarded)
    sentence = _(
        "要导出的%(count)d条含有%(names)s。超过%(most)d条时须写明理由,理由和导出人一起记入审计日志。没有导出任何内容。"
    ) % {"count": count, "names": names, "most": FREE_ROWS}
    if form == "json" or error_views.wants_json(request):
        return error_views.bad_request(request, ValueError(sentence + _("请在地址里加上 reason=理由。")))
    context = {
        "register": register,
        "sentence": sentence,
        "fields": [
            (name, value) for name in request.GET for value in request.GET.getlist(name) if name != "reason"
        ],
    }
    return render(request, "registers/export_reason.html", context, status=400)


def _record_export(request: HttpRequest, register: Register, state: ListState, form: str, count: int) -> None:
    with change(request.GET.get("reason", "")[:500]) as changes:
        changes.event(
            "register.exported",
            str(register.label),
            register=register.slug,
            format=form,
            count=count,
            query=state.query(page=1),
            columns=[column.key for column in state.columns],
        )
