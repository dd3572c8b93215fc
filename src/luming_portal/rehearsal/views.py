"""Pages of rehearsals: pick a rule or a draft, turn its numbers, see what it would do; take it out as a paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming.budget import in_words
from luming.errors import FaultyInput
from luming.rehearsal import LONGEST, Knob, knobs, measure_of, span_of, standard_file, touched, turned
from luming.report import docx, pdf
from luming_portal.accounts.rights import Action, require, visible
from luming_portal.documents.models import Draft
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version
from luming_portal.enterprises.models import Enterprise
from luming_portal.registers.table_file import FORMS, table_file
from luming_portal.rehearsal.paper import CAUTION, LISTS, compose, moved, signed_span, span
from luming_portal.rehearsal.services import record_paper
from luming_portal.rehearsal.trying import Tried, rules, try_draft, try_texts, try_words

PAPERS = {
    "docx": (docx.render, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf.render, "application/pdf"),
}
SHOWN = 30
"""Firms that a list on the page shows before it is unfolded."""
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Turned:
    """A number of a rule with what was typed for it."""

    knob: Knob
    value: str

    @property
    def name(self) -> str:
        """The field of the form."""
        return f"k{self.knob.id}"

    @property
    def moved(self) -> bool:
        """Whether it is another number now."""
        return self.value.strip().replace(",", "") != self.knob.written.replace(",", "")


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """Items by document, standards, and drafts on the desk."""
    require(request.user, Action.VIEW, "rehearsal")
    today = timezone.localdate()
    held = rules()
    version = current_version()
    pack = pack_of(version) if version is not None else None
    documents: dict[str, list[Any]] = {}
    for one in held.catalogue.in_force(today):
        documents.setdefault(f"{one.source.title} {one.source.number}".strip(), []).append(one)
    context = {
        "documents": documents,
        "measures": pack.measures if pack else (),
        "version": version,
        "standards": [one for one in held.catalogue.standards.all_in_force(today) if one.rule is not None],
        "drafts": visible(
            request.user, Draft.objects.filter(state=Draft.State.OPEN).select_related("document")
        ).defer("desk"),
    }
    return render(request, "rehearsal/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One item of support: its numbers to be turned, or its file's text to be rewritten."""
    require(request.user, Action.VIEW, "rehearsal")
    held = rules()
    one = held.catalogue.items.get(key)
    if one is None or key not in held.files:
        raise Http404
    name, text = held.files[key]
    version = current_version()
    clause = None
    if version is not None:
        pack = pack_of(version)
        clause = next(iter(touched(pack, (one,))), None) if measure_of(pack, one) else None
    usual = _last_day(one.starts, one.ends)
    return _rule(request, one.name, name, text, knobs(text, key), {"item": one, "clause": clause}, usual)


@require_http_methods(["GET", "HEAD", "POST"])
def standard(request: HttpRequest, name: str) -> HttpResponse:
    """One version of a standard, in the same way."""
    require(request.user, Action.VIEW, "rehearsal")
    held = rules()
    one = held.catalogue.standards.named(name)
    found = standard_file(held.roots, one) if one is not None else None
    if one is None or found is None:
        raise Http404
    usual = _last_day(one.starts, one.ends)
    return _rule(request, one.about.label, found[0], found[1], knobs(found[1]), {"standard": one}, usual)


