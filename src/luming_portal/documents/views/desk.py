"""The desk: the whole page, and one sentence or measure of it at a time.

Every button works as a plain form; with script the same answers replace one sentence or one measure of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luming.desk import (
    CURVES,
    HEAD_FIELDS,
    MARKS,
    DeskFaults,
    like_indicators,
    like_last_year,
    proposed_indicator,
)
from luming.errors import Fault
from luming.facts import Frequency, IndicatorKind
from luming.pack import BindingStatus, CommitmentKind, Comparator
from luming_portal.accounts.rights import Action, require
from luming_portal.documents.drafts import head_token
from luming_portal.documents.operations import SENTENCE
from luming_portal.documents.services import (
    PartChanged,
    SentenceChanged,
    anchor_at,
    change_head,
    undo,
    work_on_measure,
    work_on_sentence,
)
from luming_portal.documents.shown import Conflict, MeasureRows, Row, cuts_of
from luming_portal.documents.views.page import DeskPage

PANELS = ("correct", "reject", "add", "explain", "split", "bind", "target")
_SHOWN_WORDS = {
    "label": gettext_lazy("内容"),
    "value": gettext_lazy("数值"),
    "unit": gettext_lazy("单位"),
    "deadline": gettext_lazy("时限"),
    "basis": gettext_lazy("判断口径"),
    "note": gettext_lazy("备注"),
    "reason": gettext_lazy("理由"),
    "mechanism": gettext_lazy("机制"),
    "reference": gettext_lazy("说明"),
    "quote": gettext_lazy("原话"),
}


@require_GET
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole desk, or the sentences that are not done, or those with some words."""
    page = DeskPage(request, pk)
    show, words = request.GET.get("show", ""), request.GET.get("q", "").strip()
    measures = [_narrowed(one, show == "open", words) for one in page.measures()]
    found = [one for one in measures if one.rows or not (show or words)]
    return render(
        request,
        "documents/desk.html",
        page.context(measures=found, all_measures=measures, show=show, q=words, **_choices()),
    )


@require_http_methods(["GET", "POST"])
def sentence(request: HttpRequest, pk: int, start: int) -> HttpResponse:
    """One sentence: with a panel open (GET), or after something was done on it (POST)."""
    page = DeskPage(request, pk)
    if request.method == "GET":
        anchor = anchor_at(page.desk, start)
        if not anchor:
            raise Http404
        panel = request.GET.get("panel", "")
        return _row(request, page, anchor, panel if panel in PANELS else "", request.GET.dict())
    require(request.user, Action.CHANGE, "document", page.draft.document)
    do, fields = read_deed(request.POST.get("do", ""), {**request.POST.dict()})
    panel = fields.get("panel", "")
    token = fields.get("token", "")
    try:
        needs_last_year = page.last_year if do == "continues" else None
        after = work_on_sentence(
            page.draft, start, do, fields, token, by=request.user, last_year=needs_last_year
        )
    except SentenceChanged as problem:
        return _conflict(request, page, problem, start, panel, fields)
    except DeskFaults as problem:
        anchor = anchor_at(page.desk, start)
        if not anchor:
            raise Http404 from problem
        return _row(request, page, anchor, panel, fields, faults=problem.faults, status=422)
    page.show(after)
    if not request.htmx:  # type: ignore[attr-defined]
        return _back(pk, start)
    if SENTENCE[do].divides:
        anchor = anchor_at(after, start)
        return _measure(request, page, after.sentence(anchor)[0].id, retarget=True)
    return _row(request, page, anchor_at(after, start), "", {})


