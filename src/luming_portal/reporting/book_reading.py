"""A workbook that somebody sends back, as rows of texts: columns wherever they stand, what was ignored by name.

Nothing is judged here that needs the reports; what the file itself makes unreadable (merged cells, errors, formulas
without a result, dates for figures) is told by cell. Macros and formulas are never run.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from luming.errors import FactsFaults, Fault
from luming.facts import Cell, Sheet, SheetMarks, column_letters, has_macros, read_sheets, sheet_marks
from luming_portal.registers.reading import FAULT_HEAD, MOST_ROWS
from luming_portal.reporting.book_entry import MARKS, compact, text_of_cell
from luming_portal.reporting.workbook import COLUMNS, HELP, LABELS, SHEET

_SEARCHED_ROWS = 10
_FEWEST_HEADS = 3
_MARKS = re.compile(f"[{MARKS}]+")
_BRACKETS = re.compile(r"\([^()]*\)")
_NAMES = {
    compact(name).lower(): column.key
    for column in COLUMNS
    for name in (column.key, column.label, *column.names)
}
_FILLED = tuple(column.key for column in COLUMNS if column.filled)


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row.

    Attributes:
        cells: texts by key of column.
        formulas: keys of cells that a formula reckoned.
        faults: key of column and sentence, for what cannot be read.
    """

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadBook:
    """What a workbook holds.

    Attributes:
        sheet: the name of the sheet that was read; columns: keys in its order, "" where one is not read.
        header: number of the row with the heads.
        notes: what was ignored or taken in a way that one should know, in sentences.
    """

    sheet: str
    columns: tuple[str, ...]
    header: int
    rows: tuple[BookRow, ...]
    notes: tuple[str, ...] = field(default=())

    def place(self, row: int, key: str) -> str:
        """A cell as a person finds it: H12“数值”; the row where the column is not there."""
        if key not in self.columns:
            return f"第{row}行"
        return f"{column_letters(self.columns.index(key) + 1)}{row}“{LABELS[key]}”"

    def as_json(self) -> dict[str, Any]:
        """As a staged upload keeps it."""
        return asdict(self)

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> ReadBook:
        """As a staged upload kept it."""
        rows = tuple(
            BookRow(
                row["number"],
                row["cells"],
                tuple(row["formulas"]),
                tuple((key, sentence) for key, sentence in row["faults"]),
            )
            for row in told["rows"]
        )
        return cls(told["sheet"], tuple(told["columns"]), told["header"], rows, tuple(told["notes"]))


def read_book(name: str, content: bytes) -> ReadBook:
    """Read a workbook.

    Args:
        name: the file's name, for the sentences.

    Raises:
        FactsFaults: it cannot be read at all; in sentences.
    """
    with tempfile.TemporaryDirectory(prefix="luming-book-") as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(content)
        try:
            return _read(path)
        except FactsFaults as problem:
            raise FactsFaults(
                replace(fault, where=fault.where.replace(path.name, name)) for fault in problem.faults
            ) from problem


def _read(path: Path) -> ReadBook:
    sheets = read_sheets(path)
    sheet, header, keys, ignored = _chosen(path, sheets)
    marks = sheet_marks(path, sheet.name)
    reader = _Rows(sheet, keys, header, marks)
    rows = tuple(reader.rows())
    if not rows:
        fault = Fault(
            "reporting.no_rows", f"{path.name} {sheet.name}", "没有一行带编号的数据", "至少一行报送项"
        )
        raise FactsFaults([fault])
    notes = [*_sheet_notes(sheets, sheet), *_column_notes(keys, ignored), *reader.notes()]
    if has_macros(path):
        notes.append("工作簿带有宏:没有运行,只读单元格里的内容;标出问题的工作簿里不再有宏。")
    return ReadBook(sheet.name, keys, header, rows, tuple(notes))


def _chosen(path: Path, sheets: Sequence[Sheet]) -> tuple[Sheet, int, tuple[str, ...], list[str]]:
    """The sheet that is read: the template's, hidden or not; else the only visible one that looks like it."""
    named = [sheet for sheet in sheets if compact(sheet.name) == SHEET]
    found = [(sheet, head) for sheet in named or _visible(sheets) if (head := _header(sheet)) is not None]
    if len(found) == 1:
        sheet, (number, heads) = found[0]
        keys, ignored = _keys(heads, f"{path.name} {sheet.name}!第{number}行")
        return sheet, number, keys, ignored
    names = "、".join(f"“{sheet.name}”" for sheet in (sheets if not found else [one for one, _head in found]))
    fault = Fault(
        "reporting.no_sheet",
        path.name,
        f"{'有几张' if found else '没有'}带“编号”等列名的报送工作表({names or '没有工作表'})",
        f"一张名为“{SHEET}”的工作表,前{_SEARCHED_ROWS}行里有列名",
        "请在平台重新下载本期工作簿,把数据填进去",
    )
    raise FactsFaults([fault])


