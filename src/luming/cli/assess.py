"""`luming assess STANDARD --input FILE --output FILE`: every firm of a table by one or more standards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import click
from rich.progress import Progress

from luming.cli.console import DAY, console, say, today
from luming.cli.standard.shelf import FILE, PACKS, catalogue, find
from luming.standards import Input, Standard, assess_firms, check_row, read_firms, write_result
from luming.standards.columnar import assess_table

_ENGINES = ("exact", "duckdb", "spark")
_SHOWN = 20
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("standards", nargs=-1, required=True)
@click.option("--input", "source", type=FILE, required=True, help="企业表:CSV、xlsx 或 Parquet,一行一家。")
@click.option(
    "--output", "target", type=_NEW_FILE, required=True, help="结果写到哪里:CSV、xlsx;大表用 Parquet 或 CSV。"
)
@click.option("--as-of", type=DAY, help="按哪一天适用的版本评价;不写就是今天。")
@click.option(
    "--engine",
    type=click.Choice(_ENGINES),
    help="exact 逐家精确评价并写明原因;duckdb 本机大表;spark 集群。不写时 Parquet 用 duckdb,其余用 exact。",
)
@PACKS
def command(
    standards: tuple[str, ...],
    source: Path,
    target: Path,
    as_of: dt.date | None,
    engine: str | None,
    packs: Path,
) -> None:
    """用一项或几项标准评价整张表。

    STANDARDS 写代码、代码加版本或中文名。读不出的格子列明行和列,按未知处理。
    """
    day = as_of or today()
    shelf = catalogue(packs)
    chosen = [find(shelf, name, day) for name in standards]
    parquet = source.suffix.lower() == ".parquet"
    engine = engine or ("duckdb" if parquet else "exact")
    if engine == "exact":
        if parquet or target.suffix.lower() not in (".csv", ".xlsx"):
            raise click.UsageError("exact 读 CSV、xlsx,写 CSV、xlsx;Parquet 请用 --engine duckdb。")
        _exact(shelf.inputs, chosen, source, target, day)
    else:
        _columnar(chosen, source, target, day, "spark" if engine == "spark" else "duckdb")


def _exact(
    inputs: Mapping[str, Input], chosen: list[Standard], source: Path, target: Path, day: dt.date
) -> None:
    table = read_firms(source, inputs)
    faults = list(table.faults)
    for firm in table.rows:
        where = f"{source.name} 第{firm.number}行"
        doubts = check_row(firm.facts, inputs, credit_code=firm.other.get("credit_code"))
        faults += [doubt.fault(where) for doubt in doubts]
    with Progress(console=console(), transient=True) as bar:
        task = bar.add_task("评价", total=len(table.rows))
        result = assess_firms(table, chosen, day, lambda done: bar.update(task, completed=done))
    write_result(target, result, faults)
    for fault in faults[:_SHOWN]:
        say(fault.sentence(), err=True)
    if len(faults) > _SHOWN:
        say(f"另有{len(faults) - _SHOWN}处,xlsx 结果的“未读入”表里有全部。", err=True)
    say(f"已评价{len(table.rows)}家,{len(faults)}处疑点,结果在{target}。")


def _columnar(
    chosen: list[Standard], source: Path, target: Path, day: dt.date, engine: Literal["duckdb", "spark"]
) -> None:
    written = assess_table(chosen, source, target, day, engine=engine, keep=("id", "name", "credit_code"))
    for column in written.refused:
        say(f"列“{column.label}”({column.key})有{column.count}格读不出,按未知处理:", err=True)
        for fault in column.faults[:_SHOWN]:
            say(f"  {fault.sentence()}", err=True)
    for item in chosen:
        say(f"{item.about.label}:{item.name},校验值{item.sha256[:12]}")
    say(f"已评价{written.rows}家,结果在{target}。")