@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: HttpRequest, measure: str) -> HttpResponse:
    """One measure of the document in force: its words to be rewritten, and what the new numbers would do."""
    require(request.user, Action.VIEW, "rehearsal")
    version = current_version()
    pack = pack_of(version) if version is not None else None
    one = next((found for found in pack.measures if found.id == measure), None) if pack else None
    if version is None or pack is None or one is None or not pack.text:
        raise Http404
    start, end = span_of(one)
    words, today = pack.text[start:end], timezone.localdate()
    title = _("推演:%s") % f"{one.number}{one.title}"
    context: dict[str, Any] = {
        "title": title,
        "measure": one,
        "document": version.document,
        "words": words,
        "today": today,
    }
    given = request.POST.get("words", "").replace("\r\n", "\n")
    if not given.strip() or given == words:
        return render(request, "rehearsal/rule.html", context)
    context["words"] = given[:LONGEST]
    try:
        tried = try_words(request.user, version, measure, given, today)
    except FaultyInput as refused:
        context["faults"] = [fault.sentence() for fault in refused.faults]
        return render(request, "rehearsal/rule.html", context, status=400)
    except ValueError:
        context["faults"] = [_("文字太长,没有推演。")]
        return render(request, "rehearsal/rule.html", context, status=400)
    return _taken_out(request, title, tried, today) or render(
        request, "rehearsal/rule.html", {**context, **_shown(tried), "unchanged": not tried.changes}
    )


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft on the desk: its changed numbers and what they would do."""
    require(request.user, Action.VIEW, "rehearsal")
    one = get_object_or_404(
        visible(
            request.user, Draft.objects.filter(state=Draft.State.OPEN).select_related("document", "base")
        ),
        pk=pk,
    )
    today = timezone.localdate()
    title = _("推演:%s") % one.document
    context: dict[str, Any] = {"draft": one, "title": title, "today": today}
    try:
        tried = try_draft(request.user, one, today)
    except FaultyInput as refused:
        context["faults"] = [fault.sentence() for fault in refused.faults]
        return render(request, "rehearsal/rule.html", context)
    return _taken_out(request, title, tried, today) or render(
        request, "rehearsal/rule.html", {**context, **_shown(tried)}
    )


def _rule(
    request: HttpRequest,
    label: str,
    name: str,
    text: str,
    known: tuple[Knob, ...],
    context: dict[str, Any],
    usual: dt.date,
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    today = timezone.localdate()
    day = _day(given.get("day", ""), usual)
    rows = [Turned(knob, given.get(f"k{knob.id}", knob.written)[:40]) for knob in known]
    rewritten = request.POST.get("text", "").replace("\r\n", "\n")[:_LONGEST]
    main = [row for row in rows if row.knob.path.startswith(("rule", "condition", "amount", "cap"))]
    title = _("推演:%s") % label
    context |= {
        "title": title,
        "file": name,
        "main": main,
        "rest": [row for row in rows if row not in main],
        "text": rewritten or text,
        "today": today,
        "day": day,
        "query": request.GET.urlencode(),
    }
    changed = {row.knob.id: row.value for row in rows if row.moved}
    if not changed and rewritten in ("", text):
        return render(request, "rehearsal/rule.html", context)
    try:
        new = (
            rewritten
            if rewritten not in ("", text)
            else turned(text, {knob.id: knob for knob in known}, changed)
        )
        tried = try_texts(request.user, {name: new}, day)
    except FaultyInput as refused:
        context["faults"] = [fault.sentence() for fault in refused.faults]
        return render(request, "rehearsal/rule.html", context, status=400)
    return _taken_out(request, title, tried, today) or render(
        request, "rehearsal/rule.html", {**context, **_shown(tried)}
    )


def _last_day(starts: dt.date | None, ends: dt.date | None) -> dt.date:
    """The day a rule is tried on unless another is asked: today, or the day of its force that is nearest."""
    today = timezone.localdate()
    if ends is not None and ends < today:
        return ends
    return starts if starts is not None and starts > today else today


def _day(written: str, usual: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(written) if written else usual
    except ValueError:
        return usual


def _shown(tried: Tried) -> dict[str, Any]:
    found = tried.found
    return {
        "tried": tried,
        "found": found,
        "caution": CAUTION,
        "before": span(found.before),
        "after": span(found.after),
        "difference": signed_span(found.difference),
        "items": [
            {
                "one": one,
                "before": span(one.before),
                "after": span(one.after),
                "each": tuple(span(money) for money in one.each),
                "lists": [(label, getattr(one, name)) for name, label in LISTS if getattr(one, name)],
            }
            for one in found.items
        ],
        "standards": [
            {
                "one": one,
                "lists": [
                    (label, firms)
                    for label, firms in (
                        ("新达到", one.gained),
                        ("不再达到", one.lost),
                        ("判断改变", one.unsure),
                    )
                    if firms
                ],
            }
            for one in found.standards
        ],
        "document": tried.version.document if tried.version else None,
        "shown": SHOWN,
    }


def _taken_out(request: HttpRequest, title: str, tried: Tried, today: dt.date) -> HttpResponse | None:
    """The rehearsal as a file, where the address asks for one."""
    form = request.POST.get("format", "") or request.GET.get("format", "")
    if form not in (*PAPERS, *FORMS):
        return None
    require(request.user, Action.EXPORT, "rehearsal")
    record_paper(title, tried.found, form, by=request.user)
    name = f"{title}_{today:%Y%m%d}".replace(":", "_").replace("/", "_")
    if form in FORMS:
        heads = [
            _("事项或标准"),
            _("变动"),
            _("企业"),
            _("旗县区"),
            _("原来"),
            _("改后"),
            _("金额变化(少)"),
            _("金额变化(多)"),
        ]
        rows: list[list[str | int | dt.date | None]] = [
            [
                label,
                what,
                one.firm.name,
                one.firm.district,
                one.before,
                one.after,
                in_words(one.low),
                in_words(one.high),
            ]
            for label, what, one in moved(tried.found)
        ]
        return table_file(_("推演"), heads, rows, form)
    write, kind = PAPERS[form]
    issuer = getattr(request.user, "unit", "") or _("领导小组办公室")
    demo = any(one.demo for one in _of_demo(request))
    content = write(compose(title, tried, issuer, demo=demo, today=today))
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return answer


def _of_demo(request: HttpRequest) -> Any:
    """Invented firms among those that the rehearsal asked."""
    return visible(request.user, Enterprise.objects.filter(demo=True))[:1]
