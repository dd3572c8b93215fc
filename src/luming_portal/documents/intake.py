"""The text of a document out of what an officer pastes or uploads: plain text or .docx, nothing else.

Names of uploads are never used as paths. What is refused is refused with the library's own sentence.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import docx
from django.core.files.uploadedfile import UploadedFile
from docx.table import Table
from pypinyin import lazy_pinyin

from luming.document import outline, read_text
from luming.errors import DocumentFaults, Fault

MAX_BYTES = 10 * 1024 * 1024
"""Largest text or .docx taken in; the longest city documents have some 200 kB of text."""
MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 2000
_SERIAL = re.compile(r"(\d{1,5})号")


def plain_name(name: str) -> str:
    """The last part of the name of an upload, for messages; folders in it are dropped.

    >>> plain_name("../../etc/passwd")
    'passwd'
    >>> plain_name("C:\\\\公文\\\\意见.txt")
    '意见.txt'
    """
    return PureWindowsPath(PurePosixPath(name).name).name[:120] or "上传的文件"


def uploaded_text(upload: UploadedFile) -> str:
    """The text of an uploaded file.

    Raises:
        DocumentFaults: too large, or neither plain text nor .docx.
    """
    name = plain_name(upload.name or "")
    if (upload.size or 0) > MAX_BYTES:
        size = f"文件大小{(upload.size or 0) / 1e6:.0f}MB"
        raise _refusal(
            "too_large", name, size, f"不超过{MAX_BYTES // 1024 // 1024}MB的文件", "请只上传文件正文"
        )
    content = upload.read()
    if content.startswith(b"PK\x03\x04") and name.lower().endswith(".docx"):
        content = docx_text(content, name).encode()
    return text_of(content, name)


def pasted_text(typed: str) -> str:
    """The text of a field, read like a file.

    Raises:
        DocumentFaults: nothing is there.
    """
    return text_of(typed.encode("utf-8", "replace"), "贴入的文字")


def text_of(content: bytes, name: str) -> str:
    """The text of bytes, through the library's own reader.

    Raises:
        DocumentFaults: not the text of a document; the fault names the upload, not the place where it lay.
    """
    with tempfile.TemporaryDirectory(prefix="luming-text-") as scratch:
        file = Path(scratch) / "document.txt"
        file.write_bytes(content)
        try:
            return read_text(file)
        except DocumentFaults as problem:
            raise DocumentFaults(
                replace(fault, where=fault.where.replace(str(file), name)) for fault in problem.faults
            ) from None


def docx_text(content: bytes, name: str) -> str:
    """Paragraphs and tables of a .docx in their order, one a line; cells of a row are divided by blanks.

    Raises:
        DocumentFaults: not a readable .docx, or one that unpacks to more than any document holds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _refusal(
                    "bomb", name, "解开后过大的文件", f"解开后不超过{MAX_UNPACKED // 1024 // 1024}MB的 .docx",
                    "请把正文复制出来,直接贴入",
                )  # fmt: skip
        return "\n".join(_lines(content)) + "\n"
    except DocumentFaults:
        raise
    except Exception:  # whatever is wrong inside the package, the officer is told the same
        raise _refusal(
            "docx",
            name,
            "读不出来的 .docx 文件",
            "能用 WPS 或 Word 打开的 .docx",
            "请另存为纯文本(.txt),或直接贴入正文",
        ) from None


def proposed_key(text: str, place: str, year: int) -> str:
    """An identity for a document: the place in pinyin, the year, and the serial of its number (1 without one).

    >>> proposed_key("某市关于创新的意见\\n包政发〔2026〕3号\\n一、甲。乙。\\n", "包头市", 2026)
    'baotou.2026-3'
    """
    serial = _SERIAL.search(outline(text).head.number)
    name = re.sub(r"(?:市|盟|县|区|旗|州|省)$", "", place) or place
    city = re.sub(r"[^a-z]", "", "".join(lazy_pinyin(name)).lower()) or "city"
    return f"{city}.{year}-{int(serial[1]) if serial else 1}"


def _lines(content: bytes) -> Iterator[str]:
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip().replace("\n", " ") for cell in row.cells)
                yield " ".join(text for text in cells if text)
        else:
            yield block.text


def _refusal(code: str, where: str, found: str, expected: str, remedy: str) -> DocumentFaults:
    return DocumentFaults([Fault(code, where, found, expected, remedy)])
