"""The board as one self-contained page, and the landing page beside it."""

from __future__ import annotations

from collections.abc import Sequence

from luming.monitor import Board
from luming.report.board.contradiction import contradiction_section
from luming.report.board.course import course_section
from luming.report.board.coverage import coverage_section
from luming.report.board.document import document_section, promise_section
from luming.report.board.element import Element, el
from luming.report.board.frame import foot, masthead, page
from luming.report.board.gap import gap_section
from luming.report.board.ledger import Ledger
from luming.report.board.overview import first_screen
from luming.report.board.papers import PaperLink
from luming.report.board.ranking import ranking_section
from luming.report.board.sources import method_section, source_section
from luming.report.board.target import target_section
from luming.report.board.target_table import target_table
from luming.report.codes import Codes


def board_page(
    board: Board,
    *,
    papers: Sequence[PaperLink] = (),
    home: str = "",
    other: str = "",
    codes: Codes | None = None,
) -> str:
    """The whole board of one document on one day, as HTML that reads without script.

    Args:
        papers: the papers to take away, with addresses relative to the page.
        home: address of the landing page, "" where the page stands alone.
        other: address of the demonstration from a real board, of the real board from a demonstration; "" for none.
        codes: the codes of the board's figures, each leading to the page of proofs beside this one.
    """
    place = board.pack.document.place
    heading = f"{place}{board.pack.document.year}年创新目标监测看板"
    ledger, codes = Ledger.of(board), codes or Codes()
    sections = [
        first_screen(board, papers, codes),
        target_table(board),
        course_section(board),
        contradiction_section(board, ledger),
        gap_section(board),
        ranking_section(board.rankings, ledger.labels, bool(codes)),
        target_section(board, ledger, codes),
        document_section(board.pack),
        promise_section(board.pack),
        coverage_section(board.pack),
        source_section(board, ledger),
        method_section(board),
    ]
    shown = [part for part in sections if part is not None]
    body = [
        masthead(board, heading, _switch(board, home, other)),
        _navigation(shown),
        el("main", shown, id="main", class_="wide", tabindex=-1),
        foot(board),
    ]
    return page(f"{heading}({board.as_of.isoformat()})", body, demo=board.demo)


_SHORT = {
    "overview": "总体情况",
    "targets": "目标总表",
    "contradictions": "矛盾",
    "gaps": "数据缺口",
    "course": "亮灯走势",
    "rankings": "区县排名",
    "details": "目标详情",
    "document": "文件分解",
    "promises": "资金与标准",
    "coverage": "落实覆盖",
    "sources": "依据与来源",
    "method": "口径说明",
}


def _navigation(sections: Sequence[Element]) -> Element:
    ids = [dict(part.attributes)["id"] for part in sections]
    return el(
        "nav",
        el("ul", [el("li", el("a", _SHORT[id], href=f"#{id}")) for id in ids], class_="wide"),
        class_="sections",
        aria_label="本页各部分",
    )


def _switch(board: Board, home: str, other: str) -> list[Element]:
    name = "回到真实数据看板" if board.demo else "看演示年度(演示数据,非真实)"
    return [
        *([el("a", "首页", href=home)] if home else []),
        *([el("a", name, href=other, class_="other")] if other else []),
    ]
