"""The bulletin tells what the leading units told of the measures: in their words, of its own months, never of others."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pypdfium2
import pytest

from luming.monitor import Board
from luming.report import docx, html, pdf
from luming.report.bulletin import compose_bulletin
from luming.report.bulletin.span import months_spoken_of
from luming.report.desk import Desk, ReportedProgress
from luming.report.model import Heading, Paper, Paragraph, plain
from luming.report.typeset import typeset

OPENED = "新设服务窗口2个"


def _told(month: int, text: str = OPENED, measure: str = "m10", unit: str = "市科技局") -> ReportedProgress:
    return ReportedProgress(measure, unit, month, text)


def _bulletin(board: Board, desk: Desk, *told: ReportedProgress) -> Paper:
    return compose_bulletin(board, replace(desk, progress=told))


def _part(paper: Paper) -> list[str]:
    """Headings and paragraphs of the part, without its head."""
    found: list[str] = []
    inside = False
    for block in typeset(paper).blocks:
        if isinstance(block, Heading) and block.level == 1:
            inside = block.text.endswith("措施推进情况")
        elif inside:
            found.append(
                block.text
                if isinstance(block, Heading)
                else plain(block.inlines)
                if isinstance(block, Paragraph)
                else ""
            )
    return found


def test_where_nothing_was_told_there_is_no_such_part(board: Board, desk: Desk) -> None:
    paper = _bulletin(board, desk, _told(8, " \n\u200b "), _told(6), _told(10))
    assert paper == replace(compose_bulletin(board, desk), blocks=paper.blocks)
    assert paper.blocks == compose_bulletin(board, desk).blocks


def test_each_measure_tells_its_units_months_in_the_order_of_the_document(board: Board, desk: Desk) -> None:
    titles = {one.id: f"第{one.number}条 {one.title}" for one in board.pack.measures}
    told = [
        _told(9, "签约3家;", "m11", "市工信局"),
        _told(9),
        _told(7),
        _told(8, "窗口增至3个\n\n另有1个在建"),
        _told(9, "配合选址", unit="市财政局"),
    ]
    part = _part(_bulletin(board, desk, *told))
    assert part[0].startswith("以下为牵头单位报送、经核定发布的2025年三季度进展")
    assert part[0].endswith("其余19条措施没有已发布的进展。")
    assert [one for one in part if one.startswith("第")] == [titles["m10"], titles["m11"]]
    first, second = part.index(titles["m10"]), part.index(titles["m11"])
    assert part[first + 1 : second] == [
        "市科技局 7月\uff1a新设服务窗口2个。8月\uff1a窗口增至3个 另有1个在建。9月\uff1a新设服务窗口2个。",
        "市财政局 9月\uff1a配合选址。",
    ]
    assert part[second + 1 :] == ["市工信局 9月\uff1a签约3家。"]


def test_months_that_tell_the_same_stand_together(board: Board, desk: Desk) -> None:
    part = _part(_bulletin(board, desk, _told(9, f"{OPENED}。"), _told(8), _told(7, "选址")))
    assert part[-1] == f"市科技局 7月\uff1a选址。8月、9月\uff1a{OPENED}。"


def test_a_measure_that_the_document_has_not_is_not_lost(board: Board, desk: Desk) -> None:
    assert _part(_bulletin(board, desk, _told(9, measure="m99")))[-2:] == [
        "其他事项",
        f"市科技局 9月\uff1a{OPENED}。",
    ]


@pytest.mark.parametrize(
    ("day", "months"),
    [
        ("2025-09-30", [7, 8, 9]),
        ("2025-10-15", [7, 8, 9]),
        ("2025-09-29", list(range(1, 9))),
        ("2025-02-28", [1, 2]),
        ("2025-02-10", [1]),
        ("2025-12-31", [10, 11, 12]),
        ("2026-01-20", [10, 11, 12]),
        ("2026-03-01", list(range(1, 13))),
    ],
)
def test_the_months_are_those_of_the_title(day: str, months: list[int]) -> None:
    assert list(months_spoken_of(dt.date.fromisoformat(day), 2025)) == months


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_it_is_in_every_form_whatever_was_written(form: str, board: Board, desk: Desk) -> None:
    hostile = "#let x = 1 $a$ <b>&amp;</b> `c` [x](y) \x0b\x01 =1+1 ]]> <script> " + "很长的进展" * 300
    paper = _bulletin(board, desk, _told(9), _told(8, hostile))
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(docx.render(paper))) as packed:
            text = re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())
    elif form == "html":
        text = re.sub(r"<[^>]+>", "", html.render(paper))
    else:
        pages = pypdfium2.PdfDocument(pdf.render(paper))
        text = "".join(page.get_textpage().get_text_range() for page in pages)
    bare = re.sub(r"\s", "", text)
    assert "措施推进情况" in bare
    assert OPENED in bare
    assert bare.count("很长的进展") > 290  # a page may end within one
    assert "script" in bare
