"""Papers beside their case, in real processes of the packs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from luming.cases import parse_process
from luming.paperwork import KINDS, example_values, kind_named
from luming_portal.accounts.roles import Role
from luming_portal.cases.shelf import shelf
from luming_portal.enterprises.models import Enterprise
from luming_portal.papers.decided import decided
from luming_portal.papers.services import issue_paper
from luming_portal.papers.values_of_case import values_of_case
from portal.conftest import recorded
from portal.small_cases import small_case, small_event


def test_every_paper_that_a_process_names_is_there() -> None:
    named = set()
    for process in shelf().processes.values():
        for step in process.transitions.values():
            named |= {name.partition(":")[2] for name in step.effects if name.startswith("paper:")}
        for clock in process.clocks.values():
            named |= {one.paper for one in clock.escalate if one.paper}
    assert len(named) >= 8
    for name in named:
        kind_named(name)


@pytest.mark.django_db
def test_the_number_of_a_case_finds_its_papers(
    make_user: Callable[..., Any], client_of: Callable[..., Client]
) -> None:
    with recorded() as changes:
        firm = changes.save(Enterprise(key="E-1", name="示范企业甲", district="青山区"))
    case = small_case(enterprise=firm)
    papers = [
        issue_paper(case, KINDS[key], example_values(KINDS[key]), by=None)
        for key in ("decision", "supervision")
    ]
    answer = client_of(make_user(Role.AUDITOR)).get(f"/office-papers/?q={case.number}")
    assert all(paper.number in answer.content.decode() for paper in papers)


@pytest.mark.django_db
def test_targets_of_a_project_stand_in_its_task_book() -> None:
    targets = [{"name": "发明专利", "target": "3件", "test": "受理通知书"}]
    case = small_case(data={"targets": targets, "signed_on": "2026-03-01"})
    event = small_event(case, 2, "签订任务书", content={"data": {"payment": "10", "award": "30"}})
    values = values_of_case(case, KINDS["task_book"], event, event.at.date(), "市科技局")
    assert values["考核指标"] == ({"序号": "1", "内容": "发明专利:3件", "考核方式": "受理通知书"},)
    assert values["金额"] == "30万元"
    receipt = values_of_case(case, KINDS["payment_receipt"], event, event.at.date(), "市科技局")
    assert receipt["金额"] == "10万元"


PUBLISHED = """
process: published
version: "2026"
name: 立项
measure: 4
mark: ours
subject: enterprise
roles:
  firm: {label: 企业, plays: enterprise}
  window: {label: 窗口, plays: office}
forms: {}
states:
  draft: {label: 草稿, start: true}
  meeting: {label: 会议}
  publicity: {label: 公示}
  done: {label: 已立项, end: true, outcome: approved}
  refused: {label: 未立项, end: true, outcome: refused}
transitions:
  file: {label: 提交, from: draft, to: meeting, role: firm}
  award: {label: 同意立项, from: meeting, to: publicity, role: window}
  refuse: {label: 不予立项, from: [meeting, publicity], to: refused, role: window, reason: required}
  over: {label: 公示期满无异议, from: publicity, to: done, automatic: true, when: publicity_over}
publicity: {in: publicity, limit: 5 workdays, list: public, objection: inline}
"""


@pytest.mark.django_db
def test_a_decision_is_what_was_decided_and_not_that_its_publicity_is_over() -> None:
    process, case = parse_process(PUBLISHED, "published.yaml"), small_case()
    small_event(case, 2, "同意立项", content={"transition": "award"})
    over = small_event(case, 3, "公示期满无异议", content={"transition": "over"})
    assert decided(case, process, over) == ("同意立项", "")
    refused = small_event(case, 4, "不予立项", "异议成立", content={"transition": "refuse"})
    assert decided(case, process, refused) == ("不予立项", "异议成立")
    assert decided(case, process, None) == ("", "")
