"""Cells of a table that are not the fact their column is named after: counted, and the first of them told one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlglot import exp

from luming.errors import Fault
from luming.standards.columnar.plan import Plan
from luming.standards.columnar.reading import Reading
from luming.standards.model import Input, InputKind

REPORTED = 100
"""So many refused cells of a column are told one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Cells of a column that are not the fact they should be; they were treated as unknown."""

    key: str
    label: str
    count: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote.

    Attributes:
        rows: how many firms.
        refused: the columns with cells that could not be read; empty when they were not looked for.
    """

    target: Path
    rows: int
    refused: tuple[Refused, ...] = ()


def refused_of(plan: Plan, rows: Callable[[exp.Expr], list[tuple[Any, ...]]]) -> tuple[Refused, ...]:
    """The refused cells of a table.

    Args:
        rows: runs a query.
    """
    (counts,) = rows(plan.refusals())
    found = []
    for reading, count in zip(plan.readings.values(), counts, strict=True):
        if count:
            cells = rows(plan.refused_cells(reading, REPORTED))
            faults = tuple(_fault(plan, reading, row) for row in cells)
            found.append(Refused(reading.source, reading.item.about.label, int(count), faults))
    return tuple(found)


def _fault(plan: Plan, reading: Reading, row: Sequence[object]) -> Fault:
    kept = [item for item in plan.table.keep if item != reading.source]
    firm = "、".join(f"{item} {value}" for item, value in zip(kept, row[:-1], strict=True))
    place = f"“{reading.item.about.label}”({reading.source})"
    where = f"{firm}的{place}" if firm else place
    return Fault("facts.value", where, f"“{row[-1]}”", _expected(reading.item), "这一项按未知处理")


def _expected(item: Input) -> str:
    match item.type:
        case InputKind.FLAG:
            return "是或否"
        case InputKind.CHOICE:
            return f"以下之一:{'、'.join(item.options)}"
        case InputKind.DATE:
            return "日期,如 2019-05-31"
    low, high = (f"{float(bound / item.factor):.15g}" for bound in (item.lowest, item.highest))
    return f"{low}到{high}{item.unit}之间、至多{item.decimals}位小数的数"
