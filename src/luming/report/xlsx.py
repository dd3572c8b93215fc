"""Workbooks for offices: a small model of sheets, and the file made from it.

Numbers stay numbers with their unit in the head and a number format; shares are shown as percent; dates are dates;
text that begins with = + - or @ stays text. Every sheet prints on A4 across, one page wide, with its head repeated;
a long list prints upright, and only the part of it that is of use on paper.
A workbook on invented data says 演示数据 in the first row and in the running head of every sheet. Same workbook,
same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from luming.monitor import Light
from luming.report.model import SHAPES
from luming.report.packaging import normalise
from luming.report.typeset import set_text
from luming.report.width import lines_needed
from luming.report.wording import DEMO_LINE

ColumnKind = Literal["text", "number", "share", "points", "score", "date", "light"]

_FORMS = {"number": "0", "share": "0", "points": "0", "score": "0.00", "date": "yyyy-mm-dd"}
_GROUNDS = {Light.GREEN: "#DDF2E5", Light.YELLOW: "#FDF0CC", Light.RED: "#FADBD8", Light.GREY: "#ECEEF1"}
_INKS = {Light.GREEN: "#14623B", Light.YELLOW: "#7A5200", Light.RED: "#9C1C14", Light.GREY: "#4B5157"}
_FORBIDDEN = re.compile(r"[\\/?*:\[\]]")
_LIMIT = 32767
_PICTURE_PT = 90


@dataclass(frozen=True, slots=True)
class LightCell:
    """A light with a note under it, such as that it was set by hand."""

    light: Light
    note: str = ""


Cell = str | Decimal | int | dt.date | Light | LightCell | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: head, kind, unit (written under the head in brackets), width in characters of Latin."""

    title: str
    kind: ColumnKind = "text"
    unit: str = ""
    width: float = 14
    center: bool = False


@dataclass(frozen=True, slots=True)
class PrintRange:
    """What of a long list goes on paper: so many rows and columns from the first. It prints upright."""

    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A square picture (PNG) under the notes of a sheet, with what it shows in words."""

    png: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: name on the tab, title over the table, columns and rows, notes under it.

    `frozen` columns stay in sight when scrolling sideways. A sheet that is `printed` is a long list.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    frozen: int = 0
    printed: PrintRange | None = None
    picture: Picture | None = None

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"row {number} of sheet {self.name} has {len(row)} cells, not {len(self.columns)}"
                )


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets with the properties of the file; `date` is the only date the file carries."""

    title: str
    issuer: str
    date: dt.date
    sheets: tuple[Sheet, ...]
    demo: bool = False


def render(workbook: Workbook) -> bytes:
    """The workbook as an .xlsx file."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": _FORMS["date"],
    }
    book = xlsxwriter.Workbook(out, options)
    moment = dt.datetime.combine(workbook.date, dt.time())
    book.set_properties({"title": workbook.title, "author": workbook.issuer, "created": moment})
    formats = _Formats(book)
    for sheet in workbook.sheets:
        _SheetWriter(book.add_worksheet(_tab(sheet.name)), sheet, workbook, formats).write()
    book.close()
    return normalise(out.getvalue())


def _tab(name: str) -> str:
    """A name that Excel takes: at most 31 units of UTF-16, none of the signs it forbids."""
    words = _FORBIDDEN.sub("-", set_text(name)).encode("utf-16-le")[:62].decode("utf-16-le", "ignore")
    return words.strip("' ") or "表"


class _Formats:
    """Cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """The format with these properties on the common ground."""
        whole = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True} | properties
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    def cell(self, column: SheetColumn, value: Cell) -> Any:
        """The format of a body cell."""
        common = {"border": 1, "border_color": "#BFC5CC"}
        if isinstance(value, LightCell):
            value = value.light
        if isinstance(value, Light):
            return self.of(
                **common, align="center", bg_color=_GROUNDS[value], font_color=_INKS[value], bold=True
            )
        if isinstance(value, Decimal | int | dt.date) and column.kind in _FORMS:
            side = "center" if column.center or column.kind == "date" else "right"
            return self.of(**common, align=side, num_format=_number_form(column.kind, value))
        if column.center or column.kind != "text":
            return self.of(**common, align="center")
        return self.of(**common, align="left", indent=1)


def _number_form(kind: ColumnKind, value: Decimal | int | dt.date) -> str:
    """The number format of a value: the places it was given with, as in the other papers, and no comma."""
    if kind not in ("number", "share", "points") or not isinstance(value, Decimal):
        return _FORMS[kind] + ("%" if kind == "share" else "")
    places = -int(value.normalize().as_tuple().exponent) - (2 if kind == "share" else 0)
    form = f"0.{'0' * places}" if places > 0 else "0"
    if kind == "share":
        return f"{form}%"
    return f'+{form};"−"{form};{form}' if kind == "points" else form


def _lit(light: Light) -> str:
    return f"{SHAPES[light]} {light.label}"


