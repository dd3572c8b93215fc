"""All items for a whole table of firms: verdict and money of each, and the money of all together, from file to file.

It says of every row what `entitlements` says of a firm to which nothing was paid before. Money stands in integer fen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Literal

from sqlglot import exp

from luming.errors import LumingError
from luming.standards import Standard, kind_of
from luming.standards.columnar import Wanted, Written, assess_table
from luming.support.catalogue import Catalogue
from luming.support.history import instalment_due, matter_of
from luming.support.item import Item, Receiver


@dataclass(frozen=True, slots=True)
class _Deciding:
    """An item with the version that decides it on the day, and how its columns begin in the assessment."""

    item: Item
    standard: Standard
    label: str


def entitle_table(
    catalogue: Catalogue,
    source: Path | str,
    target: Path | str,
    as_of: dt.date,
    *,
    receiver: Receiver | None = Receiver.ENTERPRISE,
    engine: Literal["duckdb", "spark"] = "duckdb",
    memory: str = "2GB",
    threads: int = 2,
    keep: Sequence[str] = ("id",),
    check: bool = True,
) -> Written:
    """Find what every row of a table is entitled to, and write one row for each.

    The result has, beside the columns kept, for each item in force `<item>_verdict` (yes, no, unknown), `<item>_low` and
    `<item>_high` (its money by itself), and `total_low` and `total_high`: of all items that pay, the highest of each
    stacking group, within the caps; a ceiling (最高) counts from nothing.

    Args:
        source, target: Parquet or CSV; columns are named by fact.
        receiver: items for one kind of receiver only.

    Raises:
        LumingError: no item is in force on the day, a formula needs more digits than a column has, or a file fails.
    """
    found = [
        _Deciding(item, standard, standard.key)
        for item in catalogue.in_force(as_of, receiver)
        if (standard := item.standard_on(as_of)) is not None
    ]
    if not found:
        raise LumingError(f"{as_of}没有适用的支持条款。")
    chosen = list({one.standard.key: one.standard for one in found}.values())
    return assess_table(
        chosen, source, target, as_of, engine=engine, memory=memory, threads=threads, keep=keep, check=check,
        wanted=Wanted(counted=True),
        then=lambda query: _entitled(query, found, keep, as_of),
    )  # fmt: skip


def _entitled(query: exp.Expr, found: Sequence[_Deciding], keep: Sequence[str], as_of: dt.date) -> exp.Expr:
    """The items over the assessment."""
    assert isinstance(query, exp.Query)
    kept: list[exp.Expr] = [_name(item) for item in keep if item in query.named_selects]
    single = [column for one in found for column in _alone(one, as_of)]
    alone = exp.Select(expressions=[*(item.copy() for item in kept), *single]).from_(query.subquery("t"))
    every = [_name(f"{one.item.key}_{word}") for one in found for word in ("verdict", "low", "high")]
    totals = [
        exp.alias_(_total(found, as_of, low=word == "low"), f"total_{word}", quoted=True)
        for word in ("low", "high")
    ]
    return exp.Select(expressions=[*kept, *every, *totals]).from_(alone.subquery("t"))


def _alone(one: _Deciding, as_of: dt.date) -> Iterable[exp.Expr]:
    """Verdict and money of an item by itself."""
    outcome = _name(f"{one.label}_outcome")
    passes = exp.EQ(this=outcome, expression=exp.Literal.string("pass"))
    fails = exp.EQ(this=outcome.copy(), expression=exp.Literal.string("fail"))
    said = (
        exp.Case().when(passes.copy(), exp.Literal.string("yes")).when(fails.copy(), exp.Literal.string("no"))
        .else_(exp.Literal.string("unknown"))
    )  # fmt: skip
    yield exp.alias_(said, f"{one.item.key}_verdict", quoted=True)
    low: exp.Expr = _fen(0)
    high: exp.Expr = _fen(0)
    if one.item.instalments:
        number = instalment_due(one.item, as_of.year, (), {}).number
        low = high = _fen(int(one.item.instalments[number - 1] * 100))
    elif one.item.amount_key:
        amount = next(found for found in one.standard.amounts if found.key == one.item.amount_key)
        step = kind_of(amount.unit)[1] * 100 / 10**amount.decimals
        low, high = (_counted(f"{one.label}_{amount.key}_{word}", step) for word in ("low", "high"))
    if one.standard.rule is not None or one.item.instalments:
        low = exp.Case().when(passes, low).else_(_fen(0))
    yield exp.alias_(low, f"{one.item.key}_low", quoted=True)
    yield exp.alias_(exp.Case().when(fails, _fen(0)).else_(high.copy()), f"{one.item.key}_high", quoted=True)


def _total(found: Sequence[_Deciding], as_of: dt.date, *, low: bool) -> exp.Expr:
    """The money of all items together: the highest of each stack, within the caps."""
    stacks: dict[tuple[str, str], list[Item]] = {}
    for one in found:
        if one.item.kind.pays:
            matter = matter_of(one.item, as_of.year, {})
            stack = one.item.stack, one.item.matter if matter is None else matter
            stacks.setdefault(stack, []).append(one.item)
    uncapped: list[exp.Expr] = []
    capped: dict[str, list[exp.Expr]] = {}
    rooms: dict[str, int] = {}
    for items in stacks.values():
        items.sort(key=lambda item: item.key)
        for item in items:
            part = _highest(item, items, low=low)
            if not item.caps:
                uncapped.append(part)
                continue
            group = item.caps[0].group
            capped.setdefault(group, []).append(part)
            rooms[group] = min(rooms.get(group, 2**62), *(int(cap.amount * 100) for cap in item.caps))
    parts = uncapped + [
        exp.Least(this=_sum(some), expressions=[_fen(rooms[group])]) for group, some in capped.items()
    ]
    return _sum(parts) if parts else _fen(0)


def _highest(item: Item, stack: Sequence[Item], *, low: bool) -> exp.Expr:
    """The money of an item where it is the highest of its stack, the first of equals; else nothing."""
    money = _money(item, low=low)
    at = stack.index(item)
    others = [
        (exp.GT if place < at else exp.GTE)(this=money.copy(), expression=_money(other, low=low))
        for place, other in enumerate(stack)
        if place != at
    ]
    return exp.Case().when(exp.and_(*others), money).else_(_fen(0)) if others else money


def _money(item: Item, *, low: bool) -> exp.Expr:
    """The least or the most of an item; the least of a ceiling (最高) is nothing."""
    if low and item.at_most:
        return _fen(0)
    return _name(f"{item.key}_{'low' if low else 'high'}")


def _name(text: str) -> exp.Column:
    return exp.column(text, quoted=True)


def _fen(value: int) -> exp.Expr:
    return exp.cast(exp.Literal.number(value), "BIGINT")


def _counted(column: str, step: Fraction) -> exp.Expr:
    """Money counted in its last digit as whole fen, a half up."""
    if step.denominator == 1:
        return exp.paren(exp.Mul(this=_name(column), expression=exp.Literal.number(step.numerator)))
    twice = exp.Mul(this=_name(column), expression=exp.Literal.number(2 * step.numerator))
    up = exp.paren(exp.Add(this=twice, expression=exp.Literal.number(step.denominator)))
    return exp.IntDiv(this=up, expression=exp.Literal.number(2 * step.denominator))


def _sum(parts: Sequence[exp.Expr]) -> exp.Expr:
    return exp.paren(reduce(lambda one, other: exp.Add(this=one, expression=other), parts))
