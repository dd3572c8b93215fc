"""Who got the money: payees by district, size and kind, and how concentrated it is.

Concentration is told in two ways that anyone can reckon again: the share of the five largest payees, and the sum of
the squared shares (Herfindahl–Hirschman: 1 is a single payee, 1/n an even spread over n). Neither is a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luming.evaluation.payment import KINDS, SIZES, Payment
from luming.pack import Pack

TOP = 5
"""How many of the largest payees the share is told of; 平台默认口径."""


@dataclass(frozen=True, slots=True)
class Group:
    """Payees of one kind; `name` is "" for those of whom the table does not say.

    Attributes:
        amount: in yuan.
        share: of all that was paid, of 1.
    """

    name: str
    payees: int
    amount: Decimal
    share: Fraction


@dataclass(frozen=True, slots=True)
class Reach:
    """Who got what was paid in the span.

    Attributes:
        paid: in yuan, above zero.
        top_share: share of the `TOP` largest payees, of 1.
        concentration: sum of squared shares, from 1/payees to 1.
        without: districts of the pack without any payee; told only where every payee's district is known.
    """

    payees: int
    paid: Decimal
    by_district: tuple[Group, ...]
    by_size: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    top_share: Fraction
    concentration: Fraction
    without: tuple[str, ...]


def reach_of(pack: Pack, payments: Iterable[Payment]) -> Reach | None:
    """Who got the payments; None where there are none."""
    held = tuple(payments)
    paid = sum((one.amount for one in held), Decimal(0))
    if not held:
        return None
    totals: dict[str, Decimal] = {}
    for one in held:
        totals[one.payee] = totals.get(one.payee, Decimal(0)) + one.amount
    shares = sorted((Fraction(amount) / Fraction(paid) for amount in totals.values()), reverse=True)
    districts = [district.name for district in pack.districts]
    by_district = _groups(held, "district", districts)
    reached = {group.name for group in by_district}
    return Reach(
        payees=len(totals),
        paid=paid,
        by_district=by_district,
        by_size=_groups(held, "size", SIZES),
        by_kind=_groups(held, "kind", KINDS),
        top_share=sum(shares[:TOP], Fraction(0)),
        concentration=sum((share * share for share in shares), Fraction(0)),
        without=() if "" in reached else tuple(name for name in districts if name not in reached),
    )


def _groups(payments: Sequence[Payment], key: str, order: Sequence[str]) -> tuple[Group, ...]:
    """The groups that got something, in the given order, the unnamed last.

    A payee counts once in a group; a row that leaves the cell empty is put where another row names the payee.
    """
    told = sorted((getattr(one, key), one.payee) for one in payments if getattr(one, key))
    named = {payee: name for name, payee in told}
    whole = sum((one.amount for one in payments), Decimal(0))
    members: dict[str, set[str]] = {}
    amounts: dict[str, Decimal] = {}
    for one in payments:
        name = named.get(one.payee, "")
        members.setdefault(name, set()).add(one.payee)
        amounts[name] = amounts.get(name, Decimal(0)) + one.amount
    names = [*order, *sorted(set(members) - {*order, ""}), ""]
    return tuple(
        Group(name, len(members[name]), amounts[name], Fraction(amounts[name]) / Fraction(whole))
        for name in names
        if name in members
    )
