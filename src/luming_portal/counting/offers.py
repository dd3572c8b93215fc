"""The figure that a report is offered from entries instead of being typed, and what is said beside a published one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from luming.counting import Counted, WhyLeft
from luming.errors import UnitMismatch
from luming.pack import CountingRule
from luming.period import parse_period
from luming.reporting import Stage
from luming_portal.audit.door import ChangeSet
from luming_portal.counting.models import PublishedCount, StandIn
from luming_portal.counting.values import counted, places, rules
from luming_portal.reporting.models import Report

TYPED = "手填总数,暂代台账计数"
_NOT_OF_PERIOD = (WhyLeft.PERIOD, WhyLeft.CATEGORY, WhyLeft.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the entries say to a report of a counted indicator.

    Attributes:
        value: the count in the report's unit; None where there is none.
        reason: why the office lets a typed total stand in although there are entries; "" where it does not.
    """

    counted: Counted
    value: Decimal | None
    reason: str = ""

    @property
    def used(self) -> bool:
        """Whether the figure is the count; else a typed total stands in."""
        return has_entries(self.counted) and self.value is not None and not self.reason

    @property
    def is_stand_in(self) -> bool:
        """Whether a typed total stands in."""
        return not self.used


def has_entries(count: Counted) -> bool:
    """Whether there is an entry for the period, be it counted or not."""
    return count.entries > sum(count.left_for(why) for why in _NOT_OF_PERIOD)


def counted_for(report: Report) -> Offer | None:
    """What the entries say to a report; None for indicators that are not counted from entries."""
    return offers([report]).get(report.pk)


def offers(reports: Iterable[Report], today: dt.date | None = None) -> dict[int, Offer]:
    """What the entries say to reports, by key of the report, as they are known on a day."""
    known = rules()
    keyed = [(report, getattr(report.indicator, "key", "")) for report in reports]  # words have no indicator
    asked = [(report, known[key]) for report, key in keyed if key in known]
    if not asked:
        return {}
    here, day = places(), today or timezone.localdate()
    reasons = dict(stand_ins().values_list("indicator_id", "reason"))
    return {
        report.pk: _offer(report, rule, here, reasons.get(report.indicator_id or 0, ""), day)
        for report, rule in asked
    }


def stand_ins() -> QuerySet[StandIn]:
    """Where the office lets typed totals stand in."""
    return StandIn.objects.all()


def _offer(report: Report, rule: CountingRule, here: frozenset[str], reason: str, day: dt.date) -> Offer:
    found = counted(rule, parse_period(report.period), day, demo=report.demo, here=here)
    try:
        value = found.value(report.of_measure)
    except UnitMismatch:
        value = None
    return Offer(found, value, reason)


def settle(reports: Sequence[Report], today: dt.date | None = None) -> None:
    """Put the count into reports that are still being filled in; every report carries its offer as `counted`."""
    found = offers(reports, today)
    for report in reports:
        offer = found.get(report.pk)
        report.counted = offer  # type: ignore[attr-defined]
        if offer is not None and offer.used and report.at is Stage.DRAFT:
            report.value, report.unchanged = offer.value, False


def note_of(report: Report, offer: Offer | None) -> str:
    """The note of the figure that is published: the report's narrative, and whether entries or a typed total stand behind."""
    if offer is None:
        return report.narrative
    said = TYPED
    if offer.used:  # what was submitted stays, even where the entries have changed since
        same = offer.value == report.value
        said = f"由台账{offer.counted.entries}条汇总" if same else f"发布时台账计数为{offer.value}"
    return ";".join(part for part in (report.narrative, said) if part)


def keep_counts(changes: ChangeSet, reports: Sequence[Report], offered: Mapping[int, Offer]) -> None:
    """Keep with each figure that is being published the count behind it."""
    found = {pk: offer for pk, offer in offered.items() if offer.used}
    facts = [report.fact_id for report in reports if report.pk in found]
    kept = set(PublishedCount.objects.filter(fact__in=facts).values_list("fact_id", flat=True))
    for report in reports:
        offer = found.get(report.pk)
        if offer is None or report.fact is None or report.fact_id in kept:
            continue
        changes.save(
            PublishedCount(
                fact=report.fact,
                value=offer.value,
                entries=offer.counted.entries,
                number=offer.counted.number,
                whole=offer.counted.whole,
                known_on=offer.counted.known_on,
                demo=report.demo,
            )
        )
