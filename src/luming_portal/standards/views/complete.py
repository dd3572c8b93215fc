"""Declarations that the register holds every firm with a title: listed, made, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luming_portal.accounts.rights import Action, Refused, decide, require, visible
from luming_portal.standards.forms import CompleteForm
from luming_portal.standards.models import CompleteRegister
from luming_portal.standards.services import declare_complete, withdraw_complete


@require_http_methods(["GET", "HEAD", "POST"])
def complete_list(request: HttpRequest) -> HttpResponse:
    """What is declared complete, and the form for the office."""
    require(request.user, Action.VIEW, "complete_register")
    may = decide(request.user, Action.CREATE, "complete_register")
    if request.method == "POST":
        require(request.user, Action.CREATE, "complete_register")
    form = CompleteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                declare_complete(
                    given["title"], given["first_day"], given["last_day"], given["basis"], by=request.user
                )
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                messages.success(request, _("已声明“%s”台账核全。") % given["title"])
                return redirect("standards:complete")
    context = {
        "form": form,
        "found": visible(request.user, CompleteRegister.objects.all()),
        "may_create": may,
    }
    return render(request, "standards/complete.html", context, status=status)


@require_POST
def complete_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a declaration back."""
    require(request.user, Action.CHANGE, "complete_register")
    item = get_object_or_404(CompleteRegister, pk=pk, withdrawn_on__isnull=True)
    try:
        withdraw_complete(item, by=request.user, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已撤回,未登记的企业重新按未知处理。"))
    return redirect("standards:complete")
