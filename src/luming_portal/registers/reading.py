"""A file of a register as a table of texts: XLSX or CSV, with the checks that must come before it is opened."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from luming.errors import FactsFaults, Fault
from luming.facts import Cell, open_lines, read_sheets
from luming_portal.language import in_every_language
from luming_portal.registers.cells import unguarded
from luming_portal.registers.column import Column

MOST_ROWS = 20_000
FAULT_HEAD = "问题"
"""Head of the column into which faults are written back; a file that comes again may still have it."""
_SEARCHED_ROWS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, the text of its cells by key of column, and which of them hold dates."""

    number: int
    cells: dict[str, str]
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds.

    Attributes:
        columns: keys of its columns in the order of the file; "" where a column is not read.
        header: number of the row with the heads.
        ignored: heads of columns that are only shown, never written.
    """

    columns: tuple[str, ...]
    header: int
    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()


def read_table(path: Path, name: str, columns: Sequence[Column], ignorable: Sequence[Column] = ()) -> Table:
    """Read a file.

    Args:
        name: the file's name, for the sentences; its end tells the kind.
        columns: what may be written; ignorable: what an export shows beside it.

    Raises:
        FactsFaults: in sentences for the person who handed it in.
    """
    lines = _workbook(path) if name.lower().endswith(".xlsx") else _csv(path, name)
    names = _names(columns)
    shown = _names(ignorable) | {FAULT_HEAD: ""}
    for number, cells in lines:
        if any(cells):
            heads = [_text(cell) for cell in cells]
            keys, ignored = _header(heads, names, shown, f"{name} 第{number}行")
            return Table(tuple(keys), number, tuple(_rows(lines, keys, name)), tuple(ignored))
        if number > _SEARCHED_ROWS:
            break
    raise FactsFaults(
        [Fault("registers.empty_file", name, "空的表格", "第一行为列名的表格", "请用“下载模板”得到表头")]
    )


def _workbook(path: Path) -> Iterator[tuple[int, list[Cell]]]:
    visible = [sheet for sheet in read_sheets(path) if sheet.visible]
    if not visible:
        raise FactsFaults(
            [Fault("registers.no_sheet", path.name, "没有可见的工作表", "至少一个可见的工作表")]
        )
    for number, cells in enumerate(visible[0].rows(), 1):
        yield number, [_plain(cell) if isinstance(cell, str) else cell for cell in cells]


def _plain(cell: str) -> str:
    return cell.strip(" \u3000\n\xa0\ufeff")


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.isoformat()


def _csv(path: Path, name: str) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(open_lines(path), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [unguarded(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as problem:
        raise FactsFaults(
            [
                Fault(
                    "registers.broken_csv",
                    f"{name} 第{line}行",
                    f"引号没有配对({problem})",
                    "每对引号完整的CSV",
                )
            ]
        ) from problem


def _names(columns: Iterable[Column]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in columns:
        names = [column.key, *in_every_language(column.label)]
        if column.unit:
            names += [
                f"{label}{opening}{unit}{closing}"
                for label in in_every_language(column.label)
                for unit in in_every_language(column.unit)
                for opening, closing in ("()", "\uff08\uff09")
            ]
        found |= dict.fromkeys(names, column.key)
    if "key" in found:
        found["id"] = "key"  # as tables of facts from the command line call it
    return found


def _header(
    cells: Sequence[str], names: dict[str, str], shown: dict[str, str], where: str
) -> tuple[list[str], list[str]]:
    keys: list[str] = []
    ignored: list[str] = []
    faults: list[Fault] = []
    for cell in cells:
        key = names.get(cell, "")
        if key and key in keys:
            faults.append(Fault("registers.column_twice", where, f"列“{cell}”出现两次", "每列只有一个"))
        elif not key and cell in shown:
            ignored.append(cell)
        elif not key and cell:
            known = "、".join(dict.fromkeys(names.values()))
            faults.append(
                Fault(
                    "registers.unknown_column",
                    where,
                    f"不认识的列“{cell[:40]}”,或您无权填写它",
                    f"模板里的列({known})",
                    "请删去此列,或用“下载模板”得到表头",
                )
            )
        keys.append(key)
    if not faults and not any(keys):
        faults.append(Fault("registers.no_columns", where, "没有一列是这个台账的", "模板里的列名"))
    if faults:
        raise FactsFaults(faults)
    return keys, ignored


def _rows(lines: Iterator[tuple[int, list[Cell]]], keys: Sequence[str], name: str) -> Iterator[Row]:
    count = 0
    for number, cells in lines:
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS:
            fault = Fault(
                "registers.too_many_rows",
                name,
                f"超过{MOST_ROWS}行",
                f"一次最多{MOST_ROWS}行",
                "请分成几个文件导入",
            )
            raise FactsFaults([fault])
        pairs = [(key, cell) for key, cell in zip(keys, cells, strict=False) if key]
        dates = tuple(key for key, cell in pairs if not isinstance(cell, str))
        yield Row(number, {key: _text(cell) for key, cell in pairs}, dates)
