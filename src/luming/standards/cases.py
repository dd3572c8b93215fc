"""Cases beside a standard: the facts of a firm and what the standard must say of it.

`<version>.cases.yaml` stands beside `<version>.yaml`; each case says only what it tests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from luming.errors import Fault, UnitMismatch
from luming.standards.assessment import Assessment, assess
from luming.standards.entry import Entry
from luming.standards.evaluator import Fact
from luming.standards.facts import read_facts
from luming.standards.kind import amount, kind_of
from luming.standards.model import Standard, Value
from luming.standards.span import Span
from luming.yaml_source import read_yaml

_EXPECTED = ("outcome", "class", "scores", "parts", "values", "amounts")


@dataclass(frozen=True, slots=True)
class Case:
    """Facts, a day, and what is expected."""

    name: str
    as_of: dt.date
    facts: Mapping[str, Fact]
    expect: Mapping[str, Any]
    source: str


def cases_file(standard_file: Path) -> Path:
    """The file of the cases beside the file of a standard."""
    return standard_file.with_name(standard_file.name.removesuffix(".yaml") + ".cases.yaml")


def read_cases(path: Path, standard: Standard) -> tuple[list[Case], list[Fault]]:
    """All cases of a file and its faults; facts that the standard does not ask are faults too."""
    source = read_yaml(path)
    top = Entry.of(source, (), source.tree)
    top.only("cases", "bases", "note")
    bases = {name: entry.tree for name, entry in top.entries("bases")}
    found = []
    for at, tree in top.items("cases"):
        entry = Entry.of(source, at, tree)
        entry.only("name", "as_of", "base", "facts", "expect", "source", "note")
        base = entry.text("base", "")
        if base and base not in bases:
            entry.fault("base", f"没有“{base}”这组事实", f"以下之一:{'、'.join(bases)}", "", "base")
        row = {**bases.get(base, {}), **entry.inner("facts").tree}
        facts, faults = read_facts(row, standard.inputs, f"{path.name}“{entry.text('name')}”")
        source.faults += faults
        for key in row:
            if key not in standard.inputs:
                entry.fault("fact", f"“{key}”", "这份标准要用的事实", "", "facts", key)
        expect = entry.inner("expect")
        expect.only(*_EXPECTED)
        day = entry.date("as_of")
        if day is None:
            entry.fault("missing_key", "缺少“as_of”一项", "写明日期")
            continue
        found.append(Case(entry.text("name"), day, facts, expect.tree, entry.text("source", "")))
    return found, source.faults


def differences(case: Case, standard: Standard) -> list[str]:
    """What the standard says otherwise than the case expects, a sentence each."""
    got = assess(standard, case.facts, case.as_of)
    return list(_differences(case, got))


def _differences(case: Case, got: Assessment) -> Iterator[str]:
    expect = case.expect
    if "outcome" in expect and expect["outcome"] != got.outcome.value:
        yield f"结论应为{expect['outcome']},得到{got.outcome.value}"
    if "class" in expect:
        written = expect["class"]
        wanted = tuple(item or "" for item in (written if isinstance(written, list) else [written]))
        if got.classes != wanted:
            yield f"类别应为{'、'.join(wanted) or '无'},得到{'、'.join(got.classes) or '无'}"
    units = {item.key: item.unit for item in got.standard.amounts}
    shown = {item.key: item.shown for item in got.standard.figures if isinstance(item, Value)}
    for group, spans in (
        ("scores", got.scores),
        ("parts", {**got.parts, **got.scores}),
        ("values", got.values),
        ("amounts", got.amounts),
    ):
        for key, wanted in (expect.get(group) or {}).items():
            if key not in spans:
                yield f"没有“{key}”"
                continue
            unit = units.get(key, "") if group == "amounts" else shown.get(key, "")
            low, high = _span(wanted, unit)
            if (spans[key].low, spans[key].high) != (low, high):
                yield f"“{key}”应为{wanted},得到{_said(spans[key], unit)}"


def _span(wanted: Any, unit: str) -> tuple[Fraction, Fraction]:
    both = wanted if isinstance(wanted, list) else [wanted, wanted]
    low, high = (_number(str(item), unit) for item in both)
    return low, high


def _number(text: str, unit: str) -> Fraction:
    sign = -1 if text.startswith("-") else 1
    try:
        value, _ = amount(text.removeprefix("-"))
    except (UnitMismatch, ValueError):
        return Fraction(10**30)
    plain = text.removeprefix("-").replace(".", "").isdigit()
    return sign * value * (kind_of(unit)[1] if plain and unit not in ("", "%") else 1)


def _said(span: Span, unit: str) -> str:
    factor = kind_of(unit)[1]
    low, high = span.low / factor, span.high / factor
    return f"{float(low):g}" if low == high else f"{float(low):g}–{float(high):g}{unit}"
