"""A comparison as a workbook, as CSV and as JSON: each row with every input, the formula under the table."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luming.comparison import CONTESTED, Frozen, contested_value, freeze
from luming.monitor import RankInput, RankRow, number
from luming.report import xlsx
from luming_portal.comparison.models import Objection
from luming_portal.registers.cells import guarded

_HEADS = (
    xlsx.SheetColumn("组别", width=12, center=True),
    xlsx.SheetColumn("名次", "number", width=8, center=True),
    xlsx.SheetColumn("旗县区", width=18),
    xlsx.SheetColumn("得分", "score", width=10),
    xlsx.SheetColumn("完成率", "share", width=10),
    xlsx.SheetColumn("增速", "share", width=10),
    xlsx.SheetColumn("增速标准值", "score", width=12),
    xlsx.SheetColumn("贡献份额", "share", width=10),
    xlsx.SheetColumn("工作质量", "share", width=10),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file says beside its rows. `standing` says whether it was issued, and until when one may object."""

    title: str
    issuer: str
    unit: str
    standing: str
    as_of: dt.date
    demo: bool


def workbook(paper: Paper, content: Frozen, objections: Mapping[str, Sequence[Objection]]) -> bytes:
    """An .xlsx file."""
    columns = (
        *_HEADS,
        *(
            xlsx.SheetColumn(one.label, "number", "次" if one.is_count else paper.unit, width=13)
            for one in CONTESTED
        ),
        xlsx.SheetColumn("报送次数", "number", "次", width=10),
        xlsx.SheetColumn("未排名原因", width=32),
        xlsx.SheetColumn("异议", width=32),
    )
    rows = tuple(tuple(cells) for cells in _rows(content, objections))
    notes = (paper.standing, content.formula)
    sheet = xlsx.Sheet("旗县区比较", paper.title, columns, rows, notes, frozen=3)
    return xlsx.render(xlsx.Workbook(paper.title, paper.issuer, paper.as_of, (sheet,), paper.demo))


def csv_file(paper: Paper, content: Frozen, objections: Mapping[str, Sequence[Objection]]) -> bytes:
    """CSV with the mark that spreadsheets need for Chinese; an unknown figure is an empty cell."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    heads = [column.title for column in _HEADS]
    heads += [f"{one.label}({'次' if one.is_count else paper.unit})" for one in CONTESTED]
    writer.writerow([*heads, "报送次数", "未排名原因", "异议", "演示数据", "说明"])
    for cells in _rows(content, objections):
        last = ["是" if paper.demo else "", paper.standing]
        writer.writerow([_written(cell) for cell in [*cells, *last]])
    return text.getvalue().encode()


def as_json(content: Frozen) -> dict[str, Any]:
    """Rows and inputs, exact."""
    return freeze(content)


def _rows(content: Frozen, objections: Mapping[str, Sequence[Objection]]) -> list[list[Any]]:
    return [
        _cells(row, content.input_of(row.district), objections.get(row.district, ())) for row in content.rows
    ]


def _cells(row: RankRow, item: RankInput | None, objections: Sequence[Objection]) -> list[Any]:
    assert item is not None, "every row has its inputs"
    values = [contested_value(item, one) for one in CONTESTED]
    return [
        row.group,
        row.rank,
        row.district,
        row.score,
        row.completion,
        row.growth,
        row.growth_standardised,
        row.contribution,
        row.quality,
        *(None if value is None else Decimal(number(value, 6)) for value in values),
        item.reports,
        row.reason,
        ";".join(objection_words(one) for one in objections),
    ]


def objection_words(item: Objection) -> str:
    """An objection in one line."""
    stood = "未知" if item.stood is None else number(item.stood, 6)
    words = f"{item.filed_on}对“{item.of.label}”:公布{stood},提出应为{number(item.should_be, 6)},{item.reason};{item.at.label}"
    if item.settled_on:
        words += f"({item.settled_on})"
    if item.finding is not None:
        words += f",核定为{number(item.finding, 6)}"
    return f"{words},{item.answer}" if item.answer else words


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    return format(cell, "f") if isinstance(cell, Decimal) else guarded(str(cell))
