"""Throw-away databases for the tests of backup and restore."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

MAKE_TABLES = (
    "CREATE TABLE django_migrations (app text, name text)",
    "CREATE TABLE unit (id integer primary key, name text NOT NULL)",
    "CREATE TABLE fact (id integer primary key, unit_id integer REFERENCES unit(id), value numeric, note text)",
)
FILL = (
    "INSERT INTO django_migrations VALUES ('audit', '0001_initial'), ('accounts', '0001_initial')",
    "INSERT INTO unit VALUES (1, '科技局'), (2, '工信局')",
)


def make_sqlite(path: Path, facts: int = 500) -> Path:
    """A small database in WAL mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        for statement in (*MAKE_TABLES, *FILL):
            connection.execute(statement)
        rows = [(number, number % 2 + 1, number * 1.5, f"第{number}条") for number in range(facts)]
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    return path


@contextmanager
def postgresql_server(*, fsync: bool = False) -> Iterator[dict[str, str]]:
    """A server of its own in a scratch folder, as Django's settings without NAME; speaks on loopback only."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    tools = str(programs[-1]) if programs else os.path.dirname(shutil.which("pg_ctl") or "")
    folder = Path(tempfile.mkdtemp(prefix="luming-pg-"))
    as_user = (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    )
    if as_user:
        shutil.chown(folder, "postgres")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        done = subprocess.run([*as_user, *command], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    data = str(folder / "data")
    run(f"{tools}/initdb", "-D", data, "-U", "luming", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync={'on' if fsync else 'off'}"
    run(f"{tools}/pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": str(port), "USER": "luming",
               "PASSWORD": ""}  # fmt: skip
    finally:
        run(f"{tools}/pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)
