"""Cells of a table are read as the scalar reader reads them: written in every manner, in binary, or refused."""

from __future__ import annotations

import csv
import random
from collections import Counter
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from luming.standards import InputKind, Standard, read_facts, read_standards
from luming.standards.columnar import Plan, assess_table
from luming.standards.columnar.dialect import written
from luming.standards.columnar.table import described
from standards.random_standards import AS_OF

PACKS = Path(__file__).parents[2] / "packs"
NUMBERS = [
    "80",
    "1,234.5",
    "500人",
    "８０",
    "-",
    "",
    "8.0",
    "8.5",
    "1e2",
    "1.5e1",
    "abc",
    "99999999",
    "-1",
    " 12 ",
    "+5",
    ".5",
    "5.",
    "无数据",
    "1E-3",
    "12万元",
    "3.000000",
    "0.1234567",
    "12.340000000",
]
FLAGS = ["是", "否", "true", "1", "0", "无", "有", "√", "×", "", "?", "NO", "Yes", "nan"]
CHOICES = ("国家级", " 省部级", "无", "", "部级", "市级以下")
BINARY = (
    0.1,
    1e-6,
    123456.789012,
    0.1 + 0.2,
    1e9,
    1e9 + 1,
    -0.1,
    float("nan"),
    float("inf"),
    999999999.999999,
    0.1234567,
)


@pytest.fixture(scope="module")
def standard() -> Standard:
    return read_standards(path for path in PACKS.iterdir() if path.is_dir()).versions["tech_sme"][-1]


def read(standard: Standard, source: Path) -> list[dict[str, object]]:
    with duckdb.connect() as connection:
        plan = Plan([standard], described(connection, source, ("id",)), AS_OF)
        found = connection.execute(f"SELECT * FROM ({written(plan.read(), 'duckdb')}) ORDER BY id::INTEGER")
        names = [column[0].removeprefix("f_") for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def on_grid(standard: Standard, row: dict[str, object]) -> dict[str, object]:
    facts, _ = read_facts(row, standard.inputs)
    return {
        key: int(value / standard.inputs[key].step) if isinstance(value, Fraction) else value
        for key, value in facts.items()
    }


def test_cells_written_in_every_manner_are_read_alike(standard: Standard, tmp_path: Path) -> None:
    rng = random.Random(3)
    kinds = {InputKind.NUMBER: NUMBERS, InputKind.FLAG: FLAGS, InputKind.CHOICE: CHOICES}
    rows = [{key: rng.choice(kinds[item.type]) for key, item in standard.inputs.items()} for _ in range(400)]
    source = tmp_path / "firms.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *standard.inputs])
        writer.writerows([at, *row.values()] for at, row in enumerate(rows))
    for row, got in zip(rows, read(standard, source), strict=True):
        assert {key: got[key] for key in standard.inputs if got[key] is not None} == on_grid(standard, row)
    refused = Counter(
        key for row in rows for key, value in row.items() if read_facts({key: value}, standard.inputs)[1]
    )
    done = assess_table([standard], source, tmp_path / "out.csv", AS_OF)
    assert {item.key: item.count for item in done.refused} == refused
    assert "“500人”" in " ".join(fault.sentence() for item in done.refused for fault in item.faults)


def test_binary_numbers_are_read_as_the_decimals_that_print_them(standard: Standard, tmp_path: Path) -> None:
    source = tmp_path / "firms.parquet"
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE firms (id INTEGER, revenue DOUBLE, employees DOUBLE)")
        connection.executemany(
            "INSERT INTO firms VALUES (?, ?, ?)", [[at, v, v] for at, v in enumerate(BINARY)]
        )
        connection.execute(f"COPY firms TO '{source}' (FORMAT parquet)")
        done = assess_table([standard], connection.table("firms"), tmp_path / "out.csv", AS_OF)
    assert done.rows == len(BINARY)
    for value, got in zip(BINARY, read(standard, source), strict=True):
        wanted = on_grid(standard, {"revenue": value, "employees": value})
        assert {key: found for key, found in got.items() if key != "id" and found is not None} == wanted
