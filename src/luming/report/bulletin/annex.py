"""附件: every target of the document on one table."""

from __future__ import annotations

from luming.monitor import Assessment, Board
from luming.pack import LightRule
from luming.report.bulletin.field import by_field
from luming.report.by_hand import light_cell
from luming.report.model import (
    Block,
    Column,
    Inlines,
    LineBreak,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from luming.report.phrases import (
    completion_words,
    latest_figure,
    lead_words,
    reckoned,
    schedule_words,
    target_figure,
)

ANNEX = "目标完成情况明细表"


def annex(board: Board) -> list[Block]:
    """The annex: all targets in one table, in the order of the document."""
    columns = (
        Column("序号", "center", 0.8),
        Column("目标", "left", 2.3),
        Column("目标值", "left", 1.6),
        Column("最新数据", "left", 1.9),
        Column("完成率", "right", 1.05),
        Column("序时进度", "right", 1.15),
        Column("亮灯", "center", 1.05),
        Column("牵头单位", "left", 1.5),
    )
    rows: list[Row] = []
    number = 0
    for title, items in by_field(board):
        rows.append(Row(((Strong(title),),), group=True))
        for item in items:
            number += 1
            rows.append(_annex_row(number, item, board.rule))
    marks = "、".join(dict.fromkeys(item.lead_mark for item in board.assessments if item.lead))
    notes = (f"注：牵头单位的依据为“{marks}”。",) if marks else ()
    table = Table(columns, tuple(rows), ANNEX, notes)
    return [Paragraph((Strong("附件"),), indent=False), table]


def _annex_row(number: int, item: Assessment, rule: LightRule) -> Row:
    standing = item.standing
    latest: Inlines = (Text("尚无"),)
    if standing.latest is not None:
        latest = (
            latest_figure(item, standing.latest),
            LineBreak(),
            Text(f"({standing.latest.period.label()})"),
        )
    return Row(
        (
            (Text(str(number)),),
            (Text(item.target.label),),
            (target_figure(item, signs=True),),
            latest,
            (reckoned("completion", item, completion_words(item, rule)),),
            (reckoned("schedule", item, schedule_words(item, rule)),),
            light_cell(item),
            (Text(lead_words(item)),),
        )
    )
