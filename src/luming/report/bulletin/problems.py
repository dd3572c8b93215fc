"""需要关注的问题: targets behind schedule, and statements that cannot both hold."""

from __future__ import annotations

from luming.monitor import Assessment, Board, Contradiction, Light
from luming.report.by_hand import late_count, late_title, light_cell, set_by_hand, setting_words
from luming.report.model import (
    Block,
    Column,
    Heading,
    Inline,
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
    deviation_cell,
    fact_figure,
    latest_figure,
    lead_words,
    reckoned,
    schedule_words,
    sentence,
    target_figure,
    with_light,
)


def problems(board: Board) -> list[Block]:
    """Part three: what is behind schedule, and which statements contradict each other."""
    blocks: list[Block] = [Heading("需要关注的问题")]
    late = [*with_light(board, Light.RED), *with_light(board, Light.YELLOW)]
    if not late and not board.contradictions:
        return [
            *blocks,
            Paragraph((Text("本期没有亮红灯、黄灯的目标，也没有发现目标与数据相互矛盾的情况。"),)),
        ]
    if late:
        blocks.append(Heading(late_title(late), 2))
        blocks += _late(late, board)
    if board.contradictions:
        blocks.append(Heading("目标与数据不一致", 2))
        blocks += [Paragraph(_contradiction(item, board)) for item in board.contradictions]
    return blocks


def _late(items: list[Assessment], board: Board) -> list[Block]:
    """The targets behind schedule, red first, and the lights that were set by hand."""
    columns = (
        Column("目标", "left", 2.2),
        Column("最新数据", "left", 1.8),
        Column("完成率", "right", 1.0),
        Column("序时进度", "right", 1.15),
        Column("偏差（百分点）", "right", 1.2),
        Column("亮灯", "center", 1.0),
        Column("牵头单位", "left", 1.5),
    )
    rows = tuple(_late_row(item, board) for item in items)
    marks = "、".join(dict.fromkeys(item.lead_mark for item in items if item.lead))
    notes = (f"注：牵头单位的依据为“{marks}”。",) if marks else ()
    first = f"以下{late_count(items)}，先红灯后黄灯，按落后幅度排列。"
    by_hand = [
        Paragraph((Text(sentence(f"{item.target.label}{setting_words(item)}")),))
        for item in set_by_hand(items)
    ]
    return [Paragraph((Text(first),)), Table(columns, rows, late_title(items), notes), *by_hand]


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
            latest,
            (reckoned("completion", item, completion_words(item, board.rule)),),
            (reckoned("schedule", item, schedule_words(item, board.rule)),),
            (reckoned("deviation", item, deviation_cell(item, board.rule)),),
            light_cell(item),
            (Text(lead_words(item)),),
        )
    )


def _contradiction(item: Contradiction, board: Board) -> Inlines:
    """A contradiction with its reckoning and the facts behind it."""
    facts = {fact.id: fact for fact in board.facts}
    words: list[Inline] = [Strong(item.title.rstrip("。")), Text(f"。{sentence(item.sentence)}")]
    if item.reckoning and item.reckoning.rstrip("。") not in item.sentence:
        words.append(Text(f"测算：{sentence(item.reckoning)}"))
    cited = [facts[id] for id in item.facts if id in facts]
    if cited:
        words.append(Text("所据数据："))
        for at, fact in enumerate(cited):
            words += [Text(("、" if at else "") + fact.period.label()), fact_figure(fact)]
        words.append(Text("。"))
    for target in board.assessments:
        if target.target.id in item.targets:
            words += [Text(f"现行目标：{target.target.label}"), target_figure(target), Text("。")]
    if item.ask:
        words.append(Text(f"联系单位：{item.ask}。"))
    return tuple(words)
