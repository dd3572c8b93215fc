"""The pages of counting: who sees what of whom, tables taken in without a number lying anywhere, faults in sentences."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.counting.models import CountedEntry, EntryPaper, StandIn
from luming_portal.registers.models import StagedImport
from portal.counting.conftest import CODES, World, number
from portal_records import seen

pytestmark = pytest.mark.django_db
HEAD = "indicator,category,name,id_number,credit_code,host,unit,counted_on,district,evidence_kind,evidence_number"


@pytest.fixture
def at(world: World, client_of: Any) -> Any:
    """A client of a person by name."""
    return lambda who: client_of(world.people[who])


def stage(client: Client, *rows: str, head: str = HEAD) -> StagedImport:
    """Hand a table in; the staged file."""
    file = io.BytesIO("\n".join((head, *rows)).encode("utf-8-sig"))
    file.name = "a.csv"
    answer = client.post("/registers/counted/import/", {"file": file})
    assert answer.status_code == 302, seen(answer)
    return StagedImport.objects.get()


def confirm(client: Client, staged: StagedImport, **given: str) -> Any:
    """Confirm what the preview shows."""
    address = f"/registers/counted/import/{staged.pk}/"
    digest = client.get(address).context["digest"]
    return client.post(address, {"digest": digest, **given})


def test_the_overview_shows_entries_typed_totals_and_duplicates(world: World, at: Any) -> None:
    world.enter("science", counted_on="2025-02-01")
    world.enter("staff")
    page = seen(at("staff").get("/counting/?year=2025"))
    assert "引进人才" in page
    assert "/counting/talent/duplicates/?year=2025" in page
    told = at("office").get("/counting/?year=2025&format=json").json()["indicators"]
    (talent,) = [one for one in told if one["indicator"] == "talent"]
    assert (talent["entries"], talent["value"], talent["duplicates"]) == (2, "1", 1)
    (teams,) = [one for one in told if one["indicator"] == "teams"]
    assert (teams["entries"], teams["typed_stands_in"]) == (0, True)


def test_others_are_refused_with_a_reason(world: World, client_of: Any, make_user: Any) -> None:
    for role in set(Role) - {Role.DEPARTMENT, Role.OFFICE}:
        client = client_of(make_user(role))
        for address in ("/counting/", "/counting/talent/", "/counting/talent/duplicates/"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert "计数条目" in seen(answer)


def test_of_a_duplicate_a_unit_sees_the_other_unit_and_day_and_no_personal_data(
    world: World, at: Any
) -> None:
    world.enter("science", counted_on="2025-02-01", name="张三丰", host="甲研究院", evidence_number="科人1号")
    world.enter("staff", name="张三疯")
    page = seen(at("staff").get("/counting/talent/duplicates/?year=2025"))
    assert "市科技局" in page
    assert "2025-02-01" in page
    assert "张三疯" in page
    for hidden in ("张三丰", "甲研究院", "科人1号"):
        assert hidden not in page
    page = seen(at("office").get("/counting/talent/duplicates/?year=2025"))
    for shown in ("张三丰", "张三疯", "科人1号", "市科技局已于 2025-02-01 计入同一个"):
        assert shown in page
    for other in ("science", "staff"):
        row = CountedEntry.objects.exclude(unit=world.people[other].unit).get()
        assert at(other).get(f"/registers/counted/{row.pk}/").status_code == 404


def test_a_unit_whose_entries_are_no_duplicates_sees_none_of_them(
    world: World, client_of: Any, make_user: Any
) -> None:
    world.enter("science", counted_on="2025-02-01")
    world.enter("staff")
    other = client_of(make_user(Role.DEPARTMENT, unit="市商务局"))
    page = seen(other.get("/counting/talent/duplicates/?year=2025"))
    assert "没有重复登记的" in page
    assert "市科技局" not in page
    assert "0 条" in seen(other.get("/registers/counted/?q=")) or "<strong>0</strong>" in seen(
        other.get("/registers/counted/?q=")
    )


def test_a_register_row_shows_the_end_of_the_number_only(world: World, at: Any) -> None:
    world.enter("science", serial=8)
    for address in ("/registers/counted/?q=", "/registers/counted/?format=csv&columns=all"):
        answer = at("science").get(address)
        page = b"".join(answer.streaming_content).decode() if answer.streaming else seen(answer)
        assert number(8) not in page
        assert "*" * 14 + number(8)[-4:] in page
        assert CountedEntry.objects.get().identity not in page


def test_entering_by_the_form_tells_who_else_counts_the_same_one(world: World, at: Any) -> None:
    world.enter("science", counted_on="2025-02-01")
    given = {
        "indicator": "talent",
        "name": "张三1",
        "id_number": number(1),
        "counted_on": "2025-03-01",
        "unit": "市科技局",
        "evidence_kind": "合同",
        "evidence_number": "1",
    }
    answer = at("staff").post("/registers/counted/new/", given, follow=True)
    assert "市科技局已登记同一个" in seen(answer)
    assert CountedEntry.objects.filter(unit="市人社局").count() == 1, "a unit enters for itself only"
    again = at("staff").post("/registers/counted/new/", given)
    assert again.status_code == 400
    assert "已登记过" in seen(again)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id_number": "110105194912310021"}, "校验位"),
        ({"id_number": ""}, "缺证件号码"),
        ({"counted_on": "2999-01-01"}, "不晚于今天"),
        ({"indicator": "nothing"}, "选择一个有效的选项"),
        ({"evidence_number": ""}, "要一起填"),
        ({"evidence_issued_on": "2025-03-01", "evidence_valid_until": "2025-02-01"}, "早于依据日期"),
        ({"indicator": "firms", "category": "瞪羚", "credit_code": CODES[0]}, "类别应为"),
        ({"indicator": "firms", "category": "高新技术企业", "credit_code": "111"}, "18位"),
        ({"indicator": "teams"}, "缺依托单位"),
    ],
)
def test_the_form_says_what_is_wrong(world: World, at: Any, wrong: dict[str, str], said: str) -> None:
    given = {
        "indicator": "talent",
        "name": "张三1",
        "id_number": number(1),
        "counted_on": "2025-03-01",
        "evidence_kind": "合同",
        "evidence_number": "1",
    }
    answer = at("staff").post("/registers/counted/new/", given | wrong)
    assert answer.status_code == 400
    assert said in seen(answer)
    assert not CountedEntry.objects.exists()


def test_without_evidence_an_entry_is_kept_and_does_not_count(world: World, at: Any) -> None:
    given = {"indicator": "talent", "name": "张三", "id_number": number(1), "counted_on": "2025-03-01"}
    answer = at("staff").post("/registers/counted/new/", given, follow=True)
    assert "暂不计入" in seen(answer)
    entry = CountedEntry.objects.get()
    paper = {"evidence_kind": "合同", "evidence_number": "2"}
    at("staff").post(f"/counting/entries/{entry.pk}/papers/", paper)
    assert EntryPaper.objects.get().number == "2"
    bad = at("staff").post(f"/counting/entries/{entry.pk}/papers/", {"evidence_kind": "合同"})
    assert bad.status_code == 400
    assert at("science").post(f"/counting/entries/{entry.pk}/papers/", paper).status_code == 404


def test_withdrawing_by_the_page_says_from_which_count_to_which(world: World, at: Any) -> None:
    entry = world.enter("science")
    world.enter("staff", serial=2)
    paper = entry.papers.get()
    address = f"/counting/papers/{paper.pk}/withdraw/"
    assert at("staff").get(address).status_code == 404
    assert "撤回生效日" in seen(at("science").get(address))
    given = {"withdrawn_on": "2025-06-01", "reason": "材料不实", "version": paper.version}
    assert at("science").post(address, given | {"reason": ""}).status_code == 400
    assert at("science").post(address, given | {"withdrawn_on": "2999-01-01"}).status_code == 400
    assert at("science").post(address, given | {"version": 9}).status_code == 409
    answer = at("science").post(address, given, follow=True)
    assert "计数由2变为1" in seen(answer)
    assert "计数由 2 变为 1" in seen(answer)
    for said in ("撤回依据", "撤回前计数", "撤回后计数", "材料不实"):
        assert said in seen(answer), "the history says so"
    page = seen(at("science").get("/counting/talent/?year=2025"))
    assert "市科技局 撤回“张*”的依据“任职文件 第1号”,计数由 2 变为 1" in page
    assert at("science").post(address, given).status_code == 400


def test_a_table_is_taken_in_and_no_number_lies_in_the_waiting_file(world: World, at: Any) -> None:
    rows = [
        f"引进人才,,张三,{number(1)},,甲院,,2025-03-01,,任职文件,1号",
        f"talent,,李四,{number(2)},,,,2025-03-02,,,",
        "talent,,王五,110105194912310021,,,,2025-03-03,,任职文件,3号",
        f"talent,,赵六,{number(1)},,,,2025-03-04,,任职文件,4号",
        f"firms,高新技术企业,甲公司,,{CODES[0]},,,2025-03-04,,证书,GR1",
        f"talent,,别家的,{number(5)},,,市科技局,2025-03-04,,任职文件,5号",
    ]
    client = at("staff")
    staged = stage(client, *rows)
    kept = str(staged.table) + bytes(staged.original).decode("utf-8", "ignore")
    for one in (number(1), number(2), "110105194912310021"):
        assert one not in kept
    page = seen(client.get(f"/registers/counted/import/{staged.pk}/"))
    for said in ("校验位不符", "与第2行是同一个", "只能新增本单位(市人社局)负责的"):
        assert said in page
    book = client.get(f"/registers/counted/import/{staged.pk}/faults/")
    assert book.status_code == 200
    assert confirm(client, staged, reason="导入").status_code == 400
    done = confirm(client, staged, reason="导入", partly="1")
    assert done.status_code == 302
    assert CountedEntry.objects.count() == 3
    assert {one.unit for one in CountedEntry.objects.all()} == {"市人社局"}
    assert EntryPaper.objects.count() == 2
    told = str(list(Change.objects.values("before", "after", "object_label")))
    assert number(1) not in told


def test_an_export_taken_in_again_changes_nothing(world: World, at: Any) -> None:
    world.enter("staff", host="甲院", district="")
    world.enter("staff", "teams", name="甲队", host="乙院")
    client = at("staff")
    answer = client.get("/registers/counted/?format=csv&columns=all")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    staged = stage(client, *(text.splitlines()[1:]), head=",".join(table[0]))
    plan = client.get(f"/registers/counted/import/{staged.pk}/").context["plan"]
    assert (len(plan.unchanged), len(plan.rows)) == (2, 2)
    staged.delete()
    other = text.replace("乙院", "丙院")
    staged = stage(client, *(other.splitlines()[1:]), head=",".join(table[0]))
    page = seen(client.get(f"/registers/counted/import/{staged.pk}/"))
    assert "不能用文件修改" in page


def test_an_entry_is_not_changed_nor_removed(world: World, at: Any) -> None:
    entry = world.enter("staff")
    for tail in ("change/", "delete/"):
        assert at("office").get(f"/registers/counted/{entry.pk}/{tail}").status_code == 404


def test_the_sheet_offers_the_count_and_marks_a_typed_total(world: World, at: Any) -> None:
    sheet = f"/reporting/{world.month.pk}/sheet/"
    page = seen(at("staff").get(sheet))
    assert page.count("手填总数,暂代台账计数。") == 2
    assert "readonly" not in page
    world.enter("science")
    page = seen(at("staff").get(sheet))
    assert "由台账 1 条汇总,不手填。" in page
    assert page.count("readonly") == 1
    assert "/counting/talent/?year=2025" in page
    report = world.report("talent")
    address = f"/reporting/reports/{report.pk}/save/"
    at("staff").post(address, {"version": report.version, "value": "999"}, headers={"HX-Request": "true"})
    assert world.report("talent").value == 1


def test_the_office_decides_whether_a_typed_total_stands_in(world: World, at: Any) -> None:
    world.enter("science")
    address = "/counting/talent/stand-in/"
    assert at("staff").post(address, {"reason": "补录"}).status_code == 403
    assert at("office").post("/counting/nothing/stand-in/", {"reason": "补录"}).status_code == 404
    at("office").post(address, {"reason": ""})
    assert not StandIn.objects.exists()
    page = seen(at("office").post(address, {"reason": "补录到六月"}, follow=True))
    assert "补录到六月" in page
    assert "手填总数,暂代台账计数。 理由:补录到六月" in seen(
        at("staff").get(f"/reporting/{world.month.pk}/sheet/")
    )
    at("office").post(address, {"do": "entries"})
    assert not StandIn.objects.exists()


def test_odd_questions_are_answered(world: World, at: Any) -> None:
    client = at("office")
    assert client.get("/counting/nothing/").status_code == 404
    for year in ("", "abc", "1", "99999999999", "\u0662\u0660\u0662\u0665"):
        assert client.get("/counting/", {"year": year}).status_code == 200
    assert client.get("/counting/talent/", {"known": "gestern"}).status_code == 400
    assert client.get("/counting/talent/", {"known": "2025-06-30"}).status_code == 200
    assert client.get("/counting/talent/", {"known": "9999-01-01"}).status_code == 200


def test_the_pages_ask_as_often_however_many_entries_there_are(
    world: World, at: Any, django_assert_max_num_queries: Any
) -> None:
    client = at("office")
    for serial in range(1, 5):
        world.enter("science", serial=serial, counted_on="2025-02-01")
        world.enter("staff", serial=serial)
    for address, most in (
        ("/counting/", 45),
        ("/counting/talent/", 40),
        ("/counting/talent/duplicates/", 30),
    ):
        with django_assert_max_num_queries(most) as asked:
            client.get(address, {"year": "2025"})
        assert asked.captured_queries
