"""The progress of a project: rights, forms, sentences, versions, the table by district."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import ReasonMissing, StaleVersion
from luming_portal.audit.models import Change
from luming_portal.projects.models import InvestmentRow, Milestone
from luming_portal.projects.outlook import outlooks
from luming_portal.projects.services.progress import delete_line, save_line
from luming_portal.projects.words import slippage_sentence
from portal.projects.progress_records import in_days, investment, milestone, project
from portal_records import seen

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def _page(client: Any, of: Any) -> str:
    return seen(client.get(f"/registers/projects/{of.pk}/"))


def test_a_page_tells_how_the_project_stands(make_user: Any, client_of: Any) -> None:
    one = project(published=True, investment="10", investment_unit="亿元")
    milestone(one, "开工", -200, -150)
    milestone(one, "封顶", -20, weight=Decimal(2))
    milestone(one, "竣工", 100)
    investment(one, "2025-Q4", "2", "1.5", evidence="报送")
    page = _page(client_of(make_user(Role.AUDITOR)), one)
    for words in (
        f"预计{in_days(150)}建成,比计划的{in_days(100)}晚50天。",
        "依据:最近完成的节点“开工”比计划晚50天",
        "共3个节点,完成1个,按权重完成25%(计划应完成75%)。",
        "1个到期未完成,最早的是“封顶”,已逾期20天。",
        f"下一个节点是“竣工”,计划{in_days(100)}完成。",
        "累计完成投资1.5亿元。为同期累计计划2亿元的75%。占总投资的15%。",
        "平台默认口径",
    ):
        assert words in page, words
    assert "登记节点" not in page


def test_what_is_not_known_is_said_so(make_user: Any, client_of: Any) -> None:
    page = _page(client_of(make_user(Role.OFFICE)), project())
    assert "不作预测:没有登记节点,不知道计划何时建成。" in page
    assert "还没有登记投资完成数。" in page
    assert "不能判断" in page


@pytest.mark.parametrize("role", [None, Role.VISITOR, Role.ENTERPRISE, Role.EXPERT, Role.SYSTEM])
def test_progress_is_for_those_who_run_it(role: Role | None, make_user: Any, client_of: Any) -> None:
    one = project(published=True)
    milestone(one, "封顶", -20)
    client = client_of(make_user(role) if role else None)
    assert "封顶" not in _page(client, one)
    assert client.get("/projects/").status_code == 403


@pytest.mark.parametrize(
    ("role", "fields", "may"),
    [
        (Role.OFFICE, {}, True),
        (Role.DISTRICT, {"district": "青山区"}, True),
        (Role.DISTRICT, {"district": "九原区"}, False),
        (Role.DEPARTMENT, {"unit": "市科技局"}, True),
        (Role.DEPARTMENT, {"unit": "市工信局"}, False),
        (Role.AUDITOR, {}, False),
        (Role.EXPERT, {}, False),
    ],
)
def test_who_reports_progress(role: Role, fields: dict[str, str], may: bool, make_user: Any) -> None:
    one, user = project(), make_user(role, **fields)
    line = Milestone(project=one, label="开工", due=in_days(3))
    if may:
        assert save_line(line, by=user, reason="").pk
        delete_line(line, by=user, reason="误登", expected_version=1)
    else:
        with pytest.raises(Refused):
            save_line(line, by=user, reason="计划")
        with pytest.raises(Refused):
            delete_line(milestone(one, "封顶", 3), by=user, reason="误登")


def test_a_form_moves_no_line_to_another_project(make_user: Any, client_of: Any) -> None:
    one, other = project(), project("J2", district="九原区", steward="市工信局")
    line = milestone(other, "封顶", 3)
    client = client_of(make_user(Role.DEPARTMENT, unit="市科技局"))
    assert client.get(f"/projects/{one.pk}/milestones/{line.pk}/").status_code == 404
    given = {"label": "开工", "due": "2026-01-01", "weight": "1", "project": str(other.pk)}
    assert client.post(f"/projects/{one.pk}/milestones/new/", given).status_code == 302
    assert Milestone.objects.get(label="开工").project == one


def test_a_milestone_is_entered_changed_and_removed(make_user: Any, client_of: Any) -> None:
    one = project()
    client = client_of(make_user(Role.DISTRICT, district="青山区"))
    base = f"/projects/{one.pk}/milestones/"
    given = {"label": "封顶", "due": "2026-03-31", "weight": "2.5"}
    assert client.post(f"{base}new/", {**given, "weight": "0"}).status_code == 400
    assert (
        client.post(f"{base}new/", {**given, "done_on": "2026-03-30"}).status_code == 400
    )  # nothing to show
    assert client.post(f"{base}new/", given).status_code == 302
    assert client.post(f"{base}new/", given).status_code == 400  # there already
    line = Milestone.objects.get()
    assert line.weight == Decimal("2.5")
    done = {**given, "done_on": "2026-04-02", "evidence": "监理月报", "version": "1"}
    assert client.post(f"{base}{line.pk}/", done).status_code == 400  # no reason
    assert client.post(f"{base}{line.pk}/", {**done, "reason": "完成"}).status_code == 302
    answer = client.post(f"{base}{line.pk}/", {**done, "reason": "再改", "label": "别的"})
    assert answer.status_code == 409
    assert "已被他人改为第2版" in seen(answer)
    assert "别的" in seen(answer)
    gone = {**given, "version": "2", "do": "delete"}
    assert client.post(f"{base}{line.pk}/", gone).status_code == 400
    assert client.post(f"{base}{line.pk}/", {**gone, "reason": "误登"}).status_code == 302
    assert not Milestone.objects.exists()
    page = _page(client, one)
    assert "误登" in page
    assert "完成" in page


def test_two_people_do_not_overwrite_each_other(make_user: Any) -> None:
    office, line = make_user(Role.OFFICE), milestone(project(), "封顶", 3)
    mine, theirs = Milestone.objects.get(pk=line.pk), Milestone.objects.get(pk=line.pk)
    theirs.label = "屋面完成"
    save_line(theirs, by=office, reason="改名", expected_version=1)
    mine.due = in_days(30)
    with pytest.raises(StaleVersion):
        save_line(mine, by=office, reason="延期", expected_version=1)
    assert Milestone.objects.get().due == in_days(3)
    with pytest.raises(ReasonMissing):
        save_line(mine, by=office, reason="  ", expected_version=2)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"period": "2026"}, "一个月或一个季度"),
        ({"period": "2026-13"}, "一个月或一个季度"),
        ({"period": "2026-H1"}, "一个月或一个季度"),
        ({"period": "2026-01-31"}, "7"),
        ({"planned": "-1"}, "不能是负数"),
        ({"planned": "很多"}, "数"),
        ({"planned": ""}, "至少填一个"),
        ({"actual": "1"}, "写明依据"),
        ({"period": "2026-Q1"}, "同一截止日已有一行(2026-03)"),
        ({"period": "2026-04", "planned": "2.9"}, "累计数不会减少"),
        ({"period": "2026-02", "planned": "3.1"}, "累计数不会减少"),
        ({"period": "2026-04", "planned": "29000", "unit": "万元"}, "累计数不会减少"),
    ],
)
def test_a_row_of_investment_that_cannot_be_is_refused(
    given: dict[str, str], words: str, make_user: Any, client_of: Any
) -> None:
    one = project()
    investment(one, "2026-03", "3", None)
    client = client_of(make_user(Role.OFFICE))
    row = {"period": "2026-05", "unit": "亿元", "planned": "4", **given}
    answer = client.post(f"/projects/{one.pk}/investment/new/", row)
    assert answer.status_code == 400
    assert words in seen(answer)
    assert InvestmentRow.objects.count() == 1


def test_investment_is_exact_and_shown_in_its_unit(make_user: Any, client_of: Any) -> None:
    one, client = project(), client_of(make_user(Role.OFFICE))
    row = {"period": "2026-Q1", "unit": "万元", "planned": "0.1", "actual": "0.30", "evidence": "报送"}
    assert client.post(f"/projects/{one.pk}/investment/new/", row).status_code == 302
    kept = InvestmentRow.objects.get()
    assert (kept.planned, kept.actual, str(kept.period_end)) == (
        Decimal("0.1"),
        Decimal("0.30"),
        "2026-03-31",
    )
    assert "累计完成投资0.3万元" in _page(client, one)


def test_one_row_for_the_end_of_a_period() -> None:
    one = project()
    investment(one, "2026-03", "3", None)
    with pytest.raises(IntegrityError):
        investment(one, "2026-Q1", "3", None)


def test_the_table_by_district_adds_what_can_be_added(make_user: Any, client_of: Any) -> None:
    one = project("A", investment="10", investment_unit="亿元")
    milestone(one, "开工", -50)
    investment(one, "2026-01", "2", "1", evidence="报送")
    two = project("B", investment="50000", investment_unit="万元")
    investment(two, "2026-01", "10000", "15000", unit="万元", evidence="报送")
    project("C", district="", investment="3", investment_unit="")
    page = seen(client_of(make_user(Role.DEPARTMENT, unit="别处")).get("/projects/"))
    row = page.partition("青山区</a>")[2].partition("</tr>")[0]
    numbers = [cell.partition(">")[2].partition("<")[0] for cell in row.split('class="number"')[1:7]]
    assert numbers == ["2", "2", "15", "3", "2.5", "83.3%"]
    assert '<strong class="late">1</strong>' in row
    assert "旗县区未填" in page
    assert "有1个项目还没有登记节点和投资进度" in page


def test_a_hundred_projects_take_as_many_queries_as_two(
    make_user: Any, django_assert_num_queries: Any
) -> None:
    office = make_user(Role.OFFICE)
    many = [project(f"N{number}") for number in range(12)]
    for one in many:
        milestone(one, "开工", -1)
    with django_assert_num_queries(2):
        assert len(outlooks(office, many, in_days(0))) == 12


def test_the_record_of_changes_says_what_was_done() -> None:
    one = project()
    milestone(one, "开工", 3)
    change = Change.objects.filter(model="projects.milestone").get()
    assert change.after["project_id"] == one.pk
    assert change.after["weight"] == "1"


def test_sentences_of_finished_projects(make_user: Any) -> None:
    office = make_user(Role.OFFICE)
    for key, done, words in (("A", -12, "早2天"), ("B", -10, "与计划相同"), ("C", -7, "晚3天")):
        one = project(key)
        milestone(one, "竣工", -10, done)
        (found,) = outlooks(office, [one], in_days(0))
        assert words in seen(slippage_sentence(found.slip))


def test_the_same_line_entered_twice_at_once_is_answered_in_a_sentence(make_user: Any) -> None:
    one, office = project(), make_user(Role.OFFICE)
    milestone(one, "封顶", 20)
    again = Milestone(project=one, label="封顶", due=in_days(30))
    with pytest.raises(Refused, match="同事刚刚登记了同样的一条"):
        save_line(again, by=office, reason="登记节点")
    assert Milestone.objects.count() == 1
