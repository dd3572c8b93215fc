"""What changes reports: opening a month, drafts, moves and publication. Each through the audit door, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.facts import Fact as FactValue
from luming.facts import Status, correction_id, new_id
from luming.mark import Mark
from luming.period import parse_period
from luming.reporting import Breadth, Move, Part, Stage, after, asked_for, dates_of, progress_for
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.counting.offers import keep_counts, note_of, offers, settle
from luming_portal.documents.models import Document
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import latest_version
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.indicators.services import add_facts
from luming_portal.reporting.concerns import Series, concerns_of, series_of
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.parts import Acting


class MonthRefused(Exception):
    """A month that cannot be opened; carries the sentence."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: how many reports went on, and the sentence for each that did not."""

    count: int
    left: tuple[str, ...]


def open_month(
    document: Document,
    year: int,
    month: int,
    *,
    by: Any,
    today: dt.date | None = None,
    breadth: Breadth = Breadth.FIGURES,
    demo: bool = False,
) -> ReportingMonth:
    """Open the cycle for a calendar month: one report for each figure that the document needs and nobody has yet.

    Args:
        breadth: who tells the progress of measures in words as well.
        demo: of the demonstration, whose months, reports and figures never meet real ones.

    Raises:
        Refused: not the right of this person.
        MonthRefused: the month is not over, is open already, or nothing is asked for in it.
    """
    require(by, Action.CREATE, "reporting_month")
    today = today or timezone.localdate()
    dates = dates_of(year, month, today)
    if today < dates.opens_on:
        raise MonthRefused(
            _("%(year)d年%(month)d月还没有结束,到月末以后再开启。") % {"year": year, "month": month}
        )
    version = latest_version(document)
    if version is None:
        raise MonthRefused(_("这份文件还没有发布过版本,没有可以报送的目标。"))
    if ReportingMonth.objects.filter(document=document, year=year, month=month, demo=demo).exists():
        raise MonthRefused(_("%(year)d年%(month)d月的报送已经开启。") % {"year": year, "month": month})
    pack = pack_of(version)
    held = Fact.objects.filter(demo=demo, superseded=False, subject=pack.document.place)
    known = {
        (subject, key, parse_period(period))
        for subject, key, period in held.values_list("subject", "indicator__key", "period")
    }
    asked = (*asked_for(pack, year, month, known), *progress_for(pack, year, month, breadth))
    if not asked:
        raise MonthRefused(_("这个月要报的数都已经有了,不需要开启。"))
    indicators = {row.key: row for row in Indicator.objects.filter(key__in=[one.indicator for one in asked])}
    with change() as changes:
        opened = changes.save(
            ReportingMonth(
                document=document,
                year=year,
                month=month,
                due_on=dates.due_on,
                verify_by=dates.verify_by,
                publish_by=dates.publish_by,
                demo=demo,
            )
        )
        changes.create_many(
            [
                Report(
                    reporting_month=opened,
                    position=position,
                    unit=one.unit,
                    lead=one.lead,
                    title=one.label,
                    indicator=indicators.get(one.indicator),
                    measure=one.measure,
                    subject=one.subject,
                    period=one.period.text,
                    of_measure=one.of_measure,
                    mark=one.mark.value,
                    demo=demo,
                )
                for position, one in enumerate(asked)
            ]
        )
    return opened


def require_writable(report: Report, *, by: Any) -> None:
    """Stop here unless the person may enter the figure now.

    Raises:
        Refused: with the reason.
    """
    acting = Acting(by)
    if Part.REPORTER not in acting.parts(report):
        raise Refused(_("这一项由%s填报,您不能填写。") % report.unit)
    if not acting.may_write(report):
        raise Refused(_("这一项现在是“%s”,不能填写。") % report.get_stage_display())


def save_draft(
    report: Report,
    *,
    by: Any,
    value: Decimal | None,
    narrative: str,
    evidence: str,
    unchanged: bool,
    expected_version: int,
) -> Report:
    """Keep what somebody has typed so far; nothing is judged yet.

    Raises:
        Refused: the report is not his, or is out of his hands.
        StaleVersion: a colleague has saved in between; nothing is written.
    """
    require_writable(report, by=by)
    report.value, report.unchanged = value, unchanged
    report.narrative, report.evidence = narrative, evidence
    settle([report])
    with change() as changes:
        changes.save(report, expected_version=expected_version)
    return report


