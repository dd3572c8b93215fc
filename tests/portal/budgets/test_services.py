"""Decisions on a line: rights, two people, keys, caps, carrying over, and the database that refuses by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from luming.budget import CapExceeded, CapScope, KeyTaken, MatterTaken, Move, NotHeld, Overspent
from luming_portal.accounts.rights import Refused
from luming_portal.audit.models import Change
from luming_portal.budgets.models import (
    BudgetBalance,
    BudgetClaim,
    BudgetCounter,
    BudgetEntry,
    BudgetLine,
    PaymentOrder,
)
from luming_portal.budgets.replaying import prove
from luming_portal.budgets.services import (
    appropriate,
    ask_payment,
    cancel,
    carry,
    change_line,
    commit,
    cut,
    end_cap,
    give_back,
    open_line,
    refuse_payment,
    release,
    release_payment,
    reserve,
    set_cap,
)
from portal.budgets.conftest import WAN, Budgets
from portal.conftest import recorded

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def told(budgets: Budgets, matter: str = "P1", payee: str = "甲公司", who: str = "one") -> dict[str, Any]:
    return {"matter": matter, "payee": payee, "by": budgets.people[who], "reason": "会议纪要1号"}


def test_the_whole_way_and_every_step_is_recorded(budgets: Budgets) -> None:
    before = Change.objects.count()
    order = budgets.paid("P1", 500)
    give_back(budgets.line, 100 * WAN, key="g", **told(budgets))
    held = BudgetBalance.objects.get(line=budgets.line)
    assert (held.paid, held.returned, held.value().free) == (500 * WAN, 100 * WAN, 2600 * WAN)
    assert order.entry is not None
    assert order.entry.by == order.settled_by == budgets.people["two"]
    assert [one.move for one in budgets.line.entries.order_by("serial")] == [
        "appropriate",
        "reserve",
        "commit",
        "pay",
        "give_back",
    ]
    # four entries and the order: asked and released
    assert Change.objects.count() - before == 6
    assert prove(budgets.line).faults == ()


def test_who_asks_for_money_never_releases_it(budgets: Budgets) -> None:
    one, two = budgets.people["one"], budgets.people["two"]
    reserve(budgets.line, 30 * WAN, key="1", **told(budgets))
    commit(budgets.line, 30 * WAN, key="2", **told(budgets))
    order = ask_payment(budgets.line, 30 * WAN, matter="P1", by=one, reason="申请")
    for attempt in (release_payment, refuse_payment):
        with pytest.raises(Refused, match="不能自己放款或退回"):
            attempt(order, by=one, answer="同意")
    with pytest.raises(Refused, match="已有一笔拨付申请待放款"):
        ask_payment(budgets.line, WAN, matter="P1", by=two, reason="申请")
    order.settled_by, order.state = one, PaymentOrder.State.RELEASED
    with pytest.raises(IntegrityError), transaction.atomic(), recorded() as changes:
        changes.save(order)
    refused = refuse_payment(PaymentOrder.objects.get(), by=two, answer="账户有误")
    assert refused.state == "refused"
    with pytest.raises(Refused, match="已经处理过"):
        release_payment(refused, by=two)
    assert BudgetBalance.objects.get(line=budgets.line).paid == 0


def test_a_promise_taken_back_is_not_paid(budgets: Budgets) -> None:
    reserve(budgets.line, 30 * WAN, key="1", **told(budgets))
    commit(budgets.line, 30 * WAN, key="2", **told(budgets))
    order = ask_payment(budgets.line, 30 * WAN, matter="P1", by=budgets.people["one"], reason="申请")
    cancel(budgets.line, WAN, key="3", **told(budgets))
    with pytest.raises(NotHeld):
        release_payment(order, by=budgets.people["two"])
    assert PaymentOrder.objects.get().state == "asked"


def test_more_than_is_promised_is_not_asked_for(budgets: Budgets) -> None:
    for amount in (0, WAN):
        with pytest.raises(Refused, match="不能超过该事项已承诺的金额"):
            ask_payment(budgets.line, amount, matter="P1", by=budgets.people["one"], reason="申请")


def test_one_matter_is_paid_once_whatever_the_line(budgets: Budgets) -> None:
    budgets.paid("高企证书GR202515000001", 30)
    for line in (budgets.line, budgets.other):
        with pytest.raises(MatterTaken, match="同一事项只支持一次"):
            reserve(line, 30 * WAN, key=f"again{line.pk}", **told(budgets, "高企证书GR202515000001"))
    assert BudgetEntry.objects.filter(move="pay").count() == 1


def test_never_overspent_and_nothing_half_done(budgets: Budgets) -> None:
    with pytest.raises(Overspent, match="不超过可用100万元"):
        reserve(budgets.other, 100 * WAN + 1, key="1", **told(budgets))
    assert not BudgetClaim.objects.exists()
    assert not BudgetCounter.objects.exists()
    with pytest.raises(Overspent):
        cut(budgets.other, 101 * WAN, by=budgets.people["office"], key="2", reason="调减")


def test_the_same_key_books_once_and_another_entry_never(budgets: Budgets) -> None:
    first = reserve(budgets.line, 30 * WAN, key="k", **told(budgets))
    assert reserve(budgets.line, 30 * WAN, key="k", **told(budgets)).pk == first.pk
    with pytest.raises(KeyTaken):
        reserve(budgets.line, 31 * WAN, key="k", **told(budgets))
    with pytest.raises(KeyTaken):
        reserve(budgets.other, 30 * WAN, key="k", **told(budgets))
    assert BudgetBalance.objects.get(line=budgets.line).reserved == 30 * WAN


def test_caps_bind_over_the_lines_of_a_fund_until_they_end(budgets: Budgets) -> None:
    office = budgets.people["office"]
    cap = set_cap(by=office, fund="科技专项资金", scope=CapScope.FIRM_YEAR, limit=50 * WAN, clause="第5条")
    reserve(budgets.line, 40 * WAN, key="1", **told(budgets, "A"))
    with pytest.raises(CapExceeded, match="最多还可用10万元"):
        reserve(budgets.other, 11 * WAN, key="2", **told(budgets, "B"))
    reserve(budgets.other, 11 * WAN, key="3", **told(budgets, "C", "乙公司"))
    release(budgets.line, 40 * WAN, key="4", **told(budgets, "A"))
    reserve(budgets.other, 50 * WAN, key="5", **told(budgets, "B"))
    end_cap(cap, by=office, reason="文件修订")
    reserve(budgets.line, 60 * WAN, key="6", **told(budgets, "D"))
    for one in ("one", "firm"):
        with pytest.raises(Refused):
            set_cap(by=budgets.people[one], fund="科技专项资金", scope=CapScope.FIRM, limit=1)


def test_only_the_department_in_charge_and_the_office_decide(budgets: Budgets) -> None:
    for who in ("foreign", "auditor", "firm"):
        with pytest.raises(Refused):
            reserve(budgets.line, WAN, key=who, **told(budgets, who=who))
        with pytest.raises(Refused):
            ask_payment(budgets.line, WAN, matter="P1", by=budgets.people[who], reason="申请")
        with pytest.raises(Refused):
            open_line(by=budgets.people[who], title="t", fund="f", year=2025, unit="u")
    with pytest.raises(Refused):
        appropriate(budgets.line, WAN, by=budgets.people["one"], key="x", reason="自行下达")
    with pytest.raises(Refused, match="依据或理由"):
        reserve(budgets.line, WAN, key="y", **{**told(budgets), "reason": " "})
    assert reserve(budgets.line, WAN, key="z", **told(budgets, who="office")).serial == 2


def test_a_line_is_carried_over_with_what_is_bound(budgets: Budgets) -> None:
    office = budgets.people["office"]
    reserve(budgets.line, 60 * WAN, key="1", **told(budgets))
    commit(budgets.line, 40 * WAN, key="2", **told(budgets))
    order = ask_payment(budgets.line, WAN, matter="P1", by=budgets.people["one"], reason="申请")
    with pytest.raises(Refused, match="先放款或退回"):
        carry(budgets.line, by=office, free=False, reason="年终结转")
    refuse_payment(order, by=budgets.people["two"], answer="结转后再付")
    target, carried = carry(budgets.line, by=office, free=False, reason="年终结转")
    assert (target.year, target.follows, carried.lapsed) == (2026, budgets.line, 2940 * WAN)
    claim = target.claims.get()
    assert (claim.reserved, claim.committed, claim.payee) == (20 * WAN, 40 * WAN, "甲公司")
    assert BudgetBalance.objects.get(line=budgets.line).reserved == 0
    with pytest.raises(Refused, match="没有可结转的金额"):
        carry(budgets.line, by=office, free=False, reason="年终结转")
    again, rest = carry(budgets.line, by=office, free=True, reason="结余结转")
    assert (again, rest.amount) == (target, 2940 * WAN)
    order = ask_payment(target, 40 * WAN, matter="P1", by=budgets.people["one"], reason="申请")
    release_payment(order, by=budgets.people["two"])
    assert prove(budgets.line).faults == prove(target).faults == ()
    with pytest.raises(MatterTaken):
        reserve(budgets.other, WAN, key="9", **told(budgets))


def test_a_line_says_who_it_is_and_never_changes_its_money(budgets: Budgets) -> None:
    office = budgets.people["office"]
    changed = change_line(
        budgets.line, by=office, expected_version=1, reason="公开", published=False, note="说明"
    )
    assert changed.version == 2
    with pytest.raises(Refused, match="只能记账"):
        change_line(budgets.line, by=office, expected_version=2, reason="改年度", year=2026)
    with pytest.raises(Refused, match="已经有了"):
        open_line(by=office, title="重大科技项目", fund="科技专项资金", year=2025, unit="u")


def test_the_database_itself_keeps_the_entries(budgets: Budgets) -> None:
    entry = BudgetEntry.objects.first()
    assert entry is not None
    statements = [
        f"UPDATE budgets_budgetentry SET amount = 1 WHERE id = {entry.pk}",
        "UPDATE budgets_budgetentry SET reason = 'x'",
        f"DELETE FROM budgets_budgetentry WHERE id = {entry.pk}",
    ]
    if connection.vendor == "sqlite":
        copied = "SELECT * FROM budgets_budgetentry"
        statements.append(f"INSERT OR REPLACE INTO budgets_budgetentry {copied}")
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), recorded() as changes:
        changes.delete(entry)


def test_the_database_itself_refuses_to_overspend(budgets: Budgets) -> None:
    for values in ({"reserved": 3001 * WAN}, {"committed": -1}, {"paid": 1, "returned": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetBalance.objects.filter(line=budgets.line).update(**values)


def test_a_sum_that_was_tampered_with_is_found(budgets: Budgets) -> None:
    BudgetBalance.objects.filter(line=budgets.line).update(paid=5)
    assert prove(budgets.line).faults == ("合计与逐笔重算不一致",)


def test_what_was_invented_can_be_removed(budgets: Budgets, make_user: Any, settings: Any) -> None:
    from luming_portal.registers.demonstration import remove_demonstration

    settings.DEBUG = True
    office = make_user("office", "demo-office", demo=True)
    line = open_line(by=office, title="演示", fund="演示资金", year=2025, unit="市科技局")
    appropriate(line, WAN, by=office, key="demo", reason="演示")
    with recorded("清除演示数据") as changes:
        assert remove_demonstration(changes) == []
    assert not BudgetLine.objects.filter(demo=True).exists()
    assert BudgetEntry.objects.count() == 2


def test_moves_have_words_in_the_database(budgets: Budgets) -> None:
    assert BudgetEntry.objects.first().get_move_display() == Move.APPROPRIATE.label  # type: ignore[union-attr]
