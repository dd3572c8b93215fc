"""`luming standard`: which standards there are, what they say and ask, and whether their cases hold."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.console import Console

from luming.cli.console import DAY, console, say, table, today
from luming.cli.standard.shelf import PACKS, catalogue, find, spell
from luming.standards import Input, InputKind, Standard
from luming.standards.cases import cases_file, differences, read_cases
from luming.standards.condition import Condition, TestOf
from luming.standards.points import Bands, BestOf, Group, Part
from luming.standards.words import Words, figure


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
    for text in (found.caution, found.about.note):
        if text:
            screen.print(text)
    words = Words(found)
    for score in found.scores:
        _part(screen, score, words, 0)
    if found.rule is not None:
        _condition(screen, found.rule, words, 0)
    for item in found.classes:
        screen.print(f"{item.about.label}:")
        if item.when is not None:
            _condition(screen, item.when, words, 1)
    for amount in found.amounts:
        screen.print(f"{amount.about.label}({amount.unit}):{words.number(amount.formula)}")


_JOINTS = {"all": "全部", "any": "任一", "not": "不得", "at_least": "至少"}


def _condition(screen: Console, node: Condition, words: Words, depth: int) -> None:
    clause = f"({node.about.clause})" if node.about.clause else ""
    if isinstance(node, TestOf):
        screen.print(f"{'  ' * depth}{node.about.label or words.test(node.test)}{clause}  {node.written}")
        return
    count = f"{node.count}项" if node.op == "at_least" else ""
    screen.print(f"{'  ' * depth}[{_JOINTS[node.op]}{count}]{node.about.label}{clause}")
    for item in node.items:
        _condition(screen, item, words, depth + 1)


def _part(screen: Console, part: Part, words: Words, depth: int) -> None:
    most = f"满分{figure(part.highest, '分')}" if part.highest is not None else ""
    clause = f"({part.about.clause})" if part.about.clause else ""
    screen.print(f"{'  ' * depth}{part.about.label} {most}{clause}")
    body = part.body
    if isinstance(body, Group | BestOf):
        for inner in body.parts if isinstance(body, Group) else body.list:
            _part(screen, inner, words, depth + 1)
    elif isinstance(body, Bands):
        for band in body.list:
            points = figure(band.points.low, "分")
            if band.points.low != band.points.high:
                points = f"{figure(band.points.low, '')}–{figure(band.points.high, '分')}"
            screen.print(f"{'  ' * (depth + 1)}{words.number(body.of)} {band.written or '其余'}:{points}")


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
