"""What the scalar evaluator says of rows, written as the columns of the evaluator over tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from luming.standards import InputKind, Standard, assess, read_facts
from luming.standards.kind import kind_of
from luming.standards.places import places

TYPES = {InputKind.FLAG: "BOOLEAN", InputKind.CHOICE: "VARCHAR", InputKind.DATE: "DATE"}


def write_table(
    standard: Standard, rows: Sequence[dict[str, Any]], path: Path, absent: Sequence[str] = ()
) -> None:
    """Rows as a Parquet file, numbered by `id`; some columns left out."""
    keys = [key for key in standard.inputs if key not in absent]
    columns = ["id BIGINT"]
    for key in keys:
        item = standard.inputs[key]
        whole = "BIGINT" if not item.decimals else f"DECIMAL(28, {item.decimals})"
        columns.append(f'"{key}" {TYPES.get(item.type, whole)}')
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE firms ({', '.join(columns)})")
        values = [[at, *(row.get(key) for key in keys)] for at, row in enumerate(rows)]
        connection.executemany(f"INSERT INTO firms VALUES ({', '.join('?' * (len(keys) + 1))})", values)
        connection.execute(f"COPY firms TO '{path}' (FORMAT parquet)")


def expected(
    standard: Standard, rows: Sequence[dict[str, Any]], as_of: dt.date, label: str = ""
) -> list[dict[str, Any]]:
    """The columns with all parts, row by row, as the scalar evaluator finds them."""
    facts = [read_facts(row, standard.inputs)[0] for row in rows]
    placed = places(standard, facts, as_of)
    found = []
    for known, place in zip(facts, placed, strict=True):
        got = assess(standard, known, as_of, place)
        columns: dict[str, Any] = {"outcome": got.outcome.value}
        if standard.classes:
            columns |= {"class": got.class_, "classes": "".join(f"{name}|" for name in got.classes)}
        for key, span in {**got.scores, **got.parts}.items():
            columns |= {f"{key}_low": span.low, f"{key}_high": span.high}
        for item in standard.amounts:
            factor = kind_of(item.unit)[1]
            span = got.amounts[item.key]
            columns |= {f"{item.key}_low": span.low / factor, f"{item.key}_high": span.high / factor}
        found.append({f"{label or standard.key}_{key}": value for key, value in columns.items()})
    return found


def written(pattern: Path | str) -> list[dict[str, Any]]:
    """The rows of a result in order of `id`, decimals as fractions."""
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM read_parquet('{pattern}') ORDER BY id")
        names = [column[0] for column in found.description]
        rows = found.fetchall()
    return [
        {
            name: Fraction(value) if not isinstance(value, str | type(None)) else value
            for name, value in zip(names, row, strict=True)
            if name != "id"
        }
        for row in rows
    ]


def differing(wanted: Sequence[dict[str, Any]], got: Sequence[dict[str, Any]]) -> list[str]:
    """What differs, a line each."""
    assert len(wanted) == len(got)
    return [
        f"row {at}: {key} should be {value}, is {mine[key]}"
        for at, (theirs, mine) in enumerate(zip(wanted, got, strict=True))
        for key, value in theirs.items()
        if mine[key] != value
    ]
