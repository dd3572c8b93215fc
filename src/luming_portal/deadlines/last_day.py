"""The last day of a deadline. Deadlines of days end with the midnight after their last day (luming.cases)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def last_day(moment: dt.datetime) -> dt.date:
    """The last day on which something may still be done."""
    local = timezone.localtime(moment)
    return local.date() - dt.timedelta(days=1) if _is_midnight(local) else local.date()


def hour_of(moment: dt.datetime) -> dt.datetime | None:
    """The moment where an hour counts; None where the whole last day does."""
    return None if _is_midnight(timezone.localtime(moment)) else moment


def said(moment: dt.datetime) -> str:
    """A deadline in words: the day, and the hour where one counts."""
    local = timezone.localtime(moment)
    return last_day(moment).isoformat() if _is_midnight(local) else f"{local:%Y-%m-%d %H:%M}"


def _is_midnight(local: dt.datetime) -> bool:
    return local.time() == dt.time()
