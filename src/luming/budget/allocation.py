"""Sharing out a budget: first come, by rank, or in proportion. Exact to the fen, and the same whatever the order of input."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from luming.budget.call import Call, Method, Tail, check_call
from luming.budget.faults import AllocationFaults
from luming.budget.money import in_words
from luming.budget.order import Placed, ahead, in_order
from luming.budget.outcome import Allocation, Award, edge_of
from luming.budget.proportion import in_proportion
from luming.budget.request import Request, check_requests
from luming.errors import Fault


def allocate(call: Call, requests: Sequence[Request], budget: int) -> Allocation:
    """Share a budget out by the method of the call.

    Args:
        budget: in fen; with a ledger, the free money of the line.

    Raises:
        DeclaredLate: the method was named only when the window was open.
        AllocationFaults: a budget below zero, or requests that cannot be decided on.
    """
    check_call(call, requests)
    if budget < 0:
        raise AllocationFaults([Fault("allocation.budget", "预算", in_words(budget), "不小于零")])
    check_requests(requests, scored=call.scored)
    placed = in_order(call, requests)
    if call.method is Method.PROPORTIONAL:
        awards = in_proportion(call, placed, budget)
    else:
        awards = _one_by_one(call, placed, budget)
    return Allocation(call, budget, awards, edge_of(awards, budget))


def _one_by_one(call: Call, placed: Sequence[Placed], budget: int) -> tuple[Award, ...]:
    awards: list[Award] = []
    left, stopped, open_lot = budget, False, False
    for _, equals in groupby(placed, key=lambda one: one.group):
        group = tuple(equals)
        if open_lot or (not stopped and _contested(call, group, left)):
            awards += [_undecided(one, left, behind=open_lot) for one in group]
            stopped, open_lot = True, open_lot or call.tail is Tail.SKIP
            continue
        for one in group:
            award = _next(call, one, left, stopped)
            stopped = stopped or (award.short > 0 and call.tail is not Tail.SKIP)
            left -= award.amount
            awards.append(award)
    return tuple(awards)


def _contested(call: Call, group: Sequence[Placed], left: int) -> bool:
    """Whether it depends on the order among equals who gets what."""
    ceilings = [one.request.ceiling for one in group if one.request.ceiling]
    if len(ceilings) < 2 or sum(ceilings) <= left:
        return False
    fitting = [ceiling for ceiling in ceilings if ceiling <= left]
    if call.tail is Tail.SKIP:
        return sum(fitting) > left
    return bool(fitting) or (call.tail is Tail.PART and left > 0)


def _next(call: Call, one: Placed, left: int, stopped: bool) -> Award:
    ceiling = one.request.ceiling
    if ceiling == 0:
        amount, reason = 0, "上限为零"
    elif stopped:
        amount, reason = 0, "前面已放不下,其后不再支持"
    elif ceiling <= left:
        amount, reason = ceiling, _whole(one.request)
    elif call.tail is Tail.PART and left:
        amount, reason = left, f"得余额{in_words(left)},差{in_words(ceiling - left)}"
    else:
        amount, reason = 0, f"余额{in_words(left)},差{in_words(ceiling - left)}"
    prefix = ahead(one.request)
    return Award(one.request, one.place, amount, f"{prefix};{reason}" if prefix else reason, tie=one.tie)


def _undecided(one: Placed, left: int, *, behind: bool) -> Award:
    reason = (
        "前面有同等申请待抽签,其后未定"
        if behind
        else f"余额{in_words(left)}不够支持全部同等申请,又没有事先公布抽签种子,待抽签"
    )
    return Award(one.request, one.place, 0, reason, tie=one.tie, undecided=True)


def _whole(request: Request) -> str:
    return "全额支持" if request.ceiling == request.asked else "按上限支持"
