"""The faults of a workbook, written into its own cells; what somebody wrote beside the form stays."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl

from luming_portal.registers.cells import FORMULA_STARTS
from luming_portal.registers.fault_book import mark_faults
from luming_portal.registers.plan import Plan, Problem
from luming_portal.reporting.book_entry import cell_text
from luming_portal.reporting.book_reading import ReadBook
from luming_portal.reporting.workbook import LABELS

_UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    NotImplementedError,
    SyntaxError,  # how the XML parser calls what is not well-formed
    zipfile.BadZipFile,
)


def marked_book(book: ReadBook, plan: Plan, original: bytes) -> bytes:
    """The workbook with faults (red) and doubts (yellow) in its cells, and all sentences of a row in a last column.

    Where the file cannot be written again as it is, the rows that were read stand in a new one. Macros are not kept.
    """
    try:
        file = openpyxl.load_workbook(io.BytesIO(original))
        return _written(file, file[book.sheet], book, plan)
    except _UNREADABLE:  # openpyxl is stricter than the reader, and says so in many ways
        file, sheet = _made_of(book)
        return _written(file, sheet, book, plan)


def _written(file: Any, sheet: Any, book: ReadBook, plan: Plan) -> bytes:
    doubts = [Problem(row.number, "", sentence) for row in plan.rows for sentence in row.doubts]
    mark_faults(sheet, book.columns, book.header, plan.problems, doubts)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _made_of(book: ReadBook) -> tuple[Any, Any]:
    file = openpyxl.Workbook()
    sheet: Any = file.active
    sheet.title = book.sheet
    for place, key in enumerate(book.columns, 1):
        if key:
            sheet.cell(book.header, place).value = LABELS[key]
    for row in book.rows:
        for place, key in enumerate(book.columns, 1):
            text = cell_text(row.cells.get(key, ""))
            cell = sheet.cell(row.number, place)
            cell.value = text or None
            if text.startswith(FORMULA_STARTS):
                cell.data_type, cell.quotePrefix = "s", True
    return file, sheet
