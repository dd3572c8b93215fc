"""Pages of objections: a district files and takes back, the office decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luming.comparison import InputRefused
from luming_portal.accounts.rights import Action, Refused, require, visible
from luming_portal.accounts.selectors import signed_in
from luming_portal.audit.door import StaleVersion
from luming_portal.comparison.forms import DecisionForm, ObjectionForm
from luming_portal.comparison.models import Objection, Settled
from luming_portal.comparison.services import decide_objection, file_objection, why_closed, withdraw
from luming_portal.comparison.views.reach import conflict, seen


@require_http_methods(["GET", "HEAD", "POST"])
def object_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A district objects to its own row."""
    require(request.user, Action.CREATE, "objection")
    item = seen(request, pk)
    user = signed_in(request)
    row = item.frozen().input_of(user.district)
    if row is None:
        raise Refused(_("您的旗县区(%s)不在这次比较里,不能提异议。") % (user.district or _("未填")))
    closed = why_closed(item, timezone.localdate())
    if closed and request.method == "POST":
        return conflict(request, closed)
    form = ObjectionForm(request.POST or None, item=row, unit=item.unit)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                file_objection(item, by=user, **form.cleaned_data)
            except (Settled, InputRefused) as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("异议已提出,办公室处理后结果写在这一行旁边。"))
                return redirect("comparison:detail", item.pk)
    context = {
        "form": form,
        "comparison": item,
        "district": user.district,
        "closed": closed,
        "window": item.window(),
    }
    return render(request, "comparison/object.html", context, status=status)


@require_POST
def withdraw_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """A district takes its objection back."""
    item = _objection(request, pk)
    try:
        withdraw(item, by=request.user)
    except Settled as refused:
        return conflict(request, str(refused))
    messages.success(request, _("异议已撤回。"))
    return redirect("comparison:detail", item.comparison_id)


@require_http_methods(["GET", "HEAD", "POST"])
def decide_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The office decides an objection."""
    require(request.user, Action.PUBLISH, "comparison")
    item = _objection(request, pk)
    content = item.comparison.frozen()
    row = content.input_of(item.district)
    assert row is not None, "an objection is to a row"
    if item.settled_on is not None:
        return conflict(
            request, _("这条异议现在是“%s”,不能这样处理。没有保存任何内容。") % item.get_state_display()
        )
    form = DecisionForm(request.POST or None, objection=item, item=row)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                decide_objection(
                    item,
                    given["move"],
                    by=request.user,
                    answer=given["answer"],
                    finding=given["finding"],
                    expected_version=given["version"],
                )
            except (Settled, InputRefused, StaleVersion) as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("已处理。采纳的,请再公布更正。"))
                return redirect("comparison:detail", item.comparison_id)
    context = {"form": form, "objection": item, "comparison": item.comparison}
    return render(request, "comparison/decide.html", context, status=status)


def _objection(request: HttpRequest, pk: int) -> Objection:
    require(request.user, Action.CHANGE, "objection")
    seen = visible(request.user, Objection.objects.select_related("comparison__document"))
    found: Objection = get_object_or_404(seen, pk=pk)
    return found
