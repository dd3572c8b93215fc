"""专家打分表 and 评审结果: what an expert signs, and what a panel came to, in the layout of official documents.

Every number was reckoned elsewhere (`luming.appraisal`) and is printed as it was kept; nothing is rounded here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from luming.report.model import Block, Callout, Column, Heading, Paper, Paragraph, Row, Strong, Table, Text
from luming.report.wording import chinese_date

_SIGNED_BY = "专家签名：　　　　　　　　日期："
OURS = "本方案的指标、权重和等次为平台默认口径，不是主管部门公布的评审标准。"


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One line of a sheet: what was judged, its weight in per cent, of how many points, how many, and why."""

    label: str
    weight: str
    full: str
    score: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ScoreSheetRecord:
    """A locked sheet in words.

    Attributes:
        conclusion, choice: what was voted on, and how.
        ours: whether the scheme is our own and no authority's.
    """

    issuer: str
    on: dt.date
    number: str
    title: str
    scheme: str
    round: int
    expert: str
    unit: str
    speciality: str
    items: tuple[ScoredItem, ...]
    impression: str
    conclusion: str
    choice: str
    words: str
    seal: str
    ours: bool = True
    demo: bool = False


@dataclass(frozen=True, slots=True)
class PanelSum:
    """What one expert's sheet came to. `standing` is the z-score in words or empty."""

    name: str
    unit: str
    speciality: str
    points: str
    standing: str
    choice: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class PanelRecord:
    """The result of a panel in words.

    Attributes:
        spreads: label, lowest, highest and range of each item.
        way: how the score came about, one sentence each.
        dissent: who, how, in which words.
    """

    issuer: str
    on: dt.date
    number: str
    title: str
    scheme: str
    category: str
    score: str
    grade: str
    conclusion: str
    carried: str
    agree: int
    panel: int
    sums: tuple[PanelSum, ...]
    spreads: tuple[tuple[str, str, str, str], ...]
    way: tuple[str, ...]
    dissent: tuple[tuple[str, str, str], ...]
    minutes: str = ""
    ours: bool = True
    demo: bool = False


def compose_score_sheet(record: ScoreSheetRecord) -> Paper:
    """The sheet of one expert, to be signed."""
    rows = [
        Row(tuple((Text(cell),) for cell in (one.label, one.weight, one.full, one.score, one.remark)))
        for one in record.items
    ]
    columns = (
        Column("评审指标", "left", 2.2),
        Column("权重(%)", "right", 0.9),
        Column("满分", "right", 0.8),
        Column("得分", "right", 0.8),
        Column("评语", "left", 2.6),
    )
    blocks: list[Block] = [
        _line("评审对象", record.title),
        _line("专家", f"{record.expert}（{record.unit}），{record.speciality}专家"),
        _line("轮次", f"第{record.round}轮"),
        Table(columns, tuple(rows), "各项得分"),
    ]
    if record.impression:
        blocks.append(_line("总体印象分", f"{record.impression}分（不计入得分）"))
    blocks.append(_line(f"表决“{record.conclusion}”", record.choice))
    if record.words:
        blocks.append(_line("评审意见", record.words))
    if record.ours:
        blocks.append(Callout((Text(OURS),)))
    blocks.append(Paragraph((Text(_SIGNED_BY),)))
    return Paper(
        title=f"{record.scheme}专家打分表",
        issuer=record.issuer,
        date=record.on,
        blocks=tuple(blocks),
        number=record.number,
        demo=record.demo,
        footer=f"封存值 {record.seal}",
    )


def compose_panel_result(record: PanelRecord) -> Paper:
    """The result of a panel: score, vote, every dissent, how it came about."""
    standing = f"得分{record.score}" + (f"，{record.grade}" if record.grade else "")
    voted = f"“{record.conclusion}”{record.carried}：同意{record.agree}票，专家组{record.panel}人"
    blocks: list[Block] = [
        _line("评审对象", record.title),
        _line("打分方案", record.scheme + (f"（{record.category}）" if record.category else "")),
        _line("结果", standing),
        _line("表决", voted),
        Heading("各专家汇总"),
        Table(
            (
                Column("专家", "left", 1.2),
                Column("单位", "left", 2.4),
                Column("类别", "left", 0.8),
                Column("加权得分", "right", 1.1),
                Column("标准分", "right", 0.9),
                Column("表决", "left", 0.9),
            ),
            tuple(
                _row(
                    one.name,
                    one.unit,
                    one.speciality,
                    one.points + ("（去掉）" if one.left_out else ""),
                    one.standing,
                    one.choice,
                )
                for one in record.sums
            ),
        ),
        Heading("各项分差"),
        Table(
            (
                Column("评审指标", "left", 2.4),
                Column("最低", "right"),
                Column("最高", "right"),
                Column("分差", "right"),
            ),
            tuple(_row(*one) for one in record.spreads),
            notes=("按百分制。",),
        ),
        Heading("怎样汇总"),
        *_paragraphs(record.way),
    ]
    if record.minutes:
        blocks += [Heading("讨论记录"), *_paragraphs(record.minutes.splitlines())]
    blocks.append(Heading("不同意见"))
    if record.dissent:
        blocks += [
            Paragraph((Strong(f"{name}（{choice}）："), Text(words)))
            for name, choice, words in record.dissent
        ]
    else:
        blocks.append(Paragraph((Text("没有。"),)))
    if record.ours:
        blocks.append(Callout((Text(OURS),)))
    return Paper(
        title=f"{record.scheme}结果",
        issuer=record.issuer,
        date=record.on,
        blocks=tuple(blocks),
        number=record.number,
        subtitle=f"（{chinese_date(record.on)}汇总）",
        demo=record.demo,
    )


def _line(head: str, words: str) -> Paragraph:
    return Paragraph((Strong(f"{head}："), Text(words)))


def _row(*cells: str) -> Row:
    return Row(tuple((Text(cell),) for cell in cells))


def _paragraphs(words: Sequence[str]) -> list[Block]:
    return [Paragraph((Text(one),)) for one in words if one.strip()]