def move_reports(
    reports: Sequence[Report], move: Move, *, by: Any, reason: str = "", today: dt.date | None = None
) -> Moved:
    """Move each report that the person may move and that has no fault; say of every other why it stays.

    Args:
        reports: of one month.

    Raises:
        Refused: a return or a revision without a reason; nothing is moved.
        StaleVersion: somebody else has moved one of them in between; nothing is moved.
    """
    if move.needs_reason and not reason.strip():
        raise Refused(_("%s需要写明理由。") % _(move.label))
    today = today or timezone.localdate()
    left: list[str] = []
    going: list[Report] = []
    if move is Move.SUBMIT:
        settle(reports, today)
    series = series_of(reports) if move is Move.SUBMIT else {}
    acting = Acting(by)
    for report in reports:
        problem = _problem(report, move, acting, series)
        if problem:
            left.append(f"{report.label}:{problem}")
        else:
            going.append(report)
    if move is Move.PUBLISH and going and not reason.strip():
        reason = _("发布%s") % going[0].reporting_month
    with change(reason) as changes:
        if move is Move.PUBLISH:
            _publish(changes, going, today)
        for report in going:
            _step(report, move, by, reason, today)
        changes.save_many(going)
    return Moved(len(going), tuple(left))


def _problem(report: Report, move: Move, acting: Acting, series: Series) -> str:
    if move not in acting.moves(report):
        if move is Move.APPROVE and report.at is Stage.SUBMITTED and acting.is_own_work(report):
            return _("是您自己提交的,请本单位另一位同事审核。")
        return _("现在是“%s”,不能这样处理。") % report.get_stage_display()
    if move is Move.SUBMIT:
        return " ".join(one.sentence for one in concerns_of(report, series))
    return ""


def _step(report: Report, move: Move, by: Any, reason: str, today: dt.date) -> None:
    following = after(report.at, move, leads_itself=report.leads_itself)
    assert following is not None, "only moves of the table are offered"
    report.stage = following.value
    if move is Move.SUBMIT:
        report.submitted_by = by
        report.submitted_on = report.submitted_on or today
        report.remark = ""
    elif move is Move.RETURN:
        report.returns += 1
        report.remark = reason.strip()
    elif move is Move.REVISE:
        report.revisions += 1
        report.remark = reason.strip()


def _publish(changes: ChangeSet, reports: Sequence[Report], today: dt.date) -> None:
    """Append the figures to the facts: whatever stands for the same subject, indicator and days is corrected, not doubled."""
    reports = [report for report in reports if report.asks_figure]
    if not reports:
        return
    # Two officers who publish at once would number the same correction, or enter a source, twice.
    month = ReportingMonth.objects.select_for_update().get(pk=reports[0].reporting_month_id)
    sources = {unit: _source(changes, month, unit) for unit in {one.unit for one in reports}}
    known = list(
        Fact.objects.filter(
            subject__in={one.subject for one in reports},
            indicator__in={one.indicator_id for one in reports},
            demo=month.demo,
        )
    )
    taken = {row.key for row in known}
    in_force: dict[tuple[str, int | None, dt.date, dt.date], Fact] = {
        (row.subject, row.indicator_id, row.period_start, row.period_end): row
        for row in known
        if not row.superseded
    }
    offered = offers(reports, today)
    wanted: list[tuple[Report, FactValue]] = []
    for report in reports:
        period = parse_period(report.period)
        old = in_force.get((report.subject, report.indicator_id, period.start, period.end))
        if old is not None and (old.value, old.unit) == (report.value, report.of_measure):
            report.fact = old
            continue
        assert report.indicator is not None, "only reports of figures are left"
        key = new_id(report.subject, report.indicator.key, period, demo=report.demo)
        if old is not None or key in taken:
            key = correction_id(old.key if old is not None else key, taken)
        taken.add(key)
        assert report.value is not None, "what has no value is not submitted"
        wanted.append(
            (
                report,
                FactValue(
                    id=key,
                    subject=report.subject,
                    indicator=report.indicator.key,
                    period=period,
                    value=report.value,
                    unit=report.of_measure,
                    status=Status.ACTUAL,
                    source=sources[report.unit].key,
                    recorded_on=today,
                    supersedes=old.key if old is not None else "",
                    note=note_of(report, offered.get(report.pk)),
                    demo=report.demo,
                ),
            )
        )
    made = {row.key: row for row in add_facts(changes, [fact for _report, fact in wanted])}
    for report, fact in wanted:
        report.fact = made[fact.id]
    keep_counts(changes, reports, offered)


def _source(changes: ChangeSet, month: ReportingMonth, unit: str) -> Source:
    """The source that a unit's report of a month is: this portal itself holds it."""
    title = f"{month.year}年{month.month}月报送"
    found = Source.objects.filter(publisher=unit, title=title, steward=unit, demo=month.demo).first()
    if found is not None:
        return found
    start = f"report_{'demo_' if month.demo else ''}{month.year}_{month.month:02d}_"
    number = Source.objects.filter(key__startswith=start).count() + 1
    return changes.save(
        Source(
            key=f"{start}{number:03d}",
            publisher=unit,
            title=title,
            date=f"{month.year}-{month.month:02d}",
            mark=Mark.VERIFIED.value,
            note="经单位审核、牵头单位汇总、领导小组办公室核定",
            steward=unit,
            demo=month.demo,
        )
    )
