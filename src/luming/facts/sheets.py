"""The sheets of a workbook as a person reads them: text, dates, and where cells are merged.

Read with python-calamine: safety scan included it takes half the time of openpyxl's read-only mode or less
(benchmarks/facts.py, 100,000 facts). A number becomes text of up to 15 digits, one too large for that stays in
scientific notation (and is refused as a value), a cell shown as a percentage becomes `65%`, a date stays a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from luming.errors import FactsFaults, Fault
from luming.facts.sheet_marks import NO_MARKS, Marks
from luming.facts.xlsx_guard import SheetScan, column_letters, scan_workbook

Cell: TypeAlias = "str | dt.date"
MAX_EXACT = 10**15
MAX_MERGED = 200_000
"""Cells in merged areas of a workbook: programs that write a workbook again lay each of them out."""

_EMPTY_SCAN = SheetScan(0, 0, frozenset())


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of merged cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `marks` say what it keeps out of sight, where they were asked for (workbook/office_file.py)."""

    name: str
    visible: bool
    merged: tuple[Area, ...]
    _raw: Any
    _percentages: frozenset[str]
    marks: Marks = NO_MARKS

    def rows(self) -> Iterator[list[Cell]]:
        """Every row from the first, each as wide as the sheet."""
        before: list[Cell] = [""] * (self._raw.start[1] if self._raw.start else 0)
        if not self._percentages:
            for row in self._raw.iter_rows():
                yield before + [value if type(value) is str else _cell(value) for value in row]
            return
        for number, row in enumerate(self._raw.iter_rows(), 1):
            yield before + [
                self._shown(value, number, column) for column, value in enumerate(row, len(before) + 1)
            ]

    def _shown(self, value: object, row: int, column: int) -> Cell:
        if isinstance(value, float) and f"{column_letters(column)}{row}" in self._percentages:
            return f"{plain(_decimal(value) * 100)}%"
        return value if isinstance(value, str) else _cell(value)


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The worksheets of a workbook, in their order.

    Raises:
        FactsFaults: it cannot be opened, or not safely (see xlsx_guard.py).
    """
    scans = scan_workbook(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = tuple(
            _sheet(
                book, meta.name, meta.visible is SheetVisibleEnum.Visible, scans.get(meta.name, _EMPTY_SCAN)
            )
            for meta in book.sheets_metadata
            if meta.typ is SheetTypeEnum.WorkSheet
        )
    except (CalamineError, PasswordError, OSError) as problem:
        fault = Fault(
            "facts.corrupt", path.name, "损坏的工作簿", "完整的.xlsx工作簿", "请在表格软件中打开并重新另存"
        )
        raise FactsFaults([fault]) from problem
    for sheet in sheets:
        _check_merged(path, sheet)
    return sheets


def _check_merged(path: Path, sheet: Sheet) -> None:
    cells = sum((one.bottom - one.top + 1) * (one.right - one.left + 1) for one in sheet.merged)
    if cells > MAX_MERGED:
        found = f"工作表“{sheet.name}”里合并了{cells}个单元格"
        fault = Fault(
            "facts.too_much_merged", path.name, found, f"不超过{MAX_MERGED}个", "请取消大片的合并后另存"
        )
        raise FactsFaults([fault])


def _sheet(book: CalamineWorkbook, name: str, visible: bool, scan: SheetScan) -> Sheet:
    raw = book.get_sheet_by_name(name)
    merged = tuple(
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in raw.merged_cell_ranges or ()
    )
    return Sheet(name, visible, merged, raw, scan.percentages)


def _cell(value: object) -> Cell:
    if isinstance(value, float):
        return plain(_decimal(value)) if abs(value) < MAX_EXACT else f"{value:.16e}"
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value
    return str(value)


def _decimal(value: float) -> Decimal:
    """The number as a spreadsheet shows it: 15 digits, which is all that its cells keep."""
    return Decimal(format(value, ".15g"))


def plain(value: Decimal) -> str:
    """A decimal as plain text without trailing zeros.

    >>> plain(Decimal("65.00"))
    '65'
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
