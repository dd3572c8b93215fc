"""Both sets of rules over the same firms: who is gained, who is lost, who can no longer be told, and what it costs.

Cost is a span. What is not known of a firm may bring nothing or the most; “最高” may bring anything from nothing to the
cap. What was paid before is not taken off (平台默认口径): the span is of one year's claims.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from luming.standards import Facts, Outcome, Standard, assess
from luming.support import (
    Catalogue,
    Entitlement,
    Entitlements,
    Item,
    Money,
    Receiver,
    Verdict,
    entitlement,
    entitlements,
)

NOTHING = Money(0, 0)


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the register with what is known of it."""

    id: str
    name: str
    district: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Moved:
    """A firm whose answer changes; `low`, `high`: of its money, after less before, in fen."""

    firm: Firm
    before: str
    after: str
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class ItemRehearsal:
    """One item under both sets of rules.

    Attributes:
        old, new: None where one set has no such item.
        gained, lost: certain of one and not of the other; `opened`, `closed`: became or stopped being unknown.
        dearer, cheaper: entitled both times, with another sum.
        before, after: its money over all firms, in fen, after stacking and caps.
        each: what it may bring one of whom nothing is known; all that can be said where the register does not hold those
            whom it is for (a platform, a person): how many they are is not known.
        unbounded: firms whose most is not known, because an item without a cap hangs on a missing number.
    """

    key: str
    old: Item | None
    new: Item | None
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    opened: tuple[Moved, ...]
    closed: tuple[Moved, ...]
    dearer: tuple[Moved, ...]
    cheaper: tuple[Moved, ...]
    entitled: tuple[int, int]
    unknown: tuple[int, int]
    before: Money
    after: Money
    each: tuple[Money, Money]
    unbounded: int

    @property
    def counted(self) -> bool:
        """Whether the register holds those whom the item is for."""
        return self.item.receiver is Receiver.ENTERPRISE

    @property
    def item(self) -> Item:
        """Whichever of the two there is, the new one first."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class StandardRehearsal:
    """One standard under both sets of rules: firms that come to pass it, and that no longer do; or can no longer be told."""

    key: str
    label: str
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    unsure: tuple[Moved, ...]
    passing: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a change would do.

    Attributes:
        firms: how many were asked.
        items, standards: those that the change touches, whether or not a firm moves.
        before, after: what all touched items cost together, after stacking and caps, in fen.
    """

    as_of: dt.date
    firms: int
    items: tuple[ItemRehearsal, ...]
    standards: tuple[StandardRehearsal, ...]
    before: Money
    after: Money

    @property
    def difference(self) -> Money:
        """What it costs more, from the least to the most; below zero where it costs less.

        The same unknown facts and the same ceilings stand behind both sums, so ends are compared with ends.
        """
        ends = (self.after.low - self.before.low, self.after.high - self.before.high)
        return Money(min(ends), max(ends))


def rehearse(old: Catalogue, new: Catalogue, firms: Sequence[Firm], as_of: dt.date) -> Rehearsal:
    """Hold two sets of rules against each other, over the same firms and the same facts."""
    keys = changed_items(old, new, as_of)
    beside = [_beside(one, keys) for one in (old, new)]
    rows: dict[str, list[tuple[Firm, Entitlement | None, Entitlement | None]]] = {key: [] for key in keys}
    totals = [NOTHING, NOTHING]
    for firm in firms:
        pair = [entitlements(one, firm.facts, as_of, receiver=Receiver.ENTERPRISE) for one in beside]
        for at, found in enumerate(pair):
            totals[at] = _plus(totals[at], found.total)
        for key in keys:
            rows[key].append((firm, _of(pair[0], key), _of(pair[1], key)))
    items = tuple(_item(key, old.items.get(key), new.items.get(key), rows[key], as_of) for key in keys)
    return Rehearsal(as_of, len(firms), items, _standards(old, new, firms, as_of), *totals)


def changed_items(old: Catalogue, new: Catalogue, as_of: dt.date) -> tuple[str, ...]:
    """Keys of items in force on the day under either set that are not the same under both."""
    held = [{item.key: _plain(item) for item in one.in_force(as_of)} for one in (old, new)]
    keys = sorted(held[0].keys() | held[1].keys())
    return tuple(key for key in keys if held[0].get(key) != held[1].get(key))


def _plain(item: Item) -> Any:
    """An item without what changes with any letter of its file, and what names nodes by where they lie in memory."""
    return replace(item, standards=()), tuple(_rule(standard) for standard in item.standards)


def _rule(standard: Standard) -> Any:
    return replace(standard, sha256="", rests_on={})


