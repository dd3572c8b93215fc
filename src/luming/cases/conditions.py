"""Whether the conditions of a step hold in a case, at a moment, by a calendar."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from luming.cases.case import Case, Objection
from luming.cases.clock import day_of
from luming.cases.due import is_over, publicity_of
from luming.cases.forms import missing
from luming.cases.process import Opinions, Process, Transition
from luming.cases.terms import Join, Settles, Verdict
from luming.cases.when import When
from luming.workdays import WorkCalendar


def holds(case: Case, item: Transition, when: When, calendar: WorkCalendar, now: dt.datetime) -> bool:
    """Whether one condition of a step holds.

    Raises:
        luming.workdays.CalendarError: a year without a holiday notice decides it.
    """
    kind = when.kind
    if kind in ("clock_over", "clock_running"):
        return is_over(case, case.process.clocks[when.of], calendar, now) is (kind == "clock_over")
    if kind == "publicity_over":
        days = publicity_of(case, calendar)
        return days is not None and day_of(now) > days.last
    if kind == "form_complete":
        return not missing(case.process.forms[when.of or item.form], case.fields)
    if kind == "field":
        return when.holds_for(case.fields)
    if kind.startswith("opinions_"):
        return _opinions(case, kind)
    if kind == "panel_closed":
        return case.panel
    if kind == "no_open_objection":
        return not case.open_objections
    upheld = any(one.result is Settles.UPHELD for one in present_objections(case))
    return upheld is (kind == "objection_upheld")


def present_objections(case: Case) -> tuple[Objection, ...]:
    """The objections since the case last came into the states where they may be raised."""
    rule = case.process.objection
    if rule is None:
        return ()
    inside, since = {*rule.states, rule.opens}, None
    for before, step in zip((None, *case.steps), case.steps, strict=False):
        if step.state in inside and (before is None or before.state not in inside):
            since = step.at
    return tuple(one for one in case.objections if since is not None and one.raised.at >= since)


def condition_said(process: Process, when: When) -> str:
    """A condition in the words of the process."""
    if when.kind == "clock_over":
        return f"“{process.clocks[when.of].about.label}”已到期"
    if when.kind == "clock_running":
        return f"“{process.clocks[when.of].about.label}”还在计时且未到期"
    if when.kind == "field":
        titles = [
            form.properties[when.of].get("title")
            for form in process.forms.values()
            if when.of in form.properties
        ]
        test = f"{when.sign}{when.value}" if when.sign else "已填"
        return f"“{titles[0]}”{test}" if titles else when.written
    return when.said


def _opinions(case: Case, kind: str) -> bool:
    asked = case.process.opinions_in(case.state)
    given_in = all(_enough(case, item, None) for item in asked)
    agreed = all(_enough(case, item, Verdict.AGREE) for item in asked)
    if kind == "opinions_in":
        return given_in
    return agreed if kind == "opinions_agree" else given_in and not agreed


def _enough(case: Case, item: Opinions, verdict: Verdict | None) -> bool:
    units = item.asked(case.fields)
    counted = Counter(
        verdict is None or one.verdict == verdict
        for one in case.opinions
        if one.opinion == item.key and one.unit in units
    )[True]
    match item.join:
        case Join.ALL:
            return counted == len(units)
        case Join.MAJORITY:
            return counted * 2 > len(units)
        case Join.ANY:
            return counted > 0
