"""A demonstration year through the real cycle: every figure typed, reviewed, collected, verified and published by a service.

Only the figures are invented, and when a unit hands them in. What becomes of them is decided by the very functions that
the pages call: late is late by the month's own days, a return costs a round, a revision keeps the figure that was published
before. The days are those of the document's year; the record of changes keeps the true time, for it never pretends.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from luming.facts import Fact as FactValue
from luming.mark import Mark
from luming.monitor import DEMO_SOURCE, demo_year
from luming.pack import Pack
from luming.period import month_of, parse_period
from luming.reporting import Breadth, Move, Stage
from luming.unit import convert
from luming_portal.accounts.demonstration import demonstration_officer
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.documents.models import DocumentVersion
from luming_portal.documents.packs import pack_of
from luming_portal.indicators.models import Source
from luming_portal.indicators.services import add_facts
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.services import MonthRefused, move_reports, open_month, save_draft

SOURCE_TITLE = "演示数据：种子生成"
NARRATIVE = "演示：按台账逐月统计"
EVIDENCE = "演示台账"
_TOLD = (
    "演示：{month}月召开推进会{count}次，按计划推进。",
    "演示：{month}月走访企业{count}家，收集需求并转办。",
    "演示：{month}月完成阶段任务{count}项，其余在办。",
    "演示：{month}月与有关单位对接{count}次，方案在修改。",
    "演示：按计划推进，{month}月新增在办事项{count}项。",
)
_LATE, _RETURNED = 0.12, 0.10
"""Chance that a unit is late with a month, and that the office sends a figure back."""
_SLIP = Decimal("1.1")
_ON_TIME_SPAN = dt.timedelta(days=12)
"""A figure of the seed that was known by then after its month is handed in with the month."""


@dataclass(frozen=True, slots=True)
class MonthTold:
    """What happened in a month of the demonstration: how many figures were asked, late, returned and revised."""

    month: ReportingMonth
    asked: int
    late: int
    returned: int
    published: int


Told = Callable[[MonthTold], None]


def run_demonstration_year(
    version: DocumentVersion, seed: int, told: Told = lambda month: None
) -> tuple[MonthTold, ...]:
    """Run the twelve months of a document's year.

    Args:
        told: hears of each month once it is closed, that is when its day of publication is over.

    Raises:
        MonthRefused: a demonstration of this document's year is there already.
    """
    held = ReportingMonth.objects.filter(document=version.document, year=version.document.year, demo=True)
    if held.exists():
        raise MonthRefused(
            f"{version.document.year}年的演示报送已经有了。先运行 luming-portal remove-demo 删除演示数据,再重新运行。"
        )
    year = _Year(version, seed, told)
    year.prepare()
    return year.run()


@dataclass(order=True, slots=True)
class _Event:
    day: dt.date
    order: int
    deed: Callable[[dt.date], None] = field(compare=False)


class _Year:
    """The people, the seed's figures and what is still to happen, by day."""

    def __init__(self, version: DocumentVersion, seed: int, told: Told) -> None:
        self.document = version.document
        self.pack: Pack = pack_of(version)
        self.seed = seed
        self._told = told
        self.facts = demo_year(self.pack, seed)
        self._series = _by_series(self.facts)
        self._events: list[_Event] = []
        self._order = itertools.count()
        self._officers: dict[str, User] = {}
        self._months: list[ReportingMonth] = []
        self._returned: set[int] = set()

    def prepare(self) -> None:
        """The officers, and the figures that no unit is asked for: the years before and those of districts."""
        place, year = self.pack.document.place, self.document.year
        with acting_as(None), change("演示年:账号与往年数据") as changes:
            self.office = demonstration_officer(changes, Role.OFFICE, "领导小组办公室")
            if not Source.objects.filter(key=DEMO_SOURCE).exists():
                changes.save(_demo_source(year))
            add_facts(changes, [fact for fact in self.facts if fact.period.end.year < year])
        districts = [fact for fact in self.facts if fact.subject != place and fact.period.end.year == year]
        for day in sorted({fact.recorded_on for fact in districts}):
            self._at(day, partial(self._take_in, [fact for fact in districts if fact.recorded_on == day]))

    def run(self) -> tuple[MonthTold, ...]:
        """Open month after month and let happen what follows, day by day."""
        for month in range(1, 13):
            opens = month_of(self.document.year, month).end + dt.timedelta(days=1)
            self._at(opens, partial(self._open, month))
        while self._events:
            event = heapq.heappop(self._events)
            event.deed(event.day)
        return tuple(_told_of(month) for month in self._months)

    def _at(self, day: dt.date, deed: Callable[[dt.date], None]) -> None:
        heapq.heappush(self._events, _Event(day, next(self._order), deed))

    def _take_in(self, facts: Sequence[FactValue], day: dt.date) -> None:
        with acting_as(self.office), change("演示年:旗县区数据") as changes:
            add_facts(changes, facts)

    def _open(self, month: int, day: dt.date) -> None:
        with acting_as(self.office):
            opened = open_month(
                self.document,
                self.document.year,
                month,
                by=self.office,
                today=day,
                breadth=Breadth.ALL,
                demo=True,
            )
        self._months.append(opened)
        reports = list(opened.reports.select_related("indicator").order_by("position"))
        for unit in dict.fromkeys(report.unit for report in reports):
            rng = random.Random(f"{self.seed}:{unit}:{month}")
            late = rng.random() < _LATE
            comes = day + dt.timedelta(days=rng.randint(5, 8) if late else rng.randint(1, 4))
            by_day: dict[dt.date, list[int]] = {}
            for report in (one for one in reports if one.unit == unit):
                when = self._comes_on(report, opened, comes)
                if when is None:
                    continue
                by_day.setdefault(when, []).append(report.pk)
                if when == comes and rng.random() < _RETURNED:
                    self._returned.add(report.pk)
                self._plan_revision(report)
            for when, its in by_day.items():
                self._at(when, partial(self._hand_in, opened, unit, its))
        self._at(opened.publish_by, partial(self._close, opened))

    def _comes_on(self, report: Report, month: ReportingMonth, usual: dt.date) -> dt.date | None:
        """When a report comes in: with the unit's others, later where the seed keeps a figure back, or never."""
        if not report.asks_figure:
            return usual
        held = self._figure(report, first=True)
        if held is None:
            return None
        return held.recorded_on if held.recorded_on > _last_day_in_time(month) else usual

    def _plan_revision(self, report: Report) -> None:
        right = self._figure(report, first=False)
        if right is not None and right.supersedes:
            self._at(right.recorded_on, partial(self._revise, report.pk))

    def _hand_in(self, month: ReportingMonth, unit: str, its: Sequence[int], day: dt.date) -> None:
        officer = self._officer(unit)
        reports = self._reports(its)
        with acting_as(officer):
            for report in reports:
                if report.asks_figure:
                    self._fill_figure(report, officer)
                else:
                    _fill(report, officer, None, _told_in_words(report, self.seed))
        self._pass_on(its, day)
        if day >= month.publish_by:
            self._publish(month, day)

    def _fill_figure(self, report: Report, officer: User) -> None:
        figure = self._figure(report, first=True)
        assert figure is not None, "only what the seed knows is planned"
        value = convert(figure.value, figure.unit, report.of_measure)
        slips = report.pk in self._returned and report.returns == 0
        _fill(report, officer, _slipped(value) if slips else value, NARRATIVE)

    def _pass_on(self, its: Sequence[int], day: dt.date) -> None:
        """From the unit to the office on one day; what the office sends back comes again on the next."""
        first = self._reports(its)
        self._move(first, Move.SUBMIT, self._officer(first[0].unit), day)
        self._move(self._reports(its), Move.APPROVE, self._officer(first[0].unit), day)
        for lead in {report.lead for report in first if report.lead != report.unit}:
            its_own = [report for report in self._reports(its) if report.lead == lead]
            self._move(its_own, Move.COLLECT, self._officer(lead), day)
        wrong = [pk for pk in its if pk in self._returned]
        self._move(
            [one for one in self._reports(its) if one.pk not in self._returned], Move.VERIFY, self.office, day
        )
        if wrong:
            self._returned -= set(wrong)
            self._move(
                self._reports(wrong), Move.RETURN, self.office, day, "演示：与台账合计不一致，请核对后重报"
            )
            month = first[0].reporting_month
            self._at(day + dt.timedelta(days=1), partial(self._hand_in, month, first[0].unit, wrong))

    def _revise(self, pk: int, day: dt.date) -> None:
        (report,) = self._reports([pk])
        if report.fact is None:
            return
        self._move([report], Move.REVISE, self.office, day, "演示：单位来函更正重复填报")
        (report,) = self._reports([pk])
        figure = self._figure(report, first=False)
        assert figure is not None, "planned because it is there"
        officer = self._officer(report.unit)
        with acting_as(officer):
            _fill(report, officer, convert(figure.value, figure.unit, report.of_measure), NARRATIVE)
        self._pass_on([pk], day)
        self._publish(report.reporting_month, day)

    def _close(self, month: ReportingMonth, day: dt.date) -> None:
        self._publish(month, day)
        self._told(_told_of(month))

    def _publish(self, month: ReportingMonth, day: dt.date) -> None:
        reports = list(
            Report.objects.filter(reporting_month=month, stage=Stage.VERIFIED.value).select_related(
                "indicator", "reporting_month", "fact"
            )
        )
        self._move(reports, Move.PUBLISH, self.office, day)

    def _move(self, reports: Sequence[Report], move: Move, by: User, day: dt.date, reason: str = "") -> None:
        if not reports:
            return
        with acting_as(by):
            done = move_reports(reports, move, by=by, reason=reason, today=day)
        if done.left:
            raise MonthRefused(f"演示年在 {day} 停下:" + " ".join(done.left))

    def _reports(self, its: Iterable[int]) -> list[Report]:
        rows = Report.objects.filter(pk__in=list(its)).order_by("position")
        return list(rows.select_related("indicator", "reporting_month", "fact"))

    def _officer(self, unit: str) -> User:
        if unit not in self._officers:
            with acting_as(None), change("演示年:账号") as changes:
                self._officers[unit] = demonstration_officer(changes, Role.DEPARTMENT, unit)
        return self._officers[unit]

    def _figure(self, report: Report, *, first: bool) -> FactValue | None:
        """The seed's figure for a report: as it was first told, or as it stands after its correction."""
        if report.indicator is None:
            return None
        period = parse_period(report.period)
        series = self._series.get((report.subject, report.indicator.key), ())
        same = [one for one in series if one.period.end == period.end]
        exact = [one for one in same if one.period.start == period.start] or same
        if not exact:
            return None
        return exact[0] if first else exact[-1]


