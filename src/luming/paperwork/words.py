"""The words of a Word file as paragraphs and tables, for reading on a page and for print as PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

Align = Literal["left", "center", "right"]
_BODY_POINTS = 16.0
_ALIGNED: dict[Any, Align] = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}
_FACES = {"黑体": "sans", "SimHei": "sans"}


@dataclass(frozen=True, slots=True)
class WordsParagraph:
    """A paragraph.

    Attributes:
        size: of its letters, in points.
        indent: whether its first line is set in.
        strong: set in the heading face, or bold.
    """

    text: str
    align: Align = "left"
    size: float = _BODY_POINTS
    indent: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class WordsTable:
    """A table, row by row."""

    rows: tuple[tuple[str, ...], ...]


def read_words(content: bytes) -> tuple[WordsParagraph | WordsTable, ...]:
    """The words of a .docx file, header first.

    Raises:
        ValueError, KeyError, zipfile.BadZipFile: it is not one.
    """
    document = docx.Document(io.BytesIO(content))
    heads = [one for one in document.sections[0].header.paragraphs if one.text.strip()]
    return (*(_paragraph(one) for one in heads), *_body(document))


def as_data(words: tuple[WordsParagraph | WordsTable, ...]) -> list[dict[str, Any]]:
    """The words as JSON can hold them."""
    return [{"kind": "table" if isinstance(one, WordsTable) else "paragraph", **asdict(one)} for one in words]


def _body(document: Any) -> Iterator[WordsParagraph | WordsTable]:
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            paragraph = _paragraph(Paragraph(element, document))
            yield paragraph
        elif element.tag == qn("w:tbl"):
            table = Table(element, document)
            yield WordsTable(tuple(tuple(cell.text for cell in row.cells) for row in table.rows))


def _paragraph(paragraph: Paragraph) -> WordsParagraph:
    runs = [run for run in paragraph.runs if run.text.strip()]
    sizes = [run.font.size.pt for run in runs if run.font.size is not None]
    indent = paragraph.paragraph_format.first_line_indent
    return WordsParagraph(
        text=paragraph.text,
        align=_ALIGNED.get(paragraph.alignment, "left"),
        size=max(sizes, default=_BODY_POINTS),
        indent=indent is not None and indent.pt > 0,
        strong=any(run.bold or _face(run) == "sans" for run in runs),
    )


def _face(run: Any) -> str:
    properties = run._r.rPr
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    return _FACES.get(fonts.get(qn("w:eastAsia"), ""), "serif") if fonts is not None else "serif"
