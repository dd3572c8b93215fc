"""Pages of the comparison: what they show to whom, files, and bad input answered with a sentence."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from luming.comparison import Contested
from luming.monitor import rank_districts
from luming_portal.comparison.models import Comparison, Objection
from luming_portal.comparison.services import correct, decide_objection, file_objection, issue
from luming_portal.documents.selectors import current_version
from luming_portal.indicators.models import Fact
from portal.comparison.conftest import ISSUED, TARGET, World
from portal_records import seen

AS_OF = "?as_of=2025-10-20"


@pytest.fixture
def comparison(world: World) -> Comparison:
    """Issued today, so that objections are taken."""
    return issue(world.item, by=world.people["office"])


def ordered(text: str, *words: str) -> bool:
    at = [text.index(word) for word in words]
    return at == sorted(at)


def test_officers_see_what_is_not_issued_and_the_public_does_not(world: World, client_of: Any) -> None:
    office = seen(client_of(world.people["office"]).get(f"/comparison/{AS_OF}"))
    assert "未公布" in office
    assert "五大战新产业产值" in office
    assert "少于3个不排名" in office
    public = seen(client_of(None).get(f"/comparison/{AS_OF}"))
    assert "五大战新产业产值" not in public
    assert client_of(None).get(f"/comparison/current/{TARGET}/{AS_OF}").status_code == 403


def test_the_office_issues_what_it_has_seen(world: World, client_of: Any) -> None:
    client = client_of(world.people["office"])
    address = f"/comparison/current/{TARGET}/"
    page = seen(client.get(f"{address}{AS_OF}"))
    assert "公布这份比较" in page
    assert "公布这份比较" not in seen(client_of(world.people["qingshan"]).get(f"{address}{AS_OF}"))
    answer = client.post(address, {"as_of": "2025-10-20", "digest": "0" * 64})
    assert answer.status_code == 409
    assert "重新打开" in seen(answer)
    digest = world.item.digest
    assert digest in page
    answer = client.post(address, {"as_of": "2025-10-20", "digest": digest})
    made = Comparison.objects.get()
    assert answer.headers["location"] == f"/comparison/{made.pk}/"
    again = client.post(address, {"as_of": "2025-10-20", "digest": digest})
    assert again.status_code == 409
    assert "已经公布" in seen(again)
    assert "已公布" in seen(client.get(f"/comparison/{AS_OF}"))


@pytest.mark.parametrize("written", ["2025-13-40", "abc", "1990-01-01", "2999-01-01", "\x00"])
def test_a_day_that_cannot_be_used_is_named(world: World, client_of: Any, written: str) -> None:
    answer = client_of(world.people["office"]).get("/comparison/", {"as_of": written})
    assert answer.status_code == 200
    assert "现按默认日期显示" in seen(answer)


def test_a_row_shows_its_inputs_its_sum_and_its_sources(comparison: Comparison, client_of: Any) -> None:
    page = seen(client_of(None).get(f"/comparison/{comparison.pk}/"))
    row = comparison.frozen().row_of("青山区")
    assert row is not None
    assert "500亿元" in page
    assert "500÷420−1=0.190476" in page
    assert f"保留两位小数得{row.score:.2f}" in page
    assert "1次(共报送1次)" in page
    fact = Fact.objects.get(key="D-青山区-2025-01/2025-09")
    assert f"/registers/facts/{fact.pk}/" in page
    assert "上年同期为零" in page
    assert "平台默认口径" in page


def test_rows_are_sorted_within_their_group_and_the_unranked_stay_last(
    comparison: Comparison, client_of: Any
) -> None:
    client = client_of(None)
    by_score = seen(client.get(f"/comparison/{comparison.pk}/?sort=score"))
    assert ordered(by_score, 'id="row-东河区"', 'id="row-昆都仑区"', 'id="row-青山区"')
    assert ordered(by_score, 'id="row-石拐区"', 'id="row-固阳县"')
    falling = seen(client.get(f"/comparison/{comparison.pk}/?sort=-score"))
    assert ordered(falling, 'id="row-青山区"', 'id="row-昆都仑区"', 'id="row-东河区"')
    assert ordered(falling, 'id="row-石拐区"', 'id="row-固阳县"')
    assert client.get(f"/comparison/{comparison.pk}/?sort=%00nothing&open=1").status_code == 200


def test_the_files_carry_every_input(comparison: Comparison, client_of: Any) -> None:
    client = client_of(None)
    answer = client.get(f"/comparison/{comparison.pk}/?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (row,) = [one for one in rows if one["旗县区"] == "青山区"]
    assert (row["本期累计(亿元)"], row["上年同期(亿元)"], row["名次"]) == ("500", "420", "1")
    (row,) = [one for one in rows if one["旗县区"] == "固阳县"]
    assert (row["名次"], row["得分"], row["年度计划(亿元)"]) == ("", "", "")
    assert "上年同期为零" in row["未排名原因"]
    answer = client.get(f"/comparison/{comparison.pk}/?format=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert any("青山区" in line and 500 in line for line in cells)
    told = client.get(f"/comparison/{comparison.pk}/?format=json").json()
    assert len(told["rows"]) == 5
    assert client.get(f"/comparison/{comparison.pk}/?format=doc").status_code == 400


def test_the_demonstration_year_says_so(world: World, client_of: Any) -> None:
    client = client_of(world.people["office"])
    page = seen(client.get(f"/comparison/demo-year/current/{TARGET}/"))
    assert "演示数据" in page
    answer = client.get(f"/comparison/demo-year/current/{TARGET}/?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["演示数据"] for row in rows} == {"是"}
    version = current_version()
    assert version is not None
    assert TARGET not in seen(client.get("/comparison/?format=json"))


# --- objections -----------------------------------------------------------------------------------------------------

GIVEN = {"input": "value", "should_be": "640", "reason": "漏计<b>一户</b>", "evidence": "内部报表3号"}


def test_an_objection_stands_beside_the_row_and_its_evidence_is_for_officers(
    comparison: Comparison, world: World, client_of: Any
) -> None:
    client = client_of(world.people["qingshan"])
    address = f"/comparison/{comparison.pk}/"
    assert f"{address}object/" in seen(client.get(address))
    assert "500亿元" in seen(client.get(f"{address}object/"))
    assert client.post(f"{address}object/", GIVEN).status_code == 302
    for who, reads in ((None, False), ("donghe", True), ("office", True)):
        page = seen(client_of(world.people[who] if who else None).get(address))
        assert "提出应为640" in page
        assert "漏计&lt;b&gt;一户" in page
        assert ("内部报表3号" in page) is reads
    assert "撤回异议" in seen(client.get(address))
    assert "撤回异议" not in seen(client_of(world.people["donghe"]).get(address))
    again = client.post(f"{address}object/", GIVEN | {"should_be": "650"})
    assert again.status_code == 409
    assert "还没有处理" in seen(again)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"should_be": "约640"}, "约"),
        ({"should_be": ""}, "必填"),
        ({"should_be": "-1"}, "大于0"),
        ({"should_be": "500"}, "就是这个数"),
        ({"should_be": "9" * 40}, "太长"),
        ({"input": "on_time", "should_be": "2"}, "不能多于"),
        ({"input": "score"}, "选"),
        ({"reason": " "}, "必填"),
        ({"evidence": ""}, "必填"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_filed(
    comparison: Comparison, world: World, client_of: Any, given: dict[str, str], sentence: str
) -> None:
    answer = client_of(world.people["qingshan"]).post(f"/comparison/{comparison.pk}/object/", GIVEN | given)
    assert answer.status_code in (400, 409)
    assert sentence in seen(answer)
    assert not Objection.objects.exists()


def test_full_width_digits_and_separators_are_taken(
    comparison: Comparison, world: World, client_of: Any
) -> None:
    client = client_of(world.people["qingshan"])
    client.post(f"/comparison/{comparison.pk}/object/", GIVEN | {"should_be": "１,２３４.５０"})
    assert Objection.objects.get().should_be == Decimal("1234.50")


def test_after_the_last_day_the_page_says_since_when_it_is_over(world: World, client_of: Any) -> None:
    late = world.issued()
    assert late.issued_on == ISSUED
    client = client_of(world.people["qingshan"])
    page = seen(client.get(f"/comparison/{late.pk}/object/"))
    assert "异议期已于2025-10-27结束" in page
    assert "<textarea" not in page
    answer = client.post(f"/comparison/{late.pk}/object/", GIVEN)
    assert answer.status_code == 409
    assert "异议期已于2025-10-27结束" in seen(answer)
    assert "异议期已于2025-10-27结束" in seen(client.get(f"/comparison/{late.pk}/"))


def test_the_office_decides_and_corrects(comparison: Comparison, world: World, client_of: Any) -> None:
    item = file_objection(
        comparison,
        Contested.VALUE,
        Decimal(640),
        by=world.people["qingshan"],
        reason="漏计",
        evidence="报表",
    )
    office = client_of(world.people["office"])
    address = f"/comparison/objections/{item.pk}/decide/"
    given = {"version": item.version, "move": "accept", "finding": "640", "answer": "属实"}
    for wrong, sentence in (
        ({"move": ""}, "必填"),
        ({"answer": ""}, "必填"),
        ({"finding": ""}, "没有保存"),
        ({"finding": "abc"}, "没有保存"),
        ({"move": "withdraw"}, "没有保存"),
    ):
        answer = office.post(address, given | wrong)
        assert answer.status_code == 400, wrong
        assert sentence in seen(answer)
    stale = office.post(address, given | {"version": 7})
    assert stale.status_code == 409
    assert office.post(address, given).status_code == 302
    assert office.get(address).status_code == 409
    assert "还没有公布更正" in seen(office.get(f"/comparison/{comparison.pk}/"))
    page = seen(office.get(f"/comparison/{comparison.pk}/correct/"))
    assert "代入1条采纳的异议后" in page
    assert "→" in page
    assert office.post(f"/comparison/{comparison.pk}/correct/", {"reason": ""}).status_code == 400
    answer = office.post(f"/comparison/{comparison.pk}/correct/", {"reason": "青山区漏计一户"})
    made = Comparison.objects.exclude(pk=comparison.pk).get()
    assert answer.headers["location"] == f"/comparison/{made.pk}/"
    public = client_of(None)
    old, new = (seen(public.get(f"/comparison/{pk}/")) for pk in (comparison.pk, made.pk))
    assert "已被更正" in old
    assert f"/comparison/{made.pk}/" in old
    assert "异议已采纳" in old
    assert "核定为640" in old
    assert "青山区漏计一户" in new
    assert f"/comparison/{comparison.pk}/" in new
    assert rank_districts(made.frozen().inputs) == made.frozen().rows
    listed = seen(public.get("/comparison/"))
    assert "更正后的" in listed


def test_a_withdrawn_objection_is_kept_for_officers(
    comparison: Comparison, world: World, client_of: Any
) -> None:
    client = client_of(world.people["qingshan"])
    client.post(f"/comparison/{comparison.pk}/object/", GIVEN)
    item = Objection.objects.get()
    assert client.post(f"/comparison/objections/{item.pk}/withdraw/").status_code == 302
    assert client.post(f"/comparison/objections/{item.pk}/withdraw/").status_code == 409
    assert "异议已撤回" in seen(client_of(world.people["office"]).get(f"/comparison/{comparison.pk}/"))
    assert "异议已撤回" not in seen(client_of(None).get(f"/comparison/{comparison.pk}/"))


def test_formulas_in_what_a_district_writes_stay_text_in_csv(
    comparison: Comparison, world: World, client_of: Any
) -> None:
    client_of(world.people["qingshan"]).post(
        f"/comparison/{comparison.pk}/object/", GIVEN | {"reason": "=1+1"}
    )
    text = client_of(None).get(f"/comparison/{comparison.pk}/?format=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_the_list_asks_as_often_for_many_comparisons_as_for_few(
    comparison: Comparison, world: World, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    office, client = world.people["office"], client_of(None)
    item = file_objection(
        comparison,
        Contested.VALUE,
        Decimal(640),
        by=world.people["qingshan"],
        reason="漏计",
        evidence="报表",
    )
    from luming.comparison import ObjectionMove

    decide_objection(item, ObjectionMove.ACCEPT, by=office, answer="是", finding=Decimal(640))
    with django_assert_max_num_queries(12) as few:
        client.get("/comparison/")
    correct(comparison, by=office, reason="改")
    with django_assert_max_num_queries(len(few)):
        assert "已被更正" in seen(client.get("/comparison/"))
