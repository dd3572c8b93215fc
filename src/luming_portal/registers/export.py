"""What a list finds, as a file: exactly the records of its state and exactly the columns asked for, in bounded memory.

Numbers stay numbers and dates dates in a workbook; CSV begins with the mark that spreadsheets need for Chinese. The
workbook names its register and columns on a hidden sheet, so that it can be filled in and imported.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from luming_portal.registers.cells import FORMULA_STARTS, cell_words, guarded
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.register import Register

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": "application/json"}
TEMPLATE_SHEET = "_模板"
_FLUSH = 64_000
_MOST_DIGITS = 15
_LONGEST_CELL = 32_767
_WIDTHS = {
    Kind.LONG: 44,
    Kind.TEXT: 22,
    Kind.NUMBER: 13,
    Kind.DATE: 12,
    Kind.FLAG: 8,
    Kind.LIST: 28,
    Kind.CHOICE: 16,
}

Values = Iterable[tuple[Any, ...]]


def file_name(register: Register, today: dt.date, ending: str) -> str:
    """The name of the file: register and day."""
    return f"{register.label}-{today.isoformat()}.{ending}"


def csv_stream(columns: Sequence[Column], values: Values) -> Iterator[bytes]:
    """CSV, piece by piece; heads are the columns' keys."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow([column.key for column in columns])
    plain = [column.kind in (Kind.NUMBER, Kind.DATE) for column in columns]
    for row in values:
        words = [cell_words(column, value) for column, value in zip(columns, row[2:], strict=True)]
        writer.writerow([one if bare else guarded(one) for one, bare in zip(words, plain, strict=True)])
        if text.tell() > _FLUSH:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def json_stream(head: dict[str, Any], columns: Sequence[Column], values: Values) -> Iterator[bytes]:
    """JSON, piece by piece: the head's members, then `records`."""
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    parts = [f'{opening}, "records": [']
    size = 0
    first = True
    for row in values:
        part = ("" if first else ",") + "\n" + json_record(columns, row)
        first = False
        parts.append(part)
        size += len(part)
        if size > _FLUSH:
            yield "".join(parts).encode()
            parts, size = [], 0
    parts.append("\n]}\n")
    yield "".join(parts).encode()


def json_record(columns: Sequence[Column], row: tuple[Any, ...]) -> str:
    """One record as JSON; a decimal keeps all its digits."""
    pk, version, *values = row
    members = [f'"id": {pk}', f'"version": {version}']
    members += [
        f"{json.dumps(column.key)}: {_json(value)}" for column, value in zip(columns, values, strict=True)
    ]
    return "{" + ", ".join(members) + "}"


def _json(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return f'"{value.isoformat()}"'
    return json.dumps(value, ensure_ascii=False)


def workbook(register: Register, columns: Sequence[Column], values: Values) -> IO[bytes]:
    """A workbook, in a file that is gone when it is closed."""
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    sheet = book.add_worksheet(str(register.label)[:31])
    text = book.add_format({"num_format": "@"})
    text.set_quote_prefix()
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    head = book.add_format({"bold": True, "bg_color": "#E6EEF8", "border": 1, "border_color": "#B9CDE6"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS[column.kind])
        sheet.write_string(
            0, place, f"{column.label}({column.unit})" if column.unit else str(column.label), head
        )
    sheet.freeze_panes(1, 1)
    number = 0
    for number, row in enumerate(values, 1):
        for place, (column, value) in enumerate(zip(columns, row[2:], strict=True)):
            _write(sheet, number, place, column, value, text, day, wrapped)
    if columns:
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
    note = book.add_worksheet(TEMPLATE_SHEET)
    note.hide()
    note.write_row(0, 0, ["luming", register.slug, *(column.key for column in columns)])
    book.close()
    target.seek(0)
    return target


def _write(
    sheet: Any, number: int, place: int, column: Column, value: Any, text: Any, day: Any, wrapped: Any
) -> None:
    if value is None or value == "" or value == []:
        return
    if isinstance(value, dt.date):
        sheet.write_datetime(number, place, value, day)
        return
    if column.kind is Kind.NUMBER and not isinstance(value, bool) and _is_exact(value):
        sheet.write_number(number, place, value)
        return
    words = cell_words(column, value)[:_LONGEST_CELL]
    code = words.startswith(FORMULA_STARTS) or (words[:1].isdigit() and column.kind is Kind.TEXT)
    sheet.write_string(
        number, place, words, text if code else (wrapped if column.kind is Kind.LONG else None)
    )


def _is_exact(value: Any) -> bool:
    """Whether a cell keeps the number to its last digit: cells hold 15."""
    digits = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return len(digits.strip("-").replace(".", "").strip("0")) <= _MOST_DIGITS
