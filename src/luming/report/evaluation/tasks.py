"""Chapter three: 任务落实度. What units reported, measure by measure; what nobody reported is not called undone."""

from __future__ import annotations

from luming.evaluation import Evaluation, MeasureTasks, TaskState
from luming.report.evaluation.words import (
    TASKS,
    by_unit,
    finding,
    listed,
    paragraph,
    short_clause,
    short_clauses,
)
from luming.report.model import Block, Column, Figure, Heading, Paragraph, Row, Table, Text


def fulfilment(evaluation: Evaluation) -> list[Block]:
    """Chapter three."""
    tasks = evaluation.tasks
    heading = Heading("任务落实度")
    if not tasks:
        return [heading, paragraph("文件只收录部分数字,没有条款原文,任务落实度不作评估。")]
    total = sum(one.tasks for one in tasks)
    reported = sum(one.reported for one in tasks)
    if not evaluation.tasks_reported:
        return [
            heading,
            finding(f"{total}句任务没有取得进展报送,落实度不能判断;不能判断不等于没有落实。"),
            paragraph(_structure(tasks)),
            paragraph(
                f"请各牵头单位逐句报送状态、完成日期和佐证:{by_unit(_leads(tasks))}。{_standing(tasks)}"
            ),
        ]
    done = sum(one.states[TaskState.DONE] for one in tasks)
    evidence = sum(one.with_evidence for one in tasks)
    words = f"{total}句任务中{reported}句有报送,其中{done}句已完成;{total - reported}句没有报送。"
    return [
        heading,
        finding(words),
        Paragraph(
            (
                Text("报送中已完成"),
                Figure(f"{done}句", TASKS),
                Text(f",其中{evidence}句附有佐证名称。状态由各单位自报,没有核查。"),
            )
        ),
        _table(tasks),
        paragraph(_structure(tasks) + _standing(tasks)),
    ]


def _structure(tasks: tuple[MeasureTasks, ...]) -> str:
    """How much of the document can be measured at all."""
    plain = [one for one in tasks if not one.targets]
    words = f"{len(tasks)}个部分(序言和各条)中,{len(tasks) - len(plain)}个有定量目标"
    if not plain:
        return words + "。"
    return f"{words},{short_clauses(one.measure for one in plain)}没有定量目标,只能凭任务报送评估。"


def _leads(tasks: tuple[MeasureTasks, ...]) -> list[tuple[str, ...]]:
    return [one.duty.lead if one.duty is not None else ("牵头单位待确定",) for one in tasks]


def _standing(tasks: tuple[MeasureTasks, ...]) -> str:
    marks = dict.fromkeys(one.duty.mark.label for one in tasks if one.duty is not None)
    return f"牵头单位的依据为“{listed(marks)}”。" if marks else ""


def _table(tasks: tuple[MeasureTasks, ...]) -> Table:
    columns = (
        Column("条", "left", 1.2),
        Column("牵头单位", "left", 2.6),
        Column("任务", "right", 0.8),
        *(Column(state.label, "right", 1.0) for state in TaskState),
        Column("没有报送", "right", 1.1),
    )
    return Table(columns, tuple(_row(one) for one in tasks), "任务落实情况(单位:句)")


def _row(one: MeasureTasks) -> Row:
    lead = listed(one.duty.lead, 2) if one.duty is not None else "待确定"
    return Row(
        (
            (Text(short_clause(one.measure)),),
            (Text(lead),),
            (Text(str(one.tasks)),),
            *((Text(str(one.states[state])),) for state in TaskState),
            (Text(str(one.unreported)),),
        )
    )
