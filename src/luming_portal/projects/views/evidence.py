"""Photos and papers of a project: handed in, described, removed; and the files themselves, as far as rights reach."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming_portal.accounts.rights import visible
from luming_portal.attached.answer import file_answer
from luming_portal.attached.preparing import prepare
from luming_portal.projects.forms import EvidenceForm
from luming_portal.projects.models import Evidence
from luming_portal.projects.services.progress import add_evidence
from luming_portal.projects.views.progress import back, edited, line_page, project_of
from luming_portal.uploads import UploadRefused, guarded_upload


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request: HttpRequest, project: int) -> HttpResponse:
    """Hand in a photo or paper."""
    owner = project_of(request, project)
    form = EvidenceForm(request.POST or None, request.FILES or None, instance=Evidence(project=owner))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                upload = prepare(form.cleaned_data["file"])
            except UploadRefused as refused:
                form.add_error("file", str(refused))
                status = 413 if refused.too_large else 400
            else:
                add_evidence(form.instance, upload, by=request.user, reason=form.cleaned_data["reason"])
                messages.success(request, _("已保存。照片里的拍摄地点等信息已去掉。"))
                return back(owner)
    return line_page(request, owner, form, status)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_change(request: HttpRequest, project: int, pk: int) -> HttpResponse:
    """Change what is said of a photo or paper, or remove it."""
    owner = project_of(request, project)
    return edited(request, owner, EvidenceForm, get_object_or_404(Evidence, project=owner, pk=pk))


@require_safe
def evidence_file(request: HttpRequest, name: str) -> HttpResponse:
    """The file."""
    found = get_object_or_404(visible(request.user, Evidence.objects.all()), name=name)
    return file_answer(request, found)
