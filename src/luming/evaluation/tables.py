"""The tables that may be handed in to an evaluation: their names, their columns, and what reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luming.errors import Fault
from luming.evaluation import payment, repeal, survey, task
from luming.evaluation.table_file import Column
from luming.pack import Pack

Reader = Callable[[Path, Pack], tuple[tuple[Any, ...], list[Fault]]]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it is called, which columns it has, and the function that gives its rows and faults."""

    label: str
    columns: tuple[Column, ...]
    read: Reader


TABLES: Mapping[str, Table] = {
    "tasks": Table("任务进展表", task.COLUMNS, task.read_tasks),
    "payments": Table("资金支付表", payment.COLUMNS, payment.read_payments),
    "satisfaction": Table("企业满意度答卷表", survey.COLUMNS, survey.read_survey),
    "repeals": Table("依据废止登记表", repeal.COLUMNS, repeal.read_repeals),
}
