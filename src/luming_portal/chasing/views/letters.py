"""Reminder letters: the list, one letter with its files and its answer, issuing, withdrawing, the letterhead."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.report import docx, letter_paper, pdf
from luming.reporting import answer_day, letter_number
from luming_portal import error_views
from luming_portal.accounts.rights import Action, decide, require
from luming_portal.audit.door import StaleVersion
from luming_portal.chasing.forms import AnswerForm, LetterForm, LetterheadForm
from luming_portal.chasing.letterheads import head_for
from luming_portal.chasing.models import Letter
from luming_portal.chasing.selectors import LETTER_STATES, escalation, letter_years, letters_for, state_of
from luming_portal.chasing.services import (
    ChasingRefused,
    answer_letter,
    issue_letter,
    set_letterhead,
    withdraw_letter,
)
from luming_portal.chasing.views.escalation import conflict
from luming_portal.documents.models import Document
from luming_portal.documents.selectors import current_version
from luming_portal.registers.table_file import FORMS, table_file
from luming_portal.reporting.selectors import months_for

PAGE_SIZE = 50
LARGEST_EXPORT = 10_000
FILES = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.render),
    "pdf": ("application/pdf", pdf.render),
}


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """The letters, newest first, with search; as a file too."""
    require(request.user, Action.VIEW, "letter")
    today = timezone.localdate()
    years = letter_years(request.user)
    words = request.GET.get("q", "").strip()[:100]
    state = request.GET.get("state", "")
    year = next((one for one in years if str(one) == request.GET.get("year", "")), None)
    state = state if state in LETTER_STATES else ""
    found = letters_for(request.user, words=words, state=state, year=year, today=today)
    form = request.GET.get("format", "")
    if form in FORMS:
        require(request.user, Action.EXPORT, "letter")
        rows = [_row(one, today) for one in found[:LARGEST_EXPORT]]
        return table_file(_("催报函-%s") % today.isoformat(), _heads(), rows, form)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "letters": [(one, state_of(one, today), state_words(one, today)) for one in page],
        "given": {"q": words, "state": state, "year": year},
        "filtered": bool(words or state or year),
        "years": years,
        "states": [(one, _state_label(one)) for one in LETTER_STATES],
        "may_set": decide(request.user, Action.CHANGE, "letter"),
        "query": request.GET.urlencode(),
    }
    return render(request, "chasing/letters.html", context)


@require_safe
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its words, its files, where it stands, and what the reader may do."""
    return _letter_page(request, _letter(request, pk))


