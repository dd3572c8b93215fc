"""Steps of a case: what is stored, who may, what is refused, and that nothing happens by halves."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from luming_portal.accounts.rights import Refused, visible
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.cases import effects, shelf
from luming_portal.cases.models import Case, CaseEvent, CaseTask, CaseTurn, Escalation
from luming_portal.cases.recording import CaseRefused, course_of
from luming_portal.cases.selectors import cases_for, turns_of, under_publicity, waiting_count
from luming_portal.cases.services import appeal, assign_unit, move, object_to, open_case, opine, withdraw
from luming_portal.cases.signals import case_moved
from luming_portal.cases.tasks import finish_task, new_task
from luming_portal.cases.ticking import tick, tick_all
from luming_portal.registers.demonstration import remove_demonstration
from luming_portal.standards.models import FirmFact
from portal.cases.conftest import GRANT, NOON, Town, application, lay
from portal.conftest import recorded

pytestmark = pytest.mark.django_db


def test_a_case_walks_to_its_end_and_can_be_replayed(town: Town, reserved: list[tuple[str, str]]) -> None:
    case = town.publicity()
    assert reserved == [(case.number, "80")]
    assert case.number == "试验补助〔2026〕1号"
    assert (case.state_label, case.public_state) == ("公示", "公示中")
    assert (case.public_from, case.public_until) == (dt.date(2026, 6, 2), dt.date(2026, 6, 8))
    assert tick(case, NOON + dt.timedelta(days=6)) == (0, 0)
    assert tick(case, NOON + dt.timedelta(days=8)) == (1, 0)
    case.refresh_from_db()
    assert (case.state, case.public_until) == ("running", None)
    assert case.events.last().by is None
    case = move(case, "finish", by=town.people["市科技局"], now=NOON + dt.timedelta(days=9))
    assert (case.outcome, case.is_open, case.waits_for) == ("approved", False, "")
    assert [event.seq for event in CaseEvent.objects.filter(case=case)] == list(range(1, 10))
    again = course_of(case)
    assert (again.state, dict(again.fields)) == (case.state, case.data)
    assert not CaseTurn.objects.filter(case=case).exists()


def test_numbers_leave_none_out_and_drafts_take_none(town: Town) -> None:
    town.draft()
    assert [town.filed().number, town.filed("other").number] == ["试验补助〔2026〕1号", "试验补助〔2026〕2号"]
    with pytest.raises(CaseRefused):
        move(town.draft(), "submit", by=town.people["firm-own"], data={"title": "x"}, now=NOON)
    assert town.filed().serial == 3


def test_every_fault_of_a_form_comes_with_its_field(town: Town) -> None:
    bad = application(
        title="x", employees=-1, amount="501", code="91150291MA0N1C0R2X", starts="2026-13-01", honesty=False
    )
    with pytest.raises(CaseRefused) as refused:
        move(town.draft(), "submit", by=town.people["firm-own"], data=bad, now=NOON)
    assert set(refused.value.faults) >= {"title", "employees", "amount", "code", "starts", "honesty"}
    assert Case.objects.get().state == "draft"
    assert CaseEvent.objects.count() == 1


def test_facts_are_learnt_once_and_never_asked_again(town: Town) -> None:
    town.filed()
    told = dict(FirmFact.objects.values_list("key", "value"))
    assert told == {"employees": "120", "revenue": "13000"}  # 1.3 亿元 in the register's unit
    without = {key: value for key, value in application().items() if key not in ("employees", "revenue")}
    case = move(town.draft(), "submit", by=town.people["firm-own"], data=without, now=NOON)
    assert (case.data["employees"], case.data["revenue"]) == (120, "1.3")
    assert FirmFact.objects.count() == 2


def test_whose_step_it_is(town: Town) -> None:
    case = town.filed()
    for who in ("firm-own", "市科技局"):
        with pytest.raises(PermissionDenied):
            move(
                case,
                "accept",
                by=town.people[who],
                data={"unit": "市科技局", "units": ["市财政局"]},
                now=NOON,
            )
    with pytest.raises(Refused):
        move(case, "return", by=town.people["auditor"], reason="缺件", now=NOON)
    with pytest.raises(Refused):
        open_case("grant", by=town.people["市科技局"], now=NOON)
    assert CaseEvent.objects.filter(case=case).count() == 2


def test_a_return_needs_a_reason_and_happens_once(town: Town) -> None:
    case = town.filed()
    with pytest.raises(CaseRefused):
        move(case, "return", by=town.people["office"], now=NOON)
    case = move(case, "return", by=town.people["office"], reason="缺方案", now=NOON)
    assert [turn.plays for turn in CaseTurn.objects.filter(case=case)] == ["enterprise"]
    case = move(case, "resubmit", by=town.people["firm-own"], data={"title": "稀土永磁电机"}, now=NOON)
    assert (case.title, case.data["amount"]) == ("稀土永磁电机", "100")
    with pytest.raises(CaseRefused):
        move(case, "return", by=town.people["office"], reason="再缺", now=NOON)


def test_whoever_saw_an_older_version_is_told(town: Town) -> None:
    case = town.filed()
    seen = case.version
    move(case, "return", by=town.people["office"], reason="缺件", expected_version=seen, now=NOON)
    with pytest.raises(StaleVersion):
        move(case, "return", by=town.people["office"], reason="缺件", expected_version=seen, now=NOON)


def test_a_second_click_does_nothing(town: Town) -> None:
    firm = town.people["firm-own"]
    one, two = (open_case("grant", by=firm, token="click", now=NOON) for _ in range(2))
    assert one == two
    for _ in range(2):
        case = move(one, "submit", by=firm, data=application(), token="send", now=NOON)
    assert CaseEvent.objects.filter(case=case).count() == 2


def test_parallel_opinions_and_commitments(town: Town) -> None:
    case = town.joint()
    asked = {turn.unit for turn in CaseTurn.objects.filter(case=case, kind="opinion")}
    assert asked == {"市财政局", "市发改委"}
    with pytest.raises(Refused):
        opine(
            case, "joint", by=town.people["市生态环境局"], verdict="agree", data={"opinion": "可行"}, now=NOON
        )
    with pytest.raises(CaseRefused, match="环境影响评价"):
        opine(
            case,
            "joint",
            by=town.people["市发改委"],
            verdict="agree",
            data={"opinion": "可行"},
            commit=("环境影响评价",),
            now=NOON,
        )
    with pytest.raises(CaseRefused):
        move(case, "joined", by=town.people["市科技局"], now=NOON)
    opine(
        case,
        "joint",
        by=town.people["市发改委"],
        verdict="agree",
        data={"opinion": "可行"},
        commit=("项目备案",),
        now=NOON,
    )
    assert waiting_count(town.people["市发改委"]) == 0
    assert waiting_count(town.people["市财政局"]) == 1


def test_an_objection_stops_publicity_until_it_is_settled(town: Town) -> None:
    case = town.publicity()
    with pytest.raises(CaseRefused):
        object_to(case, by=town.people["firm-other"], name="", contact="", text="", now=NOON)
    case = object_to(
        case, by=town.people["firm-other"], name="李四", contact="139", text="材料不实", now=NOON
    )
    assert case.state == "checking"
    assert tick(case, NOON + dt.timedelta(days=20)) == (0, 0)
    later = NOON + dt.timedelta(days=20)
    case = move(case, "dismiss", by=town.people["市科技局"], reason="查无实据", now=later)
    found = case.objections.get()
    assert (found.upheld, found.answer) == (False, "查无实据")
    assert case.state == "running"  # its days were over in the meantime


def test_an_appeal_reopens_exactly_the_decision_by_others(town: Town) -> None:
    case = town.refused()
    with pytest.raises(Refused):
        appeal(case, by=town.people["firm-other"], reason="不服", now=NOON)
    child = appeal(
        case, by=town.people["firm-own"], reason="属于支持范围", data={"facts": "见目录"}, now=NOON
    )
    assert (child.parent, child.state, child.number) == (case, "meeting", "试验补助〔2026〕2号")
    assert child.data["amount"] == "100"
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("refused", "refused")
    with pytest.raises(CaseRefused):
        move(child, "approve", by=town.people["市财政局"], data={"award": "80"}, now=NOON)
    child = move(child, "approve", by=town.people["colleague"], data={"award": "80"}, now=NOON)
    assert child.state == "publicity"
    with pytest.raises(CaseRefused):
        appeal(case, by=town.people["firm-own"], reason="再申", data={"facts": "见目录"}, now=NOON)


def test_an_appeal_that_comes_too_late(town: Town) -> None:
    case = town.refused()
    with pytest.raises(CaseRefused):
        appeal(
            case,
            by=town.people["firm-own"],
            reason="不服",
            data={"facts": "见目录"},
            now=NOON + dt.timedelta(days=61),
        )


def test_withdrawal(town: Town) -> None:
    case = withdraw(town.joint(), by=town.people["firm-own"], reason="不再实施", now=NOON)
    assert (case.outcome, case.state) == ("withdrawn", "withdrawn")
    with pytest.raises(CaseRefused):
        withdraw(case, by=town.people["firm-own"], now=NOON)


def test_a_late_case_escalates_each_step_once(town: Town) -> None:
    case = town.filed()
    assert tick(case, NOON + dt.timedelta(days=7)) == (0, 0)
    assert tick(case, NOON + dt.timedelta(days=9)) == (0, 1)
    found = tick_all(NOON + dt.timedelta(days=16))
    assert (found.seen, found.escalated, found.failed) == (1, 1, ())
    assert tick(case, NOON + dt.timedelta(days=30)) == (0, 0)
    assert list(Escalation.objects.values_list("to", "paper")) == [
        ("分管副职", ""),
        ("领导小组办公室", "督办函"),
    ]
    case.refresh_from_db()
    assert case.overdue


def test_an_effect_that_refuses_takes_the_step_back(town: Town) -> None:
    case = town.meeting()
    before = Change.objects.count()

    def refuse(case: Case, event: CaseEvent, by: object) -> None:
        raise Refused("预算不足")

    effects._EFFECTS["trial.reserve"] = refuse
    with pytest.raises(Refused, match="预算不足"):
        move(case, "approve", by=town.people["市财政局"], data={"award": "80"}, now=NOON)
    del effects._EFFECTS["trial.reserve"]
    with pytest.raises(Refused, match=r"trial\.reserve"):
        move(case, "approve", by=town.people["市财政局"], data={"award": "80"}, now=NOON)
    case.refresh_from_db()
    assert (case.state, Change.objects.count()) == ("meeting", before)


def test_receivers_are_told_inside_the_transaction(town: Town) -> None:
    told: list[tuple[str, str]] = []

    def hear(sender: object, case: Case, event: CaseEvent, by: object, **more: object) -> None:
        told.append((event.label, case.state))

    case_moved.connect(hear)
    try:
        town.filed()
    finally:
        case_moved.disconnect(hear)
    assert told == [("建立", "draft"), ("提交", "filed")]


def test_a_case_goes_on_by_its_own_version(town: Town, tmp_path: Path, settings: Any) -> None:
    case = town.filed()
    changed = GRANT.replace('version: "2026"', 'version: "2027"').replace("label: 受理,", "label: 收件,")
    settings.PACKS = lay(tmp_path, changed)
    shelf._stored.cache_clear()
    asked = {"unit": "市科技局", "units": ["市财政局"]}
    case = move(case, "accept", by=town.people["office"], data=asked, now=NOON)
    assert case.events.last().label == "受理"
    assert town.filed("other").stored.process_version == "2027"


def test_the_office_names_the_department_where_no_form_does(town: Town) -> None:
    case = town.filed()
    with pytest.raises(Refused):
        assign_unit(case, "市科技局", by=town.people["市科技局"], now=NOON)
    case = assign_unit(case, "市科技局", by=town.people["office"], now=NOON)
    assert case.unit == "市科技局"
    assert cases_for(town.people["市科技局"]).count() == 1


def test_trays(town: Town) -> None:
    case = town.filed()
    (turn,) = turns_of(town.people["office"])
    assert (turn.case, turn.labels, turn.due_at is not None) == (case, ["受理", "退回补正"], True)
    assert turn.act_href == f"/cases/{case.pk}/#act"
    assert waiting_count(town.people["firm-own"]) == 0
    assert waiting_count(town.people["auditor"]) == 0
    case = move(case, "return", by=town.people["office"], reason="缺件", now=NOON)
    (turn,) = turns_of(town.people["firm-own"])
    assert turn.act_href == f"/cases/{case.pk}/step/resubmit/"


def test_publicity_shows_what_runs_today(town: Town) -> None:
    case = town.publicity()
    town.meeting()
    assert list(under_publicity()) == [case]
    tick(case, NOON + dt.timedelta(days=8))
    assert not under_publicity().exists()


def test_a_step_may_leave_a_task(town: Town) -> None:
    case = town.joint()
    new_task(case, case.events.last(), None)
    task = CaseTask.objects.get()
    assert (task.unit, task.text) == ("市科技局", "受理:稀土电机")
    assert not visible(town.people["firm-own"], CaseTask.objects.all()).exists()
    with pytest.raises(Refused):
        finish_task(task, by=town.people["市发改委"], result="已改")
    with pytest.raises(CaseRefused):
        finish_task(task, by=town.people["市科技局"], result=" ")
    assert finish_task(task, by=town.people["市科技局"], result="已改").done_at is not None
    with pytest.raises(CaseRefused):
        finish_task(task, by=town.people["office"], result="再改")


def test_invented_cases_go_with_the_demonstration(town: Town) -> None:
    case = town.draft(demo=True)
    move(case, "submit", by=town.people["firm-own"], data=application(), now=NOON)
    town.filed("other")
    with recorded() as changes:
        assert remove_demonstration(changes) == []
    assert [one.demo for one in Case.objects.all()] == [False]
    assert Case.objects.get().number == "试验补助〔2026〕1号"
