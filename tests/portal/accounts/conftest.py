"""What the tests of accounts share: signing in as people do, through the pages, and an authenticator."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from luming_portal.accounts.models import User

PASSWORD = "a-long-test-password"
_addresses = itertools.count(1)


@pytest.fixture
def sign_in(db: None) -> Callable[..., Any]:
    """Post the sign-in form as a browser would, from an address of its own; the answer carries the client."""

    def post(username: str, password: str = PASSWORD, *, client: Client | None = None, next: str = "") -> Any:
        number = next_address()
        visitor = client or Client(REMOTE_ADDR=number)
        body = {"login": username, "password": password}
        if next:
            body["next"] = next
        return visitor.post("/accounts/login/", body)

    return post


def next_address() -> str:
    """An address that no other test has used."""
    number = next(_addresses)
    return f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"


@pytest.fixture
def with_authenticator(db: None) -> Callable[[User], Callable[[], str]]:
    """Give a person an authenticator application; what comes back makes its code of this moment."""

    def give(user: User) -> Callable[[], str]:
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        RecoveryCodes.activate(user)

        def code() -> str:
            return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))

        return code

    return give


@pytest.fixture
def factors_of() -> Callable[[User], set[str]]:
    """The kinds of second factors that a person has."""
    return lambda user: set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
