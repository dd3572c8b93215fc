"""What is read of links: a link by its token, the links of a month, who filled in what on a sheet."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from luming.reporting import InvitationState, Stage
from luming_portal.accounts.rights import visible
from luming_portal.invitations.holder import Holder
from luming_portal.invitations.models import Invitation, InvitationRow
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.selectors import reports_for

MOST_SHOWN = 300
"""Links that a list shows, the newest of them."""


def digest_of(token: str) -> str:
    """What is stored of a token. The token itself has 256 random bits, so that no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def holder_of(token: str) -> Holder | None:
    """Whoever holds the link with this token. Whatever is asked for is hashed and looked up the same way."""
    found = (
        Invitation.objects.filter(digest=digest_of(token))
        .select_related("made_by", "reporting_month__document")
        .first()
    )
    return Holder(found) if found is not None else None


@dataclass(frozen=True, slots=True)
class Handed:
    """A link as the list shows it."""

    invitation: Invitation
    state: InvitationState
    labels: tuple[str, ...]


def links_of(user: Any, month: ReportingMonth, now: dt.datetime, unit: str = "") -> list[Handed]:
    """The links of a month (and of one unit) that a person sees, newest first, MOST_SHOWN at most."""
    links = invitations_for(user).filter(reporting_month=month)
    if unit:
        links = links.filter(unit=unit)
    found = links.prefetch_related("rows__report__indicator")[:MOST_SHOWN]
    return [
        Handed(item, item.state_at(now), tuple(row.report.label for row in item.rows.all())) for item in found
    ]


def invitations_for(user: Any) -> QuerySet[Invitation]:
    """The links that a person sees."""
    return visible(user, Invitation.objects.all()).select_related("made_by", "reporting_month")


def open_count(month: ReportingMonth, unit: str, now: dt.datetime) -> int:
    """How many links of a unit and month can still be used."""
    return Invitation.objects.filter(
        reporting_month=month, unit=unit, used_at=None, withdrawn_at=None, expires_at__gt=now
    ).aggregate(found=Count("pk"))["found"]


def fillable(user: Any, month: ReportingMonth, unit: str) -> QuerySet[Report]:
    """The figures of a unit that still stand to be filled in, as far as the person sees them."""
    return reports_for(user, month).filter(unit=unit, stage=Stage.DRAFT.value)


@dataclass(frozen=True, slots=True)
class FilledBy:
    """Who filled a figure in by a link. `altered`: the unit has changed it since."""

    contact: str
    at: dt.datetime
    number: int
    altered: bool


def filled_by(user: Any, reports: Sequence[Report]) -> dict[int, FilledBy]:
    """By key of the report: who last filled it in by a link, as far as the person sees links. One query."""
    now = {report.pk: report for report in reports}
    rows = (
        visible(user, InvitationRow.objects.filter(report__in=list(now)).exclude(handed_in_at=None))
        .select_related("invitation")
        .order_by("handed_in_at", "pk")
    )
    found = {}
    for row in rows:
        report = now[row.report_id]
        altered = (row.value, row.narrative, row.evidence) != (
            report.value,
            report.narrative,
            report.evidence,
        )
        assert row.handed_in_at is not None
        found[row.report_id] = FilledBy(row.invitation.contact, row.handed_in_at, row.invitation_id, altered)
    return found
