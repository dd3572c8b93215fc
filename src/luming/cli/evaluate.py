"""`luming evaluate PACK`: the half-yearly or yearly evaluation of a document, drafted from data."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from luming import __version__
from luming.cli.console import DAY, FOLDER, NEW_FOLDER, console, say, today
from luming.cli.run import DEMO_SEED, read_facts
from luming.errors import Fault, FaultyInput
from luming.evaluation import (
    CONSEQUENCE,
    Evaluation,
    Material,
    Span,
    demo_material,
    evaluate,
    parse_half,
    read_payments,
    read_repeals,
    read_survey,
    read_tasks,
)
from luming.pack import Pack, load, load_predecessors
from luming.publication import check_replaceable, code_hash, evaluation_files, publish
from luming.report import default_desk

Row = TypeVar("Row")
Reader = Callable[[Path, Pack], tuple[tuple[Row, ...], list[Fault]]]
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DEMO_DAYS = 45
"""Days after the span on which the demonstration stands, when its last month has been reported."""


class _Half(click.ParamType[Span]):
    """A half year written 2025H1."""

    name = "半年"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        if isinstance(value, Span):
            return value
        try:
            return parse_half(str(value))
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


@click.command()
@click.argument("pack", type=FOLDER)
@click.option("--half", type=_Half(), help="评估哪个半年,如 2025H1。")
@click.option("--year", type=click.IntRange(1949, 2200), help="评估哪一年,如 2025。与 --half 二选一。")
@click.option("--as-of", type=DAY, help="站在哪一天评,只用那天已知的数;不写就是今天。")
@click.option(
    "--out", type=NEW_FOLDER, default=Path("out-evaluation"), show_default=True, help="报告放在哪个文件夹。"
)
@click.option("--facts", "facts_file", type=_FILE, help="事实文件;不写则用城市文件夹里的 facts.csv。")
@click.option("--tasks", type=_FILE, help="任务进展表(CSV),列见办公室人员用法。")
@click.option("--payments", type=_FILE, help="资金支付表(CSV)。")
@click.option("--satisfaction", type=_FILE, help="企业满意度答卷表(CSV)。")
@click.option("--repeals", type=_FILE, help="依据废止登记表(CSV)。")
@click.option("--demo", is_flag=True, help="用演示年的虚构数据评估,每页标明演示数据。")
@click.option("--demo-seed", type=int, default=DEMO_SEED, show_default=True, help="演示年的种子。")
@click.option("--replace", "drop_changes", is_flag=True, help="输出文件夹里添加或改动过的文件也一并换掉。")
def command(
    pack: Path,
    half: Span | None,
    year: int | None,
    as_of: dt.date | None,
    out: Path,
    facts_file: Path | None,
    tasks: Path | None,
    payments: Path | None,
    satisfaction: Path | None,
    repeals: Path | None,
    demo: bool,
    demo_seed: int,
    drop_changes: bool,
) -> None:
    """按半年或全年评估一份文件,写出评估报告草稿(Word、PDF、网页)。

    任务、资金、满意度、废止四张表可有可无;没有给的,报告写明缺什么、向谁要,不作结论。
    """
    span = _span(half, year)
    check_replaceable(out, drop_changes=drop_changes)
    loaded = load(pack)
    files = {"tasks": tasks, "payments": payments, "satisfaction": satisfaction, "repeals": repeals}
    given = {name: file for name, file in files.items() if file is not None}
    if demo:
        _refuse_real(given, facts_file)
        day = as_of or span.end + dt.timedelta(days=_DEMO_DAYS)
        material = demo_material(loaded, span, day, demo_seed, load_predecessors(loaded))
        facts_hash = ""
    else:
        file = facts_file or loaded.city / "facts.csv"
        material = _real(loaded, span, as_of or today(), file, given)
        facts_hash = _hash_of(file)
    evaluation = evaluate(material)
    code = code_hash()
    desk = replace(default_desk(evaluation.board), version=_version(loaded, facts_hash, code))
    made_from: dict[str, object] = {
        "luming": __version__,
        "code_sha256": code,
        "pack": {"id": loaded.document.id, "folder": pack.name, "sha256": loaded.sha256},
        "earlier": [{"id": one.document.id, "sha256": one.sha256} for one in material.earlier],
        "span": span.period.text,
        "as_of": material.as_of.isoformat(),
        "facts": {"sha256": facts_hash, "count": len(material.facts)},
        "tables": {name: {"file": file.name, "sha256": _hash_of(file)} for name, file in given.items()},
        "demo": {"seed": demo_seed} if demo else None,
    }
    papers = {paper.name: paper.content for paper in evaluation_files(evaluation, desk)}
    publish(out, papers, made_from, drop_changes=drop_changes)
    _say(evaluation, out, list(papers))


def _span(half: Span | None, year: int | None) -> Span:
    if half is not None and year is not None:
        raise click.UsageError("--half 和 --year 只能写一个")
    if half is not None:
        return half
    if year is None:
        raise click.UsageError("请写明评估时段:--half 2025H1 或 --year 2025")
    return Span(year)


def _refuse_real(given: Mapping[str, Path], facts_file: Path | None) -> None:
    """The demonstration invents all of its data: real tables have no place beside it."""
    named = [f"--{name}" for name in given] + (["--facts"] if facts_file else [])
    if named:
        raise FaultyInput(
            [
                Fault(
                    "evaluation.demo_mixed",
                    "命令",
                    f"--demo 与 {'、'.join(named)} 同时使用",
                    "演示年只用虚构数据",
                    "请去掉 --demo,或去掉这些文件",
                )
            ],
            CONSEQUENCE,
        )


def _real(pack: Pack, span: Span, as_of: dt.date, facts_file: Path, given: Mapping[str, Path]) -> Material:
    """The material as handed in; the faults of all tables are told together."""
    faults: list[Fault] = []

    def rows(name: str, reader: Reader[Row]) -> tuple[Row, ...] | None:
        if name not in given:
            return None
        found, wrong = reader(given[name], pack)
        faults.extend(wrong)
        return found

    material = Material(
        pack=pack,
        facts=read_facts(facts_file, pack),
        span=span,
        as_of=as_of,
        earlier=load_predecessors(pack),
        tasks=rows("tasks", read_tasks),
        payments=rows("payments", read_payments),
        answers=rows("satisfaction", read_survey),
        repeals=rows("repeals", read_repeals),
    )
    if faults:
        raise FaultyInput(faults, CONSEQUENCE)
    return material


def _version(pack: Pack, facts_hash: str, code: str) -> str:
    facts = f"事实{facts_hash[:12]}" if facts_hash else "演示数据由种子生成"
    return f"鹿鸣{__version__};文件数据{pack.sha256[:12]};{facts};程序{code[:12]}"


def _hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _say(evaluation: Evaluation, out: Path, names: list[str]) -> None:
    screen = console()
    counts = "、".join(
        f"{outcome.label}{count}项" for outcome, count in evaluation.outcomes().items() if count
    )
    mark = "(演示数据)" if evaluation.demo else ""
    total = len(evaluation.memories)
    screen.print(f"{evaluation.span.label()}{total}项目标{mark}:{counts or '没有目标'}。", soft_wrap=True)
    told = "、".join(f"{advice.label}{count}条" for advice, count in evaluation.advice_counts().items())
    screen.print(f"建议(草案):{told}。", soft_wrap=True)
    for one in evaluation.lacking():
        screen.print(f"没有取得{one.name}数据,请向{'、'.join(one.ask)}索取。", soft_wrap=True)
    say(f"已写出{len(names) + 1}个文件:{out}。")
