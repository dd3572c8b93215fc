"""A whole table of firms assessed by many standards: from file to file, in a stream, on one machine or on a cluster."""

from __future__ import annotations

import datetime as dt
import gc
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import duckdb
from sqlglot import exp

from luming.errors import LumingError
from luming.standards.columnar.dialect import written
from luming.standards.columnar.plan import Plan, Table
from luming.standards.columnar.reading import Field
from luming.standards.columnar.refused import Written, refused_of
from luming.standards.columnar.verdicts import Wanted
from luming.standards.model import Standard

FORMATS = {".parquet": "parquet", ".csv": "csv"}
MERGING = ("partial_aggregate_pushdown", "filter_pushdown", "common_subexpressions")
"""Steps of DuckDB's optimiser that put the expressions of one layer into the next."""


def assess_table(
    standards: Sequence[Standard],
    source: Path | str | duckdb.DuckDBPyRelation,
    target: Path | str,
    as_of: dt.date,
    *,
    engine: Literal["duckdb", "spark"] = "duckdb",
    memory: str = "2GB",
    threads: int = 2,
    keep: Sequence[str] = ("id",),
    wanted: Wanted | None = None,
    check: bool = True,
    master: str = "local[2]",
    then: Callable[[exp.Expr], exp.Expr] | None = None,
) -> Written:
    """Assess every row of a table by some standards and write one row for each.

    Args:
        source: a Parquet or CSV file (or a pattern of files), or a relation of DuckDB; columns are named by fact.
        target: the Parquet or CSV file to write (with Spark, a folder of Parquet).
        keep: columns carried through; those the table lacks are left out.
        check: count the cells that cannot be read, by a query of its own.
        master: the cluster, for Spark.
        then: what is selected from the result instead of all of it; given the query, it gives one over it.

    Raises:
        LumingError: a formula needs more digits than a column has, or the files cannot be read or written.
    """
    if engine == "spark":
        from luming.standards.columnar.spark import assess_on_spark

        if not isinstance(source, str | Path):
            raise LumingError("Spark 只读文件;请给出 Parquet 或 CSV 的路径。")
        return assess_on_spark(
            standards,
            Path(source),
            Path(target),
            as_of,
            master=master,
            memory=memory,
            keep=keep,
            wanted=wanted,
            check=check,
            then=then,
        )
    with _session(source, memory, threads) as (connection, file):
        table = described(connection, file, keep)
        table = replace(table, sound=_sound(connection, Plan(standards, table, as_of, wanted), file))
        plan = Plan(standards, table, as_of, wanted)

        def rows_of(query: exp.Expr) -> list[tuple[Any, ...]]:
            return connection.execute(written(query, "duckdb")).fetchall()

        refused = refused_of(plan, rows_of) if check else ()
        rows = _copy(connection, plan, Path(target), then)
    return Written(Path(target), rows, refused)


@contextmanager
def _session(
    source: Path | str | duckdb.DuckDBPyRelation, memory: str, threads: int
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """A connection with bounds, and the file to read: a relation, which may be read only once, is written to one."""
    with tempfile.TemporaryDirectory(prefix="luming-") as spill:
        connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "threads": threads,
                "temp_directory": spill,
                "preserve_insertion_order": False,
            }
        )
        try:
            _plain(connection)
            if isinstance(source, str | Path):
                file = Path(source)
            else:
                file = Path(spill) / "firms.parquet"
                source.write_parquet(str(file))
            yield connection, file
        finally:
            connection.close()


def _plain(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave the layers of the query as they are: merged into one, their expressions would grow without measure."""
    known = {row[0] for row in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall()}
    off = ",".join(item for item in MERGING if item in known)
    connection.execute(f"SET disabled_optimizers = '{off}'")


def described(connection: duckdb.DuckDBPyConnection, source: Path, keep: Sequence[str]) -> Table:
    """How the table is named in a query, and its columns."""
    relation = relation_of(source)
    query = exp.Select(expressions=[exp.Star()]).from_(relation.copy()).sql(dialect="duckdb")
    try:
        rows = connection.execute(f"DESCRIBE {query}").fetchall()
    except duckdb.Error as problem:
        raise LumingError(f"读不了表“{source}”:{str(problem).splitlines()[0]}") from None
    fields = {row[0]: Field.of(row[1]) for row in rows}
    return Table(relation, fields, tuple(item for item in keep if item in fields))


def relation_of(source: Path) -> exp.Expr:
    """The function that reads a file; a CSV is read as text, cell by cell."""
    path = exp.Literal.string(str(source))
    match FORMATS.get(source.suffix.lower()):
        case "parquet":
            return exp.Anonymous(this="read_parquet", expressions=[path])
        case "csv":
            text = exp.PropertyEQ(this=exp.to_identifier("all_varchar"), expression=exp.true())
            return exp.Anonymous(this="read_csv", expressions=[path, text])
    raise LumingError(f"表“{source}”应为 .parquet 或 .csv 文件。")


def _sound(connection: duckdb.DuckDBPyConnection, plan: Plan, source: Path) -> frozenset[str]:
    """The columns of a Parquet file whose cells need no check, mostly by the statistics in the file."""
    if FORMATS.get(source.suffix.lower()) != "parquet":
        return frozenset()
    asked = {item.source: item.unsound() for item in plan.readings.values()}
    looks = {f"{key} {at}": look for key, found in asked.items() for at, look in enumerate(found or [])}
    strange: set[str] = set()
    # Least and greatest are asked by themselves: the database then answers from the statistics and reads no row.
    ends = {key: look for key, look in looks.items() if look.find(exp.Min)}
    for some in (ends, {key: look for key, look in looks.items() if key not in ends}):
        if some:
            query = exp.Select(expressions=[exp.alias_(look, key, quoted=True) for key, look in some.items()])
            row = connection.execute(written(query.from_(plan.table.relation.copy()), "duckdb")).fetchone()
            strange |= {key.split()[0] for key, bad in zip(some, row or (), strict=True) if bad}
    shared = Counter(item.source for item in plan.readings.values())
    return frozenset(
        key for key, found in asked.items() if found is not None and key not in strange and shared[key] == 1
    )


def _copy(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    target: Path,
    then: Callable[[exp.Expr], exp.Expr] | None,
) -> int:
    format_ = FORMATS.get(target.suffix.lower())
    if format_ is None:
        raise LumingError(f"结果“{target}”应为 .parquet 或 .csv 文件。")
    options = ["FORMAT parquet"] if format_ == "parquet" else ["FORMAT csv", "HEADER true"]
    if format_ == "parquet":
        options.append(f"KV_METADATA {{{_versions(plan)}}}")
    part = target.with_name(f".{target.name}.{os.getpid()}")
    text = exp.Literal.string(str(part)).sql(dialect="duckdb")
    with _uncollected():
        found = plan.query(apart=True)
        query = written(then(found) if then else found, "duckdb")
    sql = f"COPY ({query}) TO {text} ({', '.join(options)})"
    try:
        count = connection.execute(sql).fetchone()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return int(count[0]) if count else 0


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles, which half of the time of building a large tree would go to."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _versions(plan: Plan) -> str:
    """Which rule each column follows, for the file's own metadata."""
    items = {f"standard:{standard.name}": standard.sha256 for standard in plan.standards}
    items["as_of"] = plan.as_of.isoformat()
    return ", ".join(
        f"{exp.to_identifier(key, quoted=True).sql(dialect='duckdb')}: {exp.Literal.string(value).sql(dialect='duckdb')}"
        for key, value in items.items()
    )
