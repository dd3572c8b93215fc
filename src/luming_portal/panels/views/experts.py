"""What is done on the page of an expert: account and ties."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luming_portal import error_views
from luming_portal.accounts.rights import Action, require, visible
from luming_portal.audit.door import ReasonMissing
from luming_portal.panels.forms import AccountForm, TieForm
from luming_portal.panels.models import Expert, ExpertTie
from luming_portal.panels.services.experts import add_tie, remove_tie, set_account


@require_POST
def expert_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Say with which account an expert signs in."""
    expert = _expert(request, pk)
    require(request.user, Action.CHANGE, "expert", expert)
    form = AccountForm(request.POST, expert=expert)
    if not form.is_valid():
        return error_views.error_page(
            request, 400, _("没有保存"), _("请选择一个没有被别的专家使用的专家账号。")
        )
    set_account(expert, form.cleaned_data["account"], by=request.user)
    messages.success(request, _("已保存登录账号。"))
    return _back(expert.pk)


@require_POST
def tie_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a tie of an expert."""
    expert = _expert(request, pk)
    require(request.user, Action.CREATE, "expert_tie")
    form = TieForm(request.POST)
    if not form.is_valid():
        said = " ".join(
            f"{form[name].label}:{error}" for name, errors in form.errors.items() for error in errors
        )
        return error_views.error_page(request, 400, _("没有保存"), said)
    add_tie(expert, form.cleaned_data, by=request.user)
    messages.success(request, _("已登记关系。"))
    return _back(expert.pk)


@require_POST
def tie_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a tie that was entered wrongly."""
    require(request.user, Action.DELETE, "expert_tie")
    tie = get_object_or_404(visible(request.user, ExpertTie.objects.select_related("expert")), pk=pk)
    try:
        remove_tie(tie, by=request.user, reason=request.POST.get("reason", ""))
    except ReasonMissing:
        return error_views.error_page(request, 400, _("没有删除"), _("要写明删除的理由。"))
    messages.success(request, _("已删除。"))
    return _back(tie.expert_id)


def _expert(request: HttpRequest, pk: int) -> Expert:
    require(request.user, Action.VIEW, "expert")
    return get_object_or_404(visible(request.user, Expert.objects.select_related("person")), pk=pk)


def _back(pk: int) -> HttpResponse:
    return redirect("registers:detail", "experts", pk)
