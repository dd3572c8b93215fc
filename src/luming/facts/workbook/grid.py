"""One sheet as a grid: the text of every cell, with merged cells answering for all of their area."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from luming.errors import FactsFaults, Fault
from luming.facts.sheet_marks import NO_MARKS, Marks
from luming.facts.sheets import Area, Sheet
from luming.facts.xlsx_guard import column_letters

MAX_ROWS = 20_000
MAX_COLUMNS = 500


@dataclass(slots=True)
class Grid:
    """Cells by (row, column) from 1; blank ones are absent."""

    name: str
    cells: dict[tuple[int, int], str]
    height: int
    width: int
    merged: tuple[Area, ...] = ()
    marks: Marks = NO_MARKS
    _owner: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for area in self.merged:
            for row in range(area.top, min(area.bottom, self.height) + 1):
                for column in range(area.left, min(area.right, self.width) + 1):
                    self._owner[row, column] = (area.top, area.left)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, or in the merged cell it belongs to."""
        return self.cells.get(self._owner.get((row, column), (row, column)), "")

    def owner(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the merged area a cell belongs to, or the cell itself."""
        return self._owner.get((row, column), (row, column))

    def unread(self, row: int, column: int) -> str:
        """The formula or error of a cell that has no stored result, else ""."""
        return self.marks.unread.get(self.owner(row, column), "")

    def row(self, row: int) -> list[str]:
        """The texts of a row, merged cells repeated."""
        return [self.text(row, column) for column in range(1, self.width + 1)]

    def distinct(self, row: int) -> int:
        """How many different cells with text reach into a row."""
        owners = {self.owner(row, column) for column in range(1, self.width + 1)}
        return sum(1 for place in owners if self.cells.get(place))

    def is_spread(self, row: int) -> bool:
        """Whether a row holds one cell merged across at least two columns, as titles and notes do."""
        return (
            any(
                area.top <= row <= area.bottom
                and area.right > area.left
                and self.cells.get((area.top, area.left))
                for area in self.merged
            )
            and self.distinct(row) == 1
        )


def grid_of(sheet: Sheet) -> Grid:
    """The grid of a sheet, without the blank margins.

    Raises:
        FactsFaults: the sheet is larger than any report; part of it must not be read for the whole.
    """
    cells = {}
    for row, values in enumerate(sheet.rows(), 1):
        for column, value in enumerate(values, 1):
            text = value.isoformat() if isinstance(value, dt.date) else value.strip("\r\n\t ")
            if not text.strip():
                continue
            if row > MAX_ROWS or column > MAX_COLUMNS:
                raise FactsFaults([_too_large(sheet.name, row, column)])
            cells[row, column] = text
    for place, text in sheet.marks.unread.items():
        if place[0] > MAX_ROWS or place[1] > MAX_COLUMNS:
            raise FactsFaults([_too_large(sheet.name, *place)])
        cells[place] = text
    height = max((row for row, _ in cells), default=0)
    width = max((column for _, column in cells), default=0)
    return Grid(sheet.name, cells, height, width, sheet.merged, sheet.marks)


def _too_large(name: str, row: int, column: int) -> Fault:
    return Fault(
        "facts.report_too_large",
        f"{name}!{address(row, column)}",
        f"第{row}行、第{column}列还有内容",
        f"不超过{MAX_ROWS}行、{MAX_COLUMNS}列的报表",
        "大批数据请用 luming facts export 导出的模板填报后导入",
    )


def address(row: int, column: int) -> str:
    """The address of a cell as a spreadsheet writes it.

    >>> address(12, 5)
    'E12'
    """
    return f"{column_letters(column)}{row}"
