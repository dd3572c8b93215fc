"""What is asked of a budget, and who comes before whom."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luming.budget.faults import AllocationFaults
from luming.errors import Fault

PRECEDENCE = {0: "法定义务", 1: "上年结转", 2: "本年新申报"}
"""Which requests come before others whatever the method. Source: mechanisms reference, section 1.4, 平台默认口径."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Attributes:
        id: names it once for all.
        asked: in fen, above zero.
        at: when it was handed in complete; aware.
        score: for `rank` and `proportional` by score; higher comes first.
        cap: the most that it may get, in fen; None where nothing limits it but what it asks.
        precedence: 0 legal duty, 1 carried over, 2 new.
    """

    id: str
    name: str
    asked: int
    at: dt.datetime
    score: Fraction | None = None
    cap: int | None = None
    precedence: int = 2

    @property
    def ceiling(self) -> int:
        """The most that it may get, in fen."""
        return self.asked if self.cap is None else min(self.asked, self.cap)


def lot(seed: str, request: Request) -> str:
    """The lot of a request: SHA-256 of seed and id, so that everybody can draw it again. The lower comes first."""
    return hashlib.sha256(f"{seed}\n{request.id}".encode()).hexdigest()


def check_requests(requests: Sequence[Request], *, scored: bool) -> None:
    """Refuse requests that cannot be decided on.

    Raises:
        AllocationFaults: with every fault of every request.
    """
    faults: list[Fault] = []
    seen: set[str] = set()
    for one in requests:
        where = f"申请“{one.name or one.id}”"
        if one.id in seen:
            faults.append(Fault("allocation.twice", where, f"编号{one.id}出现两次", "每件一个编号"))
        seen.add(one.id)
        if type(one.asked) is not int or one.asked <= 0:
            faults.append(Fault("allocation.asked", where, f"申请额{one.asked}分", "大于零的整数分"))
        if one.cap is not None and (type(one.cap) is not int or one.cap < 0):
            faults.append(Fault("allocation.cap", where, f"上限{one.cap}分", "不小于零的整数分"))
        if one.at.tzinfo is None:
            faults.append(Fault("allocation.moment", where, f"时间{one.at}没有时区", "带时区的时间"))
        if one.precedence not in PRECEDENCE:
            faults.append(Fault("allocation.precedence", where, f"次序{one.precedence}", "0、1或2"))
        if scored and (one.score is None or one.score < 0):
            found = "没有评分" if one.score is None else f"评分{one.score}"
            faults.append(Fault("allocation.score", where, found, "不小于零的评分"))
    if faults:
        raise AllocationFaults(faults)
