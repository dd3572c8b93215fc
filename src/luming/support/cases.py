"""Cases beside the items: facts of a firm, what was paid before, and what the item must say.

`<file>.cases.yaml` stands beside `<file>.yaml`; each case says only what it tests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luming.errors import Fault, UnitMismatch
from luming.standards import Entry, Fact, read_facts, yuan
from luming.support.calculator import entitlements
from luming.support.catalogue import Catalogue
from luming.support.entitlement import Entitlement, Money, entitlement
from luming.support.history import Payment
from luming.yaml_source import read_yaml

_EXPECTED = (
    "verdict",
    "amount",
    "payable",
    "total",
    "certain",
    "asked",
    "manual",
    "binding",
    "in_force",
    "told",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Facts, a day, earlier payments, and what is expected of one item."""

    name: str
    item: str
    as_of: dt.date
    facts: Mapping[str, Fact]
    paid: tuple[Payment, ...]
    matters: Mapping[str, str]
    expect: Mapping[str, Any]


def cases_file(file: Path) -> Path:
    """The file of the cases beside a file of items."""
    return file.with_name(file.name.removesuffix(".yaml") + ".cases.yaml")


def read_cases(path: Path, catalogue: Catalogue) -> tuple[list[Case], list[Fault]]:
    """All cases of a file and its faults."""
    source = read_yaml(path)
    top = Entry.of(source, (), source.tree)
    top.only("cases", "bases", "note")
    bases = {name: entry.tree for name, entry in top.entries("bases")}
    found = []
    for at, tree in top.items("cases"):
        entry = Entry.of(source, at, tree)
        entry.only("name", "item", "as_of", "base", "facts", "paid", "matters", "expect", "source", "note")
        item, base, day = entry.text("item"), entry.text("base", ""), entry.date("as_of")
        if item not in catalogue.items:
            entry.fault("item", f"“{item}”", "一项支持事项的代码", "", "item")
        if base and base not in bases:
            entry.fault("base", f"没有“{base}”这组事实", f"以下之一:{'、'.join(bases)}", "", "base")
        if day is None:
            entry.fault("missing_key", "缺少“as_of”一项", "写明日期")
            continue
        row = {**bases.get(base, {}), **entry.inner("facts").tree}
        facts, faults = read_facts(row, catalogue.inputs, f"{path.name}“{entry.text('name')}”")
        source.faults += faults
        for key in row:
            if key not in catalogue.inputs:
                entry.fault("fact", f"“{key}”", "一项事实", "", "facts", key)
        expect = entry.inner("expect")
        expect.only(*_EXPECTED)
        matters = {key: str(value) for key, value in entry.inner("matters").tree.items()}
        paid = tuple(_payments(entry))
        found.append(Case(entry.text("name"), item, day, facts, paid, matters, expect.tree))
    return found, source.faults


def _payments(entry: Entry) -> Iterator[Payment]:
    for path, tree in entry.items("paid"):
        inner = Entry.of(entry.source, path, tree)
        inner.only("item", "amount", "year", "matter", "group")
        yield Payment(
            inner.text("item"), _fen(inner.text("amount")), inner.count("year", 0), inner.text("matter", ""),
            inner.text("group", ""),
        )  # fmt: skip


def differences(case: Case, catalogue: Catalogue) -> list[str]:
    """What the item says otherwise than the case expects, a sentence each."""
    item = catalogue.items[case.item]
    together = None
    if {"payable", "total", "certain"} & set(case.expect):
        together = entitlements(catalogue, case.facts, case.as_of, case.paid, case.matters)
    alone = entitlement(item, case.facts, case.as_of, case.paid, case.matters)
    one = together.of(case.item) if together is not None else alone
    said = {
        "verdict": alone.verdict.value,
        "asked": list(alone.asked),
        "manual": "true" if alone.manual else "false",
        "binding": one.binding.value,
        "in_force": "true" if item.in_force(case.as_of) else "false",
        "told": "true" if alone.told else "false",
    }
    found = [
        f"{key}应为{case.expect[key]},得到{said[key]}"
        for key in said
        if key in case.expect and case.expect[key] != said[key]
    ]
    sums = {"amount": _shown(alone), "payable": one.expected}
    if together is not None:
        sums |= {"total": together.total, "certain": together.certain}
    for key, money in sums.items():
        if key in case.expect and _money(case.expect[key]) != money:
            found.append(f"{key}应为{case.expect[key]},得到{said_money(money)}")
    return found


def _shown(one: Entitlement) -> Money:
    return Money(0, one.amount.high) if one.item.at_most else one.amount


def _money(written: Any) -> Money:
    both = written if isinstance(written, list) else [written, written]
    low, high = (_fen(str(item)) for item in both)
    return Money(low, high)


def _fen(written: str) -> int:
    if written == "0":
        return 0
    try:
        return int(yuan(written) * 100)
    except (UnitMismatch, ValueError):
        return -1


def said_money(money: Money) -> str:
    """A sum for reading, in 万元: 30万元, or 0–30万元.

    >>> said_money(Money(0, 30_000_000))
    '0–30万元'
    """
    low, high = (f"{sum_ / 10**6:.6f}".rstrip("0").rstrip(".") for sum_ in (money.low, money.high))
    return f"{high}万元" if money.known else f"{low}–{high}万元"
