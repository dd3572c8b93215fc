"""An office's file as sheets with what they keep out of sight: .xlsx, .xlsm (macros are never run) or .csv."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from luming.errors import FactsFaults, Fault
from luming.facts.sheet_marks import Marks, has_macros, marks_of
from luming.facts.sheets import Sheet, read_sheets
from luming.facts.text_file import open_lines
from luming.facts.workbook.grid import MAX_ROWS

ENDINGS = (".xlsx", ".xlsm", ".csv")


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """The sheets of a file, and whether it carries macros."""

    sheets: tuple[Sheet, ...]
    has_macros: bool = False

    def hidden_sheets(self) -> tuple[str, ...]:
        """The names of the hidden sheets."""
        return tuple(sheet.name for sheet in self.sheets if not sheet.visible)


def read_office_file(path: Path) -> OfficeFile:
    """Read a file by its ending; a CSV is one sheet.

    Raises:
        FactsFaults: it cannot be opened, or not safely.
    """
    if path.suffix.lower() == ".csv":
        return OfficeFile((_csv_sheet(path),))
    sheets = read_sheets(path)
    marks = marks_of(path)
    marked = tuple(replace(sheet, marks=marks.get(sheet.name, Marks())) for sheet in sheets)
    return OfficeFile(marked, has_macros(path))


@dataclass(frozen=True, slots=True)
class _Lines:
    """The rows of a CSV, as the reader of workbooks gives those of a sheet."""

    rows: tuple[tuple[str, ...], ...]
    start: tuple[int, int] = (0, 0)

    def iter_rows(self) -> Iterator[tuple[str, ...]]:
        """Row by row."""
        return iter(self.rows)


def _csv_sheet(path: Path) -> Sheet:
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(open_lines(path), strict=True)
    try:
        for row in reader:
            rows.append(tuple(row))
            if len(rows) > MAX_ROWS:
                fault = Fault(
                    "facts.report_too_large", path.name, f"超过{MAX_ROWS}行", f"不超过{MAX_ROWS}行的报表"
                )
                raise FactsFaults([fault])
    except csv.Error as problem:
        fault = Fault(
            "facts.broken_csv", f"{path.name} 第{reader.line_num}行", f"引号没有配对({problem})", "完整的CSV"
        )
        raise FactsFaults([fault]) from problem
    return Sheet(path.stem, True, (), _Lines(tuple(rows)), frozenset())
