"""按比例分配 with caps: shares by weight, what a cap cuts off is shared again among the others, fen by largest remainder.

Precedence goes first: requests by law or carried over are met whole before the rest is shared, as long as money lasts;
if not, the money is shared among them alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from luming.budget.call import Call, Weight
from luming.budget.money import in_words
from luming.budget.order import Placed, ahead
from luming.budget.outcome import Award
from luming.budget.request import Request


def in_proportion(call: Call, placed: Sequence[Placed], budget: int) -> tuple[Award, ...]:
    """The awards, in order."""
    awards: list[Award] = []
    left = budget
    by_precedence = {
        key: list(group) for key, group in groupby(placed, key=lambda one: one.request.precedence)
    }
    for precedence in sorted(by_precedence):
        group = by_precedence[precedence]
        shared = (
            [Fraction(one.request.ceiling) for one in group]
            if precedence < 2 and sum(one.request.ceiling for one in group) <= left
            else fair_shares(
                [weight(call, one.request) for one in group], [one.request.ceiling for one in group], left
            )
        )
        whole = whole_fen(shared, [one.request.ceiling for one in group], left)
        awards += [
            _award(one, share, amount) for one, share, amount in zip(group, shared, whole, strict=True)
        ]
        left -= sum(whole)
    return tuple(awards)


def weight(call: Call, request: Request) -> Fraction:
    """By what a request shares."""
    if call.weight is Weight.ASKED:
        return Fraction(request.ceiling)
    return request.score if request.score is not None else Fraction(0)


def fair_shares(weights: Sequence[Fraction], ceilings: Sequence[int], budget: int) -> list[Fraction]:
    """What each would get exactly: one rate for all that their ceilings do not hold back. A weight of 0 gets nothing."""
    shares = [Fraction(0)] * len(weights)
    open_ones = [at for at, one in enumerate(weights) if one > 0 and ceilings[at] > 0]
    left = Fraction(budget)
    while open_ones and left > 0:
        rate = left / sum(weights[at] for at in open_ones)
        held = [at for at in open_ones if rate * weights[at] >= ceilings[at]]
        if not held:
            for at in open_ones:
                shares[at] = rate * weights[at]
            break
        for at in held:
            shares[at] = Fraction(ceilings[at])
            left -= ceilings[at]
        open_ones = [at for at in open_ones if at not in set(held)]
    return shares


def whole_fen(shares: Sequence[Fraction], ceilings: Sequence[int], budget: int) -> list[int]:
    """The shares in whole fen: down, then one more fen each to the largest remainders; of equal ones, to the earlier in order."""
    amounts = [int(share) for share in shares]
    spare = min(budget, int(sum(shares))) - sum(amounts)
    by_remainder = sorted(range(len(shares)), key=lambda at: (amounts[at] - shares[at], at))
    for at in by_remainder:
        if spare <= 0:
            break
        if amounts[at] < ceilings[at] and shares[at] > amounts[at]:
            amounts[at] += 1
            spare -= 1
    return amounts


def _award(one: Placed, share: Fraction, amount: int) -> Award:
    ceiling = one.request.ceiling
    if ceiling == 0:
        reason = "上限为零"
    elif amount == ceiling:
        reason = "全额支持" if ceiling == one.request.asked else "按上限支持"
    elif share == 0:
        reason = "评分为零或前面已分完"
    elif share == amount:
        reason = f"按比例得{in_words(amount)}"
    else:
        step = "进" if amount > share else "舍"
        reason = f"按比例得{in_words(amount)}(尾数按最大余数{step}到分)"
    prefix = ahead(one.request)
    return Award(one.request, one.place, amount, f"{prefix};{reason}" if prefix else reason, share, one.tie)
