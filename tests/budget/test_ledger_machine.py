"""After any sequence of entries: conserved, never negative, never overspent, no matter paid twice, caps hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from luming.budget import (
    BudgetRefused,
    Cap,
    CapScope,
    Entry,
    Ledger,
    MatterTaken,
    Move,
    Overspent,
    Stage,
    apply,
    carry_over,
    replay,
)

MATTERS = {f"m{at}": f"firm{at % 3}" for at in range(6)}
SUMS = st.integers(1, 60)
CAPS = (
    Cap("kjzx", CapScope.MATTER, 40),
    Cap("kjzx", CapScope.FIRM_YEAR, 50),
    Cap("kjzx", CapScope.FIRM, 80),
    Cap("kjzx", CapScope.FUND_YEAR, 120),
)


class Budget(RuleBasedStateMachine):
    """Entries of all kinds on this year's line and, once carried over, on next year's; a plain account is kept beside."""

    @initialize(given=st.integers(0, 200))
    def begin(self, given: int) -> None:
        self.lines = [Ledger("kjzx", 2025, CAPS)]
        self.number = 0
        self.paid_out: dict[str, list[str]] = {}
        if given:
            self.book(Move.APPROPRIATE, given)

    def book(self, move: Move, amount: int, matter: str = "") -> bool:
        self.number += 1
        payee = MATTERS.get(matter, "")
        return self.enter(Entry(f"k{self.number}", move, amount, matter, payee))

    def enter(self, entry: Entry) -> bool:
        before = self.lines[-1]
        try:
            self.lines[-1] = apply(before, entry)
        except BudgetRefused:
            assert self.lines[-1] is before
            return False
        if entry.move is Move.RESERVE:
            self.paid_out.setdefault(entry.matter, [])
        return True

    @rule(amount=SUMS, move=st.sampled_from([Move.APPROPRIATE, Move.CUT]))
    def fund(self, amount: int, move: Move) -> None:
        free = self.lines[-1].balance.free
        assert self.book(move, amount) == (move is Move.APPROPRIATE or amount <= free)

    @rule(matter=st.sampled_from(sorted(MATTERS)), amount=SUMS)
    def reserve(self, matter: str, amount: int) -> None:
        self.book(Move.RESERVE, amount, matter)

    @rule(
        matter=st.sampled_from(sorted(MATTERS)),
        amount=SUMS,
        move=st.sampled_from([Move.RELEASE, Move.COMMIT, Move.CANCEL, Move.PAY, Move.GIVE_BACK]),
    )
    def move_on(self, matter: str, amount: int, move: Move) -> None:
        self.book(move, amount, matter)

    @rule(matter=st.sampled_from(sorted(MATTERS)), move=st.sampled_from([Move.COMMIT, Move.PAY]))
    def move_whole(self, matter: str, move: Move) -> None:
        claim = self.lines[-1].claims.get(matter)
        held = 0 if claim is None else claim.reserved if move is Move.COMMIT else claim.committed
        if held:
            assert self.book(move, held, matter)

    @rule(matter=st.sampled_from(sorted(MATTERS)), amount=SUMS)
    def reserving_what_was_paid_is_refused(self, matter: str, amount: int) -> None:
        if any(line.claims[matter].paid for line in self.lines if matter in line.claims):
            with pytest.raises((MatterTaken, Overspent)):
                apply(self.lines[-1], Entry("again", Move.RESERVE, amount, matter, MATTERS[matter]))

    @rule(data=st.data())
    def entering_twice_changes_nothing(self, data: Any) -> None:
        line = self.lines[-1]
        if line.entries:
            entry = data.draw(st.sampled_from(list(line.entries.values())))
            assert apply(line, entry) is line

    @precondition(lambda self: len(self.lines) < 3)
    @rule(free=st.booleans())
    def carry(self, free: bool) -> None:
        old = self.lines[-1]
        carried = carry_over(old.balance, old.claims, key=f"carry{old.year}", free=free)
        closed = replay(old, carried.closing)
        assert closed.balance.reserved == closed.balance.committed == 0
        assert closed.balance.free == carried.lapsed
        new = replay(Ledger("kjzx", old.year + 1, CAPS, used=closed.used), carried.opening)
        assert new.balance.total == carried.amount
        self.lines[-1] = closed
        self.lines.append(new)

    @invariant()
    def conserved(self) -> None:
        assert all(line.conserved() for line in getattr(self, "lines", ()))

    @invariant()
    def replayed_alike(self) -> None:
        first = getattr(self, "lines", [None])[0]
        if first is not None:
            assert replay(Ledger("kjzx", 2025, CAPS), first.entries.values()) == first

    @invariant()
    def caps_hold(self) -> None:
        lines = getattr(self, "lines", ())
        drawn: dict[tuple[str, str], int] = {}
        for line in lines:
            for matter, claim in line.claims.items():
                for name, key in (("matter", matter), ("firm", claim.payee)):
                    drawn[name, key] = drawn.get((name, key), 0) + claim.drawn
        limits = {"matter": 40, "firm": 80}
        assert all(amount <= limits[name] for (name, _), amount in drawn.items())

    @invariant()
    def one_matter_is_paid_from_one_reservation(self) -> None:
        for matter in MATTERS:
            moves = [
                entry
                for line in getattr(self, "lines", ())
                for entry in line.entries.values()
                if entry.matter == matter and entry.stage is Stage.FREE
            ]
            first = next((at for at, entry in enumerate(moves) if entry.move is Move.PAY), None)
            if first is not None:
                assert all(entry.move is not Move.RESERVE for entry in moves[first:])


TestBudget = Budget.TestCase
TestBudget.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
