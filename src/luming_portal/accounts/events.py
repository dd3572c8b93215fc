"""What happens around sign-in, written into the record of changes: who, when, from where, never a secret."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.socialaccount import signals as provider_signals
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils.translation import gettext as _

from luming_portal.accounts.models import User
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.audit.models import Change

SECOND_FACTOR_KNOWN = "second_factor_known"
"""Where a session notes that its user has a second factor."""


def recorded(
    action: str, user: User | None = None, *, request: Any = None, label: str = "", **details: Any
) -> None:
    """Record an event of an account as the deed of its owner."""
    address = _address(request)
    if address:
        details["ip"] = address
    if user is None:
        with change() as changes:
            changes.event(action, label, **details)
        return
    with acting_as(user), change() as changes:
        changes.event(action, label, user, **details)


def connect() -> None:
    """Listen; called once when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="luming.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="luming.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="luming.failed")
    user_locked_out.connect(_locked, dispatch_uid="luming.locked")
    account_signals.password_changed.connect(_password_changed, dispatch_uid="luming.password_changed")
    account_signals.password_set.connect(_password_set, dispatch_uid="luming.password_set")
    account_signals.password_reset.connect(_password_set, dispatch_uid="luming.password_reset")
    factor_signals.authenticator_added.connect(_factor_added, dispatch_uid="luming.factor_added")
    factor_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="luming.factor_removed")
    factor_signals.authenticator_reset.connect(_codes_made, dispatch_uid="luming.codes_made")
    factor_signals.authentication_failed.connect(_factor_failed, dispatch_uid="luming.factor_failed")
    provider_signals.social_account_added.connect(_identity_added, dispatch_uid="luming.identity_added")


def _real(request: Any) -> bool:
    """Whether a request came over the wire; a command or a test that signs in directly is no event."""
    return isinstance(request, HttpRequest) and hasattr(request, "request_id")


def _address(request: Any) -> str:
    return str(request.META.get("REMOTE_ADDR", "")) if _real(request) else ""


def _signed_in(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    if not _real(request):
        return
    now = int(datetime.now(UTC).timestamp())
    request.session["since"] = request.session["seen"] = now
    recorded("account.signed_in", user, request=request)


def _signed_out(sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
    if _real(request) and user is not None and not getattr(request, "session_timed_out", False):
        recorded("account.signed_out", user, request=request)


def _failed(sender: Any, credentials: Any, request: Any = None, **kwargs: Any) -> None:
    if not _real(request):
        return
    user = _named(credentials)
    if user is not None and _locked_lately(user):
        return
    # What was typed as a name may be a password in the wrong box, so only names that exist are recorded.
    recorded("account.sign_in_failed", request=request, label=_label(user))


def _locked(sender: Any, request: Any, username: str, **kwargs: Any) -> None:
    user = _named({"username": username})
    if user is None or not _locked_lately(user):
        with change() as changes:
            changes.event("account.locked", _label(user), user, ip=_address(request))


def _locked_lately(user: User) -> bool:
    since = datetime.now(UTC) - timedelta(hours=settings.AXES_COOLOFF_TIME)
    last = (
        Change.objects.filter(model="accounts.user", object_id=str(user.pk), at__gte=since)
        .filter(action__in=("account.locked", "account.unlocked"))
        .first()
    )
    return last is not None and last.action == "account.locked"


def _named(credentials: Any) -> User | None:
    name = str((credentials or {}).get("username") or "")
    return User.objects.filter(username__iexact=name).first() if name and "\x00" not in name else None


def _label(user: User | None) -> str:
    return user.username if user is not None else _("未登记的登录名")


def _password_changed(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    recorded("account.password_changed", user, request=request)


def _password_set(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    recorded("account.password_set", user, request=request)


def _factor_added(sender: Any, request: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    """A new factor ends all other sessions, which came in without it."""
    person = User.objects.get(pk=user.pk)
    person.sessions_ended += 1
    with acting_as(person), change() as changes:
        changes.event("account.second_factor_added", "", person, type=authenticator.type)
        changes.save(person)
    if _real(request):
        update_session_auth_hash(request, person)
        request.session.pop(SECOND_FACTOR_KNOWN, None)


def _factor_removed(sender: Any, request: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    recorded("account.second_factor_removed", user, request=request, type=authenticator.type)
    if _real(request):
        request.session.pop(SECOND_FACTOR_KNOWN, None)


def _codes_made(sender: Any, request: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    recorded("account.recovery_codes", user, request=request)


def _factor_failed(sender: Any, request: Any, user: User, authenticator: Any, **kwargs: Any) -> None:
    recorded("account.sign_in_failed", request=request, label=user.username, second_factor=authenticator.type)


def _identity_added(sender: Any, request: Any, sociallogin: Any, **kwargs: Any) -> None:
    recorded("account.identity_connected", sociallogin.user, request=request)