def _visible(sheets: Sequence[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.visible]


def _key_of(head: str) -> str:
    plain = _BRACKETS.sub("", compact(head).lower()).strip("*:")
    return _NAMES.get(plain, "")


def _header(sheet: Sheet) -> tuple[int, list[str]] | None:
    for number, cells in enumerate(sheet.rows(), 1):
        heads = [text_of_cell(_text(cell)) for cell in cells]
        if len({_key_of(head) for head in heads} - {""}) >= _FEWEST_HEADS:
            return number, heads
        if number >= _SEARCHED_ROWS:
            break
    return None


def _keys(heads: Sequence[str], where: str) -> tuple[tuple[str, ...], list[str]]:
    keys: list[str] = []
    ignored: list[str] = []
    faults: list[Fault] = []
    for head in heads:
        key = _key_of(head)
        if key and key in keys:
            faults.append(
                Fault("reporting.column_twice", where, f"列“{LABELS[key]}”出现两次", "每列只有一个")
            )
        elif not key and head and head != FAULT_HEAD:
            ignored.append(head)
        keys.append(key)
    remedy = "请在平台重新下载本期工作簿,把数据填进去"
    if "number" not in keys:
        faults.append(
            Fault("reporting.no_numbers", where, "没有“编号”列", "下载时隐藏在第一列的“编号”", remedy)
        )
    if not set(keys) & set(_FILLED):
        wanted = "、".join(LABELS[key] for key in _FILLED)
        faults.append(
            Fault("reporting.no_columns", where, "没有一列是可以填的", f"{wanted}中的至少一列", remedy)
        )
    if faults:
        raise FactsFaults(faults)
    return tuple(keys), ignored


def _sheet_notes(sheets: Sequence[Sheet], read: Sheet) -> Iterator[str]:
    if not read.visible:
        yield f"工作表“{read.name}”是隐藏的,因为是报送表,照样读入。"
    others = [
        f"“{sheet.name}”" if sheet.visible else f"隐藏的“{sheet.name}”"
        for sheet in sheets
        if sheet.name not in (read.name, HELP)
    ]
    if others:
        yield f"只读工作表“{read.name}”,没有读:{'、'.join(others)}。"


def _column_notes(keys: Sequence[str], ignored: Sequence[str]) -> Iterator[str]:
    if ignored:
        yield f"没有读的列:{'、'.join(f'“{head[:30]}”' for head in ignored[:20])}。"
    missing = [LABELS[key] for key in _FILLED if key not in keys]
    if missing:
        yield f"没有“{'”“'.join(missing)}”列,这些内容保持原样。"


class _Rows:
    """Goes through the rows below the heads."""

    def __init__(self, sheet: Sheet, keys: Sequence[str], header: int, marks: SheetMarks) -> None:
        self._sheet = sheet
        self._keys = keys
        self._header = header
        self._marks = marks
        self._merged = _later_cells(sheet, header, keys)
        self._without_number: list[int] = []
        self._hidden = 0

    def rows(self) -> Iterator[BookRow]:
        """Each row that says something.

        Raises:
            FactsFaults: more rows than are taken at once.
        """
        count = 0
        for number, cells in enumerate(self._sheet.rows(), 1):
            if number <= self._header:
                continue
            row = self._row(number, cells)
            if row is None:
                continue
            count += 1
            if count > MOST_ROWS:
                fault = Fault(
                    "reporting.too_many_rows",
                    self._sheet.name,
                    f"超过{MOST_ROWS}行",
                    f"一次最多{MOST_ROWS}行",
                )
                raise FactsFaults([fault])
            self._hidden += number in self._marks.hidden_rows
            yield row

    def notes(self) -> Iterator[str]:
        """What one should know of the rows, once they were read."""
        if self._hidden:
            yield f"有{self._hidden}行被筛选或隐藏,也一并读入。"
        if self._without_number:
            shown = "、".join(str(number) for number in self._without_number[:10])
            more = "等" if len(self._without_number) > 10 else ""
            yield f"第{shown}行{more}没有编号也没有填写内容,没有读。"

    def _row(self, number: int, cells: Sequence[Cell]) -> BookRow | None:
        texts: dict[str, str] = {}
        formulas: list[str] = []
        faults: list[tuple[str, str]] = []
        for at, (key, cell) in enumerate(zip(self._keys, cells, strict=False), 1):
            if not key:
                continue
            texts[key] = _of(key, cell)
            address = f"{column_letters(at)}{number}"
            if address in self._marks.formulas:
                formulas.append(key)
            if key in _FILLED or key == "number":
                problem = self._problem(key, cell, address)
                if problem:
                    faults.append((key, problem))
        if not any(texts.get(key) for key in ("number", *_FILLED)) and not faults:
            if any(texts.values()):
                self._without_number.append(number)
            return None
        return BookRow(number, texts, tuple(formulas), tuple(faults))

    def _problem(self, key: str, cell: Cell, address: str) -> str:
        if address in self._merged:
            return f"在合并单元格{self._merged[address]}里,只有它的第一格有内容。请取消合并,逐行填写。"
        if address in self._marks.errors:
            return f"是错误值“{self._marks.errors[address]}”。请先在表格软件中改好公式,或直接填写。"
        if address in self._marks.formulas and address not in self._marks.results:
            return "是公式,但文件里没有算好的结果。请在表格软件中打开、保存一次再上传,或直接填写。"
        if key in ("value", "unchanged") and isinstance(cell, dt.date):
            return f"是日期{cell.isoformat()}(表格软件常把输入的数改成日期)。请把该格设为常规格式后重新填写。"
        return ""


def _later_cells(sheet: Sheet, header: int, keys: Sequence[str]) -> dict[str, str]:
    """The cells of merged areas but their first, each with the area's name; only where something is read."""
    found: dict[str, str] = {}
    for area in sheet.merged:
        name = f"{column_letters(area.left)}{area.top}:{column_letters(area.right)}{area.bottom}"
        for row in range(max(area.top, header + 1), area.bottom + 1):
            for column in range(area.left, min(area.right, len(keys)) + 1):
                if (row, column) != (area.top, area.left):
                    found[f"{column_letters(column)}{row}"] = name
    return found


def _of(key: str, cell: Cell) -> str:
    if key == "period" and isinstance(cell, dt.date):
        return f"{cell:%Y-%m}"
    text = _text(cell)
    if key in ("value", "unchanged"):
        text = _MARKS.sub("", text)
    return compact(text) if key == "number" else text_of_cell(text)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.isoformat()
