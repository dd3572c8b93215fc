"""The description of the interface: stored, stable, complete, and true of what the interface answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode

from luming_portal.accounts.rights import RIGHTS, Action, Scope
from luming_portal.accounts.roles import Role
from luming_portal.api.documentation import documentation
from luming_portal.api.routes import api
from luming_portal.api.schema_command import schema_text
from luming_portal.api.scopes import all_scopes
from luming_portal.registers.catalog import registers
from luming_portal.wsgi import application
from portal.api.conftest import firm

STORED = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"
ROLES = [
    role for role in Role if role is Role.VISITOR or RIGHTS["token"][Action.CREATE][role] is not Scope.NONE
]
CHECKS = schemathesis.checks


def test_the_stored_description_is_the_one_that_is_served() -> None:
    assert schema_text() == STORED.read_text(encoding="utf-8"), (
        "The interface changed: run `python -m luming_portal.api.schema_command docs/reference/openapi.json`, "
        "and say what changed in docs/guide/api.md."
    )


@pytest.mark.django_db
def test_it_is_public_and_the_same_in_every_language() -> None:
    served = Client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    assert served.status_code == 200
    assert served.json() == json.loads(STORED.read_text(encoding="utf-8"))


def test_every_operation_is_described_in_chinese_with_a_stable_name() -> None:
    schema = json.loads(schema_text())
    seen: set[str] = set()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["operationId"] not in seen, where
            seen.add(operation["operationId"])
            assert any("一" <= sign <= "鿿" for sign in operation["summary"]), where
            assert operation["tags"], where
            scopes = [scope for one in operation["security"] for scope in one.get("token", ())]
            assert set(scopes) <= set(all_scopes()), where
            for parameter in operation["parameters"]:
                assert parameter.get("description") or parameter["in"] == "path", where
    for register in registers().values():
        assert {f"{register.slug}_list", f"{register.slug}_read"} <= seen


def test_every_shape_is_valid_json_schema() -> None:
    schema = json.loads(schema_text())
    for shape in schema["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


@pytest.mark.django_db
def test_the_page_of_documentation_tells_every_operation_without_foreign_addresses() -> None:
    page = Client().get("/api/v1/docs/").content.decode()
    operations = [one for group in documentation().groups.values() for one in group]
    assert len(operations) == sum(len(methods) for methods in api.get_openapi_schema()["paths"].values())
    for operation in operations:
        assert f'id="{operation.id}"' in page
    body = page[page.index("<main") :]
    assert "<script" not in body[: body.index("</main>")]
    assert "style=" not in body
    assert "http://" not in body[: body.index("</main>")].replace("https:// 或 http://", "")


@pytest.fixture
def filled(baotou: None, db: None) -> dict[str, int]:
    """Baotou's data and a record of every register, by slug."""
    firm(1)
    found = {}
    for slug, register in registers().items():
        row = register.model._default_manager.order_by("pk").first()
        found[slug] = row.pk if row is not None else 1
    return found


@contextmanager
def connection_kept() -> Iterator[None]:
    """Django's own test client does this too: the test's transaction lives in the one connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def exercise(
    token: str, known: dict[str, int], mode: GenerationMode, examples: int, number: int, turn: int = -1
) -> int:
    """Send generated requests to every operation (or to every third one, beginning at `turn`); how many."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    sent = 0
    failures: list[str] = []
    for place, result in enumerate(schema.get_all_operations()):
        if turn >= 0 and place % 3 != turn:
            continue
        operation = result.ok()
        slug = operation.path.removeprefix("/api/v1/").partition("/")[0]

        @seed(number)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            nonlocal sent
            if mode is GenerationMode.POSITIVE:
                _point_at_what_is_there(case, known, slug)  # noqa: B023 - called in this very turn
            headers = {"Accept-Encoding": "identity"}
            if token:
                headers["Authorization"] = f"Bearer {token}"
            response = case.call(headers=headers)
            case.validate_response(
                response,
                excluded_checks=[
                    CHECKS.positive_data_acceptance,
                    CHECKS.ignored_auth,
                    CHECKS.use_after_free,
                    CHECKS.ensure_resource_availability,
                ],
            )
            sent += 1

        try:
            send()
        except Unsatisfiable:  # an operation that takes nothing cannot be given anything wrong
            continue
        except Exception as problem:
            failures.append(f"{operation.label}: {problem}\n{getattr(problem, 'exceptions', '')}")
    assert not failures, "\n\n".join(failures)
    return sent


def _point_at_what_is_there(case: Any, known: dict[str, int], slug: str) -> None:
    parts = case.path_parameters or {}
    if "id" in parts and slug in known and parts["id"] % 2:
        parts["id"] = known[slug]
    if "key" in parts and len(str(parts["key"])) % 2:
        parts["key"] = "baotou.2025-1"
        if "number" in parts:
            parts["number"] = 1
        if "name" in parts:
            parts["name"] = "document.yaml"


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"]
)
@pytest.mark.parametrize("role", ROLES)
def test_generated_requests_meet_no_failure_and_answers_fit_the_description(
    role: Role, mode: GenerationMode, make_user: Any, token_of: Any, filled: dict[str, int], settings: Any
) -> None:
    settings.LUMING_API_RATE = 1_000_000
    settings.LUMING_WEBHOOK_HOSTS = ["data.example.gov.cn"]
    fields = {Role.DISTRICT: {"district": "青山区"}, Role.DEPARTMENT: {"unit": "市科技局"}}.get(role, {})
    token = "" if role is Role.VISITOR else token_of(make_user(role, **fields))
    with connection_kept():
        if role is Role.OFFICE:
            assert exercise(token, filled, mode, examples=3, number=20251) > 100
        elif mode is GenerationMode.POSITIVE:
            assert exercise(token, filled, mode, examples=1, number=20251) > 40
        else:  # what does not fit is refused before it matters who sends it: a third of the operations a role
            assert exercise(token, filled, mode, examples=1, number=20251, turn=ROLES.index(role) % 3) > 10
