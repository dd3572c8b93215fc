"""Answers that the caller holds already are not sent again."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from portal.api.conftest import Api, firm
from portal.conftest import recorded

pytestmark = pytest.mark.both_databases


@pytest.mark.django_db
def test_a_record_has_its_version_as_etag(api_of: Any) -> None:
    record = firm()
    api, path = api_of(Role.OFFICE), f"enterprises/{record.pk}"
    etag = api.get(path)["ETag"]
    assert etag == '"1"'
    for held in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        response = api.get(path, If_None_Match=held)
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert api.get(path, If_None_Match='"2"').status_code == 200


@pytest.mark.django_db
def test_a_list_is_new_after_any_change_and_for_anybody_else(
    api_of: Any, make_user: Any, token_of: Any
) -> None:
    record = firm()
    user = make_user(Role.OFFICE)
    api = Api(token_of(user))
    etag = api.get("enterprises")["ETag"]
    assert etag.startswith('W/"')
    assert api.get("enterprises", If_None_Match=etag).status_code == 304
    assert api.get("enterprises?page=1", If_None_Match=etag).status_code == 200
    assert Api().get("enterprises", If_None_Match=etag).status_code == 200
    assert Api(token_of(user, "read:enterprise")).get("enterprises", If_None_Match=etag).status_code == 200
    record.note = "新"
    with recorded() as changes:
        changes.save(record)
    assert api.get("enterprises", If_None_Match=etag).status_code == 200


@pytest.mark.django_db
def test_a_list_that_is_held_costs_no_look_at_the_records(django_assert_max_num_queries: Any) -> None:
    firm()
    api = Api()
    etag = api.get("enterprises")["ETag"]
    with django_assert_max_num_queries(4):  # the last change of each kind read, and on PostgreSQL its gaps
        assert api.get("enterprises", If_None_Match=etag).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["documents", "board", "webhooks", "changes", "facts/series?subject=包头市&indicator=gdp"]
)
def test_other_reads_know_what_is_held(path: str, api_of: Any, baotou: None) -> None:
    role = {"webhooks": Role.SYSTEM, "changes": Role.AUDITOR}.get(path, Role.OFFICE)
    api = api_of(role)
    first = api.get(path)
    assert first.status_code == 200, first.content.decode()
    assert api.get(path, If_None_Match=first["ETag"]).status_code == 304


@pytest.mark.django_db
def test_answers_are_private_and_vary(api_of: Any) -> None:
    response = Api().get("enterprises")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Authorization" in response["Vary"]
    head = Api().send("HEAD", "enterprises")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) > 0
