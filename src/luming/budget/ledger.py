"""The ledger of one budget line: `apply` one entry after the other, or `replay` them all. Pure and exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from luming.budget.cap import Cap, use
from luming.budget.entry import Entry
from luming.budget.faults import KeyTaken
from luming.budget.standing import Balance, Claim, post
from luming.errors import Fault


@dataclass(frozen=True, slots=True)
class Ledger:
    """A line of a fund in a year, as its entries have made it.

    Attributes:
        claims: every matter that was ever on the line.
        used: what the counters of the caps stand at; a line that shares a fund starts with those of the others.
        entries: by key, in order.
    """

    fund: str
    year: int
    caps: tuple[Cap, ...] = ()
    balance: Balance = field(default_factory=Balance)
    claims: Mapping[str, Claim] = field(default_factory=lambda: MappingProxyType({}))
    used: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))

    def conserved(self) -> bool:
        """Whether every fen is in exactly one place and none is below zero; true after any sequence of entries."""
        balance, claims = self.balance, self.claims.values()
        places = (balance.free, balance.reserved, balance.committed, balance.spent)
        return (
            all(place >= 0 for place in places)
            and sum(places) == balance.total
            and balance.reserved == sum(claim.reserved for claim in claims)
            and balance.committed == sum(claim.committed for claim in claims)
            and balance.paid == sum(claim.paid for claim in claims)
            and balance.returned == sum(claim.returned for claim in claims)
            and all(min(claim.reserved, claim.committed, claim.spent) >= 0 for claim in claims)
        )


def apply(ledger: Ledger, entry: Entry) -> Ledger:
    """The ledger after an entry. The same entry a second time changes nothing.

    Raises:
        BudgetRefused: one of its kinds; the ledger stays as it was.
    """
    known = ledger.entries.get(entry.key)
    if known == entry:
        return ledger
    if known is not None:
        raise KeyTaken([key_fault(entry.key, known.move.label)])
    balance, claim = post(ledger.balance, ledger.claims.get(entry.matter, Claim()), entry)
    used = use(ledger.caps, ledger.used, ledger.year, entry)
    return replace(
        ledger,
        balance=balance,
        claims=MappingProxyType({**ledger.claims, entry.matter: claim}) if entry.matter else ledger.claims,
        used=MappingProxyType({**ledger.used, **used}) if used else ledger.used,
        entries=MappingProxyType({**ledger.entries, entry.key: entry}),
    )


def replay(ledger: Ledger, entries: Iterable[Entry]) -> Ledger:
    """The ledger after all entries, in their order.

    Raises:
        BudgetRefused: at the first that cannot stand.
    """
    for entry in entries:
        ledger = apply(ledger, entry)
    return ledger


def key_fault(key: str, label: str) -> Fault:
    """The fault of a key that stands for something else."""
    return Fault("budget.key_taken", f"编号“{key}”", f"已用于另一笔{label}", "没有用过的编号")
