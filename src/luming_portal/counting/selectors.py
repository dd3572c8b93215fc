"""What is read of counted registers, with the reader's rights: counts are everybody's, entries their own unit's.

Of another unit's entry a reader who is not of the office learns which unit it is and for which day it counts, no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luming.counting import Alike, Counted, CountEntry, Duplicate, LeftOut, WhyLeft
from luming.pack import CountingRule, IdentifiedBy
from luming.period import parse_period
from luming_portal.accounts.rights import Action, Scope, scope_of, visible
from luming_portal.counting.identities import current_mark
from luming_portal.counting.models import CountedEntry, EntryPaper, PublishedCount, StandIn
from luming_portal.counting.offers import has_entries
from luming_portal.counting.services import period_of
from luming_portal.counting.values import counted, places, rules
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version, own_place
from luming_portal.indicators.models import Fact, Indicator

MOST_SHOWN = 200
"""Entries of one kind on a page; the register has all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a counted indicator stands: the count, the figure that is published, and what lies between.

    Attributes:
        typed: the figure in force for the place and year; `kept`: what the entries said when it was published.
        now: the count for the very period of that figure, in its unit; None where one is invented and the other not.
        demo: whether all of it is invented.
    """

    rule: CountingRule
    indicator: Indicator
    counted: Counted
    value: Decimal | None
    typed: Fact | None
    kept: PublishedCount | None
    now: Decimal | None
    stand_in: StandIn | None
    demo: bool

    @property
    def from_entries(self) -> PublishedCount | None:
        """What was kept of the count, where the published figure is that count."""
        same = self.kept is not None and self.typed is not None and self.kept.value == self.typed.value
        return self.kept if same else None

    @property
    def has_entries(self) -> bool:
        """Whether anything is entered for the period."""
        return has_entries(self.counted)

    @property
    def uses_entries(self) -> bool:
        """Whether reports take their figure from the entries."""
        return self.has_entries and self.value is not None and self.stand_in is None

    @property
    def difference(self) -> Decimal | None:
        """Count less typed total, for its period; None where one of them is missing or it was made of entries."""
        if not self.has_entries or self.now is None or self.typed is None or self.from_entries is not None:
            return None
        return self.now - Decimal(self.typed.value)

    @property
    def to_revise(self) -> bool:
        """Whether the entries behind the published figure say something else now."""
        return self.kept is not None and self.typed is not None and self.now != self.typed.value


def default_year(today: dt.date) -> int:
    """The year of the document in force, else this year."""
    version = current_version()
    return min(version.document.year, today.year) if version is not None else today.year


def standings(year: int, today: dt.date, known_on: dt.date | None = None, key: str = "") -> list[Standing]:
    """How the counted indicators stand in a year, in the order of the dictionary; one only where a key is given."""
    known = {name: rule for name, rule in rules().items() if not key or name == key}
    here, place = places(), own_place()
    rows = list(Indicator.objects.filter(key__in=known))
    stand_ins = {one.indicator_id: one for one in StandIn.objects.filter(indicator__in=rows)}
    entered: dict[int, set[bool]] = {}
    for owner, demo in CountedEntry.objects.order_by().values_list("indicator_id", "demo").distinct():
        entered.setdefault(owner, set()).add(demo)
    figures = _figures(rows, place, year)
    made_of = {
        one.fact_id: one for one in PublishedCount.objects.filter(fact__in=[f.pk for f in figures.values()])
    }
    found = []
    for row in rows:
        rule = known[row.key]
        demo = entered.get(row.pk) == {True}
        count = counted(rule, period_of(rule, year, today), known_on or today, demo=demo, here=here)
        typed = figures.get((row.pk, demo)) or figures.get((row.pk, False))
        published = made_of.get(typed.pk) if typed is not None else None
        now = None
        if typed is not None and typed.demo == demo:
            again = counted(rule, parse_period(typed.period), today, demo=demo, here=here)
            now = again.value(typed.unit)
        found.append(
            Standing(
                rule, row, count, count.value(row.unit), typed, published, now, stand_ins.get(row.pk), demo
            )
        )
    return found


def _figures(rows: Iterable[Indicator], place: str, year: int) -> dict[tuple[int, bool], Fact]:
    """The last figure of a year in force by indicator, real and invented apart."""
    facts = Fact.objects.filter(
        indicator__in=list(rows), subject=place, superseded=False, period_end__year=year
    ).select_related("indicator")
    return {(fact.indicator_id, fact.demo): fact for fact in facts.order_by("period_end", "pk")}


def clause_words(rule: CountingRule) -> str:
    """The sentence of the document that sets the target, while that document is the one in force."""
    version = current_version()
    if version is None:
        return ""
    pack = pack_of(version)
    if pack.document.source != rule.source or rule.clause not in pack.sentences_by_anchor:
        return ""
    measure, sentence = pack.sentence(rule.clause)
    return f"{pack.document.number} 第{measure.number}条:{sentence.quote}"


class Reader:
    """One person before entries: his unit's in full, of others' the unit and the day."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.unit = getattr(user, "unit", "")
        self.sees_all = scope_of(user, Action.VIEW, "counted_entry") is Scope.ALL

    def sees(self, entry: CountEntry) -> bool:
        """Whether the entry is the reader's to see."""
        return self.sees_all or (bool(self.unit) and entry.unit == self.unit)


