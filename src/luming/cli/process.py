"""`luming process`: which processes there are, whether each is sound, what it says, and its drawing."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from luming.cases import (
    SYSTEM,
    Clock,
    Process,
    ProcessFaults,
    Transition,
    condition_said,
    drawing,
    read_process,
    read_versions,
    unknown_facts,
)
from luming.cli.console import console, say, table
from luming.cli.standard.shelf import LANGUAGE, PACKS, catalogue
from luming.errors import Fault, FaultyInput


class NoSuchProcess(FaultyInput):
    """A process that is not there."""

    consequence = "没有读取任何流程。"


@click.group()
def command() -> None:
    """流程:有哪些、走不走得通、写了什么、画成图。"""


@command.command("list")
@PACKS
def list_(packs: Path) -> None:
    """列出全部流程及各版本:状态、步骤、时限的个数和出处。"""
    rows = [
        (
            item.name, item.about.label, "、".join(item.measures), str(len(item.states)), str(len(item.transitions)),
            str(len(item.clocks)), item.about.mark.label,
        )
        for versions in read_versions(_roots(packs)).values()
        for item in versions
    ]  # fmt: skip
    columns = ("代码@版本", "名称", "条", "状态", "步骤", "时限", "出处")
    console().print(table("流程", columns, rows, right=("状态", "步骤", "时限")))


@command.command("check")
@PACKS
@click.pass_context
def check(context: click.Context, packs: Path) -> None:
    """核对全部流程:每个状态都能到达、都能走到终点,每个时限有人负责,每个步骤有角色,每项事实在字典里。"""
    known = catalogue(packs).inputs
    faults: list[Fault] = []
    paths = [path for root in _roots(packs) for path in sorted((root / "processes").glob("*.yaml"))]
    for path in paths:
        try:
            found = unknown_facts(read_process(path), known)
        except ProcessFaults as problem:
            found = list(problem.faults)
        say(f"{path.stem}:" + (f"{len(found)}处问题" if found else "走得通"))
        for fault in found:
            say(f"  {fault.sentence()}")
        faults += found
    say(f"共{len(paths)}个流程,{len(faults)}处问题。")
    context.exit(1 if faults else 0)


@command.command("show")
@click.argument("process")
@PACKS
def show(process: str, packs: Path) -> None:
    """逐项写出一个流程:状态、步骤、由谁办理、时限和出处。"""
    item = _find(process, packs)
    screen = console()
    screen.print(
        f"{item.about.label}({item.name}),第{'、'.join(item.measures) or '—'}条,{item.about.mark.label}"
    )
    for text in (item.about.note, *(f"未查到:{one}" for one in item.not_found)):
        if text:
            screen.print(text)
    steps = [_step(item, one) for one in item.transitions.values()]
    screen.print(table("步骤", ("步骤", "从", "到", "由谁", "条件", "出处"), steps))
    clocks = [_clock(item, one) for one in item.clocks.values()]
    if clocks:
        screen.print(table("时限", ("时限", "在哪里计时", "暂停", "多长", "由谁负责", "出处"), clocks))


@command.command("draw")
@click.argument("process")
@click.option(
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="写到哪个 SVG 文件。",
)
@click.option("--narrow", is_flag=True, help="窄屏的画法:一列状态,各列出去向。")
@LANGUAGE
@PACKS
def draw(process: str, target: Path, narrow: bool, language: str, packs: Path) -> None:
    """把一个流程画成 SVG 图。"""
    item = _find(process, packs)
    target.write_text(drawing(item, narrow=narrow, language=language), encoding="utf-8")
    say(f"{item.about.label}:{len(item.states)}个状态,图在{target}。")


def _roots(packs: Path) -> list[Path]:
    return sorted(path for path in packs.iterdir() if path.is_dir())


def _find(name: str, packs: Path) -> Process:
    versions = read_versions(_roots(packs))
    every = [item for items in versions.values() for item in items]
    found = [item for item in every if name in (item.key, item.name, item.about.label)]
    if found:
        return found[-1]
    close = difflib.get_close_matches(
        name, [word for item in every for word in (item.key, item.about.label)], 3, 0.4
    )
    remedy = f"是否想写{'、'.join(f'“{one}”' for one in close)}" if close else "请用 luming process list 查看"
    raise NoSuchProcess([Fault("process.unknown", f"流程“{name}”", "没有这个流程", "已有的流程", remedy)])


def _step(process: Process, item: Transition) -> tuple[str, str, str, str, str, str]:
    names = [process.states[key].about.label for key in item.sources]
    roles = [process.roles[key].about.label if key != SYSTEM else "到时自动" for key in item.roles]
    when = "、".join(condition_said(process, one) for one in item.when)
    if item.at_most:
        when = "、".join(filter(None, [when, f"至多{item.at_most}次"]))
    return (
        item.about.label, "、".join(names), process.states[item.target].about.label, "、".join(roles), when,
        item.about.mark.label,
    )  # fmt: skip


def _clock(process: Process, clock: Clock) -> tuple[str, str, str, str, str, str]:
    limit = clock.limit
    if limit.span:
        said = limit.span.said
    else:
        said = ",".join(f"{name}{span.said}" for name, span in limit.table) or f"至“{limit.until}”所填之日"
    running = "、".join(process.states[key].about.label for key in clock.runs_in)
    paused = "、".join(process.states[key].about.label for key in clock.paused_in)
    owner = process.roles[clock.owner].about.label
    return clock.about.label, running, paused, said, owner, clock.about.mark.label
