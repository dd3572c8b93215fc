"""数据缺口 and 下一步: which figures are missing, whom to ask, and what each unit is asked to do by when."""

from __future__ import annotations

from luming.monitor import Board, Light
from luming.report.desk import Desk
from luming.report.model import Block, BulletList, Column, Heading, Inlines, Paragraph, Row, Table, Text
from luming.report.phrases import (
    all_missing,
    asked_units,
    due_figure,
    overdue,
    owed_figure,
    units_words,
    with_light,
)
from luming.report.wording import chinese_date


def gaps(board: Board) -> list[Block]:
    """Part four: which figures are missing, since when, and whom to ask."""
    missing = all_missing(board)
    if not missing:
        return [Heading("数据缺口"), Paragraph((Text("各项目标所需数据均已取得。"),))]
    late = overdue(missing, board)
    total = owed_figure("all", len(missing))
    first = (
        Text("判断各项目标尚缺"),
        total,
        Text("数据："),
        *_due_split(len(late), len(missing) - len(late)),
    )
    columns = (
        Column("指标", "left", 2.2),
        Column("所缺数据的时期", "left", 1.7),
        Column("应取得日期", "left", 1.9),
        Column("联系单位", "left", 1.5),
        Column("联系单位依据", "center", 1.3),
    )
    rows = tuple(
        Row(
            (
                *_cells(gap.label, gap.period.label()),
                (due_figure(gap, board.as_of),),
                *_cells(gap.ask or "待确定", gap.ask_mark),
            )
        )
        for gap in missing
    )
    return [Heading("数据缺口"), Paragraph((*first, Text("。"))), Table(columns, rows, "数据缺口")]


def _due_split(late: int, early: int) -> Inlines:
    """How many of the missing figures should be there already."""
    if not late:
        return (Text("均未到应取得日期"),)
    if not early:
        return (Text("均已到应取得日期"),)
    return (
        owed_figure("late", late),
        Text("已到应取得日期，"),
        owed_figure("early", early),
        Text("尚未到期"),
    )


def _cells(*texts: str) -> tuple[Inlines, ...]:
    return tuple((Text(text),) for text in texts)


# --- 下一步 ---


def next_steps(board: Board, desk: Desk) -> list[Block]:
    """Part five: who is asked to do what by when."""
    late = (*with_light(board, Light.RED), *with_light(board, Light.YELLOW))
    answer_by = chinese_date(desk.answer_by)
    items: list[str] = []
    if late:
        named = "、".join(dict.fromkeys(unit for item in late for unit in item.lead)) or "有关牵头单位"
        items.append(f"请{named}于{answer_by}前书面说明滞后原因、整改措施、责任人和完成时限。")
    late_figures = overdue(all_missing(board), board)
    if late_figures:
        units = units_words(asked_units(late_figures))
        items.append(f"请{units}于{answer_by}前提供“数据缺口”所列已到期的数据；确无数据的，书面说明原因。")
    asked = tuple(dict.fromkeys(item.ask for item in board.contradictions if item.ask))
    if asked:
        items.append(f"请{'、'.join(asked)}于{answer_by}前核实“目标与数据不一致”所列事项的口径和基数。")
    if not items:
        return [Heading("下一步"), Paragraph((Text("各牵头单位继续按月报送数据。"),))]
    if len(items) == 1:
        return [Heading("下一步"), Paragraph((Text(items[0]),))]
    return [Heading("下一步"), BulletList(tuple((Text(item),) for item in items), numbered=True)]