@dataclass(frozen=True, slots=True)
class Side:
    """An entry as a reader may see it; `entry` is None where only unit and day are told."""

    unit: str
    counted_on: dt.date
    entry: CountedEntry | None
    papers: tuple[EntryPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A duplicate as a reader may see it: the side that counts and the side that does not."""

    first: Side
    again: Side
    between_units: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """Entries of one name with different keys, as a reader may see them."""

    sides: tuple[Side, ...]
    one_host: bool


def pairs_for(user: Any, found: Counted) -> tuple[list[Pair], int]:
    """The duplicates that concern a reader, those between units first, and how many there are."""
    reader = Reader(user)
    mine = [one for one in found.duplicates if reader.sees(one.first) or reader.sees(one.again)]
    mine.sort(key=lambda one: (not one.between_units, one.again.order))
    shown = mine[:MOST_SHOWN]
    sides = _sides(user, [one for pair in shown for one in (pair.first, pair.again)])
    return [_pair(one, sides) for one in shown], len(mine)


def _pair(one: Duplicate, sides: dict[int, Side]) -> Pair:
    return Pair(sides[one.first.id], sides[one.again.id], one.between_units)


def alike_for(user: Any, found: Counted) -> tuple[list[Likeness], int]:
    """Entries of one name to be looked at, as far as all or some of them are the reader's, and how many groups."""
    reader = Reader(user)
    mine: list[Alike] = [one for one in found.alike if any(reader.sees(entry) for entry in one.entries)]
    shown = mine[:MOST_SHOWN]
    sides = _sides(user, [entry for one in shown for entry in one.entries])
    return [Likeness(tuple(sides[entry.id] for entry in one.entries), one.one_host) for one in shown], len(
        mine
    )


def left_for(user: Any, found: Counted, *, most: int = MOST_SHOWN) -> list[tuple[LeftOut, Side]]:
    """The reader's entries that do not count, each with its reason; those of other years are not listed."""
    reader = Reader(user)
    mine = [one for one in found.left if one.why is not WhyLeft.PERIOD and reader.sees(one.entry)][:most]
    sides = _sides(user, [one.entry for one in mine])
    return [(one, sides[one.entry.id]) for one in mine]


def _sides(user: Any, entries: Iterable[CountEntry]) -> dict[int, Side]:
    rows = list(entries)
    seen = visible(user, CountedEntry.objects.filter(pk__in=[one.id for one in rows]))
    by_key = {one.pk: one for one in seen.prefetch_related("papers")}
    found = {}
    for row in rows:
        entry = by_key.get(row.id)
        papers = tuple(entry.papers.all()) if entry is not None else ()
        found[row.id] = Side(row.unit, row.counted_on, entry, papers)
    return found


def withdrawals_of(user: Any, indicator: Indicator, *, demo: bool, most: int = 20) -> list[EntryPaper]:
    """The last withdrawals of an indicator: what, who, when, from which count to which. Names are masked in the entry."""
    papers = EntryPaper.objects.filter(entry__indicator=indicator, demo=demo, withdrawn_on__isnull=False)
    return list(
        visible(user, papers).select_related("entry").order_by("-withdrawal_recorded_on", "-pk")[:most]
    )


def made_under_another_secret() -> int:
    """How many persons' keys were made under another secret than today's: they are never found as duplicates."""
    of_persons = [name for name, rule in rules().items() if rule.identity is IdentifiedBy.PERSON]
    strangers = CountedEntry.objects.filter(indicator__key__in=of_persons).exclude(identity="")
    return strangers.exclude(identity__startswith=f"{current_mark()}.").count()
