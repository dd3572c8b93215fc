"""The count itself. Its result does not depend on the order of the entries, and an entry more never lowers nor doubles.

Flow: an entry belongs to the days of its period; who was counted earlier in the year is not counted again. Once its
evidence is withdrawn it counts for no period, as nothing shows any more that it happened.
Stock: an entry counts where its evidence holds on the last day of the period; a withdrawal counts from its own day.
Ratio: the entries of the numerator up to the declared day who are also in the denominator, by the denominator.

All of it as known on a day: what was entered or withdrawn later changes nothing of what was known then.
Source: mechanisms reference, sections 6.2 and 8.2; where these say nothing the way is our own default.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from luming.counting.counted import Alike, Counted, Duplicate, LeftOut, WhyLeft
from luming.counting.entry import CountEntry
from luming.counting.identity import same_name
from luming.pack import CountedOver, CountingRule
from luming.period import Period


def count(
    entries: Iterable[CountEntry],
    rule: CountingRule,
    period: Period,
    known_on: dt.date,
    places: Collection[str] = (),
) -> Counted:
    """Count the entries of a rule's indicator.

    Args:
        period: what the figure speaks of; of a stock its last day.
        known_on: the day whose knowledge is asked for.
        places: the city and its districts; an entry that names another place does not count. Empty: all count.
    """
    known = sorted(
        (one for one in entries if one.indicator == rule.indicator and one.recorded_on <= known_on),
        key=lambda one: one.order,
    )
    cutoff = _cutoff(rule, period)
    left: list[LeftOut] = []
    firsts: dict[tuple[str, str], CountEntry] = {}
    duplicates: list[Duplicate] = []
    for entry in known:
        why = _why_left(entry, rule, period, known_on, places, cutoff)
        if why is not None:
            left.append(LeftOut(entry, why))
            continue
        key = (entry.category if rule.several else "", entry.identity)
        first = firsts.setdefault(key, entry)
        if first is not entry:
            duplicates.append(Duplicate(first, entry))
    standing = list(firsts.values())
    if rule.over is CountedOver.RATIO:
        return _ratio(rule, period, known_on, cutoff, standing, duplicates, left)
    if rule.over is CountedOver.FLOW:
        left += [LeftOut(one, WhyLeft.PERIOD) for one in standing if one.counted_on < period.start]
        standing = [one for one in standing if one.counted_on >= period.start]
    counted: dict[str, CountEntry] = {}
    beside = [one for one in standing if counted.setdefault(one.identity, one) is not one]
    found = tuple(counted.values())
    return Counted(
        rule=rule,
        period=period,
        known_on=known_on,
        number=len(found),
        whole=None,
        counted=found,
        beside=tuple(beside),
        duplicates=tuple(duplicates),
        alike=_alike(found),
        left=_in_order(left),
        by_category=_by_category(standing, rule),
    )


def _ratio(
    rule: CountingRule,
    period: Period,
    known_on: dt.date,
    cutoff: dt.date | None,
    standing: list[CountEntry],
    duplicates: list[Duplicate],
    left: list[LeftOut],
) -> Counted:
    whole = {one.identity: one for one in standing if one.category == rule.denominator}
    part = [one for one in standing if one.category == rule.numerator and one.identity in whole]
    left += [
        LeftOut(one, WhyLeft.NOT_IN_WHOLE)
        for one in standing
        if one.category == rule.numerator and one.identity not in whole
    ]
    return Counted(
        rule=rule,
        period=period,
        known_on=known_on,
        number=len(part),
        whole=len(whole),
        counted=tuple(part),
        beside=tuple(whole.values()),
        duplicates=tuple(duplicates),
        alike=_alike(tuple(whole.values())),
        left=_in_order(left),
        by_category=_by_category([*whole.values(), *part], rule),
        cutoff=cutoff,
    )


def _why_left(
    entry: CountEntry,
    rule: CountingRule,
    period: Period,
    known_on: dt.date,
    places: Collection[str],
    cutoff: dt.date | None,
) -> WhyLeft | None:
    if rule.categories and entry.category not in rule.categories:
        return WhyLeft.CATEGORY
    if places and entry.district and entry.district not in places:
        return WhyLeft.ELSEWHERE
    if not _within(entry, rule, period, cutoff):
        return WhyLeft.PERIOD
    if not entry.identity:
        return WhyLeft.NO_IDENTITY
    papers = [one for one in entry.evidence if one.is_known(known_on)]
    if not papers:
        return WhyLeft.NO_EVIDENCE
    at = period.end if rule.over is CountedOver.STOCK else None
    unwithdrawn = [one for one in papers if not one.is_withdrawn(known_on, at)]
    if not unwithdrawn:
        return WhyLeft.WITHDRAWN
    return None if any(one.is_valid(at) for one in unwithdrawn) else WhyLeft.NOT_VALID


def _within(entry: CountEntry, rule: CountingRule, period: Period, cutoff: dt.date | None) -> bool:
    """Whether the entry is of the days that are looked at: for a flow the whole year so far, to find who came before."""
    if rule.over is CountedOver.STOCK:
        return entry.counted_on <= period.end
    year_start = dt.date(period.end.year, 1, 1)
    last = period.end
    if rule.over is CountedOver.RATIO and entry.category == rule.numerator and cutoff is not None:
        last = min(last, cutoff)
    return min(year_start, period.start) <= entry.counted_on <= last


def _cutoff(rule: CountingRule, period: Period) -> dt.date | None:
    if rule.over is not CountedOver.RATIO or not rule.cutoff:
        return None
    month, day = (int(part) for part in rule.cutoff.split("-"))
    while True:  # 02-29 falls on 02-28 outside leap years
        try:
            return dt.date(period.end.year, month, day)
        except ValueError:
            day -= 1


def _alike(entries: Collection[CountEntry]) -> tuple[Alike, ...]:
    by_name: dict[str, list[CountEntry]] = defaultdict(list)
    for entry in entries:
        by_name[same_name(entry.name)].append(entry)
    found = []
    for name, group in by_name.items():
        if name and len({one.identity for one in group}) > 1:
            hosts = [same_name(one.host) for one in group if one.host]
            found.append(Alike(group[0].name, tuple(group), len(set(hosts)) < len(hosts)))
    return tuple(sorted(found, key=lambda one: (not one.one_host, one.name, one.entries[0].id)))


def _by_category(entries: Iterable[CountEntry], rule: CountingRule) -> tuple[tuple[str, int], ...]:
    found: dict[str, set[str]] = {name: set() for name in rule.categories}
    for entry in entries:
        found.setdefault(entry.category, set()).add(entry.identity)
    return tuple((name, len(things)) for name, things in found.items())


def _in_order(left: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(sorted(left, key=lambda one: one.entry.order))
