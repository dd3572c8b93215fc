"""Up to which number the record of changes is complete: nothing with a lower number can still appear.

SQLite has one writer, so numbers appear in order. On PostgreSQL a change gets its number before its transaction ends, so
number 8 may appear before number 7 does. Whoever follows the record by numbers, and every ETag that hangs on the last
number, would then miss number 7 for good. So what lies behind a gap waits: until the gap is filled, or five minutes have
passed, by which time its transaction was taken back (a transaction that takes longer than that is the limit of this).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from luming_portal.audit.models import Change

LONGEST_TRANSACTION = timedelta(minutes=5)


def complete_until(now: datetime | None = None) -> int | None:
    """The last number before a gap that may still be filled; None where all is complete."""
    if connection.vendor != "postgresql":
        return None
    since = (now or timezone.now()) - LONGEST_TRANSACTION
    recent = list(Change.objects.filter(at__gte=since).order_by("id").values_list("id", flat=True))
    if not recent:
        return None
    earlier = Change.objects.filter(id__lt=recent[0]).aggregate(last=Max("id"))["last"]
    return before_gap(earlier, recent)


def before_gap(earlier: int | None, recent: Sequence[int]) -> int | None:
    """The number before the first gap in rising numbers; None when there is none.

    Args:
        earlier: the last number before the recent ones; None when they are the first of all.
    """
    last = recent[0] - 1 if earlier is None else earlier
    for number in recent:
        if number != last + 1:
            return last
        last = number
    return None
