"""The page of a link, for whoever holds it: no account, no session, nothing about anything but the named figures.

Whatever is no link is answered alike, in words and in work, so that nobody learns what has ever existed. The address is
the secret: it is sent to no other site, kept by no cache and shown to no search engine; the log knows patterns of
addresses only (operations.logs).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from luming.reporting import InvitationState
from luming_portal.invitations.forms import Entry, entries_of, tell_faults
from luming_portal.invitations.holder import Holder
from luming_portal.invitations.models import Invitation
from luming_portal.invitations.rate import count_wrong, too_often
from luming_portal.invitations.selectors import holder_of
from luming_portal.invitations.services import (
    Given,
    LinkClosed,
    RowsRefused,
    hand_in,
    keep_typed,
    mark_opened,
    note_refused,
)

View = Callable[..., HttpResponseBase]


class _OwnPosts(CsrfViewMiddleware):
    """The check against forged posts. A refusal reaches the view, which shows what was typed instead of losing it."""

    def _origin_verified(self, request: HttpRequest) -> bool:
        # Browsers send "null" from a page that tells its address to nobody; the token of the page is checked all the same.
        return request.META.get("HTTP_ORIGIN") == "null" or super()._origin_verified(request)  # type: ignore[misc]

    def _check_referer(self, request: HttpRequest) -> None:
        # For the same reason there may be none at all; what there is must be ours.
        if request.META.get("HTTP_REFERER"):
            super()._check_referer(request)  # type: ignore[misc]

    def _reject(self, request: HttpRequest, reason: str) -> None:
        request.forged = True  # type: ignore[attr-defined]


def _secret(view: View) -> View:
    """Keep the address of a page to those who have it."""

    @wraps(view)
    def around(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return around


@csrf_exempt  # for the general check; the page's own, which comes next, is the same but for what it answers
@_secret
@decorator_from_middleware(_OwnPosts)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Fill in and hand in the figures of a link."""
    if too_often(request):
        return _said(request, 429, _("操作太频繁"), _("短时间内尝试太多次。请等一分钟再试。"))
    holder = holder_of(token)
    if holder is None:
        count_wrong(request)
        return _said(
            request,
            404,
            _("没有这个链接"),
            _(
                "请核对网址是否完整,或重新扫描二维码。链接是单位发给您个人的,如仍打不开,请联系发给您链接的人。"
            ),
        )
    state = holder.invitation.state_at(timezone.now())
    if not state.is_open:
        return _closed(request, holder, state)
    if request.method == "POST":
        return _posted(request, holder)
    if request.method == "GET" and holder.invitation.opened_at is None:
        mark_opened(by=holder)
    return _page(request, holder, entries_of(holder))


def _posted(request: HttpRequest, holder: Holder) -> HttpResponse:
    entries = entries_of(holder, request.POST)
    if getattr(request, "forged", False):
        sentence = _("页面打开太久,或浏览器不保存本站的信息。没有保存,您填的内容还在下面,请再按一次。")
        return _page(request, holder, entries, sentence, status=403)
    # What was closed when the page was made is not sent; what was closed since is, and is given back.
    sent = [entry for entry in entries if entry.form["version"].data is not None]
    wanted = request.POST.get("do", "")
    if not sent or wanted not in ("keep", "hand_in"):
        return _page(request, holder, entries, _("没有收到填写的内容,没有保存。请再按一次。"), status=400)
    try:
        if wanted == "keep":
            return _kept(request, holder, entries, sent)
        return _handed_in(request, holder, entries, sent)
    except LinkClosed as closed:
        return _closed(request, holder, closed.state)
    except RowsRefused as refused:
        for entry in entries:
            told = refused.sentences.get(entry.report.pk, [])
            entry.sentences = [one for one in told if one not in (entry.closed, entry.notice)]
        sentence = _("没有交回,也没有保存。请看标出的项;您填的内容都还在下面。")
        return _page(request, holder, entries, sentence, status=409 if refused.conflict else 400)