def _beside(catalogue: Catalogue, keys: Sequence[str]) -> Catalogue:
    """The touched items with those they share a stack or a cap with; all else costs the same under both sets."""
    stacks = {catalogue.items[key].stack for key in keys if key in catalogue.items}
    groups = {cap.group for key in keys if key in catalogue.items for cap in catalogue.items[key].caps}
    kept = {
        key: item
        for key, item in catalogue.items.items()
        if key in keys or item.stack in stacks or groups & {cap.group for cap in item.caps}
    }
    return replace(catalogue, items=kept)


def _of(found: Entitlements, key: str) -> Entitlement | None:
    try:
        return found.of(key)
    except KeyError:
        return None


def _money(one: Entitlement | None) -> Money:
    """What an item may bring a firm: a certain one its span, an unknown one from nothing on."""
    if one is None or one.verdict is Verdict.NO or not one.item.kind.pays:
        return NOTHING
    shown = one.expected
    return shown if one.verdict is Verdict.YES else Money(0, shown.high)


def _each(item: Item | None, as_of: dt.date) -> Money:
    return NOTHING if item is None else _money(entitlement(item, {}, as_of))


def _plus(one: Money, other: Money) -> Money:
    return Money(one.low + other.low, one.high + other.high)


def _verdict(one: Entitlement | None) -> Verdict:
    return Verdict.NO if one is None else one.verdict


def _item(
    key: str,
    old: Item | None,
    new: Item | None,
    rows: Sequence[tuple[Firm, Entitlement | None, Entitlement | None]],
    as_of: dt.date,
) -> ItemRehearsal:
    lists: dict[str, list[Moved]] = {
        name: [] for name in ("gained", "lost", "opened", "closed", "dearer", "cheaper")
    }
    sums = [NOTHING, NOTHING]
    for firm, before, after in rows:
        was, becomes = _money(before), _money(after)
        sums = [_plus(sums[0], was), _plus(sums[1], becomes)]
        name = _list(_verdict(before), _verdict(after), was, becomes)
        if name:
            lists[name].append(
                Moved(
                    firm,
                    _verdict(before).label,
                    _verdict(after).label,
                    becomes.low - was.low,
                    becomes.high - was.high,
                )
            )
    return ItemRehearsal(
        key,
        old,
        new,
        **{name: tuple(found) for name, found in lists.items()},
        entitled=_count(rows, Verdict.YES),
        unknown=_count(rows, Verdict.UNKNOWN),
        before=sums[0],
        after=sums[1],
        each=(_each(old, as_of), _each(new, as_of)),
        unbounded=sum(
            after is not None and after.verdict is not Verdict.NO and not after.bounded
            for _, _, after in rows
        ),
    )


def _list(before: Verdict, after: Verdict, was: Money, becomes: Money) -> str:
    """Which list a firm belongs to; "" where nothing changes for it."""
    if before is not after:
        if after is Verdict.YES:
            return "gained"
        if before is Verdict.YES:
            return "lost"
        return "opened" if after is Verdict.UNKNOWN else "closed"
    if was == becomes:
        return ""
    return "dearer" if (becomes.high, becomes.low) > (was.high, was.low) else "cheaper"


def _count(
    rows: Sequence[tuple[Firm, Entitlement | None, Entitlement | None]], of: Verdict
) -> tuple[int, int]:
    return (
        sum(_verdict(before) is of for _, before, _ in rows),
        sum(_verdict(after) is of for _, _, after in rows),
    )


def _standards(
    old: Catalogue, new: Catalogue, firms: Sequence[Firm], as_of: dt.date
) -> tuple[StandardRehearsal, ...]:
    held: list[Mapping[str, Standard]] = [
        {one.key: one for one in catalogue.standards.all_in_force(as_of) if one.rule is not None}
        for catalogue in (old, new)
    ]
    found = []
    for key in sorted(held[0].keys() | held[1].keys()):
        pair = [one.get(key) for one in held]
        if pair[0] is not None and pair[1] is not None and _rule(pair[0]) == _rule(pair[1]):
            continue
        found.append(_standard(key, pair, firms, as_of))
    return tuple(found)


def _standard(
    key: str, pair: Sequence[Standard | None], firms: Sequence[Firm], as_of: dt.date
) -> StandardRehearsal:
    gained: list[Moved] = []
    lost: list[Moved] = []
    unsure: list[Moved] = []
    passing = [0, 0]
    for firm in firms:
        before, after = (
            Outcome.NOT_IN_FORCE if one is None else assess(one, firm.facts, as_of).outcome for one in pair
        )
        passing[0] += before is Outcome.PASS
        passing[1] += after is Outcome.PASS
        if before is after:
            continue
        moved = Moved(firm, before.label, after.label)
        (gained if after is Outcome.PASS else lost if before is Outcome.PASS else unsure).append(moved)
    named = next(one for one in reversed(pair) if one is not None)
    return StandardRehearsal(
        key, named.about.label, tuple(gained), tuple(lost), tuple(unsure), (passing[0], passing[1])
    )
