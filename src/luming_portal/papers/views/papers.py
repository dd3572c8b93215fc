"""Papers: the list, one paper with its files, making one by hand, withdrawing, and the check of a code."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.paperwork import KINDS, read_words
from luming.paperwork import pdf as paper_pdf
from luming.proof import written
from luming_portal.accounts.rights import Action, decide, require, visible
from luming_portal.cases.models import Case
from luming_portal.error_views import wants_json
from luming_portal.papers.forms import PaperForm
from luming_portal.papers.models import CasePaper
from luming_portal.papers.selectors import paper_of_code, papers_for
from luming_portal.papers.services import issue_by_hand, withdraw_paper
from luming_portal.papers.template_in_use import template_in_use
from luming_portal.papers.template_services import PaperRefused
from luming_portal.papers.values_of_case import values_of_case
from luming_portal.registers.table_file import FORMS, table_file

PAGE_SIZE = 50
LARGEST_EXPORT = 10_000
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LARGEST_CHECKED = 8 * 1024 * 1024


@require_safe
def paper_list(request: HttpRequest) -> HttpResponse:
    """The papers, newest first, with search; as a file too."""
    require(request.user, Action.VIEW, "case_paper")
    words = request.GET.get("q", "").strip()[:100]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found = papers_for(request.user, words=words, kind=kind)
    form = request.GET.get("format", "")
    if form in FORMS:
        require(request.user, Action.EXPORT, "case_paper")
        rows = [_row(one) for one in found[:LARGEST_EXPORT]]
        return table_file(_("文书-%s") % timezone.localdate().isoformat(), _heads(), rows, form)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "given": {"q": words, "kind": kind},
        "filtered": bool(words or kind),
        "kinds": CasePaper._meta.get_field("kind").choices,
        "query": request.GET.urlencode(),
        "may_export": decide(request.user, Action.EXPORT, "case_paper"),
        "may_see_templates": decide(request.user, Action.VIEW, "paper_template"),
    }
    return render(request, "papers/list.html", context)


@require_safe
def paper_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper: its words, its files, what it was made from."""
    return _paper_page(request, _paper(request, pk))


def _paper_page(request: HttpRequest, paper: CasePaper, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "paper": paper,
        "words": read_words(bytes(paper.content)),
        "code": written(paper.code),
        "problem": problem,
        "sees_case": visible(request.user, Case.objects.filter(pk=paper.case_id)).exists(),
        "may_withdraw": not paper.is_withdrawn
        and decide(request.user, Action.CHANGE, "case_paper", paper)
        and decide(request.user, Action.CHANGE, "case", paper.case),
    }
    return render(request, "papers/paper.html", context, status=status)


@require_safe
def paper_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The paper as Word file, which is the original, or as PDF for reading."""
    paper = _paper(request, pk)
    if form == "docx":
        return word_answer(bytes(paper.content), f"{paper.number}.docx")
    if form != "pdf":
        raise Http404(form)
    withdrawn = _("已撤回。") if paper.is_withdrawn else ""
    note = withdrawn + _("阅读版,以 Word 原件和加盖印章的文本为准。核验码 %s") % written(paper.code)
    made = paper_pdf.render(bytes(paper.content), title=paper.title, note=note, day=paper.issued_on)
    return pdf_answer(made, f"{paper.number}.pdf")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper back."""
    paper = _paper(request, pk)
    require(request.user, Action.CHANGE, "case_paper", paper)
    try:
        withdraw_paper(paper, by=request.user, reason=request.POST.get("reason", ""))
    except PaperRefused as refused:
        status = 400 if not request.POST.get("reason", "").strip() else 409
        return _paper_page(request, _paper(request, pk), str(refused), status)
    messages.success(request, _("已撤回“%s”,这个文号不再使用。") % paper.number)
    return redirect("papers:paper", paper.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: HttpRequest, case: int, kind: str) -> HttpResponse:
    """Make a paper of a case by hand: what the case knows is filled in, the rest is asked."""
    require(request.user, Action.CREATE, "case_paper")
    about = get_object_or_404(visible(request.user, Case.objects.select_related("stored")), pk=case)
    require(request.user, Action.CHANGE, "case", about)
    if kind not in KINDS:
        raise Http404(kind)
    of_kind, today = KINDS[kind], timezone.localdate()
    template = template_in_use(of_kind)
    known: dict[str, Any] = dict(values_of_case(about, of_kind, None, today, template.issuer))
    form = PaperForm(request.POST or None, kind=of_kind, used=template.used)
    form.initial = PaperForm.initial_of(form.asked, known)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                paper = issue_by_hand(about, of_kind, form.values(), by=request.user)
            except PaperRefused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("已制发“%s”。请下载后签发盖章。") % paper.number)
                return redirect("papers:paper", paper.pk)
    context = {"form": form, "case": about, "kind": of_kind, "template": template}
    return render(request, "papers/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a paper with this code was issued here; a file may be held against it, of which nothing is kept.

    Whoever holds the paper reads its code on it, so that number, kind and day are no news to him; no more is told.
    """
    paper = paper_of_code(code[:40])
    if paper is None:
        if wants_json(request):
            return JsonResponse({"code": code[:40], "found": False}, status=404)
        raise Http404(code)
    same: bool | None = None
    file = request.FILES.get("file") if request.method == "POST" else None
    if file is not None:
        same = (file.size or 0) <= _LARGEST_CHECKED and sha256(file.read()).hexdigest() == paper.sha256
    if wants_json(request):
        told = {
            "code": written(paper.code),
            "found": True,
            "number": paper.number,
            "kind": paper.kind,
            "issuer": paper.issuer,
            "issued_on": paper.issued_on,
            "sha256": paper.sha256,
            "withdrawn": paper.is_withdrawn,
            "demo": paper.demo,
        }
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {"paper": paper, "code": written(paper.code), "same": same, "asked": request.method == "POST"}
    return render(request, "papers/check.html", context)


def word_answer(content: bytes, name: str) -> HttpResponse:
    """A Word file for download."""
    return _answer(content, WORD_TYPE, name)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF for download."""
    return _answer(content, "application/pdf", name)


def _answer(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _paper(request: HttpRequest, pk: int) -> CasePaper:
    require(request.user, Action.VIEW, "case_paper")
    return get_object_or_404(papers_for(request.user), pk=pk)


def _heads() -> list[str]:
    return [
        _("文号"),
        _("文书种类"),
        _("标题"),
        _("主送"),
        _("事项编号"),
        _("成文日期"),
        _("发文机关"),
        _("核验码"),
        _("校验值"),
        _("状态"),
        _("数据性质"),
    ]


def _row(one: CasePaper) -> list[str | int | dt.date | None]:
    return [
        one.number,
        str(one.get_kind_display()),
        one.title,
        one.recipient,
        one.case.number,
        one.issued_on,
        one.issuer,
        written(one.code),
        one.sha256,
        _("已撤回") if one.is_withdrawn else _("已制发"),
        _("演示数据") if one.demo else "",
    ]
