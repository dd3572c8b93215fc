"""The officer's pages: make a link, see it once with its QR, the links of a month, withdraw one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.report import qr
from luming.reporting import LONGEST_DAYS
from luming_portal.accounts.rights import Action, Refused, decide, require, role_of
from luming_portal.accounts.roles import Role
from luming_portal.accounts.selectors import signed_in
from luming_portal.invitations.forms import InvitationForm
from luming_portal.invitations.models import Invitation
from luming_portal.invitations.selectors import MOST_SHOWN, fillable, invitations_for, links_of
from luming_portal.invitations.services import make_invitation, withdraw_invitation
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.selectors import months_for


@require_safe
def link_list(request: HttpRequest, month: int) -> HttpResponse:
    """The links of a month: to whom, which figures, until when, and what became of them."""
    require(request.user, Action.VIEW, "invitation")
    found = _month(request, month)
    unit = request.GET.get("unit", "")[:100]
    links = links_of(request.user, found, timezone.now(), unit)
    context = {
        "month": found,
        "unit": unit,
        "links": links,
        "most": MOST_SHOWN if len(links) == MOST_SHOWN else 0,
        "may_make": decide(request.user, Action.CREATE, "invitation"),
        "may_withdraw": decide(request.user, Action.CHANGE, "invitation"),
        "make_unit": unit or signed_in(request).unit,
    }
    return render(request, "invitations/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_make(request: HttpRequest, month: int) -> HttpResponse:
    """Make a link; it is shown once, in the answer to the form."""
    require(request.user, Action.CREATE, "invitation")
    found = _month(request, month)
    asked = request.GET.get("unit", "")[:100]
    unit = asked if role_of(request.user) is Role.OFFICE else signed_in(request).unit
    require(request.user, Action.CREATE, "invitation", Invitation(unit=asked or unit))
    reports = list(fillable(request.user, found, unit))
    form = InvitationForm(request.POST if request.method == "POST" else None, reports=reports)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            chosen = given.pop("rows")
            try:
                made, token = make_invitation(found, unit, chosen, by=request.user, **given)
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                return render(request, "invitations/made.html", _made(request, made, token, chosen))
    last = timezone.localdate()
    context = {
        "month": found,
        "unit": unit,
        "form": form,
        "reports": reports,
        "longest": LONGEST_DAYS,
        "capped": found.publish_by >= last,
        "ticked": [str(one) for one in (form["rows"].value() or [])],
    }
    return render(request, "invitations/make.html", context, status=status)


@require_POST
def link_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link worthless, with a reason."""
    require(request.user, Action.CHANGE, "invitation")
    invitation = get_object_or_404(invitations_for(request.user), pk=pk)
    try:
        withdraw_invitation(invitation, request.POST.get("reason", "")[:500], by=request.user)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("已收回给%(contact)s的链接,立即失效。") % {"contact": invitation.contact})
    return HttpResponseRedirect(reverse("invitations:list", args=[invitation.reporting_month_id]))


def _made(request: HttpRequest, made: Invitation, token: str, reports: list[Report]) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("invitation", args=[token]))
    until = timezone.localtime(made.expires_at)
    chat = _(
        "%(contact)s您好:请用手机打开下面的链接,填写%(unit)s%(month)s的%(count)d项数据。%(until)s前有效,只能交回一次,请勿转发。"
    ) % {
        "contact": made.contact,
        "unit": made.unit,
        "month": made.reporting_month,
        "count": len(reports),
        "until": f"{until:%Y-%m-%d %H:%M}",
    }
    # Drawn by our own library out of an address of our own.
    sign = mark_safe(qr.svg(address))
    return {
        "made": made,
        "month": made.reporting_month,
        "reports": reports,
        "address": address,
        "chat": f"{chat}\n{address}",
        "sign": sign,
    }


def _month(request: HttpRequest, pk: int) -> ReportingMonth:
    require(request.user, Action.VIEW, "reporting_month")
    return get_object_or_404(months_for(request.user), pk=pk)
