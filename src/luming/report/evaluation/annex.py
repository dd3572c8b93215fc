"""附表: every target with what is known of it, and the rules that the advice was drafted by."""

from __future__ import annotations

from luming.evaluation import Doubt, Evaluation, Movement, TargetFinding
from luming.report.evaluation.advice import rule_table
from luming.report.evaluation.words import (
    clause_name,
    completion_cell,
    latest_cell,
    movement_cell,
    outcome_words,
    share_words,
)
from luming.report.model import Block, Column, PageBreak, Paragraph, Row, Strong, Table, Text
from luming.report.phrases import lead_words, target_figure

ATTACHMENTS = ("目标完成情况明细表", "建议规则")


def annex(evaluation: Evaluation) -> list[Block]:
    """The tables behind the signature."""
    return [Paragraph((Strong("附表"),), indent=False), _targets(evaluation), PageBreak(), rule_table()]


def _targets(evaluation: Evaluation) -> Table:
    findings = [memory.present for memory in evaluation.memories]
    compared = any(found.movement is not Movement.UNKNOWN for found in findings)
    columns = (
        Column("目标", "left", 2.3),
        Column("目标值", "left", 1.5),
        Column("期末最新数据", "left", 1.8),
        Column("完成率", "right", 1.0),
        Column("期末应达", "right", 1.1),
        Column("结论", "left", 1.5),
        *((Column("与上年同期比", "left", 1.4),) if compared else ()),
        Column("牵头单位", "left", 1.5),
    )
    rows: list[Row] = []
    title = ""
    measures = {measure.id: measure for measure in evaluation.board.pack.measures}
    for found in findings:
        measure = measures.get(found.item.target.clause.partition(".")[0])
        if measure is not None and clause_name(measure) != title:
            title = clause_name(measure)
            rows.append(Row(((Strong(title),),), group=True))
        rows.append(_row(found, compared=compared))
    marks = "、".join(dict.fromkeys(item.lead_mark for item in evaluation.board.assessments if item.lead))
    notes = (f"注:牵头单位的依据为“{marks}”;期末应达为计划曲线在期末要求的完成率。",) if marks else ()
    return Table(columns, tuple(rows), "附表1 目标完成情况明细表", notes)


def _row(found: TargetFinding, *, compared: bool) -> Row:
    told = found.outcome.label if found.doubt is Doubt.NO_FIGURE else outcome_words(found)
    moved = (movement_cell(found),) if compared else ()
    return Row(
        (
            (Text(found.item.target.label),),
            (target_figure(found.item, signs=True),),
            latest_cell(found.item),
            (Text(completion_cell(found)),),
            (Text(share_words(found.due)),),
            (Text(told),),
            *moved,
            (Text(lead_words(found.item)),),
        )
    )
