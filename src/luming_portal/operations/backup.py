"""Backup, check of a backup, and restore of the portal: database and uploads in one archive.

A backup is made while the portal runs. A restore builds everything beside what is there, compares it with the manifest,
and only then swaps; the old database is kept under another name. Whatever stops it before the swap, a power cut
included, leaves the old state as it was.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from luming import __version__
from luming_portal.operations import archive
from luming_portal.operations.archive import BackupError, Manifest, TableContent
from luming_portal.operations.postgresql_store import PostgresqlStore
from luming_portal.operations.sqlite_store import SqliteStore

NAME = re.compile(r"luming-backup-(\d{8}T\d{6})Z(?:-\d+)?\.zip")
_STAMP = "%Y%m%dT%H%M%S"

Store = SqliteStore | PostgresqlStore


@dataclass(frozen=True, slots=True)
class Place:
    """What is backed up: the database, and the folder of uploads."""

    store: Store
    uploads: Path


@dataclass(frozen=True, slots=True)
class Backup:
    """An archive that was made or read."""

    file: Path
    manifest: Manifest
    sha256: str

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(table.rows for table in self.manifest.tables.values())


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        kept: the name under which the old database is kept; None where there was none.
        replaced: uploads that differed and are kept beside the restored ones.
    """

    manifest: Manifest
    kept: str | None
    replaced: list[str]


def place_of(database: dict[str, Any], uploads: Path) -> Place:
    """The place that Django's settings describe."""
    if database["ENGINE"].endswith("sqlite3"):
        return Place(SqliteStore(Path(database["NAME"])), uploads)
    if database["ENGINE"].endswith("postgresql"):
        return Place(PostgresqlStore(database), uploads)
    raise BackupError("只能备份 SQLite 和 PostgreSQL。")


