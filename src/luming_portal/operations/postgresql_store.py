"""PostgreSQL: dumping one state of a database, measuring it, restoring beside it and changing the names.

Dump and content hashes read the same exported snapshot, so they speak of the same moment while others write. A restore
fills a new database; then two renames in one transaction put it in place, and the old one is kept under another name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from luming_portal.operations.archive import BackupError, ContentHash, TableContent

NAME = "database.dump"


class PostgresqlStore:
    """The database of the portal on a server.

    Attributes:
        settings: Django's settings of the database.
    """

    engine = "postgresql"
    member = NAME

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.name: str = settings["NAME"]

    def dump(self, scratch: Path) -> tuple[Path, dict[str, TableContent], list[str]]:
        """Dumps the live database in custom format; gives back dump, contents and migrations of the same snapshot."""
        target = scratch / NAME
        with self._connect(self.name) as connection:
            _check_tool_version(connection)
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            snapshot = row[0] if row else ""
            self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                      f"--file={target}", f"--dbname={self.name}")  # fmt: skip
            found = contents(connection)
            steps = _migrations(connection)
        return target, found, steps

    def test_restore(self, dump: Path, scratch: Path) -> dict[str, TableContent]:
        """Restores into a database of its own, measures it and removes it."""
        name = f"{self.name[:40]}_verify_{os.getpid()}"
        self._fill(name, dump)
        try:
            with self._connect(name) as connection:
                return contents(connection)
        finally:
            self.discard(name)

    def prepare(self, dump: Path, stamp: str) -> str:
        """Fills a new database from the dump; gives back its name."""
        name = f"{self.name[:30]}_restoring_{_plain(stamp)}"
        self._fill(name, dump)
        return name

    def swap(self, prepared: str, stamp: str) -> str | None:
        """Gives the new database the name of the old one, in one transaction; the old one keeps another name.

        Raises:
            BackupError: somebody is connected; nothing was changed.
        """
        kept = f"{self.name[:30]}_before_restore_{_plain(stamp)}"
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with self._server() as connection:
            others = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [self.name],
            ).fetchone()
            if others and others[0]:
                raise BackupError(
                    f"数据库正在使用({others[0]}个连接)。请先停止门户和后台任务(serve、worker),再恢复;现有数据没有改动。"
                )
            try:
                with connection.transaction():
                    connection.execute(rename.format(sql.Identifier(self.name), sql.Identifier(kept)))
                    connection.execute(rename.format(sql.Identifier(prepared), sql.Identifier(self.name)))
            except psycopg.Error as error:
                raise BackupError(f"数据库没有换成备份:{_sentence(error)}。现有数据没有改动。") from None
        return kept

    def discard(self, prepared: str) -> None:
        """Removes a database that was filled for a restore or a check."""
        with self._server() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(prepared))
            )

    def remove_leftovers(self) -> None:
        """Removes what an interrupted restore or check left on the server."""
        pattern = f"^{re.escape(self.name[:30])}[^ ]*_(restoring|verify)_[0-9tz]+$"
        with self._server() as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE datname ~ %s", [pattern]
            ).fetchall()
        for (name,) in rows:
            self.discard(name)

    def _fill(self, name: str, dump: Path) -> None:
        with self._server() as connection:
            try:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                        sql.Identifier(name)
                    )
                )
            except psycopg.errors.InsufficientPrivilege:
                raise BackupError(
                    "数据库账号没有新建数据库的权限,不能恢复到旁边。请由管理员执行 ALTER ROLE 账号 CREATEDB。"
                ) from None
        try:
            self._run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                      f"--dbname={name}", str(dump))  # fmt: skip
        except BackupError:
            self.discard(name)
            raise

    @contextmanager
    def _server(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection that stands outside the portal's database: renaming needs that."""
        with self._connect("postgres") as connection:
            yield connection

    @contextmanager
    def _connect(self, name: str) -> Iterator[psycopg.Connection[Any]]:
        given = {
            "host": self.settings.get("HOST") or None,
            "port": self.settings.get("PORT") or None,
            "user": self.settings.get("USER") or None,
            "password": self.settings.get("PASSWORD") or None,
        }
        try:
            connection = psycopg.connect(
                dbname=name, autocommit=True, **{k: v for k, v in given.items() if v}
            )
        except psycopg.OperationalError as error:
            raise BackupError(f"连不上数据库:{_sentence(error)}。") from None
        with closing(connection):
            connection.execute("SET TIME ZONE 'UTC'")
            yield connection

    def _run(self, tool: str, *arguments: str) -> None:
        """Runs a tool of PostgreSQL; the password goes by the environment, where other users do not see it."""
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        told = {
            variable: str(self.settings[key]) for variable, key in names.items() if self.settings.get(key)
        }
        done = subprocess.run(
            [find_tool(tool), *arguments], env={**os.environ, **told, "LC_ALL": "C"}, capture_output=True, text=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        if done.returncode:
            said = next(
                (line for line in done.stderr.splitlines() if "error" in line.lower()), done.stderr.strip()
            )
            raise BackupError(f"{tool} 没有完成:{said[:200]}。")


def find_tool(name: str) -> str:
    """The path of a tool of PostgreSQL, the newest where there are several.

    Raises:
        BackupError: it is not installed.
    """
    versions = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: _major(path.parts[-3])
    )
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise BackupError(f"这台机器上没有 {name}。请安装 PostgreSQL 的客户端程序(postgresql-client)。")
    return found


def contents(connection: psycopg.Connection[Any]) -> dict[str, TableContent]:
    """Rows and content hash of every table, from the lines that COPY gives out."""
    tables = connection.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname"
    ).fetchall()
    found = {}
    for (table,) in tables:
        content = ContentHash()
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as lines:
            for line in lines:
                content.add(bytes(line))
        found[table] = content.content()
    return found


def _migrations(connection: psycopg.Connection[Any]) -> list[str]:
    exists = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    if not exists or exists[0] is None:
        return []
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return [f"{app}.{name}" for app, name in rows]


def _check_tool_version(connection: psycopg.Connection[Any]) -> None:
    told = subprocess.run(
        [find_tool("pg_dump"), "--version"], capture_output=True, text=True, check=False
    ).stdout
    numbers = re.findall(r"\d+", told)
    server = connection.info.server_version // 10000
    if numbers and int(numbers[0]) < server:
        raise BackupError(
            f"pg_dump 是第{numbers[0]}版,服务器是第{server}版。请安装不低于服务器版本的客户端程序。"
        )


def _major(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _plain(stamp: str) -> str:
    return re.sub(r"[^0-9a-z]", "", stamp.lower())


def _sentence(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
