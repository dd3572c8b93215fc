"""A town in which every procedure can be walked: people of every role and department, money on a line, papers on file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from cases.procedures.filled_forms import filled
from luming.cases import Transition, due, publicity_of
from luming.workdays import state_calendar
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.budgets.models import BudgetLine
from luming_portal.budgets.services import appropriate, open_line
from luming_portal.cases import effects
from luming_portal.cases.acting import parts_in, units_of
from luming_portal.cases.models import Case
from luming_portal.cases.recording import course_of
from luming_portal.cases.services import hand_in_panel, move, open_case, opine
from luming_portal.cases.shelf import process_of, shelf
from luming_portal.cases.signals import case_moved
from luming_portal.cases.ticking import tick
from luming_portal.enterprises.models import Enterprise
from luming_portal.institutions.models import Institution
from luming_portal.panels.following import follow
from portal.conftest import recorded

DISTRICT = "青山区"
BUREAU = "市科技局"
BEGIN = dt.datetime(2025, 9, 22, 1, tzinfo=dt.UTC)
"""A Monday, nine in the morning in Beijing."""
RECORDED = ("paper:", "panel.open:", "notify:", "task.new", "support.paid")
"""Effects that have tests of their own; here they are only noted, and panels do not follow the case."""
WAN = 10_000 * 100


@dataclass
class Town:
    """Whoever is needed, made when asked for: another person for each step."""

    make_user: Callable[..., User]
    firm: Enterprise
    institution: Institution
    line: BudgetLine
    noted: list[str]
    people: dict[tuple[str, str, str], User] = field(default_factory=dict)
    now: dt.datetime = BEGIN

    def person(self, plays: str, unit: str, step: str) -> User:
        """Somebody of a role, at a department, who has taken no other step."""
        own = {
            "enterprise": {"enterprise": self.firm},
            "institution": {"institution": self.institution},
            "department": {"unit": unit},
            "district": {"district": DISTRICT},
            "office": {"unit": "领导小组办公室"},
        }
        key = (plays, unit, "" if plays in ("enterprise", "institution") else step)
        if key not in self.people:
            name = f"p{len(self.people)}"
            self.people[key] = self.make_user(Role(plays), name, **own[plays])
        return self.people[key]

    def open(self, process: str, by: User, **data: Any) -> Case:
        """A case about the firm."""
        return open_case(process, by=by, enterprise=self.firm, data=data, unit=by.unit or "", now=self.now)

    def opener(self, process: Any, said: Mapping[str, Any]) -> User:
        """Whoever begins a process."""
        first = process.leaving(process.start.key)[0]
        role = process.roles[first.roles[0]]
        return self.person(_somebody(role.plays[0]), role.unit or said.get("unit", BUREAU), first.key)

    def walk(self, key: str, steps: list[str], **said: Any) -> Case:
        """A case taken through its steps by people of the portal."""
        process = shelf().process(key)
        assert process is not None
        case = self.open(key, self.opener(process, said))
        for step in steps:
            self.now += dt.timedelta(minutes=10)
            case = self._step(case, process_of(case).transitions[step], said)
        return case

    def _step(self, case: Case, item: Transition, said: Mapping[str, Any]) -> Case:
        for when in item.when:
            case = self._bring_about(case, when.kind, when.of)
        if item.automatic:
            tick(case, self.now)
            case = Case.objects.get(pk=case.pk)
            assert case.state == item.target, f"{item.key} did not happen by itself"
            return case
        process = process_of(case)
        form = process.forms.get(item.form)
        data = filled(form, case.data, said) if form else {}
        who = self._who(case, item, {**case.data, **said, **data})
        return move(case, item.key, by=who, data=data, reason="情况属实,依据充分。", now=self.now)

    def _who(self, case: Case, item: Transition, data: Mapping[str, Any]) -> User:
        process = process_of(case)
        for part in item.roles:
            role = process.roles[part]
            units = units_of(process, part, case.data, case.unit)
            for plays in map(_somebody, role.plays):
                who = self.person(plays, units[0] if units else BUREAU, item.key)
                if part in parts_in(process, case, who):
                    return who
        raise AssertionError(f"{process.key}.{item.key}: nobody of the portal plays {item.roles}")

    def _bring_about(self, case: Case, kind: str, of: str) -> Case:
        if kind == "panel_closed":
            case = hand_in_panel(
                case, by=self.person("office", "", "panel"), data={"panel_score": "85"}, now=self.now
            )
        elif kind == "opinions_in":
            for opinion in process_of(case).opinions_in(case.state):
                form = process_of(case).forms[opinion.form]
                for unit in opinion.asked(case.data):
                    who = self.person("department", unit, opinion.key)
                    case = opine(
                        case, opinion.key, by=who, verdict="agree", data=filled(form, {}, {}), now=self.now
                    )
        elif kind == "publicity_over":
            days = publicity_of(course_of(case), state_calendar())
            assert days is not None
            self.now = dt.datetime.combine(days.last + dt.timedelta(days=1), dt.time(2), dt.UTC)
        elif kind == "clock_over":
            found = next(one for one in due(course_of(case), state_calendar(), self.now) if one.key == of)
            assert found.due is not None
            self.now = max(self.now, found.due + dt.timedelta(minutes=1))
        return case


def _somebody(plays: str) -> str:
    """Anyone is a firm here; an expert's part is a firm's as well in every procedure."""
    return "enterprise" if plays in ("anyone", "expert") else plays


@pytest.fixture
def noted() -> Iterator[list[str]]:
    """The effects that were asked for, in order, as `<process>:<effect>`."""
    called: list[str] = []

    def note(case: Any, event: Any, by: Any, name: str = "") -> None:
        called.append(name)

    before = dict(effects._EFFECTS)
    for name in RECORDED:
        effects._EFFECTS[name] = note
    case_moved.disconnect(dispatch_uid="panels.follow")
    yield called
    case_moved.connect(follow, dispatch_uid="panels.follow")
    effects._EFFECTS.clear()
    effects._EFFECTS.update(before)


@pytest.fixture
def town(make_user: Callable[..., User], noted: list[str]) -> Town:
    """Everything."""
    with recorded() as changes:
        firm = changes.save(Enterprise(key="C-own", name="包头甲公司", district=DISTRICT, published=True))
        institution = changes.save(
            Institution(key="I-own", name="包头乙院", district=DISTRICT, published=True)
        )
    office = make_user(Role.OFFICE, "treasurer", unit="领导小组办公室")
    line = open_line(
        by=office,
        title="科技专项",
        fund="科技专项资金",
        year=2025,
        unit=BUREAU,
        planned=3000 * WAN,
        published=True,
    )
    appropriate(line, 3000 * WAN, by=office, key="a1", reason="包财预〔2025〕1号")
    return Town(make_user, firm, institution, line, noted)
