"""The SQL that standards become, to be read or to be run elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlglot import exp

from luming.standards.columnar.dialect import Dialect, written
from luming.standards.columnar.plan import Plan, Table
from luming.standards.columnar.reading import Field
from luming.standards.model import Input, InputKind, Standard

_COLUMNS = {InputKind.FLAG: "BOOLEAN", InputKind.CHOICE: "VARCHAR", InputKind.DATE: "DATE"}


def sql_of(standards: Sequence[Standard], as_of: dt.date, dialect: Dialect, table: str = "firms") -> str:
    """The query of some standards over a table with one column a fact, numbers as decimals in the unit of the fact.

    Raises:
        LumingError: a formula may need more digits than a column has.
    """
    inputs = {key: item for standard in standards for key, item in standard.inputs.items()}
    fields = {"id": Field.of("VARCHAR"), **{key: Field.of(_stored(item)) for key, item in inputs.items()}}
    plan = Plan(standards, Table(exp.to_table(table), fields, ("id",)), as_of)
    return written(plan.query(), dialect, pretty=True)


def _stored(item: Input) -> str:
    return _COLUMNS.get(item.type, f"DECIMAL(28,{item.decimals})")
