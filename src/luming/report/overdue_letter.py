"""催报函: the letter by which the office asks a unit for figures that it owes, in the layout of official documents.

`compose_overdue_letter` makes the words once, when the letter is issued; they are kept as they are (`as_data`,
`from_data`), so that a letter reads the same whatever becomes of the program. `letter_paper` lays them out. Who signs
by hand is left blank: only the issuing office and the date are printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from luming.report.model import Block, Column, Paper, Paragraph, Row, Table, Text
from luming.report.wording import chinese_date

_TABLE = "尚未报送的数据"
_SIGNED_BY = "（签发人：　　　　　　）"


@dataclass(frozen=True, slots=True)
class OwedFigure:
    """A figure that is asked for: its name, the period it speaks of in words, the unit of measure."""

    label: str
    period: str
    of_measure: str


@dataclass(frozen=True, slots=True)
class EarlierReminder:
    """A reminder that went before the letter, in words: 工作群, 电话, 催报函."""

    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class OverdueLetter:
    """What the office decides on when it issues a letter.

    Attributes:
        month: the month of reporting in words: 2025年9月.
        reason: why the office writes, in its own words; may be empty where the rule itself asks for the letter.
    """

    number: str
    issuer: str
    issued_on: dt.date
    unit: str
    document: str
    month: str
    due_on: dt.date
    owed: tuple[OwedFigure, ...]
    reminders: tuple[EarlierReminder, ...]
    reason: str
    answer_by: dt.date
    demo: bool = False


@dataclass(frozen=True, slots=True)
class LetterText:
    """The words of a letter as they were issued.

    Attributes:
        before, after: paragraphs before and after the table of figures.
        rows: figure, period, due day, days late.
    """

    number: str
    issuer: str
    date: str
    recipient: str
    title: str
    before: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str], ...]
    after: tuple[str, ...]
    demo: bool

    def as_data(self) -> dict[str, Any]:
        """The words as JSON can hold them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> LetterText:
        """The words again.

        Raises:
            KeyError: they were not written by `as_data`.
        """
        return cls(
            **{name: str(data[name]) for name in ("number", "issuer", "date", "recipient", "title")},
            before=tuple(data["before"]),
            rows=tuple((row[0], row[1], row[2], row[3]) for row in data["rows"]),
            after=tuple(data["after"]),
            demo=bool(data["demo"]),
        )


def compose_overdue_letter(letter: OverdueLetter) -> LetterText:
    """The words of a letter.

    Raises:
        ValueError: no figure is owed.
    """
    if not letter.owed:
        raise ValueError("a letter asks for at least one figure")
    late = (letter.issued_on - letter.due_on).days
    verb = "补报" if late > 0 else "按时报送"
    count = len(letter.owed)
    more = f"等{count}项" if count > 1 else ""
    return LetterText(
        number=letter.number,
        issuer=letter.issuer,
        date=letter.issued_on.isoformat(),
        recipient=letter.unit,
        title=f"关于{verb}{letter.owed[0].label}{more}数据的函",
        before=tuple(_before(letter, late)),
        rows=tuple(
            (
                one.label if not one.of_measure else f"{one.label}（{one.of_measure}）",
                one.period,
                chinese_date(letter.due_on),
                f"{late}天" if late > 0 else "未逾期",
            )
            for one in letter.owed
        ),
        after=tuple(_after(letter, late)),
        demo=letter.demo,
    )


def _before(letter: OverdueLetter, late: int) -> list[str]:
    count = len(letter.owed)
    opening = f"按照{letter.document}确定的目标任务和月调度安排，{letter.month}数据应于{chinese_date(letter.due_on)}前报送。"
    opening += f"截至{chinese_date(letter.issued_on)}，你单位尚有{count}项数据未报"
    opening += f"，已逾期{late}天。" if late > 0 else "。"
    found = [opening]
    if letter.reason:
        found.append(f"发函原因：{letter.reason.rstrip('。')}。")
    if letter.reminders:
        told = "、".join(f"{chinese_date(one.on)}（{one.by}）" for one in letter.reminders)
        found.append(f"此前已提醒{len(letter.reminders)}次：{told}。")
    found.append("现将有关情况函告如下。")
    return found


def _after(letter: OverdueLetter, late: int) -> list[str]:
    asked = "报送上述数据" if late <= 0 else "补报上述数据，并说明逾期原因"
    return [
        f"请于{chinese_date(letter.answer_by)}前{asked}；确无数据的，书面说明原因和预计报送时间，反馈我办。",
        _SIGNED_BY,
    ]


def letter_paper(text: LetterText, *, withdrawn_on: dt.date | None = None) -> Paper:
    """The letter as a paper; one that was withdrawn says so under its title."""
    columns = (
        Column("指标", "left", 2.6),
        Column("数据时期", "left", 1.7),
        Column("应报日期", "left", 1.6),
        Column("逾期天数", "right", 1.0),
    )
    rows = tuple(Row(tuple((Text(cell),) for cell in row)) for row in text.rows)
    blocks: list[Block] = [*_paragraphs(text.before), Table(columns, rows, _TABLE), *_paragraphs(text.after)]
    return Paper(
        title=text.title,
        issuer=text.issuer,
        date=dt.date.fromisoformat(text.date),
        blocks=tuple(blocks),
        number=text.number,
        subtitle=f"（已于{chinese_date(withdrawn_on)}撤回）" if withdrawn_on else "",
        recipient=text.recipient,
        demo=text.demo,
    )


def _paragraphs(words: Sequence[str]) -> list[Block]:
    return [Paragraph((Text(one),)) for one in words]
