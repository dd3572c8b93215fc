"""What a sheet keeps out of sight: hidden rows and columns, formulas, and results that were never stored.

The reader of sheets (sheets.py) shows a cell of an unsaved or broken formula as a blank one, and says nothing of what
is hidden. Office workbooks are read with these marks beside the cells, so that nothing of it disappears.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from luming.errors import FactsFaults, Fault
from luming.facts.xlsx_guard import column_number, sheet_parts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_YES = ("1", "true")
_MOST_COLUMNS = 16_384
_LONGEST = 60
MACROS = "xl/vbaProject.bin"

Place = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is out of sight on one sheet.

    Attributes:
        formulas: cells whose value is reckoned.
        unread: cells without a stored result by their place, with the formula (=SUM(B2:B5)) or the error (#REF!).
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[Place] = frozenset()
    unread: dict[Place, str] = field(default_factory=dict)


NO_MARKS = Marks()


def marks_of(path: Path) -> dict[str, Marks]:
    """The marks of every sheet of a workbook that has been looked over (xlsx_guard.py), by its name.

    Raises:
        FactsFaults: a sheet cannot be parsed.
    """
    try:
        with zipfile.ZipFile(path) as package:
            found = {}
            for part, name in sheet_parts(package).items():
                if part in package.namelist():
                    with package.open(part) as stream:
                        found[name] = _marks(stream)
            return found
    except (ElementTree.ParseError, ValueError) as problem:
        fault = Fault(
            "facts.corrupt", path.name, "损坏的工作簿", "完整的.xlsx工作簿", "请在表格软件中打开并重新另存"
        )
        raise FactsFaults([fault]) from problem


def has_macros(path: Path) -> bool:
    """Whether a workbook carries macros; they are never run."""
    with zipfile.ZipFile(path) as package:
        return MACROS in package.namelist()


def _marks(stream: IO[bytes]) -> Marks:
    rows: set[int] = set()
    columns: set[int] = set()
    formulas: set[Place] = set()
    unread: dict[Place, str] = {}
    row = 0
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        if event == "start" and element.tag == f"{_MAIN}row":
            row = int(element.get("r", row + 1))
            if element.get("hidden") in _YES:
                rows.add(row)
        elif event == "end" and element.tag == f"{_MAIN}col":
            columns.update(_hidden_columns(element))
        elif event == "end" and element.tag == f"{_MAIN}c":
            _look(element, row, formulas, unread)
            element.clear()
        elif event == "end" and element.tag == f"{_MAIN}row":
            element.clear()
    return Marks(frozenset(rows), frozenset(columns), frozenset(formulas), unread)


def _hidden_columns(element: ElementTree.Element) -> Iterator[int]:
    if element.get("hidden") in _YES:
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        yield from range(max(1, first), min(last, _MOST_COLUMNS) + 1)


def _look(cell: ElementTree.Element, row: int, formulas: set[Place], unread: dict[Place, str]) -> None:
    formula, value = cell.find(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v") or ""
    is_error = cell.get("t") == "e"
    if formula is None and not is_error:
        return
    letters = "".join(sign for sign in cell.get("r", "") if sign.isalpha())
    place = (row, column_number(letters))
    if not place[1]:
        return
    if formula is not None:
        formulas.add(place)
    if is_error or (not value and cell.get("t") != "str"):
        text = f"={formula.text}" if formula is not None and formula.text else "=公式"
        unread[place] = (value or "#错误")[:_LONGEST] if is_error else text[:_LONGEST]
