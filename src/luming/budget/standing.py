"""How a line and one matter stand, and what one entry makes of the two: the rule that every ledger runs on.

A database keeps one row for the line and one for each matter and calls `post` under lock; `Ledger` does the same in
memory. Free money is reckoned, never kept: what came in, less what left and what is bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from luming.budget.cap import taken_fault
from luming.budget.entry import Entry, Move, Stage, check_entry
from luming.budget.faults import MatterTaken, NotHeld, Overspent
from luming.budget.money import in_words
from luming.errors import Fault


@dataclass(frozen=True, slots=True)
class Balance:
    """A line in fen.

    Attributes:
        appropriated: what was given less what was cut.
        carried_in, carried_out: from the year before, to the year after.
        reserved, committed: bound now.
        paid: all that was ever paid out; `returned` of it came back and is free again (平台默认口径).
    """

    appropriated: int = 0
    carried_in: int = 0
    carried_out: int = 0
    reserved: int = 0
    committed: int = 0
    paid: int = 0
    returned: int = 0

    @property
    def given(self) -> int:
        """What the line was given for its year: appropriated and carried in. Rates are of this."""
        return self.appropriated + self.carried_in

    @property
    def total(self) -> int:
        """What stands on the line in one place or another: given, less carried out."""
        return self.given - self.carried_out

    @property
    def free(self) -> int:
        """What may still be reserved."""
        return self.total - self.reserved - self.committed - self.paid + self.returned

    @property
    def spent(self) -> int:
        """Paid and not come back."""
        return self.paid - self.returned


@dataclass(frozen=True, slots=True)
class Claim:
    """One matter on a line, in fen. Once anything was paid it is never taken up again, not even when all came back."""

    payee: str = ""
    reserved: int = 0
    committed: int = 0
    paid: int = 0
    returned: int = 0

    @property
    def open(self) -> int:
        """Bound and not yet paid."""
        return self.reserved + self.committed

    @property
    def spent(self) -> int:
        """Paid and not come back."""
        return self.paid - self.returned

    @property
    def drawn(self) -> int:
        """What caps count: bound or paid, less what came back."""
        return self.open + self.spent


def post(balance: Balance, claim: Claim, entry: Entry) -> tuple[Balance, Claim]:
    """Book one entry on a line and on the matter it speaks of (an empty claim for one not seen before).

    Raises:
        EntryInvalid: the entry means nothing.
        Overspent: the line has less than the entry takes.
        NotHeld: the matter has less in the stage that it is taken from.
        MatterTaken: the matter is bound or was paid before, or is another firm's.
    """
    check_entry(entry)
    source, target = entry.way
    _check_matter(claim, entry)
    if source is Stage.FREE and entry.amount > balance.free:
        raise Overspent([_short("budget.overspent", entry, "可用", balance.free)])
    if source is not None and source is not Stage.FREE:
        held = {
            Stage.RESERVED: claim.reserved,
            Stage.COMMITTED: claim.committed,
            Stage.PAID: claim.spent,
        }[source]
        if entry.amount > held:
            raise NotHeld([_short("budget.not_held", entry, source.label, held)])
    reserved = _moved(entry, Stage.RESERVED)
    committed = _moved(entry, Stage.COMMITTED)
    paid = entry.amount if target is Stage.PAID else 0
    returned = entry.amount if source is Stage.PAID else 0
    booked = replace(
        balance,
        appropriated=balance.appropriated
        + (entry.amount if entry.move is Move.APPROPRIATE else 0)
        - (entry.amount if entry.move is Move.CUT else 0),
        carried_in=balance.carried_in + (entry.amount if entry.move is Move.CARRY_IN else 0),
        carried_out=balance.carried_out + (entry.amount if entry.move is Move.CARRY_OUT else 0),
        reserved=balance.reserved + reserved,
        committed=balance.committed + committed,
        paid=balance.paid + paid,
        returned=balance.returned + returned,
    )
    if not entry.matter:
        return booked, claim
    return booked, Claim(
        payee=entry.payee,
        reserved=claim.reserved + reserved,
        committed=claim.committed + committed,
        paid=claim.paid + paid,
        returned=claim.returned + returned,
    )


def _moved(entry: Entry, stage: Stage) -> int:
    source, target = entry.way
    return entry.amount * ((target is stage) - (source is stage))


def _check_matter(claim: Claim, entry: Entry) -> None:
    if not entry.matter:
        return
    where = f"{entry.move.label}“{entry.matter}”"
    if claim.payee and claim.payee != entry.payee:
        raise MatterTaken(
            [
                Fault(
                    "budget.other_payee",
                    where,
                    f"收款人{entry.payee}",
                    f"原收款人{claim.payee}",
                    "同一事项只付一家",
                )
            ]
        )
    # Carrying in is no taking up: the same matter may come in two entries, reserved and committed.
    if entry.move is not Move.RESERVE or not (claim.open or claim.paid):
        return
    before = f"已拨付{in_words(claim.paid)}" if claim.paid else f"已占用{in_words(claim.open)}"
    raise MatterTaken([taken_fault(entry, before)])


def _short(code: str, entry: Entry, stage: str, held: int) -> Fault:
    return Fault(
        code,
        f"{entry.move.label}“{entry.matter or entry.key}”",
        in_words(entry.amount),
        f"不超过{stage}{in_words(held)}",
        f"差{in_words(entry.amount - held)}",
    )
