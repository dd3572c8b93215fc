"""Marks of a sheet that its figures do not show: formulas, results, errors, hidden rows, macros."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from luming.errors import FactsFaults
from luming.facts import has_macros, read_sheets, sheet_marks


def _book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("一")
        sheet.write(0, 0, 5)
        sheet.write_formula(0, 1, "=1+1", None, 2)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 1, '="甲"', None, "甲")
        sheet.write_formula(3, 1, "=A9", None, "")
        sheet.set_row(2, None, None, {"hidden": True})
        book.add_worksheet("二").write_formula(0, 0, "=2", None, 2)
    return path


def test_formulas_results_errors_and_hidden_rows(tmp_path: Path) -> None:
    marks = sheet_marks(_book(tmp_path / "a.xlsx"), "一")
    assert marks.formulas == {"B1", "B2", "B3", "B4"}
    assert marks.results == {"B1", "B2", "B3"}
    assert marks.errors == {"B2": "#DIV/0!"}
    assert marks.hidden_rows == {3}
    assert sheet_marks(tmp_path / "a.xlsx", "二").formulas == {"A1"}
    assert not sheet_marks(tmp_path / "a.xlsx", "三").formulas


def test_macros_are_seen(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx")
    assert not has_macros(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    assert has_macros(path)


def test_a_sheet_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx")
    broken = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data[:-30] if part.endswith("sheet1.xml") else data)
    with pytest.raises(FactsFaults, match="损坏的工作簿"):
        sheet_marks(broken, "一")


def test_more_merged_cells_than_anybody_writes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("一").merge_range(0, 0, 999, 199, "甲")
        book.add_worksheet("二").merge_range(0, 0, 0, 0 + 1, "乙")
    assert len(read_sheets(path)) == 2
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("一").merge_range(0, 0, 1000, 199, "甲")
    with pytest.raises(FactsFaults, match="合并了200200个单元格"):
        read_sheets(path)
