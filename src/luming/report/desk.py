"""What the office adds to a board when it writes: who signs, by when to answer, which issue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from luming.monitor import Board
from luming.report.codes import Codes
from luming.workdays import CalendarError, WorkCalendar, state_calendar

REPORT_DAY = 5
"""Day of the month by which units report, or the next working day; 平台默认口径."""
NO_ISSUER = "（发文单位待填）"


@dataclass(frozen=True, slots=True)
class ReportedProgress:
    """What a unit told of a measure in words, for one month of the document's year, once it was published.

    Attributes:
        measure: id in the pack.
    """

    measure: str
    unit: str
    month: int
    text: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The office's side of a paper.

    Attributes:
        issuer: who signs.
        answer_by: the day by which units are asked to answer.
        issue: number of the issue in words (2025年第3期); empty while none is given.
        version: a line that names pack, facts and code, printed small at the end.
        codes: the codes of the board's figures; none where nothing was proved.
        remarks: what stands under a target's light in the monthly sheet, by target (such as that it is contested).
        progress: what units told of the measures, for the bulletin; it prints the months that it speaks of.
    """

    issuer: str
    answer_by: dt.date
    issue: str = ""
    version: str = ""
    codes: Codes = field(default_factory=Codes)
    remarks: Mapping[str, str] = field(default_factory=dict)
    progress: Sequence[ReportedProgress] = ()


def default_desk(board: Board) -> Desk:
    """A desk for a board: the office that the pack names, answers by the next day of reports."""
    return Desk(board.pack.document.office or NO_ISSUER, next_report_day(board.as_of))


def next_report_day(day: dt.date) -> dt.date:
    """The next day of reports after the day: the 5th of a month, or the first working day from it on.

    Where the calendar does not know the year the 5th itself stands.
    """
    calendar = state_calendar()
    report = _worked(day.replace(day=REPORT_DAY), calendar)
    if report <= day:
        report = _worked((day.replace(day=1) + dt.timedelta(days=32)).replace(day=REPORT_DAY), calendar)
    return report


def _worked(day: dt.date, calendar: WorkCalendar) -> dt.date:
    """The day itself if it is worked, else the next one that is; unchanged where the year is not known."""
    try:
        return day if calendar.is_workday(day) else calendar.after(day, 1)
    except CalendarError:
        return day
