"""What may be done with a case now, and doing it: each function gives the case with one event more, or refuses.

Nothing here asks the clock or a person: the moment, the person, the role and the calendar are handed in. Who may act
in which role is the portal's; that a role may take a step, that two persons take two steps, that a form is filled in,
and that the conditions hold, is decided here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from luming.cases.case import Case, apply, begin, merged
from luming.cases.conditions import condition_said, holds
from luming.cases.event import Moved, Opened, PanelClosed, Withdrawn
from luming.cases.forms import form_faults, own
from luming.cases.process import SYSTEM, Form, Process, Transition
from luming.cases.terms import Reason
from luming.errors import Fault, FaultyInput
from luming.workdays import WorkCalendar

Data = Mapping[str, Any]


class Refused(FaultyInput):
    """The step is not taken; every reason is listed."""

    consequence = "没有办理。"


def refuse_if(faults: Iterable[Fault]) -> None:
    """Raise what stands against a step, if anything does."""
    listed = list(faults)
    if listed:
        raise Refused(listed)


def fault(code: str, where: str, found: str, expected: str, remedy: str = "") -> Fault:
    """A reason to refuse."""
    return Fault(f"case.{code}", where, found, expected, remedy)


def open_case(
    process: Process, *, at: dt.datetime, by: str, role: str = "", data: Data | None = None, parent: str = ""
) -> Case:
    """A new case at the start of a process; `data` is what is known already, such as facts of the register.

    Raises:
        Refused: a time without a zone.
    """
    refuse_if(_time_faults(at))
    return begin(process, Opened(at, by, role, dict(data or {}), parent))


def allowed(
    case: Case, role: str, at: dt.datetime, *, calendar: WorkCalendar, by: str = ""
) -> list[Transition]:
    """The steps a role may take now; with `by` only those this person may take.

    A step is listed although its form is still to be filled in.

    Raises:
        luming.workdays.CalendarError: a year without a holiday notice decides.
    """
    return [
        item
        for item in case.process.leaving(case.state)
        if role in item.roles and not hindrances(case, item, at, calendar=calendar, by=by)
    ]


def hindrances(
    case: Case,
    item: Transition,
    at: dt.datetime,
    *,
    calendar: WorkCalendar,
    by: str = "",
    data: Data | None = None,
) -> list[Fault]:
    """What stands against a step, whoever has its role; its form and its reason apart.

    Without `data` a condition on what the step's own form holds is left open.
    """
    where = f"步骤“{item.about.label}”"
    if case.state not in item.sources:
        expected = "、".join(f"“{case.process.states[one].about.label}”" for one in item.sources)
        return [fault("not_here", where, f"事项现在是“{case.place.about.label}”", expected)]
    found = _repeated(case, item, where) + _same_person(case, item, where, by)
    form = case.process.forms.get(item.form)
    filled = case if data is None else _with(case, data)
    for when in item.when:
        its_own = form is not None and (
            (when.kind == "field" and when.of in form.properties)
            or (when.kind == "form_complete" and when.of in ("", item.form))
        )
        if (data is not None or not its_own) and not holds(filled, item, when, calendar, at):
            found.append(
                fault(
                    "not_yet", where, "条件还不成立", condition_said(case.process, when), "请待条件成立后再办"
                )
            )
    return found


def _with(case: Case, data: Data) -> Case:
    return Case(
        case.process, case.events, case.state, case.steps, merged(case.fields, data), case.opinions, case.objections,
        case.panel, case.taken,
    )  # fmt: skip


def _repeated(case: Case, item: Transition, where: str) -> list[Fault]:
    times = case.taken.get(item.key, 0)
    if not item.at_most or times < item.at_most:
        return []
    return [fault("repeated", where, f"已办过{times}次", f"至多{item.at_most}次")]


def _same_person(case: Case, item: Transition, where: str, by: str) -> list[Fault]:
    if not by or by == SYSTEM:
        return []
    found = [
        fault(
            "same_person",
            where,
            "与前一步是同一人",
            f"不同于办理“{case.process.transitions[key].about.label}”的人",
            "请换人办理",
        )
        for key in item.different_from
        if case.actor(key) == by
    ]
    if by in case.barred.values() and (item.final or item.key in case.barred):
        found.append(fault("decided_before", where, "原决定由同一人作出", "没有参与原决定的人", "请换人办理"))
    return found


def move(
    case: Case,
    transition: str,
    *,
    at: dt.datetime,
    by: str,
    role: str,
    calendar: WorkCalendar,
    data: Data | None = None,
    reason: str = "",
) -> Case:
    """Take a step.

    Args:
        data: what the form of the step holds; fields known from before need not be given again.

    Raises:
        Refused: every reason why not; a fault of a field is a `FieldFault`.
        luming.workdays.CalendarError: a year without a holiday notice decides.
    """
    item = case.process.transitions.get(transition)
    if item is None:
        raise Refused([fault("unknown", f"步骤“{transition}”", "流程里没有", "流程里的步骤")])
    where = f"步骤“{item.about.label}”"
    data = dict(data or {})
    faults = time_faults(case, at) + role_faults(case, where, role, item.roles)
    faults += hindrances(case, item, at, calendar=calendar, by=by, data=data)
    faults += data_faults(case, where, case.process.forms.get(item.form), data)
    if item.reason is Reason.REQUIRED and not reason.strip():
        faults.append(fault("no_reason", where, "没有写理由", "写明理由"))
    faults += _nobody_to_ask(case, item, data)
    refuse_if(faults)
    return apply(case, Moved(at, by, role, transition, data, reason.strip()))


def _nobody_to_ask(case: Case, item: Transition, data: Data) -> list[Fault]:
    fields = merged(case.fields, data)
    return [
        fault("nobody_asked", f"“{one.about.label}”", "没有写向哪些单位征求意见", "至少一个单位")
        for one in case.process.opinions_in(item.target)
        if item.target != case.state and not one.asked(fields)
    ]


def withdraw(case: Case, *, at: dt.datetime, by: str, role: str, reason: str = "") -> Case:
    """Take the matter back.

    Raises:
        Refused: the process does not let it, here or by this role.
    """
    rule = case.process.withdraw
    if rule is None or case.state not in rule.states:
        raise Refused(
            [fault("no_withdrawal", "撤回", f"事项现在是“{case.place.about.label}”", "流程允许撤回的状态")]
        )
    refuse_if(time_faults(case, at) + role_faults(case, "撤回", role, (rule.role,) if rule.role else ()))
    return apply(case, Withdrawn(at, by, role, reason.strip()))


def close_panel(case: Case, *, at: dt.datetime, by: str, role: str, data: Data | None = None) -> Case:
    """The result of a panel of experts that sat outside of the case; its data become fields of the case.

    Raises:
        Refused: no step here waits for a panel.
    """
    waits = any(
        when.kind == "panel_closed" for item in case.process.leaving(case.state) for when in item.when
    )
    if not waits:
        raise Refused(
            [fault("no_panel", "专家评审", f"“{case.place.about.label}”不等待专家评审", "等待评审的状态")]
        )
    refuse_if(time_faults(case, at))
    return apply(case, PanelClosed(at, by, role, dict(data or {})))


def tick(case: Case, calendar: WorkCalendar, now: dt.datetime) -> Case:
    """The case after every automatic step whose conditions hold; each is taken at most once in a tick.

    Raises:
        luming.workdays.CalendarError: a year without a holiday notice decides.
    """
    done: set[str] = set()
    while True:
        ready = [
            one for one in allowed(case, SYSTEM, now, calendar=calendar, by=SYSTEM) if one.key not in done
        ]
        if not ready or now < case.events[-1].at:
            return case
        done.add(ready[0].key)
        case = move(case, ready[0].key, at=now, by=SYSTEM, role=SYSTEM, calendar=calendar)


def data_faults(case: Case, where: str, form: Form | None, data: Data) -> list[Fault]:
    """What is wrong with what was filled in; fields that the case knows already count as filled in."""
    if form is None:
        return [fault("no_form", where, f"多出的内容“{'、'.join(data)}”", "这一步不填表")] if data else []
    return list(form_faults(form, {**own(form, case.fields), **data}))


def time_faults(case: Case, at: dt.datetime) -> list[Fault]:
    """What is wrong with the moment."""
    found = _time_faults(at)
    if not found and at < case.events[-1].at:
        last = case.events[-1].at
        found.append(fault("time", "办理时间", at.isoformat(), f"不早于上一步({last.isoformat()})"))
    return found


def _time_faults(at: dt.datetime) -> list[Fault]:
    if at.tzinfo is None:
        return [fault("time", "办理时间", f"{at.isoformat()}没有时区", "带时区的时间")]
    return []


def role_faults(case: Case, where: str, role: str, roles: Iterable[str]) -> list[Fault]:
    """Whether a role is one of those that may; none named means any."""
    listed = tuple(roles)
    if not listed or role in listed:
        return []
    process = case.process
    names = "、".join("系统" if one == SYSTEM else process.roles[one].about.label for one in listed)
    mine = process.roles[role].about.label if role in process.roles else role
    return [fault("role", where, f"由“{mine}”办理", names)]
