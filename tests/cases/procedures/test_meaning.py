"""What the procedures must not let happen, whoever edits their files: each rule with the paragraph that it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from cases.procedures.filled_forms import filled
from cases.procedures.procedure_walks import BEGIN, Walk
from luming.cases import Process, Refused, allowed, appeal, give_opinion, move, object_to
from luming.workdays import WorkCalendar

Processes = Mapping[str, Process]


def walked(processes: Processes, calendar: WorkCalendar, key: str, *steps: str, **said: Any) -> Walk:
    """A case of a procedure after some steps."""
    walk = Walk(processes[key], calendar, said=said)
    walk.along(steps)
    return walk


def try_step(walk: Walk, step: str, *, by: str = "somebody", reason: str = "情况属实。", **said: Any) -> None:
    """Take one more step with what is said."""
    item = walk.process.transitions[step]
    form = walk.process.forms.get(item.form)
    data = {**filled(form, walk.case.fields, {}), **said} if form else {}
    walk.case = move(
        walk.case,
        step,
        at=walk.now,
        by=by,
        role=item.roles[0],
        data=data,
        reason=reason,
        calendar=walk.calendar,
    )


def test_items_that_may_not_be_waived_are_refused_by_name(
    processes: Processes, calendar: WorkCalendar
) -> None:
    """Safety and environment approvals are set by national law; a city cannot take a promise for them."""
    walk = walked(processes, calendar, "pilot_line", "submit", "accept", "consulted")
    rule = walk.process.opinions["joint"]
    unit = rule.asked(walk.case.fields)[0]
    assert {"环境影响评价", "危险化学品建设项目安全审查", "消防设计审查(特殊建设工程)"} <= set(
        rule.no_commitment
    )

    def answer(item: str) -> None:
        give_opinion(
            walk.case, "joint", unit, verdict="agree", at=walk.now, by="officer", role="unit",
            data={"item": item, "commit": item, "opinion": "同意备案"},
        )  # fmt: skip

    for item in rule.no_commitment:
        with pytest.raises(Refused) as refused:
            answer(item)
        assert item in str(refused.value)
    for item in rule.can_commit:
        answer(item)
    with pytest.raises(Refused):
        answer("没有列出的事项")


def test_a_pilot_line_is_approved_by_all_and_refused_by_one(
    processes: Processes, calendar: WorkCalendar
) -> None:
    walk = walked(
        processes,
        calendar,
        "pilot_line",
        "submit",
        "accept",
        "consulted",
        units=["市生态环境局", "市应急管理局"],
    )
    with pytest.raises(Refused):
        try_step(walk, "approve")
    for unit, verdict in (("市生态环境局", "agree"), ("市应急管理局", "disagree")):
        walk.case = give_opinion(
            walk.case, "joint", unit, verdict=verdict, at=walk.now, by=unit, role="unit", reason="安全距离不足",
            data={"item": "安全条件", "opinion": "已审"},
        )  # fmt: skip
    with pytest.raises(Refused):
        try_step(walk, "approve")
    try_step(walk, "refuse")
    assert walk.case.state == "refused"


def test_a_pilot_line_does_not_produce(processes: Processes, calendar: WorkCalendar) -> None:
    with pytest.raises(Refused, match="工业化生产"):
        try_step(Walk(processes["pilot_line"], calendar), "submit", no_production=False)


def test_one_of_six_departments_vetoes_an_award(processes: Processes, calendar: WorkCalendar) -> None:
    five = [f"市{name}" for name in ("市场监管局", "税务局", "生态环境局", "应急管理局", "人社局")]
    walk = walked(processes, calendar, "innovation_award", "nominate")
    with pytest.raises(Refused, match="联审部门"):
        try_step(walk, "qualify", vetters=five)
    try_step(walk, "qualify", vetters=[*five, "市发改委"])
    for at, unit in enumerate(walk.case.fields["vetters"]):
        walk.case = give_opinion(
            walk.case, "vetting", unit, verdict="disagree" if at == 3 else "agree", at=walk.now, by=unit,
            role="vetter", reason="一年内发生过事故。", data={"vetting": "已查"},
        )  # fmt: skip
    with pytest.raises(Refused):
        try_step(walk, "vetted")
    try_step(walk, "veto")
    assert walk.case.state == "vetoed"


def test_no_application_is_not_no_consent(processes: Processes, calendar: WorkCalendar) -> None:
    """免申即享: money goes on only by the firm's own step, and the firm may waive."""
    walk = walked(processes, calendar, "support_automatic", "list", "compared", "approve")
    assert walk.case.state == "confirming"
    process = walk.process
    onward = {item.key: item for item in process.leaving("confirming")}
    assert onward["confirm"].roles == onward["waive"].roles == ("firm",)
    assert all(
        process.states[one.target].end or one.target == "confirming"
        for key, one in onward.items()
        if key != "confirm"
    )
    assert [
        one.key for one in process.transitions.values() if one.target == "publicity" and one.settles is None
    ] == ["confirm"]
    assert {one.key for one in allowed(walk.case, "firm", walk.now, calendar=calendar)} == {
        "confirm",
        "waive",
    }


