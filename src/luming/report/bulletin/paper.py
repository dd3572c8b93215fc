"""The bulletin as a whole.

It says how many targets show which light, what is known of each field, what was told of each measure, what needs attention, which figures are
missing and whom to ask, and what comes next. It decides nothing: lights and forecasts are the board's.
"""

from __future__ import annotations

from luming.monitor import Board
from luming.report.bulletin.annex import ANNEX, annex
from luming.report.bulletin.gaps import gaps, next_steps
from luming.report.bulletin.overview import overview
from luming.report.bulletin.problems import problems
from luming.report.bulletin.progress import progress
from luming.report.bulletin.reported import reported
from luming.report.bulletin.span import span_words
from luming.report.citation import references
from luming.report.desk import Desk
from luming.report.model import Paper
from luming.report.naming import document_name, units_below
from luming.report.wording import chinese_date


def compose_bulletin(board: Board, desk: Desk) -> Paper:
    """The bulletin of a board, as a draft for the office."""
    document = board.pack.document
    blocks = [
        *overview(board),
        *progress(board),
        *reported(board, desk),
        *problems(board),
        *gaps(board),
        *next_steps(board, desk),
    ]
    return Paper(
        title=f"关于{span_words(board.as_of, document.year)}创新驱动发展重点目标推进情况的通报",
        issuer=desk.issuer,
        date=board.as_of,
        blocks=tuple(blocks),
        masthead="工作通报",
        number=desk.issue,
        subtitle=f"（依据{document_name(document)}，数据截至{chinese_date(board.as_of)}）",
        recipient=f"各{units_below(board.pack)}人民政府，市各有关部门和单位"
        if document.place.endswith("市")
        else "",
        demo=board.demo,
        draft=True,
        attachments=(ANNEX,),
        annex=tuple(annex(board)),
        refs=references(board),
        footer=desk.version,
        codes=desk.codes,
    )
