"""分领域进展: what is known of each target, and what is not, under the sections of the document."""

from __future__ import annotations

from luming.monitor import Assessment, Board, Light, NoForecast, window_of
from luming.pack import LightRule
from luming.report.bulletin.field import by_field
from luming.report.by_hand import is_by_hand
from luming.report.chart import (
    CompletionBar,
    Progress,
    completion_bullets,
    small_multiples,
)
from luming.report.course import course
from luming.report.model import (
    Block,
    ChartBlock,
    Heading,
    Inline,
    Inlines,
    LightChip,
    Paragraph,
    Strong,
    Text,
)
from luming.report.phrases import (
    fact_figure,
    forecast_sentence,
    not_yet_judged,
    standing_sentence,
    target_figure,
)
from luming.report.shown import shown

_PANELS = 6


def progress(board: Board) -> list[Block]:
    """Part two: what is known of each field, with the charts of what carries one."""
    blocks: list[Block] = [Heading("分领域进展")]
    known = [
        item
        for item in board.assessments
        if item.standing.completion is not None and item.light.light is not Light.GREY
    ]
    if known:
        summary = "横条为完成率，黑色竖线为序时进度；灰灯目标未列入本图。"
        blocks.append(
            ChartBlock(
                completion_bullets([_bar(item, board.rule) for item in known]), "各项目标完成率", summary
            )
        )
    for title, items in by_field(board):
        blocks += [Heading(title, 2), *_field(items, board)]
    panels = [_panel(item, board) for item in board.assessments if _carries_chart(item)][:_PANELS]
    if panels:
        summary = "实线为实际，虚线为计划进度，点线和阴影为预测值及其80%区间。"
        blocks.append(ChartBlock(small_multiples(panels), "有预测的目标进度", summary))
    return blocks


def _field(items: list[Assessment], board: Board) -> list[Block]:
    blocks: list[Block] = []
    for item in items:
        if not _is_unknown(item):
            blocks.append(Paragraph((*standing_sentence(item, board.rule), *forecast_sentence(item))))
    unknown = [item for item in items if _is_unknown(item)]
    if unknown:
        blocks.append(Paragraph(_unknown(unknown)))
    return blocks


def _is_unknown(item: Assessment) -> bool:
    """Whether nothing is to be said of a target but that it has no figure."""
    return item.standing.latest is None and item.light.light is Light.GREY and not is_by_hand(item)


def _unknown(items: list[Assessment]) -> Inlines:
    """The targets of a field without a figure of the year, with their targets and last year's figures."""
    words: list[Inline] = []
    for at, item in enumerate(items):
        words += [Text("、" if at else ""), Strong(item.target.label), Text("(目标"), target_figure(item)]
        if item.standing.earlier is not None:
            words += [Text(f",{item.standing.earlier.period.label()}为"), fact_figure(item.standing.earlier)]
        words.append(Text(")"))
    count = f"等{len(items)}项目标" if len(items) > 1 else ""
    return (*words, Text(f"{count}本年尚无数据，亮"), LightChip(Light.GREY), Text("。"))


def _bar(item: Assessment, rule: LightRule) -> CompletionBar:
    figures = shown(item.standing, rule)
    scheduled = None if not_yet_judged(item) else figures.scheduled
    return CompletionBar(item.target.label, figures.completion, scheduled, item.light.light)


def _carries_chart(item: Assessment) -> bool:
    return not isinstance(item.forecast, NoForecast) and bool(item.forecast.path)


def _panel(item: Assessment, board: Board) -> Progress:
    return course(item, window_of(item.target, board.pack.document.year, item.indicator.kind))
