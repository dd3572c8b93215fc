"""The calendar as a page, and as a feed for calendar programs under an address of one's own."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming_portal.accounts.rights import Action, require, visible
from luming_portal.accounts.selectors import signed_in
from luming_portal.deadlines.entry import KINDS, Entry
from luming_portal.deadlines.icalendar_file import CONTENT_TYPE, calendar_file
from luming_portal.deadlines.models import FeedAddress
from luming_portal.deadlines.selectors import addresses_of, entries_for
from luming_portal.deadlines.services import AddressRefused, address_of, make_address, revoke_address
from luming_portal.error_views import wants_json
from luming_portal.invitations.rate import count_wrong, too_often


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """What concerns a person, day by day; a POST makes an address for a calendar program, which is shown once."""
    require(request.user, Action.VIEW, "calendar")
    shown, problem, status = "", "", 200
    if request.method == "POST":
        try:
            _address, secret = make_address(request.POST.get("name", ""), by=signed_in(request))
            shown, status = _full(request, reverse("deadlines:feed", args=[secret])), 201
        except AddressRefused as refused:
            problem, status = str(refused), 400
    today = timezone.localdate()
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    entries = entries_for(request.user, today, kind=kind)
    if wants_json(request):
        return JsonResponse(
            {"entries": [_json(one) for one in entries]}, json_dumps_params={"ensure_ascii": False}
        )
    context = {
        "late": [one for one in entries if one.over and one.day < today],
        "months": [
            (month, list(days))
            for month, days in groupby(
                [one for one in entries if one.day >= today], key=lambda one: one.day.replace(day=1)
            )
        ],
        "today": today,
        "kinds": [(one.key, one.label) for one in KINDS.values()],
        "labels": {one.key: one.label for one in KINDS.values()},
        "given": {"kind": kind},
        "addresses": addresses_of(request.user),
        "shown": shown,
        "problem": problem,
    }
    return render(request, "deadlines/calendar.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an address worthless."""
    require(request.user, Action.DELETE, "calendar")
    address = get_object_or_404(visible(request.user, FeedAddress.objects.all()), pk=pk)
    revoke_address(address, by=request.user)
    messages.success(request, _("已停用。用这个地址的日历不再更新。"))
    return redirect("deadlines:calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever holds the address, as far as its owner's rights reach today."""
    if too_often(request):
        return HttpResponse(status=429)
    now = timezone.now()
    address = address_of(secret, now)
    if address is None:
        count_wrong(request)
        return HttpResponse(
            _("没有这个订阅地址,或已停用。"), status=404, content_type="text/plain; charset=utf-8"
        )
    with override("zh-hans"):
        labels = {one.key: str(one.label) for one in KINDS.values()}
        entries = entries_for(address.owner, timezone.localdate())
        name = f"鹿鸣日程:{address.owner}"
        content = calendar_file(entries, labels, name=name, site=_site(request), now=now)
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'inline; filename="luming.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def _site(request: HttpRequest) -> str:
    return str(settings.SITE_ADDRESS) or f"{request.scheme}://{request.get_host()}"


def _full(request: HttpRequest, path: str) -> str:
    return _site(request) + path


def _json(one: Entry) -> dict[str, str | bool | dt.date | dt.datetime | None]:
    return {
        "uid": one.uid,
        "kind": one.kind,
        "day": one.day,
        "moment": one.moment,
        "title": one.title,
        "note": one.note,
        "href": one.href,
        "late": one.over,
        "demo": one.demo,
    }
