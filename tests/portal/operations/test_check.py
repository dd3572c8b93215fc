"""The check of an installation: every fault has a sentence and a way out, and none of them stops the check."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError

from luming_portal import assets
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.operations.archive import BackupError
from luming_portal.operations.check import daily_work, database, files, machine, run, safety
from luming_portal.operations.check.finding import Severity, fine
from luming_portal.operations.models import Heartbeat, Job

pytestmark = pytest.mark.both_databases

NOW = datetime.now(UTC)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    """A real installation as far as settings go: not the demonstration, HTTPS, one name."""
    settings.HOME = tmp_path
    settings.BACKUPS = tmp_path / "backups"
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["luming.example.gov.cn"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"


def levels(check, now=NOW):
    """What a check finds: code → level."""
    found = list(check(now))
    assert all(one.sentence.endswith(("。", ")")) for one in found)
    assert all(one.remedy for one in found if one.level is not Severity.OK)
    return {one.code: str(one.level) for one in found}


def test_machine_in_order_is_fine():
    assert levels(machine.python) == {"python": "ok"}
    assert levels(machine.home) == {"home": "ok", "disk": "ok"}


def test_old_python_is_told(monkeypatch):
    monkeypatch.setattr(machine.platform, "python_version_tuple", lambda: ("3", "9", "2"))
    assert levels(machine.python) == {"python": "fault"}


@pytest.mark.parametrize(("free", "level"), [(10**8, "fault"), (10**9, "warning"), (10**11, "ok")])
def test_full_disk_is_told_in_time(monkeypatch, free, level):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    assert levels(machine.home)["disk"] == level


def test_folder_that_cannot_be_written_is_told(settings, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    settings.HOME = tmp_path / "file"
    assert levels(machine.home) == {"home": "fault"}


@pytest.mark.django_db
def test_clock_before_the_last_recorded_change_is_told():
    with change("x", now=NOW + timedelta(hours=2)) as changes:
        changes.event("test")
    assert levels(machine.clock) == {"clock": "fault"}
    assert levels(machine.clock, NOW + timedelta(hours=3)) == {"clock": "ok"}


@pytest.mark.django_db
def test_database_in_order_is_fine():
    assert levels(database.reachable) == {"database": "ok", "migrations": "ok"}


@pytest.mark.django_db
def test_structure_that_is_behind_is_told(monkeypatch):
    monkeypatch.setattr(database, "unapplied_migrations", lambda: ["audit.0009_next"])
    assert levels(database.reachable)["migrations"] == "fault"


def test_unreachable_database_is_told_and_the_other_checks_go_on(monkeypatch):
    class Broken:
        vendor, display_name = "postgresql", "PostgreSQL"

        def cursor(self):
            raise DatabaseError("connection refused\nmore")

    monkeypatch.setattr(database, "connection", Broken())
    monkeypatch.setattr(run, "findings", run.findings)
    found = run.findings(NOW, (database.reachable, database.durability, machine.clock, machine.python))
    assert [one.code for one in found] == ["database", "python"]
    assert "DATABASE_URL" in found[0].remedy


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (("wal", 2, 1), "ok"),
        (("delete", 2, 1), "fault"),
        (("wal", 1, 1), "fault"),
        (("wal", 2, 0), "fault"),
    ],
)
def test_settings_that_lose_data_are_told_on_sqlite(monkeypatch, answers, level):
    class Answers:
        def __init__(self):
            self.said = iter([*answers, "ok"])

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def execute(self, _):
            return self

        def fetchone(self):
            return (next(self.said),)

    class Connection:
        vendor = "sqlite"
        cursor = staticmethod(Answers)

    monkeypatch.setattr(database, "connection", Connection())
    assert levels(database.durability) == {"durability": level}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("on", "on", "UTF8", 150000), {"durability": "ok"}),
        (("off", "on", "UTF8", 150000), {"durability": "fault"}),
        (("on", "off", "UTF8", 150000), {"durability": "fault"}),
        (("on", "on", "UTF8", 120000), {"durability": "warning"}),
        (("on", "on", "SQL_ASCII", 150000), {"encoding": "fault", "durability": "ok"}),
    ],
)
def test_settings_that_lose_data_are_told_on_postgresql(monkeypatch, row, expected):
    class Answers:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def execute(self, _):
            return self

        def fetchone(self):
            return row

    class Connection:
        vendor = "postgresql"
        cursor = staticmethod(Answers)

    monkeypatch.setattr(database, "connection", Connection())
    assert levels(database.durability) == expected


def test_leftovers_of_a_restore_are_told(settings, tmp_path, monkeypatch):
    class Connection:
        vendor = "sqlite"

    monkeypatch.setattr(database, "connection", Connection())
    path = tmp_path / "portal.sqlite3"
    settings.DATABASES["default"] = {**settings.DATABASES["default"], "NAME": str(path)}
    assert levels(database.leftovers) == {}
    path.with_name("portal.sqlite3.restoring-1").touch()
    path.with_name("portal.sqlite3.before-restore-1").touch()
    assert levels(database.leftovers) == {"leftovers": "warning", "kept": "warning"}


def test_files_in_order_are_fine():
    assert levels(files.browser_assets)["assets"] == "ok"
    assert levels(files.compiled_translations) == {"translations": "ok"}
    assert levels(files.pdf) == {"pdf": "ok"}
    assert levels(files.packs) == {"packs": "ok"}


def test_missing_assets_fonts_and_packs_are_told(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(assets, "faults", lambda: ["网页资源没有安装。"])
    assert levels(files.browser_assets)["assets"] == "fault"
    settings.PACKS = tmp_path
    assert levels(files.packs) == {"packs": "fault"}
    import luming.report.fonts

    monkeypatch.setattr(luming.report.fonts, "font_paths", lambda: (tmp_path / "NotoSerifSC.otf",))
    assert levels(files.pdf) == {"pdf": "fault"}


def test_pack_that_does_not_load_is_named(settings, tmp_path, root):
    shutil.copytree(root / "packs" / "baotou", tmp_path / "packs" / "baotou")
    (tmp_path / "packs" / "baotou" / "2025-1" / "commitments.yaml").write_text("- {", encoding="utf-8")
    settings.PACKS = tmp_path / "packs"
    (found,) = files.packs(NOW)
    assert found.level is Severity.FAULT
    assert "2025-1" in found.sentence


@pytest.mark.parametrize(
    "key", ["short", "a" * 80, "django-insecure-0123456789abcdefghijklmnopqrstuvwxyzABCDEF"]
)
def test_weak_secret_is_told(settings, key):
    settings.SECRET_KEY = key
    assert levels(safety.secret_key) == {"secret": "fault"}


def test_secret_that_others_can_read_is_told(tmp_path):
    assert levels(safety.secret_key) == {"secret": "ok"}
    file = tmp_path / "secret_key"
    file.touch(mode=0o644)
    assert levels(safety.secret_key) == {"secret": "fault"}


@pytest.mark.django_db
def test_demonstration_accounts_in_real_work_are_told(settings, make_user):
    assert levels(safety.demonstration) == {"demo": "ok"}
    settings.DEBUG = True
    make_user(Role.OFFICE, demo=True)
    assert levels(safety.demonstration) == {"demo": "fault"}
    settings.ALLOWED_HOSTS = ["localhost"]
    assert levels(safety.demonstration) == {"demo": "warning"}
    settings.DEBUG = False
    assert levels(safety.demonstration) == {"demo": "fault"}


@pytest.mark.parametrize(
    ("names", "level"), [(["*"], "fault"), (["localhost"], "warning"), (["luming.example.gov.cn"], "ok")]
)
def test_names_of_the_site_are_looked_at(settings, names, level):
    settings.ALLOWED_HOSTS = names
    assert levels(safety.hosts) == {"hosts": level}


def test_missing_https_and_second_factor_are_told(settings):
    assert levels(safety.https) == {"https": "ok"}
    settings.SESSION_COOKIE_SECURE = False
    assert levels(safety.https) == {"https": "fault"}
    settings.SECURE_SSL_REDIRECT = False
    assert levels(safety.https) == {"https": "warning"}
    settings.SECOND_FACTOR = False
    assert levels(safety.second_factor) == {"second_factor": "warning"}


def test_running_as_root_is_told(monkeypatch):
    monkeypatch.setattr(safety, "is_root", lambda: True)
    assert levels(safety.account_of_process) == {"root": "warning"}
    monkeypatch.setattr(safety, "is_root", lambda: False)
    assert levels(safety.account_of_process) == {}


@pytest.mark.django_db
def test_missing_worker_is_a_warning_and_a_fault_when_jobs_wait():
    assert levels(daily_work.worker_alive) == {"worker": "warning"}
    job = Job.objects.create(function="x", title="导出")
    assert levels(daily_work.worker_alive) == {"worker": "fault"}
    Heartbeat.objects.create(
        worker="w", host=socket.gethostname(), process=os.getpid(), started_at=NOW, seen_at=NOW
    )
    assert levels(daily_work.worker_alive) == {"worker": "ok"}
    Job.objects.filter(pk=job.pk).update(created_at=NOW - timedelta(hours=1))
    assert levels(daily_work.worker_alive) == {"worker": "warning"}


@pytest.mark.parametrize(("days", "level"), [(None, "fault"), (0, "ok"), (3, "warning"), (8, "fault")])
def test_age_of_the_newest_backup_is_told(settings, days, level):
    if days is not None:
        settings.BACKUPS.mkdir()
        (settings.BACKUPS / f"luming-backup-{NOW - timedelta(days=days):%Y%m%dT%H%M%S}Z.zip").touch()
    assert levels(daily_work.backups)["backup"] == level


def test_missing_tools_of_postgresql_are_told(monkeypatch):
    class Connection:
        vendor = "postgresql"

    def none(name):
        raise BackupError(f"这台机器上没有 {name}。")

    monkeypatch.setattr(daily_work, "connection", Connection())
    monkeypatch.setattr(daily_work, "find_tool", none)
    assert levels(daily_work.backups)["backup_tools"] == "fault"


def test_full_backup_disk_is_told(settings, monkeypatch):
    settings.BACKUPS.mkdir()
    (settings.BACKUPS / f"luming-backup-{NOW:%Y%m%dT%H%M%S}Z.zip").write_bytes(b"x" * 100)
    assert levels(daily_work.room_for_backup) == {}
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1000, 900, 150))
    assert levels(daily_work.room_for_backup) == {"backup_room": "warning"}


def test_check_that_breaks_is_a_finding_and_not_the_end():
    def broken(now):
        raise ZeroDivisionError("secret")
        yield

    def good(now):
        yield fine("good", "好", "好。")

    found = run.findings(NOW, (broken, good))
    assert [one.code for one in found] == ["broken", "good"]
    assert "ZeroDivisionError" in found[0].sentence
    assert "secret" not in found[0].sentence
    assert run.worst(found) is Severity.FAULT
    assert run.worst(found[1:]) is Severity.OK


@pytest.mark.django_db
def test_page_is_for_the_system_administrator_only(settings, make_user, client_of):
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = False
    page = client_of(make_user(Role.SYSTEM)).get("/operations/check/")
    assert page.status_code == 200
    assert "luming-portal backup" in page.content.decode()
    twin = client_of(make_user(Role.SYSTEM)).get("/operations/check/?format=json").json()
    assert twin["status"] in ("warning", "fault")
    assert {"code", "subject", "level", "sentence", "remedy"} == set(twin["findings"][0])
    for role in (Role.OFFICE, Role.AUDITOR, Role.SECURITY):
        assert client_of(make_user(role)).get("/operations/check/").status_code == 403
    assert client_of(None).get("/operations/check/").status_code == 403


@pytest.mark.slow
def test_command_tells_of_settings_that_cannot_be_read(tmp_path):
    environment = {**os.environ, "LUMING_HOME": str(tmp_path), "LUMING_DEBUG": "maybe"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "luming_portal.cli", "check", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)["findings"]
    assert "LUMING_DEBUG" in found["sentence"]


@pytest.mark.slow
def test_command_on_an_empty_machine_names_what_is_missing(tmp_path):
    environment = {**os.environ, "LUMING_HOME": str(tmp_path), "LUMING_DEBUG": "0"}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "luming_portal.cli", "check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "✗ 有问题 数据库结构" in done.stdout
    assert "再运行 luming-portal setup。" in done.stdout
    assert "还没有备份" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.needs("postgresql")
def test_unreachable_postgresql_is_one_sentence(tmp_path):
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "LUMING_HOME": str(tmp_path),
        "DATABASE_URL": f"postgresql://u:p@127.0.0.1:{port}/x",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "luming_portal.cli", "check", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    found = {one["code"]: one for one in json.loads(done.stdout)["findings"]}
    assert done.returncode == 1
    assert found["database"]["level"] == "fault"
    assert "p@" not in done.stdout
