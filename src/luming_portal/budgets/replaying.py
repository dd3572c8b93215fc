"""Proves the sums of lines against their entries: everything is reckoned anew by the library and compared."""

from __future__ import annotations

from dataclasses import dataclass

from luming.budget import BudgetRefused, Ledger, replay
from luming_portal.budgets.models import BudgetBalance, BudgetLine


@dataclass(frozen=True, slots=True)
class Proved:
    """What a replay of a line found; `faults` is empty where all agrees."""

    line: BudgetLine
    entries: int
    faults: tuple[str, ...]


def prove(line: BudgetLine) -> Proved:
    """Replay a line. Caps were asked when each entry was booked; they are not asked again."""
    rows = list(line.entries.order_by("serial"))
    held = BudgetBalance.objects.get(line=line)
    faults = []
    if [row.serial for row in rows] != list(range(1, held.entries + 1)):
        faults.append(f"账目序号不连续,共{len(rows)}笔,应为{held.entries}笔")
    try:
        ledger = replay(Ledger(line.fund, line.year), [row.value() for row in rows])
    except BudgetRefused as refused:
        return Proved(line, len(rows), (*faults, *(fault.sentence() for fault in refused.faults)))
    if ledger.balance != held.value():
        faults.append("合计与逐笔重算不一致")
    if not ledger.conserved():
        faults.append("逐笔重算后收支不平衡")
    if dict(ledger.claims) != {row.matter: row.value() for row in line.claims.all()}:
        faults.append("事项余额与逐笔重算不一致")
    return Proved(line, len(rows), tuple(faults))
