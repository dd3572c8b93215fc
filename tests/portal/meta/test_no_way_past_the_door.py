"""No change of a governed record escapes the record of changes: every model, every way of writing, every source file."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.core import serializers
from django.db import DatabaseError, connection, models, transaction
from django.urls import URLPattern, URLResolver, get_resolver

from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.audit.governed import Governed, UnrecordedChange
from luming_portal.audit.models import Change, Outbox

pytestmark = pytest.mark.both_databases

SOURCE = Path(__file__).parents[3] / "src/luming_portal"

NOT_GOVERNED = {
    "audit.Change": "the record of changes itself; append-only by triggers",
    "audit.Outbox": "written by the door with its change; only taken_at and sent_at may move, by trigger",
    "registers.StagedImport": "an uploaded file between preview and confirmation; what it changes goes through the door",
    "proofs.ProofCode": "an index of the codes in a stored book of proofs, which stands behind the door",
    "workbooks.StagedWorkbook": "an uploaded workbook until it is loaded; what it changes goes through the door",
    "search.Entry": "an index made from governed records, which can be made again at any time",
    "api.StoredReply": "the stored answer to an idempotent request; the request's change went through the door",
    "api.Delivery": "an attempt to deliver a webhook: a log of its own",
    "standards.AssessmentResult": "written once by a run, whose entry behind the door carries a digest over all of them",
    "budgets.BudgetBalance": "sums over the entries of a line, which went through the door; proved by a replay",
    "budgets.BudgetClaim": "sums over the entries of a matter, which went through the door; proved by a replay",
    "budgets.BudgetCounter": "what matters and caps have used, from entries that went through the door",
    "cases.CaseNumber": "the counter behind the numbers of cases, which stand in the cases themselves",
    "cases.CaseTurn": "whose turn it is: reckoned from the events of a case, which stand behind the door",
    "notices.Mail": "an attempt to send a mail about a notice: a log of its own",
    "operations.Job": "the state of a background job; what the job changes goes through the door",
    "operations.Heartbeat": "a worker's sign of life",
}
"""Models of the portal outside the door, each with the reason why its changes need no entry."""

RAW_SQL = {
    "operations/": "backup, restore, health and check read files and settings of the database; a restore replaces it whole",
    "audit/door.py": "the door itself writes many rows by one prepared statement",
    "audit/migrations/0002_append_only.py": "makes the triggers",
    "budgets/migrations/0003_append_only.py": "makes the triggers",
    "search/": "the full-text index, which is made from governed records",
    "api/pagination.py": "reads an estimate of the number of rows",
}
"""Beginnings of paths in which SQL is written by hand, with the reason."""

_SQL = re.compile(r"\bcursor\(|\.raw\(|RunSQL|\.extra\(|\bRawSQL\b")
_BEHIND = re.compile(r"door_open\.set\(|\.save_base\(|\._raw_delete\(|\._insert\(|\._update\(")
_ENTRY = re.compile(r"\b(Change|Outbox)\.objects\.(create|bulk_create|get_or_create|update_or_create)\(")


def _portal_models() -> list[type[models.Model]]:
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("luming_portal")
        for model in config.get_models(include_auto_created=True)
    ]


GOVERNED: list[Any] = [model for model in _portal_models() if issubclass(model, Governed)]


def _name(model: Any) -> str:
    return str(model._meta.label)


def test_every_model_is_governed_or_says_why_not() -> None:
    names = {_name(model) for model in _portal_models()}
    missing = names - {_name(model) for model in GOVERNED} - set(NOT_GOVERNED)
    assert not missing, f"derive {missing} from Governed, or write the reason against it into NOT_GOVERNED"
    assert len(GOVERNED) >= 15


def test_no_exemption_is_left_over() -> None:
    names = {_name(model) for model in _portal_models() if not issubclass(model, Governed)}
    assert set(NOT_GOVERNED) <= names | {"api.StoredReply", "api.Delivery"}


def _ways(model: Any) -> dict[str, Callable[[], Any]]:
    """Every way that Django offers to write a model."""
    new, known = model(), model(pk=1)
    ways: dict[str, Callable[[], Any]] = {
        "save of a new one": new.save,
        "save of a known one": known.save,
        "save of one field": lambda: known.save(update_fields=["version"]),
        "delete": known.delete,
        "save of the base": lambda: known.save_base(raw=True),
        "fixture": lambda: models.Model.save_base(known, raw=True),
        "asynchronous save": lambda: async_to_sync(new.asave)(),
        "asynchronous delete": lambda: async_to_sync(known.adelete)(),
    }
    for name, manager in {"objects": model._default_manager, "base": model._base_manager}.items():
        ways |= {
            f"{name}: create": lambda m=manager: m.create(),
            f"{name}: get_or_create": lambda m=manager: m.get_or_create(pk=10**9),
            f"{name}: update_or_create": lambda m=manager: m.update_or_create(pk=10**9),
            f"{name}: update": lambda m=manager: m.all().update(version=9),
            f"{name}: delete": lambda m=manager: m.all().delete(),
            f"{name}: filtered delete": lambda m=manager: m.filter(pk=1).delete(),
            f"{name}: bulk_create": lambda m=manager: m.bulk_create([new]),
            f"{name}: bulk_create, ignoring conflicts": lambda m=manager: m.bulk_create(
                [new], ignore_conflicts=True
            ),
            f"{name}: bulk_update": lambda m=manager: m.bulk_update([known], ["version"]),
            f"{name}: raw delete": lambda m=manager: m.all()._raw_delete("default"),
            f"{name}: asynchronous update": lambda m=manager: async_to_sync(m.all().aupdate)(version=9),
        }
    return ways


@pytest.mark.django_db
@pytest.mark.parametrize("model", GOVERNED, ids=_name)
def test_every_way_of_writing_is_refused(model: Any) -> None:
    for way, attempt in _ways(model).items():
        try:
            with transaction.atomic():
                attempt()
        except UnrecordedChange:
            continue
        except Exception as other:
            pytest.fail(f"{_name(model)}, {way}: {type(other).__name__} came before the door: {other}")
        pytest.fail(f"{_name(model)}, {way}: written without a record")
    assert not model._base_manager.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("model", GOVERNED, ids=_name)
def test_related_managers_lead_to_no_way_past_it(model: Any) -> None:
    """Reverse relations write with `update`, which stands behind the door too."""
    for relation in model._meta.related_objects:
        if not issubclass(relation.related_model, Governed) or relation.one_to_one or relation.hidden:
            continue
        manager = getattr(model(pk=1), relation.get_accessor_name())
        with pytest.raises(UnrecordedChange), transaction.atomic():
            manager.add(relation.related_model(pk=1), bulk=False)
        with pytest.raises(UnrecordedChange), transaction.atomic():
            manager.update(version=9)


@pytest.mark.django_db
def test_a_fixture_cannot_be_loaded_past_it() -> None:
    written = '[{"model": "enterprises.enterprise", "pk": 1, "fields": {"key": "E1", "name": "甲"}}]'
    (item,) = serializers.deserialize("json", written)
    with pytest.raises(UnrecordedChange):
        item.save()


@pytest.mark.parametrize("model", GOVERNED, ids=_name)
def test_relations_between_governed_records_protect(model: Any) -> None:
    """A cascade would remove records without an entry of their own."""
    for field in model._meta.concrete_fields:
        if field.remote_field is not None and issubclass(field.related_model, Governed):
            assert field.remote_field.on_delete is models.PROTECT, f"{field}: use on_delete=PROTECT"
    assert not model._meta.many_to_many, (
        "a relation table changes without an entry; use a JSON field or a model"
    )


@pytest.mark.parametrize("model", GOVERNED, ids=_name)
def test_a_governed_model_has_its_place_in_the_rights(model: Any) -> None:
    from luming_portal.accounts.rights import RIGHTS

    assert model.noun in RIGHTS, f"{_name(model)}.noun = {model.noun!r} is not in RIGHTS"


def _files() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), path.read_text(encoding="utf-8")


def test_sql_is_written_by_hand_only_where_the_reason_is_written_down() -> None:
    for name, text in _files():
        if _SQL.search(text):
            assert name.startswith(tuple(RAW_SQL)), (
                f"{name}: raw SQL; use the ORM, or give the reason in RAW_SQL"
            )


def test_hand_written_sql_changes_no_governed_table() -> None:
    tables = "|".join(model._meta.db_table for model in GOVERNED)
    writing = re.compile(
        rf'(INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?({tables})\b', re.IGNORECASE
    )
    for name, text in _files():
        assert not writing.search(text), f"{name}: writes a governed table past the door"


def test_only_the_door_opens_the_door() -> None:
    for name, text in _files():
        allowed = {"audit/door.py", "audit/governed.py"}
        assert name in allowed or not _BEHIND.search(text), f"{name}: goes behind the door"
        assert name == "audit/door.py" or not _ENTRY.search(text), f"{name}: writes entries by itself"
    assert "door_open.set" in (SOURCE / "audit/door.py").read_text(encoding="utf-8")


VIEWS_WITHOUT_SERVICE = {
    "luming_portal.support.views.calculator": "reckons on what a stranger typed, and keeps nothing",
    "luming_portal.standards.views.what_if": "reckons on figures that are only thought of, and keeps nothing",
    "luming_portal.accounts.demonstration_views": "signs in and out, which the signal records",
    "luming_portal.accounts.closed_views": "answers 404",
}
"""Modules with views that take posts and call no service, with the reason."""


def _views() -> Iterator[tuple[str, Any]]:
    def walk(patterns: Any, before: str) -> Iterator[tuple[str, Any]]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            elif isinstance(one, URLPattern):
                yield route, one.callback

    return walk(get_resolver().url_patterns, "")


def test_every_view_that_takes_posts_calls_a_service() -> None:
    """A service is a module beside the views that opens the door, or is handed it open."""
    tried = set()
    for route, view in _views():
        module = getattr(view, "__module__", "")
        if not module.startswith("luming_portal.") or module in VIEWS_WITHOUT_SERVICE:
            continue
        function = inspect.unwrap(getattr(view, "view_class", view))
        if not re.search(r"POST|\.FILES|request\.body", inspect.getsource(function)):
            continue
        text = inspect.getsource(import_module(module))
        assert any(_is_service(one) for one in _imported(text)), (
            f"{module} ({route}) takes posts and calls no service"
        )
        assert not re.search(r"\bchange\(", text), (
            f"{module} ({route}) opens the door in a view; make it a service"
        )
        tried.add(module)
    assert len(tried) >= 3


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("luming_portal"):
            yield str(node.module)
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _is_service(name: str) -> bool:
    if "views" in name or name.endswith("audit.door"):
        return False
    path = SOURCE / Path(*name.split(".")[1:])
    files = [path.with_suffix(".py"), *path.glob("*.py")] if path != SOURCE else []
    texts = [file.read_text(encoding="utf-8") for file in files if file.exists()]
    return any(re.search(r"\bchange\(|ChangeSet", text) for text in texts)


def test_services_name_who_acts() -> None:
    """A function of a service that opens the door is told who acts."""
    for path in [*SOURCE.glob("*/services.py"), *SOURCE.glob("*/services/*.py")]:
        module = import_module(".".join(("luming_portal", *path.relative_to(SOURCE).with_suffix("").parts)))
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            if re.search(r"\bchange\(", inspect.getsource(function)):
                parameters = set(inspect.signature(function).parameters)
                assert (
                    parameters & {"by", "changes"}
                    or f"{path.relative_to(SOURCE).parts[0]}.{name}" in FOR_COMMANDS
                ), f"{module.__name__}.{name} opens the door and is not told who acts (by=)"


FOR_COMMANDS = {
    "accounts.make_password_link": "called by password_link, which checks, and by the command appoint",
    "cockpit.record_lights": "called by the daily job and its command, for the installation itself",
    "notices.tell": "told inside the change of whoever acted, by the services of what it is about",
}
"""Functions of services that act for whoever called them, with the reason."""


# --- the tables themselves ------------------------------------------------------------------------------------------


@pytest.fixture
def entry(db: None) -> Change:
    """An entry with its outbox row."""
    with acting_as(None), change("试") as changes:
        changes.event("tried", "一件事")
    return Change.objects.get()


def _refused(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_itself_refuses_changes_of_the_record(entry: Change) -> None:
    row = Outbox.objects.get()
    for statement in (
        f"UPDATE audit_change SET reason = 'x' WHERE id = {entry.pk}",
        f"UPDATE audit_change SET id = id + 1 WHERE id = {entry.pk}",
        f"DELETE FROM audit_change WHERE id = {entry.pk}",
        "DELETE FROM audit_change",
        f"UPDATE audit_outbox SET digest = 'x' WHERE id = {row.pk}",
        f"UPDATE audit_outbox SET change_id = 99 WHERE id = {row.pk}",
        f"DELETE FROM audit_outbox WHERE id = {row.pk}",
    ):
        _refused(statement)
    assert Change.objects.get().digest() == Outbox.objects.get().digest


def test_replacing_is_refused(entry: Change) -> None:
    """INSERT OR REPLACE on SQLite, with and without recursive triggers; ON CONFLICT DO UPDATE on both databases."""
    columns = (
        "id, at, actor, actor_name, actor_role, request_id, action, model, object_id, object_label, reason"
    )
    values = f"{entry.pk}, '2020-01-01', 'x', '', 'x', '', 'x', '', '', '', 'x'"
    row = Outbox.objects.get()
    _refused(
        f"INSERT INTO audit_change ({columns}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET reason = 'x'"
    )
    for pragma in ("ON", "OFF") if connection.vendor == "sqlite" else ():
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA recursive_triggers={pragma}")
        for verb in ("INSERT OR REPLACE", "REPLACE"):
            _refused(f"{verb} INTO audit_change ({columns}) VALUES ({values})")
            _refused(f"{verb} INTO audit_outbox (id, change_id, digest) VALUES ({row.pk}, {entry.pk}, 'x')")
        _refused(f"UPDATE OR REPLACE audit_change SET reason = 'x' WHERE id = {entry.pk}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")
    assert Change.objects.get().reason == "试"


def test_the_orm_is_refused_as_well(entry: Change) -> None:
    for attempt in (
        lambda: Change.objects.update(reason="x"),
        lambda: Change.objects.all().delete(),
        lambda: entry.delete(),
        lambda: entry.save(),
        lambda: Outbox.objects.update(digest="x"),
    ):
        with pytest.raises((DatabaseError, models.ProtectedError)), transaction.atomic():
            attempt()


def test_taking_up_and_sending_may_be_noted(entry: Change) -> None:
    assert Outbox.objects.update(taken_at=entry.at, sent_at=entry.at) == 1
