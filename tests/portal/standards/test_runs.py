"""Runs over many firms: frozen with rules and facts, lists, stopping, repeating, comparing, publicity."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

import openpyxl
import pytest

from luming_portal.accounts.rights import Refused
from luming_portal.enterprises.models import Enterprise
from luming_portal.operations.jobs import run_job
from luming_portal.operations.models import Job, State
from luming_portal.standards import catalogue
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.models import AssessmentResult, AssessmentRun, PublicityList
from luming_portal.standards.run_job import canonical
from luming_portal.standards.run_lists import LISTS, changes_between, lines, results_of
from luming_portal.standards.run_services import (
    ask_for_run,
    draft_list,
    freeze_list,
    repeat,
    stop,
    take_off,
)
from luming_portal.standards.services import Statement, declare_complete, state_facts
from portal.conftest import recorded
from portal.standards.conftest import DAY, GOOD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world: World) -> World:
    """甲 qualifies, 乙 misses by less than a tenth, 丙 is far off, 丁 is not known."""
    with recorded() as changes:
        far = changes.save(Enterprise(key="S3", name="丙公司", district="青山区"))
        changes.save(Enterprise(key="S4", name="丁公司", district="青山区"))
        changes.save(Enterprise(key="S5", name="虚构公司", district="青山区", demo=True))
    for firm, rd in ((world.firm, "80"), (world.other, "46"), (far, "10")):
        statement = Statement(firm, 2025, {**GOOD, "rd": rd}, "年报")
        state_facts([statement], by=world.people["office"], today=dt.date(2026, 5, 1))
    return world


def run_of(world: World, *, who: str = "office", carry_out: bool = True, **more: Any) -> AssessmentRun:
    rules = [shelf().named("star@2024"), shelf().named("points@2025")]
    run = ask_for_run(
        "年中", DAY, [rule for rule in rules if rule], by=world.people[who], today=dt.date(2026, 6, 1), **more
    )
    if carry_out:
        run_job.call(str(run.job))
        run.refresh_from_db()
    return run


def names(world: World, run: AssessmentRun, name: str, who: str = "office") -> list[str]:
    return [line.result.name for line in lines(results_of(world.people[who], run), "star", name)]


def test_a_run_freezes_rules_facts_and_verdicts(told: World) -> None:
    run = run_of(told)
    assert run.state == "done"
    assert run.firms == 4
    assert run.summary["star"] == {"pass": 1, "fail": 2, "unknown": 1}
    star = next(one for one in run.standards if one["key"] == "star")
    assert star["sha256"] == shelf().named("star@2024").sha256  # type: ignore[union-attr]
    assert run.rules_digest == shelf().digest
    result = AssessmentResult.objects.get(run=run, name="甲公司")
    assert result.facts["rd"]["source"] == "年报"
    assert Job.objects.get(pk=run.job).state == State.DONE


def test_the_digest_is_over_every_result_as_stored(told: World) -> None:
    run = run_of(told)
    digest = hashlib.sha256()
    for result in AssessmentResult.objects.filter(run=run).order_by("enterprise_id"):
        digest.update(canonical(result))
    assert digest.hexdigest() == run.results_digest


def test_later_facts_do_not_touch_a_run(told: World) -> None:
    run = run_of(told)
    state_facts([Statement(told.firm, 2025, {"rd": "1"})], by=told.people["office"])
    assert names(told, run, "candidates") == ["甲公司"]
    assert AssessmentResult.objects.get(run=run, name="甲公司").facts["rd"]["value"] == "80"


def test_the_lists(told: World) -> None:
    run = run_of(told)
    assert names(told, run, "candidates") == ["甲公司"]
    assert names(told, run, "near") == ["乙公司"]
    assert names(told, run, "unknown") == ["丁公司"]
    assert names(told, run, "failing") == ["丙公司", "乙公司"]
    unknown = lines(results_of(told.people["office"], run), "star", "unknown")[0]
    assert "研发费用" in unknown.missing


def test_who_has_the_title_is_no_candidate(told: World) -> None:
    told.title(issued_on=dt.date(2025, 1, 1), valid_until=dt.date(2027, 1, 1))
    run = run_of(told)
    assert names(told, run, "candidates") == []
    assert names(told, run, "passing") == ["甲公司"]


def test_a_candidate_says_whether_its_title_is_known(told: World) -> None:
    assert [
        line.held for line in lines(results_of(told.people["office"], run_of(told)), "star", "candidates")
    ] == [None]
    declare_complete("星级企业", DAY, DAY, "名单", by=told.people["office"])
    assert [
        line.held for line in lines(results_of(told.people["office"], run_of(told)), "star", "candidates")
    ] == [False]


def test_invented_firms_are_never_among_real_ones(told: World) -> None:
    assert not AssessmentResult.objects.filter(run=run_of(told), name="虚构公司").exists()
    invented = run_of(told, invented=True)
    assert [one.name for one in AssessmentResult.objects.filter(run=invented)] == ["虚构公司"]
    assert invented.demo


def test_a_district_reads_the_results_of_its_own_firms(told: World) -> None:
    run = run_of(told)
    assert [one.name for one in results_of(told.people["district"], run)] == ["丁公司", "丙公司", "甲公司"]


def test_a_run_over_one_district(told: World) -> None:
    assert run_of(told, district="昆都仑区").firms == 1


def test_only_department_and_office_ask_for_runs(told: World) -> None:
    assert run_of(told, who="department", carry_out=False).state == "open"
    for who in ("firm", "district", "auditor"):
        with pytest.raises(Refused):
            run_of(told, who=who)


def test_a_run_that_waits_is_stopped_at_once(told: World) -> None:
    run = run_of(told, carry_out=False)
    assert stop(run, by=told.people["office"])
    run_job.call(str(run.job))
    run.refresh_from_db()
    assert run.state == "stopped"
    assert not AssessmentResult.objects.filter(run=run).exists()
    assert not stop(run, by=told.people["office"])


def test_a_run_that_goes_on_is_stopped_without_results(told: World) -> None:
    run = run_of(told, carry_out=False)
    Job.objects.filter(pk=run.job).update(cancel_asked=True)
    run_job.call(str(run.job))
    run.refresh_from_db()
    assert run.state == "stopped"
    assert not AssessmentResult.objects.filter(run=run).exists()


def test_a_run_whose_rule_has_changed_is_not_carried_out(told: World, settings: Any) -> None:
    run = run_of(told, carry_out=False)
    path = settings.PACKS / "trial/standards/star/2024.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("5%", "6%"), encoding="utf-8")
    catalogue.forget()
    run_job.call(str(run.job))
    job = Job.objects.get(pk=run.job)
    assert job.state == State.FAILED
    assert "星级企业" in job.message
    again = repeat(run, by=told.people["office"])
    run_job.call(str(again.job))
    again.refresh_from_db()
    assert again.state == "done"
    assert again.again == run


def test_two_runs_are_compared_with_what_became_known(told: World) -> None:
    before = run_of(told)
    state_facts(
        [Statement(told.firm, 2025, {"rd": "20"})], by=told.people["office"], today=dt.date(2026, 6, 1)
    )
    after = run_of(told)
    found, gone, came = changes_between(told.people["office"], before, after)
    assert [(one.name, one.before, one.after) for one in found] == [("甲公司", "pass", "fail")]
    assert found[0].facts == (("研发费用", "80", "20"),)
    assert not found[0].rule_changed
    assert (gone, came) == ([], [])


def test_the_pages_of_a_run(told: World, client_of: Any) -> None:
    client, run = client_of(told.people["office"]), run_of(told)
    other = run_of(told)
    for name in LISTS:
        assert client.get(f"/standards/runs/{run.pk}/?standard=star&list={name}").status_code == 200
    assert client.get(f"/standards/runs/{run.pk}/against/{other.pk}/").status_code == 200
    assert client.get("/standards/runs/").status_code == 200
    waiting = run_of(told, carry_out=False)
    assert "等待后台进程" in client.get(f"/standards/runs/{waiting.pk}/").content.decode()
    answer = client.post("/standards/runs/new/", {"as_of": str(DAY), "standards": ["star"]})
    assert answer.status_code == 302
    answer = client.post("/standards/runs/new/", {"as_of": "2020-01-01", "standards": ["star"]})
    assert answer.status_code == 400
    assert "星级企业" in answer.content.decode()


def test_the_workbook_holds_verdicts_and_sources(told: World, client_of: Any) -> None:
    run = run_of(told)
    answer = client_of(told.people["office"]).get(f"/standards/runs/{run.pk}/export/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["标准", "结论", "事实"]
    cells = [str(cell.value) for row in book["事实"].iter_rows() for cell in row]
    assert "甲公司" in cells
    assert "年报" in cells


def listed(world: World) -> PublicityList:
    run = run_of(world)
    candidates = [
        line.result for line in lines(results_of(world.people["office"], run), "star", "candidates")
    ]
    return draft_list(run, "star", candidates, by=world.people["department"], title="拟认定名单")


def test_a_draft_is_not_public_and_a_frozen_list_is(told: World, client_of: Any) -> None:
    item = listed(told)
    assert client_of(None).get(f"/standards/lists/{item.pk}/").status_code == 404
    frozen = freeze_list(item, by=told.people["office"], today=dt.date(2026, 6, 1), days=5)
    assert (frozen.first_day, frozen.last_day) == (dt.date(2026, 6, 1), dt.date(2026, 6, 8))
    page = client_of(None).get(f"/standards/lists/{item.pk}/")
    assert page.status_code == 200
    assert "甲公司" in page.content.decode()
    told_ = client_of(None).get(f"/standards/lists/{item.pk}/?format=json").json()
    assert told_["entries"] == [{"name": "甲公司", "district": "青山区"}]


def test_a_frozen_list_does_not_change(told: World) -> None:
    item = freeze_list(listed(told), by=told.people["office"], today=dt.date(2026, 6, 1))
    with pytest.raises(Refused):
        take_off(item, told.firm.pk, by=told.people["office"], reason="有异议")
    with pytest.raises(Refused):
        freeze_list(item, by=told.people["office"])


def test_taking_off_a_draft_needs_a_reason_which_stays(told: World) -> None:
    item = listed(told)
    with pytest.raises(Refused):
        take_off(item, told.firm.pk, by=told.people["office"], reason=" ")
    take_off(item, told.firm.pk, by=told.people["office"], reason="已停产")
    item.refresh_from_db()
    assert item.entries == []
    assert item.left_out[0]["reason"] == "已停产"
    with pytest.raises(Refused):
        freeze_list(item, by=told.people["office"])


def test_only_the_office_freezes(told: World) -> None:
    with pytest.raises(Refused):
        freeze_list(listed(told), by=told.people["department"])


def test_places_among_peers_are_reckoned_over_the_firms_of_the_run(told: World) -> None:
    rule = shelf().named("peers@2025")
    assert rule is not None
    run = ask_for_run("位次", DAY, [rule], by=told.people["office"], today=dt.date(2026, 6, 1))
    run_job.call(str(run.job))
    found = {one.name: one.verdicts["peers"] for one in AssessmentResult.objects.filter(run=run)}
    assert found["甲公司"]["places"] == {"rd_place": "5/6"}
    assert found["甲公司"]["figures"] == {"位次分": "83.33分"}
    assert found["丙公司"]["places"] == {"rd_place": "1/6"}
    assert found["丁公司"]["outcome"] == "unknown"
