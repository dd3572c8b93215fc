"""Cells that state the same thing: one of them is taken if they agree, none if they differ.

Two columns of a table may be read as one period. Which of them is meant nobody can tell from the cells, so none is
taken, and each is left with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from luming.facts.agreement import same_value
from luming.facts.fact import Fact
from luming.facts.workbook.account import Account, Kind


def settle(
    accounts: Sequence[Account], statements: Sequence[tuple[int, Fact]]
) -> tuple[tuple[Fact, ...], tuple[Account, ...]]:
    """The facts that stand, and the accounts of all cells.

    Args:
        accounts: every cell in reading order.
        statements: what cells state, each with the place of its cell in `accounts`.
    """
    settled = list(accounts)
    facts = []
    by_statement: dict[tuple[object, ...], list[tuple[int, Fact]]] = {}
    for place, fact in statements:
        by_statement.setdefault((fact.subject, fact.indicator, fact.period), []).append((place, fact))
    for same in by_statement.values():
        first, fact = same[0]
        if all(same_value(fact, other) for _, other in same):
            facts.append(fact)
            for place, _ in same[1:]:
                settled[place] = replace(accounts[place], reason=f"与{_cell(accounts[first])}相同")
            continue
        for place, _ in same:
            others = "、".join(_cell(accounts[other]) for other, _ in same if other != place)
            reason = f"与{others}说的是同一个数({fact.period.label()})而数值不同,都没有取;请在映射里写明各列的 period"
            settled[place] = replace(accounts[place], kind=Kind.LEFT, reason=reason, amiss=True)
    return tuple(facts), tuple(settled)


def _cell(account: Account) -> str:
    return f"{account.sheet}!{account.address}"
