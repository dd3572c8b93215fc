"""Giving money: one person asks, another one releases or refuses. The same person never does both."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from luming.budget import Entry, Move
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.budgets.booking import Booking, book
from luming_portal.budgets.models import BudgetBalance, BudgetClaim, BudgetLine, PaymentOrder
from luming_portal.budgets.reach import require_on


def ask_payment(line: BudgetLine, amount: int, *, matter: str, by: Any, reason: str) -> PaymentOrder:
    """Ask for a payment of what is committed to a matter.

    Raises:
        Refused: no right, no reason, more than is committed, or an order waits already.
    """
    require_on(by, Action.CREATE, "payment_order", line)
    if not reason.strip():
        raise Refused(_("要写明依据或理由。"))
    with change(reason) as changes:
        return put_order(changes, line, amount, matter=matter, by=by)


def put_order(changes: ChangeSet, line: BudgetLine, amount: int, *, matter: str, by: Any) -> PaymentOrder:
    """Ask, inside an open change; the rights are the caller's."""
    BudgetBalance.objects.select_for_update().get(line=line)
    claim = BudgetClaim.objects.filter(line=line, matter=matter).first()
    if claim is None or not 0 < amount <= claim.committed:
        raise Refused(_("拨付不能超过该事项已承诺的金额。"))
    if PaymentOrder.objects.filter(line=line, matter=matter, state=PaymentOrder.State.ASKED).exists():
        raise Refused(_("该事项已有一笔拨付申请待放款。"))
    made = PaymentOrder(
        line=line,
        matter=matter,
        payee=claim.payee,
        payee_name=claim.payee_name,
        amount=amount,
        reason=changes.reason[:500],
        asked_at=changes.now,
        asked_by=by,
        demo=line.demo,
    )
    return changes.save(made)


def release_payment(order: PaymentOrder, *, by: Any, answer: str = "") -> PaymentOrder:
    """Release the money of an order.

    Raises:
        Refused: no right, the person who asked, or settled before.
        luming.budget.BudgetRefused: the promise was taken back meanwhile.
    """
    require(by, Action.CHANGE, "payment_order", order)
    with change(answer.strip() or _("放款")) as changes:
        return pay_order(changes, order, by=by, answer=answer)


def pay_order(changes: ChangeSet, order: PaymentOrder, *, by: Any, answer: str = "") -> PaymentOrder:
    """Release, inside an open change; the rights are the caller's. Two people it takes whoever calls."""
    stored = _waiting(order, by)
    entry = Entry(f"payment:{stored.pk}", Move.PAY, stored.amount, stored.matter, stored.payee)
    (row,) = book(
        changes, [Booking(stored.line, entry, stored.payee_name, origin=f"order:{stored.pk}")], by=by
    )
    stored.entry = row
    return _settle(changes, stored, PaymentOrder.State.RELEASED, by, answer)


def refuse_payment(order: PaymentOrder, *, by: Any, answer: str) -> PaymentOrder:
    """Send an order back; the money stays committed.

    Raises:
        Refused: no right, no reason, the person who asked, or settled before.
    """
    require(by, Action.CHANGE, "payment_order", order)
    if not answer.strip():
        raise Refused(_("要写明依据或理由。"))
    with change(answer) as changes:
        return _settle(changes, _waiting(order, by), PaymentOrder.State.REFUSED, by, answer)


def waiting_sum(line: BudgetLine) -> int:
    """What waits for release on a line, in fen."""
    waiting = line.orders.filter(state=PaymentOrder.State.ASKED)
    return int(waiting.aggregate(sum=Sum("amount"))["sum"] or 0)


def _waiting(order: PaymentOrder, by: Any) -> PaymentOrder:
    # The line first, as every decision on it does.
    BudgetBalance.objects.select_for_update().get(line_id=order.line_id)
    stored = PaymentOrder.objects.select_for_update(of=("self",)).select_related("line").get(pk=order.pk)
    if stored.state != PaymentOrder.State.ASKED:
        raise Refused(_("这笔拨付申请已经处理过。"))
    if by is None or stored.asked_by_id == by.pk:
        raise Refused(_("申请拨付的人不能自己放款或退回,请另一位有权限的人处理。"))
    return stored


def _settle(changes: ChangeSet, order: PaymentOrder, state: str, by: Any, answer: str) -> PaymentOrder:
    order.state, order.settled_by, order.settled_at = state, by, changes.now
    order.answer = answer.strip()[:500]
    return changes.save(order)
