"""The files of a report: handed in, read, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luming_portal.accounts.rights import Action, require, visible
from luming_portal.attached.answer import file_answer
from luming_portal.attached.preparing import prepare
from luming_portal.reporting.file_services import attach_file, remove_file
from luming_portal.reporting.models import Report, ReportFile, ReportingMonth
from luming_portal.reporting.selectors import reports_for
from luming_portal.uploads import guarded_upload


@guarded_upload
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a photo or paper in."""
    require(request.user, Action.CREATE, "report_file")
    month = get_object_or_404(ReportingMonth, reports=pk)
    report = get_object_or_404(reports_for(request.user, month), pk=pk)
    caption = " ".join(request.POST.get("caption", "").split())[:200] or _("佐证材料")
    attach_file(report, prepare(request.FILES.get("file")), caption, by=request.user)
    messages.success(request, _("已附上“%s”。照片里的拍摄地点等信息已去掉。") % caption)
    return _back(report)


@require_safe
def read(request: HttpRequest, name: str) -> HttpResponse:
    """The file."""
    found = get_object_or_404(visible(request.user, ReportFile.objects.all()), name=name)
    return file_answer(request, found)


@require_POST
def remove(request: HttpRequest, name: str) -> HttpResponse:
    """Take a file back."""
    require(request.user, Action.DELETE, "report_file")
    files = visible(request.user, ReportFile.objects.select_related("report__reporting_month"))
    found = get_object_or_404(files, name=name)
    remove_file(found, by=request.user)
    messages.success(request, _("已撤下“%s”。") % found.caption)
    return _back(found.report)


def _back(report: Report) -> HttpResponse:
    sheet = reverse("reporting:sheet", args=[report.reporting_month_id])
    return HttpResponseRedirect(f"{sheet}#report-{report.pk}")
