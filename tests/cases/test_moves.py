"""What may be done with a case, by whom and when; and what is refused, with every reason."""

from __future__ import annotations

import datetime as dt

import pytest

from cases.small import CALENDAR, SMALL, at, filed, process, steps
from luming.cases import (
    Outcome,
    Refused,
    Settles,
    allowed,
    appeal,
    call_back,
    close_panel,
    give_opinion,
    hindrances,
    move,
    object_to,
    open_case,
    pending,
    publicity_of,
    settle_objection,
    tick,
    waiting,
    withdraw,
)


def refused(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return "\n".join(fault.sentence() for fault in caught.value.faults)


def taken(case, key, role, when, by="somebody", **more):
    return move(case, key, at=when, by=by, role=role, calendar=CALENDAR, **more)


def published():
    return steps(filed(at(5, 5)), ("accept", "window", at(5, 5, 11)), ("approve", "unit", at(5, 6)))


def objected(case, when=None, **more):
    given = {"name": "张三", "unit": False, "contact": "13800000000", "reasons": "材料不实", **more}
    return object_to(case, at=when or at(5, 8), by="visitor", calendar=CALENDAR, **given)


def test_only_the_role_of_a_step_may_take_it():
    case = filed(at(5, 6))
    assert [item.key for item in allowed(case, "window", at(5, 6), calendar=CALENDAR)] == [
        "return",
        "ask",
        "accept",
    ]
    assert allowed(case, "firm", at(5, 6), calendar=CALENDAR) == []
    assert "由“企业”办理;应为窗口" in refused(taken, case, "accept", "firm", at(5, 6))


def test_a_step_from_elsewhere_is_refused_with_the_place():
    assert "事项现在是“已提交”;应为“审核”" in refused(taken, filed(at(5, 6)), "approve", "unit", at(5, 6))
    assert "流程里没有" in refused(taken, filed(at(5, 6)), "no_such", "unit", at(5, 6))


def test_every_fault_is_told_at_once():
    case = open_case(process(), at=at(5, 6), by="firm")
    said = refused(taken, case, "file", "window", at(5, 5), data={"title": "一", "award": "x"})
    for part in ("由“窗口”办理", "不早于上一步", "“类别”:发现没有填写", "不少于2个字", "数字"):
        assert part in said


def test_fields_known_before_need_not_be_given_again():
    case = taken(filed(at(5, 6)), "return", "window", at(5, 7), reason="缺附件")
    case = taken(case, "resubmit", "firm", at(5, 8), data={"award": "30"})
    assert case.fields == {"title": "一件事项", "level": "一般", "award": "30"}
    emptied = taken(taken(filed(at(5, 6), award="30"), "return", "window", at(5, 7), reason="缺"), "resubmit", "firm", at(5, 8), data={"award": ""})  # fmt: skip
    assert "award" not in emptied.fields


def test_a_step_that_may_be_taken_once_is_not_taken_twice():
    case = taken(filed(at(5, 6)), "return", "window", at(5, 7), reason="缺附件")
    case = taken(case, "resubmit", "firm", at(5, 8))
    assert "已办过1次;应为至多1次" in refused(taken, case, "return", "window", at(5, 9), reason="再缺")
    assert "没有写理由" in refused(taken, filed(at(5, 6)), "return", "window", at(5, 7))


def test_two_steps_need_two_persons():
    case = taken(filed(at(5, 6)), "accept", "window", at(5, 7), by="li")
    assert "与前一步是同一人" in refused(taken, case, "approve", "unit", at(5, 7), by="li")
    assert [item.key for item in allowed(case, "unit", at(5, 7), calendar=CALENDAR, by="li")] == [
        "more_time",
        "refuse",
    ]
    assert taken(case, "approve", "unit", at(5, 7), by="wang").state == "publicity"


def test_more_time_is_asked_before_the_limit_is_over():
    case = taken(filed(at(5, 6)), "accept", "window", at(5, 6))
    assert taken(case, "more_time", "unit", at(5, 9, 23), reason="复杂").state == "review"
    said = refused(taken, case, "more_time", "unit", at(5, 10, 0), reason="复杂")
    assert "“办理时限”还在计时且未到期" in said


def test_opinions_are_given_in_parallel_and_joined():
    case = taken(filed(at(5, 6)), "ask", "window", at(5, 7), data={"units": ["甲局", "乙局", "丙局"]})
    assert pending(case) == [("joint", "甲局"), ("joint", "乙局"), ("joint", "丙局")]
    agree = {"verdict": "agree", "by": "x", "role": "unit"}
    for unit in ("丙局", "甲局"):
        case = give_opinion(case, "joint", unit, at=at(5, 8), **agree)
        assert allowed(case, "window", at(5, 8), calendar=CALENDAR) == []
    against = give_opinion(
        case, "joint", "乙局", at=at(5, 8), verdict="disagree", by="x", role="unit", reason="不合规划"
    )
    assert [item.key for item in allowed(against, "window", at(5, 8), calendar=CALENDAR)] == ["against"]
    changed = give_opinion(against, "joint", "乙局", at=at(5, 9), **agree)
    assert [item.key for item in allowed(changed, "window", at(5, 9), calendar=CALENDAR)] == ["joined"]
    assert "没有写理由" in refused(
        give_opinion, case, "joint", "乙局", at=at(5, 8), verdict="disagree", by="x", role="unit"
    )
    assert "“丁局”;应为被征求意见的单位:甲局、乙局、丙局" in refused(
        give_opinion, case, "joint", "丁局", at=at(5, 8), **agree
    )
    assert "没有征求" in refused(give_opinion, filed(at(5, 6)), "joint", "甲局", at=at(5, 8), **agree)
    assert "没有填写" in refused(taken, filed(at(5, 6)), "ask", "window", at(5, 7))


@pytest.mark.parametrize(
    ("join", "given", "holds"),
    [("majority", 2, False), ("majority", 3, True), ("any", 0, False), ("any", 1, True)],
)
def test_the_join_rule_says_how_many(join, given, holds):
    text = SMALL.replace("join: all", f"join: {join}")
    case = steps(
        filed(at(5, 6), text), ("ask", "window", at(5, 7), {"units": ["甲局", "乙局", "丙局", "丁局"]})
    )
    for unit in ("甲局", "乙局", "丙局", "丁局")[:given]:
        case = give_opinion(case, "joint", unit, at=at(5, 8), verdict="agree", by="x", role="unit")
    assert ("joined" in [item.key for item in allowed(case, "window", at(5, 8), calendar=CALENDAR)]) is holds


def test_what_the_law_asks_cannot_be_left_to_a_commitment():
    case = taken(filed(at(5, 6)), "ask", "window", at(5, 7), data={"units": ["甲局"]})
    given = {"at": at(5, 8), "verdict": "agree", "by": "x", "role": "unit"}
    assert "“环境影响评价”写为承诺备案;应为依法审批(国家法律规定)" in refused(
        give_opinion, case, "joint", "甲局", commit=["环境影响评价"], **given
    )
    assert "可承诺备案的事项:排水许可" in refused(
        give_opinion, case, "joint", "甲局", data={"commit": "开工许可"}, **given
    )
    assert give_opinion(case, "joint", "甲局", commit=["排水许可"], **given).opinions[0].commit == (
        "排水许可",
    )


def test_the_publicity_ends_by_itself_when_nobody_objects():
    case = published()
    days = publicity_of(case, CALENDAR)
    assert (days.first, days.last) == (dt.date(2025, 5, 7), dt.date(2025, 5, 13))
    assert tick(case, CALENDAR, at(5, 13, 23)).state == "publicity"
    done = tick(case, CALENDAR, at(5, 14, 0))
    assert (done.outcome, done.events[-1].by) == (Outcome.APPROVED, "system")
    assert tick(done, CALENDAR, at(6, 1)) is done


def test_an_objection_is_written_with_name_and_reasons_and_in_time():
    case = published()
    assert "没有署名" in refused(objected, case, name=" ")
    assert "没有联系方式" in refused(objected, case, contact="")
    assert "没有写理由" in refused(objected, case, reasons="")
    assert "单位异议须附盖章材料" in refused(objected, case, unit=True)
    assert "公示期内,即2025-05-07至2025-05-13" in refused(objected, case, at(5, 14, 1))
    assert "事项现在是“已提交”" in refused(objected, filed(at(5, 6)))
    assert objected(case, unit=True, files=["f1"]).state == "objection"


def test_an_objection_dismissed_lets_the_announced_days_stand():
    case = objected(objected(published()), at(5, 9), name="李四")
    assert [one.number for one in case.open_objections] == [1, 2]
    assert tick(case, CALENDAR, at(5, 20)).state == "objection"
    case = settle_objection(case, 1, "dismissed", at=at(5, 12), by="w", role="window", reason="查无实据")
    assert [one.number for one in case.open_objections] == [2]
    case = taken(case, "dismiss", "window", at(5, 13), reason="查无实据")
    assert [one.result for one in case.objections] == [Settles.DISMISSED, Settles.DISMISSED]
    assert publicity_of(case, CALENDAR).last == dt.date(2025, 5, 13)
    assert tick(case, CALENDAR, at(5, 14, 0)).outcome is Outcome.APPROVED


def test_settling_needs_role_reason_and_an_open_objection():
    case = objected(published())
    said = refused(settle_objection, case, 2, "maybe", at=at(5, 12), by="w", role="unit", reason=" ")
    for part in ("第2件", "以下之一:异议成立、异议不成立", "没有写处理理由", "由“承办单位”办理"):
        assert part in said


def test_the_one_who_filed_may_withdraw_while_the_process_lets_him():
    case = withdraw(filed(at(5, 6)), at=at(5, 7), by="firm", role="firm", reason="不办了")
    assert (case.outcome, case.closed_at) == (Outcome.WITHDRAWN, at(5, 7))
    assert "由“窗口”办理" in refused(withdraw, filed(at(5, 6)), at=at(5, 7), by="w", role="window")
    assert "事项现在是“公示”" in refused(withdraw, published(), at=at(5, 7), by="firm", role="firm")


def decided():
    case = taken(filed(at(5, 6), award="30"), "accept", "window", at(5, 7))
    return taken(case, "refuse", "unit", at(5, 8), by="zhao", reason="不符合")


def appealed(case, when=None, **more):
    given = {"by": "firm", "role": "firm", "reason": "事实有误", **more}
    return appeal(case, "小〔2025〕1号", at=when or at(6, 3), calendar=CALENDAR, **given)


def test_an_appeal_reopens_the_exact_decision_in_a_case_of_its_own():
    case = decided()
    original, reopened = appealed(case)
    assert original.state == "refused"
    assert original.outcome is Outcome.REFUSED
    first = reopened.events[0]
    assert (first.parent, case.events[first.decision].transition, first.decided_by) == (
        "小〔2025〕1号",
        "refuse",
        "zhao",
    )
    assert (reopened.state, reopened.fields) == ("review", case.fields)
    assert "原决定由同一人作出" in refused(
        taken, reopened, "refuse", "unit", at(6, 4), by="zhao", reason="维持"
    )
    assert "原决定由同一人作出" in refused(taken, reopened, "approve", "unit", at(6, 4), by="zhao")
    assert taken(reopened, "approve", "unit", at(6, 4), by="qian").state == "publicity"


def test_an_appeal_is_in_time_with_a_reason_and_once():
    case = decided()
    assert "没有写理由" in refused(appealed, case, reason=" ")
    assert appealed(case, at(7, 7, 23)).reopened.state == "review"
    assert "决定后60日内,即2025-07-07以前" in refused(appealed, case, at(7, 8, 0))
    assert "由“窗口”办理" in refused(appealed, case, role="window")
    assert "已经申诉过" in refused(appealed, appealed(case).original)
    assert "可以申诉的结果" in refused(appealed, filed(at(5, 6)))


def test_a_decision_upon_an_objection_is_reopened_where_it_was_taken():
    case = taken(objected(published()), "uphold", "window", at(5, 9), reason="属实")
    assert appealed(case).reopened.state == "objection"


def test_a_panel_outside_of_the_case_hands_in_its_result():
    text = SMALL.replace("  approve: {label: 同意, from: review, to: publicity,", "  approve: {label: 同意, from: review, to: publicity, when: panel_closed,")  # fmt: skip
    case = steps(filed(at(5, 6), text), ("accept", "window", at(5, 7)))
    assert "approve" not in [item.key for item in allowed(case, "unit", at(5, 8), calendar=CALENDAR)]
    case = close_panel(case, at=at(5, 8), by="p", role="office", data={"panel_score": "83.2"})
    assert case.fields["panel_score"] == "83.2"
    assert "approve" in [item.key for item in allowed(case, "unit", at(5, 8), calendar=CALENDAR)]
    assert "不等待专家评审" in refused(close_panel, filed(at(5, 6)), at=at(5, 8), by="p", role="office")


def test_nobody_who_was_not_reached_has_answered():
    assert "没有联系上却有答复" in refused(
        call_back, decided(), at=at(5, 9), by="w", role="window", reached=False, solved=True
    )


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(Refused, match="没有时区"):
        open_case(process(), at=dt.datetime(2025, 5, 6), by="firm")  # noqa: DTZ001


def test_the_tray_says_who_is_waited_for_and_until_when():
    case = filed(at(5, 6))
    found = waiting(case, CALENDAR, at(5, 7))
    assert [(one.role, one.keys, one.deadline.day) for one in found] == [
        ("window", ("return", "ask", "accept"), dt.date(2025, 5, 13))
    ]
    case = taken(case, "ask", "window", at(5, 7), data={"units": ["甲局", "乙局"]})
    assert [(one.role, one.unit, one.kind) for one in waiting(case, CALENDAR, at(5, 8))] == [
        ("unit", "甲局", "opinion"),
        ("unit", "乙局", "opinion"),
    ]
    assert [one.kind for one in waiting(objected(published()), CALENDAR, at(5, 8))] == ["move", "settling"]
    assert waiting(decided(), CALENDAR, at(5, 9)) == ()


def test_why_a_step_must_wait_is_said():
    case = published()
    item = case.process.transitions["expire"]
    assert [fault.expected for fault in hindrances(case, item, at(5, 7), calendar=CALENDAR)] == ["公示期已满"]
