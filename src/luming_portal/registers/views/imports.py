"""Taking a table into a register in two steps: hand it in and see what would happen, then confirm."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming.errors import FactsFaults
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import ReasonMissing
from luming_portal.registers import export
from luming_portal.registers.catalog import register_or_404
from luming_portal.registers.fault_book import fault_book
from luming_portal.registers.models import StagedImport
from luming_portal.registers.plan import Plan, problems_by_row
from luming_portal.registers.reading import MOST_ROWS
from luming_portal.registers.register import Register
from luming_portal.registers.staging import (
    PlanChanged,
    confirm_import,
    importable,
    plan_of,
    stage_import,
    table_of,
)
from luming_portal.registers.uploads import checked
from luming_portal.uploads import guarded_upload

_SHOWN = 100


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def record_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand a file in."""
    register = register_or_404(slug)
    require(request.user, Action.IMPORT, register.noun)
    context: dict[str, Any] = {
        "register": register,
        "columns": importable(register, request.user)[0],
        "most": MOST_ROWS,
        "waiting": StagedImport.objects.filter(
            owner_id=request.user.pk, register=slug, expires_at__gt=timezone.now()
        ).defer("table", "original"),
    }
    if request.method == "POST":
        file = checked(request.FILES.get("file"))
        try:
            staged = stage_import(register, str(file.name), file.read(), by=request.user)
        except FactsFaults as problem:
            context["faults"] = [fault.sentence() for fault in problem.faults[:100]]
            context["more"] = max(0, len(problem.faults) - 100)
            return render(request, "registers/import.html", context, status=400)
        return HttpResponseRedirect(_address(request, register, staged))
    return render(request, "registers/import.html", context)


def _address(request: HttpRequest, register: Register, staged: StagedImport) -> str:
    return f"{register.address()}import/{staged.pk}/"


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a staged file would do; confirming does it."""
    register = register_or_404(slug)
    require(request.user, Action.IMPORT, register.noun)
    staged = _staged(request, slug, pk)
    problem, status = "", 200
    if request.method == "POST":
        if request.POST.get("do") == "drop":
            staged.delete()
            messages.info(request, _("已放弃这次导入,没有导入任何内容。"))
            return HttpResponseRedirect(f"{register.address()}import/")
        try:
            plan = confirm_import(
                staged,
                request.POST.get("digest", ""),
                by=request.user,
                reason=request.POST.get("reason", "")[:500],
                partly=request.POST.get("partly") == "1",
            )
        except PlanChanged:
            problem, status = _("预览之后台账有变动,还没有导入任何内容。下面是新的预览,请核对后再确认。"), 409
        except (ReasonMissing, ValueError) as refused:
            problem, status = str(refused), 400
        else:
            messages.success(
                request,
                _("已导入:新增%(new)d条,修改%(changed)d条,未变%(same)d条。")
                % {"new": len(plan.new), "changed": len(plan.changed), "same": len(plan.unchanged)},
            )
            return HttpResponseRedirect(f"{register.address()}?q=")
    plan = plan_of(staged, by=request.user)
    context = {
        "register": register,
        "staged": staged,
        "plan": plan,
        "digest": plan.digest(),
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "new": plan.new[:_SHOWN],
        "changed": plan.changed[:_SHOWN],
        "faults": _faults(plan),
        "shown": _SHOWN,
        "labels": {column.key: column for column in register.columns},
    }
    return render(request, "registers/import_preview.html", context, status=status)


def _faults(plan: Plan) -> list[tuple[int, str, list[str]]]:
    names = {row.number: row.label for row in plan.rows}
    by_row = problems_by_row(plan.problems)
    return [
        (row, names.get(row, ""), [one.sentence for one in found])
        for row, found in sorted(by_row.items())[: 5 * _SHOWN]
    ]


def _staged(request: HttpRequest, slug: str, pk: int) -> StagedImport:
    """A staged file of one's own."""
    return get_object_or_404(
        StagedImport, pk=pk, owner_id=request.user.pk, register=slug, expires_at__gt=timezone.now()
    )


@require_safe
def import_faults(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The file that was handed in, with its faults written into the cells."""
    register = register_or_404(slug)
    require(request.user, Action.IMPORT, register.noun)
    staged = _staged(request, slug, pk)
    plan = plan_of(staged, by=request.user)
    content = fault_book(
        table_of(staged),
        plan,
        bytes(staged.original),
        bool(staged.original) and staged.file_name.lower().endswith(".xlsx"),
        {column.key: column for column in register.columns},
    )
    response = HttpResponse(content, content_type=export.XLSX)
    response.headers["Content-Disposition"] = _named(f"{register.label}-问题.xlsx")
    return response


@require_safe
def import_template(request: HttpRequest, slug: str) -> HttpResponseBase:
    """An empty table with the columns that can be filled in: the very table that an export is."""
    register = register_or_404(slug)
    require(request.user, Action.IMPORT, register.noun)
    book = export.workbook(register, importable(register, request.user)[0], ())
    name = export.file_name(register, timezone.localdate(), "xlsx").replace(
        str(register.label), f"{register.label}模板"
    )
    return FileResponse(book, as_attachment=True, filename=name, content_type=export.XLSX)


def _named(name: str) -> str:
    from urllib.parse import quote

    return f"attachment; filename*=UTF-8''{quote(name)}"
