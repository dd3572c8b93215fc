"""What the figures of a sheet do not say of themselves: which were reckoned by a formula, which are errors, what is hidden.

Formulas are never evaluated. A cell of a formula holds the result that the spreadsheet program put there when it saved;
a program that only writes formulas leaves none.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from luming.errors import FactsFaults, Fault
from luming.facts.xlsx_guard import sheet_parts

_CHUNK = 1 << 16


@dataclass(slots=True)
class SheetMarks:
    """Marks of one sheet.

    Attributes:
        formulas: addresses of cells with a formula.
        results: those of them that hold a result.
        errors: addresses of error values, with the value (#REF!).
        hidden_rows: numbers of rows that are hidden, by hand or by a filter.
    """

    formulas: set[str] = field(default_factory=set)
    results: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


def sheet_marks(path: Path, sheet: str) -> SheetMarks:
    """The marks of a sheet of a workbook that `read_sheets` has opened: its guard has looked it over.

    Raises:
        FactsFaults: the sheet breaks off or is no well-formed XML.
    """
    marks = SheetMarks()
    with zipfile.ZipFile(path) as package:
        part = next((part for part, name in sheet_parts(package).items() if name == sheet), None)
        if part is None:
            return marks
        reader = _Reader(marks)
        parser: Any = expat.ParserCreate()
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        try:
            with package.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as problem:
            fault = Fault(
                "facts.corrupt",
                path.name,
                "损坏的工作簿",
                "完整的.xlsx工作簿",
                "请在表格软件中打开并重新另存",
            )
            raise FactsFaults([fault]) from problem
    return marks


def has_macros(path: Path) -> bool:
    """Whether a workbook carries a program; it is never run."""
    with zipfile.ZipFile(path) as package:
        return any(name.lower().endswith("vbaproject.bin") for name in package.namelist())


class _Reader:
    """Follows the cells of a sheet."""

    def __init__(self, marks: SheetMarks) -> None:
        self._marks = marks
        self._address = ""
        self._is_error = False
        self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        match name.rpartition(":")[2]:
            case "row":
                if attributes.get("hidden") in ("1", "true") and attributes.get("r", "").isdigit():
                    self._marks.hidden_rows.add(int(attributes["r"]))
            case "c":
                self._address = attributes.get("r", "")
                self._is_error = attributes.get("t") == "e"
            case "f":
                self._marks.formulas.add(self._address)
            case "v":
                self._in_value = True

    def text(self, text: str) -> None:
        """Text of an element; only that of values counts."""
        if self._in_value and text:
            if self._address in self._marks.formulas:
                self._marks.results.add(self._address)
            if self._is_error:
                self._marks.errors[self._address] = self._marks.errors.get(self._address, "") + text

    def end(self, name: str) -> None:
        """An element closes."""
        if name.rpartition(":")[2] == "v":
            self._in_value = False