def _last_day_in_time(month: ReportingMonth) -> dt.date:
    """The last day on which a figure of the seed still counts as handed in with its month."""
    return month_of(month.year, month.month).end + _ON_TIME_SPAN


def _by_series(facts: Iterable[FactValue]) -> dict[tuple[str, str], list[FactValue]]:
    found: dict[tuple[str, str], list[FactValue]] = {}
    for fact in sorted(facts, key=lambda one: (one.recorded_on, one.id)):
        found.setdefault((fact.subject, fact.indicator), []).append(fact)
    return found


def _slipped(value: Decimal) -> Decimal:
    """A figure as somebody mistypes it: too high, and still of the same kind."""
    places = value.as_tuple().exponent
    return (value * _SLIP).quantize(Decimal(1).scaleb(int(places)))


def _told_in_words(report: Report, seed: int) -> str:
    """A sentence of progress, invented and marked so; the same seed tells the same."""
    rng = random.Random(f"{seed}:{report.unit}:{report.measure}:{report.period}")
    return rng.choice(_TOLD).format(month=report.reporting_month.month, count=rng.randint(1, 6))


def _fill(report: Report, officer: User, value: Decimal | None, narrative: str) -> None:
    save_draft(
        report,
        by=officer,
        value=value,
        narrative=narrative,
        evidence=EVIDENCE,
        unchanged=False,
        expected_version=report.version,
    )


def _told_of(month: ReportingMonth) -> MonthTold:
    reports = list(month.reports.all())
    return MonthTold(
        month,
        asked=len(reports),
        late=sum(one.submitted_on is None or one.submitted_on > month.due_on for one in reports),
        returned=sum(one.returns > 0 for one in reports),
        published=sum(one.at is Stage.PUBLISHED for one in reports),
    )


def _demo_source(year: int) -> Source:
    return Source(
        key=DEMO_SOURCE,
        publisher="演示",
        title=SOURCE_TITLE,
        date=str(year),
        mark=Mark.OURS.value,
        published=False,
        demo=True,
    )
