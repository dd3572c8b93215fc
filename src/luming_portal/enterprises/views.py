"""Qualifications of a firm: added, changed and removed, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luming_portal.accounts.rights import Action, require, visible
from luming_portal.audit.door import StaleVersion
from luming_portal.enterprises.forms import QualificationForm
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.enterprises.services import delete_qualification, save_qualification


@require_http_methods(["GET", "HEAD", "POST"])
def qualification_create(request: HttpRequest, firm: int) -> HttpResponse:
    """Enter a qualification."""
    enterprise = get_object_or_404(visible(request.user, Enterprise.objects.all()), pk=firm)
    return _edit(request, enterprise, Qualification(enterprise=enterprise, mark="secondary"))


@require_http_methods(["GET", "HEAD", "POST"])
def qualification_change(request: HttpRequest, firm: int, pk: int) -> HttpResponse:
    """Change or remove a qualification."""
    enterprise = get_object_or_404(visible(request.user, Enterprise.objects.all()), pk=firm)
    return _edit(request, enterprise, get_object_or_404(enterprise.qualifications, pk=pk))


def _edit(request: HttpRequest, firm: Enterprise, item: Qualification) -> HttpResponse:
    require(request.user, Action.CHANGE, "enterprise", firm)
    form = QualificationForm(request.POST or None, instance=item, user=request.user)
    adding = item._state.adding
    status = 200
    if request.method == "POST":
        if form.is_valid():
            expected = None if adding else form.cleaned_data["version"] or 0
            act = (
                delete_qualification
                if request.POST.get("do") == "delete" and not adding
                else save_qualification
            )
            try:
                act(
                    form.instance,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                    expected_version=expected,
                )
            except StaleVersion as stale:
                form.add_error(None, str(stale))
                status = 409
            else:
                messages.success(request, _("已保存。") if act is save_qualification else _("已删除。"))
                return HttpResponseRedirect(reverse("registers:detail", args=["enterprises", firm.pk]))
        status = status if status != 200 else 400
    return render(
        request,
        "enterprises/qualification.html",
        {"firm": firm, "form": form, "adding": adding},
        status=status,
    )
