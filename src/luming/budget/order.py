"""The order of requests, and what is said of equals.

Precedence first, then what the method looks at, then the moment. Whoever is equal in all is told apart by lot, where a
seed was made known with the method; else not at all: equals that cannot all be met then get nothing until a lot is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luming.budget.call import Call, Method
from luming.budget.outcome import shown
from luming.budget.request import PRECEDENCE, Request, lot


@dataclass(frozen=True, slots=True)
class Placed:
    """A request at its place (from 1) with the sentence about its equals; `group` is the same for undecided equals."""

    request: Request
    place: int
    group: int
    tie: str


def merit(call: Call, request: Request) -> tuple[object, ...]:
    """What decides before a lot does: the smaller comes first."""
    score = request.score if request.score is not None else Fraction(0)
    if call.method is Method.FIRST_COME:
        return (request.precedence, request.at)
    return (request.precedence, -score, request.at)


def in_order(call: Call, requests: Sequence[Request]) -> tuple[Placed, ...]:
    """The requests in order. It does not depend on the order in which they are given."""
    drawn = sorted(
        requests, key=lambda one: (*merit(call, one), lot(call.seed, one) if call.seed else one.id)
    )
    placed: list[Placed] = []
    group = 0
    for at, one in enumerate(drawn):
        equal = at > 0 and merit(call, drawn[at - 1]) == merit(call, one)
        if not equal or call.seed:
            group += 1
        placed.append(Placed(one, at + 1, group, _tie(call, one, drawn)))
    return tuple(placed)


def _tie(call: Call, one: Request, drawn: Sequence[Request]) -> str:
    own = merit(call, one)
    equals = [other for other in drawn if other.id != one.id and merit(call, other) == own]
    names = "、".join(f"“{other.name or other.id}”" for other in equals[:3])
    more = f"等{len(equals)}件" if len(equals) > 3 else ""
    if equals and call.seed:
        return f"与{names}{more}各项相同,按事先公布的种子抽签(SHA-256)定先后"
    if equals and call.method is Method.PROPORTIONAL:
        return f"与{names}{more}各项相同,所得相同,余下的一分按编号先后给"
    if equals:
        return f"与{names}{more}各项相同,不分先后"
    if call.method is Method.FIRST_COME or one.score is None:
        return ""
    close = [other for other in drawn if other.id != one.id and merit(call, other)[:2] == own[:2]]
    if not close:
        return ""
    names = "、".join(f"“{other.name or other.id}”" for other in close[:3])
    more = f"等{len(close)}件" if len(close) > 3 else ""
    return f"与{names}{more}同为{shown(one.score)}分,先提交的在前({one.at:%Y-%m-%d %H:%M:%S})"


def ahead(request: Request) -> str:
    """Why a request of a higher precedence stands before others; "" for a new one."""
    return f"{PRECEDENCE[request.precedence]},先于本年新申报" if request.precedence < 2 else ""
