"""Booking entries: under lock, all of them or none, each key once. Every change of a line's money comes through here.

Locked are the balances of the lines in the order of their numbers, then the counters of matters and caps in the order
of their names: so decisions wait for each other and never in a circle. What may be booked `luming.budget` says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from luming.budget import Balance, Cap, Claim, Entry, KeyTaken, Move, counters, key_fault, post, use
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import ChangeSet
from luming_portal.budgets.models import (
    BudgetBalance,
    BudgetClaim,
    BudgetCounter,
    BudgetEntry,
    BudgetLine,
    FundCap,
)

_SUMS = ("appropriated", "carried_in", "carried_out", "reserved", "committed", "paid", "returned")


@dataclass(frozen=True, slots=True)
class Booking:
    """An entry meant for a line, with what the ledger does not reckon with but people want to know."""

    line: BudgetLine
    entry: Entry
    payee_name: str = ""
    due_on: dt.date | None = None
    origin: str = ""


def book(changes: ChangeSet, bookings: Sequence[Booking], *, by: Any) -> list[BudgetEntry]:
    """Book entries on one line or several, in their order, inside an open change.

    Returns:
        One row for each booking; what was booked before under the same key is given back as it stands.

    Raises:
        luming.budget.BudgetRefused: one of them cannot stand; the caller's transaction is to be undone.
        Refused: a line that has been removed.
    """
    held = _locked(sorted({one.line.pk for one in bookings}))
    known = {row.key: row for row in BudgetEntry.objects.filter(key__in=[one.entry.key for one in bookings])}
    desk = _Desk(held, bookings)
    rows: list[BudgetEntry] = []
    made: list[BudgetEntry] = []
    for one in bookings:
        before = known.get(one.entry.key)
        if before is None:
            before = desk.enter(one, by, changes)
            known[one.entry.key] = before
            made.append(before)
        elif before.line_id != one.line.pk or before.value() != one.entry:
            raise KeyTaken([key_fault(one.entry.key, before.get_move_display())])
        rows.append(before)
    if made:
        try:
            # A savepoint, so that on PostgreSQL the transaction can still say what stands in the way.
            with transaction.atomic():
                changes.create_many(made)
        except IntegrityError:
            taken = BudgetEntry.objects.filter(key__in=[one.key for one in made]).first()
            if taken is None:
                raise
            raise KeyTaken([key_fault(taken.key, taken.get_move_display())]) from None
        desk.write()
    return rows


def _locked(lines: Iterable[int]) -> dict[int, BudgetBalance]:
    numbers = list(lines)
    rows = (
        BudgetBalance.objects.select_for_update(of=("self",))
        .select_related("line")
        .filter(line_id__in=numbers)
        .order_by("line_id")
    )
    found = {row.line_id: row for row in rows}
    if len(found) < len(numbers):
        raise Refused(_("这笔预算已不存在,没有记账。"))
    return found


class _Desk:
    """The rows that the bookings touch, locked; entries are reckoned on it and the sums written once at the end."""

    def __init__(self, held: dict[int, BudgetBalance], bookings: Sequence[Booking]) -> None:
        self.rows = held
        self.balances: dict[int, Balance] = {key: row.value() for key, row in held.items()}
        funds = {row.line.fund for row in held.values()}
        caps = [row.value() for row in FundCap.objects.filter(fund__in=funds, ended=False).order_by("pk")]
        self.caps: dict[str, tuple[Cap, ...]] = {
            fund: tuple(cap for cap in caps if cap.fund == fund) for fund in funds
        }
        self.counters = self._count(bookings)
        matters = {one.entry.matter for one in bookings} - {""}
        self.claims = {
            (row.line_id, row.matter): row
            for row in BudgetClaim.objects.filter(line_id__in=list(held), matter__in=matters)
        }
        self.changed: set[str] = set()

    def _count(self, bookings: Sequence[Booking]) -> dict[str, int]:
        names = sorted(
            {
                name
                for one in bookings
                for name in counters(
                    self.caps[self.rows[one.line.pk].line.fund], self.rows[one.line.pk].line.year, one.entry
                )
            }
        )
        if not names:
            return {}
        BudgetCounter.objects.bulk_create([BudgetCounter(name=name) for name in names], ignore_conflicts=True)
        locked = BudgetCounter.objects.select_for_update().filter(name__in=names).order_by("name")
        return {row.name: row.used for row in locked}

    def enter(self, one: Booking, by: Any, changes: ChangeSet) -> BudgetEntry:
        row, entry = self.rows[one.line.pk], one.entry
        line = row.line
        place = (line.pk, entry.matter)
        claim = self.claims.get(place)
        balance, after = post(self.balances[line.pk], claim.value() if claim else Claim(), entry)
        used = use(self.caps[line.fund], self.counters, line.year, entry)
        self.balances[line.pk] = balance
        self.counters |= used
        self.changed |= set(used)
        if entry.matter:
            self.claims[place] = _claim(claim, line, one, after)
        row.entries += 1
        return BudgetEntry(
            line=line,
            serial=row.entries,
            key=entry.key,
            move=entry.move.value,
            stage=entry.stage.value,
            amount=entry.amount,
            matter=entry.matter,
            payee=entry.payee,
            payee_name=one.payee_name or (claim.payee_name if claim else ""),
            due_on=one.due_on,
            origin=one.origin,
            reason=changes.reason[:500],
            at=changes.now,
            by=by,
            demo=line.demo,
        )

    def write(self) -> None:
        for key, row in self.rows.items():
            for name in _SUMS:
                setattr(row, name, getattr(self.balances[key], name))
            row.save(update_fields=[*_SUMS, "entries"])
        for claim in self.claims.values():
            claim.save()
        for name in sorted(self.changed):
            BudgetCounter.objects.filter(name=name).update(used=self.counters[name])


def _claim(claim: BudgetClaim | None, line: BudgetLine, one: Booking, after: Claim) -> BudgetClaim:
    row = claim or BudgetClaim(line=line, matter=one.entry.matter, payee=one.entry.payee)
    row.reserved, row.committed, row.paid, row.returned = (
        after.reserved,
        after.committed,
        after.paid,
        after.returned,
    )
    row.payee = after.payee
    row.payee_name = one.payee_name or row.payee_name
    row.origin = one.origin or row.origin
    if one.entry.move in (Move.COMMIT, Move.CARRY_IN):
        row.due_on = one.due_on or row.due_on
    return row
