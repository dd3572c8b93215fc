"""What the leading units told of the measures in words, once it is published, for the papers."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from luming.report import ReportedProgress
from luming.reporting import Stage
from luming_portal.accounts.rights import Action, Scope, scope_of
from luming_portal.cockpit.boards import Shown
from luming_portal.reporting.models import Report


def published_progress(user: Any, shown: Shown) -> tuple[ReportedProgress, ...]:
    """The progress of a board's document and year as it is published now: real for a real board, invented for a demonstration.

    Only for those who may read every unit's reports: papers are given out to visitors too, and half of what the units
    told would look like the whole.
    """
    if scope_of(user, Action.VIEW, Report.noun) is not Scope.ALL:
        return ()
    document = shown.version.document
    rows = (
        Report.objects.filter(
            reporting_month__document=document,
            reporting_month__year=document.year,
            demo=shown.board.demo,
            stage=Stage.PUBLISHED.value,
            unit=F("lead"),
        )
        .exclude(measure="")
        .order_by("reporting_month__month", "position", "pk")
    )
    return tuple(
        ReportedProgress(*row)
        for row in rows.values_list("measure", "unit", "reporting_month__month", "narrative")
    )
