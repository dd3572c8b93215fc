"""Texts for chats out of reports; their words are the library's (luming.reporting)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from luming.reporting import Owing, Stage, group_text, unit_text
from luming_portal.reporting.models import Report, ReportingMonth


def chat_text(month: ReportingMonth, reports: Sequence[Report], today: dt.date) -> str:
    """The text for the group of a month; "" where nobody owes anything."""
    owing = [Owing(unit, names) for unit, names in owed_names(reports).items()]
    return group_text(month.year, month.month, month.due_on, owing, today, demo=month.demo)


def text_for_unit(month: ReportingMonth, unit: str, reports: Sequence[Report], today: dt.date) -> str:
    """The text for the contact of one unit; "" where it owes nothing."""
    owing = Owing(unit, owed_names(reports).get(unit, ()))
    return unit_text(month.year, month.month, month.due_on, owing, today, demo=month.demo)


def owed_names(reports: Sequence[Report]) -> dict[str, tuple[str, ...]]:
    """The names of the figures that each unit has not handed in."""
    found: dict[str, tuple[str, ...]] = {}
    for report in reports:
        if report.at is Stage.DRAFT:
            found[report.unit] = (*found.get(report.unit, ()), report.label)
    return found
