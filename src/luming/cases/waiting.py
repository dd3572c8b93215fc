"""Who a case waits for: the roles that may act now, with what and until when; this fills a work tray."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from luming.cases.case import Case
from luming.cases.due import Deadline, DeadlineKind, due, pending
from luming.cases.moves import allowed
from luming.cases.process import SYSTEM
from luming.workdays import CalendarError, WorkCalendar


class WaitsFor(StrEnum):
    """What is waited for."""

    MOVE = "move"
    OPINION = "opinion"
    SETTLING = "settling"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One role that a case waits for.

    Attributes:
        unit: the department asked for an opinion; the fixed one of the role; "" for the one in charge of the case.
        labels: what can be done, in words.
        keys: the transitions, the opinion, or the numbers of the objections.
        deadline: the nearest deadline of this role; None where none runs.
    """

    role: str
    unit: str
    kind: WaitsFor
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    deadline: Deadline | None


def waiting(case: Case, calendar: WorkCalendar, now: dt.datetime) -> tuple[Waiting, ...]:
    """Every role that can act in a case now, in the order of the process; empty at an end."""
    if case.ended:
        return ()
    deadlines = due(case, calendar, now)
    found = [_move(case, role, calendar, now, deadlines) for role in case.process.roles]
    found += [_opinion(case, key, unit, deadlines) for key, unit in pending(case)]
    found.append(_settling(case, deadlines))
    return tuple(one for one in found if one is not None)


def _move(
    case: Case, role: str, calendar: WorkCalendar, now: dt.datetime, deadlines: list[Deadline]
) -> Waiting | None:
    try:
        steps = allowed(case, role, now, calendar=calendar)
    except CalendarError:
        steps = [item for item in case.process.leaving(case.state) if role in item.roles]
    if not steps or role == SYSTEM:
        return None
    nearest = next((one for one in deadlines if one.owner == role and one.kind is DeadlineKind.CLOCK), None)
    return Waiting(
        role,
        case.process.roles[role].unit,
        WaitsFor.MOVE,
        tuple(item.key for item in steps),
        tuple(item.about.label for item in steps),
        nearest,
    )


def _opinion(case: Case, key: str, unit: str, deadlines: list[Deadline]) -> Waiting:
    item = case.process.opinions[key]
    nearest = next((one for one in deadlines if one.key == f"{key}:{unit}"), None)
    return Waiting(item.role, unit, WaitsFor.OPINION, (key,), (item.about.label,), nearest)


def _settling(case: Case, deadlines: list[Deadline]) -> Waiting | None:
    rule, open_ones = case.process.objection, case.open_objections
    if rule is None or not open_ones or not rule.role:
        return None
    nearest = next((one for one in deadlines if one.owner == rule.role), None)
    keys = tuple(str(one.number) for one in open_ones)
    return Waiting(
        rule.role, "", WaitsFor.SETTLING, keys, tuple(f"处理第{key}件异议" for key in keys), nearest
    )
