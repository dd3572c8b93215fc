"""What changes links and what they bring: making, withdrawing, opening, keeping a draft, handing in once.

What comes by a link lands as the unit's draft and goes the way of every figure: the unit submits and reviews it. Each
step stands in the record of changes under the number of the link and the name of its holder.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.reporting import InvitationState, Stage, last_day
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.invitations.holder import Holder
from luming_portal.invitations.models import Invitation, InvitationRow
from luming_portal.invitations.selectors import digest_of, open_count
from luming_portal.library_words import word
from luming_portal.reporting.concerns import concerns_of, series_of
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.templatetags.reporting import plain

MOST_OPEN = 50
"""Links of a unit and month that may be usable at the same time (平台默认口径)."""
_NOTED_FOR = 600
"""Seconds in which the same refusal of the same link is recorded once."""


class LinkClosed(Exception):
    """Used, expired or withdrawn; nothing was written."""

    def __init__(self, state: InvitationState) -> None:
        self.state = state
        super().__init__(state.label)


class RowsRefused(Exception):
    """Figures that cannot be handed in like this, each with its sentences; nothing was written."""

    def __init__(self, sentences: dict[int, list[str]], *, conflict: bool) -> None:
        self.sentences = sentences
        self.conflict = conflict
        super().__init__(" ".join(one for told in sentences.values() for one in told))


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed for one figure. `version`: of the report that the page showed."""

    report_id: int
    version: int
    written: str
    value: Decimal | None
    unchanged: bool
    narrative: str
    evidence: str


def make_invitation(
    month: ReportingMonth,
    unit: str,
    reports: Sequence[Report],
    *,
    by: Any,
    contact: str,
    phone: str,
    days: int,
    now: dt.datetime | None = None,
) -> tuple[Invitation, str]:
    """Make a link for figures of one unit; the link and its token, which is told here and never again.

    Args:
        phone: already masked.

    Raises:
        Refused: not the right of this person, not the unit's figures, or no longer to be filled in; nothing is made.
    """
    now = now or timezone.now()
    require(by, Action.CREATE, "invitation", Invitation(unit=unit))
    if not reports:
        raise Refused(_("没有选择报送项,没有生成链接。"))
    for report in reports:
        if report.unit != unit or report.reporting_month_id != month.pk or report.at is not Stage.DRAFT:
            raise Refused(
                _("“%(label)s”不是%(unit)s本期还在填报的项,没有生成链接。")
                % {"label": report.label, "unit": unit}
            )
    if open_count(month, unit, now) >= MOST_OPEN:
        raise Refused(
            _("%(unit)s本期已有%(most)d个还能用的链接,请先收回不用的。") % {"unit": unit, "most": MOST_OPEN}
        )
    token = secrets.token_urlsafe(32)
    day = last_day(timezone.localdate(now), days, month.publish_by)
    end = timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))
    with change(_("发放一次性链接"), now=now) as changes:
        made = changes.save(
            Invitation(
                reporting_month=month,
                unit=unit,
                contact=contact,
                phone=phone,
                digest=digest_of(token),
                made_by=by,
                expires_at=end,
                demo=month.demo,
            )
        )
        changes.create_many(
            [InvitationRow(invitation=made, report=report, demo=month.demo) for report in reports]
        )
    return made, token


def withdraw_invitation(
    invitation: Invitation, reason: str, *, by: Any, now: dt.datetime | None = None
) -> None:
    """Make a link worthless at once.

    Raises:
        Refused: not the right of this person, no reason, or used, expired or withdrawn already.
    """
    now = now or timezone.now()
    require(by, Action.CHANGE, "invitation", invitation)
    if not reason.strip():
        raise Refused(_("收回链接需要写明理由,没有收回。"))
    with change(reason, now=now) as changes:
        stored = Invitation.objects.select_for_update().get(pk=invitation.pk)
        state = stored.state_at(now)
        if not state.is_open:
            raise Refused(_("这个链接%s,不用收回。") % word(state.label))
        stored.withdrawn_at, stored.reason = now, reason.strip()
        changes.save(stored)


def mark_opened(*, by: Holder, now: dt.datetime | None = None) -> None:
    """Note that the page of a link was seen for the first time."""
    now = now or timezone.now()
    with acting_as(by.bearer), change(now=now) as changes:
        stored = Invitation.objects.select_for_update().get(pk=by.invitation.pk)
        if stored.opened_at is None:
            stored.opened_at = now
            changes.save(stored)


def note_refused(state: InvitationState, *, by: Holder) -> None:
    """Record that somebody came with a link that no longer holds; once in a while, however often he tries."""
    if cache.add(f"link-refused-{by.invitation.pk}-{state.value}", 1, _NOTED_FOR):
        with acting_as(by.bearer), change() as changes:
            changes.event("invitation.refused", item=by.invitation, state=state.value)


