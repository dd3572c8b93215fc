"""A paper as PDF, set by Typst with open fonts and nothing else: no system fonts, no network, no clock.

The layout follows GB/T 9704-2012 (from memory, unverified here: A4, top margin 37 mm, left 28 mm, text area
156 x 225 mm, title in 2号, text in 3号 on 22 lines a page, page number below the outer edge between dashes). The
standard's 小标宋, 仿宋 and 楷体 are not open; Noto Serif SC and Noto Sans SC stand in.

The paper is handed to the layout (`official.typ`) as JSON, so no word of it can be read as layout code. Same paper,
same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

import typst

from luming.report import qr
from luming.report.chart import svg
from luming.report.code_table import printed_codes
from luming.report.fonts import font_folders
from luming.report.model import (
    Block,
    BulletList,
    Callout,
    ChartBlock,
    CodeMark,
    Figure,
    Heading,
    Inline,
    Inlines,
    LightChip,
    LineBreak,
    Numbered,
    Paper,
    Paragraph,
    Reckoned,
    Row,
    Strong,
    Table,
    Text,
    number_references,
    plain,
)
from luming.report.references import reference_line, reference_table
from luming.report.typeset import typeset
from luming.report.width import TITLE_EM, balanced_lines, imprint_size
from luming.report.wording import DEMO_LINE, attachments_line, chinese_date

_Json = dict[str, Any]


def render(paper: Paper) -> bytes:
    """The paper as a PDF file.

    Raises:
        typst.TypstError: a chart's picture cannot be drawn; a fault of ours, not of the paper's words.
    """
    compiler = typst.Compiler(input=_layout(), font_paths=_fonts(), sys_inputs={"paper": serialise(paper)})
    made = compiler.compile(format="pdf", timestamp=_midnight(paper.date))
    assert isinstance(made, bytes)
    return made


def serialise(paper: Paper) -> str:
    """The paper as the JSON that the layout reads."""
    paper = typeset(paper)
    numbered = number_references(paper)
    out: _Json = {
        "title": paper.title,
        "title_lines": balanced_lines(paper.title, TITLE_EM),
        "issuer": paper.issuer,
        "imprint": _imprint(paper),
        "date": chinese_date(paper.date),
        "masthead": paper.masthead,
        "number": paper.number,
        "subtitle": paper.subtitle,
        "recipient": paper.recipient,
        "demo": paper.demo,
        "demo_line": DEMO_LINE,
        "draft": paper.draft,
        "attachments": list(paper.attachments),
        "attachments_line": attachments_line(paper.attachments),
        "footer": paper.footer,
        "single_page": paper.single_page,
        "blocks": [_block(block, numbered) for block in paper.blocks],
        "annex": [_block(block, numbered) for block in paper.annex],
    }
    if numbered.refs:
        if paper.single_page:
            out["reference_lines"] = [reference_line(n, ref) for n, ref in enumerate(numbered.refs, 1)]
        else:
            out["references"] = _references(numbered)
    if (printed := printed_codes(paper)) is not None:
        out["codes"] = {
            "table": _table(printed.table, numbered),
            "line": _inlines(printed.line, numbered),
            "sign": qr.svg(printed.sign),
            "note": printed.sign_note,
        }
    return json.dumps(out, ensure_ascii=False)


def _imprint(paper: Paper) -> _Json:
    """How issuer and date stand over the red line: their size in points, and whether on one line."""
    size, width = (11.0, 459.0) if paper.single_page else (16.0, 442.0)
    fit, together = imprint_size(paper.issuer, chinese_date(paper.date), size, width)
    return {"size": fit, "together": together}


@lru_cache(maxsize=1)
def _layout() -> bytes:
    return files("luming.report").joinpath("official.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = [str(folder) for folder in font_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _references(numbered: Numbered) -> _Json:
    table = _table(reference_table(numbered.refs), numbered)
    for number, row in enumerate(table["rows"], 1):
        row["anchor"] = number
    return table


def _block(block: Block, numbered: Numbered) -> _Json:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "indent": block.indent, "inlines": _inlines(block.inlines, numbered)}
    if isinstance(block, Callout):
        warning = block.kind == "warning"
        return {"kind": "callout", "warning": warning, "inlines": _inlines(block.inlines, numbered)}
    if isinstance(block, BulletList):
        items = [_inlines(item, numbered) for item in block.items]
        return {"kind": "list", "numbered": block.numbered, "items": items}
    if isinstance(block, Table):
        return {"kind": "table", "table": _table(block, numbered)}
    if isinstance(block, ChartBlock):
        return _chart(block, numbered)
    return {"kind": "page break"}


def _chart(block: ChartBlock, numbered: Numbered) -> _Json:
    out = {"kind": "chart", "svg": svg(block.spec), "caption": block.caption, "summary": block.summary}
    return out | ({"table": _table(block.table, numbered)} if block.table is not None else {})


def _table(table: Table, numbered: Numbered) -> _Json:
    return {
        "caption": table.caption,
        "notes": list(table.notes),
        "columns": [{"title": c.title, "align": c.align, "width": c.width} for c in table.columns],
        "rows": [
            {
                "group": row.group,
                "whole": _is_short(row),
                "cells": [_inlines(cell, numbered) for cell in row.cells],
            }
            for row in table.rows
        ],
    }


def _is_short(row: Row) -> bool:
    """Whether the row may be kept on one page; a very long one must break."""
    return all(len(plain(cell)) <= 400 for cell in row.cells)


def _inlines(inlines: Inlines, numbered: Numbered) -> list[_Json]:
    return [_inline(inline, numbered) for inline in inlines]


def _inline(inline: Inline, numbered: Numbered) -> _Json:
    if isinstance(inline, Text | Reckoned):
        return {"kind": "text", "text": inline.text}
    if isinstance(inline, CodeMark):
        return {"kind": "code", "text": inline.text.strip()}
    if isinstance(inline, Strong):
        return {"kind": "strong", "text": inline.text}
    if isinstance(inline, Figure):
        number = numbered.numbers.get(inline.ref)
        return {"kind": "figure", "text": inline.text} | ({"number": number} if number else {})
    if isinstance(inline, LightChip):
        return {"kind": "light", "light": inline.light.value, "shape": inline.shape, "word": inline.word}
    assert isinstance(inline, LineBreak)
    return {"kind": "break"}
