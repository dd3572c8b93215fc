"""The small standards of the portal's tests, and two firms, two banks, an institute and an auditor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.enterprises.models import Enterprise
from luming_portal.grants.models import SightGrant
from luming_portal.grants.services import give_sight
from luming_portal.institutions.models import Institution
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.services import Statement, state_facts
from portal.conftest import recorded
from portal.standards.conftest import GOOD, small_packs  # noqa: F401 - a fixture of these tests too


def in_days(days: int) -> dt.date:
    """A day so many days from now."""
    return timezone.localdate() + dt.timedelta(days)


@dataclass
class World:
    """Firms, institutions and people."""

    firms: dict[str, Enterprise]
    institutions: dict[str, Institution]
    people: dict[str, User]

    def grant(self, firm: str = "own", to: str = "bank", **more: Any) -> SightGrant:
        """A grant of a firm for three months from today, of the points and the star."""
        rules = [rule for name in ("points@2025", "star@2024") if (rule := shelf().named(name))]
        given: dict[str, Any] = {
            "purpose": "科技贷款授信",
            "first_day": in_days(0),
            "last_day": in_days(90),
        }
        return give_sight(
            self.firms[firm], self.institutions[to], rules, by=self.people[firm], **{**given, **more}
        )

    def sight(self, client_of: Any, who: str, grant: SightGrant) -> Any:
        """What somebody gets at the address of the sight."""
        return client_of(self.people[who]).get(f"/grants/{grant.pk}/sight/")


@pytest.fixture
def world(make_user: Callable[..., User]) -> World:
    """Everybody, and facts of last year for both firms."""
    with recorded() as changes:
        firms = {
            name: changes.save(
                Enterprise(key=f"G-{name}", name=f"企业{name}", district="青山区", published=True)
            )
            for name in ("own", "other")
        }
        institutions = {
            name: changes.save(Institution(key=f"B-{name}", name=f"机构{name}", kind=kind, published=True))
            for name, kind in (
                ("bank", "银行"),
                ("fund", "融资担保机构"),
                ("institute", "高校院所"),
            )
        }
    people = {
        name: make_user(Role.ENTERPRISE, f"firm-{name}", enterprise=firm) for name, firm in firms.items()
    }
    people |= {
        name: make_user(Role.INSTITUTION, f"at-{name}", institution=institution)
        for name, institution in institutions.items()
    }
    people |= {
        "office": make_user(Role.OFFICE, "office", unit="领导小组办公室"),
        "auditor": make_user(Role.AUDITOR, "auditor"),
        "department": make_user(Role.DEPARTMENT, "department", unit="市科技局"),
    }
    for name, firm in firms.items():
        values = {**GOOD, "tech_staff": "20" if name == "own" else "5"}
        state_facts([Statement(firm, in_days(0).year - 1, values, "审计报告")], by=people[name])
    return World(firms, institutions, people)
