"""Who calls, found out before anything else: by token, by session, or nobody.

A token comes as `Authorization: Bearer luming_…` and goes before a session. A session is enough for reading; to write
with it the request must carry the page's CSRF token. Whoever brings nothing reads as a visitor.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from luming_portal.api import rate
from luming_portal.api.caller import Caller
from luming_portal.api.problem import Problem
from luming_portal.api.tokens import TokenRefused, recognise
from luming_portal.audit.actor import set_actor

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def identify(request: HttpRequest) -> Caller:
    """The caller of a request, named to the audit door and counted.

    Raises:
        Problem: 401 for a token that opens nothing or a write without any, 403 for a forged post, 429.
    """
    caller = _found(request)
    request.user = caller.user
    set_actor(caller.user)
    visitor = caller.is_visitor
    key = f"ip:{request.META.get('REMOTE_ADDR', '')}" if visitor else caller.key
    request.rate_headers = rate.count(key, visitor=visitor)  # type: ignore[attr-defined]
    return caller


def _found(request: HttpRequest) -> Caller:
    header = request.headers.get("Authorization")
    if header is not None:
        return _by_token(request, header)
    if request.user.is_authenticated:
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Problem(
                403,
                "csrf",
                _("用登录会话提交时须带上页面的 CSRF 令牌;程序请改用接口令牌。没有保存任何内容。"),
            )
        return Caller(request.user)
    if request.method not in SAFE:
        raise Problem(
            401, "unauthenticated", _("写入需要接口令牌:请加请求头 Authorization: Bearer luming_…。")
        )
    return Caller(AnonymousUser())


def _by_token(request: HttpRequest, header: str) -> Caller:
    kind, _blank, text = header.strip().partition(" ")
    try:
        if kind.lower() != "bearer":
            raise TokenRefused(_("Authorization 请求头应写成“Bearer luming_…”。"))
        token = recognise(text.strip(), timezone.now())
    except TokenRefused as refused:
        rate.count(f"ip:{request.META.get('REMOTE_ADDR', '')}", visitor=True)
        raise Problem(401, "unauthenticated", str(refused)) from refused
    return Caller(token.owner, token)
