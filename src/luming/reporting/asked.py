"""What a month's cycle asks for, and of whom: figures, and the progress of measures in words.

Asked is, for each indicator that a target of the document is measured by, the newest expected figure that should be
known by the end of the month in which the cycle runs, unless it is known already. The unit is the one named as the
indicator's owner; where none is named, the first lead of the measure. Both may be inferred, and their marks say so.
Most measures have no figure at all: of those too the units in charge say each month how far they are, and the office
chooses how many of them it asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from luming.facts import Indicator
from luming.mark import Mark
from luming.monitor import due_on, expected_periods, window_of
from luming.pack import Commitment, Pack
from luming.period import Period, month_of

UNNAMED = "主管部门(待确定)"
_GROUP = "各"
"""How a group of units begins (各旗县区): it has no desk of its own, so nothing is asked of it."""


class Breadth(StrEnum):
    """Whom a month asks for progress in words, beside the figures."""

    FIGURES = "figures"
    LEADS = "leads"
    ALL = "all"

    @property
    def label(self) -> str:
        """The choice as an officer reads it."""
        return _LABELS[self]


_LABELS = {
    Breadth.FIGURES: "只报数",
    Breadth.LEADS: "报数,牵头单位报各条进展",
    Breadth.ALL: "报数,牵头和配合单位都报各条进展",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a unit is asked for: a figure, or the progress of a measure in words.

    Attributes:
        unit: who reports.
        lead: the unit that leads the measure and collects.
        indicator: id of the figure's indicator; "" for progress.
        measure: id of the measure whose progress is told; "" for a figure.
        of_measure: unit of measure in which the figure is wanted; "" for progress.
        mark: standing of the division of labour.
        targets: ids of the targets that are measured by it.
    """

    unit: str
    lead: str
    indicator: str
    label: str
    subject: str
    period: Period
    of_measure: str
    mark: Mark
    targets: tuple[str, ...] = ()
    measure: str = ""

    @property
    def leads_itself(self) -> bool:
        """Whether the reporting unit leads the measure itself."""
        return self.unit == self.lead


def asked_for(
    pack: Pack, year: int, month: int, known: Collection[tuple[str, str, Period]] = ()
) -> tuple[Asked, ...]:
    """What the cycle for a calendar month asks for, in the order of the document.

    Args:
        known: (subject, indicator id, period) of figures that are there already.
    """
    through = month_of(year, month).end
    by = month_of(year + month // 12, month % 12 + 1).end
    targets: dict[str, list[Commitment]] = {}
    for target in pack.targets():
        targets.setdefault(target.indicator, []).append(target)
    found = []
    for id, its_targets in targets.items():
        indicator = pack.indicator(id)
        period = _newest(pack, its_targets, indicator, through, by)
        if period is None or (pack.document.place, id, period) in known:
            continue
        found.append(_asked(pack, its_targets, indicator, period))
    return tuple(found)


def progress_for(pack: Pack, year: int, month: int, breadth: Breadth) -> tuple[Asked, ...]:
    """Of which measures which units are asked to tell the progress, in the order of the document.

    A measure that has nobody in charge is asked of nobody. With several leads each tells its own; what supporting units
    tell goes to the first of them.
    """
    if breadth is Breadth.FIGURES:
        return ()
    found = []
    for measure in pack.measures:
        duty = pack.duty_of(measure.id)
        if not measure.number or duty is None or not duty.lead:
            continue
        leads = dict.fromkeys(unit for unit in duty.lead if not unit.startswith(_GROUP))
        others = dict.fromkeys(unit for unit in duty.support if not unit.startswith(_GROUP))
        units = (
            [*leads, *(unit for unit in others if unit not in leads)] if breadth is Breadth.ALL else [*leads]
        )
        found += [
            Asked(
                unit=unit,
                lead=unit if unit in leads else duty.lead[0],
                indicator="",
                label=f"第{measure.number}条 {measure.title}",
                subject=pack.document.place,
                period=month_of(year, month),
                of_measure="",
                mark=duty.mark,
                measure=measure.id,
            )
            for unit in units
        ]
    return tuple(found)


def _newest(
    pack: Pack, targets: Collection[Commitment], indicator: Indicator, through: dt.date, by: dt.date
) -> Period | None:
    windows = [window_of(target, pack.document.year, indicator.kind) for target in targets]
    periods = {period for window in windows for period in expected_periods(indicator, window)}
    due = [period for period in periods if period.end <= through and due_on(period, indicator) <= by]
    return max(due, default=None)


def _asked(pack: Pack, targets: Collection[Commitment], indicator: Indicator, period: Period) -> Asked:
    first = next(iter(targets))
    measure = pack.sentence(first.clause)[0].id if first.clause else ""
    duty = pack.duty_of(measure)
    lead = duty.lead[0] if duty is not None and duty.lead else ""
    unit = indicator.owner or lead or UNNAMED
    marks = [indicator.owner_mark if indicator.owner else Mark.EXPECTED]
    marks += [duty.mark] if duty is not None and lead else []
    certain = all(mark is Mark.VERIFIED for mark in marks)
    return Asked(
        unit=unit,
        lead=lead or unit,
        indicator=indicator.id,
        label=indicator.label,
        subject=pack.document.place,
        period=period,
        of_measure=indicator.unit,
        mark=Mark.VERIFIED if certain else Mark.EXPECTED,
        targets=tuple(target.id for target in targets),
    )
