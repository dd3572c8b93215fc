"""主要结论: the findings first, one sentence for each chapter that has something to say, before the chapters begin."""

from __future__ import annotations

from luming.evaluation import RUN_OF_YEARS, Advice, Doubt, Evaluation, Outcome
from luming.report.evaluation.words import (
    PAYMENTS,
    counted,
    listed,
    money,
    outcome_counts,
    share_words,
    with_outcome,
)
from luming.report.model import Block, BulletList, Figure, Heading, Inlines, Text

_SHOWN = 6


def summary(evaluation: Evaluation) -> list[Block]:
    """The main findings as a list."""
    items = [
        _targets(evaluation),
        _years(evaluation),
        _tasks(evaluation),
        _money(evaluation),
        _satisfaction(evaluation),
        _advice(evaluation),
    ]
    return [
        Heading("主要结论", numbered=False),
        BulletList(tuple(item for item in items if item), numbered=True),
    ]


def _targets(evaluation: Evaluation) -> Inlines:
    total = len(evaluation.memories)
    words = f"目标:{total}项定量目标中,{outcome_counts(evaluation)}。"
    unknown = with_outcome(evaluation, Outcome.UNKNOWN)
    if unknown:
        doubts = {doubt.label: sum(one.doubt is doubt for one in unknown) for doubt in Doubt}
        words += f"不能判断的{len(unknown)}项中,{counted(doubts)}。不能判断不等于没有完成。"
    missed = with_outcome(evaluation, Outcome.MISSED, Outcome.BEHIND)
    if missed:
        words += f"没有达到的是{listed((one.item.target.label for one in missed), _SHOWN)}。"
    return (Text(words),)


def _years(evaluation: Evaluation) -> Inlines:
    followed = [memory for memory in evaluation.memories if memory.changes]
    if not followed:
        return ()
    first = min(memory.years[0].year for memory in followed)
    failed = [memory for memory in followed if memory.missed_running >= RUN_OF_YEARS]
    words = f"历年对照:{first}年以来有{len(followed)}项目标连年提出,"
    if failed:
        named = listed((memory.present.item.target.label for memory in failed), _SHOWN)
        words += f"其中{named}连续{RUN_OF_YEARS}年以上没有达到。"
    else:
        words += f"没有查明连续{RUN_OF_YEARS}年没有达到的。"
    unknown = sum(bool(memory.unknown_years) for memory in followed)
    if unknown:
        words += f"其中{unknown}项有年份因缺数不能判断。"
    return (Text(words),)


def _tasks(evaluation: Evaluation) -> Inlines:
    tasks = sum(one.tasks for one in evaluation.tasks)
    if not tasks:
        return ()
    if not evaluation.tasks_reported:
        return (Text(f"任务:{tasks}句任务没有取得进展报送,落实度不作结论。"),)
    states: dict[str, int] = {}
    for one in evaluation.tasks:
        for state, count in one.states.items():
            states[state.label] = states.get(state.label, 0) + count
    reported = sum(states.values())
    told = "、".join(f"{name}{count}句" for name, count in states.items() if count)
    return (Text(f"任务:{tasks}句任务中{reported}句有报送,其中{told}。"),)


def _money(evaluation: Evaluation) -> Inlines:
    funds, reach = evaluation.funds, evaluation.reach
    if funds is None:
        return (Text("资金:没有取得支付数据,资金绩效和受益面不作结论。"),) if _has_money(evaluation) else ()
    if reach is None:
        return (Text("资金:提供的支付数据中,评估时段内没有支付。"),)
    over = f"；{len(funds.exceeding)}个资金条款出现超过上限或预算的情况,须核查" if funds.exceeding else ""
    return (
        Text("资金:期内支付"),
        money(funds.paid),
        Text(f",惠及{reach.payees}户,前5户占"),
        Figure(share_words(reach.top_share), PAYMENTS),
        Text(f"{over}。"),
    )


def _has_money(evaluation: Evaluation) -> bool:
    return any(one.lacking is not None and one.lacking.name == "资金支付" for one in evaluation.additions)


def _satisfaction(evaluation: Evaluation) -> Inlines:
    survey = evaluation.survey
    if survey is None:
        return (Text("满意度:没有取得企业满意度调查,不作结论。"),)
    whole = survey.whole
    if whole.share is None or whole.low is None or whole.high is None:
        return (Text(f"满意度:总体有效评价{whole.sample}份,样本不足,不报满意率。"),)
    return (
        Text(
            f"满意度:有效评价{whole.sample}份,满意率{share_words(whole.share)}"
            f"(95%区间{share_words(whole.low)}至{share_words(whole.high)})。"
        ),
    )


def _advice(evaluation: Evaluation) -> Inlines:
    counts = evaluation.advice_counts()
    told = "、".join(f"{advice.label}{count}条" for advice, count in counts.items())
    changes: dict[str, int] = {}
    for one in evaluation.advice:
        for part in one.parts:
            if part.advice is Advice.CHANGE:
                changes[part.rule.then] = changes.get(part.rule.then, 0) + 1
    words = f"建议(草案):{told}。"
    if changes:
        ordered = sorted(changes.items(), key=lambda pair: -pair[1])
        words += "需要修改的,主要是" + ";".join(f"{then}({count}处)" for then, count in ordered[:4]) + "。"
    return (Text(words),)
