"""A call from its declaration to the reservations of its awards."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from luming.budget import DeclaredLate, MatterTaken
from luming_portal.accounts.rights import Refused
from luming_portal.budgets.models import AllocationCall, AllocationRequest, BudgetBalance, BudgetEntry
from luming_portal.budgets.services import decide_call, declare_call, enter_requests, release
from portal.budgets.conftest import WAN, Budgets
from portal.conftest import recorded

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOW = timezone.now()
OPENS, CLOSES = NOW - dt.timedelta(days=20), NOW - dt.timedelta(days=1)


def a_call(budgets: Budgets, method: str = "rank", **fields: Any) -> AllocationCall:
    given = {
        "title": "2025年第一批",
        "method": method,
        "tail": "stop",
        "weight": "score",
        "seed": "",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "now": OPENS - dt.timedelta(days=3),
    }
    return declare_call(budgets.other, by=budgets.people["one"], **{**given, **fields})


def a_request(name: str, wan: int, score: str | None, minutes: int = 5) -> AllocationRequest:
    return AllocationRequest(
        matter=f"X-{name}",
        name=name,
        payee=f"P-{name}",
        payee_name=f"{name}公司",
        asked=wan * WAN,
        at=OPENS + dt.timedelta(minutes=minutes),
        score=None if score is None else Decimal(score),
    )


def entered(budgets: Budgets, call: AllocationCall) -> None:
    enter_requests(
        call,
        [a_request("甲", 60, "90"), a_request("乙", 30, "85.5"), a_request("丙", 20, "85")],
        by=budgets.people["one"],
    )


def test_awards_are_reserved_and_the_outcome_is_kept(budgets: Budgets) -> None:
    call = a_call(budgets)
    entered(budgets, call)
    decided = decide_call(call, by=budgets.people["two"], reason="局党组会议纪要")
    assert decided.outcome is not None
    assert [one["amount"] for one in decided.outcome["awards"]] == [60 * WAN, 30 * WAN, 0]
    assert decided.outcome["edge"] == "“丙”紧接在外,预算再多10万元即可全额支持,比最后一件入围的“乙”低0.5分"
    assert BudgetBalance.objects.get(line=budgets.other).reserved == 90 * WAN
    assert BudgetEntry.objects.filter(origin=f"allocation:{call.pk}").count() == 2
    for attempt in (
        lambda: decide_call(call, by=budgets.people["two"], reason="再来"),
        lambda: entered(budgets, call),
    ):
        with pytest.raises(Refused, match="已经决定"):
            attempt()


def test_a_method_declared_after_the_window_opened_is_refused_here_and_by_the_database(
    budgets: Budgets,
) -> None:
    with pytest.raises(DeclaredLate):
        a_call(budgets, now=OPENS)
    late = AllocationCall(
        line=budgets.other,
        title="晚",
        method="rank",
        tail="stop",
        weight="score",
        declared_at=NOW,
        opens_at=OPENS,
        closes_at=CLOSES,
    )
    with pytest.raises(IntegrityError), transaction.atomic(), recorded() as changes:
        changes.save(late)


def test_what_was_asked_stays_and_the_score_is_brought_up_to_date(budgets: Budgets) -> None:
    call = a_call(budgets)
    entered(budgets, call)
    enter_requests(call, [a_request("甲", 1, "70", 9)], by=budgets.people["one"])
    first = call.requests.get(matter="X-甲")
    assert (first.asked, first.score, first.at) == (60 * WAN, Decimal(70), OPENS + dt.timedelta(minutes=5))


def test_nothing_is_decided_while_it_is_open_or_equals_wait_for_a_lot(budgets: Budgets) -> None:
    call = a_call(budgets)
    entered(budgets, call)
    with pytest.raises(Refused, match="还没有截止"):
        decide_call(call, by=budgets.people["one"], reason="决定", now=CLOSES - dt.timedelta(hours=1))
    enter_requests(call, [a_request("丁", 20, "85")], by=budgets.people["one"])
    enter_requests(call, [a_request("乙", 30, "10")], by=budgets.people["one"])
    enter_requests(call, [a_request("甲", 60, "99")], by=budgets.people["one"])
    # 40 are left for two equals of 20 each: no lot needed
    decided = decide_call(call, by=budgets.people["one"], reason="决定")
    assert decided.outcome is not None
    assert decided.outcome["given"] == 100 * WAN
    lot = a_call(budgets, title="第二批", method="first_come")
    for name in "戊己":
        enter_requests(lot, [a_request(name, 5, None)], by=budgets.people["one"])
    release(
        budgets.other,
        5 * WAN,
        matter="X-丁",
        payee="P-丁",
        by=budgets.people["one"],
        key="r",
        reason="核减",
    )
    with pytest.raises(Refused, match="待抽签"):
        decide_call(lot, by=budgets.people["one"], reason="决定")


def test_a_matter_that_was_paid_before_stops_the_whole_decision(budgets: Budgets) -> None:
    budgets.paid("X-乙", 10, "P-乙")
    call = a_call(budgets)
    entered(budgets, call)
    with pytest.raises(MatterTaken):
        decide_call(call, by=budgets.people["one"], reason="决定")
    assert BudgetBalance.objects.get(line=budgets.other).reserved == 0
    assert AllocationCall.objects.get(pk=call.pk).outcome is None


def test_others_departments_have_no_part_in_it(budgets: Budgets) -> None:
    call = a_call(budgets)
    for who in ("foreign", "auditor", "firm"):
        with pytest.raises(Refused):
            enter_requests(call, [], by=budgets.people[who])
        with pytest.raises(Refused):
            decide_call(call, by=budgets.people[who], reason="决定")