def keep_typed(given: Sequence[Given], *, by: Holder, now: dt.datetime | None = None) -> None:
    """Keep what was typed so far, as it was typed; the unit's sheet does not change yet.

    Raises:
        LinkClosed: the link no longer holds; nothing is kept.
        RowsRefused: a figure is not to be filled in by this link any more; nothing is kept.
    """
    now = now or timezone.now()
    with acting_as(by.bearer), change(now=now) as changes:
        holder = _held(by, now)
        reports = _locked([one.report_id for one in given])
        _stop(_refusals(holder, given, reports), conflict=True)
        rows = {row.report_id: row for row in holder.rows}
        for one in given:
            changes.save(_typed(rows[one.report_id], one))


def hand_in(given: Sequence[Given], *, by: Holder, now: dt.datetime | None = None) -> None:
    """Make what was typed the unit's drafts, once and for all rows together; the link is used then.

    A row without a figure needs a word why there is none: it reaches the unit as unknown, never as zero.

    Raises:
        LinkClosed: used by another page a moment ago, expired or withdrawn; nothing is written.
        RowsRefused: a row that is no longer to be filled in, was changed by the unit meanwhile, or has faults; nothing is
            written.
    """
    now = now or timezone.now()
    reason = _("经一次性链接%d号交回") % by.invitation.pk
    with acting_as(by.bearer), change(reason, now=now) as changes:
        holder = _held(by, now)
        reports = _locked([one.report_id for one in given])
        _stop(_refusals(holder, given, reports) or _behind(given, reports), conflict=True)
        if not given:
            raise RowsRefused({}, conflict=True)
        for one in given:
            report = reports[one.report_id]
            report.value, report.unchanged = one.value, one.unchanged
            report.narrative, report.evidence = one.narrative, one.evidence
        _stop(faults_of([reports[one.report_id] for one in given]), conflict=False)
        rows = {row.report_id: row for row in holder.rows}
        for one in given:
            changes.save(reports[one.report_id], expected_version=one.version)
            row = _typed(rows[one.report_id], one)
            row.value, row.handed_in_at = one.value, now
            changes.save(row)
        holder.invitation.used_at = now
        changes.save(holder.invitation)


def faults_of(reports: Sequence[Report]) -> dict[int, list[str]]:
    """What keeps figures from being handed in, by key of the report: what keeps a unit from submitting them.

    Only a figure that is missing with a word why passes here: whether to leave it open is the unit's to decide.
    """
    series = series_of(reports)
    found = {}
    for report in reports:
        sentences = [
            one.sentence
            for one in concerns_of(report, series)
            if one.code != "missing" or not report.narrative.strip()
        ]
        if sentences:
            found[report.pk] = sentences
    return found


def _held(by: Holder, now: dt.datetime) -> Holder:
    """The link as it stands, kept from other pages until the transaction ends."""
    stored = Invitation.objects.select_for_update().get(pk=by.invitation.pk)
    state = stored.state_at(now)
    if not state.is_open:
        raise LinkClosed(state)
    return Holder(stored)


def _locked(keys: Sequence[int]) -> dict[int, Report]:
    found = (
        Report.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .select_related("indicator", "reporting_month")
        .order_by("pk")
    )
    return {report.pk: report for report in found}


def _refusals(holder: Holder, given: Sequence[Given], reports: dict[int, Report]) -> dict[int, list[str]]:
    told = {one.report_id: holder.refusal(reports[one.report_id]) for one in given}
    return {key: [sentence] for key, sentence in told.items() if sentence}


def _behind(given: Sequence[Given], reports: dict[int, Report]) -> dict[int, list[str]]:
    return {
        one.report_id: [changed_meanwhile(reports[one.report_id])]
        for one in given
        if reports[one.report_id].version != one.version
    }


def changed_meanwhile(report: Report) -> str:
    """The sentence where the unit has changed a figure since the page showed it."""
    if not report.asks_figure:
        value = report.narrative.strip() or _("未填")
    else:
        value = _("未填") if report.value is None else f"{plain(report.value)}{report.of_measure}"
    return _("单位在您填写期间改过这一项,单位现在填的是:%s。请核对,确实要用您填的就再交回一次。") % value


def _stop(sentences: dict[int, list[str]], *, conflict: bool) -> None:
    if sentences:
        raise RowsRefused(sentences, conflict=conflict)


def _typed(row: InvitationRow, one: Given) -> InvitationRow:
    row.written, row.unchanged = one.written, one.unchanged
    row.narrative, row.evidence = one.narrative, one.evidence
    row.seen_version = one.version
    return row
