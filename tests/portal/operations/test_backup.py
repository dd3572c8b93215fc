"""Backup and restore on both kinds of database: consistent, complete, refused when altered, safe when interrupted."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from luming_portal.operations import backup, sqlite_store
from luming_portal.operations.archive import BackupError, ContentHash
from luming_portal.operations.backup import Place, list_backups, make, place_of, restore, verify

_spec = importlib.util.spec_from_file_location("stores", Path(__file__).with_name("stores.py"))
stores = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(stores)

NOW = datetime(2026, 3, 1, 2, 3, 4, tzinfo=UTC)
WRITER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)
connection.execute("PRAGMA synchronous=NORMAL")
print("ready", flush=True)
number = 1_000_000
while True:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO fact VALUES (?, 1, 1, 'pair')", [number])
    connection.execute("INSERT INTO fact VALUES (?, 2, -1, 'pair')", [number + 1])
    connection.execute("COMMIT")
    number += 2
"""


@pytest.fixture
def sqlite_place(tmp_path):
    stores.make_sqlite(tmp_path / "home" / "portal.sqlite3")
    uploads = tmp_path / "home" / "uploads"
    (uploads / "2026").mkdir(parents=True)
    (uploads / "2026" / "附件.txt").write_text("内容", encoding="utf-8")
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "home" / "portal.sqlite3")}
    return place_of(settings, uploads)


@pytest.fixture(scope="module")
def server():
    with stores.postgresql_server() as settings:
        yield settings


@pytest.fixture
def postgresql_place(server, tmp_path, request):
    name = f"t{abs(hash(request.node.name)) % 10**8}"
    given = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"], "autocommit": True}
    with psycopg.connect(dbname="postgres", **given) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    with psycopg.connect(dbname=name, **given) as connection:
        for statement in (*stores.MAKE_TABLES, *stores.FILL):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO fact SELECT n, n % 2 + 1, n * 1.5, '第' || n || '条' FROM generate_series(0, 499) n"
        )
    return place_of({**server, "NAME": name}, tmp_path / "uploads")


@pytest.fixture(
    params=["sqlite_place", pytest.param("postgresql_place", marks=pytest.mark.needs("postgresql"))]
)
def place(request):
    return request.getfixturevalue(request.param)


def execute(place: Place, *statements: str):
    """Runs statements in the place's database; gives back the rows of the last."""
    if place.store.engine == "sqlite":
        with closing(sqlite3.connect(place.store.path)) as connection:
            rows = [connection.execute(statement).fetchall() for statement in statements][-1]
            connection.commit()
            return rows
    with place.store._connect(place.store.name) as connection:
        done = [connection.execute(statement) for statement in statements][-1]
        return done.fetchall() if done.description else []


def contents(place: Place, scratch: Path):
    scratch.mkdir()
    return place.store.dump(scratch)[1]


