"""督办函 and 催报函: drafts to each unit, with the reason, the figures and the day to answer by.

A unit in the lead of a red or yellow target is asked for reasons and measures; a unit that owes an overdue figure is
asked for it. Nobody is reminded of a figure that is not due yet. A draft says so, and says where the division of
labour is only inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luming.mark import Mark
from luming.monitor import Assessment, Board, Light, Missing, NoForecast, number, percent
from luming.report.by_hand import HELD, is_behind, late_title, light_cell, set_by_hand, setting_words
from luming.report.citation import RULE, references
from luming.report.desk import Desk
from luming.report.model import (
    Block,
    Callout,
    Column,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Paper,
    Paragraph,
    Row,
    Table,
    Text,
)
from luming.report.naming import title_in_marks
from luming.report.phrases import (
    all_missing,
    completion_words,
    deviation_cell,
    due_figure,
    latest_figure,
    overdue,
    owed_figure,
    reckoned,
    rule_words,
    schedule_words,
    sentence,
    target_figure,
    with_light,
)
from luming.report.wording import chinese_date


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter to one unit."""

    unit: str
    paper: Paper


def compose_reminders(board: Board, desk: Desk) -> tuple[Reminder, ...]:
    """One letter for each unit that leads a target behind schedule or owes an overdue figure.

    Units with targets behind schedule come first, then those that owe figures only.
    """
    late = (*with_light(board, Light.RED), *with_light(board, Light.YELLOW))
    owed = overdue(all_missing(board), board)
    units = dict.fromkeys(
        [unit for item in late for unit in item.lead] + [gap.ask for gap in owed if gap.ask]
    )
    return tuple(
        Reminder(
            unit,
            _letter(
                board,
                desk,
                unit,
                [item for item in late if unit in item.lead],
                [gap for gap in owed if gap.ask == unit],
            ),
        )
        for unit in units
    )


def _letter(
    board: Board, desk: Desk, unit: str, late: Sequence[Assessment], owed: Sequence[Missing]
) -> Paper:
    blocks: list[Block] = [Paragraph(_opening(board, unit, late, owed))]
    if late:
        blocks += _late(late, board)
    if owed:
        blocks += _owed(owed, board, headed=bool(late))
    blocks += _request(desk, late, owed)
    blocks += _caution(late, owed)
    return Paper(
        title=_title(late, owed),
        issuer=desk.issuer,
        date=board.as_of,
        blocks=tuple(blocks),
        number="（文号待编）",
        recipient=unit,
        demo=board.demo,
        draft=True,
        refs=references(board),
        footer=desk.version,
        codes=desk.codes,
    )


def _title(late: Sequence[Assessment], owed: Sequence[Missing]) -> str:
    """What the letter is about: the first item by name, and how many."""
    if late:
        return f"关于督办{late[0].target.label}{_and_more(len(late))}目标进度的函"
    return f"关于补报{owed[0].label}{_and_more(len(owed))}数据的函"


def _and_more(count: int) -> str:
    return f"等{count}项" if count > 1 else ""


def _opening(board: Board, unit: str, late: Sequence[Assessment], owed: Sequence[Missing]) -> Inlines:
    document = board.pack.document
    head = f"按照{document.number}{title_in_marks(document.title)}的目标任务，截至{chinese_date(board.as_of)}"
    parts: list[Inlines] = []
    if late:
        red = sum(item.light.light is Light.RED for item in late)
        lights = [f"红灯{red}项"] if red else []
        lights += [f"黄灯{len(late) - red}项"] if len(late) > red else []
        held = sum(not is_behind(item) for item in late)
        state = "需要关注" if held else "落后于序时进度"
        told = f"，其中{held}项{HELD}" if held else ""
        parts.append((Text(f"，由你单位牵头的目标中有{len(late)}项{state}（{'、'.join(lights)}{told}）"),))
    if owed:
        count = owed_figure(f"late {unit}", len(owed))
        parts.append((Text("，由你单位负责提供的数据中有"), count, Text("已到应取得日期而尚未取得")))
    told_all = [inline for part in parts for inline in part]
    return (Text(head), *told_all, Text("。现将有关情况函告如下。"))


