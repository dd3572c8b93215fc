"""Two lines of one fund with money on them, and the people who decide on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.budgets.models import BudgetLine, PaymentOrder
from luming_portal.budgets.services import (
    appropriate,
    ask_payment,
    commit,
    open_line,
    release_payment,
    reserve,
)

WAN = 10_000 * 100
UNIT = "市科技局"


@dataclass
class Budgets:
    """Lines and people by name."""

    line: BudgetLine
    other: BudgetLine
    people: dict[str, Any] = field(default_factory=dict)

    def paid(self, matter: str, wan: int, payee: str = "甲公司") -> PaymentOrder:
        """A matter from reservation to payment, by two officers."""
        one, two = self.people["one"], self.people["two"]
        told = {"matter": matter, "payee": payee, "by": one, "reason": "决定"}
        reserve(self.line, wan * WAN, key=f"r{matter}", **told)
        commit(self.line, wan * WAN, key=f"c{matter}", **told)
        order = ask_payment(self.line, wan * WAN, matter=matter, by=one, reason="申请")
        return release_payment(order, by=two)


@pytest.fixture
def budgets(db: None, make_user: Callable[..., Any]) -> Budgets:
    """3,000万元 and 100万元 of one fund."""
    office = make_user(Role.OFFICE, "office", unit="领导小组办公室")
    people = {
        "office": office,
        "one": make_user(Role.DEPARTMENT, "one", unit=UNIT),
        "two": make_user(Role.DEPARTMENT, "two", unit=UNIT),
        "foreign": make_user(Role.DEPARTMENT, "foreign", unit="市工信局"),
        "auditor": make_user(Role.AUDITOR, "auditor"),
        "firm": make_user(Role.ENTERPRISE, "firm"),
    }
    made = []
    for title, wan in (("重大科技项目", 3000), ("平台支持", 100)):
        line = open_line(
            by=office,
            title=title,
            fund="科技专项资金",
            year=2025,
            unit=UNIT,
            planned=wan * WAN,
            published=True,
        )
        appropriate(line, wan * WAN, by=office, key=f"a{title}", reason="包财预〔2025〕1号")
        made.append(line)
    return Budgets(*made, people=people)
