"""The square sign of a paper in Word, with what it is about beside it: a table of one row without borders."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Length, Pt

from luming.report.docx.face import PLAIN, SOFT
from luming.report.docx.markup import child
from luming.report.docx.words import write, write_text
from luming.report.model import Inlines, Numbered


def add_sign(
    document: Any, picture: bytes, note: str, line: Inlines, side: Length, width: Length, size: float
) -> None:
    """Add the sign with its note.

    Args:
        picture: the sign as PNG.
        line: the codes as running words over the note; nothing where a table holds them.
        side, width: side of the sign, and width of the text area.
        size: of the words, in points.
    """
    made = document.add_table(rows=1, cols=2)
    made.autofit = False
    child(made.rows[0]._tr.get_or_add_trPr(), "w:cantSplit")
    room = Length(side + Pt(10))
    left, right = made.rows[0].cells
    words, sign = (left, right) if line else (right, left)
    words.width, sign.width = Length(width - room), room
    made.columns[0].width, made.columns[1].width = left.width, right.width
    shape = _set(sign.paragraphs[0]).add_run().add_picture(io.BytesIO(picture), width=side)
    shape._inline.docPr.set("descr", note)
    words.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP if line else WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = _set(words.paragraphs[0])
    if line:
        write(paragraph, line, PLAIN, size, Numbered())
        paragraph = _set(words.add_paragraph())
    write_text(paragraph, note, PLAIN, size, SOFT)
    last = (
        document.add_paragraph()
    )  # Word asks for a paragraph after a table; too small to make a page of its own
    last.paragraph_format.line_spacing_rule, last.paragraph_format.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(1),
    )


def _set(paragraph: Any) -> Any:
    """A paragraph off the body's line grid."""
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.space_before, layout.space_after = WD_LINE_SPACING.SINGLE, Pt(0), Pt(0)
    return paragraph
