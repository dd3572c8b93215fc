"""Two departments, the office, and four counted indicators with a month in which two of them are asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from luming.id_number import id_check_character
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.counting.models import CountedEntry
from luming_portal.counting.planning import plan_entries
from luming_portal.counting.services import add_entry
from luming_portal.documents.models import CityFile, Document
from luming_portal.indicators.models import Indicator
from luming_portal.registers.reading import Row, Table
from luming_portal.reporting.models import Report, ReportingMonth
from portal_records import kept

RULES = """
counting:
  - {indicator: talent, counts: person, identity: person, over: flow, source: s, clause: m10.s2, mark: ours}
  - {indicator: firms, counts: firm, identity: credit_code, over: stock, categories: [高新技术企业, 科技型中小企业],
     several: true, source: s, clause: m02.s3, mark: ours, question: 是否去重未说明。}
  - {indicator: teams, counts: team, identity: name_and_host, over: flow, source: s, clause: m10.s2, mark: ours}
  - {indicator: stay, counts: person, identity: person, over: ratio, categories: [毕业生, 留包], several: true,
     numerator: 留包, denominator: 毕业生, cutoff: 12-31, source: s, clause: m10.s3, mark: ours}
"""
CODES = ("91150200MA0DEM0002", "91150203MA0DEM001G")


def number(serial: int) -> str:
    """An identity number of an area that does not exist, with a check character that fits."""
    head = f"00000019900101{serial:03d}"
    return head + id_check_character(head)


@dataclass
class World:
    """The people, the month, and a way to enter."""

    people: dict[str, User]
    month: ReportingMonth

    def report(self, key: str) -> Report:
        """The report on an indicator, as it is stored now."""
        return Report.objects.select_related("indicator", "reporting_month", "fact").get(indicator__key=key)

    def enter(
        self, who: str, indicator: str = "talent", serial: int = 1, **cells: str
    ) -> CountedEntry | None:
        """Enter a person or thing by the planner and the service that the pages use; None where it stands already."""
        row = {
            "indicator": indicator,
            "name": f"张三{serial}",
            "id_number": number(serial) if indicator in ("talent", "stay") else "",
            "counted_on": "2025-03-01",
            "evidence_kind": "任职文件",
            "evidence_number": f"第{serial}号",
            **cells,
        }
        plan = plan_entries(Table(tuple(row), 0, (Row(1, row),)), self.people[who])
        assert not plan.problems, plan.problems
        if not plan.new:
            return None
        given = plan.new[0].item
        return add_entry(given.entry, given.paper, by=self.people[who])


@pytest.fixture
def world(make_user: Any) -> World:
    """市科技局 and 市人社局 count."""
    people = {
        "science": make_user(Role.DEPARTMENT, "science", unit="市科技局"),
        "staff": make_user(Role.DEPARTMENT, "staff", unit="市人社局"),
        "staff2": make_user(Role.DEPARTMENT, "staff2", unit="市人社局"),
        "office": make_user(Role.OFFICE, "office", unit="领导小组办公室"),
    }
    kept(CityFile(name="counting.yaml", text=RULES))
    document = kept(Document(key="baotou.2025-1", title="文件", place="包头市", year=2025))
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
    for key, label, kind, unit in (
        ("talent", "引进人才", "flow", "人"),
        ("firms", "科技企业总数", "stock", "家"),
        ("teams", "柔性团队", "flow", "个"),
        ("stay", "留包率", "ratio", "%"),
    ):
        item = kept(
            Indicator(
                key=key,
                label=label,
                definition="口径",
                unit=unit,
                kind=kind,
                frequency="quarter",
                steward="市人社局",
            )
        )
        if key in ("talent", "firms"):
            kept(
                Report(
                    reporting_month=month,
                    unit="市人社局",
                    lead="市人社局",
                    indicator=item,
                    subject="包头市",
                    period="2025-01/2025-09" if kind == "flow" else "2025-09",
                    of_measure=unit,
                )
            )
    return World(people, month)
