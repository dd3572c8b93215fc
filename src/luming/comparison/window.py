"""How long a district may object: three working days after issue (mechanisms reference, section 6.2).

The day of issue is not counted. A day after the last one that the work calendar knows is unknown, not guessed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luming.workdays import CalendarError, WorkCalendar

OBJECTION_WORKDAYS = 3


@dataclass(frozen=True, slots=True)
class ObjectionWindow:
    """The days in which a district may object.

    Attributes:
        last_day: the last of them, that day included; None where the calendar does not reach so far.
        unknown: why the last day is unknown, in a sentence; "" where it is known.
    """

    issued_on: dt.date
    last_day: dt.date | None
    unknown: str = ""

    def is_over(self, today: dt.date) -> bool:
        """Whether the last day has passed. While it is unknown, nobody is refused for being late."""
        return self.last_day is not None and today > self.last_day


def objection_window(issued_on: dt.date, calendar: WorkCalendar) -> ObjectionWindow:
    """The window of what is issued on a day."""
    try:
        return ObjectionWindow(issued_on, calendar.after(issued_on, OBJECTION_WORKDAYS))
    except CalendarError as problem:
        return ObjectionWindow(issued_on, None, str(problem))
