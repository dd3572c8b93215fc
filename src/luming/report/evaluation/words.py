"""The few words and cells that all chapters of the evaluation share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from luming.evaluation import Addition, Advised, Evaluation, Gap, Movement, Outcome, TargetFinding
from luming.monitor import Assessment, number, percent
from luming.pack import Commitment, Measure, Pack
from luming.report.citation import target_ref
from luming.report.model import Figure, Inlines, LineBreak, Paragraph, Strong, Text
from luming.report.naming import measure_name
from luming.report.phrases import fact_figure, growth_words, target_signs
from luming.report.shown import UNKNOWN
from luming.report.wording import chinese_date

OURS = "平台默认口径"
PAYMENTS, ANSWERS, TASKS = "payments", "answers", "tasks"
"""Ids of the references to the tables handed in."""
_WAN = Decimal(10000)


def paragraph(words: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph((Text(words),))


def finding(words: str) -> Paragraph:
    """The first sentence of a chapter: what was found, set apart by its weight."""
    return Paragraph((Strong(words),))


def cells(*texts: str) -> tuple[Inlines, ...]:
    """Cells of plain words."""
    return tuple((Text(text),) for text in texts)


def money(yuan: Decimal, ref: str = PAYMENTS) -> Figure:
    """A sum in 万元, exact to the fen."""
    return Figure(money_words(yuan), ref)


def money_words(yuan: Decimal) -> str:
    """A sum in 万元, exact to the fen.

    >>> money_words(Decimal("345678.9"))
    '34.56789万元'
    """
    return f"{number(yuan / _WAN, 6)}万元"


def share_words(share: Fraction | Decimal) -> str:
    """A share as percent with one decimal, or more where one would say the whole or nothing of what is neither."""
    if share and percent(share, 1) == "0%":
        return percent(share, 4)
    return percent(share, 1)


def clause_name(measure: Measure | None) -> str:
    """A measure as the report calls it: 第10条 强化创新人才支撑; 序言."""
    if measure is None:
        return "只收录部分数字的文件(没有条款)"
    name = measure_name(measure)
    if not measure.number:
        return name or "序言"
    return f"第{measure.number}条 {name}".strip() if name != f"第{measure.number}条" else name


def short_clause(measure: Measure) -> str:
    """A measure by number alone: 第10条; 序言."""
    return f"第{measure.number}条" if measure.number else (measure_name(measure) or "序言")


def short_clauses(measures: Iterable[Measure]) -> str:
    """Several measures by number: 序言、第1、3、4条."""
    held = list(measures)
    unnumbered = [short_clause(measure) for measure in held if not measure.number]
    numbers = [measure.number for measure in held if measure.number]
    return "、".join([*unnumbered, *([f"第{'、'.join(numbers)}条"] if numbers else [])])


def demand(item: Commitment) -> str:
    """What a commitment asks for, in signs."""
    return target_signs(item)


def old_target_ref(pack: Pack, target: str) -> str:
    """Id of the reference to the clause of a target in an earlier document."""
    return f"{pack.document.id} {target_ref(target)}"


def latest_cell(item: Assessment) -> Inlines:
    """The newest figure of the span with its period, leading to its source; else the last one before, or that there is none."""
    latest, earlier = item.standing.latest, item.standing.earlier
    if latest is not None:
        return (fact_figure(latest), LineBreak(), Text(f"({latest.period.label()})"))
    if earlier is not None:
        return (Text("期内无;"), LineBreak(), Text(f"{earlier.period.label()}为"), fact_figure(earlier))
    return (Text("期内无"),)


def outcome_words(found: TargetFinding) -> str:
    """The outcome, with the reason where it is not known: 不能判断(只有下限值)."""
    return f"{found.outcome.label}({found.doubt.label})" if found.doubt else found.outcome.label


def movement_cell(found: TargetFinding) -> Inlines:
    """The movement with its size under it: 同向变化, 增长8.3%."""
    label = Text(found.movement.label)
    growth = growth_words(found.item).partition("\uff08")[0].removeprefix("同比")
    if not growth or found.movement is Movement.UNKNOWN:
        return (label,)
    return (label, LineBreak(), Text(growth))


def completion_cell(found: TargetFinding) -> str:
    """The completion as printed; a dash where it is not known."""
    return UNKNOWN if found.completion is None else share_words(found.completion)


def gap_words(gap: Gap) -> str:
    """Since when a figure can be had, or from when."""
    return f"{chinese_date(gap.due_on)},{'已过' if gap.overdue else '未到'}"


def counted(counts: Mapping[str, int]) -> str:
    """已达到1项、不能判断17项; what has none is left out.

    >>> counted({"已达到": 1, "落后序时": 0})
    '已达到1项'
    """
    return "、".join(f"{name}{count}项" for name, count in counts.items() if count)


def outcome_counts(evaluation: Evaluation) -> str:
    """How many targets came out how."""
    return counted({outcome.label: count for outcome, count in evaluation.outcomes().items()}) or "没有目标"


def with_outcome(evaluation: Evaluation, *outcomes: Outcome) -> list[TargetFinding]:
    """The targets of the span with one of the outcomes, in the order of the document."""
    return [memory.present for memory in evaluation.memories if memory.present.outcome in outcomes]


def listed(names: Iterable[str], limit: int = 0) -> str:
    """Names in a row; beyond the limit they are counted.

    >>> listed(["甲", "乙", "丙"], 2)
    '甲、乙等3项'
    """
    held = list(names)
    if limit and len(held) > limit:
        return f"{'、'.join(held[:limit])}等{len(held)}项"
    return "、".join(held)


def part_label(part: Advised) -> str:
    """What advice is given on: the commitment, or the tasks of a measure without one."""
    return part.item.label if part.item is not None else "各项任务"


def addition_label(addition: Addition) -> str:
    """What is proposed to be added, in a few words."""
    if addition.leftover is not None:
        found = addition.leftover.finding
        return f"{found.item.target.label}的去向"
    assert addition.lacking is not None
    return f"{addition.lacking.name}数据的报送"


def by_unit(units: Sequence[tuple[str, ...]]) -> str:
    """Units with how often each is named, the most named first: 市工信局(5条)、市科技局(4条)."""
    counts: dict[str, int] = {}
    for named in units:
        for unit in named:
            counts[unit] = counts.get(unit, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return "、".join(f"{unit}({count}条)" for unit, count in ordered)
