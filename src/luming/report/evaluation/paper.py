"""The evaluation report as a whole: findings first, then the chapters in the order that evaluations follow.

评估对象与依据 → 方法与数据 → 任务落实度 → 目标完成度 → 投入产出与资金绩效 → 受益面与公平 → 企业满意度 → 问题 → 逐条建议 →
附表 (the skeleton of our reference, 平台默认口径). It is a draft for the office, and it decides nothing.
"""

from __future__ import annotations

from dataclasses import replace

from luming.evaluation import Evaluation
from luming.monitor import Board
from luming.report.citation import DEMO, references
from luming.report.desk import Desk
from luming.report.evaluation.advice import advice_chapter
from luming.report.evaluation.annex import ATTACHMENTS, annex
from luming.report.evaluation.basis import method_and_data, object_and_basis
from luming.report.evaluation.funds import coverage_and_fairness, performance
from luming.report.evaluation.problems import problems
from luming.report.evaluation.satisfaction import satisfaction_chapter
from luming.report.evaluation.summary import summary
from luming.report.evaluation.targets import completion
from luming.report.evaluation.tasks import fulfilment
from luming.report.evaluation.words import ANSWERS, PAYMENTS, TASKS
from luming.report.model import Paper, Ref
from luming.report.naming import document_name
from luming.report.wording import chinese_date


def compose_evaluation(evaluation: Evaluation, desk: Desk) -> Paper:
    """The report of an evaluation, as a draft for the office."""
    board, span = evaluation.board, evaluation.span
    document = board.pack.document
    blocks = [
        *summary(evaluation),
        *object_and_basis(evaluation),
        *method_and_data(evaluation),
        *fulfilment(evaluation),
        *completion(evaluation),
        *performance(evaluation),
        *coverage_and_fairness(evaluation),
        *satisfaction_chapter(evaluation),
        *problems(evaluation),
        *advice_chapter(evaluation),
    ]
    return Paper(
        title=f"{document_name(document)}{span.label()}政策评估报告",
        issuer=desk.issuer,
        date=board.as_of,
        blocks=tuple(blocks),
        subtitle=f"(评估日{chinese_date(board.as_of)},由数据生成的草稿)",
        demo=evaluation.demo,
        draft=True,
        attachments=ATTACHMENTS,
        annex=tuple(annex(evaluation)),
        refs=_references(evaluation),
        footer=desk.version,
    )


def _references(evaluation: Evaluation) -> tuple[Ref, ...]:
    """Those of the board, the clauses of the earlier documents, and one for each table handed in."""
    made = {ref.id: ref for ref in references(evaluation.board)}
    for older in evaluation.earlier:
        for ref in references(older):
            id = f"{older.pack.document.id} {ref.id}" if ref.id.startswith("target ") else ref.id
            made.setdefault(id, replace(ref, id=id))
    for ref in _tables(evaluation, evaluation.board):
        made[ref.id] = ref
    return tuple(made.values())


def _tables(evaluation: Evaluation, board: Board) -> list[Ref]:
    material = evaluation.material
    tables = (
        (PAYMENTS, "支付表", material.payments, "笔"),
        (ANSWERS, "满意度答卷表", material.answers, "条评价"),
        (TASKS, "任务进展表", material.tasks, "句"),
    )
    publisher = DEMO if evaluation.demo else f"{board.pack.document.office or '办公室'}提供"
    mark = DEMO if evaluation.demo else "报送数据,未核查"
    return [
        Ref(id, fact=f"{name},共{len(rows)}{unit}", publisher=publisher, mark=mark)
        for id, name, rows, unit in tables
        if rows is not None
    ]
