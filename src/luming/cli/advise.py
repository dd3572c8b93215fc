"""`luming advise STANDARD --firm FILE`: the smallest changes that reach a standard, a class or a score."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import click

from luming.cli.console import DAY, say, today
from luming.cli.standard.shelf import FILE, PACKS, catalogue, find
from luming.standards import (
    PASSING,
    Advice,
    Goal,
    InputKind,
    Plan,
    Prospect,
    Standard,
    StandardKind,
    advise,
    figure,
    in_class,
    read_firms,
    scoring,
)


@click.command()
@click.argument("standard")
@click.option(
    "--firm", "file", type=FILE, required=True, help="一家企业的事实:YAML 每行一项,或 CSV、xlsx 的一行。"
)
@click.option("--row", type=click.IntRange(2), help="表里的第几行(含表头);不写则用第一家。")
@click.option("--as-of", type=DAY, help="按哪一天适用的版本;不写就是今天。")
@click.option("--class", "class_", help="要达到的类别(分类标准),如 medium。")
@click.option("--score", type=float, help="要达到的总分(评分标准);不写则为达标。")
@PACKS
def command(
    standard: str,
    file: Path,
    row: int | None,
    as_of: dt.date | None,
    class_: str | None,
    score: float | None,
    packs: Path,
) -> None:
    """找出最省力的改法:改哪几项、改到多少,改后重新评价过。

    年龄、往年数、事故等改不了的不动;缺的数不编造。距离是各项步数乘以每步的力度之和,力度是平台默认口径。
    """
    day = as_of or today()
    shelf = catalogue(packs)
    chosen = find(shelf, standard, day)
    firm = next((item for item in read_firms(file, shelf.inputs).rows if row in (None, item.number)), None)
    if firm is None:
        raise click.UsageError(f"{file.name}里没有{f'第{row}行' if row else '企业'}。")
    goal = _goal(chosen, class_, score)
    found = advise(chosen, firm.facts, day, goal, dictionary=shelf.inputs)
    say(
        f"{chosen.about.label}({chosen.document.number or chosen.document.title}),{firm.name}:{found.prospect.label}。"
    )
    _tell(found, chosen)


def _goal(standard: Standard, class_: str | None, score: float | None) -> Goal:
    if class_ is not None:
        try:
            return in_class(standard, class_)
        except KeyError:
            known = "、".join(f"{item.key}({item.about.label})" for item in standard.classes) or "没有类别"
            raise click.UsageError(f"没有“{class_}”这个类别,有:{known}。") from None
    if score is not None:
        if not standard.scores:
            raise click.UsageError(f"{standard.about.label}没有评分。")
        return scoring(standard, standard.scores[0].key, Fraction(str(score)))
    if standard.kind is StandardKind.SCORE and standard.rule is None:
        raise click.UsageError(f"{standard.about.label}是评分标准,请用 --score 写明要达到的分数。")
    return PASSING


def _tell(found: Advice, standard: Standard) -> None:
    for at, plan in enumerate(found.plans, 1):
        _plan(at, plan)
    for obstacle in found.obstacles:
        since = f",最早{obstacle.from_day}起可以满足" if obstacle.from_day else ""
        facts = "、".join(
            standard.inputs[key].about.label for key in obstacle.facts if key in standard.inputs
        )
        label = obstacle.about.label or obstacle.written
        say(f"  改不到的条件:{label}{f'(取决于{facts})' if facts else ''}{since}。")
    if found.prospect is Prospect.BLOCKED and found.from_day:
        say(f"  其他不变,最早{found.from_day}起可以达到。")
    if found.to_fill:
        listed = "、".join(
            standard.inputs[key].about.label for key in found.to_fill if key in standard.inputs
        )
        say(f"  先补充:{listed}。")


def _plan(at: int, plan: Plan) -> None:
    best = "已证明没有更省力的" if plan.proven else "没有证明是最省力的"
    say(f"  办法{at},力度{figure(plan.cost, '')},{best}:")
    for change in plan.changes:
        quick = "" if change.quick else ",一般要一年以上"
        say(
            f"    {change.input.about.label}:{_said(change.before, change.input)} → {_said(change.after, change.input)}{quick}"
        )


def _said(value: object, item: object) -> str:
    kind = getattr(item, "type", None)
    if kind is InputKind.FLAG:
        return "是" if value else "否"
    return figure(value, getattr(item, "unit", "")) if isinstance(value, Fraction) else str(value)