@pytest.mark.parametrize(
    ("days", "urgent", "step", "open_"),
    [
        (74, False, "pass_flexible", False),
        (74, False, "pass_flexible_urgent", False),
        (74, True, "pass_flexible_urgent", True),
        (90, False, "pass_flexible", True),
        (89, False, "pass_flexible", False),
        (59, True, "pass_flexible_urgent", False),
        (60, True, "pass_flexible_urgent", True),
        (300, True, "pass_full_time", False),
    ],
)
def test_flexible_talent_stays_three_months_or_two(
    days: int, urgent: bool, step: str, open_: bool, processes: Processes, calendar: WorkCalendar
) -> None:
    walk = walked(
        processes, calendar, "talent_card", "submit", "employer_pass",
        engagement="柔性", days_in_city=days, urgent=urgent,
    )  # fmt: skip
    steps = {one.key for one in allowed(walk.case, "district", walk.now, calendar=calendar)}
    assert (step in steps) is open_
    assert "fail_district" in steps


def test_talent_classes_are_numbered(processes: Processes) -> None:
    """一类 to 六类; A–F and its sums are the neighbour's."""
    text = processes["talent_card"].text + processes["talent_benefit"].text
    assert "一类, 二类, 三类, 四类, 五类, 六类" in text
    assert not any(f"{letter}类" in text for letter in "ABCDEF")
    assert any("目录" in sentence for sentence in processes["talent_card"].not_found)
    assert any("权益表" in sentence for sentence in processes["talent_benefit"].not_found)


@pytest.mark.parametrize(
    ("key", "steps", "step", "cap"),
    [
        ("platform_recognition",
         ["submit", "enter", "apply", "recommend", "pass_compliance", "seat", "reviewed"], "recognise", "30"),
        ("demonstration", ["submit", "accept", "recommend", "pass_formal", "seat", "reviewed"], "award", "500"),
    ],
)  # fmt: skip
def test_at_most_is_a_cap(
    key: str, steps: list[str], step: str, cap: str, processes: Processes, calendar: WorkCalendar
) -> None:
    with pytest.raises(Refused, match="核定金额"):
        try_step(walked(processes, calendar, key, *steps), step, award=f"{cap}.01")
    walk = walked(processes, calendar, key, *steps)
    try_step(walk, step, award=cap)
    assert walk.case.state == "publicity"


def test_nobody_decides_on_what_he_prepared(processes: Processes, calendar: WorkCalendar) -> None:
    walk = walked(
        processes, calendar, "project", "submit", "accept", "recommend", "pass_formal", "seat", "reviewed"
    )
    with pytest.raises(Refused, match="同一人"):
        try_step(walk, "award", by="officer of pass_formal")
    try_step(walk, "award", by="the director")
    assert walk.case.state == "publicity"


def test_own_funds_arrive_before_public_money(processes: Processes) -> None:
    """揭榜挂帅: the owner of the need pays most, and first."""
    forms = processes["challenge"].forms
    assert "own_paid" in forms["payment"].required
    assert "own_funds_proof" in forms["refinement"].required
    assert "own_funds_voucher" in processes["project"].forms["first_payment"].required


def test_a_bidder_has_no_ties_to_the_owner(processes: Processes, calendar: WorkCalendar) -> None:
    with pytest.raises(Refused, match="关联关系"):
        try_step(Walk(processes["challenge_bid"], calendar), "submit", affiliated=True)


def test_a_list_is_up_for_thirty_days(processes: Processes, calendar: WorkCalendar) -> None:
    walk = walked(processes, calendar, "challenge", "submit", "recommend", "pass_formal", "refined", "post")
    walk.now += dt.timedelta(days=29)
    with pytest.raises(Refused):
        try_step(walk, "bids_in")
    walk.now += dt.timedelta(days=2)
    try_step(walk, "bids_in")
    assert walk.case.state == "selecting"


def test_an_order_goes_back_once_and_work_is_redone_twice(
    processes: Processes, calendar: WorkCalendar
) -> None:
    walk = walked(processes, calendar, "appeal", "file", "dispatch", "send_back", "dispatch")
    with pytest.raises(Refused, match="至多1次"):
        try_step(walk, "send_back")
    again = ["answer", "pass_answer", "redo"]
    walk.along(["sign", "contact", *again, *again, "answer", "pass_answer"])
    with pytest.raises(Refused, match="至多2次"):
        try_step(walk, "redo", solved="未解决", satisfaction="不满意", complaint="还是没有解决")
    try_step(walk, "raise", solved="未解决", satisfaction="不满意", complaint="还是没有解决")
    assert walk.case.state == "coordination"


