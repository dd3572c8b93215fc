"""Health and readiness: without sign-in, without detail, and true."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client

from luming_portal import assets
from luming_portal.operations import health

pytestmark = pytest.mark.both_databases


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "word"), [("/healthz", "ok"), ("/readyz", "ready")])
def test_stranger_learns_yes_and_nothing_else(path, word):
    answer = Client().get(path, headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert answer.json() == {"status": word}
    assert "sessionid" not in answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert Client().post(path).status_code == 405


def test_health_needs_no_database():
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_the_structure_is_behind(monkeypatch):
    monkeypatch.setattr(health, "unapplied_migrations", lambda: ["audit.0009_next"])
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready"}


@pytest.mark.django_db
def test_not_ready_without_assets(monkeypatch):
    monkeypatch.setattr(assets, "faults", lambda: ["网页资源没有安装"])
    assert Client().get("/readyz").status_code == 503


@pytest.mark.django_db
def test_not_ready_without_database(monkeypatch):
    def fail(*_):
        raise DatabaseError("password authentication failed for user luming")

    monkeypatch.setattr(health, "unapplied_migrations", fail)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert "luming" not in answer.content.decode()


@pytest.mark.django_db
def test_ready_means_migrated():
    assert health.unapplied_migrations() == []
