"""A document with its city's files as one .zip: what is written is read back as the same files.

A .zip from outside is looked at before anything of it is unpacked: number and size of its parts, their names, and
whether they are files at all. Nothing is ever written under a name that the archive chose.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from luming.errors import Fault, FaultyInput

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 30 * 1024 * 1024
MAX_FILES = 400
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"[\w.\-]+(?:/[\w.\-]+)*")
_LEFTOVER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
"""What file managers put into every archive by themselves; passed over."""
_CITY_FILES = ("indicators.yaml", "sources.yaml", "districts.yaml", "counting.yaml")
_SHAPES = re.compile(r"(?:[\w\-]+\.yaml|measures/[\w.\-]+\.yaml|[\w.\-]+\.txt)")


class ArchiveFaults(FaultyInput):
    """An archive that cannot be taken in; nothing of it was kept."""

    consequence = "没有导入任何内容。"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of an archive.

    Attributes:
        folder: name of the document's folder in it, such as 2025-1; "" where the files lie at the top.
        own: the files of the document's folder, by name.
        city: the files of the city's folder beside it, by name; empty where there are none.
    """

    folder: str
    own: Mapping[str, str]
    city: Mapping[str, str]


def pack_archive(folder: str, own: Mapping[str, str], city: Mapping[str, str]) -> bytes:
    """The archive of a document: its folder, and the city's files beside it. The same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in sorted(
            {**city, **{f"{folder}/{name}": text for name, text in own.items()}}.items()
        ):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, text.encode())
    return content.getvalue()


def unpack_archive(content: bytes, name: str) -> Unpacked:
    """The files of an archive.

    Raises:
        ArchiveFaults: every fault of its parts; not a .zip; too large; or not the folder of exactly one document.
    """
    if len(content) > MAX_BYTES:
        raise _refusal(
            "too_large", name, f"{len(content) / 1e6:.0f}MB", f"不超过{MAX_BYTES // 1024 // 1024}MB"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [
                part
                for part in packed.infolist()
                if not part.is_dir() and not _LEFTOVER.search(part.filename)
            ]
            _refuse_faulty(parts, name)
            files = {part.filename: _text(packed, part, name) for part in parts}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise _refusal(
            "not_zip", name, "不是能打开的 .zip 压缩包", "从本系统导出的 .zip", "请在原处重新导出"
        ) from None
    return _divided(files, name)


def _refuse_faulty(parts: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_FILES:
        raise _refusal("many", name, f"{len(parts)}个文件", f"不超过{MAX_FILES}个文件")
    if unpacked > MAX_UNPACKED:
        raise _refusal(
            "bomb", name, f"解开后{unpacked / 1e6:.0f}MB", f"解开后不超过{MAX_UNPACKED // 1024 // 1024}MB"
        )
    faults = []
    for part in parts:
        where = f"{name} 中的“{part.filename[:80]}”"
        if not _NAME.fullmatch(part.filename) or any(
            step in ("..", ".") for step in part.filename.split("/")
        ):
            faults.append(Fault("archive.name", where, "不能使用的文件名", "压缩包之内的普通文件名"))
        elif stat.S_ISLNK(part.external_attr >> 16):
            faults.append(Fault("archive.link", where, "一个链接", "普通文件"))
        elif part.flag_bits & 1:
            faults.append(Fault("archive.encrypted", where, "加密的文件", "未加密的文件"))
    names = [part.filename for part in parts]
    faults += [
        Fault("archive.twice", f"{name} 中的“{one}”", "同名文件出现多次", "每个文件名一次")
        for one in dict.fromkeys(names)
        if names.count(one) > 1
    ]
    if faults:
        raise ArchiveFaults(faults)


def _text(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> str:
    """The text of a part, read no further than its stated size allows."""
    with packed.open(part) as opened:
        content = opened.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise _refusal("bomb", name, f"“{part.filename}”比它写明的更大", "如实写明大小的文件")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise _refusal(
            "not_text", f"{name} 中的“{part.filename}”", "不是UTF-8文字", "YAML 或 TXT 文本文件"
        ) from None


def _divided(files: Mapping[str, str], name: str) -> Unpacked:
    heads = [file for file in files if file.split("/")[-1] == "document.yaml"]
    if len(heads) != 1:
        raise _refusal(
            "no_document", name, f"{len(heads)}份 document.yaml", "恰好一份文件的文件夹", "请逐份导入"
        )
    prefix = heads[0].removesuffix("document.yaml")
    above = prefix.rstrip("/").rpartition("/")[0]
    top = f"{above}/" if above else ""
    own = {file.removeprefix(prefix): text for file, text in files.items() if file.startswith(prefix)}
    beside = {file.removeprefix(top): text for file, text in files.items() if file not in _names(prefix, own)}
    city = {file: text for file, text in beside.items() if file in _CITY_FILES} if prefix else {}
    strange = [file for file in own if not _SHAPES.fullmatch(file)]
    strange += [file for file in beside if file not in city and file != "facts.csv"]
    if strange:
        raise ArchiveFaults(
            Fault("archive.strange", f"{name} 中的“{file[:80]}”", "不属于文件分解的文件", "YAML 和原文 TXT")
            for file in strange
        )
    return Unpacked(prefix.rstrip("/").rpartition("/")[2], own, city)


def _names(prefix: str, own: Mapping[str, str]) -> set[str]:
    return {f"{prefix}{file}" for file in own}


def _refusal(code: str, where: str, found: str, expected: str, remedy: str = "") -> ArchiveFaults:
    return ArchiveFaults([Fault(f"archive.{code}", where, found, expected, remedy)])