@require_POST
def measure(request: HttpRequest, pk: int, measure: str) -> HttpResponse:
    """Something done on a whole measure."""
    page = DeskPage(request, pk)
    require(request.user, Action.CHANGE, "document", page.draft.document)
    fields = request.POST.dict()
    try:
        page.show(work_on_measure(page.draft, measure, fields.get("do", ""), fields, by=request.user))
    except PartChanged as problem:
        page.show(problem.desk)
        told = (str(problem),)
        return _measure(
            request, page, measure, told=told, sent=fields, opened=fields.get("do", ""), status=409
        )
    except DeskFaults as problem:
        if measure not in {one.id for one in page.desk.measures}:
            raise Http404 from problem
        return _measure(
            request,
            page,
            measure,
            faults=problem.faults,
            sent=fields,
            opened=fields.get("do", ""),
            status=422,
        )
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("documents:desk", args=[pk]) + f"#measure-{measure}")
    return _measure(request, page, measure)


@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the document."""
    page = DeskPage(request, pk)
    require(request.user, Action.CHANGE, "document", page.draft.document)
    present = page.desk.document
    values = {name: getattr(present, name) for name in HEAD_FIELDS}
    values["issuer"] = "、".join(present.issuer)
    faults: Sequence[Fault] = ()
    told, now, status = "", {}, 200
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in HEAD_FIELDS if name in request.POST}
        try:
            change_head(page.draft, typed, by=request.user, token=request.POST.get("token", ""))
        except DeskFaults as problem:
            faults, values, status = problem.faults, {**values, **typed}, 422
        except PartChanged as problem:
            told, now, values, status = str(problem), values, {**values, **typed}, 409
        else:
            messages.success(request, _("文件抬头已保存。"))
            return HttpResponseRedirect(reverse("documents:desk", args=[pk]))
    fields = [
        (name, label, values[name], now[name] if now and str(now[name]) != str(values[name]) else "")
        for name, label in HEAD_FIELDS.items()
    ]
    context = page.context(fields=fields, faults=faults, told=told, token=head_token(page.desk))
    return render(request, "documents/head.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: one's own last step, or a named one."""
    page = DeskPage(request, pk)
    number = request.POST.get("number", "")
    try:
        step = undo(page.draft, by=request.user, number=int(number) if number.isdigit() else None)
    except DeskFaults as problem:
        for fault in problem.faults:
            messages.error(request, fault.sentence())
        return HttpResponseRedirect(reverse("documents:steps", args=[pk]))
    messages.success(request, _("已撤销：%s") % step.label)
    return _back(pk, step.place, _measure_of(step.made))


@require_GET
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """The last steps of the work, each of which can be taken back."""
    page = DeskPage(request, pk)
    return render(request, "documents/steps.html", page.context(steps=page.draft.steps.all()[:100]))


