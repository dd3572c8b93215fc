"""`luming standard`: which standards there are, what they say and ask, and whether their cases hold."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from luming.cli.console import DAY, console, say, table, today
from luming.cli.standard import sensitivity
from luming.cli.standard.shelf import FILE, PACKS, catalogue, find, spell
from luming.standards import (
    Input,
    InputKind,
    Standard,
    cases_file,
    differences,
    figure,
    outline,
    read_cases,
    replay,
)
from luming.standards.columnar import Dialect, sql_of


@click.group()
def command() -> None:
    """标准:有哪些、写了什么、要哪些事实、用例对不对。"""


@command.command("list")
@click.option("--as-of", type=DAY, help="只列这一天适用的版本。")
@PACKS
def list_(as_of: dt.date | None, packs: Path) -> None:
    """列出全部标准及各版本的文号和适用日期。"""
    shelf = catalogue(packs)
    rows = [
        (
            item.name,
            item.about.label,
            item.document.number or item.document.title,
            spell(item),
            item.about.mark.label,
        )
        for versions in shelf.versions.values()
        for item in versions
        if as_of is None or item.in_force(as_of)
    ]
    console().print(table("标准", ("代码@版本", "名称", "文号", "适用", "出处"), sorted(rows)))


@command.command("columns")
@click.argument("standards", nargs=-1)
@click.option("--as-of", type=DAY, help="按哪一天适用的版本;不写就是今天。")
@PACKS
def columns(standards: tuple[str, ...], as_of: dt.date | None, packs: Path) -> None:
    """列出标准要用的事实:表里的列名、名称、单位、范围。不写标准则列全部。"""
    shelf = catalogue(packs)
    day = as_of or today()
    wanted: dict[str, Input] = {}
    for name in standards:
        wanted.update(find(shelf, name, day).inputs)
    rows = [_column(item) for item in (wanted or shelf.inputs).values()]
    console().print(table("事实", ("列名", "名称", "单位", "可填", "说明"), rows))


def _column(item: Input) -> tuple[str, str, str, str, str]:
    may = {
        InputKind.FLAG: "是、否",
        InputKind.DATE: "日期",
        InputKind.CHOICE: "、".join(item.options),
    }.get(item.type)
    if may is None:
        may = f"{figure(item.lowest, item.unit)}至{figure(item.highest, item.unit)},至多{item.decimals}位小数"
    return item.key, item.about.label, item.unit, may, item.about.note


@command.command("show")
@click.argument("standard")
@click.option("--as-of", type=DAY, help="按哪一天适用的版本;不写就是今天。")
@PACKS
def show(standard: str, as_of: dt.date | None, packs: Path) -> None:
    """逐项写出一项标准:条件、分档、分值,各注条款和出处。"""
    found = find(catalogue(packs), standard, as_of or today())
    screen = console()
    document = found.document
    screen.print(
        f"{found.about.label}({found.name}),{document.title}{document.number},适用{spell(found)},{found.about.mark.label}"
    )
    for text in (found.caution, found.about.note, *outline(found)):
        if text:
            screen.print(text)


@command.command("sql")
@click.argument("standards", nargs=-1, required=True)
@click.option(
    "--dialect",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="哪种 SQL。",
)
@click.option("--as-of", type=DAY, help="按哪一天适用的版本;不写就是今天。")
@PACKS
def sql(standards: tuple[str, ...], dialect: Dialect, as_of: dt.date | None, packs: Path) -> None:
    """写出标准编译成的 SQL:表名为 firms,每项事实一列,列名为代码。"""
    shelf = catalogue(packs)
    day = as_of or today()
    click.echo(sql_of([find(shelf, name, day) for name in standards], day, dialect))


command.add_command(sensitivity.command, "sensitivity")


@command.command("check")
@PACKS
@click.pass_context
def check(context: click.Context, packs: Path) -> None:
    """核对全部标准文件,并运行每份标准旁的用例。"""
    shelf = catalogue(packs)
    wrong = 0
    for path in sorted(packs.glob("*/standards/*/*.yaml")):
        if path.parent.name == "inputs" or path.name.endswith(".cases.yaml"):
            continue
        found = shelf.named(f"{path.parent.name}@{path.stem}")
        wrong += 0 if found is None else _check(found, path)
    say("全部用例与标准一致。" if not wrong else f"{wrong}个用例与标准不一致。")
    context.exit(1 if wrong else 0)


def _check(standard: Standard, path: Path) -> int:
    file = cases_file(path)
    if not file.exists():
        say(f"{standard.name}:没有用例({file.name})")
        return 1
    cases, faults = read_cases(file, standard)
    for fault in faults:
        say(fault.sentence())
    wrong = [(case.name, found) for case in cases if (found := differences(case, standard))]
    say(f"{standard.name}:{len(cases)}个用例,{len(wrong)}个不一致")
    for name, found in wrong:
        say(f"  {name}:{';'.join(found)}")
    return len(wrong) + len(faults)


@command.command("replay")
@click.argument("file", type=FILE)
@PACKS
@click.pass_context
def replay_(context: click.Context, file: Path, packs: Path) -> None:
    """按记录里的版本和事实复算 luming explain --json 的结果。"""
    shelf = catalogue(packs)
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise click.UsageError(f"{file.name}不是评价记录(JSON):{problem}") from None
    wrong = 0
    for item in kept if isinstance(kept, list) else [kept]:
        found = replay(item, shelf)
        wrong += bool(found)
        say(f"{item['standard']}@{item['version']}:{'复算一致' if not found else '复算不一致'}")
        for line in found:
            say(f"  {line}")
    context.exit(1 if wrong else 0)
