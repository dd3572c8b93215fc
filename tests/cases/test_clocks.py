"""Clocks across holidays, make-up days and suspensions, against a count day by day that shares no code with them."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import luming
from cases.small import CALENDAR, SMALL, at, filed, steps
from luming.cases import BEIJING, DeadlineKind, TimeUnit, due, open_case, parse_process

DAY = dt.timedelta(days=1)


def state_days() -> tuple[set[dt.date], set[dt.date]]:
    """Days off and days worked instead, read from the table without the calendar's code."""
    off: set[dt.date] = set()
    work: set[dt.date] = set()
    text = (Path(luming.__file__).parent / "state_holidays.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        day, last = dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"])
        while day <= last:
            (off if row["kind"] == "off" else work).add(day)
            day += DAY
    return off, work


OFF, WORK = state_days()


def is_worked(day: dt.date) -> bool:
    return day in WORK or (day.isoweekday() < 6 and day not in OFF)


def counted(
    changes: list[tuple[dt.date, bool]], number: int, workdays: bool, today: dt.date
) -> dt.date | int:
    """The last day of a limit, or what is left where the clock stands still; one day after the other."""
    running, day, left = True, changes[0][0], number
    while left:
        for when, state in changes:
            if when == day:
                running = state
        if not running and day >= max(when for when, _ in changes):
            return left
        day += DAY
        if running and (is_worked(day) or not workdays):
            left -= 1
    return day


def clock_process(limit: str):
    text = SMALL.replace("limit: 5 workdays, owner: window", f"limit: {limit}, owner: window").replace(
        ", once: true}\n  resubmit", "}\n  resubmit"
    )
    return parse_process(text, "small.yaml")


def played(limit: str, start: dt.datetime, gaps: list[int]):
    """A case that is suspended and resumed alternately after so many hours, and the days of the changes."""
    case = open_case(clock_process(limit), at=start, by="firm")
    case = steps(case, ("file", "firm", start, {"title": "一件事项", "level": "一般"}))
    moment, changes = start, [(start.astimezone(BEIJING).date(), True)]
    for number, gap in enumerate(gaps):
        moment += dt.timedelta(hours=gap)
        step = ("return", "window", moment) if number % 2 == 0 else ("resubmit", "firm", moment)
        case = steps(case, step)
        changes.append((moment.astimezone(BEIJING).date(), number % 2 == 1))
    return case, changes, moment


starts = st.integers(0, 300 * 24).map(lambda hours: at(1, 1) + dt.timedelta(hours=hours))


@settings(max_examples=120, deadline=None)
@given(starts, st.lists(st.integers(0, 24 * 20), max_size=5), st.integers(1, 30), st.booleans())
def test_days_agree_with_a_count_day_by_day(start, gaps, number, workdays):
    case, changes, last = played(f"{number} {'workdays' if workdays else 'days'}", start, gaps)
    expected = counted(changes, number, workdays, last.date())
    found = next(one for one in due(case, CALENDAR, last) if one.key == "accept")
    if isinstance(expected, int):
        assert (found.day, found.left, found.paused) == (None, expected, True)
    else:
        assert found.day == expected
        assert found.due == dt.datetime.combine(expected + DAY, dt.time(), BEIJING)
        assert found.overdue is (last >= found.due)


@settings(max_examples=80, deadline=None)
@given(starts, st.lists(st.integers(0, 60), max_size=5), st.integers(1, 72))
def test_hours_agree_with_a_count_hour_by_hour(start, gaps, number):
    case, _, last = played(f"{number} hours", start, gaps)
    found = next(one for one in due(case, CALENDAR, last) if one.key == "accept")
    changes = {start + dt.timedelta(hours=sum(gaps[: at + 1])): at % 2 == 1 for at in range(len(gaps))}
    hour, left, running = start, number, True
    while left:
        running = changes.get(hour, running)
        if not running and hour >= last:
            break
        hour += dt.timedelta(hours=1)
        left -= running
    assert (found.due, found.left if found.due is None else None) == (
        (hour, None) if not left else (None, left)
    )


@settings(max_examples=60, deadline=None)
@given(starts, st.lists(st.integers(0, 24 * 40), max_size=5), st.integers(1, 24))
def test_months_end_on_the_same_date_later_by_the_days_of_suspension(start, gaps, number):
    case, changes, last = played(f"{number} months", start, gaps)
    found = next(one for one in due(case, CALENDAR, last) if one.key == "accept")
    begun = changes[0][0]
    year, month = begun.year + (begun.month - 1 + number) // 12, (begun.month - 1 + number) % 12 + 1
    length = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    expected = dt.date(year, month, min(begun.day, length))
    running, day = True, begun
    while day < expected:
        running = next((state for when, state in reversed(changes) if when == day), running)
        if not running and day >= changes[-1][0]:
            assert found.day is None
            return
        expected += DAY * (not running)
        day += DAY
    assert found.day == expected