def make(place: Place, folder: Path, now: datetime, *, keep: int | None = None) -> Backup:
    """Makes an archive of one consistent state in the folder, while others write.

    Args:
        keep: how many archives stay in the folder, the newest ones; None keeps all.

    Raises:
        BackupError: the database cannot be read or the folder not written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _scratch(folder) as scratch:
            dump, tables, steps = place.store.dump(scratch)
            manifest = Manifest(
                __version__, now.astimezone(UTC).isoformat(), place.store.engine, steps, tables
            )
            target = _free_name(folder, now)
            archive.write(target, manifest, [(place.store.member, dump), *_uploads(place.uploads)])
    except OSError as error:
        raise BackupError(f"备份没有写成:{error.strerror or error}。请检查 {folder} 的空间和权限。") from None
    if keep is not None:
        for old in list_backups(folder)[max(keep, 1) :]:
            old.unlink()
    return Backup(target, manifest, archive.sha256(target))


def list_backups(folder: Path) -> list[Path]:
    """The archives in a folder, newest first."""
    if not folder.is_dir():
        return []
    return sorted((file for file in folder.iterdir() if NAME.fullmatch(file.name)), reverse=True)


def made_at(file: Path) -> datetime | None:
    """When an archive was made, by its name."""
    found = NAME.fullmatch(file.name)
    return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) if found else None


def verify(
    place: Place, file: Path, *, sha256: str | None = None, known: frozenset[str] | None = None
) -> Backup:
    """Restores an archive to scratch and compares every hash; changes nothing.

    Args:
        sha256: what the archive as a whole should have, as `backup` printed it.
        known: the migrations that this version knows; None does not compare.

    Raises:
        BackupError: it is damaged, altered, or of another version or kind of database.
    """
    backup = _read(place, file, sha256, known)
    with tempfile.TemporaryDirectory(prefix="luming-verify-") as scratch:
        _room_for(backup.manifest, Path(scratch))
        dump = _checked_dump(place, backup, Path(scratch))
        dump.unlink()
        for number, name in enumerate(_upload_names(backup.manifest)):
            archive.extract(file, backup.manifest, name, Path(scratch) / str(number))
    return backup


def restore(
    place: Place, file: Path, now: datetime, *, sha256: str | None = None, known: frozenset[str] | None = None
) -> Restored:
    """Puts an archive in place of the present state, which is kept under another name.

    Raises:
        BackupError: as for verify, or the database is in use; the present state stands unchanged.
    """
    backup = _read(place, file, sha256, known)
    place.store.remove_leftovers()
    stamp = now.astimezone(UTC).strftime(_STAMP) + "Z"
    place.uploads.parent.mkdir(parents=True, exist_ok=True)
    with _scratch(place.uploads.parent) as scratch:
        _room_for(backup.manifest, scratch)
        dump = _checked_dump(place, backup, scratch)
        staged = _stage_uploads(backup, scratch)
        prepared: Any = place.store.prepare(dump, stamp)
        try:
            kept = place.store.swap(prepared, stamp)
        except BaseException:
            place.store.discard(prepared)
            raise
        replaced = _place_uploads(place.uploads, staged, stamp)
    return Restored(backup.manifest, kept, replaced)


def _read(place: Place, file: Path, sha256: str | None, known: frozenset[str] | None) -> Backup:
    manifest = archive.read_manifest(file)
    actual = archive.sha256(file)
    if sha256 is not None and sha256.strip().lower() != actual:
        raise BackupError("备份文件的 SHA-256 与给出的不符:文件已损坏或被改动,没有恢复任何内容。")
    if manifest.engine != place.store.engine or place.store.member not in manifest.files:
        raise BackupError(
            f"备份来自 {manifest.engine},现在用的是 {place.store.engine},不能直接恢复。请把 DATABASE_URL 改为同一种数据库。"
        )
    unknown = sorted(set(manifest.migrations) - known) if known is not None else []
    if unknown:
        raise BackupError(
            f"备份由 {manifest.luming} 版制作,里面有本版({__version__})不认识的结构变更,例如 {unknown[0]}。请先升级鹿鸣,再恢复。"
        )
    return Backup(file, manifest, actual)


def _checked_dump(place: Place, backup: Backup, scratch: Path) -> Path:
    dump = scratch / place.store.member
    archive.extract(backup.file, backup.manifest, place.store.member, dump)
    _compare(place.store.test_restore(dump, scratch), backup.manifest.tables)
    return dump


def _compare(found: dict[str, TableContent], expected: dict[str, TableContent]) -> None:
    wrong = sorted(
        table for table in found.keys() | expected.keys() if found.get(table) != expected.get(table)
    )
    if wrong:
        raise BackupError(f"恢复出来的内容与清单不符({len(wrong)}张表,例如 {wrong[0]}),没有采用。")


def _uploads(folder: Path) -> Iterator[tuple[str, Path]]:
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield f"{archive.UPLOADS}/{file.relative_to(folder).as_posix()}", file


def _upload_names(manifest: Manifest) -> list[str]:
    return [name for name in manifest.files if name.startswith(f"{archive.UPLOADS}/")]


def _stage_uploads(backup: Backup, scratch: Path) -> dict[str, tuple[Path, str]]:
    staged = {}
    for number, name in enumerate(_upload_names(backup.manifest)):
        file = scratch / f"upload-{number}"
        archive.extract(backup.file, backup.manifest, name, file)
        staged[name.removeprefix(f"{archive.UPLOADS}/")] = (file, backup.manifest.files[name][1])
    return staged


def _place_uploads(folder: Path, staged: dict[str, tuple[Path, str]], stamp: str) -> list[str]:
    """Adds the files of the archive; one that differs is kept beside, and none is removed: the kept database needs it."""
    replaced = []
    for name, (file, sha) in staged.items():
        target = folder / name
        if target.is_file():
            if archive.sha256(target) == sha:
                continue
            target.rename(target.with_name(f"{target.name}.before-restore-{stamp}"))
            replaced.append(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
    return replaced


def _room_for(manifest: Manifest, folder: Path) -> None:
    needed = sum(size for size, _ in manifest.files.values()) * 2
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"恢复需要约 {needed / 1e6:.0f} MB 空间,{folder} 所在磁盘只剩 {free / 1e6:.0f} MB。没有恢复任何内容。"
        )


def _free_name(folder: Path, now: datetime) -> Path:
    stamp = now.astimezone(UTC).strftime(_STAMP)
    names = [
        f"luming-backup-{stamp}Z.zip",
        *(f"luming-backup-{stamp}Z-{number}.zip" for number in range(2, 100)),
    ]
    return next(folder / name for name in names if not (folder / name).exists())


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, for the owner only, removed afterwards; older ones that a power cut left go too."""
    for left in beside.glob(".luming-scratch-*"):
        if not _is_alive(left.name.split("-")[2]):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f".luming-scratch-{os.getpid()}-", dir=beside) as folder:
        yield Path(folder)


def _is_alive(process: str) -> bool:
    if not process.isdigit():
        return False
    if os.name == "nt":
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
