"""A file's faults, written back into it: faulty cells coloured, with the sentence as a comment and in a last column."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from luming.punctuation import full_width_outside_quotes
from luming_portal.registers.cells import FORMULA_STARTS
from luming_portal.registers.column import Column
from luming_portal.registers.plan import Plan, Problem
from luming_portal.registers.reading import FAULT_HEAD, Table

_RED = PatternFill("solid", fgColor="FDD9D6")
_YELLOW = PatternFill("solid", fgColor="FFF2CC")
_AUTHOR = "鹿鸣"


def fault_book(
    table: Table, plan: Plan, original: bytes, is_workbook: bool, labels: dict[str, Column]
) -> bytes:
    """The workbook with its faults; a CSV becomes a workbook.

    Args:
        labels: the columns by key, for the heads of a workbook made of a CSV.
    """
    if is_workbook:
        book = openpyxl.load_workbook(io.BytesIO(original))
        sheet: Any = next(one for one in book.worksheets if one.sheet_state == "visible")
    else:
        book, sheet = _made_of(table, labels)
    mark_faults(sheet, table.columns, table.header, plan.problems)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def mark_faults(
    sheet: Any,
    columns: Sequence[str],
    header: int,
    problems: Sequence[Problem],
    doubts: Sequence[Problem] = (),
) -> None:
    """Write faults and doubts into a sheet of openpyxl; marks of an earlier round go first.

    Args:
        columns: keys of the columns in the order of the sheet.
        header: number of the row with the heads.
        doubts: marked in another colour; they do not hold a row up.
    """
    last = next(
        (cell.column for cell in sheet[header] if cell.value == FAULT_HEAD),
        max(len(columns), sheet.max_column) + 1,
    )
    _clear(sheet, header, last)
    merged = {
        place: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges for place in area.cells
    }
    sheet.cell(header, last).value = FAULT_HEAD
    sheet.cell(header, last).font = Font(bold=True, color="B42318")
    sheet.column_dimensions[get_column_letter(last)].width = 60
    told: dict[int, list[str]] = {}
    for found, colour in ((doubts, _YELLOW), (problems, _RED)):
        for one in found:
            sentence = full_width_outside_quotes(one.sentence)
            told.setdefault(one.row, []).append(sentence)
            place = columns.index(one.column) + 1 if one.column in columns else 1
            row, place = merged.get((one.row, place), (one.row, place))
            cell = sheet.cell(row, place)
            cell.fill = colour
            before = cell.comment.text + "\n" if cell.comment else ""
            cell.comment = Comment(before + sentence, _AUTHOR, width=320, height=120)
    red = {one.row for one in problems}
    for row, sentences in told.items():
        cell = sheet.cell(row, last)
        cell.value = " ".join(sentences)
        cell.fill = _RED if row in red else _YELLOW


def _clear(sheet: Any, header: int, last: int) -> None:
    for cell in list(sheet._cells.values()):  # iter_rows would make all those that are not there
        if cell.row <= header:
            continue
        if cell.comment is not None and cell.comment.author == _AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()
        if cell.column == last and cell.value is not None:
            cell.value = None
            cell.fill = PatternFill()


def _made_of(table: Table, labels: dict[str, Column]) -> tuple[Any, Any]:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for place, key in enumerate(table.columns, 1):
        if key:
            sheet.cell(table.header, place, str(labels[key].label)).font = Font(bold=True)
    for row in table.rows:
        for place, key in enumerate(table.columns, 1):
            text = row.cells.get(key, "")
            cell = sheet.cell(row.number, place)
            cell.value = text
            if text.startswith(FORMULA_STARTS):
                cell.data_type, cell.quotePrefix = "s", True
    return book, sheet
