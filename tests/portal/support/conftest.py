"""Four small items and the facts they ask, so that no change of the real ones is felt here."""

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
from luming_portal.standards import catalogue as standards
from luming_portal.support import catalogue
from portal.conftest import recorded

TODAY = dt.date(2026, 11, 27)
INPUTS = """
inputs:
  here: {label: 在本市注册, kind: flag}
  star_first: {label: 首次认定星级企业, kind: flag}
  star_valid: {label: 持有星级企业称号, kind: flag}
  illegal_list: {label: 列入失信名单, kind: flag}
  rd: {label: 研发费用, unit: 万元, note: 以年度纳税申报表为准, adjust: {direction: up, step: 1, cost: 1, quick: true}}
  size: {label: 规模, kind: choice, options: [小, 大]}
"""
LADDER = """
mark: ours
titles: {star_valid: [星级企业]}
rungs:
  - {key: startup, label: 初创}
"""
OFFICIAL = """
document: {title: 试验奖励办法, number: 试政〔2025〕1号, issuer: 试验市人民政府, issued: 2025-01-01, source: trial, official: true}
mark: verified
in_force: {from: 2025-01-01}
items:
  star_award:
    name: 首次认定星级企业奖励
    name_en: Award for a first star
    clause: 第三条
    kind: award
    lane: automatic
    lead: 市科技局
    pays: 市财政局
    condition:
      all:
        - {test: here, label: 在本市注册}
        - {test: star_first, label: 首次认定星级企业}
        - {not: illegal_list, label: 未列入失信名单}
    amount: {fixed: 30万元}
    group: star
    matter: certificate_no
    evidence: [星级企业证书]
    clawback: [虚报材料的全额退回]
    assumed: [lane]
  star_kept:
    name: 持有星级企业称号补助
    clause: 第四条
    kind: award
    lane: application
    lead: 市科技局
    condition: star_valid
    amount: {fixed: 20万元}
    cap: {at_most: true}
    group: star
    matter: certificate_no
  old_award:
    name: 旧奖励
    clause: 第九条
    kind: award
    lane: fast
    lead: 市工信局
    condition: here
    amount: {fixed: 5万元}
    repealed: {on: 2025-06-01, by: 试政〔2025〕3号, why: 与税收挂钩}
"""
ONCE = """
document: {title: 二选一办法, number: 试政〔2024〕9号, issuer: 试验市人民政府, issued: 2024-01-01, source: trial, official: true}
mark: verified
in_force: {from: 2024-01-01, to: 2024-12-31}
items:
  once_a: {name: 甲奖励, kind: award, lane: fast, condition: here, amount: {fixed: 3万元}, group: once, difference: "false", matter: certificate_no}
  once_b: {name: 乙奖励, kind: award, lane: fast, condition: here, amount: {fixed: 2万元}, group: once, difference: "false", matter: certificate_no}
"""
MIRROR = """
document: {title: 研发补助转载, number: 试科〔2024〕2号, issuer: 试验市科技局, source: trial, official: false}
mark: secondary
in_force: {from: 2024-01-01, to: 2027-12-31}
items:
  rd_share:
    name: 研发费用补助
    clause: 第二条
    kind: post_subsidy
    lane: fast
    lead: 市科技局
    condition:
      all:
        - {test: here, label: 在本市注册}
        - {test: "rd >= 100万元", label: 研发费用够100万元}
    amount: {share: {of: rd, rate: 10%, cap: 200万元}}
"""


@pytest.fixture(autouse=True)
def small_packs(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of packs with nothing but these items, and a day on which they hold."""
    home = tmp_path / "packs" / "trial"
    for name, text in {
        "standards/inputs/all.yaml": INPUTS,
        "standards/ladder.yaml": LADDER,
        "support/official.yaml": OFFICIAL,
        "support/mirror.yaml": MIRROR,
        "support/once.yaml": ONCE,
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    settings.PACKS = tmp_path / "packs"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    standards.forget()
    catalogue.forget()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given, **more: TODAY)
    yield
    standards.forget()
    catalogue.forget()


@dataclass
class World:
    """Firms and people."""

    firm: Enterprise
    other: Enterprise
    people: dict[str, User]


@pytest.fixture
def world(make_user: Callable[..., User]) -> World:
    """Two firms, the first with a certificate, and people."""
    with recorded() as changes:
        firm = changes.save(Enterprise(key="S1", name="甲公司", district="青山区"))
        other = changes.save(Enterprise(key="S2", name="乙公司", district="昆都仑区"))
        changes.save(
            Qualification(
                enterprise=firm,
                title="星级企业",
                number="XJ2026001",
                issued_on=dt.date(2026, 1, 1),
                valid_until=dt.date(2028, 12, 31),
            )
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
