"""A small table handed to an evaluation as CSV: declared columns, every fault of every row at once.

The first line names the columns, in Chinese or by key, in any order; an optional column may be absent. Nothing is
repaired silently: a cell that cannot be read is a fault with row and column, and the evaluation is not made.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from luming.errors import FactsFaults, Fault
from luming.facts import open_lines

CONSEQUENCE = "没有生成评估报告。"
_NUMBER = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,12})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its Chinese heading, what stands in it, and whether the column and its cells may be absent."""

    key: str
    label: str
    guidance: str
    optional: bool = False


@dataclass(slots=True)
class TableRow:
    """One row with the place of each cell; reading a cell that is wrong notes a fault in `faults`."""

    file: str
    line: int
    cells: Mapping[str, str]
    labels: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def where(self, key: str) -> str:
        """The place of a cell for the reader."""
        return f"{self.file} 第{self.line}行“{self.labels[key]}”"

    def text(self, key: str) -> str:
        """A cell as text; "" where it is empty or absent."""
        return self.cells.get(key, "")

    def needed(self, key: str) -> str:
        """A cell that may not be empty."""
        text = self.text(key)
        if not text:
            self.fault("evaluation.empty_cell", key, "空格", "不为空", "请补填,或整行删去")
        return text

    def one_of(self, key: str, allowed: Mapping[str, str], *, empty: bool = False) -> str:
        """A cell that holds one of the words; gives the word's meaning."""
        text = self.text(key)
        if not text and empty:
            return ""
        if text not in allowed:
            names = "、".join(dict.fromkeys(allowed))
            named = names if len(names) <= 200 else names[:200] + "……"
            self.fault("evaluation.unknown_word", key, f"“{text}”" if text else "空格", f"以下之一:{named}")
        return allowed.get(text, "")

    def amount(self, key: str) -> Decimal:
        """A plain number above zero; zero stands for a fault that was noted."""
        text = self.text(key)
        if not _NUMBER.fullmatch(text):
            found = f"“{text}”" if text else "空格"
            remedy = "单位写在“单位”列;没有数的行请整行删去,未知不等于零"
            self.fault("evaluation.not_a_number", key, found, "不带单位、不带逗号的数字,如 1234.5", remedy)
            return Decimal(0)
        value = Decimal(text)
        if value <= 0:
            self.fault("evaluation.not_positive", key, f"“{text}”", "大于零的数", "退回的款项本表不收")
        return value

    def day(self, key: str, *, empty: bool = False) -> dt.date | None:
        """A day written 2025-06-30."""
        text = self.text(key)
        if not text and empty:
            return None
        try:
            if _DAY.fullmatch(text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        self.fault("evaluation.bad_day", key, f"“{text}”" if text else "空格", "2025-06-30 这样的日期")
        return None

    def fault(self, code: str, key: str, found: str, expected: str, remedy: str = "") -> None:
        """Note a fault of a cell."""
        self.faults.append(Fault(code, self.where(key), found, expected, remedy))


def read_table(path: Path, columns: Sequence[Column]) -> tuple[list[TableRow], list[Fault]]:
    """The rows of a table, and what is wrong with the file itself."""
    faults: list[Fault] = []
    try:
        rows = list(_rows(path, columns, faults))
    except FactsFaults as problem:
        return [], [*faults, *problem.faults]
    if not rows and not faults:
        faults.append(
            Fault(
                "evaluation.no_rows",
                path.name,
                "只有列名,没有数据",
                "至少一行数据",
                "没有数据就不要给这个文件",
            )
        )
    return rows, faults


def repeated(
    rows: Sequence[TableRow], keys: Sequence[str], means: Mapping[str, Mapping[str, str]] | None = None
) -> list[Fault]:
    """Rows that say again what an earlier row has said in the key columns.

    Args:
        means: by column, what its words mean, so that two words for one thing count as the same.
    """
    known = means or {}
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for row in rows:
        key = tuple(known.get(name, {}).get(row.text(name), row.text(name)) for name in keys)
        if not all(key):
            continue
        before = first.setdefault(key, row.line)
        if before != row.line:
            named = "、".join(row.labels[name] for name in keys)
            faults.append(
                Fault(
                    "evaluation.repeated",
                    row.where(keys[0]),
                    f"与第{before}行相同的“{'、'.join(key)}”",
                    f"每行的{named}各不相同",
                    "请删去重复的一行",
                )
            )
    return faults


def _rows(path: Path, columns: Sequence[Column], faults: list[Fault]) -> Iterator[TableRow]:
    labels = {column.key: column.label for column in columns}
    reader = csv.reader(open_lines(path), strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                pass
            elif header is None:
                header = _header(path, line, cells, columns, faults)
                if faults:
                    return
            elif (len(cells) > len(header) and any(cells[len(header) :])) or len(cells) < len(header):
                faults.append(_width(path, line, len(cells), len(header)))
            else:
                yield TableRow(path.name, line, dict(zip(header, cells, strict=False)), labels)
            line = reader.line_num + 1
    except csv.Error as problem:
        where, remedy = f"{path.name} 第{line}行", "请改好这一行;其后各行没有检查"
        faults.append(
            Fault("evaluation.broken_csv", where, f"引号没有配对({problem})", "每对引号完整", remedy)
        )


def _header(
    path: Path, line: int, cells: list[str], columns: Sequence[Column], faults: list[Fault]
) -> list[str]:
    by_name = {name: column.key for column in columns for name in (column.key, column.label)}
    where = f"{path.name} 第{line}行"
    keys = [by_name.get(cell, "") for cell in cells]
    known = "、".join(f"{column.label}{'(可无)' if column.optional else ''}" for column in columns)
    for cell, key in zip(cells, keys, strict=True):
        if not key and cell:
            faults.append(
                Fault("evaluation.unknown_column", where, f"不认识的列“{cell}”", known, "请改名或删去此列")
            )
    for key in sorted({key for key in keys if key and keys.count(key) > 1}):
        faults.append(Fault("evaluation.double_column", where, f"列“{by_name[key]}”出现两次", "每列一次"))
    missing = [column.label for column in columns if not column.optional and column.key not in keys]
    if missing:
        faults.append(
            Fault("evaluation.missing_column", where, f"缺少列:{'、'.join(missing)}", f"第一行是列名:{known}")
        )
    return keys


def _width(path: Path, line: int, found: int, wanted: int) -> Fault:
    return Fault(
        "evaluation.row_width",
        f"{path.name} 第{line}行",
        f"{found}个单元格",
        f"与列名一样的{wanted}个",
        "含逗号的文字请用英文双引号括起",
    )