def altered(file: Path, change) -> Path:
    """A copy of an archive whose members went through `change(members)`."""
    with zipfile.ZipFile(file) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    target = file.with_name("altered.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in change(members):
            archive.writestr(name, content)
    return target


def with_manifest(members, change):
    """The members with another manifest."""
    told = json.loads(dict(members)["manifest.json"])
    change(told)
    return [
        (name, json.dumps(told).encode() if name == "manifest.json" else content) for name, content in members
    ]


def test_restore_of_yesterday_gives_the_same_hashes(place, tmp_path):
    made = make(place, tmp_path / "backups", NOW)
    execute(
        place,
        "DELETE FROM fact WHERE id > 100",
        "UPDATE fact SET note = '改过'",
        "CREATE TABLE later (id integer)",
    )
    assert contents(place, tmp_path / "a") != made.manifest.tables
    done = restore(place, made.file, NOW + timedelta(days=1))
    assert contents(place, tmp_path / "b") == made.manifest.tables
    assert made.manifest.tables["fact"].rows == 500
    assert done.kept is not None
    assert made.rows == 504


def test_old_database_is_kept(place, tmp_path):
    made = make(place, tmp_path / "backups", NOW)
    execute(place, "UPDATE unit SET name = '改名' WHERE id = 1")
    kept = restore(place, made.file, NOW).kept
    if place.store.engine == "sqlite":
        old = Place(sqlite_store.SqliteStore(place.store.path.with_name(kept)), place.uploads)
    else:
        old = place_of({**place.store.settings, "NAME": kept}, place.uploads)
    assert execute(old, "SELECT name FROM unit WHERE id = 1") == [("改名",)]
    assert execute(place, "SELECT name FROM unit WHERE id = 1") == [("科技局",)]


def test_verify_compares_and_changes_nothing(place, tmp_path):
    made = make(place, tmp_path / "backups", NOW)
    before = contents(place, tmp_path / "a")
    assert verify(place, made.file, sha256=made.sha256).manifest.tables == before
    assert contents(place, tmp_path / "b") == before
    with pytest.raises(BackupError, match="SHA-256"):
        verify(place, made.file, sha256="0" * 64)


def test_manifest_that_promises_other_content_is_refused(place, tmp_path):
    made = make(place, tmp_path / "backups", NOW)

    def promise(told):
        told["tables"]["fact"]["rows"] = 501

    file = altered(made.file, lambda members: with_manifest(members, promise))
    before = contents(place, tmp_path / "a")
    with pytest.raises(BackupError, match="与清单不符"):
        restore(place, file, NOW)
    assert contents(place, tmp_path / "b") == before


def test_restore_is_refused_while_somebody_is_connected(place, tmp_path):
    made = make(place, tmp_path / "backups", NOW)
    execute(place, "DELETE FROM fact")
    if place.store.engine == "sqlite":
        with closing(sqlite3.connect(place.store.path)) as other:
            other.execute("SELECT count(*) FROM fact").fetchall()
            with pytest.raises(BackupError, match="正在使用"):
                restore(place, made.file, NOW)
    else:
        with place.store._connect(place.store.name), pytest.raises(BackupError, match="正在使用"):
            restore(place, made.file, NOW)
    assert execute(place, "SELECT count(*) FROM fact") == [(0,)]
    restore(place, made.file, NOW)
    assert execute(place, "SELECT count(*) FROM fact") == [(500,)]


def test_backup_of_a_later_version_is_refused_with_the_way_on(place, tmp_path):
    execute(place, "INSERT INTO django_migrations VALUES ('cases', '0099_later')")
    made = make(place, tmp_path / "backups", NOW)
    known = frozenset({"audit.0001_initial", "accounts.0001_initial"})
    with pytest.raises(BackupError, match=r"cases\.0099_later.*升级"):
        restore(place, made.file, NOW, known=known)
    verify(place, made.file, known=known | {"cases.0099_later"})


@pytest.mark.needs("postgresql")
def test_archive_of_another_kind_of_database_is_refused(sqlite_place, postgresql_place, tmp_path):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    with pytest.raises(BackupError, match="备份来自 sqlite,现在用的是 postgresql"):
        restore(postgresql_place, made.file, NOW)


@pytest.mark.needs("postgresql")
def test_interrupted_restore_leaves_no_database_behind_for_long(postgresql_place, tmp_path, monkeypatch):
    made = make(postgresql_place, tmp_path / "backups", NOW)
    monkeypatch.setattr(type(postgresql_place.store), "swap", lambda *_: os._exit(9))
    if (child := os.fork()) == 0:
        restore(postgresql_place, made.file, NOW)
    os.waitpid(child, 0)
    monkeypatch.undo()
    with postgresql_place.store._server() as connection:
        query = "SELECT count(*) FROM pg_database WHERE datname LIKE %s"
        pattern = [f"{postgresql_place.store.name}\\_restoring%"]
        assert connection.execute(query, pattern).fetchone() == (1,)
        restore(postgresql_place, made.file, NOW)
        assert connection.execute(query, pattern).fetchone() == (0,)


def test_backup_while_another_process_writes_is_one_state(sqlite_place, tmp_path):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(sqlite_place.store.path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout.readline() == "ready\n"
        time.sleep(0.2)
        made = [make(sqlite_place, tmp_path / "backups", NOW) for _ in range(5)]
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    rows = [one.manifest.tables["fact"].rows for one in made]
    assert rows == sorted(rows)
    assert rows[-1] > 500
    for one in made:
        restore(sqlite_place, one.file, NOW)
        assert execute(sqlite_place, "SELECT sum(value) FROM fact WHERE note = 'pair'") in ([(0,)], [(None,)])
        assert contents(sqlite_place, tmp_path / one.file.stem) == one.manifest.tables


@pytest.mark.needs("postgresql")
def test_dump_and_hashes_speak_of_the_same_moment(postgresql_place, tmp_path):
    code = textwrap.dedent(f"""
        import psycopg
        s = {postgresql_place.store.settings!r}
        c = psycopg.connect(dbname=s["NAME"], host=s["HOST"], port=s["PORT"], user=s["USER"], autocommit=True)
        print("ready", flush=True)
        n = 1_000_000
        while True:
            with c.transaction():
                c.execute("INSERT INTO fact VALUES (%s, 1, 1, 'pair'), (%s, 2, -1, 'pair')", [n, n + 1])
            n += 2
    """)
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout.readline() == "ready\n"
        made = [make(postgresql_place, tmp_path / "backups", NOW) for _ in range(2)]
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()
    assert made[-1].manifest.tables["fact"].rows > made[0].manifest.tables["fact"].rows
    for one in made:
        verify(postgresql_place, one.file)


def test_uploads_come_back_and_a_differing_one_is_kept_beside(sqlite_place, tmp_path):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    file = sqlite_place.uploads / "2026" / "附件.txt"
    file.write_text("别的", encoding="utf-8")
    later = sqlite_place.uploads / "later.txt"
    later.write_text("later", encoding="utf-8")
    done = restore(sqlite_place, made.file, NOW)
    assert file.read_text(encoding="utf-8") == "内容"
    assert done.replaced == ["2026/附件.txt"]
    assert later.exists()
    assert [found.read_text(encoding="utf-8") for found in file.parent.glob("*.before-restore-*")] == ["别的"]


def test_truncated_archive_is_refused(sqlite_place, tmp_path):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    whole = made.file.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        file = tmp_path / "cut.zip"
        file.write_bytes(whole[:length])
        with pytest.raises(BackupError, match=r"打不开|损坏"):
            restore(sqlite_place, file, NOW)


def test_altered_byte_is_refused_or_changes_nothing(sqlite_place, tmp_path):
    """A few bytes of a zip archive say things twice; the rest is refused."""
    made = make(sqlite_place, tmp_path / "backups", NOW)
    whole = made.file.read_bytes()
    before = contents(sqlite_place, tmp_path / "a")
    refused = 0
    for place_of_byte in range(60, len(whole) // 2, len(whole) // 40):
        file = tmp_path / "altered.zip"
        file.write_bytes(
            whole[:place_of_byte] + bytes([whole[place_of_byte] ^ 255]) + whole[place_of_byte + 1 :]
        )
        try:
            restore(sqlite_place, file, NOW)
        except BackupError:
            refused += 1
    assert contents(sqlite_place, tmp_path / "b") == before
    assert refused > 15


def test_exchanged_database_is_refused(sqlite_place, tmp_path):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    other = stores.make_sqlite(tmp_path / "other.sqlite3", facts=3)

    def exchange(members):
        return [
            (name, other.read_bytes() if name == "database.sqlite3" else content) for name, content in members
        ]

    with pytest.raises(BackupError, match="校验值不符"):
        restore(sqlite_place, altered(made.file, exchange), NOW)


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/evil", "uploads/../../evil", "uploads/..", "uploads\\..\\evil", "C:evil", "uploads//x", "other.txt",
     "uploads/./x"],
)  # fmt: skip
def test_path_that_leads_out_is_refused(sqlite_place, tmp_path, name):
    made = make(sqlite_place, tmp_path / "backups", NOW)

    def add(told):
        told["files"][name] = [1, "0" * 64]

    file = altered(made.file, lambda members: [*with_manifest(members, add), (name, b"x")])
    with pytest.raises(BackupError, match="不允许的文件名"):
        restore(sqlite_place, file, NOW)
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda members: [*members, ("uploads/extra", b"x")], "与清单不一致"),
        (lambda members: members[1:], "与清单不一致"),
        (lambda members: [member for member in members if member[0] != "manifest.json"], "没有清单"),
        (lambda members: with_manifest(members, lambda told: told.update(format="other")), "不是鹿鸣的备份"),
        (lambda members: with_manifest(members, lambda told: told.update(format_version=2)), "格式是第2版"),
        (lambda members: with_manifest(members, lambda told: told.pop("tables")), "读不出来"),
        (lambda members: with_manifest(members, lambda told: told["files"].update({"database.sqlite3": [1, "x"]})), "校验值"),
        (lambda members: with_manifest(members, lambda told: told["files"].update({"database.sqlite3": [10**15, "x"]})), "空间"),
    ],
)  # fmt: skip
def test_archive_of_another_shape_is_refused_with_a_sentence(sqlite_place, tmp_path, change, word):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    before = contents(sqlite_place, tmp_path / "a")
    with pytest.raises(BackupError, match=word):
        restore(sqlite_place, altered(made.file, change), NOW)
    assert contents(sqlite_place, tmp_path / "b") == before


