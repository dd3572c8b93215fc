"""Entries as the library counts them, read in two queries an indicator and counted once for each state of the tables."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache

from django.db.models import Count, Max, Sum

from luming.counting import Counted, CountEntry, EntryEvidence, count
from luming.pack import CountingRule
from luming.period import Period
from luming_portal.counting.models import CountedEntry, EntryPaper
from luming_portal.documents.packs import counting_rules, districts
from luming_portal.documents.selectors import own_place

_KEPT = 24
"""Counts kept in memory."""


def rules() -> dict[str, CountingRule]:
    """The rules by key of the indicator."""
    return {rule.indicator: rule for rule in counting_rules()}


def places() -> frozenset[str]:
    """The city and what lies in it; empty where its districts are not known, and then no entry is from elsewhere."""
    names = {one.name for one in districts()}
    return frozenset(names | {own_place()} - {""}) if names else frozenset()


def entry_values(indicator: str, *, demo: bool) -> list[CountEntry]:
    """All entries of an indicator with their papers, in no order."""
    papers: dict[int, list[EntryEvidence]] = defaultdict(list)
    kept = EntryPaper.objects.filter(entry__indicator__key=indicator, entry__demo=demo).order_by("pk")
    for row in kept.values(
        "entry_id", "recorded_on", "issued_on", "valid_until", "withdrawn_on", "withdrawal_recorded_on"
    ):
        papers[row["entry_id"]].append(
            EntryEvidence(
                recorded_on=row["recorded_on"],
                issued_on=row["issued_on"],
                valid_until=row["valid_until"],
                withdrawn_on=row["withdrawn_on"],
                withdrawal_known_on=row["withdrawal_recorded_on"],
            )
        )
    rows = CountedEntry.objects.filter(indicator__key=indicator, demo=demo).order_by()
    names = ("category", "identity", "name", "unit", "counted_on", "recorded_on", "host", "district")
    return [
        CountEntry(id=row.pop("pk"), indicator=indicator, evidence=tuple(papers.get(pk, ())), **row)
        for row in rows.values("pk", *names)
        for pk in (row["pk"],)
    ]


def counted(
    rule: CountingRule, period: Period, known_on: dt.date, *, demo: bool, here: Collection[str] | None = None
) -> Counted:
    """The count of an indicator; the same object as long as no entry and no paper changes."""
    at = places() if here is None else frozenset(here)
    return _counted(rule.model_dump_json(), period, known_on, demo, at, _state(rule.indicator, demo))


def count_now(
    entries: Collection[CountEntry], rule: CountingRule, period: Period, known_on: dt.date
) -> Counted:
    """The count of entries that the caller holds."""
    return count(entries, rule, period, known_on, places())


def _state(indicator: str, demo: bool) -> str:
    """What changes whenever an entry or a paper of the indicator does."""
    told = (Count("pk"), Max("pk"), Sum("version"), Max("updated_at"))
    entries = CountedEntry.objects.filter(indicator__key=indicator, demo=demo).order_by()
    papers = EntryPaper.objects.filter(entry__indicator__key=indicator, entry__demo=demo).order_by()
    return " ".join(str(tuple(rows.aggregate(*told).values())) for rows in (entries, papers))


@lru_cache(maxsize=_KEPT)
def _counted(
    rule: str, period: Period, known_on: dt.date, demo: bool, here: frozenset[str], state: str
) -> Counted:
    plain = CountingRule.model_validate_json(rule)
    return count(entry_values(plain.indicator, demo=demo), plain, period, known_on, here)
