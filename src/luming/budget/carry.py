"""结转: at the year's end what is bound moves with its matter to the next year's line; what is free moves or lapses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luming.budget.entry import Entry, Move, Stage
from luming.budget.standing import Balance, Claim


@dataclass(frozen=True, slots=True)
class Carried:
    """The entries that close a line and open the next year's: as many, of the same sums.

    Attributes:
        lapsed: free money in fen that is not carried and stays on the old line.
    """

    closing: tuple[Entry, ...]
    opening: tuple[Entry, ...]
    lapsed: int

    @property
    def amount(self) -> int:
        """What moves, in fen."""
        return sum(entry.amount for entry in self.closing)


def carry_over(balance: Balance, claims: Mapping[str, Claim], *, key: str, free: bool = False) -> Carried:
    """The entries that carry a line over.

    Args:
        key: begins the keys of all entries, so that a second run books nothing.
        free: whether free money moves too; where the budget office does not say so, it lapses (平台默认口径).
    """
    closing, opening = [], []

    def move(amount: int, stage: Stage, matter: str = "", payee: str = "") -> None:
        if not amount:
            return
        name = f"{key}|{stage.value}|{matter}" if matter else f"{key}|{stage.value}"
        closing.append(Entry(f"{name}|out", Move.CARRY_OUT, amount, matter, payee, stage))
        opening.append(Entry(f"{name}|in", Move.CARRY_IN, amount, matter, payee, stage))

    for matter in sorted(claims):
        claim = claims[matter]
        move(claim.reserved, Stage.RESERVED, matter, claim.payee)
        move(claim.committed, Stage.COMMITTED, matter, claim.payee)
    if free:
        move(balance.free, Stage.FREE)
    return Carried(tuple(closing), tuple(opening), 0 if free else balance.free)
