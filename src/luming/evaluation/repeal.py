"""Clauses whose legal basis has been repealed, as a table names them (repeals.csv).

Clauses die one by one (包府发〔2025〕3号 took two out of the talent measures of 2021), so a repeal is recorded for a
measure or a single commitment. Nobody has checked what no row names: the report says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from luming.errors import Fault
from luming.evaluation.survey import names_of, numbered
from luming.evaluation.table_file import Column, TableRow, read_table, repeated
from luming.pack import Pack

COLUMNS = (
    Column("clause", "条款", "条的编号(如 10、m10),或承诺的编号、名称"),
    Column("basis", "原依据", "被废止的文件或条文"),
    Column("repealed_by", "废止文件", "哪份文件废止了它"),
    Column("effective_on", "失效日期", "如 2025-02-17"),
)


@dataclass(frozen=True, slots=True)
class Repeal:
    """A repealed basis. `clause` is the id of a measure or of a commitment."""

    clause: str
    basis: str
    repealed_by: str
    effective_on: dt.date


def read_repeals(path: Path, pack: Pack) -> tuple[tuple[Repeal, ...], list[Fault]]:
    """The repeals of a table, and every fault found; with faults the repeals are not to be used."""
    rows, faults = read_table(path, COLUMNS)
    clauses = {name: one.id for one in numbered(pack) for name in names_of(one)}
    clauses |= {name: item.id for item in pack.commitments for name in (item.id, item.label)}
    repeals = [_repeal(row, clauses) for row in rows]
    faults += [fault for row in rows for fault in row.faults]
    faults += repeated(rows, ("clause", "basis"), {"clause": clauses})
    return tuple(repeal for repeal in repeals if repeal is not None), faults


def _repeal(row: TableRow, clauses: dict[str, str]) -> Repeal | None:
    clause, basis = row.one_of("clause", clauses), row.needed("basis")
    by, day = row.needed("repealed_by"), row.day("effective_on")
    if row.faults or day is None:
        return None
    return Repeal(clause, basis, by, day)
