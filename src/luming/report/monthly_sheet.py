"""月调度表: the workbook that the office keeps each month, from the same board as every other paper.

总表 has one row for each target; 分项明细 the figures of the year behind it; 事实与来源 every fact with its source;
数据缺口 what is missing and whom to ask; 亮灯理由 why each light; 口径说明 what each indicator means and the rule;
区县排名 the ranking where there is one; 核验码 the code of each figure. Blank means unknown, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from luming.facts import Fact
from luming.monitor import Assessment, Board, Ranking, curve_words, percent
from luming.report.by_hand import by_hand_line, by_hand_note
from luming.report.citation import publisher_of, source_of
from luming.report.code_sheet import code_sheet
from luming.report.desk import Desk
from luming.report.naming import names, title_in_marks, units_below
from luming.report.phrases import (
    all_missing,
    counts_words,
    due_words,
    forecast_cell,
    lead_words,
    not_yet_judged,
    target_signs,
)
from luming.report.shown import shown
from luming.report.wording import chinese_date
from luming.report.xlsx import Cell, LightCell, PrintRange, Sheet, SheetColumn, Workbook


def compose_monthly_sheet(board: Board, desk: Desk) -> Workbook:
    """The monthly workbook of a board."""
    sheets = [
        _targets(board, desk),
        _detail(board),
        _gaps(board),
        _reasons(board, desk),
        _facts(board),
        _meanings(board),
    ]
    sheets += [_ranking(board, ranking, number) for number, ranking in enumerate(board.rankings, 1)]
    if desk.codes:
        sheets.append(code_sheet(desk.codes))
    title = f"{board.pack.document.year}年重点目标月调度表（{board.as_of.year}年{board.as_of.month}月）"
    return Workbook(title, desk.issuer, board.as_of, tuple(sheets), board.demo)


def _targets(board: Board, desk: Desk) -> Sheet:
    columns = (
        SheetColumn("序号", "number", width=6, center=True),
        SheetColumn("条款", width=9, center=True),
        SheetColumn("目标", width=22),
        SheetColumn("目标要求", width=14),
        SheetColumn("最新值", "number", width=9),
        SheetColumn("单位", width=7, center=True),
        SheetColumn("数据时期", width=12, center=True),
        SheetColumn("完成率", "share", width=9),
        SheetColumn("序时进度", "share", width=10),
        SheetColumn("偏差", "points", "百分点", 9),
        SheetColumn("亮灯", "light", width=10),
        SheetColumn("年末预测", width=20),
        SheetColumn("牵头单位", width=14),
        SheetColumn("尚缺数据和联系单位", width=26),
        SheetColumn("数据来源", width=16),
    )
    title = f"{board.pack.document.year}年重点目标月调度表（总表，{board.as_of.year}年{board.as_of.month}月）"
    marks = "、".join(dict.fromkeys(item.lead_mark for item in board.assessments if item.lead))
    notes = (
        f"注：数据截至{chinese_date(board.as_of)};{counts_words(board)}。{by_hand_line(board)}",
        "灰灯表示本年数据缺失、过期或尚未到考核时点、暂不能判断，不代表进度滞后。“—”表示没有数据，不是零。",
        f"亮灯规则为{board.rule.mark.label}，逐项理由见“亮灯理由”。"
        + (f"牵头单位的依据为“{marks}”。" if marks else ""),
    )
    rows = tuple(_target_row(number, item, board, desk) for number, item in enumerate(board.assessments, 1))
    return Sheet("总表", title, columns, rows, notes, frozen=3)


def _target_row(number: int, item: Assessment, board: Board, desk: Desk) -> tuple[Cell, ...]:
    latest, figures = item.standing.latest, shown(item.standing, board.rule)
    judged = not not_yet_judged(item)
    return (
        number,
        item.clause.label().removeprefix(item.clause.document).strip() or item.clause.document,
        item.target.label,
        target_signs(item.target),
        latest.value if latest else None,
        latest.unit if latest else item.target.unit,
        latest.period.label() if latest else "—",
        _share(figures.completion),
        _share(figures.scheduled) if judged else "年末考核",
        figures.deviation if judged else None,
        LightCell(item.light.light, _note(item, desk)),
        forecast_cell(item.forecast),
        lead_words(item),
        "\n".join(f"{gap.period.label()}数据：{gap.ask or '待确定'}" for gap in item.missing) or "—",
        publisher_of(board.pack, latest) if latest else "—",
    )


def _detail(board: Board) -> Sheet:
    columns = (
        SheetColumn("目标", width=26),
        SheetColumn("时期", width=16),
        SheetColumn("数值", "number", width=13),
        SheetColumn("单位", width=9, center=True),
        SheetColumn("性质", width=10, center=True),
        SheetColumn("来源", width=30),
        SheetColumn("获知日期", "date", width=13),
        SheetColumn("备注", width=60),
    )
    series = [(fact, item) for item in board.assessments for fact in item.series]
    series.sort(key=lambda pair: _is_earlier(pair[0], board))
    rows = tuple(
        (
            item.target.label,
            fact.period.label(),
            fact.value,
            fact.unit,
            fact.status.label,
            publisher_of(board.pack, fact),
            fact.recorded_on,
            fact.note,
        )
        for fact, item in series
    )
    notes = () if rows else ("注：各项目标均无数据。",)
    title = f"各项目标的历次数据（{_range_words(board)}）"
    part = PrintRange(_of_year([fact for fact, _ in series], board), 7)
    return Sheet("分项明细", title, columns, rows, notes, frozen=1, printed=part)


def _is_earlier(fact: Fact, board: Board) -> bool:
    return fact.period.end.year < board.pack.document.year


def _of_year(facts: Sequence[Fact], board: Board) -> int:
    return sum(not _is_earlier(fact, board) for fact in facts)


def _range_words(board: Board) -> str:
    return f"{board.pack.document.year}年以来的列前并打印，更早的列后"


def _gaps(board: Board) -> Sheet:
    columns = (
        SheetColumn("指标", width=34),
        SheetColumn("所缺数据的时期", width=18),
        SheetColumn("应取得日期", "date", width=13),
        SheetColumn("逾期情况", width=30),
        SheetColumn("联系单位", width=30),
        SheetColumn("联系单位依据", width=18, center=True),
    )
    rows = tuple(
        (
            gap.label,
            gap.period.label(),
            gap.due_on,
            due_words(gap, board.as_of) if gap.due_on < board.as_of else "尚未到期",
            gap.ask or "待确定",
            gap.ask_mark,
        )
        for gap in all_missing(board)
    )
    notes = () if rows else ("注：各项目标所需数据均已取得。",)
    return Sheet("数据缺口", "尚缺数据及联系单位", columns, rows, notes, frozen=1)


def _facts(board: Board) -> Sheet:
    labels = names(board)
    columns = (
        SheetColumn("对象", width=14),
        SheetColumn("指标", width=30),
        SheetColumn("时期", width=16),
        SheetColumn("数值", "number", width=13),
        SheetColumn("单位", width=9, center=True),
        SheetColumn("性质", width=10, center=True),
        SheetColumn("来源", width=28),
        SheetColumn("来源日期", width=13, center=True),
        SheetColumn("核实情况", width=13, center=True),
        SheetColumn("获知日期", "date", width=13),
        SheetColumn("编号", width=54),
        SheetColumn("更正", width=54),
        SheetColumn("备注", width=60),
    )
    rows = []
    facts = sorted(board.facts, key=lambda fact: _is_earlier(fact, board))
    for fact in facts:
        source = source_of(board.pack, fact.source)
        rows.append(
            (
                fact.subject,
                labels.get(fact.indicator, fact.indicator),
                fact.period.label(),
                fact.value,
                fact.unit,
                fact.status.label,
                publisher_of(board.pack, fact),
                source.date if source else "",
                source.mark.label if source else "",
                fact.recorded_on,
                fact.id,
                f"更正{fact.supersedes}" if fact.supersedes else "",
                fact.note,
            )
        )
    title = f"事实台账与来源（{_range_words(board)}）"
    part = PrintRange(_of_year(facts, board), 10)
    return Sheet("事实与来源", title, columns, tuple(rows), frozen=2, printed=part)


def _reasons(board: Board, desk: Desk) -> Sheet:
    columns = (
        SheetColumn("目标", width=26),
        SheetColumn("亮灯", "light", width=10),
        SheetColumn("亮灯理由", width=62),
        SheetColumn("计划进度", width=26),
        SheetColumn("完成率算式", width=44),
    )
    rows = tuple(
        (
            item.target.label,
            LightCell(item.light.light, _note(item, desk)),
            item.light.reason,
            curve_words(item.curve),
            item.standing.formula or "尚无数据",
        )
        for item in board.assessments
    )
    return Sheet("亮灯理由", "逐项亮灯理由", columns, rows, frozen=1)


def _meanings(board: Board) -> Sheet:
    rule = board.rule
    source = source_of(board.pack, rule.source)
    columns = (
        SheetColumn("目标", width=28),
        SheetColumn("指标口径", width=60),
        SheetColumn("指标类型", width=14, center=True),
        SheetColumn("口径依据", width=16, center=True),
        SheetColumn("评估掌握", width=34),
    )
    rows = tuple(
        (
            item.target.label,
            item.indicator.definition,
            item.indicator.kind.label,
            item.indicator.mark.label,
            item.target.basis or "按原文",
        )
        for item in board.assessments
    )
    notes = (
        f"亮灯规则：{rule.label}。落后序时进度{rule.yellow_from_points}至{rule.red_above_points}个百分点（含）亮黄灯，"
        f"超过{rule.red_above_points}个百分点亮红灯；其余亮绿灯；数据缺失、过期或尚未到考核时点亮灰灯。",
        f"规则来源：{source.publisher if source else rule.source}；性质：{rule.mark.label}。{rule.note}",
        f"政策文件：{board.pack.document.number}{title_in_marks(board.pack.document.title)}；数据包校验值{board.pack.sha256}。",
    )
    return Sheet("口径说明", "指标口径与亮灯规则", columns, rows, notes, frozen=1)


def _ranking(board: Board, ranking: Ranking, number: int) -> Sheet:
    labels = names(board)
    columns = (
        SheetColumn("名次", "number", width=8, center=True),
        SheetColumn(units_below(board.pack), width=18),
        SheetColumn("组别", width=12, center=True),
        SheetColumn("得分", "score", width=10),
        SheetColumn("完成率", "share", width=10),
        SheetColumn("增速标准值", "score", width=12),
        SheetColumn("贡献份额", "share", width=10),
        SheetColumn("工作质量", "share", width=10),
        SheetColumn("说明", width=40),
    )
    rows = tuple(
        (
            row.rank,
            row.district,
            row.group,
            row.score,
            _share_of(row.completion),
            row.growth_standardised,
            _share_of(row.contribution),
            _share_of(row.quality),
            row.reason,
        )
        for row in ranking.rows
    )
    label = labels.get(ranking.indicator, ranking.indicator)
    name = "区县排名" if number == 1 else f"区县排名{number}"
    return Sheet(
        name, f"{label}区县排名（{ranking.period.label()}）", columns, rows, (ranking.formula,), frozen=2
    )


def _note(item: Assessment, desk: Desk) -> str:
    """What stands under a light: that it was set by hand, and the desk's remark."""
    return "\n".join(one for one in (by_hand_note(item), desk.remarks.get(item.target.id, "")) if one)


def _share(percent: Decimal | None) -> Decimal | None:
    """A value in percent as a share of 1, with the decimals it is printed with."""
    return None if percent is None else percent / 100


def _share_of(value: Decimal | None) -> Decimal | None:
    """A share of 1 rounded as every paper prints it."""
    return None if value is None else Decimal(percent(value).removesuffix("%")) / 100
