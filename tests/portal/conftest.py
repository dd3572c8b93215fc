"""What the portal's tests share: people of every role, a way to enter records, and a clean end on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db.backends.sqlite3 import base as sqlite
from django.test import Client, TransactionTestCase
from django.utils import translation

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import ChangeSet, change
from portal.loaded_packs import put_packs

PASSWORD = "a-long-test-password"
BACKEND = "luming_portal.accounts.sign_in.PortalBackend"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "both_databases: asks what SQLite and PostgreSQL answer in ways of their own; runs on both"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever commits for real runs on both databases; other modules of which that is true say so themselves.

    Where only these are asked for, what never opens the database of the tests is left out, also of such a module.
    """
    for item in items:
        for marker in item.iter_markers("django_db"):
            if marker.kwargs.get("transaction") and "live_server" not in item.fixturenames:
                item.add_marker(pytest.mark.both_databases)
    if config.option.markexpr == "both_databases":
        silent = [item for item in items if not _opens_the_database(item)]
        config.hook.pytest_deselected(items=silent)
        items[:] = [item for item in items if _opens_the_database(item)]


def _opens_the_database(item: Any) -> bool:
    django_test = item.cls is not None and issubclass(item.cls, TransactionTestCase)
    return django_test or "db" in item.fixturenames or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """No test sees what another one left: cached answers, boards of the same numbers, the language of its last page."""
    from luming_portal.cockpit.boards import SHELF

    cache.clear()
    SHELF.forget()
    translation.deactivate()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_flushed() -> Iterator[None]:
    """Between transactional tests the tables are emptied, past the triggers that guard the record of changes.

    For the whole session: a test's own patch would be gone by the time its tables are emptied.
    """
    flush = sqlite.DatabaseOperations.sql_flush

    def around(self: Any, style: Any, tables: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        statements = flush(self, style, tables, **kwargs)
        return [
            *(f'DROP TRIGGER "{name}"' for name, _ in triggers),
            *statements,
            *(sql for _, sql in triggers),
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite.DatabaseOperations, "sql_flush", around)
        yield


@contextmanager
def recorded(reason: str = "测试") -> Iterator[ChangeSet]:
    """The audit door, opened by the system itself."""
    with acting_as(None), change(reason) as changes:
        yield changes


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Makes a person of a role; more fields by name."""

    def make(role: Role | str, username: str = "", **fields: Any) -> User:
        name = username or f"{role}-{User.objects.count() + 1}"
        user = User(
            username=name,
            name=f"测试{Role(role).label}",
            role=role,
            password=make_password(PASSWORD),
            **fields,
        )
        with recorded() as changes:
            changes.save(user)
        return user

    return make


@pytest.fixture
def client_of(db: None) -> Callable[[User | None], Client]:
    """A client signed in as a person (None: a visitor), its second factor taken for granted."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend=BACKEND)
            session = client.session
            session["second_factor_known"] = user.pk
            session.save()
        return client

    return make


@pytest.fixture
def baotou(db: None, settings: Any) -> None:
    """Baotou's packs and registers, as `luming-portal setup` loads them."""
    put_packs(settings.PACKS)
