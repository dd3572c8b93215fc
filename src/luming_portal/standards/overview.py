"""The whole ladder: how many firms stand on each rung, could reach one, moved since the year before; the target's count.

A firm stands on the highest rung whose title the register says it holds on the day. Who holds several titles stands,
and is counted for the target, once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luming.report.chart import Way
from luming.standards import Outcome
from luming.standards.ladder import Rung
from luming_portal.counting.selectors import Standing, standings
from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.held import TitleBook, title_book
from luming_portal.standards.models import AssessmentResult


@dataclass(frozen=True, slots=True)
class RungCount:
    """One rung over all firms.

    Attributes:
        stand: firms whose highest held rung it is; `hold`: firms that hold its title, whatever else they hold.
        doubtful: firms with an entry of its title of which the register does not say whether it holds on the day.
        reach: firms that do not hold it and meet its standard in the run that is looked at; None where no run has it.
    """

    rung: Rung
    label: str
    stand: int
    hold: int
    doubtful: int
    before: int
    reach: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The ladder on a day and a year before."""

    day: dt.date
    before: dt.date
    rungs: tuple[RungCount, ...]
    ways: tuple[Way, ...]
    firms: int

    def count_of(self, before: int, after: int) -> int:
        """How many went from one rung to another."""
        return next((way.count for way in self.ways if (way.before, way.after) == (before, after)), 0)

    @property
    def table(self) -> list[tuple[str, list[int]]]:
        """The movement as a table: from each rung, how many to each."""
        numbers = range(len(self.rungs))
        return [
            (rung.label, [self.count_of(at, other) for other in numbers])
            for at, rung in enumerate(self.rungs)
        ]

    @property
    def climbed(self) -> int:
        """How many stand higher than before."""
        return sum(way.count for way in self.ways if way.after > way.before)

    @property
    def fell(self) -> int:
        """How many stand lower than before, mostly because a title has ended."""
        return sum(way.count for way in self.ways if way.after < way.before)


def overview(
    firms: Sequence[Enterprise],
    day: dt.date,
    language: str,
    results: Iterable[AssessmentResult] | None = None,
) -> Overview:
    """The ladder of some firms on a day and on the last day of the year before."""
    before = dt.date(day.year - 1, 12, 31)
    now_book, then_book = title_book(firms, day), title_book(firms, before)
    rungs = shelf().ladder.rungs
    now = {firm.pk: place_of(firm.pk, now_book) for firm in firms}
    then = {firm.pk: place_of(firm.pk, then_book) for firm in firms}
    moved = Counter((then[firm.pk], now[firm.pk]) for firm in firms)
    found = []
    for at, rung in enumerate(rungs):
        held = [now_book.holding(firm.pk, rung.titles, lasting=rung.lasting).held for firm in firms]
        named = [_has_entry(now_book, firm.pk, rung) for firm in firms]
        found.append(
            RungCount(
                rung,
                rung.about.name(language),
                sum(place == at for place in now.values()),
                sum(one is True for one in held) if rung.titles else len(firms),
                sum(one is None and entry for one, entry in zip(held, named, strict=True)),
                sum(place == at for place in then.values()),
                _reach(rung, now_book, results) if results is not None else None,
            )
        )
    ways = tuple(Way(one, other, count) for (one, other), count in sorted(moved.items()))
    return Overview(day, before, tuple(found), ways, len(firms))


def place_of(firm: int, book: TitleBook) -> int:
    """The number of the highest rung that a firm holds on the day; 0 is the lowest."""
    held = 0
    for at, rung in enumerate(shelf().ladder.rungs):
        if rung.titles and book.holding(firm, rung.titles, lasting=rung.lasting).held:
            held = at
    return held


def _has_entry(book: TitleBook, firm: int, rung: Rung) -> bool:
    return any(item.title in rung.titles for item in book.entries.get(firm, ()))


def _reach(rung: Rung, book: TitleBook, results: Iterable[AssessmentResult]) -> int | None:
    """How many meet a standard of the rung and do not hold it; None where the run has none of its standards."""
    found: int | None = None
    for result in results:
        told = [result.verdicts[key] for key in rung.standards if key in result.verdicts]
        if not told:
            continue
        found = found or 0
        passes = any(one["outcome"] == Outcome.PASS for one in told)
        if passes and not book.holding(result.enterprise_id, rung.titles, lasting=rung.lasting).held:
            found += 1
    return found


@dataclass(frozen=True, slots=True)
class TargetCount:
    """The count for the target from the register's titles beside the count from entries, each firm once.

    Attributes:
        union: firms with at least one of the counted titles; `categories`: holders of each, whose sum counts twice.
        standing: the count from entries, which is what is reported.
        only_register, only_entries: firms that only one of the two has; without a credit code they cannot be compared.
        no_code: counted firms of the register that have no credit code.
    """

    union: int
    categories: tuple[tuple[str, int], ...]
    standing: Standing | None
    only_register: tuple[str, ...]
    only_entries: tuple[str, ...]
    no_code: tuple[str, ...]

    @property
    def sum_of_categories(self) -> int:
        """What adding up the categories would say."""
        return sum(count for _category, count in self.categories)


def target_count(
    firms: Sequence[Enterprise], day: dt.date, today: dt.date, *, demo: bool
) -> TargetCount | None:
    """The count for the target of the ladder on a day; None where the ladder names none."""
    ladder = shelf().ladder
    counted = [rung for rung in ladder.rungs if rung.counted]
    if not ladder.counted_in or not counted:
        return None
    book = title_book(firms, day)
    holders = {
        rung.counted: {
            firm.pk for firm in firms if book.holding(firm.pk, rung.titles, lasting=rung.lasting).held
        }
        for rung in counted
    }
    union = set().union(*holders.values())
    mine = [firm for firm in firms if firm.pk in union]
    found = standings(day.year, today, key=ladder.counted_in)
    standing = next((one for one in found if one.demo == demo), None)
    entered = {entry.identity: entry.name for entry in standing.counted.counted} if standing else {}
    codes = {firm.credit_code: firm.name for firm in mine if firm.credit_code}
    return TargetCount(
        len(union),
        tuple((category, len(some)) for category, some in holders.items()),
        standing,
        tuple(sorted(name for code, name in codes.items() if code not in entered)) if standing else (),
        tuple(sorted(name for code, name in entered.items() if code not in codes)),
        tuple(sorted(firm.name for firm in mine if not firm.credit_code)),
    )
