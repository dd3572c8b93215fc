"""The marks that drawings of a process are made of: text that is measured and broken, and the colours.

Contrast of every colour of text on its ground is at least 4.5 to 1.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

from luming.punctuation import full_width_outside_quotes

INK, MUTED, LINE, PAPER, TAKEN, NOW = "#1d2733", "#5b6673", "#8a94a0", "#ffffff", "#0b5cad", "#b54708"
_PIECES = re.compile(r"[（《“(]?(?:[0-9A-Za-z.,'’:;%+\-/]+ ?|.)", re.DOTALL)
_NOT_FIRST = "、，。；：！？）】》”,.;:!?)"


def size(text_: str, font: float) -> float:
    """How wide a text is, in pixels, at a size of font; Chinese signs are square."""
    return sum(font * (1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.57) for sign in text_)


def broken(text_: str, width: float, font: float) -> list[str]:
    """A text in lines of much the same length, none wider than a width; no line begins with a closing mark."""
    lines = _lines(text_, width, font)
    if len(lines) > 1:
        narrower = width
        while len(_lines(text_, narrower - font / 2, font)) == len(lines) and narrower > 2 * font:
            narrower -= font / 2
        lines = _lines(text_, narrower, font)
    return lines


def _lines(text_: str, width: float, font: float) -> list[str]:
    lines = [""]
    for piece in _PIECES.findall(text_):
        if lines[-1] and piece not in _NOT_FIRST and size(lines[-1] + piece.rstrip(), font) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def clear(text_: str, language: str) -> str:
    """A label as it is read: full-width marks in Chinese."""
    return full_width_outside_quotes(text_) if language == "zh" else text_


def words(chinese: str, english: str, language: str) -> str:
    """One of two words by language."""
    return english if language == "en" else chinese


def text(
    x: float, y: float, said: str, font: float, colour: str, *, bold: bool = False, anchor: str = "middle"
) -> str:
    """A line of text with its baseline at y."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{font:g}" text-anchor="{anchor}" fill="{colour}"{weight}>'
        f"{escape(said)}</text>"
    )
