"""A small procedure with everything in it, two firms, four departments, an office, and a way to walk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.cases import effects
from luming_portal.cases.models import Case
from luming_portal.cases.services import move, open_case, opine
from luming_portal.enterprises.models import Enterprise
from portal.conftest import recorded

INPUTS = """
inputs:
  employees: {label: 职工总数, unit: 人}
  revenue: {label: 营业收入, unit: 万元}
  illegal_list: {label: 列入失信名单, kind: flag}
"""
STANDARD = """
standard: star
version: "2024"
name: 星级企业
document: {title: 星级企业评价办法, number: 试〔2024〕1号, issuer: 试验办, issued: 2024-01-01, source: trial}
in_force: {from: 2024-01-01}
mark: ours
kind: recognition
rule:
  all: [{test: "employees >= 1人", label: 人数, clause: 第二条}, {test: "revenue >= 1万元", label: 收入, clause: 第三条}, {not: illegal_list}]
"""
GRANT = """
process: grant
version: "2026"
name: 试验补助
name_en: Trial grant
measure: 1
mark: ours
subject: enterprise
unit_field: unit
roles:
  firm: {label: 企业, plays: enterprise}
  window: {label: 综合窗口, plays: office}
  unit: {label: 承办单位, plays: department, unit_field: unit}
  asked: {label: 会签单位, plays: department}
  meeting: {label: 局务会, plays: department, unit: 市财政局}
forms:
  application:
    label: 申请
    schema:
      type: object
      required: [title, employees, revenue, amount, code, honesty]
      properties:
        title: {type: string, title: 项目名称, minLength: 2, maxLength: 40}
        employees: {type: integer, title: 职工总数, x-unit: 人, x-fact: employees, minimum: 0, x-width: half}
        revenue: {type: string, format: decimal, title: 营业收入, x-unit: 亿元, x-fact: revenue, x-width: half}
        amount: {type: string, format: decimal, title: 申请金额, x-unit: 万元, x-min: "0.01", x-max: "500", x-width: half}
        code: {type: string, format: credit_code, title: 合作单位信用代码, x-width: half}
        level: {type: string, enum: [一般, 重点], title: 类别, x-width: half}
        starts: {type: string, format: date, title: 开始日期, x-width: half}
        phone: {type: string, format: phone, title: 联系电话, x-width: half}
        partners: {type: array, title: 合作单位, items: {type: string, maxLength: 20}, maxItems: 3}
        goals: {type: array, title: 指标, maxItems: 3, items: {type: object, required: [name, target], properties: {name: {type: string, title: 名称}, target: {type: string, title: 目标}}}}
        plan: {type: string, format: file, title: 方案, x-accept: [pdf, docx]}
        honesty: {type: boolean, const: true, title: 承诺属实}
  intake:
    label: 受理
    schema: {type: object, required: [unit, units], properties: {unit: {type: string, format: department, title: 承办单位}, units: {type: array, title: 会签单位, minItems: 1, items: {type: string, format: department}}}}
  opinion:
    label: 会签意见
    schema: {type: object, required: [opinion], properties: {opinion: {type: string, title: 意见, minLength: 2, maxLength: 500}}}
  award:
    label: 审定
    schema: {type: object, required: [award], properties: {award: {type: string, format: decimal, title: 核定金额, x-unit: 万元, x-min: "0.01"}}}
  objection_form:
    label: 申诉书
    schema: {type: object, required: [facts], properties: {facts: {type: string, title: 申诉事实, minLength: 2, maxLength: 500}}}
states:
  draft: {label: 草稿, start: true}
  filed: {label: 已登记, public: 受理中}
  supplement: {label: 待补正, public: 请补正}
  joint: {label: 会签, public: 审核中}
  meeting: {label: 会议审定, public: 审定中}
  publicity: {label: 公示, public: 公示中}
  checking: {label: 异议核查, public: 公示中}
  running: {label: 实施, public: 实施中}
  done: {label: 已办结, end: true, outcome: approved}
  refused: {label: 不予支持, end: true, outcome: refused}
  withdrawn: {label: 已撤回, end: true, outcome: withdrawn}
transitions:
  submit: {label: 提交, from: draft, to: filed, role: firm, form: application}
  accept: {label: 受理, from: filed, to: joint, role: window, form: intake}
  return: {label: 退回补正, from: filed, to: supplement, role: window, reason: required, once: true}
  resubmit: {label: 补正后提交, from: supplement, to: filed, role: firm, form: application}
  joined: {label: 汇总上会, from: joint, to: meeting, role: unit, when: opinions_in}
  approve: {label: 同意支持, from: meeting, to: publicity, role: meeting, form: award, final: true, effects: ["trial.reserve"]}
  refuse: {label: 不予支持, from: meeting, to: refused, role: meeting, reason: required, final: true}
  over: {label: 公示期满, from: publicity, to: running, automatic: true, when: [publicity_over, no_open_objection]}
  dismiss: {label: 异议不成立, from: checking, to: publicity, role: unit, reason: required, settles: dismissed}
  uphold: {label: 异议成立, from: checking, to: refused, role: unit, reason: required, settles: upheld}
  report: {label: 报送进展, from: running, to: running, role: firm, reason: required}
  finish: {label: 验收, from: running, to: done, role: unit}
