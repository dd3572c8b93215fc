"""What changes counted registers: entries, papers, their withdrawal, and whether a typed total stands in."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.counting import CountEntry
from luming.pack import CountedOver, CountingRule
from luming.period import Period, parse_period, year_of
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.counting.models import CountedEntry, EntryPaper, StandIn
from luming_portal.counting.values import count_now, entry_values, rules
from luming_portal.indicators.models import Indicator


class CountingRefused(Exception):
    """What cannot be entered or withdrawn; carries the sentence. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it is given: what it is, its number or title, and its days."""

    kind: str
    number: str
    issued_on: dt.date | None = None
    valid_until: dt.date | None = None


def new_key() -> str:
    """A number for an entry that says nothing of it."""
    return f"JS-{secrets.token_hex(6)}"


def own_again(entry: CountedEntry, rule: CountingRule) -> CountedEntry | None:
    """The entry of the same unit for the same person or thing that still stands."""
    return _same(entry, rule).filter(unit=entry.unit).exclude(evidence_state="withdrawn").first()


def counted_elsewhere(entry: CountedEntry, rule: CountingRule) -> CountedEntry | None:
    """The first entry of another unit for the same person or thing that still stands."""
    others = _same(entry, rule).exclude(unit=entry.unit).exclude(pk=entry.pk)
    return others.filter(evidence_state="stands").order_by("counted_on", "pk").first()


def _same(entry: CountedEntry, rule: CountingRule) -> QuerySet[CountedEntry]:
    found = CountedEntry.objects.filter(
        indicator=entry.indicator, identity=entry.identity, demo=entry.demo
    ).exclude(identity="")
    if rule.several:
        found = found.filter(category=entry.category)
    if rule.over is not CountedOver.STOCK:
        found = found.filter(counted_on__year=entry.counted_on.year)
    return found


def add_entry(entry: CountedEntry, paper: Paper | None, *, by: Any, reason: str = "") -> CountedEntry:
    """Enter a person or thing with the paper that carries it.

    Raises:
        Refused: not for this unit.
        CountingRefused: the unit has entered the same one already.
    """
    require(by, Action.CREATE, "counted_entry", entry)
    rule = rules()[entry.indicator.key]
    with change(reason) as changes:
        _lock(entry.indicator_id)
        again = own_again(entry, rule)
        if again is not None:
            raise CountingRefused(
                _("本单位已于%(day)s登记过同一个(编号%(key)s),没有重复登记。")
                % {"day": again.counted_on.isoformat(), "key": again.key}
            )
        write_entries(changes, [(entry, paper)])
    return entry


def write_entries(changes: ChangeSet, given: Sequence[tuple[CountedEntry, Paper | None]]) -> None:
    """Write new entries with their papers."""
    today = timezone.localdate()
    for entry, paper in given:
        entry.key = entry.key or new_key()
        entry.recorded_on = entry.recorded_on or today
        if paper is not None:
            _mirror(entry, paper, "stands")
    made = changes.create_many([entry for entry, _paper in given])
    changes.create_many(
        [
            EntryPaper(
                entry=entry,
                kind=paper.kind,
                number=paper.number,
                issued_on=paper.issued_on,
                valid_until=paper.valid_until,
                recorded_on=entry.recorded_on,
                demo=entry.demo,
            )
            for entry, (_same, paper) in zip(made, given, strict=True)
            if paper is not None
        ]
    )


def add_paper(entry: CountedEntry, paper: Paper, *, by: Any) -> EntryPaper:
    """Give an entry a further paper: its first one came late, or the last one was withdrawn.

    Raises:
        Refused: the entry is another unit's.
    """
    require(by, Action.CHANGE, "counted_entry", entry)
    with change(_("补充依据")) as changes:
        made = changes.save(
            EntryPaper(
                entry=entry,
                kind=paper.kind,
                number=paper.number,
                issued_on=paper.issued_on,
                valid_until=paper.valid_until,
                recorded_on=timezone.localdate(),
                demo=entry.demo,
            )
        )
        stored = CountedEntry.objects.get(pk=entry.pk)
        _mirror(stored, paper, "stands")
        changes.save(stored)
    return made


def withdraw_paper(
    paper: EntryPaper, *, withdrawn_on: dt.date, reason: str, by: Any, expected_version: int
) -> EntryPaper:
    """Withdraw a paper; the count of its indicator before and after is kept with it and told in the record of changes.

    Raises:
        Refused: the entry is another unit's, or no reason is given.
        CountingRefused: it is withdrawn already, or for a day that has not come.
        StaleVersion: a colleague was faster.
    """
    require(by, Action.CHANGE, "counted_entry", paper.entry)
    today = timezone.localdate()
    if not reason.strip():
        raise Refused(_("撤回依据需要写明理由。没有改动任何内容。"))
    if withdrawn_on > today:
        raise CountingRefused(_("撤回生效日不能晚于今天。没有改动任何内容。"))
    with change(reason) as changes:
        _lock(paper.entry.indicator_id)
        stored = EntryPaper.objects.select_related("entry__indicator").get(pk=paper.pk)
        if stored.withdrawn_on is not None:
            raise CountingRefused(
                _("这份依据已于%s撤回。没有改动任何内容。") % stored.withdrawn_on.isoformat()
            )
        unit = getattr(by, "unit", "") or str(by)
        write_withdrawal(
            changes, stored, withdrawn_on, reason, unit, today, expected_version=expected_version
        )
    return stored


def write_withdrawal(
    changes: ChangeSet,
    stored: EntryPaper,
    withdrawn_on: dt.date,
    reason: str,
    unit: str,
    today: dt.date,
    *,
    expected_version: int | None = None,
) -> None:
    """Write that a paper does not hold any more, with the count before and after."""
    stored.withdrawn_on, stored.withdrawn_reason = withdrawn_on, reason.strip()
    stored.withdrawn_by, stored.withdrawal_recorded_on = unit, today
    stored.count_before, stored.count_after = _before_and_after(stored, today)
    changes.save(stored, expected_version=expected_version)
    last = stored.entry.papers.exclude(pk=stored.pk).filter(withdrawn_on=None).order_by("-pk").first()
    if last is not None:
        _mirror(stored.entry, Paper(last.kind, last.number, last.issued_on, last.valid_until), "stands")
    else:
        stored.entry.evidence_state = "withdrawn"
    changes.save(stored.entry)
    changes.event(
        "counting.withdrawn",
        str(stored.entry.indicator),
        item=stored.entry,
        paper=str(stored),
        count_before=stored.count_before,
        count_after=stored.count_after,
    )


def _before_and_after(paper: EntryPaper, today: dt.date) -> tuple[int, int]:
    """The count with and without a paper that is being withdrawn, for the year of its entry (of a stock: today)."""
    entry = paper.entry
    rule = rules()[entry.indicator.key]
    stored = entry_values(rule.indicator, demo=entry.demo)
    period = period_of(rule, entry.counted_on.year, today)
    papers = EntryPaper.objects.filter(entry=entry).order_by("pk").values_list("pk", flat=True)
    place = list(papers).index(paper.pk)

    def without(one: CountEntry) -> CountEntry:
        if one.id != entry.pk:
            return one
        kept = list(one.evidence)
        kept[place] = replace(
            kept[place],
            withdrawn_on=paper.withdrawn_on,
            withdrawal_known_on=paper.withdrawal_recorded_on,
        )
        return replace(one, evidence=tuple(kept))

    before = count_now(stored, rule, period, today)
    return before.number, count_now([without(one) for one in stored], rule, period, today).number


def period_of(rule: CountingRule, year: int, today: dt.date) -> Period:
    """What is looked at for a year: the whole of it; of a stock its last day, or today where that is earlier."""
    if rule.over is not CountedOver.STOCK:
        return year_of(year)
    return parse_period(min(dt.date(year, 12, 31), today).isoformat() if year <= today.year else str(year))


def let_typed_stand(indicator: Indicator, reason: str, *, by: Any) -> None:
    """Let a typed total stand in although there are entries; the entries are not complete yet.

    Raises:
        Refused: not the right of this person, or no reason is given.
    """
    require(by, Action.PUBLISH, "counted_entry")
    if not reason.strip():
        raise Refused(_("用手填数暂代需要写明理由。没有改动任何内容。"))
    with change(reason) as changes:
        _lock(indicator.pk)
        item = StandIn.objects.filter(indicator=indicator).first() or StandIn(
            indicator=indicator, since=timezone.localdate()
        )
        item.reason = reason.strip()[:300]
        changes.save(item)


def use_entries(indicator: Indicator, *, by: Any) -> None:
    """Take the figure from the entries again.

    Raises:
        Refused: not the right of this person.
    """
    require(by, Action.PUBLISH, "counted_entry")
    with change(_("台账已齐,改用台账计数")) as changes:
        for item in StandIn.objects.filter(indicator=indicator):
            changes.delete(item)


def _lock(indicator: Any) -> None:
    """One change of an indicator's entries at a time, so that a count told is a count that was."""
    Indicator.objects.select_for_update().get(pk=indicator)


def _mirror(entry: CountedEntry, paper: Paper, state: str) -> None:
    entry.evidence_state = state
    entry.evidence_kind, entry.evidence_number = paper.kind, paper.number
    entry.evidence_issued_on, entry.evidence_valid_until = paper.issued_on, paper.valid_until
