"""By when a month's figures are due, and how a unit that owes them is reminded.

月调度: report by the 5th, verified by the 8th, sheet by the 10th of the following month; three days before a reminder,
one day after blue, five days yellow with the vice leader told, ten days red with a letter, then a special meeting. No
source states the rhythm of Baotou's office: it is ours (mechanisms reference, section 6.2) and can be changed per month.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from luming.period import month_of


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Days of the month that follows, and days after the due day on which reminding grows sharper (平台默认口径)."""

    report_day: int = 5
    verify_day: int = 8
    sheet_day: int = 10
    remind_before: int = 3
    blue_after: int = 1
    yellow_after: int = 5
    red_after: int = 10
    meeting_after: int = 15


DEFAULT_RHYTHM = Rhythm()


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of one month's cycle; figures speak of the month before `opens_on`."""

    opens_on: dt.date
    due_on: dt.date
    verify_by: dt.date
    publish_by: dt.date


class Told(StrEnum):
    """Whom a reminder reaches, or what carries it (平台默认口径)."""

    CONTACT = "contact"
    VICE_LEADER = "vice_leader"
    LETTER = "letter"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        """In an officer's words."""
        return _TOLD_LABELS[self]


class Reminding(StrEnum):
    """How a unit is reminded on a day."""

    NOT_YET = "not_yet"
    AHEAD = "ahead"
    TODAY = "today"
    LATE = "late"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        """The step as an officer says it."""
        return _LABELS[self]

    @property
    def short_label(self) -> str:
        """The step in a narrow cell."""
        return _SHORT_LABELS[self]

    @property
    def tells(self) -> tuple[Told, ...]:
        """Whom the rule tells at this step, from the contact upwards; nobody before the first reminder."""
        return _TELLS[: _REACH.get(self, 1)] if self is not Reminding.NOT_YET else ()

    @property
    def severity(self) -> int:
        """How sharp the step is: the greater the worse."""
        return list(Reminding).index(self)

    @property
    def is_overdue(self) -> bool:
        """Whether the due day is over."""
        return self in _OVERDUE

    @property
    def wants_letter(self) -> bool:
        """Whether the step goes with a letter (催报函)."""
        return self in (Reminding.RED, Reminding.MEETING)


_LABELS = {
    Reminding.NOT_YET: "未到提醒时间",
    Reminding.AHEAD: "临近截止,提醒",
    Reminding.TODAY: "今日截止",
    Reminding.LATE: "已过截止日",
    Reminding.BLUE: "逾期,蓝色提示",
    Reminding.YELLOW: "逾期,黄色提醒并告分管领导",
    Reminding.RED: "逾期,红色警示并发催报函",
    Reminding.MEETING: "逾期,提请专题会",
}
_SHORT_LABELS = {
    Reminding.NOT_YET: "未到提醒时间",
    Reminding.AHEAD: "临近截止",
    Reminding.TODAY: "今日截止",
    Reminding.LATE: "已过截止日",
    Reminding.BLUE: "逾期蓝",
    Reminding.YELLOW: "逾期黄",
    Reminding.RED: "逾期红",
    Reminding.MEETING: "专题会",
}
_TOLD_LABELS = {
    Told.CONTACT: "填报联系人",
    Told.VICE_LEADER: "分管领导",
    Told.LETTER: "催报函",
    Told.MEETING: "专题会",
}
_TELLS = tuple(Told)
_REACH = {Reminding.YELLOW: 2, Reminding.RED: 3, Reminding.MEETING: 4}
"""How many of `_TELLS` a step reaches; the contact alone where none is written."""
_OVERDUE = frozenset({Reminding.LATE, Reminding.BLUE, Reminding.YELLOW, Reminding.RED, Reminding.MEETING})


def dates_of(
    year: int, month: int, opened_on: dt.date | None = None, rhythm: Rhythm = DEFAULT_RHYTHM
) -> Dates:
    """The cycle for the figures of a calendar month. Opened late, all of its days move with the opening.

    >>> dates_of(2025, 12).due_on
    datetime.date(2026, 1, 5)
    >>> dates_of(2025, 12, dt.date(2026, 1, 8)).due_on
    datetime.date(2026, 1, 12)
    """
    usual = month_of(year, month).end + dt.timedelta(days=1)
    opens = max(usual, opened_on or usual)
    return Dates(
        opens_on=opens,
        due_on=opens + dt.timedelta(days=rhythm.report_day - 1),
        verify_by=opens + dt.timedelta(days=rhythm.verify_day - 1),
        publish_by=opens + dt.timedelta(days=rhythm.sheet_day - 1),
    )


def reminding_on(today: dt.date, due_on: dt.date, rhythm: Rhythm = DEFAULT_RHYTHM) -> Reminding:
    """How a unit that still owes something is reminded on a day."""
    late = (today - due_on).days
    if late <= 0:
        if late == 0:
            return Reminding.TODAY
        return Reminding.AHEAD if -late <= rhythm.remind_before else Reminding.NOT_YET
    steps = (
        (rhythm.meeting_after, Reminding.MEETING),
        (rhythm.red_after, Reminding.RED),
        (rhythm.yellow_after, Reminding.YELLOW),
        (rhythm.blue_after, Reminding.BLUE),
    )
    return next((step for days, step in steps if late >= days), Reminding.LATE)