def test_missing_file_and_missing_database_are_told(sqlite_place, tmp_path):
    with pytest.raises(BackupError, match="没有找到备份文件"):
        restore(sqlite_place, tmp_path / "none.zip", NOW)
    empty = place_of(
        {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "none.sqlite3")}, tmp_path / "u"
    )
    with pytest.raises(BackupError, match="没有找到数据库"):
        make(empty, tmp_path / "backups", NOW)


def test_backup_goes_onto_an_empty_machine(sqlite_place, tmp_path):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    new = place_of(
        {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "new" / "portal.sqlite3")},
        tmp_path / "new" / "uploads",
    )
    assert restore(new, made.file, NOW).kept is None
    assert contents(new, tmp_path / "a") == made.manifest.tables
    assert (new.uploads / "2026" / "附件.txt").exists()


@pytest.mark.parametrize("harm", [b"", b"not a database at all, but long enough to be looked at" * 40])
def test_broken_database_is_replaced_and_its_log_set_aside(sqlite_place, tmp_path, harm):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    path = sqlite_place.store.path
    path.write_bytes(harm)
    path.with_name(path.name + "-wal").write_bytes(b"stale log")
    restore(sqlite_place, made.file, NOW)
    assert contents(sqlite_place, tmp_path / "a") == made.manifest.tables


