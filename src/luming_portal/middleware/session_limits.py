"""Sessions end: after some idleness, and in any case some hours after sign-in."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from luming_portal.accounts.events import recorded
from luming_portal.error_views import error_page, wants_json

_STEP = 60
"""Seconds for which a visit need not be noted again, so that reading costs no write."""


class SessionLimits:
    """Ends sessions that were idle for settings.SESSION_IDLE or are older than settings.SESSION_LONGEST seconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
            return self.get_response(request)
        now = int(time.time())
        since, seen = request.session.get("since", now), request.session.get("seen", now)
        if now - seen > settings.SESSION_IDLE or now - since > settings.SESSION_LONGEST:
            return self._end(request, idle=now - seen > settings.SESSION_IDLE)
        if "since" not in request.session:
            request.session["since"] = now
        if now - seen >= _STEP or "seen" not in request.session:
            request.session["seen"] = now
        return self.get_response(request)

    def _end(self, request: HttpRequest, *, idle: bool) -> HttpResponse:
        if request.user.is_authenticated:
            recorded("account.session_ended", request.user, request=request, idle=idle)
        request.session_timed_out = True  # type: ignore[attr-defined]
        logout(request)
        sentence = _sentence(idle)
        if request.method != "GET" or wants_json(request) or request.path.startswith("/api/"):
            return error_page(request, 403, _("会话已结束"), sentence + _("没有保存任何内容。"))
        messages.info(request, sentence)
        return redirect_to_login(request.get_full_path())


def _sentence(idle: bool) -> str:
    if idle:
        return _("您已超过%(minutes)d分钟没有操作,为安全起见已退出登录,请重新登录。") % {
            "minutes": settings.SESSION_IDLE // 60
        }
    return _("这次登录已满%(hours)d小时,请重新登录。") % {"hours": settings.SESSION_LONGEST // 3600}
