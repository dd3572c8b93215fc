"""A case: one matter in its process, as its events made it. Nothing here asks a clock or a calendar.

`apply` adds one event to a case and refuses what cannot have happened in the process; `replay` adds them all. Whether
a step may be taken now, by whom and with what, is `moves`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from luming.cases.event import (
    Appealed,
    CalledBack,
    Event,
    HistoryFaults,
    Moved,
    Objected,
    ObjectionSettled,
    Opened,
    OpinionGiven,
    PanelClosed,
    Reopened,
    Withdrawn,
)
from luming.cases.process import Process, State, Transition
from luming.cases.terms import Outcome, Settles
from luming.errors import Fault

BEIJING = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""Days are those of Beijing, where every office that uses this is."""


@dataclass(frozen=True, slots=True)
class Step:
    """The case came into a state, or stayed in it by a step that leads back to it.

    Attributes:
        seq: place of the event among the events, from 0.
        transition: "" for opening, objection and withdrawal.
        fields: all fields of the case after it.
    """

    seq: int
    at: dt.datetime
    state: str
    transition: str
    by: str
    role: str
    reason: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection and what became of it; `result` is None while it is open."""

    number: int
    raised: Objected
    result: Settles | None = None
    reason: str = ""
    settled_at: dt.datetime | None = None
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One matter.

    Attributes:
        events: everything that happened, in order; the rest follows from them.
        steps: the states it was in, each with its way in.
        fields: what the forms hold by now.
        opinions: those given since the present state was entered, the last of each unit.
        panel: whether a panel closed since the present state was entered.
    """

    process: Process
    events: tuple[Event, ...]
    state: str
    steps: tuple[Step, ...]
    fields: Mapping[str, Any]
    opinions: tuple[OpinionGiven, ...] = ()
    objections: tuple[Objection, ...] = ()
    panel: bool = False
    taken: Mapping[str, int] = field(default_factory=dict)

    @property
    def place(self) -> State:
        """The present state."""
        return self.process.states[self.state]

    @property
    def ended(self) -> bool:
        """Whether it is at an end."""
        return self.place.end

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it goes on."""
        return self.place.outcome

    @property
    def public_state(self) -> str:
        """What the subject and the public see."""
        return self.place.public

    @property
    def opened_at(self) -> dt.datetime:
        """When it began."""
        return self.events[0].at

    @property
    def closed_at(self) -> dt.datetime | None:
        """When it came to its end; None while it goes on."""
        return self.entered_at if self.ended else None

    @property
    def entered_at(self) -> dt.datetime:
        """When the present state was entered; steps that lead back to it do not count."""
        return self.entry.at

    @property
    def entry(self) -> Step:
        """The step that led into the present state from another."""
        found = self.steps[-1]
        for step in reversed(self.steps):
            if step.state != self.state:
                break
            found = step
        return found

    @property
    def barred(self) -> Mapping[str, str]:
        """In an appeal: the decision that may not be taken again, and by whom not."""
        first = self.events[0]
        return {first.transition: first.decided_by} if isinstance(first, Reopened) else {}

    @property
    def parent(self) -> str:
        """Number of the case it belongs to or appeals against; "" for none."""
        first = self.events[0]
        return first.parent if isinstance(first, Opened | Reopened) else ""

    @property
    def unit(self) -> str:
        """The department in charge, where the process names a field for it."""
        return str(self.fields.get(self.process.unit_field) or "") if self.process.unit_field else ""

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Those not yet settled."""
        return tuple(one for one in self.objections if one.result is None)

    def actor(self, transition: str) -> str:
        """Who took a transition last; "" for nobody."""
        found = (step.by for step in reversed(self.steps) if step.transition == transition)
        return next(found, "")


def begin(process: Process, event: Event) -> Case:
    """The case that an opening event makes.

    Raises:
        HistoryFaults: the event opens nothing.
    """
    if isinstance(event, Reopened):
        if event.state not in process.states:
            raise _impossible(process, 0, f"没有“{event.state}”这个状态")
        state = event.state
    elif isinstance(event, Opened):
        state = process.start.key
    else:
        raise _impossible(process, 0, f"第一条记录是“{event.kind}”,不是开始")
    fields = merged({}, event.data)
    step = Step(0, event.at, state, "", event.by, event.role, "", fields)
    return Case(process, (event,), state, (step,), fields)


