"""The pages: who sees what, a decision from the form, two people for a payment, files, the document's budget."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from luming_portal.budgets.models import BudgetBalance, BudgetLine, PaymentOrder
from luming_portal.budgets.services import commit, declare_call, enter_requests, reserve, set_cap
from portal.budgets.conftest import WAN, Budgets
from portal_records import seen

pytestmark = pytest.mark.django_db


def matter(budgets: Budgets) -> None:
    told = {"matter": "P1", "payee": "甲公司", "by": budgets.people["one"], "reason": "决定"}
    reserve(budgets.line, 30 * WAN, key="r", payee_name="甲公司", **told)
    commit(budgets.line, 30 * WAN, key="c", **told)


def test_the_public_sees_sums_and_no_matter(budgets: Budgets, client_of: Any) -> None:
    matter(budgets)
    for who in (None, budgets.people["firm"]):
        client = client_of(who)
        page = client.get(f"/budgets/{budgets.line.pk}/").content.decode()
        assert "2,970万元" in page
        assert "甲公司" not in page
        assert "重大科技项目" in client.get("/budgets/").content.decode()
    inside = client_of(budgets.people["one"]).get(f"/budgets/{budgets.line.pk}/").content.decode()
    assert "甲公司" in inside
    assert "3笔账目逐笔重算,与合计一致" in seen(inside)


def test_a_decision_from_the_form_is_booked_once(budgets: Budgets, client_of: Any) -> None:
    client = client_of(budgets.people["one"])
    address = f"/budgets/{budgets.line.pk}/entries/reserve/"
    token = client.get(address).context["form"].initial["token"]
    sent = {"amount": "12.5", "matter": "P9", "payee": "E1", "reason": "纪要", "token": token}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert BudgetBalance.objects.get(line=budgets.line).reserved == 125_000 * 100
    refused = client.post(address, {**sent, "token": "other"})
    assert refused.status_code == 409
    assert "同一事项只支持一次" in refused.content.decode()
    for amount in ("", "-1", "很多", "0.0000001", "1" * 20):
        assert client.post(address, {**sent, "amount": amount, "token": "x"}).status_code == 400


def test_money_is_released_by_another_person_on_the_page(budgets: Budgets, client_of: Any) -> None:
    matter(budgets)
    one, two = client_of(budgets.people["one"]), client_of(budgets.people["two"])
    asked = one.post(
        f"/budgets/{budgets.line.pk}/pay/?matter=P1", {"amount": "30", "reason": "验收通过", "token": "t"}
    )
    assert asked.status_code == 302
    order = PaymentOrder.objects.get()
    assert "放款</button>" not in one.get(f"/budgets/{budgets.line.pk}/").content.decode()
    assert "不能自己放款" in one.post(f"/budgets/orders/{order.pk}/", follow=True).content.decode()
    assert "待放款" in two.get("/budgets/").content.decode()
    page = two.post(f"/budgets/orders/{order.pk}/", {"way": "release", "answer": "同意"}, follow=True)
    assert "已放款" in page.content.decode()
    assert BudgetBalance.objects.get(line=budgets.line).paid == 30 * WAN


def test_the_ledger_as_a_file(budgets: Budgets, client_of: Any) -> None:
    matter(budgets)
    client = client_of(budgets.people["auditor"])
    text = client.get(f"/budgets/{budgets.line.pk}/?format=csv").content.decode("utf-8-sig")
    assert text.splitlines()[2].split(",")[2:5] == ["预留", "300000.00", "P1"]
    assert client.get(f"/budgets/{budgets.line.pk}/?format=xlsx").content[:2] == b"PK"
    assert client_of(None).get(f"/budgets/{budgets.line.pk}/?format=csv").status_code == 403


def test_carrying_over_and_caps_from_the_page(budgets: Budgets, client_of: Any) -> None:
    matter(budgets)
    client = client_of(budgets.people["office"])
    page = client.get(f"/budgets/{budgets.line.pk}/carry/").content.decode()
    assert "1笔、30万元" in page
    assert client.post(f"/budgets/{budgets.line.pk}/carry/", {"reason": "年终"}).status_code == 302
    assert BudgetLine.objects.get(follows=budgets.line).balance.committed == 30 * WAN
    given = {"scope": "firm_year", "limit": "500", "clause": ""}
    assert client.post(f"/budgets/{budgets.line.pk}/caps/", given).status_code == 302
    assert "平台默认口径" in client.get(f"/budgets/{budgets.line.pk}/").content.decode()


def test_the_allocation_page_shows_rule_inputs_outcome_and_who_was_outside(
    budgets: Budgets, client_of: Any
) -> None:
    from portal.budgets.test_allocation import CLOSES, OPENS, a_request

    call = declare_call(
        budgets.other,
        by=budgets.people["one"],
        title="第一批",
        method="rank",
        tail="stop",
        weight="score",
        seed="",
        opens_at=OPENS,
        closes_at=CLOSES,
        now=OPENS - dt.timedelta(days=1),
    )
    enter_requests(call, [a_request("甲", 60, "90"), a_request("乙", 50, "80")], by=budgets.people["one"])
    client = client_of(budgets.people["two"])
    page = client.get(f"/budgets/calls/{call.pk}/").content.decode()
    assert "按现有申请和可用资金试算" in page
    assert "紧接在外" in page
    done = client.post(f"/budgets/calls/{call.pk}/decision/", {"reason": "纪要"}, follow=True)
    assert "已决定,支持金额已预留" in seen(done)
    assert "600000.00" in client.get(f"/budgets/calls/{call.pk}/?format=csv").content.decode("utf-8-sig")
    late = {
        "title": "晚",
        "method": "rank",
        "tail": "stop",
        "weight": "score",
        "opens_at": f"{timezone.localtime() - dt.timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "closes_at": f"{timezone.localtime() + dt.timedelta(days=1):%Y-%m-%dT%H:%M}",
    }
    refused = client.post(f"/budgets/{budgets.other.pk}/calls/", late)
    assert refused.status_code == 400
    assert "分配方法要在开放申报之前公布" in refused.content.decode()


def test_the_documents_budget_becomes_a_line(baotou: None, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user("office", "office", unit="领导小组办公室"))
    assert "策源性重大科技项目支持资金" in client.get("/budgets/").content.decode()
    address = "/budgets/new/?commitment=strategic_project_budget"
    form = client.get(address).context["form"]
    assert form.initial["planned"] == "3000"
    sent = {**form.initial, "unit": "市科技局", "published": "on"}
    line = client.post(address, sent, follow=True)
    page = line.content.decode()
    assert "3000万元" in page
    assert "#m01.s5" in page
    held = BudgetLine.objects.get()
    assert (held.planned, held.commitment, held.balance.appropriated) == (
        3000 * WAN,
        "strategic_project_budget",
        0,
    )
    assert "文件安排了资金" not in client.get("/budgets/").content.decode()


def test_a_cap_ends_with_a_reason(budgets: Budgets, client_of: Any) -> None:
    from luming.budget import CapScope

    cap = set_cap(by=budgets.people["office"], fund=budgets.line.fund, scope=CapScope.FIRM, limit=WAN)
    client = client_of(budgets.people["office"])
    for reason, ended in (("", False), ("文件修订", True)):
        client.post(f"/budgets/caps/{cap.pk}/end/", {"reason": reason})
        cap.refresh_from_db()
        assert cap.ended is ended
