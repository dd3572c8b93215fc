"""The month of the reporting tests, ten days and more overdue, and what is done about it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from luming_portal.chasing.models import Letter
from luming_portal.chasing.services import issue_letter
from portal.reporting.conftest import World, world

__all__ = ["RED_DAY", "issued", "world"]

RED_DAY = dt.date(2025, 10, 16)
"""Eleven days after the due day of the world's month."""


def issued(world: World, unit: str = "市工信局", **given: Any) -> Letter:
    """A letter on the day of red."""
    chosen = {
        "ordinal": Letter.objects.filter(reporting_month=world.month, unit=unit).count() + 1,
        "answer_by": dt.date(2025, 10, 23),
        "today": RED_DAY,
        **given,
    }
    return issue_letter(world.month, unit, by=world.people["office"], **chosen)