def _late(late: Sequence[Assessment], board: Board) -> list[Block]:
    columns = (
        Column("目标", "left", 2.0),
        Column("目标值", "left", 1.5),
        Column("最新数据", "left", 1.7),
        Column("完成率", "right", 1.0),
        Column("序时进度", "right", 1.2),
        Column("偏差（百分点）", "right", 1.2),
        Column("亮灯", "center", 1.0),
        Column("年末预测", "left", 1.5),
    )
    rule = (
        Text(f"亮灯规则：{rule_words(board.rule)}"),
        Figure(f"({board.rule.mark.label})", RULE),
        Text("。"),
    )
    by_hand = [sentence(f"{item.target.label}{setting_words(item)}") for item in set_by_hand(late)]
    return [
        Heading(late_title(late)),
        Table(columns, tuple(_late_row(item, board) for item in late), late_title(late)),
        Paragraph(rule),
        *(Paragraph((Text(words),)) for words in by_hand),
    ]


def _late_row(item: Assessment, board: Board) -> Row:
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
            (Text(item.target.label),),
            (target_figure(item, signs=True),),
            latest,
            (reckoned("completion", item, completion_words(item, board.rule)),),
            (reckoned("schedule", item, schedule_words(item, board.rule)),),
            (reckoned("deviation", item, deviation_cell(item, board.rule)),),
            light_cell(item),
            _outlook(item),
        )
    )


def _outlook(item: Assessment) -> Inlines:
    """The forecast in a cell: value and chance, or that there is none."""
    if isinstance(item.forecast, NoForecast):
        return (Text("数据不足，不作预测"),)
    value = reckoned("forecast", item, f"{number(item.forecast.value, 2)}{item.forecast.unit}")
    chance = item.forecast.chance
    if chance is None:
        return (value,)
    return (value, Text("，达标可能性约"), reckoned("chance", item, percent(chance, 0)))


def _owed(owed: Sequence[Missing], board: Board, *, headed: bool) -> list[Block]:
    columns = (Column("指标", "left", 2.4), Column("时期", "left", 1.6), Column("应取得日期", "left", 2.2))
    rows = tuple(
        Row(((Text(gap.label),), (Text(gap.period.label()),), (due_figure(gap, board.as_of),)))
        for gap in owed
    )
    heading: list[Block] = [Heading("尚未取得的数据")] if headed else []
    return [*heading, Table(columns, rows, "尚未取得的数据")]


def _request(desk: Desk, late: Sequence[Assessment], owed: Sequence[Missing]) -> list[Block]:
    answer_by = chinese_date(desk.answer_by)
    asks = []
    if late:
        reason = "滞后原因" if all(map(is_behind, late)) else "滞后原因或者有关情况"
        asks.append(f"逐项说明{reason}，提出整改措施，明确责任人和完成时限")
    if owed:
        asks.append("提供上述数据并注明口径和来源，确无数据的说明原因")
    heading: list[Block] = [Heading("有关要求")] if late else []
    return [*heading, Paragraph((Text(f"请于{answer_by}前{';'.join(asks)}，书面反馈我办。"),))]


def _caution(late: Sequence[Assessment], owed: Sequence[Missing]) -> list[Block]:
    """A note for the office where the addressee rests on inference; it goes before the letter is sent."""
    verified = Mark.VERIFIED.label
    marks = [item.lead_mark for item in late] + [gap.ask_mark for gap in owed]
    doubtful = tuple(dict.fromkeys(mark for mark in marks if mark != verified))
    if not doubtful:
        return []
    words = f"办公室核对事项（发出前删除）：收函单位的依据为“{'、'.join(doubtful)}”，请核对分工后再行文。"
    return [Callout((Text(words),), "warning")]