def test_the_unit_does_not_tick_itself_solved(processes: Processes) -> None:
    """已解决 and 满意 come from the call-back of the desk, never from the unit in charge."""
    process = processes["appeal"]
    forms = {form.key for form in process.forms.values() if "solved" in form.properties}
    steps = [item for item in process.transitions.values() if item.form in forms]
    assert steps
    assert all(item.roles == ("window",) for item in steps)
    assert all(
        "unit" not in item.roles for item in process.transitions.values() if process.states[item.target].end
    )
    assert not process.states["long_term"].end


def test_refusal_by_law_is_approved_by_another(processes: Processes, calendar: WorkCalendar) -> None:
    ready = ["file", "dispatch", "sign", "contact", "answer"]
    walk = walked(processes, calendar, "appeal", *ready, answer_type="解释说明")
    with pytest.raises(Refused):
        try_step(walk, "approve_refusal", by="the head")
    walk = walked(processes, calendar, "appeal", *ready, answer_type="不可行")
    with pytest.raises(Refused, match="同一人"):
        try_step(walk, "approve_refusal", by="officer of answer")
    try_step(walk, "approve_refusal", by="the head")
    assert walk.case.state == "refused"


def test_objections_are_in_writing_and_real_name(processes: Processes, calendar: WorkCalendar) -> None:
    steps = {
        "project": ["submit", "accept", "recommend", "pass_formal", "seat", "reviewed", "award"],
        "support_automatic": ["list", "compared", "approve", "confirm"],
    }
    for key, way in steps.items():
        walk = walked(processes, calendar, key, *way)
        good: dict[str, Any] = {
            "at": walk.now, "by": "x", "name": "甲公司", "unit": True, "contact": "0472-5150001",
            "reasons": "指标不实", "facts": "见检测报告", "files": ("stamped",), "calendar": calendar,
        }  # fmt: skip
        for missing in ({"files": ()}, {"name": ""}, {"unit": False, "contact": ""}, {"reasons": ""}):
            with pytest.raises(Refused):
                object_to(walk.case, **{**good, **missing})
        assert object_to(walk.case, **good).state == "objection_review"


def test_a_refused_project_is_looked_at_again_by_others(processes: Processes, calendar: WorkCalendar) -> None:
    steps = ["submit", "accept", "recommend", "pass_formal", "seat", "reviewed", "not_award"]
    walk = walked(processes, calendar, "project", *steps)
    asked = {"role": "applicant", "by": "opener", "reason": "评审漏看了检测报告。", "calendar": calendar}
    with pytest.raises(Refused):
        appeal(walk.case, "1", at=BEGIN + dt.timedelta(days=61), **asked)
    _, again = appeal(walk.case, "1", at=BEGIN + dt.timedelta(days=30), **asked)
    assert again.state == "meeting"
    walk.case, walk.now = again, BEGIN + dt.timedelta(days=31)
    with pytest.raises(Refused, match="换人"):
        try_step(walk, "not_award", by="officer of not_award")


def test_an_appeal_opens_the_decision_that_was_taken(processes: Processes, calendar: WorkCalendar) -> None:
    """What the district refused goes back to the district, not past it."""
    for key, process in processes.items():
        assert process.appeal is None or not process.appeal.to, key
    walk = walked(processes, calendar, "project", "submit", "accept", "not_recommend")
    _, again = appeal(
        walk.case, "1", at=walk.now, by="opener", role="applicant", reason="材料齐全。", calendar=calendar
    )
    assert again.state == "recommending"


def test_a_complaint_about_a_report_comes_within_fifteen_days(
    processes: Processes, calendar: WorkCalendar
) -> None:
    steps = ["submit", "accept", "contract", "seat", "scored", "conclude", "sign"]
    walk = walked(processes, calendar, "result_evaluation", *steps)
    assert walk.deadline("complaint").day == BEGIN.date() + dt.timedelta(days=15)
    walk.now += dt.timedelta(days=16)
    with pytest.raises(Refused):
        try_step(walk, "complain")


def test_money_comes_back_after_hearing_the_receiver(processes: Processes) -> None:
    process = processes["clawback"]
    ways = {item.key: item for item in process.transitions.values()}
    assert ways["decide"].sources == ("deciding",)
    assert {item.sources for item in ways.values() if item.target == "deciding"} == {("statement",)}
    assert ways["decide"].different_from == ("found",)
