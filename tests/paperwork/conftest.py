"""Word files as officers and others might upload them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pytest

NEEDED = ("{{ 文号 }} {{ 标题 }}", "{{ 发文机关 }} {{ 成文日期 }} {{ 电子印章位置 }} {{ 核验码 }}")


@pytest.fixture
def word() -> Callable[..., bytes]:
    """Makes a Word file of paragraphs; with what every template needs unless told otherwise."""

    def make(
        *paragraphs: str, needed: bool = True, rows: Sequence[Sequence[str]] = (), edit: Any = None
    ) -> bytes:
        document = docx.Document()
        for text in (*(NEEDED if needed else ()), *paragraphs):
            document.add_paragraph(text)
        if rows:
            table = document.add_table(len(rows), len(rows[0]))
            for at, row in enumerate(rows):
                for place, text in enumerate(row):
                    table.cell(at, place).text = text
        if edit is not None:
            edit(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


def with_entry(content: bytes, name: str, data: bytes) -> bytes:
    """The archive with one more entry, or another content of one that it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return out.getvalue()
