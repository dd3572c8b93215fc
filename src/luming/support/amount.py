"""How the money of an item is written, and the figures of the standards language it stands for.

    fixed: 30万元                                        a sum
    at_most: 30万元                                      a ceiling; the rule for what lies below is not known
    share: {of: investment, rate: 20%, cap: 500万元}     a part of a cost
    per_item: {of: stations, each: 20万元}               so much a piece
    increment: {of: rd, before: rd_y2, rate: 10%}        a part of what came on top of last year
    tiers: {by: level, table: {国家级: 100万元, 自治区级: 50万元}}   or a list of {when, …}; without any, nothing
    sum: [{…}, {…}]                                      several together
    instalments: [10万元, 20万元, 30万元]                yearly, while the condition holds
    of_standard: saving                                  an amount of the standard the item follows
    not_found: 单项金额未查到                            money is given, how much was not found

Each may carry `when: <condition>` (nothing where it fails), `cap`, `label` and
`factor: {by: grade, table: {优秀: 1, 良好: 0.8}}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from luming.errors import UnitMismatch
from luming.standards import Entry, Input, yuan

KINDS = (
    "fixed",
    "at_most",
    "share",
    "per_item",
    "increment",
    "tiers",
    "sum",
    "instalments",
    "of_standard",
    "not_found",
)
_BESIDE = ("when", "factor", "cap", "label")
_NOTHING = "0万元"


@dataclass
class Money:
    """The money of an item as figures of a standard.

    Attributes:
        values: named figures by key, as a standard file would write them.
        origins: where in the item each figure was written.
        formula: the figure that is the money.
    """

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    origins: dict[str, tuple[str | int, ...]] = field(default_factory=dict)
    formula: str = ""
    at_most: bool = False
    instalments: tuple[Fraction, ...] = ()
    of_standard: str = ""
    not_found: str = ""


def read_money(entry: Entry, inputs: Mapping[str, Input]) -> Money:
    """The money of an item; faults are noted at the entry."""
    money = Money()
    money.formula = _Reader(money, inputs).one(entry, "money_all", top=True)
    return money


class _Reader:
    def __init__(self, money: Money, inputs: Mapping[str, Input]) -> None:
        self.money = money
        self.inputs = inputs

    def one(self, entry: Entry, name: str, *, top: bool = False) -> str:
        """Put a figure into the standard and give its name."""
        entry.only(*KINDS, *_BESIDE)
        found = [kind for kind in KINDS if kind in entry.tree]
        if len(found) != 1:
            entry.fault("money", f"写了{'、'.join(found) or '零'}种金额", f"{'、'.join(KINDS)}中的一种")
            return _NOTHING
        (kind,) = found
        if kind in ("instalments", "of_standard", "not_found") and not top:
            entry.fault("money", f"“{kind}”写在里层", "只写在 amount 下", "", kind)
            return _NOTHING
        if kind == "of_standard":
            self.money.of_standard = entry.text("of_standard")
            return ""
        if kind == "not_found":
            self.money.not_found = entry.text("not_found")
            return ""
        if kind == "instalments" and (
            beside := [key for key in _BESIDE if key != "label" and key in entry.tree]
        ):
            entry.fault(
                "money", f"“instalments”旁边写了{'、'.join(beside)}", "各期金额直接写明", "", *beside[:1]
            )
        return self._finished(entry, name, kind, self._formula(entry, name, kind))

    def _finished(self, entry: Entry, name: str, kind: str, formula: str | list[dict[str, Any]]) -> str:
        label = entry.text("label", "") or self._said(entry, kind)
        if isinstance(formula, list):
            formula = self._put(f"{name}_tier", entry, {"choose": formula, "label": label})
        if entry.has("factor"):
            factor = self._factor(entry.inner("factor"), name)
            formula = f"({formula}) * {factor}"
        if entry.has("cap"):
            formula = f"min({formula}, {self._sum(entry, 'cap')})"
        body: dict[str, Any] = {"label": label, "shown": "万元"}
        if "when" in entry.tree:
            body["choose"] = [{"when": entry.tree["when"], "formula": formula}, {"formula": _NOTHING}]
        else:
            body["formula"] = formula
        return self._put(name, entry, body)

    def _said(self, entry: Entry, kind: str) -> str:
        """The money in words, for reasoning and outlines."""
        tree = entry.tree[kind]
        inner = {key: str(value) for key, value in tree.items()} if isinstance(tree, dict) else {}
        counted = self.inputs.get(inner.get("of", ""))
        of = counted.about.label if counted is not None else "计算基数"
        words = {
            "share": f"{of}的{inner.get('rate', '')}",
            "per_item": f"{of},每{counted.unit if counted is not None else ''}{inner.get('each', '')}",
            "increment": f"{of}比上年增加部分的{inner.get('rate', '')}",
            "at_most": f"最高{tree}",
            "tiers": "按档次",
            "sum": "各项合计",
            "instalments": "逐年分期,本年一期",
        }.get(kind, str(tree))
        limit = inner.get("cap") or (entry.text("cap") if entry.has("cap") else "")
        return words + (f",最高{limit}" if limit else "")

    def _put(self, name: str, entry: Entry, body: dict[str, Any]) -> str:
        self.money.values[name] = {"shown": "万元", **body}
        self.money.origins[name] = entry.path
        return name

    def _formula(self, entry: Entry, name: str, kind: str) -> str | list[dict[str, Any]]:
        match kind:
            case "fixed":
                return self._sum(entry, "fixed")
            case "at_most":
                self.money.at_most = True
                return self._sum(entry, "at_most")
            case "share":
                inner = entry.inner("share")
                inner.only("of", "rate", "cap")
                return self._capped(inner, f"({inner.text('of')}) * ({inner.text('rate')})")
            case "per_item":
                inner = entry.inner("per_item")
                inner.only("of", "each", "cap")
                counted = inner.text("of")
                return self._capped(
                    inner, f"({counted}) / {self._piece(inner, counted)} * {self._sum(inner, 'each')}"
                )
            case "increment":
                inner = entry.inner("increment")
                inner.only("of", "before", "rate", "cap")
                grown = f"max(({inner.text('of')}) - ({inner.text('before')}), {_NOTHING})"
                return self._capped(inner, f"{grown} * ({inner.text('rate')})")
            case "tiers":
                return self._tiers(entry, name)
            case "instalments":
                return self._instalments(entry)
        parts = [
            self.one(Entry.of(entry.source, path, tree, entry.mark), f"{name}_{at}")
            for at, (path, tree) in enumerate(entry.items("sum"), 1)
        ]
        if not parts:
            entry.fault("money", "“sum”下没有金额", "至少一项", "", "sum")
        return " + ".join(parts) or _NOTHING

    def _capped(self, entry: Entry, formula: str) -> str:
        return f"min({formula}, {self._sum(entry, 'cap')})" if entry.has("cap") else formula

    def _sum(self, entry: Entry, key: str) -> str:
        """A sum of money as written; anything else is a fault and counts as nothing."""
        written = entry.text(key)
        try:
            yuan(written)
        except (UnitMismatch, ValueError):
            entry.fault("money", f"“{written}”", "一笔钱,如 30万元", "", key)
            return _NOTHING
        return written

    def _piece(self, entry: Entry, counted: str) -> str:
        item = self.inputs.get(counted)
        if item is None:
            entry.fault("money", f"“{counted}”", "一项计数的事实", "请写一项事实的名字", "of")
            return "1个"
        return f"1{item.unit}"

    def _tiers(self, entry: Entry, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if isinstance(entry.tree["tiers"], list):
            for at, (path, tree) in enumerate(entry.items("tiers"), 1):
                inner = Entry.of(
                    entry.source, path, dict(tree) if isinstance(tree, dict) else tree, entry.mark
                )
                when = inner.tree.pop("when", None)
                formula = self.one(inner, f"{name}_tier_{at}")
                found.append({"formula": formula} | ({} if when is None else {"when": when}))
        else:
            inner = entry.inner("tiers")
            inner.only("by", "table")
            by = inner.text("by")
            table = inner.inner("table")
            found += [
                {"when": f"{by} == {option}", "formula": self._sum(table, option)} for option in table.tree
            ]
        if not found:
            entry.fault("money", "“tiers”下没有档次", "至少一档", "", "tiers")
        if not found or "when" in found[-1]:
            found.append({"formula": _NOTHING})
        return found

    def _factor(self, entry: Entry, name: str) -> str:
        entry.only("by", "table")
        by = entry.text("by")
        ways: list[dict[str, Any]] = [
            {"when": f"{by} == {option}", "formula": str(written)}
            for option, written in entry.inner("table").tree.items()
        ]
        ways.append({"formula": "0"})
        return self._put(f"{name}_factor", entry, {"choose": ways, "label": "系数", "shown": "%"})

    def _instalments(self, entry: Entry) -> str:
        written = entry.words("instalments")
        found: list[Fraction] = []
        for text in written:
            try:
                found.append(yuan(text))
            except (UnitMismatch, ValueError):
                entry.fault("money", f"“{text}”", "一笔钱,如 10万元", "", "instalments")
        if len(found) < 2:
            entry.fault("money", f"{len(found)}期", "至少两期", "只付一次的请用 fixed", "instalments")
            return _NOTHING
        self.money.instalments = tuple(found)
        return written[0]
