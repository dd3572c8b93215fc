"""The items for everybody: list, filters, order, export; one item with its end, guide and manual; officers' documents."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luming_portal.accounts.rights import Refused
from luming_portal.support.models import ItemAmount, OfficialText
from luming_portal.support.selectors import deadlines_of, measure_of
from luming_portal.support.services import enter_amount
from portal.support.conftest import TODAY, World

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
GIVEN = {
    "title": "研发补助办法",
    "number": "试科〔2024〕2号",
    "issuer": "试验市科技局",
    "issued_on": "2024-01-05",
    "clause": "第二条",
    "quote": "按研发费用的10%给予补助,最高200万元。",
    "items": ["rd_share"],
    "checked": "on",
}


def names(client: Any, query: str = "") -> list[str]:
    """The keys on the list, in its order."""
    return [one["key"] for one in client.get(f"/support/?format=json&{query}").json()["items"]]


def attach(client: Any, content: bytes = PDF, **more: Any) -> Any:
    """Attach a document to the mirrored item."""
    file = SimpleUploadedFile("文件.pdf", content)
    return client.post("/support/items/rd_share/text/", {**GIVEN, "file": file, **more})


def test_everybody_reads_the_list_and_finds_in_it(client: Any) -> None:
    assert names(client) == ["star_award", "star_kept", "rd_share"]  # hidden money says nothing by its place
    assert names(client, "lane=automatic") == ["star_award"]
    assert names(client, "kind=post_subsidy") == ["rd_share"]
    assert names(client, "department=市工信局&state=all") == ["old_award"]
    assert names(client, "q=星级 第四条") == ["star_kept"]
    assert names(client, "state=repealed") == ["old_award"]
    assert "没有符合条件的政策" in client.get("/support/?q=没有这个").content.decode()


def test_what_is_filtered_is_exported(client: Any) -> None:
    book = client.get("/support/?format=xlsx&lane=automatic").content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["首次认定星级企业奖励"]
    text = client.get("/support/?format=csv&state=all").content.decode("utf-8-sig")
    assert "30 万元" in text
    assert "金额待主管部门附上正式文件后显示" in text
    assert "至多" not in text


def test_an_item_says_who_how_much_by_which_clause_and_what_is_ours(client: Any) -> None:
    html = client.get("/support/items/star_award/").content.decode()
    for words in ("试政〔2025〕1号", "第三条", "30 万元", "首次认定星级企业", "平台默认口径", "办理方式"):
        assert words in html
    assert client.get("/support/items/nothing/").status_code == 404


def test_a_repealed_clause_says_when_by_what_and_why(client: Any) -> None:
    html = client.get("/support/items/old_award/").content.decode()
    for words in ("2025-06-01", "试政〔2025〕3号", "与税收挂钩"):
        assert words in html


@pytest.mark.parametrize("page", ["guide", "manual"])
def test_guide_and_manual_are_made_from_the_data(client: Any, page: str) -> None:
    html = client.get(f"/support/items/star_award/{page}/").content.decode()
    for words in ("首次认定星级企业奖励", "星级企业证书", "虚报材料的全额退回"):
        assert words in html


def test_an_attached_document_opens_the_money_and_says_who_and_when(
    client: Any, client_of: Any, world: World
) -> None:
    assert "最多" not in client.get("/support/items/rd_share/").content.decode()
    assert attach(client_of(world.people["department"])).status_code == 302
    text = OfficialText.objects.get()
    assert (text.attached_by, text.attached_on, text.items) == (
        world.people["department"],
        TODAY,
        ["rd_share"],
    )
    page = client.get("/support/items/rd_share/").content.decode()
    assert "预计 0–200 万元" in page
    assert "按研发费用的10%给予补助" in page
    file = client.get(f"/support/texts/{text.pk}/file/")
    assert file.status_code == 200
    assert file["Content-Type"] == "application/pdf"
    assert "attachment" in file["Content-Disposition"]


def test_money_is_hidden_again_once_the_document_is_off(client: Any, client_of: Any, world: World) -> None:
    officer = client_of(world.people["department"])
    attach(officer)
    text = OfficialText.objects.get()
    officer.post(f"/support/texts/{text.pk}/withdraw/", {"reason": ""})
    assert "200 万元" in client.get("/support/items/rd_share/").content.decode()
    officer.post(f"/support/texts/{text.pk}/withdraw/", {"reason": "附错了"})
    assert "200 万元" not in client.get("/support/items/rd_share/").content.decode()
    assert client.get(f"/support/texts/{text.pk}/file/").status_code == 404
    assert "2026-11-27" in officer.get("/support/items/rd_share/").content.decode()


def test_a_document_whose_term_is_over_opens_nothing(client: Any, client_of: Any, world: World) -> None:
    attach(client_of(world.people["department"]), effective_until="2026-01-01")
    assert OfficialText.objects.exists()
    assert "200 万元" not in client.get("/support/items/rd_share/").content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"content": b"GIF89a not a paper"}, "不是能读的照片或 PDF"),
        ({"content": PDF[:20]}, "不完整"),
        ({"checked": ""}, "已逐字核对"),
        ({"items": ["star_award"]}, "items"),
        ({"issued_on": "2027-01-01"}, "印发日在今天之后"),
        ({"effective_until": "2023-01-01"}, "早于印发日"),
    ],
)
def test_a_document_that_is_none_is_refused(
    client_of: Any, world: World, more: dict[str, Any], words: str
) -> None:
    answer = attach(client_of(world.people["department"]), **more)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not OfficialText.objects.exists()


def test_only_officers_attach(client_of: Any, world: World) -> None:
    for who in ("firm", "district", "auditor"):
        assert attach(client_of(world.people[who])).status_code == 403


def test_the_office_enters_an_amount_that_the_clause_leaves_to_it(
    client: Any, client_of: Any, world: World
) -> None:
    office = client_of(world.people["office"])
    given = {"wan": "12", "basis": "试科〔2026〕9号", "first_day": "2026-01-01"}
    assert office.post("/support/items/star_kept/amount/", given).status_code == 302
    html = client.get("/support/items/star_kept/").content.decode()
    assert "12 万元" in html
    assert "试科〔2026〕9号" in html
    row = ItemAmount.objects.get()
    office.post(f"/support/amounts/{row.pk}/withdraw/", {"reason": "细则撤回"})
    assert "预计 0–20 万元" in client.get("/support/items/star_kept/").content.decode()


def test_a_clause_that_names_its_amount_keeps_it(client_of: Any, world: World) -> None:
    assert client_of(world.people["office"]).get("/support/items/star_award/amount/").status_code == 404
    row = ItemAmount(item="star_award", low=1, high=1, basis="x", first_day=TODAY)
    with pytest.raises(Refused):
        enter_amount(row, by=world.people["office"])


def test_days_on_which_items_end_are_handed_over(world: World) -> None:
    found = deadlines_of(None, TODAY)
    assert [(one.item, one.day) for one in found] == [("rd_share", dt.date(2027, 12, 31))]
    assert deadlines_of(world.firm, TODAY)[0].address == "/support/items/rd_share/"
    assert deadlines_of(None, dt.date(2028, 1, 1)) == []


@pytest.mark.parametrize(
    ("clause", "number"),
    [("第四条", 4), ("第12条", 12), ("第十条第二款", 10), ("第二十一条", 21), ("附件", None)],
)
def test_a_clause_names_its_measure(clause: str, number: int | None) -> None:
    assert measure_of(clause) == number


def test_hidden_money_is_told_by_no_other_line(client: Any) -> None:
    for page in ("", "guide/", "manual/", "?format=json"):
        html = client.get(f"/support/items/rd_share/{page}").content.decode()
        assert "10%" not in html
        assert "200" not in html.replace("2008", "").replace("200*", "")
