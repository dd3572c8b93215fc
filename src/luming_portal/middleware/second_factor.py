"""Staff work only with a second factor: whoever has none yet is led to set one up before anything else.

It does not matter how somebody came in: whoever has a factor is asked for it at every sign-in (by allauth, after a
password and after an identity provider; a passkey is two factors in one), and a new factor ends all other sessions.
So what is left to see to here is staff without any.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luming_portal.accounts.events import SECOND_FACTOR_KNOWN
from luming_portal.error_views import error_page, wants_json

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Recovery codes alone are no second factor."""

_OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "set_language",
        "accounts:forgotten",
    }
)
_OPEN_BEGINNINGS = ("mfa_",)


class SecondFactor:
    """Leads staff without a second factor to its set-up; demonstration accounts (DEBUG only) are excused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stop before the page, unless it is one of those that lead to a second factor."""
        if not self._must_set_up(request):
            return None
        sentence = _("工作人员账号须启用两步验证。请先完成设置,再继续使用。")
        if wants_json(request) or request.path.startswith("/api/") or request.method != "GET":
            return error_page(request, 403, _("需要两步验证"), sentence)
        messages.info(request, sentence)
        return redirect("mfa_activate_totp")

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not settings.SECOND_FACTOR or not user.is_authenticated or not user.is_staff_role or user.demo:
            return False
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _OPEN or name.startswith(_OPEN_BEGINNINGS):
            return False
        if request.session.get(SECOND_FACTOR_KNOWN) == user.pk:
            return False
        if is_mfa_enabled(user, FACTORS):
            request.session[SECOND_FACTOR_KNOWN] = user.pk
            return False
        return True
