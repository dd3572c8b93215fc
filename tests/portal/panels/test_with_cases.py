"""A panel on its way with its case: opened by a step, seated, handed in, awaited; and what happens out of turn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case, CaseReader
from luming_portal.cases.recording import CaseRefused
from luming_portal.cases.services import move, open_case, withdraw
from luming_portal.enterprises.models import Enterprise
from luming_portal.panels.models import Panel, PanelSettled, PanelState
from luming_portal.panels.schemes import forget
from luming_portal.panels.services.closing import close
from luming_portal.panels.services.convening import invite, propose
from luming_portal.panels.services.scoring import declare
from portal.conftest import recorded
from portal.panels.making import UNIT, lock, make_expert, seats_of

pytestmark = pytest.mark.django_db

PACKS = Path(__file__).parents[3] / "packs"
PROCESS = """
process: judged
version: "1"
name: 试验评审
name_en: Trial review
measure: 1
mark: ours
subject: enterprise
roles:
  firm: {label: 企业, plays: enterprise}
  bureau: {label: 科室, plays: department, unit: 市科技局}
forms:
  application:
    label: 申请
    schema:
      type: object
      required: [title, leader]
      properties:
        title: {type: string, title: 名称, minLength: 2, maxLength: 40}
        leader: {type: string, format: person, title: 负责人}
        avoid: {type: array, title: 申请回避的专家, items: {type: string}, maxItems: 3}
states:
  draft: {label: 草稿, start: true}
  filed: {label: 核验}
  seating: {label: 专家遴选}
  review: {label: 评审}
  done: {label: 通过, end: true, outcome: approved}
  failed: {label: 不通过, end: true, outcome: refused}
  withdrawn: {label: 撤回, end: true, outcome: withdrawn}
transitions:
  submit: {label: 提交, from: draft, to: filed, role: firm, form: application}
  verify: {label: 送评, from: filed, to: seating, role: bureau, effects: ["panel.open:rd_project"]}
  seat: {label: 组成专家组, from: seating, to: review, role: bureau}
  reseat: {label: 重组, from: review, to: seating, role: bureau, reason: required}
  pass: {label: 通过, from: review, to: done, role: bureau, when: panel_closed}
  fail: {label: 不通过, from: review, to: failed, role: bureau, when: panel_closed, reason: required}
withdraw: {from: [filed, seating], role: firm, to: withdrawn}
"""


@pytest.fixture
def packs(tmp_path: Path, settings: Any) -> Any:
    """Packs with the small procedure, the rules and one scheme."""
    for name, text in {
        "place/processes/judged.yaml": PROCESS,
        "place/panels/rd_project.yaml": (PACKS / "baotou/panels/rd_project.yaml").read_text(encoding="utf-8"),
        "national/appraisal.yaml": (PACKS / "national/appraisal.yaml").read_text(encoding="utf-8"),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings.PACKS = tmp_path
    yield tmp_path
    forget()


def _verified(make_user: Any) -> tuple[Case, User, User]:
    with recorded() as changes:
        firm = changes.save(Enterprise(key="E1", name="呦鹿稀土有限公司"))
    person = make_user(Role.ENTERPRISE, "firm", enterprise=firm)
    officer = make_user(Role.DEPARTMENT, "officer", unit=UNIT)
    case = open_case("judged", by=person, title="抛光粉")
    case = move(case, "submit", by=person, data={"title": "抛光粉", "leader": "王工", "avoid": ["专家4"]})
    return move(case, "verify", by=officer), person, officer


def test_from_the_step_that_opens_it_to_the_step_that_waits_for_it(packs: Any, make_user: Any) -> None:
    case, _person, officer = _verified(make_user)
    panel = Panel.objects.get()
    assert (panel.case_id, panel.unit, panel.people) == (case.pk, UNIT, [{"name": "王工", "id": ""}])
    with pytest.raises(Refused):
        move(case, "seat", by=officer)
    experts = [make_expert(make_user, at) for at in range(6)]
    propose(panel, [one for one in experts if one.person.name != "专家4"], leader=experts[0], by=officer)
    invite(panel, by=officer)
    for seat in seats_of(panel):
        declare(seat, [], by=seat.expert.account)
    assert CaseReader.objects.filter(case=case).count() == 5
    for seat in seats_of(panel):
        lock(seat, 75)
    with pytest.raises(PanelSettled):
        close(panel, by=officer)
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING, "the case does not wait for it yet"
    case = move(case, "seat", by=officer)
    with pytest.raises(CaseRefused):
        move(case, "pass", by=officer)
    close(panel, by=officer)
    case.refresh_from_db()
    assert case.data["panel_score"] == "75.00"
    assert case.data["panel_grade"] == "可以支持"
    case = move(case, "pass", by=officer)
    assert case.outcome == "approved"


def test_whom_the_subject_named_is_barred(packs: Any, make_user: Any) -> None:
    _case, _person, officer = _verified(make_user)
    panel = Panel.objects.get()
    propose(panel, [make_expert(make_user, at) for at in range(5)], leader=None, by=officer)
    assert [(one.seat.name, one.bar) for one in panel.findings.select_related("seat")] == [
        ("专家4", "declared")
    ]


def test_a_case_that_is_withdrawn_ends_its_panel(packs: Any, make_user: Any) -> None:
    case, person, officer = _verified(make_user)
    panel = Panel.objects.get()
    propose(panel, [make_expert(make_user, at) for at in (0, 1, 2, 3, 5)], leader=None, by=officer)
    invite(panel, by=officer)
    seat = seats_of(panel)[0]
    declare(seat, [], by=seat.expert.account)
    withdraw(case, by=person, reason="不报了")
    panel.refresh_from_db()
    assert panel.state == PanelState.DISSOLVED
    assert not CaseReader.objects.exists()


def test_on_the_page_of_the_case_its_panel_is_shown_to_those_who_may_see_it(
    packs: Any, make_user: Any, client_of: Any
) -> None:
    case, person, officer = _verified(make_user)
    panel = Panel.objects.get()
    link = f"/panels/{panel.pk}/"
    assert link in client_of(officer).get(f"/cases/{case.pk}/").content.decode()
    assert link not in client_of(person).get(f"/cases/{case.pk}/").content.decode()
