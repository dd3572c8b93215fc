"""The same query on Apache Spark, for tables beyond one machine. Needs the extra `spark` and Java 17."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from luming.errors import LumingError
from luming.standards.columnar.dialect import written
from luming.standards.columnar.plan import Plan, Table
from luming.standards.columnar.reading import Field
from luming.standards.columnar.refused import Written, refused_of
from luming.standards.columnar.verdicts import Wanted
from luming.standards.model import Standard

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
    # Merging the layers would repeat their expressions without measure.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.adaptive.enabled": "true",
    # The plan of a standard with many parts and cells is large; one gigabyte, the default, is not enough to think it out.
    "spark.driver.memory": "4g",
}
VIEW = "luming_firms"


def assess_on_spark(
    standards: Sequence[Standard],
    source: Path,
    target: Path,
    as_of: dt.date,
    *,
    master: str = "local[2]",
    memory: str = "2GB",
    keep: Sequence[str] = ("id",),
    wanted: Wanted | None = None,
    check: bool = True,
    then: Callable[[exp.Expr], exp.Expr] | None = None,
) -> Written:
    """Assess every row of a file by some standards; the result is a folder of Parquet files.

    Args:
        master: the cluster: `local[2]`, `spark://host:7077`, `yarn`.
        then: as for `assess_table`; the versions are then not noted in the columns.
    """
    session = spark_session(master, memory)
    firms = _read(session, source)
    firms.createOrReplaceTempView(VIEW)
    fields = {name: Field.of(type_) for name, type_ in firms.dtypes}
    table = Table(exp.to_table(VIEW), fields, tuple(item for item in keep if item in fields))
    plan = Plan(standards, table, as_of, wanted)

    def rows(query: exp.Expr) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in session.sql(written(query, "spark")).collect()]

    refused = refused_of(plan, rows) if check else ()
    query = plan.query()
    found = session.sql(written(then(query) if then else query, "spark"))
    if then is None:
        found = _with_versions(found, plan)
    found.write.mode("overwrite").parquet(str(target))
    return Written(target, session.read.parquet(str(target)).count(), refused)


def spark_session(master: str, memory: str) -> SparkSession:
    """A session on a cluster.

    Raises:
        LumingError: pyspark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise LumingError("没有安装 pyspark;请安装 luming[spark](另需 Java 17)。") from None
    builder = (
        SparkSession.builder.master(master).appName("luming").config("spark.executor.memory", _short(memory))
    )
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _short(memory: str) -> str:
    return memory.lower().replace("gb", "g").replace("mb", "m")


def _read(session: SparkSession, source: Path) -> DataFrame:
    if source.suffix.lower() == ".csv":
        return session.read.option("header", True).option("inferSchema", False).csv(str(source))
    return session.read.parquet(str(source))


def _with_versions(found: DataFrame, plan: Plan) -> DataFrame:
    """Which rule each column follows, in the file's own metadata."""
    for standard, label in plan.labels:
        found = found.withMetadata(
            f"{label}_outcome",
            {"standard": standard.name, "sha256": standard.sha256, "as_of": str(plan.as_of)},
        )
    return found
