"""A write that is sent twice happens once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from luming_portal.accounts.roles import Role
from luming_portal.api.models import StoredReply
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise
from portal.api.conftest import firm
from portal.shared_database import shared_database

pytestmark = pytest.mark.both_databases

NEW = {"key": "N1", "name": "新公司", "reason": "登记"}


@pytest.mark.django_db
def test_the_same_request_gets_the_same_reply(api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    first = api.post("enterprises", NEW, Idempotency_Key="k1")
    again = api.post("enterprises", NEW, Idempotency_Key="k1")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    assert (again["Location"], again["ETag"], again["Content-Type"]) == (
        first["Location"],
        first["ETag"],
        first["Content-Type"],
    )
    assert Enterprise.objects.count() == 1
    assert Change.objects.filter(model="enterprises.enterprise").count() == 1


@pytest.mark.django_db
def test_a_change_and_a_removal_are_replayed_too(api_of: Any) -> None:
    record, api = firm(), api_of(Role.OFFICE)
    path = f"enterprises/{record.pk}"
    for _ in range(2):
        assert (
            api.patch(path, {"note": "x", "reason": "y"}, If_Match='"1"', Idempotency_Key="a").status_code
            == 200
        )
    assert api.delete(path, If_Match='"2"', X_Reason="x", Idempotency_Key="b").status_code == 204
    assert Change.objects.filter(model="enterprises.enterprise").count() == 3


@pytest.mark.django_db
def test_a_key_belongs_to_one_request_and_one_caller(api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    api.post("enterprises", NEW, Idempotency_Key="k1")
    other = api.post("enterprises", {**NEW, "name": "别的"}, Idempotency_Key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    stranger = api_of(Role.OFFICE, username="别人").post(
        "enterprises", {**NEW, "key": "N2"}, Idempotency_Key="k1"
    )
    assert stranger.status_code == 201


@pytest.mark.django_db
def test_a_refused_request_stores_nothing_and_may_be_mended(api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    assert api.post("enterprises", {**NEW, "credit_code": "1"}, Idempotency_Key="k1").status_code == 422
    assert not StoredReply.objects.exists()
    assert api.post("enterprises", NEW, Idempotency_Key="k1").status_code == 201


@pytest.mark.django_db
def test_a_key_is_forgotten_after_a_day(api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    api.post("enterprises", NEW, Idempotency_Key="k1")
    StoredReply.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert api.post("enterprises", {**NEW, "key": "N2"}, Idempotency_Key="k1").status_code == 201
    assert StoredReply.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 101, "有", "a b"])
def test_a_key_that_cannot_be_read_is_refused(key: str, api_of: Any) -> None:
    response = api_of(Role.OFFICE).post("enterprises", NEW, Idempotency_Key=key)
    assert response.status_code == 400
    assert not Enterprise.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_twelve_at_once_one_writes(api_of: Any, tmp_path: Any) -> None:
    """Each thread has its own connection; on SQLite to a file of its own for this test."""
    api = api_of(Role.OFFICE)
    with shared_database(tmp_path):
        start = threading.Barrier(12)

        def post(_number: int) -> int:
            start.wait()
            try:
                response = api.post("enterprises", NEW, Idempotency_Key="k1")
                assert response.status_code in (201, 409), response.content.decode()
                return int(response.status_code)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(12) as pool:
            statuses = list(pool.map(post, range(12)))
        assert 201 in statuses
        assert Enterprise.objects.count() == 1
        assert api.post("enterprises", NEW, Idempotency_Key="k1")["Idempotent-Replayed"] == "true"


@pytest.mark.django_db(transaction=True)
def test_of_twelve_changes_of_one_version_one_wins(api_of: Any, tmp_path: Any) -> None:
    api, record = api_of(Role.OFFICE), firm()
    with shared_database(tmp_path):
        start = threading.Barrier(12)

        def patch(number: int) -> int:
            start.wait()
            try:
                body = {"note": f"第{number}个", "reason": "并发"}
                return int(api.patch(f"enterprises/{record.pk}", body, If_Match='"1"').status_code)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(12) as pool:
            statuses = sorted(pool.map(patch, range(12)))
        assert statuses == [200] + [412] * 11
        assert Enterprise.objects.get().version == 2
