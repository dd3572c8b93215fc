"""Apache Spark on two executors writes the same rows as DuckDB, hash for hash, and as the scalar evaluator."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import duckdb
import pytest

from luming.standards import read_standards
from luming.standards.columnar import Wanted, assess_table
from standards.columns_and_cells import differing, expected, write_table, written
from standards.random_standards import AS_OF, constants, firms

PACKS = Path(__file__).parents[2] / "packs"
TWO_EXECUTORS = "local-cluster[2,1,1024]"


@pytest.mark.slow
@pytest.mark.needs("spark")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("key", ["tech_sme", "enterprise_size"])
def test_two_executors_write_the_same_rows(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PYSPARK_PYTHON", sys.executable)
    catalogue = read_standards(path for path in PACKS.iterdir() if path.is_dir())
    standard = catalogue.versions[key][-1]
    rows = firms(random.Random(key), standard, constants("2 10 30 100 300 1000 2000 20000"), 120)
    source, here, there = (tmp_path / name for name in ("firms.parquet", "duckdb.parquet", "spark"))
    write_table(standard, rows, source)
    wanted = Wanted(parts=True)
    assess_table([standard], source, here, AS_OF, wanted=wanted)
    done = assess_table(
        [standard], source, there, AS_OF, engine="spark", master=TWO_EXECUTORS, memory="1GB", wanted=wanted
    )
    assert done.rows == len(rows)
    assert not differing(expected(standard, rows, AS_OF), written(f"{there}/*.parquet"))
    with duckdb.connect() as connection:
        hashes = [
            connection.execute(
                f"SELECT count(*), bit_xor(hash(t)), sum(hash(t)) FROM read_parquet('{files}') t"
            ).fetchone()
            for files in (here, f"{there}/*.parquet")
        ]
    assert hashes[0] == hashes[1]
