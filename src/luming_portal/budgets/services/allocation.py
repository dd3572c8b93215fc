"""Calls: declared before they open, filled while they are open, decided once; what is awarded is reserved at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.budget import Entry, Move, allocate, check_call
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import change
from luming_portal.budgets.booking import Booking, book
from luming_portal.budgets.models import AllocationCall, AllocationRequest, BudgetBalance, BudgetLine
from luming_portal.budgets.outcomes import frozen_outcome
from luming_portal.budgets.reach import require_on


def declare_call(
    line: BudgetLine,
    *,
    by: Any,
    title: str,
    method: str,
    tail: str,
    weight: str,
    seed: str,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    now: dt.datetime | None = None,
) -> AllocationCall:
    """Declare a call with its method.

    Raises:
        Refused: no right, or no title.
        luming.budget.DeclaredLate: it would open before it is declared.
        luming.budget.AllocationFaults: it would close before it opens.
    """
    made = AllocationCall(
        line=line,
        title=title.strip(),
        method=method,
        tail=tail,
        weight=weight,
        seed=seed.strip(),
        declared_at=now or timezone.now(),
        opens_at=opens_at,
        closes_at=closes_at,
        demo=line.demo,
    )
    require_on(by, Action.CREATE, "allocation", line)
    if not made.title:
        raise Refused(_("要写明名称。"))
    check_call(made.value())
    with change(_("公布分配方法:%s") % made.title) as changes:
        return changes.save(made)


def enter_requests(
    call: AllocationCall,
    requests: Sequence[AllocationRequest],
    *,
    by: Any,
    now: dt.datetime | None = None,
) -> list[AllocationRequest]:
    """Enter requests, or what became known of them later (the score). By matter: one that is there is brought up to date.

    What was asked, by whom and when stays as it was handed in.

    Raises:
        Refused: no right, or the call was decided.
    """
    require(by, Action.CHANGE, "allocation", call)
    with change(_("登记分配申请")) as changes:
        stored = AllocationCall.objects.select_for_update().get(pk=call.pk)
        if stored.decided_at is not None:
            raise Refused(_("已经决定,不能再登记申请。"))
        if (now or timezone.now()) < stored.opens_at:
            raise Refused(_("还没有开放申报。"))
        known = {row.matter: row for row in stored.requests.all()}
        kept = []
        for one in requests:
            before = known.get(one.matter)
            if before is None:
                one.call, one.demo = stored, stored.demo
                kept.append(changes.save(one))
                continue
            before.score, before.cap, before.precedence = one.score, one.cap, one.precedence
            kept.append(changes.save(before))
        return kept


def decide_call(
    call: AllocationCall, *, by: Any, reason: str, now: dt.datetime | None = None
) -> AllocationCall:
    """Share out what is free on the line, keep rule, inputs and outcome, and reserve each award: all or nothing.

    Raises:
        Refused: no right, no reason, still open, decided before, or equals that wait for a lot.
        luming.budget.AllocationFaults: requests that cannot be decided on.
        luming.budget.BudgetRefused: a matter that was paid before, or a cap; the request is to be taken in hand first.
    """
    require(by, Action.CHANGE, "allocation", call)
    if not reason.strip():
        raise Refused(_("要写明依据或理由。"))
    with change(reason) as changes:
        held = BudgetBalance.objects.select_for_update().get(line_id=call.line_id)
        stored = AllocationCall.objects.select_for_update(of=("self",)).select_related("line").get(pk=call.pk)
        if stored.decided_at is not None:
            raise Refused(_("已经决定过。"))
        if (now or timezone.now()) < stored.closes_at:
            raise Refused(_("还没有截止申报,不能决定。"))
        rows = {row.matter: row for row in stored.requests.all()}
        found = allocate(stored.value(), [row.value() for row in rows.values()], held.value().free)
        if any(one.undecided for one in found.awards):
            raise Refused(_("有同等申请待抽签,而方法公布时没有写明抽签种子。请先为同等申请另行评分。"))
        bookings = [
            Booking(
                stored.line,
                Entry(
                    f"allocation:{stored.pk}:{one.request.id}",
                    Move.RESERVE,
                    one.amount,
                    one.request.id,
                    rows[one.request.id].payee,
                ),
                rows[one.request.id].payee_name,
                origin=rows[one.request.id].origin or f"allocation:{stored.pk}",
            )
            for one in found.awards
            if one.amount
        ]
        if bookings:
            book(changes, bookings, by=by)
        stored.budget, stored.outcome = found.budget, frozen_outcome(found)
        stored.decided_at, stored.decided_by = changes.now, by
        return changes.save(stored)
