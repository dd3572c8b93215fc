"""The paragraphs of a Word document in reading order, each with the place by which a person finds it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = (
    ("word/document.xml", "正文"),
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
    ("word/footnotes", "脚注"),
)
_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph.

    Attributes:
        place: 正文第3段, 正文表格1第2行第1格 …
        table, row: number of the table and of its row within the part, 0 outside tables.
    """

    part: str
    place: str
    text: str
    table: int = 0
    row: int = 0

    @property
    def where(self) -> str:
        """The place with the first words."""
        text = self.text.strip()
        return f"{self.place}“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else self.place


def paragraphs(parts: Mapping[str, Any]) -> Iterator[Placed]:
    """All paragraphs: body, headers, footers, footnotes."""
    for start, label in _PARTS:
        for name in sorted(name for name in parts if name.startswith(start) and name.endswith(".xml")):
            root = parts[name]
            body = root.find(f"{_W}body")
            yield from _below(root if body is None else body, name, label)


def _below(root: Any, part: str, label: str) -> Iterator[Placed]:
    numbers = {"p": 0, "t": 0}
    for element in root.iter(f"{_W}p"):
        if _above(element, f"{_W}p", root) is not None:
            continue
        cell = _above(element, f"{_W}tc", root)
        if cell is None:
            numbers["p"] += 1
            yield Placed(part, f"{label}第{numbers['p']}段", _text(element))
            continue
        row = _above(cell, f"{_W}tr", root)
        table = _above(row, f"{_W}tbl", root)
        tables = [one for one in root.iter(f"{_W}tbl") if _above(one, f"{_W}tbl", root) is None]
        while (outer := _above(table, f"{_W}tbl", root)) is not None:
            table = outer
        at = tables.index(table) + 1
        rows = list(table.iter(f"{_W}tr"))
        number = rows.index(row) + 1
        column = [one for one in row if one.tag == f"{_W}tc"].index(cell) + 1 if cell in row else 1
        yield Placed(part, f"{label}表格{at}第{number}行第{column}格", _text(element), at, number)


def _above(element: Any, tag: str, stop: Any) -> Any:
    found = element.getparent()
    while found is not None and found is not stop:
        if found.tag == tag:
            return found
        found = found.getparent()
    return None


def _text(paragraph: Any) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(f"{_W}t"))
