"""Chapter eight: 问题. What the chapters before have found, gathered, each with the evidence it rests on."""

from __future__ import annotations

from luming.evaluation import RUN_OF_YEARS, Evaluation, Outcome, TaskState
from luming.report.evaluation.words import listed, paragraph, short_clause, short_clauses, with_outcome
from luming.report.model import Block, BulletList, Heading, Inlines, Strong, Text
from luming.report.phrases import sentence

_SHOWN = 8


def problems(evaluation: Evaluation) -> list[Block]:
    """Chapter eight."""
    found = [
        *_missed(evaluation),
        *_repeated(evaluation),
        *_unmeasured(evaluation),
        *_disputed(evaluation),
        *_exceeded(evaluation),
        *_idle(evaluation),
        *_left(evaluation),
    ]
    if not found:
        return [Heading("问题"), paragraph("以现有数据没有发现问题;没有取得的数据见“方法与数据”。")]
    return [Heading("问题"), BulletList(tuple(found), numbered=True)]


def _problem(head: str, words: str) -> list[Inlines]:
    return [(Strong(f"{head}。"), Text(words))]


def _missed(evaluation: Evaluation) -> list[Inlines]:
    missed = with_outcome(evaluation, Outcome.MISSED, Outcome.BEHIND)
    if not missed:
        return []
    names = listed((one.item.target.label for one in missed), _SHOWN)
    return _problem(f"{len(missed)}项目标没有达到要求", f"{names}。原因没有数据可以说明,请牵头单位书面说明。")


def _repeated(evaluation: Evaluation) -> list[Inlines]:
    failed = [memory for memory in evaluation.memories if memory.missed_running >= RUN_OF_YEARS]
    if not failed:
        return []
    names = listed(f"{memory.present.item.target.label}(连续{memory.missed_running}年)" for memory in failed)
    return _problem("重复提出而没有完成", f"{names}。")


def _unmeasured(evaluation: Evaluation) -> list[Inlines]:
    parts = [part for one in evaluation.advice for part in one.parts if part.rule.code == "X3"]
    plain = [one for one in evaluation.advice for part in one.parts if part.rule.code == "X7"]
    found: list[Inlines] = []
    if parts:
        names = listed((part.item.label for part in parts if part.item), _SHOWN)
        found += _problem(f"{len(parts)}项目标无数可评,口径或出数单位没有依据", f"{names}。")
    if plain:
        names = short_clauses(one.measure for one in plain if one.measure)
        found += _problem(f"{len(plain)}条没有可核实的内容", f"{names}没有定量目标,也没有任务进展报送。")
    return found


def _disputed(evaluation: Evaluation) -> list[Inlines]:
    found: list[Inlines] = []
    for conflict in evaluation.board.contradictions:
        found += _problem(conflict.title.rstrip("。"), sentence(conflict.sentence))
    return found


def _exceeded(evaluation: Evaluation) -> list[Inlines]:
    funds = evaluation.funds
    if funds is None or not funds.exceeding:
        return []
    names = listed(clause.item.label for clause in funds.exceeding)
    return _problem("支付数据显示超过上限或预算", f"{names}。可能是数据、合并口径或支付本身的问题,先核查。")


def _idle(evaluation: Evaluation) -> list[Inlines]:
    found: list[Inlines] = []
    unused = [
        part.item.label
        for one in evaluation.advice
        for part in one.parts
        if part.rule.code == "X5" and part.item
    ]
    if unused:
        found += _problem("全年没有支付的资金条款", f"{listed(unused)}。")
    idle = [one for one in evaluation.tasks if one.states[TaskState.NOT_BEGUN]]
    if idle:
        count = sum(one.states[TaskState.NOT_BEGUN] for one in idle)
        names = listed(f"{short_clause(one.measure)}({one.states[TaskState.NOT_BEGUN]}句)" for one in idle)
        found += _problem(f"{count}句任务报送为未启动", f"{names}。")
    return found


def _left(evaluation: Evaluation) -> list[Inlines]:
    open_ends = [one for one in evaluation.leftovers if one.is_open]
    if not open_ends:
        return []
    names = listed((one.finding.item.target.label for one in open_ends), _SHOWN)
    return _problem("往年目标没有交代", f"{names},本年文件没有接续,也不能证明已经达到。")
