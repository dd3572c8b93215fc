"""Inlines in Word: runs in the right face, lights with shape and word, figures with their reference number."""

from __future__ import annotations

from typing import Any

from docx.shared import Pt, RGBColor

from luming.report.docx.face import HEAD, LATIN, LIGHT_INKS, LINK, PLAIN, SOFT
from luming.report.docx.markup import link_to, set_face
from luming.report.model import CodeMark, Figure, Inlines, LightChip, LineBreak, Numbered, Strong


def write(paragraph: Any, inlines: Inlines, face: str, size: float, numbered: Numbered) -> None:
    """Write inlines into a paragraph."""
    for inline in inlines:
        if isinstance(inline, LineBreak):
            paragraph.add_run().add_break()
        elif isinstance(inline, LightChip):
            words = f"{inline.shape}{inline.word}"
            write_text(paragraph, words, HEAD, size, LIGHT_INKS[inline.light.value])
        elif isinstance(inline, CodeMark):
            write_text(paragraph, inline.text, PLAIN, size - 1, SOFT)
        elif isinstance(inline, Strong):
            write_text(paragraph, inline.text, HEAD, size)
        else:
            write_text(paragraph, inline.text, face, size)
            if isinstance(inline, Figure) and inline.ref:
                _cite(paragraph, numbered.numbers[inline.ref], size)


def write_text(paragraph: Any, text: str, face: str, size: float, colour: str = "") -> Any:
    """Write one run."""
    run = paragraph.add_run(text)
    set_face(run._r.get_or_add_rPr(), face, LATIN)
    run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def _cite(paragraph: Any, number: int, size: float) -> None:
    run = write_text(paragraph, f"[{number}]", PLAIN, size, LINK)
    run.font.superscript = True
    link_to(paragraph, run, bookmark_name(number))


def bookmark_name(number: int) -> str:
    """The name of the bookmark at a reference."""
    return f"ref_{number}"
