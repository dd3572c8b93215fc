"""`luming extract FILE`: the commitments in the text of a document, as a table, as JSON, or as a draft pack."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import click

from luming.cli.console import console, say, table
from luming.cli.posting import post
from luming.desk import DeskFaults, decompose, pack_files
from luming.document import outline, read_text
from luming.errors import DocumentFaults, Fault
from luming.extract import Item, SecondReader, SecondReaderError, extract, to_json
from luming.pack import write_files

_KINDS = {"target": "目标", "support_cap": "支持标准", "budget": "资金安排", "count": "数量与规模"}
_SIGNS = {">=": "≥", "<=": "≤", "=": "=", "~": "约"}
_FOLDER = re.compile(r"\d{4}-\d+")
_CITY = re.compile(r"[a-z]+")


@click.command("extract")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出JSON(数值精确,字符位置以读入的文本计)。")
@click.option(
    "--year",
    type=click.IntRange(1949, 2199),
    help="“年内”“今年”所指的年份;默认按文号、日期、标题判断。",
)
@click.option(
    "--pack",
    "folder",
    type=click.Path(path_type=Path),
    help="把草稿写入此目录,形如 packs/城市拼音/年份-文号,例如 packs/hangzhou/2024-36。",
)
@click.option("--place", default="", help="地区名,写入草稿。")
@click.option(
    "--second-reader",
    "address",
    help="第二读者:任何 OpenAI 兼容接口的地址,如 http://localhost:8000/v1。默认不用;只提议,逐条标明,不改已有结果。",
)
@click.option(
    "--second-model", "model", help="第二读者所用模型的名称。密钥取自环境变量 LUMING_SECOND_READER_KEY。"
)
def command(
    file: Path,
    as_json: bool,
    year: int | None,
    folder: Path | None,
    place: str,
    address: str | None,
    model: str | None,
) -> None:
    """从文件文本抽取目标、支持标准、资金、数量,每个数都指回原文。"""
    text = read_text(file)
    items = extract(text, year=year)
    if address is not None:
        items = _with_proposals(text, items, address, model)
    if folder is not None:
        count = _write_draft(folder, file, text, items, place, year)
        say(f"已写入草稿 {folder}:{count}个文件,{len(items)}项数量条目。请逐项核对后使用。", err=True)
    if as_json:
        click.echo(to_json(items), nl=False)
    elif folder is None:
        _show(file, text, items, year)


def _with_proposals(text: str, items: list[Item], address: str, model: str | None) -> list[Item]:
    """The items with what the second reader proposes beside them, in the order of the text."""
    if not model:
        raise click.UsageError("用第二读者时须同时写明 --second-model。")
    say(f"原文将发送到 {address}。", err=True)
    reader = SecondReader(address, os.environ.get("LUMING_SECOND_READER_KEY", ""), model, post)
    try:
        proposed = reader.propose(text, items)
    except SecondReaderError as problem:
        say(f"第二读者没有给出可用的回答,以下只是程序抽取的结果。{problem}", err=True)
        return items
    say(f"第二读者提议{len(proposed)}项,已标“提议”,须人工核对。", err=True)
    return sorted([*items, *proposed], key=lambda item: item.start)


def _show(file: Path, text: str, items: Sequence[Item], year: int | None) -> None:
    head = outline(text).head
    screen = console()
    screen.print(f"{head.title or file.name} {head.number}".strip())
    known = year or head.year
    screen.print(f"文件年份:{known}" if known else "文件年份:未能判断(可用 --year 指定)")
    rows = [_row(one) for one in items]
    columns = ("条", "类别", "指标", "", "数值", "单位", "增长", "时限", "原文位置")
    screen.print(table("抽取结果", columns, rows, right=("数值", "增长")))
    counts = Counter(one.kind for one in items)
    parts = [f"{label}{counts[kind]}项" for kind, label in _KINDS.items()]
    screen.print(f"共{len(items)}项:" + "、".join(parts) + "。由程序按语法抽取,使用前请逐项核对原文。")


def _row(item: Item) -> tuple[str, ...]:
    value = _number(item.value)
    if item.alt_value is not None:
        value = f"{_number(item.alt_value)}—{value}"
    growth = ""
    if item.growth_pct is not None:
        growth = f"{_SIGNS.get(item.growth_comparator or '=', '')}{_number(item.growth_pct)}%"
    label = _KINDS[item.kind] + ("(争取)" if item.aspiration and item.kind == "target" else "")
    label += "(提议)" if item.proposed_by else ""
    deadline = item.deadline.isoformat() if item.deadline else ""
    place = f"{item.sentence} [{item.start}:{item.end}]"
    return (
        item.measure,
        label,
        item.indicator,
        _SIGNS[item.comparator],
        value,
        item.unit,
        growth,
        deadline,
        place,
    )


def _number(value: Decimal) -> str:
    return format(value, "f")


def _write_draft(
    folder: Path, file: Path, text: str, items: Sequence[Item], place: str, year: int | None
) -> int:
    """Write a draft pack and return the number of its files."""
    resolved = folder.resolve()
    if not _FOLDER.fullmatch(resolved.name) or not _CITY.fullmatch(resolved.parent.name):
        found = f"目录“{folder}”"
        raise _refusal(
            "pack_folder", "--pack", found, "城市拼音/年份-文号 的形式", "例如 packs/hangzhou/2024-36"
        )
    identity = f"{resolved.parent.name}.{resolved.name}"
    try:
        files = pack_files(decompose(text, identity, place, year, items))
        write_files(resolved, files)
    except DeskFaults as problem:
        raise DocumentFaults(
            [replace(fault, where=f"{file} 的{fault.where}") for fault in problem.faults],
            consequence="没有写入任何文件。",
        ) from problem
    except FileExistsError as problem:
        raise _refusal(
            "exists", str(folder), f"已有文件{problem}", "空目录", "请换一个目录,或先移走旧草稿"
        ) from problem
    return len(files)


def _refusal(code: str, where: str, found: str, expected: str, remedy: str) -> DocumentFaults:
    return DocumentFaults([Fault(code, where, found, expected, remedy)], consequence="没有写入任何文件。")
