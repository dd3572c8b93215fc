"""Chapter nine: 逐条建议. First by rule, then clause by clause with the inputs that each rests on; all of it a draft."""

from __future__ import annotations

from luming.evaluation import RULES, Addition, Advice, Advised, Evaluation, Gap, Rule, TargetFinding
from luming.pack import Measure
from luming.report.evaluation.words import (
    OURS,
    addition_label,
    cells,
    clause_name,
    demand,
    finding,
    listed,
    money_words,
    outcome_words,
    part_label,
    share_words,
    short_clauses,
)
from luming.report.model import Block, Callout, Column, Heading, Inlines, LineBreak, Row, Strong, Table, Text
from luming.report.wording import chinese_date

RULE_TABLE = "建议规则"


def advice_chapter(evaluation: Evaluation) -> list[Block]:
    """Chapter nine."""
    counts = evaluation.advice_counts()
    told = "、".join(f"{advice.label}{count}条" for advice, count in counts.items())
    note = (
        f"建议是草案,由办公室决定。每条由规则得出,规则是{OURS},列在附表2;"
        "一条里各项意见不一的,有一项需要修改或废止即列为修改。没有取得的数据不作为废止的理由。"
    )
    blocks: list[Block] = [
        Heading("逐条建议"),
        finding(f"建议{told}。"),
        Callout((Text(note),)),
        Heading("按理由归类", 2),
        _by_rule(evaluation),
        Heading("逐条列出", 2),
        _by_clause(evaluation),
    ]
    if evaluation.additions:
        blocks += [Heading("建议新增", 2), _additions(evaluation)]
    return blocks


def _by_rule(evaluation: Evaluation) -> Table:
    held: dict[str, list[Advised]] = {}
    for one in evaluation.advice:
        for part in one.parts:
            held.setdefault(part.rule.code, []).append(part)
    measures = {measure.id: measure for measure in evaluation.board.pack.measures}
    order = (Advice.REPEAL, Advice.CHANGE, Advice.KEEP)
    rules = sorted((rule for rule in RULES if rule.code in held), key=lambda rule: order.index(rule.advice))
    rows = tuple(
        Row(
            cells(
                rule.advice.label,
                rule.when,
                rule.then,
                str(len(held[rule.code])),
                _named(held[rule.code], measures),
            )
        )
        for rule in rules
    )
    columns = (
        Column("建议", "center", 0.8),
        Column("理由", "left", 2.4),
        Column("怎么办", "left", 2.2),
        Column("项数", "right", 0.7),
        Column("涉及", "left", 3.4),
    )
    return Table(columns, rows, "按理由归类的建议")


def _named(parts: list[Advised], measures: dict[str, Measure]) -> str:
    """Which measures the parts stand in; the parts by name where the document has no measures."""
    ids = list(dict.fromkeys(part.measure for part in parts))
    if any(id not in measures for id in ids):
        return listed(part_label(part) for part in parts)
    return short_clauses(measures[id] for id in ids)


def _by_clause(evaluation: Evaluation) -> Table:
    columns = (
        Column("内容", "left", 2.8),
        Column("建议", "center", 0.8),
        Column("规则", "center", 0.7),
        Column("依据的数据", "left", 4.2),
    )
    rows: list[Row] = []
    for one in evaluation.advice:
        name = clause_name(one.measure)
        if len(one.parts) == 1:
            rows.append(Row(_cells(one.parts[0], name)))
            continue
        rows.append(Row(((Strong(f"{name}:建议{one.advice.label}"),),), group=True))
        rows += [Row(_cells(part)) for part in one.parts]
    return Table(columns, tuple(rows), "逐条建议(草案)")


def _cells(part: Advised, clause: str = "") -> tuple[Inlines, ...]:
    """The cells of a part; the clause stands before it where it has no row of its own."""
    label = f"{part.item.label}({demand(part.item)})" if part.item is not None else ""
    words: list[Text | Strong | LineBreak] = [Strong(clause)] if clause else []
    if label:
        words += [LineBreak(), Text(label)] if words else [Text(label)]
    told = cells(part.advice.label, part.rule.code, ";".join(inputs(part)))
    return (tuple(words), *told)