clocks:
  accept: {label: 受理时限, runs_in: [filed], paused_in: [supplement], limit: 5 workdays, owner: window, remind: [1 workday before], escalate: [{after: 1 workday, to: 分管副职}, {after: 5 workdays, to: 领导小组办公室, paper: 督办函}]}
  meeting: {label: 审定时限, runs_in: [meeting], limit: 10 workdays, owner: meeting}
opinions:
  joint: {label: 会签, in: joint, from: {field: units}, role: asked, join: all, form: opinion, limit: 5 workdays, can_commit: [项目备案], no_commitment: {环境影响评价: 法律规定}}
publicity: {in: publicity, limit: 5 workdays, list: public}
objection: {in: [publicity], opens: checking, written: true, real_name: true}
appeal: {from: [refused], within: 60 days, role: firm, reopens: meeting, form: objection_form}
withdraw: {from: [draft, filed, supplement, joint], role: firm, to: withdrawn}
"""
CODE = "91150291MA0N1C0R2D"
ASKED = ("市财政局", "市发改委")
NOON = dt.datetime(2026, 6, 1, 4, tzinfo=dt.UTC)
"""A Monday, noon in Beijing."""


def lay(folder: Path, process: str = GRANT) -> Path:
    """Packs with a procedure and a standard; the folder of packs."""
    for name, text in {
        "place/processes/grant.yaml": process,
        "national/standards/inputs/all.yaml": INPUTS,
        "national/standards/star/2024.yaml": STANDARD,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packs with the small procedure alone, read once."""
    return lay(tmp_path_factory.mktemp("packs"))


@pytest.fixture(autouse=True)
def small_processes(small_packs: Path, settings: Any) -> None:
    """The portal serves the small procedure alone."""
    settings.PACKS = small_packs


@pytest.fixture
def reserved() -> Iterator[list[tuple[str, str]]]:
    """What the effect of the small procedure was called with: number and award."""
    called: list[tuple[str, str]] = []

    def reserve(case: Case, event: Any, by: Any) -> None:
        called.append((case.number, case.data["award"]))

    before = dict(effects._EFFECTS)
    effects._EFFECTS["trial.reserve"] = reserve
    yield called
    effects._EFFECTS.clear()
    effects._EFFECTS.update(before)


def application(**more: Any) -> dict[str, Any]:
    """A form as it should be."""
    return {
        "title": "稀土电机",
        "employees": 120,
        "revenue": "1.3",
        "amount": "100",
        "code": CODE,
        "honesty": True,
        **more,
    }


@dataclass
class Town:
    """Firms, people, and steps on the way."""

    firms: dict[str, Enterprise]
    people: dict[str, User]
    at: dt.datetime = NOON
    process: Any = "grant"

    def draft(self, firm: str = "own", **more: Any) -> Case:
        """A case that is not sent yet."""
        return open_case(self.process, by=self.people[f"firm-{firm}"], now=self.at, **more)

    def filed(self, firm: str = "own", **more: Any) -> Case:
        """A case that waits at the window."""
        return move(
            self.draft(firm), "submit", by=self.people[f"firm-{firm}"], data=application(**more), now=self.at
        )

    def joint(self, firm: str = "own", units: tuple[str, ...] = ASKED) -> Case:
        """A case whose opinions are asked."""
        data = {"unit": "市科技局", "units": list(units)}
        return move(self.filed(firm), "accept", by=self.people["office"], data=data, now=self.at)

    def meeting(self, units: tuple[str, ...] = ASKED) -> Case:
        """A case before the meeting."""
        case = self.joint(units=units)
        for unit in units:
            said = {"opinion": "可行"}
            case = opine(case, "joint", by=self.people[unit], verdict="agree", data=said, now=self.at)
        return move(case, "joined", by=self.people["市科技局"], now=self.at)

    def publicity(self, units: tuple[str, ...] = ASKED) -> Case:
        """A case under publicity."""
        case = self.meeting(units)
        return move(case, "approve", by=self.people["市财政局"], data={"award": "80"}, now=self.at)

    def refused(self, units: tuple[str, ...] = ASKED) -> Case:
        """A case that was refused."""
        case = self.meeting(units)
        return move(case, "refuse", by=self.people["市财政局"], reason="不在支持范围", now=self.at)


@pytest.fixture
def town(make_user: Callable[..., User], reserved: list[tuple[str, str]]) -> Town:
    """Everybody."""
    with recorded() as changes:
        firms = {
            name: changes.save(
                Enterprise(
                    key=f"C-{name}",
                    name=f"包头{name}公司",
                    district=district,
                    contact="王工",
                    phone="0472-1234567",
                    published=True,
                )
            )
            for name, district in (("own", "青山区"), ("other", "昆都仑区"))
        }
    people = {
        f"firm-{name}": make_user(Role.ENTERPRISE, f"firm-{name}", enterprise=firm)
        for name, firm in firms.items()
    }
    people |= {
        unit: make_user(Role.DEPARTMENT, f"at-{number}", unit=unit)
        for number, unit in enumerate(("市科技局", "市财政局", "市发改委", "市生态环境局"))
    }
    people["colleague"] = make_user(Role.DEPARTMENT, "colleague", unit="市财政局")
    people["office"] = make_user(Role.OFFICE, "office", unit="领导小组办公室")
    people["district"] = make_user(Role.DISTRICT, "district", district="青山区")
    people["auditor"] = make_user(Role.AUDITOR, "auditor")
    people["expert"] = make_user(Role.EXPERT, "expert")
    people["visitor"] = make_user(Role.VISITOR, "visitor")
    return Town(firms, people)
