"""What an allocation gives: to each request its sum with the reason, who stood just outside, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from luming.budget.call import Call
from luming.budget.money import in_words
from luming.budget.request import Request


@dataclass(frozen=True, slots=True)
class Award:
    """What one request gets.

    Attributes:
        place: its place in the order, from 1.
        amount: in fen.
        fair: what it would get exactly, before fen are rounded; for `proportional`.
        reason: why, in one sentence.
        tie: how it was told from its equals; "" where it had none.
        undecided: equals could not all be met and no lot was agreed on.
    """

    request: Request
    place: int
    amount: int
    reason: str
    fair: Fraction | None = None
    tie: str = ""
    undecided: bool = False

    @property
    def short(self) -> int:
        """What it lacks of the most that it may get, in fen."""
        return self.request.ceiling - self.amount

    @property
    def inside(self) -> bool:
        """Whether it gets anything."""
        return self.amount > 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """All awards in order.

    Attributes:
        budget: in fen.
        outside: in order, those that get nothing and would have got something from more money.
        edge: how far the first of them was off, in one sentence; "" where nobody is outside.
    """

    call: Call
    budget: int
    awards: tuple[Award, ...]
    edge: str = ""

    @property
    def given(self) -> int:
        """The sum of the awards, in fen; never above the budget."""
        return sum(award.amount for award in self.awards)

    @property
    def left(self) -> int:
        """What is left of the budget, in fen."""
        return self.budget - self.given

    @property
    def outside(self) -> tuple[Award, ...]:
        """Requests that get nothing though they may get something, in order: the first is just outside."""
        return tuple(award for award in self.awards if not award.inside and award.request.ceiling)

    @property
    def partly(self) -> tuple[Award, ...]:
        """Requests that get a part."""
        return tuple(award for award in self.awards if award.inside and award.short)


def edge_of(awards: tuple[Award, ...], budget: int) -> str:
    """How far the first of those outside was off: in money, and in score or time from the last inside."""
    first = next((one for one in awards if not one.inside and one.request.ceiling), None)
    if first is None:
        return ""
    left = budget - sum(one.amount for one in awards)
    lack = first.request.ceiling - left
    parts = [f"“{first.request.name or first.request.id}”紧接在外"]
    if lack > 0:
        parts.append(f"预算再多{in_words(lack)}即可全额支持")
    last = next((one for one in reversed(awards[: first.place - 1]) if one.inside), None)
    if last is not None:
        parts.append(_distance(first.request, last.request))
    return ",".join(part for part in parts if part)


def _distance(first: Request, last: Request) -> str:
    name = f"最后一件入围的“{last.name or last.id}”"
    if first.score is not None and last.score is not None and first.score < last.score:
        return f"比{name}低{shown(last.score - first.score)}分"
    seconds = int((first.at - last.at).total_seconds())
    if seconds <= 0:
        return ""
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    told = [f"{days}天" * bool(days), f"{hours}小时" * bool(hours), f"{minutes}分钟" * bool(minutes)]
    words = "".join(told) or f"{left}秒"
    return f"比{name}晚{words}"


def shown(score: Fraction) -> str:
    """A score as a decimal where that is exact within six places, else as a fraction."""
    scaled = score * 10**6
    if scaled.denominator != 1:
        return f"{score.numerator}/{score.denominator}"
    whole, rest = divmod(int(scaled), 10**6)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
