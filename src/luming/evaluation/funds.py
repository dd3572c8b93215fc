"""What the payments say of each clause with money: paid, against budget, against the cap, and to how many.

“最高” is a cap: for each object (a platform, a project) all payments up to the end of the span are added up and held
against it. A budget is held against what was paid in its year so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luming.errors import UnitMismatch
from luming.evaluation.payment import MONEY_KINDS, Payment
from luming.evaluation.span import Span
from luming.pack import Commitment, CommitmentKind, Pack
from luming.unit import convert, parse_unit


@dataclass(frozen=True, slots=True)
class OverCap:
    """An object that got more than its cap, in yuan."""

    project: str
    paid: Decimal
    cap: Decimal


@dataclass(frozen=True, slots=True)
class ClauseFunds:
    """The payments of one clause.

    Attributes:
        paid: in the span, in yuan.
        payments, payees: how many in the span.
        limit: cap or budget in yuan; None where its unit is no money.
        used: share of the budget paid in its year by the end of the span, of 1; None for a cap.
        year_paid: what `used` rests on, in yuan.
        over: objects above the cap.
    """

    item: Commitment
    paid: Decimal
    payments: int
    payees: int
    limit: Decimal | None
    used: Fraction | None
    year_paid: Decimal
    over: tuple[OverCap, ...]

    @property
    def exceeds(self) -> bool:
        """Whether budget or cap is exceeded."""
        return bool(self.over) or (self.used is not None and self.used > 1)


@dataclass(frozen=True, slots=True)
class Funds:
    """All clauses with money.

    Attributes:
        outside: how many payments of the table do not fall into the span.
    """

    clauses: tuple[ClauseFunds, ...]
    payments: int
    outside: int

    @property
    def paid(self) -> Decimal:
        """All that was paid in the span, in yuan."""
        return sum((clause.paid for clause in self.clauses), Decimal(0))

    @property
    def exceeding(self) -> tuple[ClauseFunds, ...]:
        """Clauses whose cap or budget is exceeded."""
        return tuple(clause for clause in self.clauses if clause.exceeds)


def money_clauses(pack: Pack) -> tuple[Commitment, ...]:
    """The commitments that pay: caps of support and budgets."""
    return tuple(item for item in pack.commitments if item.kind in MONEY_KINDS)


def funds_of(pack: Pack, payments: Iterable[Payment], span: Span) -> Funds:
    """The payments held against the clauses."""
    held = tuple(payments)
    inside = in_span(held, span)
    clauses = tuple(
        _clause(item, [one for one in held if one.clause == item.id], span) for item in money_clauses(pack)
    )
    return Funds(clauses, len(inside), len(held) - len(inside))


def in_span(payments: Sequence[Payment], span: Span) -> tuple[Payment, ...]:
    """The payments made within the span, both its ends included."""
    return tuple(one for one in payments if span.start <= one.paid_on <= span.end)


def _clause(item: Commitment, payments: Sequence[Payment], span: Span) -> ClauseFunds:
    inside = in_span(payments, span)
    so_far = [one for one in payments if one.paid_on <= span.end]
    year = sum((one.amount for one in so_far if one.paid_on.year == span.year), Decimal(0))
    limit = _limit(item)
    budget = item.kind is CommitmentKind.BUDGET
    return ClauseFunds(
        item=item,
        paid=sum((one.amount for one in inside), Decimal(0)),
        payments=len(inside),
        payees=len({one.payee for one in inside}),
        limit=limit,
        used=Fraction(year) / Fraction(limit) if budget and limit else None,
        year_paid=year,
        over=() if budget or limit is None else _over(so_far, limit),
    )


def _limit(item: Commitment) -> Decimal | None:
    """Cap or budget in yuan; what the cap is counted by (个, 项) is left aside."""
    if item.value is None:
        return None
    try:
        return convert(item.value, parse_unit(item.unit).name.partition("/")[0], "元")
    except UnitMismatch:
        return None


def _over(payments: Sequence[Payment], cap: Decimal) -> tuple[OverCap, ...]:
    totals: dict[str, Decimal] = {}
    for one in payments:
        totals[one.project] = totals.get(one.project, Decimal(0)) + one.amount
    return tuple(OverCap(name, paid, cap) for name, paid in sorted(totals.items()) if paid > cap)
