"""Convening: what bars is found and blocks, with its evidence; what is uncertain blocks until somebody has looked."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from luming.appraisal import Bar, Speciality
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.cases.models import CaseReader
from luming_portal.panels.effects import open_for_case
from luming_portal.panels.models import (
    ExpertTie,
    Finding,
    FoundBy,
    Panel,
    PanelSettled,
    PanelState,
    SeatState,
)
from luming_portal.panels.services.checking import faults_of
from luming_portal.panels.services.convening import (
    NoPanel,
    accuse,
    clear,
    dissolve,
    invite,
    open_panel,
    propose,
    release,
)
from luming_portal.panels.services.experts import add_tie
from luming_portal.panels.services.scoring import declare
from portal.panels.making import make_case, make_expert, officer, panel_of, seats_of, tie

pytestmark = pytest.mark.django_db


def _proposed(make_user: Any, experts: list[Any], scheme: str = "rd_project", **case: Any) -> Panel:
    by = officer(make_user)
    panel = open_panel(make_case(**case), scheme, by=by)
    return propose(panel, experts, leader=experts[0], by=by)


def _codes(panel: Panel) -> list[str]:
    return sorted(one.code for one in faults_of(panel))


@pytest.mark.parametrize(
    ("units", "others", "codes"),
    [
        ([f"u{at}" for at in range(6)], 0, ["appraisal.number"]),
        ([f"u{at}" for at in range(7)], 3, ["appraisal.technical"]),
        (["同一家"] * 3 + [f"u{at}" for at in range(4)], 0, ["appraisal.one_unit"]),
        ([f"u{at}" for at in range(7)], 2, []),
    ],
)
def test_panels_that_are_none(make_user: Any, units: list[str], others: int, codes: list[str]) -> None:
    """Mechanisms reference, section 16, vector 14."""
    experts = [
        make_expert(
            make_user,
            at,
            unit=unit,
            speciality=Speciality.FINANCIAL if at < others else Speciality.TECHNICAL,
        )
        for at, unit in enumerate(units)
    ]
    panel = _proposed(make_user, experts)
    assert _codes(panel) == codes
    if codes:
        with pytest.raises(NoPanel) as problem:
            invite(panel, by=officer(make_user))
        assert len(problem.value.sentences) == len(codes)
        panel.refresh_from_db()
        assert panel.state == PanelState.DRAFT
    else:
        assert invite(panel, by=officer(make_user)).state == PanelState.DECLARING


def test_what_the_registers_know_blocks_with_its_evidence(make_user: Any) -> None:
    experts = [make_expert(make_user, at) for at in range(3)]
    experts.append(make_expert(make_user, 3, unit="内蒙古 科技大学"))
    experts.append(make_expert(make_user, 4))
    tie(experts[0], Bar.CO_AUTHOR, "王工", title="专利甲", last_on=timezone.localdate())
    tie(experts[1], Bar.TEACHER_STUDENT, "别人")
    tie(experts[4], Bar.ECONOMIC_INTEREST, "呦鹿稀土有限公司", of_unit=True)
    panel = _proposed(make_user, experts)
    found = {(one.seat.name, one.bar, one.certain) for one in Finding.objects.select_related("seat")}
    assert found == {
        ("专家0", "co_author", False),
        ("专家3", "same_unit", True),
        ("专家4", "economic_interest", True),
    }
    with pytest.raises(NoPanel) as problem:
        invite(panel, by=officer(make_user))
    said = " ".join(problem.value.sentences)
    assert "专利甲" in said
    assert "内蒙古科技大学" in said
    assert len(problem.value.sentences) == 3
    assert Finding.objects.count() == 3, "what was found is kept, once"


def test_whom_the_subject_asks_not_to_be_judged_by(make_user: Any) -> None:
    experts = [make_expert(make_user, at) for at in range(5)]
    data = {"avoid": [{"name": "专家2", "reason": "有合同纠纷"}, "单位3"]}
    panel = _proposed(make_user, experts, data=data)
    found = list(Finding.objects.order_by("pk"))
    assert [(one.seat.name, one.bar, one.found_by) for one in found] == [
        ("专家2", "declared", FoundBy.SUBJECT),
        ("专家3", "declared", FoundBy.SUBJECT),
    ]
    assert found[0].detail == "有合同纠纷"
    assert _codes(panel) == ["panels.declared", "panels.declared"]


def test_only_what_is_uncertain_can_be_cleared_and_on_a_ground(make_user: Any) -> None:
    experts = [make_expert(make_user, at) for at in range(5)]
    tie(experts[0], Bar.TEACHER_STUDENT, "王工")
    tie(experts[1], Bar.KINSHIP, "呦鹿稀土有限公司", of_unit=True)
    panel = _proposed(make_user, experts)
    by = officer(make_user)
    unsure, sure = Finding.objects.order_by("pk")
    with pytest.raises(Refused):
        clear(unsure, by=by, why=" ")
    with pytest.raises(Refused):
        clear(sure, by=by, why="已核实")
    clear(unsure, by=by, why="身份证后四位不同")
    with pytest.raises(Refused):
        clear(unsure, by=by, why="再来一次")
    assert _codes(panel) == ["panels.kinship"]
    sixth = make_expert(make_user, 6)
    release(sure.seat, by=by, why="亲属关系")
    propose(panel, [*experts[:1], *experts[2:], sixth], leader=None, by=by)
    assert invite(panel, by=by).state == PanelState.DECLARING


def test_without_an_account_nobody_is_invited(make_user: Any) -> None:
    experts = [make_expert(make_user, at, account=at > 0) for at in range(5)]
    assert _codes(_proposed(make_user, experts)) == ["panels.account"]


def test_an_expert_who_declares_a_tie_is_replaced(make_user: Any) -> None:
    panel, seats, by = panel_of(make_user)
    declare(seats[0], [(Bar.KINSHIP, "王工", "堂兄弟")], by=seats[0].expert.account)
    for seat in seats[1:]:
        declare(seat, [], by=seat.expert.account)
    panel.refresh_from_db()
    seats = seats_of(panel)
    assert seats[0].state == SeatState.BARRED
    assert _codes(panel) == ["appraisal.number"]
    assert [one.bar for one in seats[0].findings.all()] == ["kinship"]
    assert not CaseReader.objects.filter(user=seats[0].expert.account).exists()
    assert CaseReader.objects.count() == 4
    new = make_expert(make_user, 9)
    propose(panel, [new], leader=None, by=by)
    invite(panel, by=by)
    seat = panel.seats.select_related("expert__account", "panel__case").get(expert=new)
    declare(seat, [], by=seat.expert.account)
    panel.refresh_from_db()
    assert panel.state == PanelState.SCORING


def test_scoring_starts_only_when_all_have_declared(make_user: Any) -> None:
    panel, seats, _by = panel_of(make_user)
    for seat in seats[:-1]:
        declare(seat, [], by=seat.expert.account)
    panel.refresh_from_db()
    assert panel.state == PanelState.DECLARING
    with pytest.raises(PanelSettled):
        declare(seats[0], [], by=seats[0].expert.account)
    with pytest.raises(Refused):
        declare(seats[-1], [], by=seats[0].expert.account)


def test_a_tie_kept_back_is_counted(make_user: Any) -> None:
    panel, seats, by = panel_of(make_user)
    declare(seats[0], [], by=seats[0].expert.account)
    with pytest.raises(Refused):
        accuse(seats[0], Bar.KINSHIP, "", by=by, detail="来信")
    accuse(seats[0], Bar.KINSHIP, "王工", by=by, detail="群众来信核实")
    accuse(seats[1], Bar.KINSHIP, "李工", by=by, detail="来信")
    first, second = seats_of(panel)[:2]
    assert (first.undeclared, second.undeclared) == (1, 0)
    assert (first.state, second.state) == (SeatState.BARRED, SeatState.BARRED)
    assert not CaseReader.objects.filter(user=first.expert.account).exists()


def test_who_may_convene(make_user: Any) -> None:
    case = make_case()
    for role in (Role.ENTERPRISE, Role.EXPERT, Role.DISTRICT, Role.AUDITOR, Role.SYSTEM):
        with pytest.raises(Refused):
            open_panel(case, "rd_project", by=make_user(role))
    panel = open_panel(case, "rd_project", by=officer(make_user))
    stranger = make_user(Role.DEPARTMENT, unit="市工信局")
    with pytest.raises(Refused):
        propose(panel, [], leader=None, by=stranger)
    with pytest.raises(Refused):
        open_panel(case, "rd_project", by=officer(make_user))
    with pytest.raises(Refused):
        open_panel(make_case(title="另一件"), "no_such", by=officer(make_user))
    with pytest.raises(Refused):
        open_panel(make_case(title="另一件"), "result_evaluation", by=officer(make_user))


def test_dissolved_a_panel_stands_still(make_user: Any) -> None:
    panel, seats, by = panel_of(make_user)
    declare(seats[0], [], by=seats[0].expert.account)
    with pytest.raises(Refused):
        dissolve(panel, by=by, reason="")
    dissolve(panel, by=by, reason="申报撤回")
    assert not CaseReader.objects.exists()
    for attempt in (
        lambda: invite(panel, by=by),
        lambda: release(seats[1], by=by, why="x"),
        lambda: declare(seats[1], [], by=seats[1].expert.account),
    ):
        with pytest.raises(PanelSettled):
            attempt()
    assert open_panel(panel.case, "rd_project", by=by).pk != panel.pk


def test_a_case_opens_its_panel_once(make_user: Any) -> None:
    case = make_case(data={"category": "应用研究", "leader": "王工"})
    open_for_case(case, None, None, name="panel.open:result_evaluation")
    open_for_case(case, None, None, name="panel.open:result_evaluation")
    (panel,) = Panel.objects.all()
    assert (panel.category, panel.unit, panel.units) == ("applied", "市科技局", ["呦鹿稀土有限公司"])
    assert panel.people == [{"name": "王工", "id": ""}]
    with pytest.raises(Refused):
        open_for_case(make_case(title="别的"), None, None, name="panel.open:nothing")


def test_every_step_stands_in_the_record_of_changes(make_user: Any) -> None:
    before = Change.objects.count()
    panel, _seats, _by = panel_of(make_user)
    said = set(Change.objects.filter(pk__gt=before).values_list("reason", flat=True))
    assert {"组建专家组", "拟定专家组", "邀请专家"} <= said
    assert panel.scheme["mark"] == "ours"


def test_an_expert_enters_his_own_ties_and_nobody_elses(make_user: Any, client_of: Any) -> None:
    mine, other = make_expert(make_user, 1), make_expert(make_user, 2)
    client = client_of(mine.account)
    given = {"bar": "teacher_student", "whom": "王工", "told_by": "本人"}
    assert client.post(f"/panels/experts/{mine.pk}/ties/", given).status_code == 302
    assert client.post(f"/panels/experts/{other.pk}/ties/", given).status_code == 404
    with pytest.raises(Refused):
        add_tie(
            other, {**given, "of_unit": False, "person": None, "title": "", "last_on": None}, by=mine.account
        )
    assert [one.expert_id for one in ExpertTie.objects.all()] == [mine.pk]