def test_the_day_of_entering_does_not_count_and_make_up_days_do():
    case = filed(at(1, 24, 16))
    found = due(case, CALENDAR, at(1, 24, 17))[0]
    assert (found.day, found.left, found.label) == (dt.date(2025, 2, 7), 5, "受理时限")
    case = filed(at(9, 26))
    assert due(case, CALENDAR, at(9, 26))[0].day == dt.date(2025, 10, 10)


def test_a_late_matter_is_raised_step_by_step():
    case = filed(at(5, 6))
    assert due(case, CALENDAR, at(5, 12))[0].reminding
    last = due(case, CALENDAR, at(5, 13, 23))[0]
    assert (last.overdue, last.left, last.escalations) == (False, 0, ())
    late = due(case, CALENDAR, at(5, 14, 0))[0]
    assert (late.overdue, late.left) == (True, -1)
    assert [one.to for one in late.escalations] == ["分管副职"]
    assert [one.to for one in due(case, CALENDAR, at(5, 19))[0].escalations] == ["分管副职"]
    assert [one.paper for one in due(case, CALENDAR, at(5, 20, 0))[0].escalations] == ["", "督办函"]


def test_a_limit_by_class_follows_the_class():
    case = steps(filed(at(5, 6), level="复杂"), ("accept", "window", at(5, 7)))
    found = due(case, CALENDAR, at(5, 7))[0]
    assert (found.day, found.limit) == (dt.date(2025, 5, 28), "15个工作日")


def test_more_time_counts_from_the_end_of_the_limit():
    case = steps(filed(at(5, 6)), ("accept", "window", at(5, 7)), ("more_time", "unit", at(5, 9)))
    found = due(case, CALENDAR, at(5, 9))[0]
    assert (found.day, found.limit, found.started) == (dt.date(2025, 5, 19), "3个工作日+5个工作日", at(5, 7))


def test_a_year_without_a_notice_is_a_named_error_and_hides_no_other_deadline():
    case = filed(at(12, 28, year=2026))
    found = due(case, CALENDAR, at(12, 28, year=2026))[0]
    assert found.due is None
    assert "2027年的放假安排" in found.problem
    text = SMALL.replace("limit: 5 workdays, owner: window", "limit: 3 days, owner: window")
    case = filed(at(12, 29, year=2026), text)
    assert due(case, CALENDAR, at(12, 29, year=2026))[0].day == dt.date(2027, 1, 1)


def test_an_end_has_no_deadlines_and_opinions_have_their_own():
    case = steps(filed(at(5, 6)), ("ask", "window", at(5, 7), {"units": ["甲局", "乙局"]}))
    found = [one for one in due(case, CALENDAR, at(5, 8)) if one.kind is DeadlineKind.OPINION]
    assert [(one.unit, one.day, one.left_unit) for one in found] == [
        ("乙局", dt.date(2025, 5, 14), TimeUnit.WORKDAYS),
        ("甲局", dt.date(2025, 5, 14), TimeUnit.WORKDAYS),
    ]
    case = steps(filed(at(5, 6)), ("accept", "window", at(5, 7)), ("refuse", "unit", at(5, 8)))
    assert due(case, CALENDAR, at(5, 9)) == []


@pytest.mark.parametrize(
    ("since", "day"), [("2025-03-01", dt.date(2027, 3, 1)), ("2024-02-29", dt.date(2026, 2, 28))]
)
def test_a_clock_may_count_from_a_day_in_a_field(since, day):
    text = SMALL.replace("limit: 5 workdays, owner: window", "limit: 2 years, since: started, owner: window")
    text = text.replace(
        "title: {type", "started: {type: string, format: date, title: 投运}\n        title: {type", 1
    )
    text = text.replace("required: [title, level]", "required: [title, level, started]")
    case = filed(at(3, 5), text, started=since)
    assert due(case, CALENDAR, at(3, 5))[0].day == day


def test_a_day_in_a_field_may_be_the_limit():
    text = SMALL.replace("limit: 5 workdays, owner: window", "limit: {until: ends}, owner: window")
    text = text.replace(
        "title: {type", "ends: {type: string, format: date, title: 完成}\n        title: {type", 1
    )
    text = text.replace("required: [title, level]", "required: [title, level, ends]")
    found = due(filed(at(3, 5), text, ends="2025-03-31"), CALENDAR, at(4, 1, 0))[0]
    assert (found.day, found.overdue, found.left) == (dt.date(2025, 3, 31), True, -1)
