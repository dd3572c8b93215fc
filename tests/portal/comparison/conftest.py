"""Baotou with the figures of five districts, so that one target is ranked; people of two districts and of the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.comparison.current import Current, current_of
from luming_portal.comparison.models import Comparison
from luming_portal.comparison.services import issue
from luming_portal.documents.selectors import current_version
from luming_portal.indicators.models import Fact, Indicator
from portal_records import kept, source

TARGET = "five_new_industries_output"
FIGURES = {
    "昆都仑区": (600, 550, 800),
    "青山区": (500, 420, 610),
    "东河区": (300, 310, 420),
    "固阳县": (40, 0, 0),
    "石拐区": (80, 70, 95),
}
"""January to September of 2025, the same of 2024, the whole of 2024."""
DAY = dt.date(2025, 10, 20)
ISSUED = dt.date(2025, 10, 22)  # a Wednesday: the third working day after it is Monday the 27th


@dataclass
class World:
    """The people, and what they do."""

    people: dict[str, User]
    item: Current

    def issued(self) -> Comparison:
        """The ranking, issued by the office."""
        return issue(self.item, by=self.people["office"], today=ISSUED)


@pytest.fixture
def world(baotou: None, make_user: Callable[..., User]) -> World:
    """One target on which five districts reported."""
    indicator, by = Indicator.objects.get(key=TARGET), source("district_reports")
    rows = []
    for name, figures in FIGURES.items():
        periods = ("2025-01/2025-09", "2024-01/2024-09", "2024")
        for period, value in zip(periods, figures, strict=True):
            rows.append(district_fact(indicator, by, name, period, value))
    kept(*rows)
    people = {
        "office": make_user(Role.OFFICE, "office", unit="领导小组办公室"),
        "qingshan": make_user(Role.DISTRICT, "qingshan", district="青山区"),
        "donghe": make_user(Role.DISTRICT, "donghe", district="东河区"),
        "guyang": make_user(Role.DISTRICT, "guyang", district="固阳县"),
        "elsewhere": make_user(Role.DISTRICT, "elsewhere", district="九原区"),
    }
    version = current_version()
    assert version is not None
    item = current_of(version, TARGET, DAY, demo=False)
    assert item is not None
    return World(people, item)


def district_fact(indicator: Any, by: Any, name: str, period: str, value: Any, **fields: Any) -> Fact:
    """A figure of a district, reported ten days after the period."""
    year = int(period[:4])
    end = dt.date(year, 9, 30) if "/" in period else dt.date(year, 12, 31)
    given = {
        "key": f"D-{name}-{period}",
        "subject": name,
        "indicator": indicator,
        "period": period,
        "period_start": dt.date(year, 1, 1),
        "period_end": end,
        "value": Decimal(value),
        "unit": "亿元",
        "status": "actual",
        "source": by,
        "recorded_on": end + dt.timedelta(days=10),
        "published": True,
        **fields,
    }
    return Fact(**given)