def _letter_page(request: HttpRequest, letter: Letter, form: Any = None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    state = state_of(letter, today)
    pending = state in ("waiting", "late")
    user: Any = request.user
    answers = pending and decide(user, Action.CREATE, "letter_answer") and user.unit == letter.unit
    context = {
        "letter": letter,
        "words": letter.words(),
        "state": state,
        "state_words": state_words(letter, today),
        "form": (form or AnswerForm()) if answers else None,
        "may_withdraw": pending and decide(user, Action.CHANGE, "letter"),
    }
    return render(request, "chasing/letter.html", context, status=status)


@require_safe
def letter_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The letter as Word file or PDF, out of the words that were kept."""
    letter = _letter(request, pk)
    if kind not in FILES:
        raise Http404
    content_type, make = FILES[kind]
    withdrawal = getattr(letter, "withdrawal", None)
    paper = letter_paper(letter.words(), withdrawn_on=withdrawal.withdrawn_on if withdrawal else None)
    answer = HttpResponse(make(paper), content_type=content_type)
    name = quote(f"{letter.number}_{letter.unit}.{kind}")
    answer["Content-Disposition"] = f"attachment; filename=\"letter.{kind}\"; filename*=UTF-8''{name}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a letter to a unit about a month; before that, see what it will say."""
    require(request.user, Action.CREATE, "letter")
    month = get_object_or_404(months_for(request.user), pk=pk)
    unit = request.GET.get("unit", "")[:100]
    today = timezone.localdate()
    line = next((one for one in escalation(request.user, today, month) if one.unit == unit), None)
    if line is None:
        sentence = _("这个单位在这一期没有未报的数,不用发函。") if unit else _("没有写明发给哪个单位。")
        return error_views.bad_request(request, ValueError(sentence))
    ordinal = Letter.objects.filter(reporting_month=month, unit=unit).count() + 1
    form = LetterForm(request.POST or None, initial={"ordinal": ordinal, "answer_by": answer_day(today)})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                letter = issue_letter(month, unit, by=request.user, **form.cleaned_data)
            except ChasingRefused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("已发出“%s”。请下载后签发盖章。") % letter.number)
                return redirect("chasing:letter", letter.pk)
    head = head_for(month.document)
    context = {
        "month": month,
        "unit": unit,
        "line": line,
        "form": form,
        "head": head,
        "example": letter_number(head.mark, today.year, 1),
        "ordinal": ordinal,
    }
    return render(request, "chasing/issue.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a letter back."""
    letter = _letter(request, pk)
    require(request.user, Action.CHANGE, "letter")
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        return error_views.bad_request(request, ValueError(_("撤回催报函需要写明理由,没有撤回。")))
    try:
        withdraw_letter(letter, by=request.user, reason=reason)
    except ChasingRefused as refused:
        return conflict(request, refused)
    messages.success(request, _("已撤回“%s”,这个文号不再使用。") % letter.number)
    return redirect("chasing:letter", letter.pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit answers."""
    letter = _letter(request, pk)
    require(request.user, Action.CREATE, "letter_answer")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _letter_page(request, letter, form, 400)
    try:
        answer_letter(letter, by=request.user, text=form.cleaned_data["text"])
    except ChasingRefused as refused:
        return conflict(request, refused)
    messages.success(request, _("已答复“%s”。") % letter.number)
    return redirect("chasing:letter", letter.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: HttpRequest) -> HttpResponse:
    """Set 机关代字 and issuing office of the letters to come."""
    require(request.user, Action.CHANGE, "letter")
    version = current_version()
    document = version.document if version is not None else Document.objects.order_by("pk").first()
    if document is None:
        raise Http404
    head = head_for(document)
    initial = {"version": head.version, "mark": head.mark, "issuer": head.issuer}
    form = LetterheadForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                set_letterhead(
                    head.place,
                    by=request.user,
                    mark=given["mark"],
                    issuer=given["issuer"],
                    expected_version=given["version"],
                )
            except (StaleVersion, ChasingRefused) as problem:
                form.add_error(None, str(problem))
                status = 409
            else:
                messages.success(request, _("已保存。以后发出的催报函用新的抬头,已发出的不变。"))
                return HttpResponseRedirect(request.path)
    return render(request, "chasing/letterhead.html", {"form": form, "head": head}, status=status)


def _letter(request: HttpRequest, pk: int) -> Letter:
    require(request.user, Action.VIEW, "letter")
    return get_object_or_404(letters_for(request.user), pk=pk)


def _state_label(state: str) -> str:
    return {
        "waiting": _("待答复"),
        "late": _("逾期未答复"),
        "answered": _("已答复"),
        "withdrawn": _("已撤回"),
    }[state]


def state_words(letter: Letter, today: dt.date) -> str:
    """Where a letter stands, with the day."""
    state = state_of(letter, today)
    if state == "withdrawn":
        return _("已撤回 %s") % letter.withdrawal.withdrawn_on.isoformat()
    if state == "answered":
        return _("已答复 %s") % letter.answer.answered_on.isoformat()
    return _("待答复") if state == "waiting" else _("逾期未答复")


def _heads() -> list[str]:
    return [
        _("文号"),
        _("收函单位"),
        _("标题"),
        _("报送期"),
        _("发函日期"),
        _("答复期限"),
        _("状态"),
        _("发函原因"),
        _("答复"),
        _("撤回理由"),
        _("数据性质"),
    ]


def _row(one: Letter, today: dt.date) -> list[str | int | dt.date | None]:
    return [
        one.number,
        one.unit,
        one.title,
        str(one.reporting_month),
        one.issued_on,
        one.answer_by,
        state_words(one, today),
        one.reason,
        one.answer.text if hasattr(one, "answer") else "",
        one.withdrawal.reason if hasattr(one, "withdrawal") else "",
        _("演示数据") if one.demo else "",
    ]
