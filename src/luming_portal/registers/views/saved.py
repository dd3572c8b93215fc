"""Saving, opening and removing views of a list, and going back to the usual columns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luming_portal.accounts.rights import Action, require, visible
from luming_portal.registers.catalog import register_or_404
from luming_portal.registers.models import SavedView
from luming_portal.registers.services import delete_view, save_view
from luming_portal.registers.state import read_state
from luming_portal.registers.views.lists import forget_columns


@require_POST
def view_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Save the state of a list under a name."""
    register = register_or_404(slug)
    by: Any = request.user
    require(by, Action.VIEW, register.noun)
    require(by, Action.CREATE, "saved_view")
    name = request.POST.get("name", "").strip()[:60]
    state = read_state(register, request.user, QueryDict(request.POST.get("query", "")[:4000]))
    query = state.query(page=1)
    if not name:
        messages.error(request, _("请给视图起个名字,如“青山区稀土企业”。没有保存。"))
        return HttpResponseRedirect(f"{register.address()}?{query or 'q='}")
    shared = request.POST.get("shared", "")
    if shared not in SavedView.Shared.values or not by.is_staff_role:
        shared = SavedView.Shared.NOBODY
    save_view(register, name, query, shared, request.POST.get("is_default") == "1", by=by)
    messages.success(request, _("已保存视图“%s”。") % name)
    return HttpResponseRedirect(f"{register.address()}?{query or 'q='}")


@require_POST
def view_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove one's own view."""
    register = register_or_404(slug)
    view = get_object_or_404(visible(request.user, SavedView.objects.filter(register=slug)), pk=pk)
    delete_view(view, by=request.user)
    messages.success(request, _("已删除视图“%s”。") % view.name)
    return HttpResponseRedirect(f"{register.address()}?q=")


@require_safe
def usual_columns(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget the columns chosen last."""
    register = register_or_404(slug)
    forget_columns(request, register)
    given = request.GET.copy()
    given.pop("columns", None)
    query = read_state(register, request.user, given).query()
    return HttpResponseRedirect(f"{register.address()}?{query or 'q='}")


@require_safe
def all_columns(request: HttpRequest, slug: str) -> HttpResponse:
    """Export the state of a list with every column that the person may read."""
    register = register_or_404(slug)
    given = request.GET.copy()
    given["columns"] = "all"
    given["format"] = "xlsx"
    return HttpResponseRedirect(f"{register.address()}?{given.urlencode()}")
