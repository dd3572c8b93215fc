"""A month of two units: one that leads itself, one that reports to the first; two officers a unit, one of the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.documents.models import Document
from luming_portal.indicators.models import Indicator
from luming_portal.reporting.models import Report, ReportingMonth
from portal_records import fact, kept, source

TODAY = dt.date(2025, 10, 3)


@dataclass
class World:
    """The people, the month, and its reports by key of the indicator."""

    month: ReportingMonth
    people: dict[str, User]

    def report(self, key: str) -> Report:
        """The report on an indicator, as it is stored now."""
        return Report.objects.select_related("indicator", "reporting_month", "fact").get(indicator__key=key)

    def fill(self, key: str, value: str, **fields: Any) -> None:
        """Put a figure in, past the pages."""
        item = self.report(key)
        item.value = Decimal(value)
        for name, given in fields.items():
            setattr(item, name, given)
        kept(item)


def published_before(item: Report, value: str, unit: str) -> None:
    """What was published of a report's figure for the month before."""
    start, _, end = item.period.replace("-09", "-08").rpartition("/")
    fact(
        item.indicator,
        source(),
        period=f"{start}/{end}" if start else end,
        value=Decimal(value),
        unit=unit,
        period_start="2025-01-01" if start else "2025-08-01",
        period_end="2025-08-31",
    )


@pytest.fixture
def world(make_user: Any) -> World:
    """市科技局 leads, 市工信局 reports to it."""
    people = {
        "science": make_user(Role.DEPARTMENT, "science", unit="市科技局"),
        "science2": make_user(Role.DEPARTMENT, "science2", unit="市科技局"),
        "industry": make_user(Role.DEPARTMENT, "industry", unit="市工信局"),
        "industry2": make_user(Role.DEPARTMENT, "industry2", unit="市工信局"),
        "other": make_user(Role.DEPARTMENT, "other", unit="市商务局"),
        "office": make_user(Role.OFFICE, "office", unit="领导小组办公室"),
    }
    document = kept(
        Document(
            key="baotou.2025-1",
            number="包党发〔2025〕1号",
            title="文件",
            place="包头市",
            year=2025,
            date="2025-01-02",
        )
    )
    month = kept(
        ReportingMonth(
            document=document,
            year=2025,
            month=9,
            due_on=dt.date(2025, 10, 5),
            verify_by=dt.date(2025, 10, 8),
            publish_by=dt.date(2025, 10, 10),
        )
    )
    for at, (key, unit, kind) in enumerate(
        (("output", "市工信局", "flow"), ("firms", "市科技局", "stock"), ("teams", "市科技局", "stock"))
    ):
        measure = "亿元" if kind == "flow" else "家"
        item = kept(
            Indicator(
                key=key,
                label={"output": "产值", "firms": "企业数", "teams": "团队数"}[key],
                definition="口径",
                unit=measure,
                kind=kind,
                frequency="month",
                steward=unit,
            )
        )
        kept(
            Report(
                reporting_month=month,
                position=at,
                unit=unit,
                lead="市科技局",
                indicator=item,
                subject="包头市",
                period="2025-01/2025-09" if kind == "flow" else "2025-09",
                of_measure=measure,
            )
        )
    return World(month, people)
