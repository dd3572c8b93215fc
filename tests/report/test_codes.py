"""Codes on papers: listed at the end, small, never a second page for the brief, nothing where there are none."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import docx as word
import pypdfium2
import pytest

from luming.monitor.model import Board
from luming.report import Coded, Codes, docx, html, pdf
from luming.report.brief import compose_brief
from luming.report.bulletin import compose_bulletin
from luming.report.code_table import codes_in, printed_codes
from luming.report.desk import Desk
from luming.report.model import Paper, inlines_of, keys_in


def coded(paper: Paper, group: str) -> Codes:
    """Every figure of a paper with a code of its own."""
    keys = dict.fromkeys(
        key for inlines in inlines_of((*paper.blocks, *paper.annex)) for key in keys_in(inlines)
    )
    return Codes.of(
        Coded(
            key, f"K7M4-Q{at:03d}".replace("0", "Z").replace("1", "Y"), group, "完成率", "66.5%", "鹿鸣核验码"
        )
        for at, key in enumerate(keys)
    )


@pytest.mark.parametrize(
    "words", ["晶硅光伏产业产值", "很长的目标名称" * 20, "W" * 300], ids=["short", "long", "latin"]
)
@pytest.mark.parametrize("count", [1, 3, 5, 40])
def test_the_brief_with_codes_is_one_page_whatever_it_holds(
    wordy_board: Callable[[int, str], Board], desk: Desk, count: int, words: str
) -> None:
    board = wordy_board(count, words)
    codes = coded(compose_bulletin(board, desk), words)
    paper = compose_brief(board, replace(desk, codes=codes))
    assert codes_in(paper)
    assert len(pypdfium2.PdfDocument(pdf.render(paper))) == 1


def test_each_form_lists_each_code_of_the_paper(board: Board, desk: Desk) -> None:
    bare = compose_bulletin(board, desk)
    paper = compose_bulletin(board, replace(desk, codes=coded(bare, "稀土产业产值")))
    found = {one.code for one in codes_in(paper)}
    assert len(found) >= 10
    document = word.Document(io.BytesIO(docx.render(paper)))
    cells = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    pages = pypdfium2.PdfDocument(pdf.render(paper))
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    page = html.render(paper)
    for code in found:
        assert code in cells
        assert code in text
        assert f'<a class="code" href="proofs.html#{code.replace("-", "")}"><code>{code}</code></a>' in page


def test_figures_of_a_coded_paper_read_as_before(board: Board, desk: Desk) -> None:
    """Codes stand at the end alone: not a word of the body changes."""
    bare = compose_bulletin(board, desk)
    paper = compose_bulletin(board, replace(desk, codes=coded(bare, "稀土产业产值")))
    assert paper.blocks == bare.blocks
    assert paper.annex == bare.annex
    assert paper.refs == bare.refs


def test_hostile_words_in_codes_are_words(board: Board, desk: Desk) -> None:
    bare = compose_bulletin(board, desk)
    hostile = "<script>#let x = 1</script>&"
    codes = Codes.of(replace(one, group=hostile, words=hostile) for one in coded(bare, ""))
    paper = compose_bulletin(board, replace(desk, codes=codes))
    assert "<script>" not in html.render(paper)
    assert pdf.render(paper).startswith(b"%PDF")
    assert docx.render(paper)


def test_same_codes_same_bytes(board: Board, desk: Desk) -> None:
    paper = compose_brief(board, replace(desk, codes=coded(compose_brief(board, desk), "甲")))
    assert docx.render(paper) == docx.render(paper)
    assert pdf.render(paper) == pdf.render(paper)


def test_without_codes_nothing_is_listed(board: Board, desk: Desk) -> None:
    assert printed_codes(compose_bulletin(board, desk)) is None
    assert printed_codes(compose_brief(board, desk)) is None
