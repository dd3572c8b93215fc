"""催报函: its number and the day to answer by. What the letter says stands in luming.report.overdue_letter.

A number is 机关代字 + 〔year〕 + serial number + 号, without 第 and without leading zeros, the year in six-sided
brackets (as 包党发〔2025〕1号; layout after GB/T 9704-2012, from memory). Serial numbers run within a year without gaps; who
gives them out sees to that. No source states the 机关代字 of Baotou's office for such letters: the default is ours.
"""

from __future__ import annotations

import datetime as dt
import re

from luming.workdays import CalendarError, state_calendar

ANSWER_WORKDAYS = 5
"""Working days within which a letter asks for an answer; 平台默认口径."""
_FALLBACK_DAYS = 7
_MARK = re.compile(r"[\u4e00-\u9fff]{1,12}")


class MarkFault(ValueError):
    """A 机关代字 that cannot head a number; carries the sentence."""


def default_mark(place: str) -> str:
    """The 机关代字 while the office has set none: first character of the city + 创办催 (平台默认口径).

    >>> default_mark("包头市")
    '包创办催'
    """
    return f"{place[:1]}创办催"


def read_mark(written: str) -> str:
    """The 机关代字 as somebody wrote it, without spaces.

    Raises:
        MarkFault: it is not one to twelve Chinese characters, such as when the whole number was entered.
    """
    mark = "".join(written.split())
    if _MARK.fullmatch(mark) is None:
        raise MarkFault(
            f"机关代字“{written[:20]}”不能用:只写1至12个汉字,不带年份、括号和序号,例如“包创办催”。"
        )
    return mark


def letter_number(mark: str, year: int, serial: int) -> str:
    """The number of a letter.

    Raises:
        ValueError: the serial number does not begin at 1.

    >>> letter_number("包创办催", 2025, 1)
    '包创办催〔2025〕1号'
    """
    if serial < 1:
        raise ValueError(f"serial numbers begin at 1, not {serial}")
    return f"{mark}〔{year}〕{serial}号"


def answer_day(issued_on: dt.date) -> dt.date:
    """The day to answer by, five working days after the letter; a week where the calendar does not know the year."""
    try:
        return state_calendar().after(issued_on, ANSWER_WORKDAYS)
    except CalendarError:
        return issued_on + dt.timedelta(days=_FALLBACK_DAYS)
