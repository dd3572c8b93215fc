"""The clocks of every procedure at the National Day of 2025, and the limits whose meaning sources give.

The days off and the worked weekend days of that notice are written out here, apart from the calendar of the library:
1–8 October off; Sunday 28 September and Saturday 11 October worked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.procedures.procedure_walks import Walk
from luming.cases import BEIJING, Process, Refused, TimeUnit, due, move, tick
from luming.workdays import WorkCalendar

WALKS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("walks.yaml").read_text(encoding="utf-8")
)
PUBLICISED = [key for key, walks in WALKS.items() if any("object" in walk["steps"] for walk in walks)]
EVE = dt.date(2025, 9, 29)
"""A Monday two days before the holiday."""
OFF = {dt.date(2025, 10, day) for day in range(1, 9)}
WORKED = {dt.date(2025, 9, 28), dt.date(2025, 10, 11)}


def after(day: dt.date, number: int) -> dt.date:
    """The last of some working days that begin the day after a day."""
    while number:
        day += dt.timedelta(days=1)
        number -= day in WORKED or (day.weekday() < 5 and day not in OFF)
    return day


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    """An hour of a day in Beijing."""
    return dt.datetime.combine(day, dt.time(hour), BEIJING)


def scripts_into(process: Process, states: tuple[str, ...]) -> list[tuple[list[str], dict[str, Any]]]:
    """The beginnings of walks that lead into one of some states, the shortest first."""
    found = []
    for script in WALKS[process.key]:
        for length in range(len(script["steps"])):
            steps = script["steps"][:length]
            if target_of(process, steps) in states:
                found.append((steps, script.get("with", {})))
                break
    return sorted(found, key=lambda one: len(one[0]))


def target_of(process: Process, steps: list[str]) -> str:
    """The state that some steps lead into."""
    if not steps:
        return process.start.key
    if steps[-1] == "object" and process.objection:
        return process.objection.opens
    return process.transitions[steps[-1]].target if steps[-1] in process.transitions else ""


def walked_to_the_eve(
    process: Process, states: tuple[str, ...], calendar: WorkCalendar, said: Mapping[str, Any]
) -> Walk:
    """A case that came into one of the states on the eve; it began as much earlier as the way takes."""
    steps, more = scripts_into(process, states)[0]
    begin = at(EVE)
    for _ in range(4):
        walk = Walk(process, calendar, said={**more, **said}, now=begin)
        walk.along(steps)
        gap = EVE - walk.case.entered_at.astimezone(BEIJING).date()
        if not gap:
            return walk
        begin += gap
    raise AssertionError(f"{process.key}: {steps} does not come to {EVE}")


@pytest.mark.parametrize("key", list(WALKS))
def test_working_days_step_over_the_holiday(
    key: str, processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    process = processes[key]
    for clock in process.clocks.values():
        spans = clock.limit.table or ((None, clock.limit.span),)
        for value, span in spans:
            if span is None or span.unit is not TimeUnit.WORKDAYS:
                continue
            said = {clock.limit.by: value} if value else {}
            # what runs until a day in a field must be over in time for the eve
            said |= dict.fromkeys(until_fields(process), "2025-06-30")
            walk = walked_to_the_eve(process, clock.runs_in, calendar, said)
            found = walk.deadline(clock.key)
            where = f"{key}.{clock.key} {span.written}"
            assert found.day == after(EVE, span.number), where
            assert not found.overdue, where
            assert found.due == at(found.day + dt.timedelta(days=1), 0), where


def until_fields(process: Process) -> set[str]:
    """The fields that end a clock on a day."""
    return {clock.limit.until for clock in process.clocks.values() if clock.limit.until}


@pytest.mark.parametrize("key", PUBLICISED)
def test_a_publicity_of_five_working_days_at_the_holiday(
    key: str, processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    process = processes[key]
    assert process.publicity is not None
    said = dict.fromkeys(until_fields(process), "2025-06-30")
    walk = walked_to_the_eve(process, (process.publicity.state,), calendar, said)
    found = walk.deadline("publicity")
    assert found.day == dt.date(2025, 10, 13)  # 30 September, 9, 10, 11 and 13 October
    on_the_last_day = tick(walk.case, calendar, at(dt.date(2025, 10, 13), 23))
    assert on_the_last_day.state == process.publicity.state


def test_a_supplement_stops_the_clock_of_intake(
    processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    walk = Walk(processes["project"], calendar, now=at(EVE))
    walk.along(["submit"])
    assert walk.deadline("accept").day == dt.date(2025, 10, 13)
    walk.now = at(dt.date(2025, 10, 9))  # the second working day
    walk.along(["return"])
    assert walk.deadline("supplement").day == dt.date(2025, 10, 22)
    walk.now = at(dt.date(2025, 10, 20))
    walk.along(["resubmit"])
    assert walk.deadline("accept").day == dt.date(2025, 10, 23)  # three of the five are left


def test_a_case_whose_supplement_is_late_counts_as_withdrawn(
    processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    for key, process in processes.items():
        if "supplement" not in process.states:
            continue
        steps, said = scripts_into(process, ("supplement",))[0]
        walk = Walk(process, calendar, said=said, now=at(EVE))
        walk.along(steps)
        last = walk.deadline("supplement").day
        assert last == dt.date(2025, 10, 20), f"{key}: {steps}"
        assert tick(walk.case, calendar, at(last, 23)).state == "supplement"
        assert tick(walk.case, calendar, at(last + dt.timedelta(days=1))).state == "withdrawn"


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("紧急", dt.datetime(2025, 9, 30, 9, 30, tzinfo=BEIJING)),
        ("咨询", dt.datetime(2025, 9, 30, 9, 30, tzinfo=BEIJING)),
        ("一般", dt.datetime(2025, 10, 11, tzinfo=BEIJING)),
        ("较复杂", dt.datetime(2025, 10, 16, tzinfo=BEIJING)),
        ("复杂", dt.datetime(2025, 10, 28, tzinfo=BEIJING)),
        ("需上级", dt.datetime(2025, 11, 18, tzinfo=BEIJING)),
    ],
)
def test_classes_of_appeals_have_their_clocks(
    level: str, expected: dt.datetime, processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    walk = Walk(processes["appeal"], calendar, said={"level": level}, now=at(EVE))
    walk.along(["file", "dispatch", "sign"])
    assert walk.deadline("answer").due == expected


def test_an_appeal_escalates_step_by_step(processes: Mapping[str, Process], calendar: WorkCalendar) -> None:
    walk = Walk(processes["appeal"], calendar, said={"level": "一般"}, now=at(EVE))
    walk.along(["file", "dispatch", "sign", "contact"])
    seen = []
    for day in (10, 11, 13, 14, 15, 16, 17, 20, 24, 27):
        walk.now = at(dt.date(2025, 10, day))
        seen.append([raised.to for raised in walk.deadline("answer").escalations])
    assert seen[:2] == [[], ["分管副职"]]  # due on 10 October; the 11th is a worked Saturday
    assert seen[-1] == ["分管副职", "主要负责人", "领导小组办公室", "市领导协调会"]
    assert [len(one) for one in seen] == sorted(len(one) for one in seen)
    slip = next(one for one in walk.deadline("answer").escalations if one.to == "领导小组办公室")
    assert slip.paper == "督办函"


def test_more_time_is_asked_before_the_limit_only(
    processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    walk = Walk(processes["appeal"], calendar, said={"level": "一般"}, now=at(EVE))
    walk.along(["file", "dispatch", "sign", "contact"])
    late = at(dt.date(2025, 10, 11), 1)
    asked = {"extension_reason": "还需要与上级部门衔接一次。"}
    with pytest.raises(Refused, match="办理时限"):
        move(walk.case, "ask_extension", at=late, by="a", role="unit", data=asked, calendar=calendar)
    walk.now = at(dt.date(2025, 10, 10))  # the last day
    walk.along(["ask_extension"])
    walk.now = at(dt.date(2025, 10, 13))
    walk.along(["grant_extension"])
    assert walk.deadline("answer").day > dt.date(2025, 10, 17)
    walk.along(["ask_extension"])
    with pytest.raises(Refused, match="至多1次"):
        move(
            walk.case, "grant_extension", at=walk.now, by="b", role="window", reason="同意", calendar=calendar
        )


def test_a_pilot_line_ends_after_two_years_and_one(
    processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    """Operation from 2025-03-01 ends on 2027-03-01, with the extension on 2028-03-01; then it is dismantled."""
    walk = Walk(
        processes["pilot_line"], calendar, said={"started_on": "2025-03-01"}, now=at(dt.date(2025, 1, 6))
    )
    walk.along(["submit", "accept", "consulted", "approve", "no_commitments", "complete", "pass_acceptance"])
    walk.now = at(dt.date(2025, 3, 1))
    walk.along(["start"])
    assert walk.deadline("operation").day == dt.date(2027, 3, 1)
    assert tick(walk.case, calendar, at(dt.date(2027, 3, 2))).state == "dismantling"
    walk.now = at(dt.date(2026, 12, 1))
    walk.along(["ask_extension", "grant_extension"])
    assert walk.deadline("operation").day == dt.date(2028, 3, 1)
    walk.along(["ask_extension"])
    with pytest.raises(Refused, match="至多1次"):
        move(walk.case, "grant_extension", at=walk.now, by="b", role="lead", reason="同意", calendar=calendar)
    walk.along(["refuse_extension"])
    walk.now = at(dt.date(2028, 3, 2))
    walk.case = tick(walk.case, calendar, walk.now)
    assert walk.case.state == "dismantling"
    assert walk.deadline("dismantling").day == dt.date(2028, 5, 31)
    assert due(walk.case, calendar, at(dt.date(2028, 6, 1)))[0].overdue


def test_the_fast_lane_takes_sixty_working_days_in_all(
    processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    walk = Walk(processes["support_fast"], calendar, now=at(EVE))
    walk.along(["submit", "assign", "checked", "approve", "confirm"])
    assert walk.deadline("whole").day == after(EVE, 60)
