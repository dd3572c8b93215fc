"""`luming run PACK`: the main job. Document and facts in; lights, forecasts, papers and pages out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from luming import __version__
from luming.cli.board_table import board_table
from luming.cli.console import DAY, FOLDER, NEW_FOLDER, console, say, today
from luming.errors import Fault, FaultyInput
from luming.facts import Dictionary, Fact, read_csv
from luming.monitor import OVERRIDES, append_history, read_history, read_overrides
from luming.pack import Pack, load, load_predecessors
from luming.publication import MANIFEST, Order, Outcome, carry_out, check_replaceable, code_hash, publish

HISTORY = "lights.jsonl"
DEMO_SEED = 2025
_LONGEST_ADDRESS = 300


@click.command()
@click.argument("pack", type=FOLDER)
@click.option("--as-of", type=DAY, help="站在哪一天看,只用那天已知的数;不写就是今天。")
@click.option("--out", type=NEW_FOLDER, default=Path("out"), show_default=True, help="结果放在哪个文件夹。")
@click.option(
    "--facts",
    "facts_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="事实文件;不写则用城市文件夹里的 facts.csv。",
)
@click.option("--address", help="结果将放在哪个网址;写了,纸上的二维码就打开该网址,不写则自带核验内容。")
@click.option("--replace", "drop_changes", is_flag=True, help="输出文件夹里添加或改动过的文件也一并换掉。")
@click.option("--record", is_flag=True, help="把当天的灯记入亮灯记录(只增不改)。")
@click.option("--demo/--no-demo", default=True, show_default=True, help="是否附上演示年。")
@click.option("--demo-seed", type=int, default=DEMO_SEED, show_default=True, help="演示年的种子。")
@click.option("--demo-as-of", type=DAY, help="演示年站在哪一天看;不写则为当年11月15日。")
def command(
    pack: Path,
    as_of: dt.date | None,
    out: Path,
    facts_file: Path | None,
    address: str | None,
    drop_changes: bool,
    record: bool,
    demo: bool,
    demo_seed: int,
    demo_as_of: dt.date | None,
) -> None:
    """算出一份文件的看板,写出月调度表、通报、简报、督办函和网页。"""
    check_replaceable(out, drop_changes=drop_changes)
    place = _place(address)
    day = as_of or today()
    with _progress() as told:
        told("读入文件数据和事实")
        order, made_from = _order(pack, day, facts_file, _last_head(out, pack))
        order = replace(order, address=place)
        if demo:
            made_from["demo"] = {"seed": demo_seed, "as_of": demo_as_of.isoformat() if demo_as_of else ""}
            order = replace(order, seed=demo_seed, demo_as_of=demo_as_of)
        outcome = carry_out(order, told)
        # First the record, then the papers: what run.json names must be what stands in the record.
        added = _record(pack, outcome, made_from) if record else None
        told("写入文件夹")
        publish(out, outcome.files, made_from, drop_changes=drop_changes)
    _say(outcome, out, added)


def _place(address: str | None) -> str:
    """The address with a slash at its end; "" for none.

    Raises:
        FaultyInput: not an address that a telephone can open.
    """
    if address is None:
        return ""
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", address) or len(address) > _LONGEST_ADDRESS:
        found = f"“{address[:60]}”"
        expected = f"以 http:// 或 https:// 开头、不带 ? 和 #、不超过{_LONGEST_ADDRESS}字的网址"
        raise FaultyInput([Fault("run.address", "选项 --address", found, expected)])
    return address.rstrip("/") + "/"


def _last_head(out: Path, pack: Path) -> str | None:
    """The head of the record of lights as the last run of this pack into this folder left it; None if there was none."""
    try:
        told = json.loads((out / MANIFEST).read_bytes())
        return str(told["lights"]["head"]) if told["pack"]["folder"] == pack.name else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _record(pack: Path, outcome: Outcome, made_from: dict[str, object]) -> int:
    """Append the lights of the day to the record; how many were new."""
    before = len(read_history(pack / HISTORY).records)
    lights = [replace(item.light, recorded_on=today()) for item in outcome.board.assessments]
    history = append_history(pack / HISTORY, lights)
    made_from["lights"] = {"records": len(history.records), "head": history.head}
    return len(history.records) - before


def _order(
    folder: Path, day: dt.date, facts_file: Path | None, head: str | None
) -> tuple[Order, dict[str, object]]:
    pack = load(folder)
    file = facts_file or pack.city / "facts.csv"
    facts = read_facts(file, pack)
    history = read_history(folder / HISTORY, head)
    code = code_hash()
    facts_hash = _hash_of(file)
    order = Order(
        pack=pack,
        facts=facts,
        as_of=day,
        recorded=tuple(light for light in history.records if light.as_of <= day),
        overrides=read_overrides(folder),
        earlier=load_predecessors(pack),
        made_from={"luming": __version__, "code": code, "pack": pack.sha256, "facts": facts_hash},
        version=f"鹿鸣{__version__};文件数据{pack.sha256[:12]};事实{facts_hash[:12] or '无'};程序{code[:12]}",
        demo_version=f"鹿鸣{__version__};文件数据{pack.sha256[:12]};演示数据由种子生成;程序{code[:12]}",
    )
    made_from: dict[str, object] = {
        "luming": __version__,
        "code_sha256": code,
        "pack": {"id": pack.document.id, "folder": folder.name, "sha256": pack.sha256},
        "earlier": [{"id": one.document.id, "sha256": one.sha256} for one in order.earlier],
        "facts": {"file": file.name, "sha256": facts_hash, "count": len(facts)},
        "overrides": _hash_of(folder / OVERRIDES),
        "lights": {"records": len(history.records), "head": history.head},
        "as_of": day.isoformat(),
    }
    if day < pack.document.date:
        say(f"注意:{day}早于文件日期{pack.document.date},那时还没有这份文件。", err=True)
    for notice in history.notices:
        say(notice, err=True)
    return order, made_from


def _hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def read_facts(file: Path, pack: Pack) -> tuple[Fact, ...]:
    """The facts of a file, checked against the pack's dictionary; none, said aloud, where there is no file."""
    if not file.exists():
        say(f"没有找到事实文件 {file};没有数据的目标全部是灰灯。", err=True)
        return ()
    return read_csv(file, Dictionary(pack.indicators, (source.id for source in pack.sources)))


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Shows the stage at work: a moving line in a terminal, one line a stage elsewhere."""
    screen = console()
    if not screen.is_terminal:
        yield lambda stage: say(f"… {stage}")
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("开始")
        yield lambda stage: progress.update(task, description=stage)


def _say(outcome: Outcome, out: Path, added: int | None) -> None:
    screen = console()
    screen.print(board_table(outcome.board))
    for conflict in outcome.board.contradictions:
        screen.print(f"矛盾:{conflict.sentence}", soft_wrap=True)
    if outcome.demo is not None:
        counts = "、".join(f"{light.label}{count}项" for light, count in outcome.demo.counts().items())
        screen.print(f"演示年(演示数据,{outcome.demo.as_of}):{counts}。", soft_wrap=True)
    if added is not None:
        words = f"记入亮灯记录{added}条" if added else "亮灯记录里已有,没有新增"
        screen.print(f"{outcome.board.as_of}的灯:{words}。")
    screen.print(f"已写出{len(outcome.files) + 1}个文件:{out}。用 luming serve {out} 打开。", soft_wrap=True)