def test_only_the_newest_are_kept_and_other_files_are_left_alone(sqlite_place, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.zip").write_text("mine", encoding="utf-8")
    for day in range(5):
        make(sqlite_place, folder, NOW + timedelta(days=day), keep=3)
    assert [backup.made_at(file).day for file in list_backups(folder)] == [5, 4, 3]
    assert (folder / "notes.zip").exists()
    assert len(list(folder.iterdir())) == 4


def test_archive_is_for_the_owner_only(sqlite_place, tmp_path):
    assert make(sqlite_place, tmp_path / "backups", NOW).file.stat().st_mode & 0o777 == 0o600


def test_content_hash_does_not_depend_on_order_but_on_number():
    def of(*rows):
        content = ContentHash()
        for row in rows:
            content.add(row)
        return content.content()

    assert of(b"a", b"b") == of(b"b", b"a")
    assert of(b"a", b"b") != of(b"a", b"c")
    assert of(b"a", b"a") != of(b"a")
    assert of(b"a", b"a", b"b", b"b") != of(b"a", b"b", b"c", b"c")


RESTORE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from luming_portal.operations import sqlite_store
from luming_portal.operations.backup import place_of, restore
database, file, stop = sys.argv[1:]
place = place_of({"ENGINE": "django.db.backends.sqlite3", "NAME": database}, Path(database).parent / "uploads")
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if stop == "before keeping":
    sqlite_store._keep = die
elif stop == "before replacing":
    Path.replace = die
elif stop == "after replacing":
    sqlite_store.sync_folder = die
print("ready", flush=True)
restore(place, Path(file), datetime(2026, 3, 2, tzinfo=UTC))
"""


def start_restore(place, file, stop):
    command = [sys.executable, "-c", RESTORE, str(place.store.path), str(file), stop]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("stop", ["before keeping", "before replacing", "after replacing"])
def test_kill_during_restore_leaves_the_old_or_the_new_database(sqlite_place, tmp_path, stop):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    execute(sqlite_place, "DELETE FROM fact WHERE id >= 10")
    old = contents(sqlite_place, tmp_path / "old")
    child = start_restore(sqlite_place, made.file, stop)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    expected = made.manifest.tables if stop == "after replacing" else old
    assert contents(sqlite_place, tmp_path / "a") == expected
    restore(sqlite_place, made.file, NOW)
    assert contents(sqlite_place, tmp_path / "b") == made.manifest.tables
    left = [
        file.name
        for file in sqlite_place.store.path.parent.iterdir()
        if "restoring" in file.name or "scratch" in file.name
    ]
    assert not left


@pytest.mark.slow
def test_kill_at_any_moment_leaves_the_old_or_the_new_database(sqlite_place, tmp_path):
    made = make(sqlite_place, tmp_path / "backups", NOW)
    execute(sqlite_place, "DELETE FROM fact WHERE id >= 10")
    old = contents(sqlite_place, tmp_path / "old")
    for moment in range(20):
        child = start_restore(sqlite_place, made.file, "")
        child.stdout.readline()
        time.sleep(moment * 0.003)
        child.kill()
        child.communicate()
        assert contents(sqlite_place, tmp_path / str(moment)) in (old, made.manifest.tables)
