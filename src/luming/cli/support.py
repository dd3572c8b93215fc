"""`luming support`: which items of support there are, whether they are written well, and what one firm is entitled to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import click

from luming.cli.console import DAY, console, say, table, today
from luming.cli.standard.shelf import FILE, PACKS
from luming.standards import Input, outline, read_firms
from luming.support import (
    MATTER,
    Catalogue,
    Entitlement,
    Entitlements,
    Item,
    Receiver,
    Verdict,
    beyond_data,
    cases_file,
    differences,
    entitle_table,
    entitlements,
    lint,
    next_question,
    questions,
    read_cases,
    read_support,
    said_money,
)

_SHOWN = 20


@click.group()
def command() -> None:
    """惠企事项:有哪些、写了什么、用例对不对,一家企业能享受什么。"""


def _catalogue(packs: Path) -> Catalogue:
    return read_support(sorted(path for path in packs.iterdir() if path.is_dir()))


@command.command("list")
@click.option("--as-of", type=DAY, help="只列这一天适用的事项。")
@PACKS
def list_(as_of: dt.date | None, packs: Path) -> None:
    """列出全部事项:文号条款、方式、适用日期、出处。"""
    rows = [
        (item.key, item.name, item.article, item.kind.label, item.lane.label, _spell(item), item.mark.label)
        for item in _catalogue(packs).items.values()
        if as_of is None or item.in_force(as_of)
    ]
    console().print(table("惠企事项", ("代码", "名称", "文号条款", "类别", "方式", "适用", "出处"), rows))


def _spell(item: Item) -> str:
    start = item.starts.isoformat() if item.starts else ""
    return f"{start}至{item.ends or '今'}"


@command.command("show")
@click.argument("item")
@PACKS
def show(item: str, packs: Path) -> None:
    """逐项写出一项事项:条件、金额、材料、追回情形、哪些是平台填的。"""
    found = _catalogue(packs).items.get(item)
    if found is None:
        raise click.UsageError(f"没有“{item}”这项事项;请用 luming support list 查看。")
    say(
        f"{found.name}({found.key}),{found.article},{found.kind.label},{found.lane.label},适用{_spell(found)},{found.mark.label}"
    )
    for label, text in (
        ("提醒", found.caution),
        ("说明", found.note),
        ("金额", found.not_found or ("文件写“最高”,是上限" if found.at_most else "")),
        ("废止", f"{found.repeal.on}起,依据{found.repeal.by}:{found.repeal.why}" if found.repeal else ""),
        ("牵头", found.lead),
        ("拨付", found.pays),
        ("材料", "、".join(found.evidence)),
        ("追回", "、".join(found.clawback)),
        ("公平竞争", found.fair_competition.why),
        ("平台填写、没有出处的项", "、".join(found.assumed)),
    ):
        if text:
            say(f"{label}:{text}")
    for line in outline(found.standard):
        say(line)


@command.command("check")
@PACKS
@click.pass_context
def check(context: click.Context, packs: Path) -> None:
    """核对全部事项文件,运行旁边的用例,列出公平竞争审查提示。"""
    catalogue = _catalogue(packs)
    wrong = 0
    for path in sorted(packs.glob("*/support/*.yaml")):
        if not path.name.endswith(".cases.yaml"):
            wrong += _check(path, catalogue)
    hints = [hint.sentence for hint in lint(catalogue.items.values()) if not hint.answered]
    hints += beyond_data(catalogue.items.values())
    for hint in hints:
        say(hint)
    say("全部用例与事项一致。" if not wrong else f"{wrong}处与事项不一致。")
    context.exit(1 if wrong or hints else 0)


def _check(path: Path, catalogue: Catalogue) -> int:
    file = cases_file(path)
    if not file.exists():
        say(f"{path.parent.parent.name}/{path.name}:没有用例({file.name})")
        return 1
    cases, faults = read_cases(file, catalogue)
    for fault in faults:
        say(fault.sentence())
    wrong = [(case.name, found) for case in cases if (found := differences(case, catalogue))]
    say(f"{path.parent.parent.name}/{path.name}:{len(cases)}个用例,{len(wrong)}个不一致")
    for name, found in wrong:
        say(f"  {name}:{';'.join(found)}")
    return len(wrong) + len(faults)


@command.command("calc")
@click.option(
    "--firm", "file", type=FILE, required=True, help="一家企业的事实:YAML 每行一项,或 CSV、xlsx 的一行。"
)
@click.option("--as-of", type=DAY, help="事项发生的日期;不写就是今天。")
@click.option("--all", "everyone", is_flag=True, help="也列平台、机构、个人的事项;不写只列企业的。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON,金额以分计。")
@PACKS
def calc(file: Path, as_of: dt.date | None, everyone: bool, as_json: bool, packs: Path) -> None:
    """一家企业的三张单子:可以享受、暂不符合、尚不能判断,以及先补哪项数据。"""
    catalogue = _catalogue(packs)
    firms = read_firms(file, catalogue.inputs)
    for fault in firms.faults:
        say(fault.sentence(), err=True)
    if not firms.rows:
        raise click.UsageError(f"{file.name}里没有企业。")
    facts = firms.rows[0].facts
    day = as_of or today()
    found = entitlements(catalogue, facts, day, receiver=None if everyone else Receiver.ENTERPRISE)
    asked = next_question(found, facts)
    if as_json:
        click.echo(json.dumps(_as_data(found, asked, questions(found, facts)), ensure_ascii=False, indent=2))
        return
    _print(found, catalogue.inputs)
    if asked:
        say(f"先补这一项:{_label(asked, catalogue.inputs)}({asked})。")


@command.command("assess")
@click.option(
    "--input", "source", type=FILE, required=True, help="企业表:Parquet 或 CSV,一行一家,列名是事实代码。"
)
@click.option(
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="结果:Parquet 或 CSV。",
)
@click.option("--as-of", type=DAY, help="事项发生的日期;不写就是今天。")
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="计算引擎。"
)
@PACKS
def assess(
    source: Path, target: Path, as_of: dt.date | None, engine: Literal["duckdb", "spark"], packs: Path
) -> None:
    """整张企业表:每家每项的结论、金额(分)和合计,以此前没有兑付过为前提。"""
    catalogue, day = _catalogue(packs), as_of or today()
    written = entitle_table(catalogue, source, target, day, engine=engine, keep=("id", "name", "credit_code"))
    for column in written.refused:
        say(f"列“{column.label}”({column.key})有{column.count}格读不出,按未知处理:", err=True)
        for fault in column.faults[:_SHOWN]:
            say(f"  {fault.sentence()}", err=True)
    count = len(catalogue.in_force(day, Receiver.ENTERPRISE))
    say(f"已计算{written.rows}家,{count}项,结果在{target}。")


def _print(found: Entitlements, inputs: Mapping[str, Input]) -> None:
    say(f"按{found.as_of}适用的条款,以此前没有兑付过为前提。")
    for title, ones in (("可以享受", found.yes), ("尚不能判断", found.unknown), ("暂不符合", found.not_yet)):
        say(f"{title}{len(ones)}项")
        for one in ones:
            say(f"  {one.item.name}({one.item.article}):{_money(one)};{_why(one, inputs)}")
    say(f"可以享受的合计预计{said_money(found.certain)},其中来自官方文件的{said_money(found.told)}。")


def _money(one: Entitlement) -> str:
    item = one.item
    if item.not_found:
        return item.not_found.rstrip("。")
    if not item.amount_key:
        return item.kind.label
    if not one.bounded:
        return "金额视数据而定"
    return ("预计" if item.kind.pays else "节税估算") + said_money(one.expected)


def _why(one: Entitlement, inputs: Mapping[str, Input]) -> str:
    if one.verdict is Verdict.NO:
        return "、".join(one.against[:3]) or "不符合"
    bits = [one.item.mark.label, one.binding.label, one.manual.rstrip("。")]
    if one.missing:
        bits.append("还缺" + "、".join(_label(key, inputs) for key in one.missing[:4]))
    return ";".join(bit for bit in bits if bit)


def _label(key: str, inputs: Mapping[str, Input]) -> str:
    return f"{key.removeprefix(MATTER)}的编号" if key.startswith(MATTER) else inputs[key].about.label


def _as_data(found: Entitlements, asked: str | None, missing: tuple[str, ...]) -> dict[str, Any]:
    def one_of(one: Entitlement) -> dict[str, Any]:
        return {
            "item": one.item.key,
            "name": one.item.name,
            "clause": one.item.article,
            "verdict": one.verdict.value,
            "low": one.expected.low,
            "high": one.expected.high if one.bounded else None,
            "lane": one.item.lane.value,
            "mark": one.item.mark.value,
            "told": one.told,
            "binding": one.binding.value,
            "manual": one.manual,
            "missing": list(one.missing),
            "against": list(one.against),
        }

    return {
        "as_of": found.as_of.isoformat(),
        "yes": [one_of(one) for one in found.yes],
        "not_yet": [one_of(one) for one in found.not_yet],
        "unknown": [one_of(one) for one in found.unknown],
        "certain": {"low": found.certain.low, "high": found.certain.high},
        "total": {"low": found.total.low, "high": found.total.high},
        "told": {"low": found.told.low, "high": found.told.high},
        "ask_next": asked,
        "missing": list(missing),
    }
