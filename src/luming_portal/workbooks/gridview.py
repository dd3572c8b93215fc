"""A sheet as it is, for the page: letters and numbers, merged cells, what is hidden, and what became of every cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from luming.errors import FactsFaults
from luming.facts import Sheet
from luming.facts.workbook import Account, Grid, Kind, Reading, address_of, grid_of

MOST_ROWS = 40
MOST_COLUMNS = 30
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell, or the first one of a merged area."""

    text: str
    address: str
    rows: int
    columns: int
    kind: str
    reason: str
    is_formula: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its number."""

    number: int
    is_hidden: bool
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """The first rows and columns of a sheet, and how many there are in all."""

    name: str
    is_visible: bool
    letters: tuple[tuple[str, bool], ...]
    rows: tuple[ShownRow, ...]
    height: int
    width: int
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    formulas: int

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is shown."""
        return self.height > len(self.rows) or self.width > len(self.letters)


def shown_sheet(sheet: Sheet, reading: Reading | None) -> ShownSheet | None:
    """A sheet for the page; None where it is larger than any report."""
    try:
        grid = grid_of(sheet)
    except FactsFaults:
        return None
    accounts = {
        account.address: account
        for account in (reading.accounts if reading else ())
        if account.sheet == sheet.name
    }
    height, width = min(grid.height, MOST_ROWS), min(grid.width, MOST_COLUMNS)
    hidden = grid.marks.hidden_columns
    rows = tuple(
        ShownRow(row, row in grid.marks.hidden_rows, tuple(_cells(grid, row, height, width, accounts)))
        for row in range(1, height + 1)
    )
    return ShownSheet(
        sheet.name,
        sheet.visible,
        tuple((address_of(1, column)[:-1], column in hidden) for column in range(1, width + 1)),
        rows,
        grid.height,
        grid.width,
        tuple(sorted(row for row in grid.marks.hidden_rows if row <= grid.height)),
        tuple(address_of(1, column)[:-1] for column in sorted(hidden) if column <= grid.width),
        len(grid.marks.formulas),
    )


def _cells(
    grid: Grid, row: int, height: int, width: int, accounts: dict[str, Account]
) -> Iterator[ShownCell]:
    for column in range(1, width + 1):
        if grid.owner(row, column) != (row, column):
            continue
        bottom = row
        while bottom < height and grid.owner(bottom + 1, column) == (row, column):
            bottom += 1
        right = column
        while right < width and grid.owner(row, right + 1) == (row, column):
            right += 1
        place = address_of(row, column)
        account = accounts.get(place)
        text = grid.text(row, column)
        yield ShownCell(
            text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…",
            place,
            bottom - row + 1,
            right - column + 1,
            _kind(account),
            account.reason if account and account.kind is Kind.LEFT else "",
            (row, column) in grid.marks.formulas,
            row in grid.marks.hidden_rows or column in grid.marks.hidden_columns,
        )


def _kind(account: Account | None) -> str:
    if account is None:
        return "blank"
    return "amiss" if account.amiss else account.kind.value
