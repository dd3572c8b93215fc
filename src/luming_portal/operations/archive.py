"""The file of a backup: a zip archive of database, uploads and a manifest that says what must be in it.

The manifest names every file with size and SHA-256, and every table with its number of rows and a hash of its content
that does not depend on the order of the rows. What the manifest does not name, or names otherwise, is refused before
anything is written. The hashes tell damage and half copies, not a forger: whoever can write the archive can write the
manifest too. Against that, compare the SHA-256 of the archive, which `backup` prints.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

FORMAT = "luming-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
UPLOADS = "uploads"
DATABASE_NAMES = frozenset({"database.sqlite3", "database.dump"})
LARGEST_MANIFEST = 64 * 1024 * 1024
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_PIECE = 1024 * 1024


class BackupError(Exception):
    """A backup that cannot be made, read or restored; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class TableContent:
    """How much a table holds: the number of rows, and a hash that does not depend on their order."""

    rows: int
    hash: str


@dataclass(slots=True)
class Manifest:
    """What stands in an archive.

    Attributes:
        engine: sqlite or postgresql; an archive is restored into the same kind of database.
        migrations: the steps that the structure of the database had gone through, as app.name.
        files: size in bytes and SHA-256 of each file.
    """

    luming: str
    made_at: str
    engine: str
    migrations: list[str]
    tables: dict[str, TableContent]
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """The manifest as it is stored."""
        told = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}
        return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Manifest:
        """Reads a stored manifest.

        Raises:
            BackupError: it is not one, or one of a later version.
        """
        try:
            told: dict[str, Any] = json.loads(content)
            if told["format"] != FORMAT:
                raise BackupError("这个文件不是鹿鸣的备份。")
            if told["format_version"] != FORMAT_VERSION:
                raise BackupError(
                    f"备份的格式是第{told['format_version']}版,这里只能读第{FORMAT_VERSION}版。请用制作它的版本恢复。"
                )
            return cls(
                luming=str(told["luming"]),
                made_at=str(told["made_at"]),
                engine=str(told["engine"]),
                migrations=[str(name) for name in told["migrations"]],
                tables={
                    name: TableContent(int(t["rows"]), str(t["hash"])) for name, t in told["tables"].items()
                },
                files={name: (int(size), str(sha)) for name, (size, sha) in told["files"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BackupError("备份的清单(manifest.json)读不出来,备份已损坏。") from None


def write(target: Path, manifest: Manifest, files: Iterable[tuple[str, Path]]) -> None:
    """Writes an archive beside its place, readable by the owner only, and moves it there when it is whole."""
    unfinished = target.with_name(target.name + ".part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name, file in files:
                    manifest.files[name] = _add(archive, name, file)
                archive.writestr(MANIFEST, manifest.as_json())
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, name: str, file: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as content, archive.open(name, "w", force_zip64=True) as entry:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            entry.write(piece)
    return size, digest.hexdigest()


def read_manifest(file: Path) -> Manifest:
    """The manifest, after the names in the archive were held against it.

    Raises:
        BackupError: no archive, a damaged one, or one with names that do not belong.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if MANIFEST not in names:
                raise BackupError(f"{file.name} 不是鹿鸣的备份:里面没有清单。")
            if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise BackupError(f"{file.name} 的清单过大,没有读取。")
            manifest = Manifest.from_json(archive.read(MANIFEST))
    except FileNotFoundError:
        raise BackupError(f"没有找到备份文件 {file}。") from None
    except UNREADABLE:
        raise BackupError(f"{file.name} 打不开:不是备份文件,或没有拷贝完整。") from None
    _check_names(names, manifest)
    return manifest


def _check_names(names: list[str], manifest: Manifest) -> None:
    unsafe = next((name for name in [*names, *manifest.files] if not _is_safe(name)), None)
    if unsafe is not None:
        raise BackupError(f"备份里有不允许的文件名“{unsafe[:80]}”,没有恢复任何内容。")
    if sorted(names) != sorted([*manifest.files, MANIFEST]):
        raise BackupError("备份里的文件与清单不一致(多出、缺少或重复),没有恢复任何内容。")
    if len(DATABASE_NAMES & set(names)) != 1:
        raise BackupError("备份里应有且只有一个数据库,没有恢复任何内容。")


def _is_safe(name: str) -> bool:
    """Only the names that `write` gives: the database, the manifest, and relative paths below uploads/."""
    if name == MANIFEST or name in DATABASE_NAMES:
        return True
    parts = PurePosixPath(name).parts
    plain = not any(sign in name for sign in "\\:\0") and "/".join(parts) == name
    return plain and len(parts) > 1 and parts[0] == UPLOADS and ".." not in parts


def extract(file: Path, manifest: Manifest, name: str, target: Path) -> None:
    """Writes one file of the archive, checking size and hash while it is written.

    Raises:
        BackupError: it differs from the manifest; what was written is removed.
    """
    size, sha = manifest.files[name]
    try:
        with zipfile.ZipFile(file) as archive, archive.open(name) as entry, target.open("xb") as out:
            same = _copy(entry, out, size) == sha
            os.fsync(out.fileno())
    except UNREADABLE as error:
        target.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno:
            raise BackupError(f"写不出 {target.name}:{error.strerror}。请检查磁盘空间和权限。") from None
        same = False
    if not same:
        target.unlink(missing_ok=True)
        raise BackupError(f"备份里的 {name} 与清单的校验值不符:备份已损坏或被改动,没有恢复任何内容。")


def _copy(entry: Any, out: BinaryIO, size: int) -> str:
    digest, left = hashlib.sha256(), size
    while piece := entry.read(_PIECE):
        left -= len(piece)
        if left < 0:
            return ""
        digest.update(piece)
        out.write(piece)
    out.flush()
    return digest.hexdigest() if left == 0 else ""


def sha256(file: Path) -> str:
    """The SHA-256 of a file as hexadecimal text."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Makes renames in a folder durable, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class ContentHash:
    """Adds up the hashes of rows, so that their order does not matter and a row that is there twice counts twice."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, row: bytes) -> None:
        """Takes in one row."""
        self.rows += 1
        self._sum += int.from_bytes(hashlib.sha256(row).digest(), "big")

    def content(self) -> TableContent:
        """What was taken in so far."""
        return TableContent(self.rows, f"{self._sum % 2**256:064x}")
