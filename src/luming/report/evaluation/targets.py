"""Chapter four: 目标完成度. What became of each target, which way its indicator moved, what the statistic's lag means,
and what became of the same targets in earlier years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luming.evaluation import Evaluation, Gap, Leftover, Memory, Movement, Outcome, TargetFinding
from luming.report.chart import share_bar
from luming.report.evaluation.words import (
    cells,
    completion_cell,
    counted,
    finding,
    gap_words,
    latest_cell,
    listed,
    movement_cell,
    old_target_ref,
    outcome_counts,
    outcome_words,
    paragraph,
)
from luming.report.model import (
    Block,
    Callout,
    ChartBlock,
    Column,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from luming.report.phrases import fact_figure, target_figure, target_signs
from luming.report.wording import chinese_date

_COLOURS = {
    Outcome.REACHED: "#2a8c5a",
    Outcome.ON_TRACK: "#7fb98f",
    Outcome.BEHIND: "#e0a526",
    Outcome.MISSED: "#c0392b",
    Outcome.NOT_DUE: "#c9d3e0",
    Outcome.UNKNOWN: "#a7adb5",
}
_SHAPES = {
    Outcome.REACHED: "●",
    Outcome.ON_TRACK: "●",
    Outcome.BEHIND: "▲",
    Outcome.MISSED: "■",
    Outcome.NOT_DUE: "○",
    Outcome.UNKNOWN: "○",
}
_BARRED = (Outcome.MISSED, Outcome.BEHIND)
_WELL = (Outcome.REACHED, Outcome.ON_TRACK)
_ALL_SHOWN = 8
"""Up to so many targets with figures stand in the chapter; of more, those that are well are left to the annex."""


def completion(evaluation: Evaluation) -> list[Block]:
    """Chapter four."""
    heading = Heading("目标完成度")
    findings = [memory.present for memory in evaluation.memories]
    if not findings:
        return [heading, paragraph("文件没有定量目标。")]
    known = [one for one in findings if one.latest is not None]
    blocks: list[Block] = [
        heading,
        finding(f"{len(findings)}项定量目标:{outcome_counts(evaluation)}。"),
        _chart(evaluation),
        Heading("有数据的目标", 2),
    ]
    blocks += _known(known)
    blocks += [
        *_attribution(findings),
        *_gaps(findings, evaluation),
        *_years(evaluation),
        *_leftovers(evaluation),
    ]
    return blocks


def _chart(evaluation: Evaluation) -> ChartBlock:
    parts = [
        (f"{_SHAPES[outcome]} {outcome.label} {count}项", count, _COLOURS[outcome])
        for outcome, count in evaluation.outcomes().items()
        if count
    ]
    return ChartBlock(share_bar(parts), "目标完成情况", f"{outcome_counts(evaluation)}。")


def _known(findings: Sequence[TargetFinding]) -> list[Block]:
    """The targets with figures; where there are many, those that are well are left to the annex."""
    if not findings:
        return [paragraph("期内没有一项目标取得数据。")]
    if len(findings) <= _ALL_SHOWN:
        return [_known_table(findings)]
    well = [one for one in findings if one.outcome in _WELL]
    rest = [one for one in findings if one.outcome not in _WELL]
    words = f"{len(findings)}项目标有期内数据,其中{len(well)}项已达到目标或序时进度,逐项见附表1。"
    return [paragraph(words), *([_known_table(rest)] if rest else [])]


def _known_table(findings: Sequence[TargetFinding]) -> Table:
    columns = (
        Column("目标", "left", 2.6),
        Column("目标值", "left", 1.6),
        Column("最新数据", "left", 1.9),
        Column("完成率", "right", 1.0),
        Column("结论", "left", 1.8),
        Column("与上年同期比", "left", 1.5),
    )
    order = (Outcome.MISSED, Outcome.BEHIND, Outcome.UNKNOWN)
    ranked = sorted(
        findings, key=lambda one: order.index(one.outcome) if one.outcome in order else len(order)
    )
    rows = tuple(
        Row(
            (
                (Text(one.item.target.label),),
                (target_figure(one.item, signs=True),),
                latest_cell(one.item),
                (Text(completion_cell(one)),),
                _outcome_cell(one),
                movement_cell(one),
            )
        )
        for one in ranked
    )
    return Table(columns, rows, "有期内数据的目标")


def _outcome_cell(one: TargetFinding) -> Inlines:
    words = outcome_words(one)
    return (Strong(words),) if one.outcome in _BARRED else (Text(words),)


def _attribution(findings: Sequence[TargetFinding]) -> list[Block]:
    """Which indicators moved with the aim; said as movement, never as effect."""
    moved = {movement: [one for one in findings if one.movement is movement] for movement in Movement}
    counts = counted({movement.label: len(ones) for movement, ones in moved.items()})
    if len(moved[Movement.UNKNOWN]) == len(findings):
        return [
            Heading("变化与归因", 2),
            paragraph("各项目标都没有上年同期的同口径数据,指标是否变化不能比较,不作归因。"),
        ]
    words = f"与上年同期比,{counts}。"
    for movement in (Movement.TOWARDS, Movement.AWAY):
        names = [one.item.target.label for one in moved[movement]]
        if names:
            words += f"{movement.label}的是{listed(names, 8)}。"
    caution = (
        "同向变化只说明指标的方向与文件的要求一致,不说明由文件引起:本次没有对照组,"
        "市场价格、上级政策、基数等其他因素没有分开。"
    )
    return [Heading("变化与归因", 2), paragraph(words), Callout((Text(caution),))]


def _gaps(findings: Sequence[TargetFinding], evaluation: Evaluation) -> list[Block]:
    """The figures that are lacking and the lag of their statistics."""
    lacking = [(one, one.gap) for one in findings if one.gap is not None]
    if not lacking:
        return []
    overdue = sum(gap.overdue for _, gap in lacking)
    early = len(lacking) - overdue
    words = f"缺{len(lacking)}个数据:{overdue}个已过可得日,请联系单位提供"
    words += f";{early}个未到可得日,现在没有数是统计时滞,不是漏报。" if early else "。"
    lag = _longest([gap for _, gap in lacking])
    columns = (
        Column("目标", "left", 2.6),
        Column("所缺数据", "left", 1.5),
        Column("可得日", "left", 2.3),
        Column("联系单位", "left", 1.5),
    )
    rows = tuple(
        Row(
            cells(
                one.item.target.label,
                gap.period.label() + ("(年度数)" if gap.beyond else ""),
                gap_words(gap),
                gap.ask or "待确定",
            )
        )
        for one, gap in sorted(lacking, key=lambda pair: (not pair[1].overdue, pair[1].due_on))
    )
    marks = dict.fromkeys(gap.ask_mark.label for _, gap in lacking)
    note = f"注:可得日按时期末加各指标的报数时滞推算;联系单位的依据为“{listed(marks)}”。"
    return [
        Heading("缺数与统计时滞", 2),
        paragraph(words + lag),
        Table(columns, rows, "所缺数据", (note,)),
        *_proxies(
            [one for one, _ in lacking], {one.id: one.label for one in evaluation.board.pack.indicators}
        ),
    ]


def _proxies(findings: Sequence[TargetFinding], labels: Mapping[str, str]) -> list[Block]:
    """Figures that may be looked at while the statistic itself is lacking; they decide nothing."""
    blocks: list[Block] = []
    for one in findings:
        if not one.item.proxies:
            continue
        words: list[Text | Figure] = [Text(f"{one.item.target.label}可参看替代指标(不作判断):")]
        for at, fact in enumerate(one.item.proxies):
            named = labels.get(fact.indicator, fact.indicator)
            words += [Text(f"{'、' if at else ''}{named}{fact.period.label()}"), fact_figure(fact)]
        blocks.append(Paragraph((*words, Text("。"))))
    return blocks


def _longest(gaps: Sequence[Gap]) -> str:
    last = max(gaps, key=lambda gap: (gap.due_on, gap.indicator.id))
    return (
        f"时滞最长的是{last.indicator.label},{last.period.label()}的数约在{chinese_date(last.due_on)}才有,"
        f"此前的评估对它不作结论。"
    )


def _years(evaluation: Evaluation) -> list[Block]:
    """The same targets in earlier documents."""
    followed = [memory for memory in evaluation.memories if memory.changes]
    if not followed:
        return []
    years = sorted({one.year for memory in followed for one in memory.years})
    failed = [memory.present.item.target.label for memory in followed if memory.missed_running > 1]
    words = f"连年提出的目标有{len(followed)}项。"
    words += f"连续没有达到的是{listed(failed)}。" if failed else "没有查明连续两年没有达到的。"
    unknown = [memory.present.item.target.label for memory in followed if memory.unknown_years]
    past = [
        f"{memory.present.item.target.label}({'、'.join(map(str, memory.missed_years))}年)"
        for memory in followed
        if memory.missed_years and memory.missed_running <= 1
    ]
    if past:
        words += f"有年份没有达到的是{listed(past)}。"
    if unknown:
        words += f"{listed(unknown)}有年份缺数,不能判断是否重复没有完成。"
    columns = (
        Column("目标", "left", 2.2),
        *(Column(f"{year}年", "left", 2.0) for year in years),
        Column("目标变化", "left", 1.3),
    )
    rows = tuple(_memory_row(memory, years, evaluation) for memory in followed)
    return [Heading("历年对照", 2), paragraph(words), Table(columns, rows, "连年提出的目标")]


def _memory_row(memory: Memory, years: Sequence[int], evaluation: Evaluation) -> Row:
    by_year = {one.year: one for one in memory.years}
    cells_: list[Inlines] = [(Text(memory.present.item.target.label),)]
    for year in years:
        found = by_year.get(year)
        cells_.append((Text("—"),) if found is None else _year_cell(found, evaluation))
    change = memory.last_change
    cells_.append((Text(change.label if change is not None else "—"),))
    return Row(tuple(cells_))


def _year_cell(found: TargetFinding, evaluation: Evaluation) -> Inlines:
    words: list[Text | Figure | LineBreak] = [_demand(found, evaluation), LineBreak()]
    if found.latest is not None:
        words += [fact_figure(found.latest), LineBreak()]
    return (*words, Text(outcome_words(found)))


def _demand(found: TargetFinding, evaluation: Evaluation) -> Figure:
    """What the document of that year asked for, leading to its clause."""
    if found.year == evaluation.span.year:
        return target_figure(found.item, signs=True)
    return _old_demand(found.item.target.id, target_signs(found.item.target), found.year, evaluation)


def _old_demand(id: str, words: str, year: int, evaluation: Evaluation) -> Figure:
    board = next(board for board in evaluation.earlier if board.pack.document.year == year)
    return Figure(words, old_target_ref(board.pack, id))


def _leftovers(evaluation: Evaluation) -> list[Block]:
    """Targets of earlier documents that this one no longer carries."""
    if not evaluation.leftovers:
        return []
    open_ends = sum(one.is_open for one in evaluation.leftovers)
    words = (
        f"往年提出而本年没有接续的目标有{len(evaluation.leftovers)}项,其中{open_ends}项没有达到或不能判断。"
    )
    columns = (
        Column("目标", "left", 2.8),
        Column("提出", "left", 1.0),
        Column("要求", "left", 1.5),
        Column("情形", "left", 1.6),
        Column("结论", "left", 2.2),
    )
    rows = tuple(_leftover_row(one, evaluation) for one in evaluation.leftovers)
    return [paragraph(words), Table(columns, rows, "往年提出、本年没有接续的目标")]


def _leftover_row(one: Leftover, evaluation: Evaluation) -> Row:
    target = one.finding.item.target
    year = next(
        board.pack.document.year
        for board in evaluation.earlier
        if any(item is one.finding.item for item in board.assessments)
    )
    return Row(
        (
            (Text(target.label),),
            (Text(f"{year}年"),),
            (_old_demand(target.id, target_signs(target), year, evaluation),),
            (Text(one.reason.label),),
            (Text(outcome_words(one.finding)),),
        )
    )
