"""How people come in: by password and second factor, by an identity provider, or, in a demonstration, by one click."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from luming_portal.accounts.events import recorded
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused

BACKEND = "luming_portal.accounts.sign_in.PortalBackend"


class PortalBackend(AuthenticationBackend):
    """Password sign-in. Demonstration accounts are nobody outside the demonstration."""

    def user_can_authenticate(self, user: User) -> bool:
        """Whether the account is in use."""
        return bool(super().user_can_authenticate(user)) and user.may_sign_in

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session; it ends at once when the account is put out of use."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and user.may_sign_in else None


class PortalAdapter(DefaultAccountAdapter):
    """Accounts are opened by the system administrator, never by strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for himself."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Stop whoever may not sign in, by whatever way he comes."""
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if answer is None and not user.may_sign_in:
            return self.respond_user_inactive(request, user)
        return answer

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How the person can confirm that it is still he; whoever has no way is told what to do."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not methods and user.is_authenticated:
            raise Refused(_no_confirmation(user))
        return methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask again; who came by the identity provider and has no password sets up his factor at once."""
        user = self.request.user
        if user.is_authenticated and not user.has_usable_password() and not user.authenticator_set.exists():
            return not SocialAccount.objects.filter(user=user).exists()
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets of second factors encrypted, under a key made from the installation's secret."""

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return _lock().decrypt(encrypted_text.encode()).decode()


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Whoever the identity provider vouches for comes in with the account that bears the same name to sign in with.

    The first sign-in ties the account to the provider's identity. From then on only that identity opens it, so that
    a name given to somebody else at the provider opens nothing.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The provider says who somebody is; which rights he has is for the security administrator to say."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the provider's identity with the account of the same name, or say why that cannot be."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(
                provider_refusal(request, _("统一认证身份在第一次登录时自动绑定,不能在这里绑定。"), 403)
            )
        if sociallogin.is_existing:
            return
        name = str(sociallogin.user.username or "")
        user = User.objects.filter(username__iexact=name, demo=False).first() if name else None
        if user is None or not user.is_active:
            recorded("account.identity_unknown", label=_("统一认证"), request=request)
            raise ImmediateHttpResponse(provider_refusal(request, _unknown_sentence(name), 403))
        if SocialAccount.objects.filter(user=user).exists():
            recorded("account.identity_refused", user, request=request)
            raise ImmediateHttpResponse(provider_refusal(request, _other_identity_sentence(name), 403))
        sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Record that the provider's answer was refused."""
        recorded("account.identity_refused", label=_("统一认证"), request=request)


def provider_refusal(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """The page for whoever the identity provider knows and we do not."""
    return render(request, "socialaccount/refused.html", {"sentence": sentence}, status=status)


def counted_name(request: HttpRequest, credentials: Any) -> str:
    """The name under which failures are counted: capitals do not matter at sign-in, so they do not here."""
    return str((credentials or {}).get("username") or "").lower()


def locked_out(
    request: HttpRequest, response: Any, credentials: Any, *args: Any, **kwargs: Any
) -> HttpResponse:
    """The page after too many failures, with what to do."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "errors/locked.html", {"minutes": minutes}, status=429)


def _lock() -> Fernet:
    key = hashlib.sha256(b"luming second factor " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _no_confirmation(user: User) -> str:
    if user.demo:
        return _("演示账号没有密码,不能修改密码或设置两步验证。")
    return _("您的账号没有密码,无法确认是您本人。请退出后重新登录,或请安全管理员发放设置密码的链接。")


def _unknown_sentence(name: str) -> str:
    return _(
        "统一认证确认了您的身份,但本系统没有可用的同名账号“%(name)s”。请联系系统管理员开通账号,再由安全管理员授予权限。"
    ) % {"name": name[:64] or _("(未提供登录名)")}


def _other_identity_sentence(name: str) -> str:
    return _(
        "账号“%(name)s”已绑定另一个统一认证身份,这次登录被拒绝。如身份确有更换,请安全管理员重置后再登录。"
    ) % {"name": name[:64]}
