"""Fifty megabytes are refused with a sentence on every address, before anything reads them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from luming_portal.accounts.roles import Role

HUGE = 50_000_000
ADDRESSES = (
    "/",
    "/documents/new/",
    "/documents/import/",
    "/registers/enterprises/import/",
    "/accounts/login/",
    "/i18n/setlang/",
)


class Unread(BytesIO):
    """A body that says when it is read."""

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("the body was read")


def _post(client: Client, address: str, size: int = HUGE) -> Any:
    return client.generic(
        "POST",
        address,
        content_type="multipart/form-data; boundary=b",
        **{"CONTENT_LENGTH": str(size), "wsgi.input": Unread()},
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_everybody_is_refused_unread(address: str, make_user: Any, client_of: Any) -> None:
    for client in (Client(enforce_csrf_checks=True), client_of(make_user(Role.OFFICE))):
        answer = _post(client, address)
        assert answer.status_code == 413, address
        assert "最大20MB" in answer.content.decode()


@pytest.mark.django_db
def test_a_length_that_no_number_holds_is_refused() -> None:
    assert _post(Client(), "/", 10**40).status_code == 413


@pytest.mark.django_db
def test_the_interface_keeps_its_narrower_limit() -> None:
    answer = _post(Client(), "/api/v1/enterprises")
    assert answer.status_code in (401, 413)
    assert answer["Content-Type"].startswith("application/")
