"""The call under which a budget is shared out: its window, and the method that was named before the window opened.

A method chosen after the list is known could be chosen for the list; such a call is refused.
Source: mechanisms reference, section 1.4 (平台默认口径).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from luming.budget.faults import AllocationFaults, DeclaredLate
from luming.budget.request import Request
from luming.errors import Fault


class Method(StrEnum):
    """How a budget that does not reach is shared out."""

    FIRST_COME = "first_come"
    RANK = "rank"
    PROPORTIONAL = "proportional"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"first_come": "先到先得", "rank": "择优排序", "proportional": "按比例分配"}[self.value]


class Tail(StrEnum):
    """What becomes of the first request that no longer fits whole; for `first_come` and `rank`."""

    STOP = "stop"
    PART = "part"
    SKIP = "skip"

    @property
    def label(self) -> str:
        """The office's word."""
        return {
            "stop": "到放不下的一件为止",
            "part": "放不下的一件得余额",
            "skip": "跳过放不下的,继续往后",
        }[self.value]


class Weight(StrEnum):
    """By what `proportional` shares out."""

    SCORE = "score"
    ASKED = "asked"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"score": "按评分", "asked": "按申请额"}[self.value]


@dataclass(frozen=True, slots=True)
class Call:
    """The window and its rule.

    Attributes:
        declared_at: when the method was made known.
        opens_at, closes_at: a request counts from the first to before the second.
        tail, weight: the finer points of the method; where the pack is silent, 平台默认口径.
        seed: text made known with the method, from which lots are drawn among equals; "" where none was.
    """

    method: Method
    declared_at: dt.datetime
    opens_at: dt.datetime
    closes_at: dt.datetime
    tail: Tail = Tail.STOP
    weight: Weight = Weight.SCORE
    seed: str = ""

    @property
    def scored(self) -> bool:
        """Whether every request needs a score."""
        return self.method is Method.RANK or (
            self.method is Method.PROPORTIONAL and self.weight is Weight.SCORE
        )

    def rule(self) -> str:
        """The rule as one sentence."""
        if self.method is Method.PROPORTIONAL:
            return f"{self.method.label},{self.weight.label},不超过各自上限;多出的按同一比例再分,余下的分按最大余数给出"
        order = "先到的在前" if self.method is Method.FIRST_COME else "评分高的在前,同分先到的在前"
        return f"{self.method.label}:{order};{self.tail.label}"


def check_call(call: Call, requests: Iterable[Request] = ()) -> None:
    """Refuse a call whose method came late, or requests from outside of its window.

    Raises:
        DeclaredLate: the method was not named before the window opened.
        AllocationFaults: no window, or requests outside of it.
    """
    if call.declared_at >= call.opens_at:
        raise DeclaredLate(
            [
                Fault(
                    "allocation.declared_late",
                    "分配方法",
                    f"{call.declared_at:%Y-%m-%d %H:%M}公布",
                    f"早于{call.opens_at:%Y-%m-%d %H:%M}开放申报",
                    "分配方法要在开放申报之前公布,另开一期",
                )
            ]
        )
    if call.closes_at <= call.opens_at:
        raise AllocationFaults(
            [
                Fault(
                    "allocation.window",
                    "申报期",
                    f"{call.closes_at:%Y-%m-%d %H:%M}截止",
                    f"晚于{call.opens_at:%Y-%m-%d %H:%M}",
                )
            ]
        )
    outside = [
        Fault(
            "allocation.outside_window",
            f"申请“{one.name or one.id}”",
            f"{one.at:%Y-%m-%d %H:%M}提交",
            f"{call.opens_at:%Y-%m-%d %H:%M}至{call.closes_at:%Y-%m-%d %H:%M}之间",
        )
        for one in requests
        if one.precedence == 2 and not call.opens_at <= one.at < call.closes_at
    ]
    if outside:
        raise AllocationFaults(outside)
