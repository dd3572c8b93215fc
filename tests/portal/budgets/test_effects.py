"""What steps of a case do to a line; a refusal says why, and nothing is booked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from luming_portal.accounts.rights import Refused
from luming_portal.budgets.models import BudgetBalance, BudgetClaim, BudgetEntry, PaymentOrder
from luming_portal.budgets.services import ask_payment, carry
from luming_portal.cases.effects import effect_named
from portal.budgets.conftest import WAN, Budgets
from portal_records import firm

pytestmark = pytest.mark.django_db


class Story:
    """A case that is moved on, one step after the other."""

    def __init__(self, budgets: Budgets, **data: Any) -> None:
        self.budgets = budgets
        self.case = SimpleNamespace(
            pk=7,
            number="项目〔2025〕1号",
            title="题",
            parent=None,
            enterprise=firm(),
            institution=None,
            person=None,
            data={"line": str(budgets.line.pk), "award": "30.5", **data},
        )
        self.steps = 0

    def step(self, name: str, who: str = "one") -> BudgetBalance:
        self.steps += 1
        carry_out = effect_named(name)
        assert carry_out is not None
        carry_out(self.case, SimpleNamespace(seq=self.steps), self.budgets.people.get(who))
        return BudgetBalance.objects.get(line=self.budgets.line)


def test_from_reservation_to_recovery(budgets: Budgets) -> None:
    story = Story(budgets, matter="高企证书GR1")
    assert story.step("budget.reserve").reserved == 305_000 * 100
    story.case.data |= {"award": "20", "due_on": "2025-09-30"}
    assert (story.step("budget.commit").committed, BudgetClaim.objects.get().reserved) == (20 * WAN, 0)
    with pytest.raises(Refused, match="不能自己放款"):
        story.step("budget.pay", "one")
    with pytest.raises(Refused, match="不能自己放款"):
        story.step("budget.pay", "")
    story.case.data["payment"] = "12"
    assert story.step("budget.pay", "two").paid == 12 * WAN
    del story.case.data["payment"]
    assert story.step("budget.pay", "two").paid == 20 * WAN
    assert PaymentOrder.objects.filter(asked_by=budgets.people["one"], state="released").count() == 2
    story.case.data["recovered"] = "5"
    assert story.step("budget.return").returned == 5 * WAN
    assert {one.origin for one in BudgetEntry.objects.filter(matter="高企证书GR1").exclude(move="pay")} == {
        "case:7"
    }


def test_an_order_that_waits_is_the_one_that_is_released(budgets: Budgets) -> None:
    story = Story(budgets)
    story.step("budget.commit")
    ask_payment(budgets.line, 10 * WAN, matter="case:7", by=budgets.people["two"], reason="申请")
    with pytest.raises(Refused, match="不能自己放款"):
        story.step("budget.pay", "two")
    assert story.step("budget.pay", "one").paid == 10 * WAN


def test_an_award_that_grew_is_reserved_anew(budgets: Budgets) -> None:
    story = Story(budgets)
    story.step("budget.reserve")
    story.case.data["award"] = "40"
    assert story.step("budget.commit").committed == 40 * WAN


def test_what_is_bound_is_freed(budgets: Budgets) -> None:
    story = Story(budgets)
    story.step("budget.commit")
    assert story.step("budget.release").value().free == 3000 * WAN
    assert story.step("budget.release").value().free == 3000 * WAN


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"award": ""}, "没有写明核定金额"),
        ({"award": "很多"}, "不是以万元计"),
        ({"award": "0.0000001"}, "不是以万元计"),
        ({"award": "3000.01"}, "不超过可用3,000万元"),
        ({"line": "没有的"}, "没有找到预算"),
        ({"line": "99999"}, "没有找到预算"),
    ],
)
def test_a_refusal_says_why(budgets: Budgets, data: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        Story(budgets, **data).step("budget.reserve")
    assert not BudgetClaim.objects.exists()


def test_a_line_is_found_by_title_and_a_matter_follows_its_line(budgets: Budgets) -> None:
    story = Story(budgets, line="重大科技项目")
    story.step("budget.commit")
    target, _ = carry(budgets.line, by=budgets.people["office"], free=False, reason="年终结转")
    story.step("budget.pay", "two")
    assert BudgetBalance.objects.get(line=target).paid == 305_000 * 100


def test_freeing_or_taking_back_what_was_never_bound_does_nothing(budgets: Budgets) -> None:
    story = Story(budgets, line="")
    assert story.step("budget.release").entries == story.step("budget.return").entries == 1


def test_without_a_payee_no_money_moves(budgets: Budgets) -> None:
    story = Story(budgets)
    story.case.enterprise = None
    with pytest.raises(Refused, match="没有写明收款人"):
        story.step("budget.reserve")
