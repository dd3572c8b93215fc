"""`luming standard sensitivity`: how far the ranking of a table of firms hangs on the weights of a score."""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction
from pathlib import Path

import click

from luming.cli.console import DAY, console, say, table, today
from luming.cli.standard.shelf import FILE, PACKS, catalogue, find
from luming.standards import (
    FirmRow,
    Standard,
    assess,
    figure,
    parts_within,
    places,
    rank_spread,
    read_firms,
    stable_ranges,
)


@click.command()
@click.argument("standard")
@click.option("--input", "source", type=FILE, required=True, help="企业表:CSV 或 xlsx,一行一家。")
@click.option("--first", type=click.IntRange(1), default=10, show_default=True, help="看前几名。")
@click.option(
    "--within", type=click.IntRange(1, 100), default=20, show_default=True, help="权重上下浮动百分之几。"
)
@click.option(
    "--draws", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="随机抽取几次权重。"
)
@click.option("--seed", type=int, default=2025, show_default=True, help="随机数的种子,同一种子结果相同。")
@click.option("--as-of", type=DAY, help="按哪一天适用的版本评价;不写就是今天。")
@PACKS
def command(
    standard: str,
    source: Path,
    first: int,
    within: int,
    draws: int,
    seed: int,
    as_of: dt.date | None,
    packs: Path,
) -> None:
    """一项评分的名次有多依赖权重:各组权重可以变到原来的多少倍而前几名不变,随机浮动时各家的最好和最差名次。"""
    day = as_of or today()
    shelf = catalogue(packs)
    chosen = find(shelf, standard, day)
    if not chosen.scores:
        raise click.UsageError(f"{chosen.about.label}没有评分。")
    firms = read_firms(source, shelf.inputs).rows
    shares = _shares(chosen, firms, day)
    left_out = len(firms) - len(shares)
    if len(shares) < 2:
        raise click.UsageError(f"得分齐全的企业只有{len(shares)}家,另有{left_out}家数据不全,不能比较名次。")
    names = {part.key: part.about.label for part in parts_within(chosen.scores[0])}
    weights = dict.fromkeys(names, Fraction(1))
    ranges = [
        (names[item.part], _times(item.low), _times(item.high), _swap(item.low_swap), _swap(item.high_swap))
        for item in stable_ranges(shares, weights, first)
    ]
    screen = console()
    heading = ("一组", "最低倍数", "最高倍数", "再低则对调", "再高则对调")
    screen.print(table(f"前{first}名不变时,各组权重可变的倍数(其余按比例调整)", heading, ranges))
    spread = rank_spread(shares, weights, first, Fraction(within, 100), draws, random.Random(seed))
    rows = [
        (item.firm, str(item.rank), str(item.best), str(item.worst), figure(item.among_first, "%"))
        for item in spread[: 2 * first]
    ]
    heading = ("企业", "现名次", "最好", "最差", f"进前{first}名的次数占比")
    screen.print(table(f"权重上下浮动{within}%,抽取{draws}次", heading, rows, right=heading[1:]))
    if left_out:
        say(f"另有{left_out}家数据不全,没有参加排名。")


def _shares(standard: Standard, firms: tuple[FirmRow, ...], day: dt.date) -> dict[str, dict[str, Fraction]]:
    """Points by part of every firm whose points are all known."""
    found: dict[str, dict[str, Fraction]] = {}
    among = places(standard, [firm.facts for firm in firms], day)
    for firm, place in zip(firms, among, strict=True):
        verdict = assess(standard, firm.facts, day, place)
        spans = {part.key: verdict.parts[part.key] for part in parts_within(standard.scores[0])}
        if all(span.known for span in spans.values()):
            name = firm.name if firm.name not in found else f"{firm.name}(第{firm.number}行)"
            found[name] = {key: span.low for key, span in spans.items()}
    return found


def _times(value: Fraction) -> str:
    return f"{figure(value, '')}倍"


def _swap(pair: tuple[str, str] | None) -> str:
    return "不会" if pair is None else f"{pair[1]}超过{pair[0]}"