def apply(case: Case, event: Event) -> Case:
    """The case after one more event.

    Raises:
        HistoryFaults: it cannot have happened: the process has no such step there, or time ran backwards.
    """
    seq = len(case.events)
    if event.at < case.events[-1].at:
        raise _impossible(case.process, seq, f"时间{event.at.isoformat()}早于上一条")
    case = dataclasses.replace(case, events=(*case.events, event))
    match event:
        case Moved():
            return _moved(case, event, seq)
        case Withdrawn():
            rule = case.process.withdraw
            if rule is None or case.state not in rule.states:
                raise _impossible(case.process, seq, f"“{case.place.about.label}”不能撤回")
            return _into(case, seq, event, rule.to, "", case.fields, event.reason)
        case OpinionGiven():
            return _opinion(case, event, seq)
        case Objected():
            return _objected(case, event, seq)
        case ObjectionSettled():
            return _settled(case, event, seq)
        case PanelClosed():
            return dataclasses.replace(case, fields=merged(case.fields, event.data), panel=True)
        case Appealed() | CalledBack():
            return case
    raise _impossible(case.process, seq, f"“{event.kind}”记录不在开头")


def replay(process: Process, events: Iterable[Event]) -> Case:
    """The case that some events make, in order.

    Raises:
        HistoryFaults: they cannot have happened in this process.
    """
    found: Case | None = None
    for event in events:
        found = begin(process, event) if found is None else apply(found, event)
    if found is None:
        raise _impossible(process, 0, "没有任何记录")
    return found


def merged(fields: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with what a form adds; what it empties is gone."""
    return {name: value for name, value in {**fields, **data}.items() if value not in (None, "", [])}


def _impossible(process: Process, seq: int, found: str) -> HistoryFaults:
    where = f"流程“{process.about.label}”第{seq + 1}条记录"
    return HistoryFaults([Fault("history.impossible", where, found, f"{process.name} 允许的经过")])


def _into(
    case: Case,
    seq: int,
    event: Moved | Withdrawn | Objected,
    state: str,
    key: str,
    fields: Mapping[str, Any],
    reason: str,
) -> Case:
    role = "" if isinstance(event, Objected) else event.role
    step = Step(seq, event.at, state, key, event.by, role, reason, fields)
    case = dataclasses.replace(case, state=state, steps=(*case.steps, step), fields=fields)
    if len(case.steps) > 1 and case.steps[-2].state != state:
        case = dataclasses.replace(case, opinions=(), panel=False)
    return case


def _moved(case: Case, event: Moved, seq: int) -> Case:
    item: Transition | None = case.process.transitions.get(event.transition)
    if item is None or case.state not in item.sources:
        raise _impossible(case.process, seq, f"在“{case.place.about.label}”没有“{event.transition}”这一步")
    if item.settles:
        settled = tuple(
            dataclasses.replace(
                one, result=item.settles, reason=event.reason, settled_at=event.at, settled_by=event.by
            )
            if one.result is None
            else one
            for one in case.objections
        )
        case = dataclasses.replace(case, objections=settled)
    taken = {**case.taken, item.key: case.taken.get(item.key, 0) + 1}
    case = dataclasses.replace(case, taken=taken)
    return _into(case, seq, event, item.target, item.key, merged(case.fields, event.data), event.reason)


def _opinion(case: Case, event: OpinionGiven, seq: int) -> Case:
    asked = case.process.opinions.get(event.opinion)
    if asked is None or asked.state != case.state or event.unit not in asked.asked(case.fields):
        raise _impossible(case.process, seq, f"在“{case.place.about.label}”没有向“{event.unit}”征求这项意见")
    others = tuple(one for one in case.opinions if (one.opinion, one.unit) != (event.opinion, event.unit))
    return dataclasses.replace(case, opinions=(*others, event))


def _objected(case: Case, event: Objected, seq: int) -> Case:
    rule = case.process.objection
    if rule is None or case.state not in (*rule.states, rule.opens):
        raise _impossible(case.process, seq, f"在“{case.place.about.label}”不能提出异议")
    if event.number != len(case.objections) + 1:
        raise _impossible(case.process, seq, f"异议编号{event.number}")
    case = dataclasses.replace(case, objections=(*case.objections, Objection(event.number, event)))
    if rule.opens and case.state != rule.opens:
        return _into(case, seq, event, rule.opens, "", case.fields, event.reasons)
    return case


def _settled(case: Case, event: ObjectionSettled, seq: int) -> Case:
    if not any(one.number == event.number and one.result is None for one in case.objections):
        raise _impossible(case.process, seq, f"没有第{event.number}件未处理的异议")
    settled = tuple(
        dataclasses.replace(
            one, result=Settles(event.result), reason=event.reason, settled_at=event.at, settled_by=event.by
        )
        if one.number == event.number
        else one
        for one in case.objections
    )
    return dataclasses.replace(case, objections=settled)