def inputs(part: Advised) -> list[str]:
    """What the rule looked at, in short phrases."""
    if part.repeal is not None:
        repeal = part.repeal
        return [f"依据“{repeal.basis}”由{repeal.repealed_by}自{chinese_date(repeal.effective_on)}起废止"]
    if part.memory is not None:
        return _target_inputs(part)
    if part.item is None:
        return _task_inputs(part)
    if part.funds is not None:
        return _fund_inputs(part)
    if part.rule.code == "X4":
        return ["没有支付数据", "原句登记为待主管部门出台细则"]
    if part.rule.code in ("X6", "B8"):
        return [f"期限{chinese_date(part.item.deadline)}" if part.item.deadline else "文件没有写期限"]
    return ["没有支付数据"]


def _target_inputs(part: Advised) -> list[str]:
    memory = part.memory
    assert memory is not None
    present = memory.present
    if part.rule.code == "X3" and present.gap is not None:
        return _unmeasured_inputs(present, present.gap)
    told = [f"{present.span.label()}{outcome_words(present)}"]
    if memory.missed_running > 1:
        told.append(f"连续{memory.missed_running}年没有达到")
    if memory.reached_running > 1:
        told.append(f"连续{memory.reached_running}年达到")
    change = memory.last_change
    if change is not None and change.kind in ("raised", "lowered"):
        told.append(f"目标比上年{change.label}")
    told += [title.rstrip("。").partition(":")[2] or title for title in part.disputed]
    if part.rule.code == "B4" and present.gap is not None and not present.gap.overdue:
        told.append(f"{chinese_date(present.gap.due_on)}才可得")
    return told


def _unmeasured_inputs(present: TargetFinding, gap: Gap) -> list[str]:
    definition, owner = present.item.indicator.mark.label, gap.ask_mark.label
    both = f"口径、出数单位均{owner}" if definition == owner else f"口径{definition},出数单位{owner}"
    return [f"期内没有数据,{chinese_date(gap.due_on)}应有", both]


def _task_inputs(part: Advised) -> list[str]:
    tasks = part.tasks
    assert tasks is not None
    told = [f"{tasks.tasks}句任务"]
    if tasks.reported:
        states = "、".join(f"{state.label}{count}句" for state, count in tasks.states.items() if count)
        told.append(f"报送{tasks.reported}句:{states}")
    else:
        told.append("没有进展报送")
    told.append(f"责任单位{tasks.duty.mark.label}" if tasks.duty is not None else "没有责任单位")
    return told


def _fund_inputs(part: Advised) -> list[str]:
    funds = part.funds
    assert funds is not None
    if not funds.payments:
        return ["期内没有支付"]
    told = [f"期内{funds.payments}笔、{funds.payees}户、{money_words(funds.paid)}"]
    if funds.used is not None:
        told.append(f"当年预算执行{share_words(funds.used)}")
    if funds.over:
        told.append(f"{len(funds.over)}个对象超过上限")
    return told


def _additions(evaluation: Evaluation) -> Table:
    columns = (
        Column("建议新增", "left", 2.8),
        Column("规则", "center", 0.7),
        Column("依据的数据", "left", 3.4),
        Column("怎么办", "left", 2.6),
    )
    rows = tuple(
        Row(cells(addition_label(one), one.rule.code, _why(one), one.rule.then))
        for one in evaluation.additions
    )
    return Table(columns, rows, "建议新增的内容(草案)")


def _why(addition: Addition) -> str:
    if addition.leftover is not None:
        found = addition.leftover.finding
        return f"{demand(found.item.target)},{addition.leftover.reason.label},{outcome_words(found)}"
    assert addition.lacking is not None
    return f"本次没有取得;应向{listed(addition.lacking.ask, 3)}索取"


def rule_table() -> Table:
    """Every rule with its condition and what it advises."""
    columns = (
        Column("规则", "center", 0.7),
        Column("建议", "center", 0.8),
        Column("适用条件(依次判断,先符合的先用)", "left", 4.4),
        Column("怎么办", "left", 3.2),
    )
    rows = tuple(Row(_rule_cells(rule)) for rule in RULES)
    return Table(columns, rows, f"附表2 {RULE_TABLE}", (f"注:均为{OURS},可改。",))


def _rule_cells(rule: Rule) -> tuple[Inlines, ...]:
    return cells(rule.code, rule.advice.label, rule.when, rule.then)
