"""The inbox, one notice on the way to its page, and how one wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming_portal import error_views
from luming_portal.accounts.rights import Action, require
from luming_portal.accounts.selectors import signed_in
from luming_portal.error_views import wants_json
from luming_portal.notices.models import NoticeKind
from luming_portal.notices.selectors import inbox, mail_kinds, unread_count
from luming_portal.notices.services import mark_read, set_preference

PAGE_SIZE = 50
_MOST_MARKED = 500


@never_cache
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first."""
    require(request.user, Action.VIEW, "notice")
    kind = request.GET.get("kind", "")
    kind = kind if kind in NoticeKind.values else ""
    unread = request.GET.get("unread") == "1"
    page = Paginator(inbox(request.user, kind=kind, unread=unread), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    if wants_json(request):
        rows = [
            {
                "id": one.pk,
                "kind": one.kind,
                "title": one.title,
                "body": one.body,
                "href": one.href,
                "at": one.told_at,
                "read": one.read_at is not None,
            }
            for one in page
        ]
        told = {"count": page.paginator.count, "unread": unread_count(request.user), "notices": rows}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {
        "page": page,
        "kinds": NoticeKind.choices,
        "given": {"kind": kind, "unread": unread},
        "filtered": bool(kind or unread),
    }
    return render(request, "notices/list.html", context)


@never_cache
@require_safe
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page that a notice is about; the way there counts as reading."""
    require(request.user, Action.VIEW, "notice")
    notice = get_object_or_404(inbox(request.user), pk=pk)
    if request.method == "GET":
        mark_read([notice], by=request.user)
    return HttpResponseRedirect(notice.href if notice.href.startswith("/") else "/notices/")


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one or all as read."""
    require(request.user, Action.CHANGE, "notice")
    wanted = request.POST.get("notice", "")
    found = inbox(request.user, unread=True)
    if wanted != "all":
        if not wanted.isdecimal() or len(wanted) > 18:
            return error_views.bad_request(request, ValueError(_("没有选择要标为已读的通知。")))
        found = found.filter(pk=int(wanted))
    count = mark_read(found[:_MOST_MARKED], by=request.user)
    messages.success(request, _("已标为已读:%d条。") % count)
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def preference(request: HttpRequest) -> HttpResponse:
    """By which kinds one wants mail."""
    require(request.user, Action.CHANGE, "notice")
    user = signed_in(request)
    if request.method == "POST":
        wanted = request.POST.getlist("mail")
        if any(one not in NoticeKind.values for one in wanted):
            return error_views.bad_request(request, ValueError(_("没有这类通知。")))
        set_preference(wanted, by=user)
        messages.success(request, _("已保存。"))
        return redirect("notices:preference")
    context = {
        "kinds": NoticeKind.choices,
        "wanted": mail_kinds(user),
        "mail_on": settings.MAIL_ON,
        "address": user.email,
    }
    return render(request, "notices/preference.html", context)
