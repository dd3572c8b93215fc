"""A small table as a file: what a page lists, as a workbook or as CSV. Registers have exports of their own.

A text that a spreadsheet would take for a formula is written as text.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from luming_portal.registers.cells import FORMULA_STARTS, guarded
from luming_portal.registers.export import TYPES

FORMS = ("xlsx", "csv")
_WIDEST = 48
_LONGEST_CELL = 32_767
Cell = str | int | dt.date | None


def table_file(name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], form: str) -> HttpResponse:
    """The table as a download.

    Args:
        name: of the file, without its ending; also of the sheet.
        form: one of FORMS.
    """
    content = _workbook(name, heads, rows) if form == "xlsx" else _csv(heads, rows)
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return answer


def _csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(cell: int | dt.date | None) -> str | int:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _workbook(name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bg_color": "#E6EEF8", "border": 1, "border_color": "#B9CDE6"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    code = book.add_format({"num_format": "@", "valign": "top"})
    code.set_quote_prefix()
    for place, title in enumerate(heads):
        longest = max((len(str(row[place] or "")) for row in rows), default=0)
        sheet.set_column(place, place, min(_WIDEST, max(10, 2 * len(title), 2 * min(longest, _WIDEST))))
        sheet.write_string(0, place, title, head)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, place, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell)
            elif cell:
                sheet.write_string(
                    number, place, cell[:_LONGEST_CELL], code if cell.startswith(FORMULA_STARTS) else words
                )
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    book.close()
    return out.getvalue()
