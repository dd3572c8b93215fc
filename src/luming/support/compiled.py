"""An item compiled into a standard of kind benefit: its condition as the rule, its money as the one amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from luming.standards import Catalogue as Standards
from luming.standards import Entry, Input, Standard, standard_of
from luming.support.amount import Money
from luming.support.passing import flags, with_standards, without_passing
from luming.yaml_source import YamlSource

AMOUNT = "money"
"""The key of the amount of a compiled item."""

_COPIED = ("name", "name_en", "mark", "note", "caution")


@dataclass
class _AsWritten(YamlSource):
    """A standard put together from an item; whatever is wrong is told at the place of the item that was written."""

    item: YamlSource | None = None
    origins: dict[tuple[str | int, ...], tuple[str | int, ...]] = field(default_factory=dict)
    otherwise: tuple[str | int, ...] = ()

    def where(self, loc: tuple[str | int, ...]) -> str:
        """The place in the file of the item."""
        assert self.item is not None
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.origins:
                return self.item.where((*self.origins[loc[:length]], *loc[length:]))
        return self.item.where(self.otherwise)


def compiled(
    key: str, entry: Entry, money: Money, cap: str, force: Mapping[str, str], shelf: Standards
) -> tuple[Standard, ...]:
    """The standard of an item, one version for each of those it asks for; empty with the faults noted at the item.

    Args:
        cap: the most the item pays, as written; empty where there is none.
        force: from and to, as a standard file writes them.
    """
    rule, asked = without_passing(entry.tree.get("condition"), (*entry.path, "condition"), entry)
    inputs = {**shelf.inputs, **flags(asked, entry)}

    def made(*, guarded: bool) -> tuple[Standard, ...]:
        found = _read(key, entry, rule, money, cap, force, inputs, guarded=guarded)
        return () if found is None else with_standards(found, asked, shelf, entry)

    found = made(guarded=False)
    # Facts that the rule and the money both rest on are thought through together, so that no amount is told that
    # could only be had by a firm that fails.
    return made(guarded=True) if any(_shared(one) for one in found) else found


def _shared(found: Standard) -> bool:
    if found.rule is None or not found.amounts:
        return False
    return bool(found.rests_on[id(found.rule)] & found.rests_on[AMOUNT])


def _read(
    key: str, entry: Entry, rule: Any, money: Money, cap: str, force: Mapping[str, str], inputs: Mapping[str, Input],
    *, guarded: bool,
) -> Standard | None:  # fmt: skip
    tree: dict[str, Any] = {
        "standard": key,
        "version": "1",
        "kind": "benefit",
        "subject": "platform" if entry.tree.get("subject") == "platform" else "enterprise",
        "in_force": dict(force),
        "mark": entry.about().mark.value,
        **{name: entry.tree[name] for name in _COPIED if entry.has(name)},
        **{name: entry.tree[name] for name in ("values", "choices") if entry.has(name)},
    }
    origins: dict[tuple[str | int, ...], tuple[str | int, ...]] = {
        (name,): (*entry.path, name) for name in (*_COPIED, "values", "choices", "in_force")
    }
    if rule is not None:
        tree["rule"] = rule
        origins["rule",] = (*entry.path, "condition")
    if money.formula:
        tree["values"] = {**tree.get("values", {}), **money.values}
        for name, place in money.origins.items():
            origins["values", name] = place
        amount: dict[str, Any] = {
            "label": "金额",
            "formula": money.formula,
            "unit": "万元",
            "decimals": "6",
            "min": "0万元",
        }
        if entry.has("decimals"):
            amount["decimals"] = entry.tree["decimals"]
        if cap:
            amount["max"] = cap
        if guarded:
            amount["when"] = rule
        tree["amounts"] = {AMOUNT: amount}
        origins["amounts", AMOUNT] = (*entry.path, "amount")
        origins["amounts", AMOUNT, "max"] = (*entry.path, "cap", "item")
    source = _AsWritten(
        entry.source.path, tree, {}, [], f"{entry.source.sha256}:{key}", entry.source, origins, entry.path
    )
    standard, faults = standard_of(source, inputs)
    entry.source.faults += [fault for fault in faults if fault not in entry.source.faults]
    return standard
