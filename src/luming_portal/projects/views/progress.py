"""Milestones and investment of a project: added, changed and removed; and all projects by district."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming_portal.accounts.rights import Action, require, visible
from luming_portal.audit.door import ReasonMissing, StaleVersion
from luming_portal.projects.districts import district_table
from luming_portal.projects.forms import InvestmentForm, LineForm, MilestoneForm
from luming_portal.projects.models import InvestmentRow, Milestone, Project
from luming_portal.projects.services.progress import Line, delete_line, save_line


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The table by district, and the projects that are late."""
    require(request.user, Action.VIEW, "progress")
    today = timezone.localdate()
    return render(
        request,
        "projects/districts.html",
        {"table": district_table(request.user, today), "today": today},
    )


def project_of(request: HttpRequest, pk: int) -> Project:
    """A project that the user sees and whose progress he may change.

    Raises:
        Http404, Refused: not so.
    """
    found: Project = get_object_or_404(visible(request.user, Project.objects.all()), pk=pk)
    require(request.user, Action.CHANGE, "progress", found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_create(request: HttpRequest, project: int) -> HttpResponse:
    """Enter a milestone."""
    owner = project_of(request, project)
    return edited(request, owner, MilestoneForm, Milestone(project=owner, unit=owner.lead))


@require_http_methods(["GET", "HEAD", "POST"])
def milestone_change(request: HttpRequest, project: int, pk: int) -> HttpResponse:
    """Change or remove a milestone."""
    owner = project_of(request, project)
    return edited(request, owner, MilestoneForm, get_object_or_404(Milestone, project=owner, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def investment_create(request: HttpRequest, project: int) -> HttpResponse:
    """Enter a row of investment."""
    owner = project_of(request, project)
    item = InvestmentRow(project=owner)
    if owner.investment_unit:
        item.unit = owner.investment_unit
    return edited(request, owner, InvestmentForm, item)


@require_http_methods(["GET", "HEAD", "POST"])
def investment_change(request: HttpRequest, project: int, pk: int) -> HttpResponse:
    """Change or remove a row of investment."""
    owner = project_of(request, project)
    return edited(request, owner, InvestmentForm, get_object_or_404(InvestmentRow, project=owner, pk=pk))


def edited(request: HttpRequest, owner: Project, kind: type[LineForm], item: Line) -> HttpResponse:
    """The form of a line, and what comes of it. What was typed survives every refusal."""
    form = kind(request.POST or None, instance=item)
    status = 200
    if request.method == "POST":
        if request.POST.get("do") == "delete" and not form.adding:
            problem, status = _removed(request, item)
            if not problem:
                messages.success(request, _("已删除。"))
                return back(owner)
            form.is_valid()
            form.add_error(None, problem)
        elif form.is_valid():
            try:
                save_line(
                    form.instance,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                    expected_version=None if form.adding else form.cleaned_data["version"] or 0,
                )
            except StaleVersion as stale:
                form.add_error(None, str(stale))
                status = 409
            else:
                messages.success(request, _("已保存。"))
                return back(owner)
        else:
            status = 400
    return line_page(request, owner, form, status)


def _removed(request: HttpRequest, item: Line) -> tuple[str, int]:
    """Remove a line; "" when it is gone, else the sentence why not, and the status."""
    version = request.POST.get("version", "")
    try:
        delete_line(
            item,
            by=request.user,
            reason=request.POST.get("reason", ""),
            expected_version=int(version) if version.isascii() and version.isdigit() else 0,
        )
    except ReasonMissing:
        return _("请写明删除的理由。没有删除任何内容。"), 400
    except StaleVersion as stale:
        return str(stale), 409
    except ProtectedError:
        return _("还有佐证材料指着这个节点,请先改那些材料。没有删除任何内容。"), 400
    return "", 200


def line_page(request: HttpRequest, owner: Project, form: Any, status: int) -> HttpResponse:
    """The page of a form below a project."""
    kind = form._meta.model._meta
    context = {
        "project": owner,
        "form": form,
        "kind": kind.verbose_name,
        "is_file": kind.model_name == "evidence",
    }
    return render(request, "projects/line.html", context, status=status)


def back(owner: Project) -> HttpResponse:
    """To the project's page."""
    return HttpResponseRedirect(reverse("registers:detail", args=["projects", owner.pk]) + "#progress")
