"""Reads of accounts, as far as the reader's rights reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import visible

STATES = ("active", "inactive", "locked")


def accounts_seen(reader: Any, *, search: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """The accounts open to the reader that match, with `locked` and `second_factor` on each."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    found = visible(reader, User.objects.all()).annotate(
        locked=Exists(_too_many().filter(username__iexact=OuterRef("username"))),
        second_factor=Exists(factors),
    )
    for word in search.split():
        found = found.filter(
            Q(username__icontains=word)
            | Q(name__icontains=word)
            | Q(unit__icontains=word)
            | Q(district__icontains=word)
            | Q(enterprise__name__icontains=word)
            | Q(institution__name__icontains=word)
        )
    if role:
        found = found.filter(role=role)
    if state == "locked":
        found = found.filter(locked=True)
    elif state in STATES:
        found = found.filter(is_active=state == "active")
    return found.select_related("enterprise", "institution").order_by("username")


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that the rights have let through, so never the anonymous visitor."""
    return cast(User, request.user)


def identities_of(account: User) -> Iterable[str]:
    """Names of the identity providers that an account is tied to."""
    return list(SocialAccount.objects.filter(user=account).values_list("provider", flat=True))


def _too_many() -> QuerySet[AccessAttempt]:
    since = datetime.now(UTC) - timedelta(hours=settings.AXES_COOLOFF_TIME)
    return AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    )
