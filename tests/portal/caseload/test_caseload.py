"""Figures over cases that were worked through for real; papers and notices that their steps bring forth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from luming.cases import parse_process
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case
from luming_portal.cases.services import move, open_case
from luming_portal.enterprises.models import Enterprise
from luming_portal.notices.models import Notice
from luming_portal.papers.models import CasePaper
from portal.conftest import recorded
from portal.small_cases import TEXT

MakeUser, ClientOf = Callable[..., Any], Callable[..., Client]
PROCESS = parse_process(
    TEXT.replace(
        "role: window, reason: required}", 'role: window, reason: required, effects: ["paper:decision"]}'
    )
    + "\nclocks:\n  accept: {label: 办理时限, runs_in: [filed], limit: 2 workdays, owner: window}\n",
    "small.yaml",
)
FIRST = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)


@pytest.fixture
def people(make_user: MakeUser) -> dict[str, Any]:
    with recorded() as changes:
        firm = changes.save(Enterprise(key="E-1", name="示范企业甲", district="青山区"))
    return {
        "firm": make_user(Role.ENTERPRISE, "firm", enterprise=firm),
        "office": make_user(Role.OFFICE, "office"),
        "auditor": make_user(Role.AUDITOR, "auditor"),
        "stranger": make_user(Role.DEPARTMENT, "stranger", unit="市工信局"),
    }


def _work_through(people: dict[str, Any], days: int, step: str = "approve") -> Case:
    case = open_case(PROCESS, by=people["firm"], title="平台", now=FIRST, demo=False)
    case = move(case, "file", by=people["firm"], data={"title": "研发平台", "award": "30"}, now=FIRST)
    if step:
        reason = "研发费用不足" if step == "refuse" else ""
        case = move(case, step, by=people["office"], reason=reason, now=FIRST + dt.timedelta(days=days))
    return case


def test_figures_are_suppressed_below_five_and_told_from_five_on(
    people: dict[str, Any], client_of: ClientOf
) -> None:
    for days in (1, 1, 2, 4):
        _work_through(people, days)
    open_case(PROCESS, by=people["firm"], title="草稿", now=FIRST, demo=False)
    client = client_of(people["office"])
    page = client.get("/caseload/small/").content.decode()
    assert "少于5件" in page
    assert "中位" not in page
    assert "<svg" not in page.split("<main", 1)[1].replace('<svg class="icon"', "")
    _work_through(people, 3)
    _work_through(people, 0, step="")
    rows = client.get("/caseload/small/?format=json").json()["figures"]
    told = {(one["part"], one["label"]): one["said"] for one in rows}
    assert told[("办件量", "已提交")] == "6"
    assert told[("办件量", "办结:同意")] == "5"
    assert told[("各环节用时(工作日)", "已提交")] == "中位2,平均2.2,最长4"
    assert told[("退回", "退回率")] == "0.0%(0/6)"
    assert "现在超期的在办件" in {label for _part, label in told}
    page = client.get("/caseload/small/?year=2026").content.decode()
    assert "<svg" in page.split("<main", 1)[1].replace('<svg class="icon"', "")
    assert client.get("/caseload/small/?format=xlsx").content.startswith(b"PK")
    assert "中位2" in client.get("/caseload/small/?format=csv").content.decode("utf-8-sig")


def test_figures_are_over_the_cases_that_one_sees(people: dict[str, Any], client_of: ClientOf) -> None:
    _work_through(people, 1)
    assert client_of(people["office"]).get("/caseload/?format=json").json()["processes"][0]["filed"] == 1
    assert client_of(people["auditor"]).get("/caseload/?format=json").json()["processes"][0]["filed"] == 1
    assert client_of(people["stranger"]).get("/caseload/?format=json").json()["processes"] == []
    assert client_of(people["firm"]).get("/caseload/").status_code == 403
    assert client_of(people["office"]).get("/caseload/nothing/").status_code == 404
    assert client_of(people["office"]).get("/caseload/?format=xlsx").content.startswith(b"PK")


def test_a_step_brings_forth_paper_and_notices(people: dict[str, Any], client_of: ClientOf) -> None:
    case = _work_through(people, 1, step="refuse")
    paper = CasePaper.objects.get(case=case)
    assert paper.values["决定理由"] == "研发费用不足"
    assert paper.values["填报内容"][0] == {"名称": "平台名称", "内容": "研发平台"}
    assert Notice.objects.filter(recipient=people["office"], kind="turn").count() == 1
    progress = Notice.objects.filter(recipient=people["firm"], kind="progress")
    assert progress.count() == 1
    assert "不予认定" in progress.get().body
    assert Notice.objects.get(recipient=people["firm"], kind="paper").href == f"/office-papers/{paper.pk}/"
    client = client_of(people["firm"])
    assert client.get(f"/office-papers/{paper.pk}/").status_code == 200
