"""Two small standards and a ladder of three rungs of their own, so that no change of the real ones is felt here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.standards import catalogue
from portal.conftest import recorded

DAY = dt.date(2026, 6, 30)
INPUTS = """
inputs:
  founded: {label: 成立日期, kind: date}
  employees: {label: 职工总数, unit: 人, adjust: {direction: both, step: 1, cost: 1, quick: true}}
  tech_staff: {label: 科技人员数, unit: 人, part_of: employees, adjust: {direction: up, step: 1, cost: 1, quick: true}}
  revenue: {label: 销售收入, unit: 万元}
  revenue_y2: {label: 上上年销售收入, unit: 万元}
  rd: {label: 研发费用, unit: 万元, adjust: {direction: up, step: 1, cost: 1, quick: true}}
  expert: {label: 专家评分, unit: 分}
  star_valid: {label: 持有星级企业称号, kind: flag}
  illegal_list: {label: 列入失信名单, kind: flag}
"""
STAR = """
standard: star
version: "2024"
name: 星级企业
name_en: Star firm
document: {title: 星级企业评价办法, number: 试〔2024〕1号, issuer: 试验办, issued: 2024-01-01, source: trial}
in_force: {from: 2024-01-01}
mark: ours
kind: recognition
rule:
  all:
    - {test: "rd / revenue >= 5%", label: 研发投入强度, clause: 第二条}
    - {test: "tech_staff / employees >= 10%", label: 科技人员占比, clause: 第三条}
    - not: illegal_list
"""
POINTS = """
standard: points
version: "2025"
name: 试验积分
document: {title: 试验积分办法, number: 试〔2025〕2号, issuer: 试验办, issued: 2025-01-01, source: trial}
in_force: {from: 2025-01-01}
mark: ours
kind: score
scores:
  total:
    label: 总分
    max: 100
    parts:
      staff: {label: 人员, max: 60, cases: [{when: "tech_staff >= 10人", points: 60}, {points: 20}]}
      judged_part: {label: 专家, max: 40, judged: expert}
"""
PEERS = """
standard: peers
version: "2025"
name: 同组位次
document: {title: 同组位次办法, number: 试〔2025〕3号, issuer: 试验办, issued: 2025-01-01, source: trial}
in_force: {from: 2025-01-01}
mark: ours
kind: score
choices:
  size: {label: 规模, options: [{is: 小, when: "employees < 1000人"}, {is: 大}]}
scores:
  rank:
    label: 位次分
    max: 100
    parts:
      rd_place: {label: 研发费用, max: 100, percentile: {of: rd, peers: [size], points: 100}}
"""
LADDER = """
mark: ours
titles: {star_valid: [星级企业]}
rungs:
  - {key: startup, label: 初创}
  - {key: star, label: 星级, titles: [星级企业], standards: [star], counted: 星级企业}
  - {key: listed, label: 上市, titles: [上市公司], lasting: true}
"""
GOOD = {"employees": "100", "tech_staff": "20", "revenue": "1000", "rd": "80", "illegal_list": "否"}


@pytest.fixture(autouse=True)
def small_packs(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A folder of packs with nothing but these standards."""
    home = tmp_path / "packs" / "trial" / "standards"
    for name, text in {
        "inputs/all.yaml": INPUTS,
        "star/2024.yaml": STAR,
        "points/2025.yaml": POINTS,
        "peers/2025.yaml": PEERS,
        "ladder.yaml": LADDER,
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    settings.PACKS = tmp_path / "packs"
    catalogue.forget()
    yield
    catalogue.forget()


@dataclass
class World:
    """Firms and people."""

    firm: Enterprise
    other: Enterprise
    people: dict[str, User]

    def title(self, firm: Enterprise | None = None, title: str = "星级企业", **fields: Any) -> Qualification:
        """Enter a title in the register."""
        with recorded() as changes:
            made: Qualification = changes.save(
                Qualification(enterprise=firm or self.firm, title=title, **fields)
            )
        return made


@pytest.fixture
def world(make_user: Callable[..., User]) -> World:
    """Two firms of two districts, and people."""
    with recorded() as changes:
        firm = changes.save(Enterprise(key="S1", name="甲公司", district="青山区"))
        other = changes.save(
            Enterprise(key="S2", name="乙公司", district="昆都仑区", credit_code="91150200MA0DEM0002")
        )
    people = {
        "office": make_user(Role.OFFICE, "office", unit="领导小组办公室"),
        "department": make_user(Role.DEPARTMENT, "department", unit="市科技局"),
        "district": make_user(Role.DISTRICT, "district", district="青山区"),
        "firm": make_user(Role.ENTERPRISE, "firm", enterprise=firm),
        "other": make_user(Role.ENTERPRISE, "other", enterprise=other),
        "auditor": make_user(Role.AUDITOR, "auditor"),
    }
    return World(firm, other, people)
