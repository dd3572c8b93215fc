"""Tasks that cases have left."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luming_portal.accounts.rights import Action, Refused, require, role_of, visible
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import CaseTask
from luming_portal.cases.recording import CaseRefused
from luming_portal.cases.tasks import finish_task

PAGE_SIZE = 50
_OUTSIDE = (Role.ENTERPRISE, Role.INSTITUTION, Role.EXPERT)


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """The tasks, the open ones first."""
    return _page(request)


def _page(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    require(request.user, Action.VIEW, "case")
    if role_of(request.user) in _OUTSIDE:
        raise Refused(_("后续任务是部门内部的工作。"))
    found = visible(request.user, CaseTask.objects.select_related("case", "done_by"))
    page = Paginator(found.order_by("done_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    unit = getattr(request.user, "unit", "")
    rows = [
        (
            one,
            one.done_at is None
            and (role_of(request.user) is Role.OFFICE or (bool(unit) and unit == one.unit)),
        )
        for one in page
    ]
    return render(
        request, "cases/tasks.html", {"page": page, "rows": rows, "problem": problem}, status=status
    )


@require_POST
def task_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what was done."""
    require(request.user, Action.CHANGE, "case")
    task = get_object_or_404(visible(request.user, CaseTask.objects.select_related("case")), pk=pk)
    try:
        finish_task(task, by=request.user, result=request.POST.get("result", ""))
    except CaseRefused as refused:
        return _page(request, str(refused), 409)
    messages.success(request, _("任务已完成。"))
    return redirect("cases:tasks")
