"""All items for one firm: what it gets, what it does not get yet, what is not known, and what to ask next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from luming.standards import Facts
from luming.support.catalogue import Catalogue
from luming.support.entitlement import Binding, Entitlement, Money, Verdict, entitlement
from luming.support.history import Payment, matter_of
from luming.support.item import Item, Receiver
from luming.support.mattering import Effort, may_matter
from luming.support.mattering import matters as fact_matters
from luming.support.stacking import Claim, settle

STAKE_MOST = 10**10
"""One hundred million yuan in fen: money without a cap weighs no more than this when questions are put in order (ours)."""

EFFORT_OF_A_QUESTION = 120
"""Cases tried for one question, so that it is there in a tenth of a second."""

MATTER = "matter:"
"""In front of a question that asks the number of a matter rather than a fact."""


@dataclass(frozen=True, slots=True)
class Entitlements:
    """Three lists for one firm.

    Attributes:
        yes: the most money first.
        not_yet: near misses first.
        unknown: what most money hangs on first.
        total: of all items that pay, after stacking and caps, in fen; from 0 for ceilings and for what is not known.
        certain: the same of the items that are certain and left to no person to decide.
        told: the same of the items that are certain and whose money the public may see.
    """

    as_of: dt.date
    yes: tuple[Entitlement, ...]
    not_yet: tuple[Entitlement, ...]
    unknown: tuple[Entitlement, ...]
    total: Money
    certain: Money
    told: Money

    @property
    def all(self) -> tuple[Entitlement, ...]:
        """All three lists."""
        return (*self.yes, *self.not_yet, *self.unknown)

    def of(self, key: str) -> Entitlement:
        """The entitlement of one item.

        Raises:
            KeyError: the item is not in force on the day.
        """
        for found in self.all:
            if found.item.key == key:
                return found
        raise KeyError(key)


def entitlements(
    catalogue: Catalogue,
    facts: Facts,
    as_of: dt.date,
    paid: Sequence[Payment] = (),
    matters: Mapping[str, str] = MappingProxyType({}),
    *,
    attached: Collection[str] = (),
    receiver: Receiver | None = None,
) -> Entitlements:
    """What all items in force on a day give one firm, with stacking and caps.

    Args:
        facts: what is known, in base units; absent is unknown.
        paid: what was paid or granted before.
        matters: what would be paid for, by the kind that items name: certificate_no → GR2025….
        attached: keys of items whose document an officer has attached.
        receiver: items for one kind of receiver only.
    """
    history = [_grouped(catalogue, payment) for payment in paid]
    found = [
        entitlement(
            item, facts, as_of, history, matters, attached=item.key in attached, names=catalogue.inputs
        )
        for item in catalogue.in_force(as_of, receiver)
    ]
    return _together(catalogue, found, as_of, history, matters)


def _grouped(catalogue: Catalogue, payment: Payment) -> Payment:
    item = catalogue.items.get(payment.item)
    return payment if payment.group or item is None else replace(payment, group=item.stack)


def _together(
    catalogue: Catalogue,
    found: list[Entitlement],
    as_of: dt.date,
    paid: Sequence[Payment],
    matters: Mapping[str, str],
) -> Entitlements:
    claims = [
        Claim(one.item.key, one.amount.low, one.amount.high, _stack(one.item, as_of, matters), one.item.caps)
        for one in found
        if one.item.kind.pays and one.verdict is not Verdict.NO
    ]
    used = _used(catalogue, paid, as_of.year)
    settled, _ = settle(claims, used)
    floors = [replace(claim, low=0) if catalogue.items[claim.key].at_most else claim for claim in claims]
    certain = {one.item.key for one in found if one.verdict is Verdict.YES and not one.manual}
    public = certain & {one.item.key for one in found if one.told}

    def sum_of(keys: Collection[str]) -> Money:
        return Money(*settle((claim for claim in floors if claim.key in keys), used)[1])

    sums = (sum_of({claim.key for claim in floors}), sum_of(certain), sum_of(public))
    done = []
    for one in found:
        cut = settled.get(one.item.key)
        if cut is None:
            done.append(one)
            continue
        binding = one.binding
        if cut.high < one.amount.high or cut.low < one.amount.low:
            binding = Binding.STACKING if cut.stacked else Binding.GROUP_CAP if cut.capped else binding
        sentences = one.sentences if binding is one.binding else (*one.sentences, binding.label)
        done.append(replace(one, payable=Money(cut.low, cut.high), binding=binding, sentences=sentences))
    order = {
        Verdict.YES: lambda one: (not one.item.kind.pays, -one.payable.high, one.item.key),
        Verdict.NO: lambda one: (not one.near, one.item.key),
        Verdict.UNKNOWN: lambda one: (not one.item.kind.pays, -_stake(one), one.item.key),
    }
    lists = {
        verdict: tuple(sorted((one for one in done if one.verdict is verdict), key=key))
        for verdict, key in order.items()
    }
    return Entitlements(as_of, lists[Verdict.YES], lists[Verdict.NO], lists[Verdict.UNKNOWN], *sums)


def _stack(item: Item, as_of: dt.date, matters: Mapping[str, str]) -> tuple[str, str]:
    matter = matter_of(item, as_of.year, matters)
    return item.stack, item.matter if matter is None else matter


def _used(catalogue: Catalogue, paid: Iterable[Payment], year: int) -> dict[tuple[str, str], int]:
    """What earlier payments have used of each cap."""
    used: dict[tuple[str, str], int] = {}
    for payment in paid:
        item = catalogue.items.get(payment.item)
        for cap in item.caps if item is not None else ():
            if cap.scope == "firm_total" or payment.year == year:
                used[cap.scope, cap.group] = used.get((cap.scope, cap.group), 0) + payment.amount
    return used


def _stake(one: Entitlement) -> int:
    """The money that hangs on what is not known of an item, in fen."""
    low = 0 if one.verdict is Verdict.UNKNOWN else one.payable.low
    return min(STAKE_MOST, one.payable.high - low)


def next_question(found: Entitlements, facts: Facts, skipped: Collection[str] = ()) -> str | None:
    """The missing fact that decides most money, or None when nothing that is missing matters any more.

    The money that hangs on an item is shared evenly among the facts it still needs; tax that is saved counts after
    money that is paid, and both before what is given without money. A fact that could change no verdict and no amount
    is not asked; where that takes too long to prove, it is.

    Args:
        skipped: facts that the person does not know, never to be asked again.
    """
    weights, items = _weights(found, facts)
    effort = Effort(EFFORT_OF_A_QUESTION)
    for key in sorted(weights.keys() - set(skipped), key=_heaviest(weights)):
        if any(_decides(one, facts, key, effort) for one in items[key]):
            return key
    return None


def questions(found: Entitlements, facts: Facts) -> tuple[str, ...]:
    """The missing facts that open conditions and amounts read, in the order in which most money hangs on them.

    Quick and never too few; whether one can still change anything is proved for the one asked (`next_question`) and
    for an item by itself (`Entitlement.asked`).
    """
    weights = _weights(found, facts)[0]
    return tuple(sorted(weights, key=_heaviest(weights)))


_Weight = tuple[Fraction, Fraction, Fraction]


def _weights(found: Entitlements, facts: Facts) -> tuple[dict[str, _Weight], dict[str, list[Entitlement]]]:
    weights: dict[str, _Weight] = {}
    items: dict[str, list[Entitlement]] = {}
    for one in found.all:
        for key, share in _wanted(one, facts):
            old = weights.get(key, (Fraction(0),) * 3)
            weights[key] = (old[0] + share[0], old[1] + share[1], old[2] + share[2])
            items.setdefault(key, []).append(one)
    return weights, items


def _heaviest(weights: Mapping[str, _Weight]) -> Callable[[str], tuple[Fraction, Fraction, Fraction, int]]:
    place = {key: at for at, key in enumerate(weights)}

    def order(key: str) -> tuple[Fraction, Fraction, Fraction, int]:
        paid, saved, verdicts = weights[key]
        return -paid, -saved, -verdicts, place[key]

    return order


def _wanted(one: Entitlement, facts: Facts) -> Iterable[tuple[str, _Weight]]:
    """What an item still needs, with the money paid, the tax saved and the verdicts that hang on each."""
    if one.assessment is None or one.verdict is Verdict.NO or _outdone(one):
        return
    keys = may_matter(one.assessment, one.item.amount_key, facts)
    if one.open_matter:
        keys = (*keys, f"{MATTER}{one.open_matter}")
    stake = Fraction(_stake(one), max(1, len(keys)))
    paid, saved = (stake, Fraction(0)) if one.item.kind.pays else (Fraction(0), stake)
    for key in keys:
        yield key, (paid, saved, Fraction(1, len(keys)))


def _outdone(one: Entitlement) -> bool:
    """Whether another item certainly pays as much for the same matter."""
    return one.item.kind.pays and bool(one.item.amount_key) and one.amount.high > 0 and one.payable.high == 0


def _decides(one: Entitlement, facts: Facts, key: str, effort: Effort) -> bool:
    if key.startswith(MATTER):
        return key == f"{MATTER}{one.open_matter}"
    return one.assessment is not None and fact_matters(
        one.assessment, one.item.amount_key, facts, key, effort
    )
