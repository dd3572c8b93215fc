"""Decisions on a line's money, each one entry under one key; and carrying a line over into the next year.

Giving money is not among them: see `payments`. Sums are fen.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from luming.budget import Carried, Entry, Move, carry_over
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import change
from luming_portal.budgets.booking import Booking, book
from luming_portal.budgets.models import BudgetBalance, BudgetEntry, BudgetLine, PaymentOrder
from luming_portal.budgets.reach import require_on
from luming_portal.budgets.services.lines import put_up


def appropriate(line: BudgetLine, amount: int, *, by: Any, key: str, reason: str) -> BudgetEntry:
    """Note an appropriation; the reason names its paper.

    Raises:
        Refused, luming.budget.BudgetRefused: as for every decision on this page.
    """
    return _decide(line, Entry(key, Move.APPROPRIATE, amount), by, reason)


def cut(line: BudgetLine, amount: int, *, by: Any, key: str, reason: str) -> BudgetEntry:
    """Note a cut; never more than is free."""
    return _decide(line, Entry(key, Move.CUT, amount), by, reason)


def reserve(
    line: BudgetLine,
    amount: int,
    *,
    matter: str,
    payee: str,
    payee_name: str = "",
    by: Any,
    key: str,
    reason: str,
) -> BudgetEntry:
    """Set money aside for a matter."""
    return _decide(line, Entry(key, Move.RESERVE, amount, matter, payee), by, reason, payee_name)


def commit(
    line: BudgetLine,
    amount: int,
    *,
    matter: str,
    payee: str,
    by: Any,
    key: str,
    reason: str,
    due_on: dt.date | None = None,
) -> BudgetEntry:
    """Promise what was reserved."""
    return _decide(line, Entry(key, Move.COMMIT, amount, matter, payee), by, reason, due_on=due_on)


def release(
    line: BudgetLine, amount: int, *, matter: str, payee: str, by: Any, key: str, reason: str
) -> BudgetEntry:
    """Free what was reserved."""
    return _decide(line, Entry(key, Move.RELEASE, amount, matter, payee), by, reason)


def cancel(
    line: BudgetLine, amount: int, *, matter: str, payee: str, by: Any, key: str, reason: str
) -> BudgetEntry:
    """Take a promise back."""
    return _decide(line, Entry(key, Move.CANCEL, amount, matter, payee), by, reason)


def give_back(
    line: BudgetLine, amount: int, *, matter: str, payee: str, by: Any, key: str, reason: str
) -> BudgetEntry:
    """Note that paid money came back."""
    return _decide(line, Entry(key, Move.GIVE_BACK, amount, matter, payee), by, reason)


def carry(line: BudgetLine, *, by: Any, free: bool, reason: str) -> tuple[BudgetLine, Carried]:
    """Carry a line over: what is bound moves to next year's line, which is opened where there is none.

    Args:
        free: whether free money moves too.

    Raises:
        Refused: no right, no reason, a payment that waits for release, or nothing to carry.
    """
    require(by, Action.CHANGE, "budget_line", line)
    _reason(reason)
    with change(reason) as changes:
        held = BudgetBalance.objects.select_for_update().get(line=line)
        if line.orders.filter(state=PaymentOrder.State.ASKED).exists():
            raise Refused(_("还有待放款的拨付申请,请先放款或退回,再结转。"))
        times = line.entries.filter(move=Move.CARRY_OUT.value).count()
        carried = carry_over(
            held.value(),
            {row.matter: row.value() for row in line.claims.all()},
            key=f"carry|{line.pk}|{times}",
            free=free,
        )
        if not carried.closing:
            raise Refused(_("没有可结转的金额。"))
        target = BudgetLine.objects.filter(follows=line).first() or put_up(changes, _next_year(line))
        claims = {row.matter: row for row in line.claims.all()}
        bookings = [
            _carried(where, entry, claims.get(entry.matter), line)
            for where, entries in ((line, carried.closing), (target, carried.opening))
            for entry in entries
        ]
        book(changes, bookings, by=by)
    return target, carried


def _carried(where: BudgetLine, entry: Entry, claim: Any, line: BudgetLine) -> Booking:
    if claim is None:
        return Booking(where, entry, origin=f"line:{line.pk}")
    return Booking(where, entry, claim.payee_name, claim.due_on, claim.origin or f"line:{line.pk}")


def _next_year(line: BudgetLine) -> BudgetLine:
    return BudgetLine(
        title=line.title,
        fund=line.fund,
        year=line.year + 1,
        unit=line.unit,
        published=line.published,
        follows=line,
        demo=line.demo,
    )


def _decide(
    line: BudgetLine,
    entry: Entry,
    by: Any,
    reason: str,
    payee_name: str = "",
    due_on: dt.date | None = None,
) -> BudgetEntry:
    require_on(by, Action.CREATE, "budget_entry", line)
    if entry.move in (Move.APPROPRIATE, Move.CUT):
        require(by, Action.CHANGE, "budget_line", line)
    _reason(reason)
    with change(reason) as changes:
        (row,) = book(changes, [Booking(line, entry, payee_name, due_on)], by=by)
    return row


def _reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("要写明依据或理由。"))
