"""SQLite: copying a database while it is written to, measuring a copy, and putting a copy in its place.

The copy is made by SQLite's online backup in one step, which reads one committed state and stops no writer in WAL mode.
The swap first takes the database for itself: leaving WAL mode succeeds only when nobody else has the file open, and
leaves one file without companions, which one rename can replace.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from luming_portal.operations.archive import BackupError, ContentHash, TableContent, sync_folder

NAME = "database.sqlite3"


class SqliteStore:
    """The database file of the portal.

    Attributes:
        path: the file.
    """

    engine = "sqlite"
    member = NAME

    def __init__(self, path: Path) -> None:
        self.path = path

    def dump(self, scratch: Path) -> tuple[Path, dict[str, TableContent], list[str]]:
        """Copies the live database into the scratch folder; gives back copy, contents and migrations."""
        if not self.path.is_file():
            raise BackupError(f"没有找到数据库 {self.path.name}。请先运行 luming-portal setup。")
        target = scratch / NAME
        try:
            with (
                closing(sqlite3.connect(self.path, timeout=30)) as live,
                closing(sqlite3.connect(target)) as copy,
            ):
                live.backup(copy, pages=-1)
                copy.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise BackupError(f"数据库读不出来({error})。请运行 luming-portal check。") from None
        return target, contents(target), migrations(target)

    def test_restore(self, dump: Path, scratch: Path) -> dict[str, TableContent]:
        """The contents of a copy after an integrity check; for SQLite the copy is the restored database."""
        _check_integrity(dump)
        return contents(dump)

    def prepare(self, dump: Path, stamp: str) -> Path:
        """Moves a checked copy beside the database, on the same disk, where one rename can put it in place."""
        beside = self.path.with_name(f"{self.path.name}.restoring-{stamp}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(dump, beside)
        beside.chmod(self.path.stat().st_mode & 0o777 if self.path.exists() else 0o600)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        return beside

    def swap(self, prepared: Path, stamp: str) -> str | None:
        """Puts the prepared file in place; gives back the name under which the old database is kept.

        Raises:
            BackupError: a process has the database open; nothing was changed.
        """
        kept = self.path.with_name(f"{self.path.name}.before-restore-{stamp}")
        if not self.path.exists():
            prepared.replace(self.path)
            sync_folder(self.path.parent)
            return None
        alone = self._alone()
        try:
            if alone is None:
                self._set_companions_aside(kept)
            else:
                alone.execute("BEGIN EXCLUSIVE")
            _keep(self.path, kept)
            prepared.replace(self.path)
            sync_folder(self.path.parent)
        finally:
            if alone is not None:
                alone.close()
        return kept.name

    def discard(self, prepared: Path) -> None:
        """Removes what `prepare` made."""
        prepared.unlink(missing_ok=True)

    def remove_leftovers(self) -> None:
        """Removes what an interrupted restore left beside the database."""
        for file in self.path.parent.glob(f"{self.path.name}.restoring-*"):
            file.unlink()

    def _alone(self) -> sqlite3.Connection | None:
        """A connection that is the only one; None where the file is no database any more, so that nobody uses it."""
        connection = sqlite3.connect(self.path, timeout=2, isolation_level=None)
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "locked"
        except sqlite3.DatabaseError:
            connection.close()
            return None
        if mode != "delete":
            connection.close()
            raise BackupError(
                "数据库正在使用。请先停止门户和后台任务(serve、worker),再恢复;现有数据没有改动。"
            )
        return connection

    def _set_companions_aside(self, kept: Path) -> None:
        """A log left by the broken database would be played into the restored one."""
        for ending in ("-wal", "-shm", "-journal"):
            companion = self.path.with_name(self.path.name + ending)
            if companion.exists():
                companion.rename(kept.with_name(kept.name + ending))


def _keep(path: Path, kept: Path) -> None:
    """A second name for the old file, so that there is no moment without a database; a copy where names are single."""
    try:
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)


def contents(path: Path) -> dict[str, TableContent]:
    """Rows and content hash of every table."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        for table in _tables(connection):
            content = ContentHash()
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                content.add(repr(row).encode("utf-8", "surrogatepass"))
            found[table] = content.content()
    return found


def migrations(path: Path) -> list[str]:
    """The steps of structure recorded in the database, as app.name."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        except sqlite3.OperationalError:
            return []
    return [f"{app}.{name}" for app, name in rows]


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    """All tables but SQLite's own and virtual ones, whose content stands in ordinary tables behind them."""
    listed = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL %' ORDER BY name"
    )
    for (name,) in listed.fetchall():
        yield name.replace('"', '""')


def _check_integrity(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"备份里的数据库已损坏({error})。") from None
    if said != ["ok"]:
        raise BackupError(f"备份里的数据库没有通过完整性检查:{said[0][:120]}。")
    if broken:
        raise BackupError(f"备份里的数据库有{len(broken)}处引用指向不存在的记录,例如表 {broken[0][0]}。")
