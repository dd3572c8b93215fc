"""Pages of the month's workbook: hand it out, take it back, look it over, confirm; and hand it back with its faults."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming.errors import FactsFaults
from luming_portal.accounts.rights import Action, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.accounts.selectors import signed_in
from luming_portal.audit.door import StaleVersion
from luming_portal.middleware.body_limit import too_large
from luming_portal.registers.export import XLSX
from luming_portal.registers.models import StagedImport
from luming_portal.registers.plan import Plan, problems_by_row
from luming_portal.registers.reading import MOST_ROWS
from luming_portal.registers.staging import PlanChanged
from luming_portal.reporting.book_marks import marked_book
from luming_portal.reporting.book_planning import plan_book
from luming_portal.reporting.book_services import SLUG, book_of, confirm_book, hand_out, stage_book
from luming_portal.reporting.models import ReportingMonth
from luming_portal.reporting.selectors import months_for, reports_for
from luming_portal.uploads import UploadRefused, guarded_upload

_SHOWN = 200
_ENDINGS = (".xlsx", ".xlsm")


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook: one's own rows for a unit; for the office all units, or the one asked for."""
    month = _month(request, pk)
    require(request.user, Action.EXPORT, "report")
    own = role_of(request.user) is Role.DEPARTMENT
    unit = signed_in(request).unit if own else request.GET.get("unit", "")[:100]
    reports = reports_for(request.user, month).order_by("unit", "position", "pk")
    rows = list(reports.filter(unit=unit) if unit or own else reports)
    if not rows:
        messages.info(request, _("没有可以放进工作簿的报送项。"))
        return redirect("reporting:sheet", month.pk)
    return _file(hand_out(month, rows, by=request.user), f"{month}-{unit or _('各单位')}.xlsx")


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a filled workbook in; what waits from before is named."""
    month = _month(request, pk)
    require(request.user, Action.IMPORT, "report")
    context: dict[str, Any] = {"month": month, "most": MOST_ROWS, "waiting": _waiting(request, month)}
    if request.method == "POST":
        file = _checked(request.FILES.get("file"))
        try:
            staged = stage_book(month, str(file.name), file.read(), by=request.user)
        except FactsFaults as problem:
            context["faults"] = [fault.sentence() for fault in problem.faults[:100]]
            return render(request, "reporting/book_upload.html", context, status=400)
        return redirect("reporting:book_preview", month.pk, staged.pk)
    return render(request, "reporting/book_upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int, staged_pk: int) -> HttpResponse:
    """What a workbook would change; confirming saves it."""
    month = _month(request, pk)
    require(request.user, Action.IMPORT, "report")
    staged = _staged(request, month, staged_pk)
    problem, status = "", 200
    if request.method == "POST":
        if request.POST.get("do") == "drop":
            staged.delete()
            messages.info(request, _("已放弃这次导入,没有导入任何内容。"))
            return redirect("reporting:book_upload", month.pk)
        try:
            plan = confirm_book(
                staged,
                month,
                request.POST.get("digest", ""),
                by=request.user,
                reason=request.POST.get("reason", "")[:500],
                partly=request.POST.get("partly") == "1",
            )
        except PlanChanged as changed:
            problem = f"{changed} {_('没有导入任何内容。下面是新的预览,请核对后再确认。')}"
            status = 409
        except StaleVersion as stale:
            problem, status = str(stale), 409
        except ValueError as refused:
            problem, status = str(refused), 400
        else:
            _tell(request, plan)
            return redirect("reporting:sheet", month.pk)
    book = book_of(staged)
    plan = plan_book(book, month, by=request.user)
    context = {
        "month": month,
        "staged": staged,
        "plan": plan,
        "digest": plan.digest(),
        "problem": problem,
        "notes": book.notes,
        "changed": sorted(plan.changed, key=lambda row: not row.doubts)[:_SHOWN],
        "faulty": _told(plan, plan.faulty),
        "refused": _told(plan, plan.refused),
        "left": len(plan.faulty) + len(plan.refused),
        "shown": _SHOWN,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "reporting/book_preview.html", context, status=status)


@require_safe
def marked(request: HttpRequest, pk: int, staged_pk: int) -> HttpResponse:
    """The workbook that was handed in, with its faults written into the cells."""
    month = _month(request, pk)
    require(request.user, Action.IMPORT, "report")
    staged = _staged(request, month, staged_pk)
    book = book_of(staged)
    plan = plan_book(book, month, by=request.user)
    content = marked_book(book, plan, bytes(staged.original))
    return _file(content, f"{PurePath(staged.file_name).stem}-{_('问题')}.xlsx")


def _tell(request: HttpRequest, plan: Plan) -> None:
    messages.success(
        request,
        _("已导入:修改%(changed)d项,未变%(same)d项。核对以后请提交。")
        % {"changed": len(plan.changed), "same": len(plan.unchanged)},
    )
    left = len(plan.faulty) + len(plan.refused)
    if left:
        messages.warning(request, _("有%d行没有导入。") % left)


def _told(plan: Plan, rows: list[Any]) -> list[tuple[int, str, list[str]]]:
    by_row = problems_by_row(plan.problems)
    return [
        (row.number, row.label, [one.sentence for one in by_row.get(row.number, ())]) for row in rows[:_SHOWN]
    ]


def _checked(file: UploadedFile | None) -> UploadedFile:
    """The file, if it is of a size and kind that is taken.

    Raises:
        UploadRefused: with the sentence.
    """
    if file is None or not file.name:
        raise UploadRefused(_("没有选择文件。请选择填好的 .xlsx 工作簿。"))
    if not file.name.lower().endswith(_ENDINGS):
        raise UploadRefused(
            _(
                "“%s”不是能导入的文件。只收 .xlsx 和 .xlsm 工作簿;旧版 .xls、.et、.csv 请在表格软件中另存为 .xlsx。没有导入任何内容。"
            )
            % file.name[:80]
        )
    if file.size is not None and file.size > settings.UPLOAD_LIMIT:
        raise UploadRefused(too_large(file.size), too_large=True)
    if not file.size:
        raise UploadRefused(_("“%s”是空文件,没有导入任何内容。") % file.name[:80])
    return file


def _month(request: HttpRequest, pk: int) -> ReportingMonth:
    require(request.user, Action.VIEW, "reporting_month")
    return get_object_or_404(months_for(request.user), pk=pk)


def _waiting(request: HttpRequest, month: ReportingMonth) -> Any:
    """One's own uploads of a month that were not confirmed yet."""
    mine = StagedImport.objects.filter(owner_id=request.user.pk, register=SLUG, table__month=month.pk)
    return mine.filter(expires_at__gt=timezone.now()).defer("table", "original")


def _staged(request: HttpRequest, month: ReportingMonth, pk: int) -> StagedImport:
    """A staged workbook of one's own, of this month."""
    mine = StagedImport.objects.filter(owner_id=request.user.pk, register=SLUG, table__month=month.pk)
    return get_object_or_404(mine, pk=pk, expires_at__gt=timezone.now())


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
