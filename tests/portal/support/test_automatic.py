"""The lane without application: who qualifies by what is known, comparison, duplicates, confirmation into cases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luming_portal.accounts.rights import Refused
from luming_portal.cases.models import Case
from luming_portal.operations.jobs import JobFailed, Progress, cancel_job, run_job
from luming_portal.standards.services import Statement, state_facts
from luming_portal.support.automatic_job import list_firms, open_cases
from luming_portal.support.automatic_services import (
    ask_for_list,
    confirm_list,
    job_of,
    open_rest,
    stop_list,
    take_off,
)
from luming_portal.support.models import AutomaticFirm, AutomaticRun
from portal.support.conftest import TODAY, World
from portal.support.test_firm import lanes  # noqa: F401 - the processes of the lanes

pytestmark = pytest.mark.django_db
GOOD = {"here": "是", "star_first": "是", "illegal_list": "否"}


@pytest.fixture
def told(world: World) -> World:
    """Two firms that qualify, one by what the office knows, one by what it says of itself."""
    state_facts([Statement(world.firm, 2025, GOOD)], by=world.people["office"], today=dt.date(2026, 5, 1))
    state_facts([Statement(world.other, 2025, GOOD)], by=world.people["other"], today=dt.date(2026, 5, 1))
    return world


def finished(world: World) -> AutomaticRun:
    """A list that stands."""
    run = ask_for_list("star_award", TODAY, by=world.people["department"], today=TODAY)
    run_job.call(str(run.job))
    run.refresh_from_db()
    return run


def carried_out(run: AutomaticRun, world: World) -> None:
    """The job that opens the cases, as its worker carries it out."""
    run.refresh_from_db()
    job = job_of(run)
    assert job is not None
    if job.is_open:
        run_job.call(str(run.job))
    else:
        open_cases.run(Progress(job), **job.arguments)


def test_the_list_says_who_qualifies_and_what_the_comparison_found(told: World) -> None:
    run = finished(told)
    rows = {row.name: row for row in AutomaticFirm.objects.filter(run=run)}
    assert run.summary == {"firms": 2, "yes": 2, "no": 0, "unknown": 0, "duplicates": 0, "high": 60_000_000}
    assert (rows["甲公司"].low, rows["甲公司"].high) == (30_000_000, 30_000_000)
    checks = {name: passed for name, passed, _words in rows["乙公司"].checks}
    assert checks["资格"] is None  # it says so itself
    assert checks["信用"] is True
    assert {name: passed for name, passed, _ in rows["甲公司"].checks}["资格"] is True
    assert rows["甲公司"].facts["here"]["origin"] == "office"


def test_unknown_is_counted_and_not_listed(world: World) -> None:
    state_facts(
        [Statement(world.firm, 2025, {"here": "是"})], by=world.people["office"], today=dt.date(2026, 5, 1)
    )
    run = finished(world)
    assert (run.summary["yes"], run.summary["unknown"]) == (0, 2)
    with pytest.raises(Refused, match="没有可以建立办件"):
        confirm_list(run, by=world.people["department"], line="科技专项", basis="名单")


def test_confirmed_firms_get_a_case_each_once(told: World, client_of: Any) -> None:
    run = finished(told)
    confirm_list(run, by=told.people["department"], line="科技专项", basis="试〔2026〕8号")
    carried_out(run, told)
    carried_out(run, told)  # a worker that begins anew
    cases = Case.objects.order_by("pk")
    assert [case.enterprise.name for case in cases if case.enterprise] == ["乙公司", "甲公司"]
    assert {case.process for case in cases} == {"support_automatic"}
    assert all(case.data["line"] == "科技专项" and case.number for case in cases)
    page = client_of(told.people["department"]).get(f"/support/automatic/{run.pk}/").content.decode()
    assert cases[0].number in page


def test_a_matter_met_before_is_a_duplicate(told: World) -> None:
    first = finished(told)
    confirm_list(first, by=told.people["department"], line="科技专项", basis="x")
    carried_out(first, told)
    second = finished(told)
    assert second.summary["duplicates"] == 2
    assert all("办件" in row.duplicate for row in AutomaticFirm.objects.filter(run=second))
    with pytest.raises(Refused):
        confirm_list(second, by=told.people["department"], line="科技专项", basis="x")


def test_a_firm_is_taken_off_with_a_reason(told: World) -> None:
    run = finished(told)
    for reason, firm in (("", told.firm.pk), ("查无此企业", 999)):
        with pytest.raises(Refused):
            take_off(run, firm, by=told.people["department"], reason=reason)
    take_off(run, told.firm.pk, by=told.people["department"], reason="证书已撤销")
    confirm_list(run, by=told.people["department"], line="科技专项", basis="x")
    carried_out(run, told)
    assert [case.enterprise for case in Case.objects.all()] == [told.other]
    with pytest.raises(Refused):
        take_off(run, told.other.pk, by=told.people["department"], reason="太晚")


def test_a_list_can_be_stopped_before_and_while_it_is_made(told: World) -> None:
    run = ask_for_list("star_award", TODAY, by=told.people["department"], today=TODAY)
    assert stop_list(run, by=told.people["department"])
    run.refresh_from_db()
    assert run.state == "stopped"
    with pytest.raises(JobFailed):
        list_firms.run(Progress(job_of(run)), run=run.pk)  # type: ignore[arg-type]


def test_opening_goes_on_after_a_stop(told: World) -> None:
    run = finished(told)
    confirm_list(run, by=told.people["department"], line="科技专项", basis="x")
    run.refresh_from_db()
    job = job_of(run)
    assert job is not None
    assert cancel_job(job, told.people["department"])
    open_rest(run, by=told.people["department"], line="科技专项", basis="x")
    carried_out(run, told)
    assert Case.objects.count() == 2
    with pytest.raises(Refused, match="没有要继续"):
        open_rest(run, by=told.people["department"], line="科技专项", basis="x")


def test_only_a_department_confirms_and_only_items_of_the_lane_are_listed(told: World) -> None:
    run = finished(told)
    with pytest.raises(Refused, match="主管部门"):
        confirm_list(run, by=told.people["office"], line="科技专项", basis="x")
    with pytest.raises(Refused, match="写明预算项目"):
        confirm_list(run, by=told.people["department"], line="", basis="x")
    for key in ("rd_share", "nothing"):
        with pytest.raises(Refused):
            ask_for_list(key, TODAY, by=told.people["department"])
    with pytest.raises(Refused):
        ask_for_list("star_award", TODAY, by=told.people["firm"])


def test_the_pages(told: World, client_of: Any) -> None:
    officer = client_of(told.people["department"])
    assert "还没有列过名单" in officer.get("/support/automatic/").content.decode()
    assert officer.post("/support/automatic/new/", {"item": "", "as_of": ""}).status_code == 400
    made = officer.post("/support/automatic/new/", {"item": "star_award", "as_of": "2026-11-27"})
    run = AutomaticRun.objects.get()
    assert made.headers["Location"] == f"/support/automatic/{run.pk}/"
    waiting = officer.get(made.headers["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "等待后台进程" in waiting
    run = finished(told)
    page = officer.get(f"/support/automatic/{run.pk}/").content.decode()
    for words in ("甲公司", "乙公司", "30 万元", "确认并建立办件", "要核对原件"):
        assert words in page
    assert (
        officer.get(f"/support/automatic/{run.pk}/export/?format=csv")
        .content.decode("utf-8-sig")
        .count("公司")
        == 2
    )
    assert officer.get(f"/support/automatic/{run.pk}/?format=json").json()["summary"]["yes"] == 2
    assert client_of(told.people["firm"]).get("/support/automatic/").status_code == 403
