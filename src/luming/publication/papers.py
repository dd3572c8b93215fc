"""The papers of one board as files: monthly sheet, bulletin, brief, reminder letters, text for a chat group."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from luming.evaluation import Evaluation
from luming.monitor import Board
from luming.report import (
    Desk,
    Paper,
    compose_brief,
    compose_bulletin,
    compose_chat,
    compose_evaluation,
    compose_monthly_sheet,
    compose_reminders,
    docx,
    html,
    pdf,
    xlsx,
)
from luming.report.board import PaperLink

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PaperFile:
    """One file with the name a person knows it by."""

    name: str
    label: str
    content: bytes
    note: str = ""

    def link(self) -> PaperLink:
        """The file as a link from the page that lies beside it."""
        return PaperLink(self.label, self.name, self.note)


def paper_files(board: Board, desk: Desk, told: Told = lambda stage: None) -> Iterator[PaperFile]:
    """All papers of the board, one after another; `told` hears which one is being made."""
    day = board.as_of.isoformat()
    told("月调度表")
    sheet = xlsx.render(compose_monthly_sheet(board, desk))
    yield PaperFile(f"月调度表_{day}.xlsx", "月调度表(Excel)", sheet, "总表、明细、缺口、依据、口径")
    told("季度通报")
    bulletin = compose_bulletin(board, desk)
    yield from _three_ways(bulletin, f"季度通报_{day}", "季度通报")
    told("一页简报")
    yield from _two_ways(compose_brief(board, desk), f"一页简报_{day}", "一页简报")
    told("督办函")
    for number, letter in enumerate(compose_reminders(board, desk), 1):
        name = f"督办函/{number:02d}_{_safe(letter.unit)}_{day}.docx"
        yield PaperFile(name, f"督办函草稿:{letter.unit}", docx.render(letter.paper), letter.paper.title)
    told("群消息")
    chat = compose_chat(board, desk).encode("utf-8-sig")
    yield PaperFile(f"群消息_{day}.txt", "群消息文字", chat, "可直接粘贴")


def monthly_sheet(board: Board, desk: Desk) -> PaperFile:
    """Only the monthly sheet, for one of the months of a year."""
    content = xlsx.render(compose_monthly_sheet(board, desk))
    label = f"月调度表({board.as_of.year}年{board.as_of.month}月)"
    return PaperFile(f"逐月/月调度表_{board.as_of.isoformat()}.xlsx", label, content)


def evaluation_files(evaluation: Evaluation, desk: Desk) -> Iterator[PaperFile]:
    """The evaluation report as Word, PDF and page."""
    name = f"政策评估报告_{evaluation.span.label()}"
    yield from _three_ways(compose_evaluation(evaluation, desk), name, "政策评估报告")


def _three_ways(paper: Paper, name: str, label: str) -> Iterator[PaperFile]:
    yield from _two_ways(paper, name, label)
    yield PaperFile(f"{name}.html", f"{label}(网页)", html.render(paper).encode())


def _two_ways(paper: Paper, name: str, label: str) -> Iterator[PaperFile]:
    yield PaperFile(f"{name}.docx", f"{label}(Word)", docx.render(paper))
    yield PaperFile(f"{name}.pdf", f"{label}(PDF)", pdf.render(paper))


def _safe(unit: str) -> str:
    return "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in unit)[:60]