def read_deed(word: str, fields: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """What a button means: `accept:m01_1` is `accept` on that proposal. The rest of the form stays.

    >>> read_deed("unbind:0", {})
    ('unbind', {'position': '0'})
    """
    do, *parts = word.split(":")
    read = dict(fields)
    names = {
        "accept": ("item",),
        "restore": ("item",),
        "create_indicator": ("item",),
        "unbind": ("position",),
        "withdraw": ("start", "end"),
        "split": ("at",),
        "link": ("item", "indicator"),
        "bind": ("mechanism", "status", "reference"),
    }.get(do, ())
    read.update({name: part for name, part in zip(names, parts, strict=False) if part or len(parts) > 1})
    return do, read


def _measure_of(made: Sequence[Mapping[str, str]]) -> str:
    """The measure that a step speaks of, by the keys of what it changed; "" where it speaks of none."""
    for one in made:
        kind, *parts = one["key"].split("|")
        if kind in ("measure", "duty", "sentence"):
            return parts[0]
    return ""


def _back(pk: int, start: int, measure: str = "") -> HttpResponseRedirect:
    mark = f"#s-{start}" if start >= 0 else f"#measure-{measure}" if measure else ""
    return HttpResponseRedirect(reverse("documents:desk", args=[pk]) + mark)


def _narrowed(one: MeasureRows, only_open: bool, words: str) -> MeasureRows:
    rows = [
        row
        for row in one.rows
        if (not only_open or row.is_open)
        and (not words or words in row.sentence.quote or words == row.anchor)
    ]
    return MeasureRows(one.measure, rows, one.duty, one.token)


def _row(
    request: HttpRequest,
    page: DeskPage,
    anchor: str,
    panel: str,
    sent: Mapping[str, str],
    *,
    faults: Sequence[Fault] = (),
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The row of a sentence by itself (with script), or on a page of its own."""
    shown = page.measure(page.desk.sentence(anchor)[0].id)
    row = next(one for one in shown.rows if one.anchor == anchor)
    context = page.context(
        one=shown, row=row, panel=panel, sent=sent, faults=faults, conflict=conflict,
        **_choices(), **_panel(page, row, panel, sent),
    )  # fmt: skip
    partial = bool(request.htmx)  # type: ignore[attr-defined]
    template = "documents/row_answer.html" if partial else "documents/sentence.html"
    return render(request, template, context, status=status)


def _measure(
    request: HttpRequest, page: DeskPage, id: str, *, retarget: bool = False, status: int = 200, **more: Any
) -> HttpResponse:
    context = page.context(one=page.measure(id), **_choices(), **more)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "documents/measure_page.html", context, status=status)
    answer = render(request, "documents/measure_answer.html", context, status=status)
    if retarget:
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#measure-{id}", "outerHTML"
    return answer


def _conflict(
    request: HttpRequest,
    page: DeskPage,
    problem: SentenceChanged,
    start: int,
    panel: str,
    fields: Mapping[str, str],
) -> HttpResponse:
    """409 with both states: the sentence as it stands now, and what was sent, ready to be sent again."""
    page.show(problem.desk)
    sent = {str(label): fields[name] for name, label in _SHOWN_WORDS.items() if fields.get(name)}
    do = SENTENCE.get(read_deed(fields.get("do", ""), {})[0])
    if do is not None:
        sent = {_("操作"): do.label, **sent}
    conflict = Conflict(str(problem), sent)
    anchor = problem.anchor or _covering(page, start)
    return _row(request, page, anchor, panel, fields, conflict=conflict, status=409)


def _covering(page: DeskPage, start: int) -> str:
    """The sentence that now holds the place where the one that was worked on began."""
    for one in page.desk.sentences():
        if one.start <= start < one.end:
            return one.id
    raise Http404


def _choices() -> dict[str, Any]:
    return {
        "kinds": [(one.value, one.label) for one in CommitmentKind],
        "comparators": [(one.value, one.label) for one in Comparator],
        "statuses": [
            (one.value, one.label) for one in BindingStatus if one is not BindingStatus.NOT_SOFTWARE
        ],
        "duty_marks": [(one.value, one.label) for one in MARKS],
    }


def _panel(page: DeskPage, row: Row, panel: str, sent: Mapping[str, str]) -> dict[str, Any]:
    """What the open panel needs beyond the row."""
    if panel == "split":
        return {"cuts": cuts_of(row.sentence)}
    if panel == "add":
        at = sent.get("start", "")
        return {"number": next((one for one in row.loose if str(one.start) == at), None)}
    if panel == "explain":
        at = sent.get("start", "")
        return {"number": next((one for one in row.loose if str(one.start) == at), None)}
    shown = next((one for one in row.proposals if one.item.id == sent.get("item")), None)
    if panel in ("correct", "reject", "target") and shown is None:
        return {"panel": ""}
    if panel != "target" or shown is None:
        return {"shown": shown}
    id = shown.item.id
    return {
        "shown": shown,
        "like": like_indicators(page.desk, id),
        "indicators": page.desk.indicators,
        "proposed": proposed_indicator(page.desk, id),
        "indicator_kinds": [(one.value, one.label) for one in IndicatorKind],
        "frequencies": [(one.value, one.label) for one in Frequency],
        "curves": CURVES.items(),
        "months": range(1, 13),
        "old": like_last_year(page.desk, id, page.last_year) if page.last_year else (),
        "last_year": page.last_year,
    }