def _kept(
    request: HttpRequest, holder: Holder, entries: Sequence[Entry], sent: Sequence[Entry]
) -> HttpResponse:
    given: list[Given] = []
    for entry in sent:
        entry.form.is_valid()
        entry.sentences = entry.unkeepable()
        if not entry.sentences:
            given.append(entry.given())
    if len(given) < len(sent):
        return _page(request, holder, entries, _("没有保存。请看标出的项;您填的内容都还在下面。"), status=400)
    keep_typed(given, by=holder)
    tell_faults(sent)
    return _page(request, holder, entries, saved=_("草稿已保存,还没有交回。填完请按“交回”。"))


def _handed_in(
    request: HttpRequest, holder: Holder, entries: Sequence[Entry], sent: Sequence[Entry]
) -> HttpResponse:
    closed = {entry.report.pk: [entry.closed] for entry in sent if entry.closed}
    if closed:
        raise RowsRefused(closed, conflict=True)
    for entry in sent:
        if not entry.form.is_valid():
            entry.sentences = entry.errors()
    if any(entry.sentences for entry in sent):
        sentence = _("没有交回。请改正标出的项;您填的内容都还在下面。")
        return _page(request, holder, entries, sentence, status=400)
    hand_in([entry.given() for entry in sent], by=holder)
    item = holder.invitation
    return _said(
        request,
        200,
        _("已交回,谢谢"),
        _(
            "%(count)d项已交给%(unit)s,由该单位审核后上报。这个链接已经用过,不能再改;需要更正请联系%(unit)s的%(officer)s。"
        )
        % {"count": len(sent), "unit": item.unit, "officer": item.made_by},
        done=True,
    )


def _page(
    request: HttpRequest,
    holder: Holder,
    entries: Sequence[Entry],
    problem: str = "",
    *,
    saved: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "item": holder.invitation,
        "month": holder.invitation.reporting_month,
        "entries": entries,
        "open": any(not entry.closed for entry in entries),
        "problem": problem,
        "saved": saved,
    }
    return render(request, "invitations/link.html", context, status=status)


def _closed(request: HttpRequest, holder: Holder, state: InvitationState) -> HttpResponse:
    """A link that no longer holds: since when, whom to ask, and what was typed just now; nothing of what was handed in."""
    note_refused(state, by=holder)
    item = holder.invitation
    item.refresh_from_db(fields=["used_at", "withdrawn_at"])
    typed = []
    if request.method == "POST":
        for row in holder.rows:
            names = ("value", "narrative", "evidence")
            found = [request.POST.get(f"r{row.report_id}-{name}", "")[:4000] for name in names]
            if any(found):
                typed.append((row.report.label, "\n".join(one for one in found if one)))
    title, sentence = _closed_words(item, state)
    turn_to = _("如有疑问,请联系%(unit)s的%(officer)s。") % {"unit": item.unit, "officer": item.made_by}
    return _said(request, 410, title, f"{sentence}{turn_to}", typed=typed)


def _closed_words(item: Invitation, state: InvitationState) -> tuple[str, str]:
    if state is InvitationState.USED:
        at = _moment(item.used_at)
        return _("这个链接已经用过"), _("它在%(at)s交回过一次,不能再用。") % {"at": at}
    if state is InvitationState.WITHDRAWN:
        at = _moment(item.withdrawn_at)
        return _("这个链接已收回"), _("它在%(at)s由发放单位收回,不能再用。") % {"at": at}
    at = _moment(item.expires_at)
    return _("这个链接已过期"), _("它的有效期到%(at)s,不能再用。需要时请对方另发一个。") % {"at": at}


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _said(request: HttpRequest, status: int, title: str, sentence: str, **more: Any) -> HttpResponse:
    context = {"title": title, "sentence": sentence, **more}
    return render(request, "invitations/said.html", context, status=status)
