"""Figures that became known after the day that a board stands on: a board tells what was known on its day, and no more.

The board of a year that is over stands on its last day. Much of that year is published later; so that nobody takes the
board for the last word, it is said how many figures came since, and from which day on they count.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max

from luming_portal.cockpit.boards import Shown
from luming_portal.indicators.models import Fact


@dataclass(frozen=True, slots=True)
class Later:
    """What a board does not know yet.

    Attributes:
        figures: how many published figures on its targets' indicators, up to the end of the document's year.
        day: the day on which the last of them became known; a board of that day counts them all.
    """

    figures: int
    day: dt.date


def later_than(shown: Shown, today: dt.date) -> Later | None:
    """What became known between the day of a board of real figures and today; None for nothing."""
    board = shown.board
    if board.demo or board.as_of >= today:
        return None
    document = board.pack.document
    found = Fact.objects.filter(
        demo=False,
        published=True,
        superseded=False,
        subject=document.place,
        indicator__key__in={item.target.indicator for item in board.assessments},
        period_end__lte=dt.date(document.year, 12, 31),
        recorded_on__gt=board.as_of,
        recorded_on__lte=today,
    ).aggregate(figures=Count("pk"), day=Max("recorded_on"))
    return Later(found["figures"], found["day"]) if found["figures"] else None