class _SheetWriter:
    """Writes one sheet."""

    def __init__(self, sheet: Any, model: Sheet, workbook: Workbook, formats: _Formats) -> None:
        self._sheet = sheet
        self._model = model
        self._workbook = workbook
        self._formats = formats
        self._last = max(len(model.columns) - 1, 0)

    def write(self) -> None:
        """Write title, head, rows and notes, then the print set-up."""
        row = self._title()
        head = row
        self._head(head)
        for offset, cells in enumerate(self._model.rows, 1):
            self._row(head + offset, cells)
        end = head + len(self._model.rows)
        self._notes(end + 1)
        self._picture(end + 1 + len(self._model.notes))
        if self._model.rows:
            self._sheet.autofilter(head, 0, end, self._last)
        self._sheet.freeze_panes(head + 1, self._model.frozen)
        self._print(head)
        if self._model.printed is not None:
            self._print_range(head, self._model.printed)

    def _title(self) -> int:
        """Title rows; returns the row of the head."""
        row = 0
        if self._workbook.demo:
            style = {"font_color": "#C8102E", "bold": True, "align": "left", "text_wrap": False}
            self._sheet.write_string(0, 0, DEMO_LINE, self._formats.of(**style))
            row = 1
        style = {"font_name": "黑体", "font_size": 16, "align": "left", "text_wrap": False}
        self._sheet.set_row(row, 30)
        self._sheet.write_string(row, 0, set_text(self._model.title), self._formats.of(**style))
        return row + 1

    def _head(self, row: int) -> None:
        style = {
            "font_name": "黑体",
            "align": "center",
            "bg_color": "#E3EAF2",
            "border": 1,
            "border_color": "#8896A5",
        }
        self._sheet.set_row(row, 36)
        for at, column in enumerate(self._model.columns):
            words = f"{column.title}\n({column.unit})" if column.unit else column.title
            words = "\n".join(map(set_text, words.split("\n")))
            self._sheet.write_string(row, at, words, self._formats.of(**style))
            self._sheet.set_column(at, at, column.width)

    def _row(self, row: int, cells: tuple[Cell, ...]) -> None:
        lines = 1
        for at, (column, value) in enumerate(zip(self._model.columns, cells, strict=True)):
            style = self._formats.cell(column, value)
            lines = max(lines, self._write(row, at, column, value, style))
        least, room = (16, 2) if self._model.printed is not None else (22, 7)
        self._sheet.set_row(row, min(max(least, 15 * lines + room), 400))

    def _write(self, row: int, at: int, column: SheetColumn, value: Cell, style: Any) -> int:
        """Write one cell; returns the lines it takes."""
        if value is None:
            self._sheet.write_string(row, at, "—", style)
        elif isinstance(value, LightCell):
            words = "\n".join(map(set_text, filter(None, (_lit(value.light), *value.note.split("\n")))))
            self._sheet.write_string(row, at, words, style)
            return words.count("\n") + 1
        elif isinstance(value, Light):
            self._sheet.write_string(row, at, _lit(value), style)
        elif isinstance(value, dt.date):
            self._sheet.write_datetime(row, at, dt.datetime.combine(value, dt.time()), style)
        elif isinstance(value, Decimal | int):
            self._sheet.write_number(row, at, value, style)
        else:
            text = "\n".join(map(set_text, value.split("\n")))[:_LIMIT]
            self._sheet.write_string(row, at, text, style)
            return sum(lines_needed(line, column.width / 2 + 0.5) for line in text.split("\n"))
        return 1

    def _notes(self, row: int) -> None:
        style = self._formats.of(font_color="#4B5157", align="left", valign="top")
        width = sum(column.width for column in self._model.columns) / 2
        for offset, note in enumerate(self._model.notes):
            words = set_text(note)
            if self._last > 0:
                self._sheet.merge_range(row + offset, 0, row + offset, self._last, "", style)
            self._sheet.write_string(row + offset, 0, words, style)
            self._sheet.set_row(row + offset, 15 * lines_needed(words, width) + 5)

    def _picture(self, row: int) -> None:
        picture = self._model.picture
        if picture is None:
            return
        self._sheet.set_row(row, _PICTURE_PT + 6)
        options = {
            "image_data": io.BytesIO(picture.png),
            "description": picture.words,
            "object_position": 1,
            "y_offset": 4,
        }
        pixels = int.from_bytes(picture.png[16:20], "big")
        scale = _PICTURE_PT * 96 / 72 / pixels
        self._sheet.insert_image(row, 0, "sign.png", options | {"x_scale": scale, "y_scale": scale})

    def _print_range(self, head: int, part: PrintRange) -> None:
        rows = min(part.rows, len(self._model.rows)) or len(self._model.rows)
        self._sheet.print_area(0, 0, head + rows, min(part.columns, len(self._model.columns)) - 1)
        self._sheet.set_portrait()

    def _print(self, head: int) -> None:
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(head)
        self._sheet.hide_gridlines(2)
        if self._workbook.demo:
            self._sheet.set_header(f'&C&"黑体"&10{DEMO_LINE}')
        issuer = set_text(self._workbook.issuer)[:60].replace("&", "&&")
        self._sheet.set_footer(f"&L&9 {issuer} {self._workbook.date.isoformat()}&C&9第 &P 页，共 &N 页&R&9&A")
