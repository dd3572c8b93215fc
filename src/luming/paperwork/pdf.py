"""A produced paper as PDF for reading and print: its words set by Typst with open fonts. The Word file is the original.

Fonts, frames and margins of a template that an officer has edited are not carried over; its words, their order, size and
side are.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from importlib.resources import files

import typst

from luming.paperwork.words import as_data, read_words
from luming.report import font_folders, set_text


def render(content: bytes, *, title: str, note: str, day: dt.date) -> bytes:
    """The words of a .docx file as PDF; same words, same bytes.

    Args:
        note: a line at the foot of every page.
    """
    paper = {"title": set_text(title), "note": set_text(note), "words": as_data(read_words(content))}
    compiler = typst.Compiler(
        input=_layout(), font_paths=_fonts(), sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)}
    )
    made = compiler.compile(format="pdf", timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC))
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=1)
def _layout() -> bytes:
    return files("luming.paperwork").joinpath("words.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
