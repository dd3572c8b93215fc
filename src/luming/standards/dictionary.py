"""The dictionary of facts that standards may ask: one row of a table is one firm, one column one fact."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, cast

from luming.errors import Fault, UnitMismatch
from luming.standards.entry import ABOUT, Entry
from luming.standards.kind import DAYS, MONEY, PURE, SCORE, YEARS, Kind, kind_of
from luming.standards.model import Adjust, Input, InputKind
from luming.yaml_source import YamlSource, read_yaml

_KEYS = (*ABOUT, "kind", "unit", "decimals", "min", "max", "options", "part_of", "adjust")
_COUNT = (0, Fraction(0), Fraction(10**7))
_DEFAULTS: dict[Kind, tuple[int, Fraction, Fraction]] = {
    MONEY: (6, Fraction(0), Fraction(10**9)),
    PURE: (4, Fraction(0), Fraction(100)),
    SCORE: (4, Fraction(0), Fraction(100)),
    YEARS: (2, Fraction(0), Fraction(500)),
    DAYS: (0, Fraction(0), Fraction(182500)),
}
"""Digits and domain by kind, in the unit of the table; people and things are counted whole."""


def read_dictionary(files: Iterable[Path]) -> tuple[dict[str, Input], list[Fault]]:
    """All facts of some files, by key, and the faults of the files. A key may stand in one file only."""
    found: dict[str, Input] = {}
    faults: list[Fault] = []
    for path in sorted(files):
        source = read_yaml(path)
        top = Entry.of(source, (), source.tree)
        top.only("inputs")
        for key, entry in top.entries("inputs"):
            if key in found:
                entry.fault("twice", f"“{key}”已在别处定义", "每项事实只定义一次")
                continue
            found[key] = read_input(key, entry)
        faults += source.faults
    for item in found.values():
        if item.part_of and (item.part_of not in found or found[item.part_of].kind != item.kind):
            faults.append(
                Fault(
                    "standard.part_of",
                    f"事实“{item.key}”",
                    f"part_of“{item.part_of}”",
                    "另一项同类单位的事实",
                )
            )
    return found, faults


def read_input(key: str, entry: Entry) -> Input:
    """One fact."""
    entry.only(*_KEYS)
    about = entry.about(label=key)
    type_ = InputKind(entry.word("kind", tuple(InputKind), "number"))
    if type_ is not InputKind.NUMBER:
        options = entry.words("options")
        if type_ is InputKind.CHOICE and not options:
            entry.fault("no_options", "没有写选项", "options 列出所有选项")
        adjust = _adjust(entry.inner("adjust"), Fraction(1)) if entry.has("adjust") else None
        if adjust is not None and type_ is not InputKind.FLAG:
            entry.fault(
                "adjust", f"{type_.value}类的事实写了“adjust”", "只有数和“是/否”可以写“adjust”", "", "adjust"
            )
        return Input(key, about, type_, options=options, adjust=adjust)
    unit = entry.text("unit", "")
    try:
        kind, factor = kind_of(unit)
    except UnitMismatch as problem:
        entry.fault("unit", f"单位“{unit}”", "认识的单位", str(problem).rstrip("。"), "unit")
        kind, factor = PURE, Fraction(1)
    decimals, lowest, highest = _DEFAULTS.get(kind, _COUNT)
    if unit in ("万美元", "亿美元"):
        decimals, highest = 6, Fraction(10**9)
    lowest, highest = entry.number("min", lowest), entry.number("max", highest)
    if lowest > highest:
        entry.fault("domain", f"min {lowest} 大于 max {highest}", "min 不大于 max")
    return Input(
        key,
        about,
        type_,
        unit,
        kind,
        factor,
        entry.count("decimals", decimals),
        lowest * factor,
        highest * factor,
        part_of=entry.text("part_of", ""),
        adjust=_adjust(entry.inner("adjust"), factor) if entry.has("adjust") else None,
    )


def _adjust(entry: Entry, factor: Fraction) -> Adjust:
    entry.only("direction", "step", "cost", "quick")
    direction = cast(Literal["up", "down", "both"], entry.word("direction", ("up", "down", "both"), "both"))
    step, cost = entry.number("step", Fraction(1)), entry.number("cost", Fraction(1))
    if step <= 0 or cost <= 0:
        entry.fault("adjust", f"step {step}、cost {cost}", "大于0的数")
        step = cost = Fraction(1)
    return Adjust(direction, step * factor, cost, entry.flag("quick"))


def bare_input(key: str, source: YamlSource, kind: Kind, shown: str, label: Any) -> Input:
    """The fact that stands for a named figure where a table hands it in ready-made."""
    _, factor = kind_of(shown)
    top = Fraction(10**9) * factor
    entry = Entry(source, (), {"label": label})
    return Input(key, entry.about(), InputKind.NUMBER, shown, kind, factor, 6, -top, top)
