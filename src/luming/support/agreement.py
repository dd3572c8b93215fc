"""What items have to agree on with each other."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator

from luming.errors import Fault
from luming.support.item import Item


def disagreements(items: Iterable[Item], known: Container[str]) -> list[Fault]:
    """Faults between items: one key twice, one cap with two sums, a stacking group whose items differ in a rule.

    Args:
        known: keys of facts, which no item may bear.
    """
    faults: list[Fault] = []
    keys: set[str] = set()
    first: dict[tuple[str, str], tuple[Hashable, str]] = {}
    every = list(items)
    alone = {item.key for item in every if not item.group}
    for item in every:
        where = f"事项“{item.key}”"
        if item.key in keys:
            faults.append(Fault("support.twice", where, "写了两次", "每个代码只用一次"))
        keys.add(item.key)
        if item.key in known:
            faults.append(Fault("support.twice", where, "与一项事实同名", "另取一个代码"))
        if item.group in alone:
            faults.append(Fault("support.group", where, f"组名“{item.group}”是另一项的代码", "另取一个组名"))
        for rule, group, value, words in _rules(item):
            kept, other = first.setdefault((rule, group), (value, item.key))
            if kept != value:
                faults.append(
                    Fault(f"support.{rule}", where, f"{words}与“{other}”写的不同", f"“{group}”组内一致")
                )
    return faults


def _rules(item: Item) -> Iterator[tuple[str, str, Hashable, str]]:
    yield (
        "group",
        f"{item.stack}",
        (item.matter, item.difference, item.caps),
        "事由(matter)、补差规则或合计上限(caps)",
    )
    for group in {cap.group for cap in item.caps}:
        yield "cap", group, frozenset((cap.scope, cap.amount) for cap in item.caps), "合计上限"
