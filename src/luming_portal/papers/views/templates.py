"""Templates: the kinds, one kind with its versions and placeholders, upload, preview with the worked example."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luming.errors import Fault
from luming.paperwork import (
    KINDS,
    PaperKind,
    TemplateFaults,
    example_values,
    fill,
    paper_number,
    placeholders_of,
    read_words,
)
from luming.paperwork import pdf as paper_pdf
from luming_portal.accounts.rights import Action, decide, require, visible
from luming_portal.audit.door import StaleVersion
from luming_portal.papers.forms import HeadForm
from luming_portal.papers.models import TemplateVersion
from luming_portal.papers.selectors import overview, versions_of
from luming_portal.papers.template_in_use import content_of, template_in_use
from luming_portal.papers.template_services import PaperRefused, set_letterhead, upload_template, use_template
from luming_portal.papers.views.papers import pdf_answer, word_answer
from luming_portal.uploads import guarded_upload


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """The kinds of papers, with what is in use for each."""
    require(request.user, Action.VIEW, "paper_template")
    return render(request, "papers/templates.html", {"kinds": overview(request.user)})


@require_safe
def template_page(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: versions, letterhead, placeholders with their meaning, and how a paper looks."""
    return _page(request, _kind(request, kind))


@guarded_upload
@require_POST
def template_upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Another version; all faults of the file at once."""
    of_kind = _kind(request, kind)
    require(request.user, Action.CREATE, "paper_template")
    file = request.FILES.get("file")
    if file is None or not file.size:
        return _page(request, of_kind, problem=_("没有选择文件,或文件是空的。"), status=400)
    try:
        version = upload_template(of_kind, file.read(), by=request.user, note=request.POST.get("note", ""))
    except TemplateFaults as found:
        return _page(request, of_kind, faults=found.faults, status=422)
    except PaperRefused as refused:
        return _page(request, of_kind, problem=str(refused), status=409)
    messages.success(request, _("已保存为第%d版,还没有启用。请先预览,再启用。") % version.number)
    return redirect("papers:template", of_kind.key)


@require_POST
def template_use(request: HttpRequest, kind: str) -> HttpResponse:
    """Put a version into use."""
    of_kind = _kind(request, kind)
    require(request.user, Action.CHANGE, "paper_template")
    number, version = request.POST.get("number", ""), request.POST.get("version", "")
    if not number.isdecimal() or len(number) > 6 or len(version) > 9:
        return _page(request, of_kind, problem=_("没有选择要启用的版本。"), status=400)
    try:
        use_template(
            of_kind,
            int(number),
            by=request.user,
            reason=request.POST.get("reason", "")[:500],
            expected_version=int(version) if version.isdecimal() else None,
        )
    except PaperRefused as refused:
        status = 400 if not request.POST.get("reason", "").strip() else 409
        return _page(request, of_kind, problem=str(refused), status=status)
    except StaleVersion as stale:
        return _page(request, of_kind, problem=str(stale), status=409)
    messages.success(request, _("已启用。以后制发的文书用新的模板,已制发的不变。"))
    return redirect("papers:template", of_kind.key)


@require_POST
def template_head(request: HttpRequest, kind: str) -> HttpResponse:
    """Set 机关代字, issuing office and contact."""
    of_kind = _kind(request, kind)
    require(request.user, Action.CHANGE, "paper_template")
    form = HeadForm(request.POST)
    if not form.is_valid():
        return _page(request, of_kind, form=form, status=400)
    given = form.cleaned_data
    expected = given.pop("version")
    try:
        set_letterhead(of_kind, by=request.user, expected_version=expected, **given)
    except (PaperRefused, StaleVersion) as refused:
        return _page(request, of_kind, form=form, problem=str(refused), status=409)
    messages.success(request, _("已保存。以后制发的文书用新的抬头,已制发的不变。"))
    return redirect("papers:template", of_kind.key)


@require_safe
def template_file(request: HttpRequest, kind: str, number: int, form: str) -> HttpResponse:
    """A version as it was uploaded, for editing in Word, or filled with the worked example."""
    of_kind = _kind(request, kind)
    version = _version(request, of_kind, number)
    content, used = content_of(of_kind, version)
    name = f"{of_kind.label}-{number}"
    if form == "template":
        return word_answer(content, f"{name}.docx")
    filled = _example(of_kind, content, used)
    if form == "docx":
        return word_answer(filled, f"{name}-{_('预览')}.docx")
    if form == "pdf":
        note = _("预览:演示事项,未制发")
        made = paper_pdf.render(filled, title=of_kind.label, note=note, day=timezone.localdate())
        return pdf_answer(made, f"{name}-{_('预览')}.pdf")
    raise Http404(form)


def _page(
    request: HttpRequest,
    kind: PaperKind,
    *,
    form: HeadForm | None = None,
    faults: tuple[Fault, ...] = (),
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    template = template_in_use(kind)
    head = {
        "version": template.setting_version,
        "mark": "" if template.mark_is_ours else template.mark,
        "issuer": template.issuer if template.setting_version else "",
        "contact": template.contact,
        "phone": template.phone,
    }
    asked = request.GET.get("preview", "")
    shown: TemplateVersion | None = template.version
    if asked.isdecimal() and len(asked) < 7:
        shown = _version(request, kind, int(asked))
    content, used = content_of(kind, shown)
    context: dict[str, Any] = {
        "kind": kind,
        "template": template,
        "number_example": paper_number(template.mark, timezone.localdate().year, 1),
        "versions": versions_of(request.user, kind),
        "placeholders": [(one, one.name in used) for one in placeholders_of(kind).values()],
        "words": read_words(_example(kind, content, used)),
        "shown": shown.number if shown is not None else 0,
        "form": form or HeadForm(initial=head),
        "faults": faults,
        "problem": problem,
        "may_upload": decide(request.user, Action.CREATE, "paper_template"),
        "may_set": decide(request.user, Action.CHANGE, "paper_template"),
    }
    return render(request, "papers/template.html", context, status=status)


def _example(kind: PaperKind, content: bytes, used: tuple[str, ...]) -> bytes:
    return fill(content, kind, example_values(kind), used=used, demo=True)


def _kind(request: HttpRequest, kind: str) -> PaperKind:
    require(request.user, Action.VIEW, "paper_template")
    if kind not in KINDS:
        raise Http404(kind)
    return KINDS[kind]


def _version(request: HttpRequest, kind: PaperKind, number: int) -> TemplateVersion | None:
    """The version of a number; None for 0, the template that comes with Luming.

    Raises:
        Http404: there is none.
    """
    if number == 0:
        return None
    found = visible(request.user, TemplateVersion.objects.filter(kind=kind.key, number=number)).first()
    if found is None:
        raise Http404(str(number))
    return found
