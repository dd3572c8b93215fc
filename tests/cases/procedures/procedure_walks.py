"""Walking a case through a procedure as a script says, by the people and at the moments it needs.

A script is a list of steps by key, with `withdraw` and `object` beside. What a step waits for is brought about: a panel
closes, the units asked answer, a publicity or a clock runs out. Each step is taken by a person of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cases.procedures.filled_forms import filled
from luming.cases import (
    BEIJING,
    SYSTEM,
    Case,
    Process,
    Transition,
    Verdict,
    close_panel,
    due,
    give_opinion,
    move,
    object_to,
    open_case,
    pending,
    publicity_of,
    tick,
    withdraw,
)
from luming.workdays import WorkCalendar

BEGIN = dt.datetime(2025, 9, 22, 9, 0, tzinfo=BEIJING)
"""A Monday, nine days before the National Day of 2025."""


@dataclass
class Walk:
    """A case on its way; `said` is what people fill in beyond the least, `asked` what each step had to ask."""

    process: Process
    calendar: WorkCalendar
    said: Mapping[str, Any] = field(default_factory=dict)
    now: dt.datetime = BEGIN
    known: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.case: Case = open_case(self.process, at=self.now, by="opener", data=self.known)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    @classmethod
    def by(cls, script: Mapping[str, Any], process: Process, calendar: WorkCalendar, **known: Any) -> Walk:
        """The walk of an entry of walks.yaml, taken to its end."""
        opened = {**script.get("opened", {}), **known}
        walk = cls(process, calendar, said=script.get("with", {}), known=opened)
        walk.along(script["steps"])
        return walk

    def along(self, script: Sequence[str]) -> Case:
        """Take every step of a script."""
        for key in script:
            self.now += dt.timedelta(minutes=10)
            if key == "withdraw":
                rule = self.process.withdraw
                assert rule is not None
                self.case = withdraw(self.case, at=self.now, by="opener", role=rule.role)
            elif key == "object":
                self._object()
            else:
                self._take(self.process.transitions[key])
        return self.case

    def _object(self) -> None:
        self.case = object_to(
            self.case, at=self.now, by="objector", name="甲公司", unit=True, contact="0472-5150001",
            reasons="指标不实", facts="检测报告", files=("file-2",), calendar=self.calendar,
        )  # fmt: skip

    def _take(self, item: Transition) -> None:
        for when in item.when:
            self._bring_about(when.kind, when.of, item)
        if item.automatic:
            before = len(self.case.steps)
            self.case = tick(self.case, self.calendar, self.now)
            assert self.case.steps[before].transition == item.key, item.key
            return
        form = self.process.forms.get(item.form)
        data = filled(form, self.case.fields, self.said) if form else {}
        self.asked.append((item.key, data))
        reason = "情况属实,依据充分。" if item.reason.value == "required" else ""
        self.case = move(
            self.case, item.key, at=self.now, by=f"officer of {item.key}", role=item.roles[0], data=data,
            reason=reason, calendar=self.calendar,
        )  # fmt: skip

    def _bring_about(self, kind: str, of: str, item: Transition) -> None:
        if kind == "panel_closed" and not self.case.panel:
            result = {"panel_score": "85", "panel_carried": "yes"}
            self.case = close_panel(self.case, at=self.now, by="panel", role=SYSTEM, data=result)
        elif kind == "opinions_in":
            self._answer(against=any(one.kind == "opinions_against" for one in item.when))
        elif kind == "publicity_over":
            days = publicity_of(self.case, self.calendar)
            assert days is not None
            self._wait_until(dt.datetime.combine(days.last + dt.timedelta(days=1), dt.time(9), BEIJING))
        elif kind == "clock_over":
            moment = self.deadline(of).due
            assert moment is not None
            self._wait_until(moment + dt.timedelta(minutes=1))

    def _wait_until(self, moment: dt.datetime) -> None:
        self.now = max(self.now, moment)

    def _answer(self, *, against: bool) -> None:
        for at, (key, unit) in enumerate(pending(self.case)):
            asked = self.process.opinions[key]
            form = self.process.forms.get(asked.form)
            self.case = give_opinion(
                self.case, key, unit, verdict=Verdict.DISAGREE if against and at == 0 else Verdict.AGREE,
                at=self.now, by=f"officer of {unit}", role=asked.role, reason="已核对。",
                data=filled(form, {}, {}) if form else {},
            )  # fmt: skip

    def deadline(self, key: str) -> Any:
        """The deadline of a clock that goes on."""
        found = [one for one in due(self.case, self.calendar, self.now) if one.key == key]
        assert found, f"{self.process.key}: {key} does not run in {self.case.state}"
        return found[0]
