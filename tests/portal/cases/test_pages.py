"""Pages of cases: forms with their faults, drafts, files, one click sent twice, and who sees what."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luming_portal.cases.models import Case, CaseDraft, CaseEvent, CaseFile, CaseObjection
from luming_portal.cases.services import move
from portal.cases.conftest import CODE, Town

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


def sent(**more: Any) -> dict[str, Any]:
    """What the page of the first form sends."""
    return {
        "token": "t1",
        "case_token": "c1",
        "f-title": "稀土电机",
        "f-employees": "120",
        "f-revenue": "１,３00.50",
        "f-amount": "100",
        "f-code": CODE.lower(),
        "f-level": "重点",
        "f-starts": "2026-07-01",
        "f-partners": "甲公司\n乙公司\n",
        "f-goals-0-name": "效率",
        "f-goals-0-target": "95%",
        "f-goals-1-name": "",
        "f-goals-1-target": "",
        "f-honesty": "yes",
        **more,
    }


def docx(macro: bool = False) -> bytes:
    """A file with the parts of a Word document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<document/>")
        if macro:
            parts.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


@pytest.fixture
def now_town(town: Town) -> Town:
    """The same people, acting today."""
    town.at = timezone.now()
    return town


def test_a_form_is_sent_once_however_often_one_clicks(now_town: Town, client_of: Any) -> None:
    client = client_of(now_town.people["firm-own"])
    page = client.get("/cases/new/grant/").content.decode()
    assert "职工总数" in page
    assert "0472-1234567" in page
    first, second = (client.post("/cases/new/grant/", sent()) for _ in range(2))
    case = Case.objects.get()
    assert first.status_code == second.status_code == 302
    assert (case.state, CaseEvent.objects.count()) == ("filed", 2)
    assert case.data["revenue"] == "1300.50"
    assert (case.data["code"], case.data["partners"]) == (CODE, ["甲公司", "乙公司"])
    assert case.data["goals"] == [{"name": "效率", "target": "95%"}]
    shown = client.get(f"/cases/{case.pk}/").content.decode()
    assert "效率" in shown
    assert "受理中" in shown
    assert "<svg" in shown


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "没有填写"),
        ("title", "长" * 41, "40"),
        ("title", "<script>alert(1)</script>", "网页代码"),
        ("title", "看不见\u202e的", "控制字符"),
        ("employees", "一百", "整数"),
        ("employees", "12.5", "整数"),
        ("amount", "100万元", "数字"),
        ("amount", "500.01", "500"),
        ("amount", "0", "0.01"),
        ("code", "91150291MA0N1C0R2X", "校验"),
        ("code", "12345", "18"),
        ("level", "特别", "一般"),
        ("starts", "2026-02-30", "日期"),
        ("phone", "打我电话", "电话"),
        ("partners", "一\n二\n三\n四", "3"),
        ("honesty", "", ""),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    now_town: Town, client_of: Any, field: str, value: str, sentence: str
) -> None:
    client = client_of(now_town.people["firm-own"])
    answer = client.post("/cases/new/grant/", sent(**{f"f-{field}": value}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#f-{field}"' in page
    assert f'id="f-{field}-error"' in page
    assert sentence in page
    case = Case.objects.get()
    assert case.state == "draft"
    assert CaseDraft.objects.get().data["title"] == sent(**{f"f-{field}": value})["f-title"]
    mended = client.post(f"/cases/{case.pk}/step/submit/", sent(token="t2"))
    assert mended.status_code == 302
    assert not CaseDraft.objects.exists()


def test_a_row_that_lacks_something_is_told(now_town: Town, client_of: Any) -> None:
    page = client_of(now_town.people["firm-own"]).post("/cases/new/grant/", sent(**{"f-goals-0-target": ""}))
    assert page.status_code == 400
    assert "第1项" in page.content.decode()


def test_drafts_are_kept_and_read_by_nobody_else(now_town: Town, client_of: Any) -> None:
    client = client_of(now_town.people["firm-own"])
    client.post("/cases/new/grant/", {"case_token": "c", "token": "t", "save": "1", "f-title": "写了一半"})
    case = Case.objects.get()
    assert "写了一半" in client.get(f"/cases/{case.pk}/step/submit/").content.decode()
    for who in ("firm-other", "市科技局", "district", "expert"):
        assert client_of(now_town.people[who]).get(f"/cases/{case.pk}/").status_code == 404
    assert client_of(now_town.people["firm-own"]).get("/cases/?q=试验").context["page"].paginator.count == 1


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("plan.pdf", PDF, True),
        ("plan.docx", docx(), True),
        ("plan.exe", PDF, True),
        ("plan.pdf", b"MZ\x90\x00", False),
        ("plan.docx", docx(macro=True), False),
        ("plan.docx", b"PK\x03\x04broken", False),
        ("plan.pdf", b"", False),
        ("plan.pdf", b"<html><script>", False),
    ],
)
def test_files_are_told_by_their_content(
    now_town: Town, client_of: Any, name: str, content: bytes, taken: bool
) -> None:
    client = client_of(now_town.people["firm-own"])
    answer = client.post("/cases/new/grant/", sent(**{"f-plan": SimpleUploadedFile(name, content)}))
    assert answer.status_code == (302 if taken else 400)
    case = Case.objects.get()
    assert CaseFile.objects.count() == int(taken)
    if taken:
        file = CaseFile.objects.get()
        assert (case.data["plan"], file.event.kind) == (str(file.pk), "moved")
        got = client_of(now_town.people["office"]).get(f"/cases/files/{file.name}/")
        assert (got.content, got["Content-Disposition"].split(";")[0]) == (content, "attachment")
        assert client_of(now_town.people["firm-other"]).get(f"/cases/files/{file.name}/").status_code == 404


def test_one_click_from_the_tray(now_town: Town, client_of: Any) -> None:
    case = now_town.filed()
    office = client_of(now_town.people["office"])
    assert f"/cases/{case.pk}/#act" in office.get("/tray/").content.decode()
    assert 'class="menu-count">1<' in office.get("/tray/").content.decode()
    refused = office.post(
        f"/cases/{case.pk}/step/return/", {"token": "x", "version": case.version, "reason": ""}
    )
    assert refused.status_code == 409
    assert "理由" in refused.content.decode()
    done = office.post(
        f"/cases/{case.pk}/step/return/", {"token": "x", "version": case.version, "reason": "缺方案"}
    )
    assert done.status_code == 302
    stale = office.post(
        f"/cases/{case.pk}/step/return/", {"token": "y", "version": case.version, "reason": "缺"}
    )
    assert stale.status_code == 409
    firm = client_of(now_town.people["firm-own"]).get(f"/cases/{case.pk}/").content.decode()
    assert "缺方案" in firm
    assert "请补正" in firm


def test_an_opinion_on_its_page(now_town: Town, client_of: Any) -> None:
    case = now_town.joint()
    client = client_of(now_town.people["市发改委"])
    address = f"/cases/{case.pk}/opinion/joint/"
    assert "环境影响评价" in client.get(address).content.decode()
    assert client.post(address, {"token": "a", "f-opinion": "可行"}).status_code == 400
    bad = client.post(
        address, {"token": "a", "f-opinion": "可行", "verdict": "agree", "commit": "环境影响评价"}
    )
    assert bad.status_code == 409
    good = client.post(address, {"token": "a", "f-opinion": "可行", "verdict": "agree", "commit": "项目备案"})
    assert good.status_code == 302
    assert client_of(now_town.people["市生态环境局"]).get(address).status_code == 404
    firm = client_of(now_town.people["firm-own"]).get(f"/cases/{case.pk}/").content.decode()
    assert "市发改委已回复" in firm
    assert "市发改委同意" not in firm
    assert "可行" not in firm


def test_publicity_and_objection(now_town: Town, client_of: Any) -> None:
    case = now_town.publicity()
    visitor = client_of(None)
    page = visitor.get("/publicity/").content.decode()
    assert "稀土电机" in page
    assert "80万元" in page
    assert "0472" not in page
    assert visitor.get("/publicity/?format=json", headers={"accept": "application/json"}).json()["count"] == 1
    address = f"/publicity/{case.pk}/"
    assert "书面异议" in visitor.get(address).content.decode()
    assert visitor.post(address, {"name": "李四"}).status_code in (302, 403)
    other = client_of(now_town.people["firm-other"])
    assert other.post(address, {"token": "o", "name": "", "contact": "", "text": ""}).status_code == 409
    given = {"token": "o", "name": "李四", "contact": "13900000000", "text": "材料不实", "who": "person"}
    assert [other.post(address, given).status_code for _ in range(1)] == [302]
    assert CaseObjection.objects.count() == 1
    own = client_of(now_town.people["firm-own"]).get(f"/cases/{case.pk}/").content.decode()
    assert "李四" not in own
    assert "李四" in client_of(now_town.people["市科技局"]).get(f"/cases/{case.pk}/").content.decode()


def test_an_appeal_on_its_page(now_town: Town, client_of: Any) -> None:
    case = now_town.refused()
    firm = client_of(now_town.people["firm-own"])
    address = f"/cases/{case.pk}/appeal/"
    assert "申诉理由" in firm.get(address).content.decode()
    assert firm.post(address, {"token": "p", "reason": "不服"}).status_code == 400
    for _ in range(2):
        answer = firm.post(address, {"token": "p", "reason": "不服", "f-facts": "见目录"})
        assert answer.status_code == 302
    child = Case.objects.get(parent=case)
    assert answer["Location"] == f"/cases/{child.pk}/"
    assert client_of(now_town.people["市财政局"]).get(address).status_code == 403


RIGHTS = {
    "firm-own": (200, 1, 403),
    "firm-other": (404, 0, 404),
    "office": (200, 1, 302),
    "市科技局": (404, 0, 404),
    "district": (200, 1, 403),
    "auditor": (200, 1, 403),
    "expert": (404, 0, 404),
    "visitor": (403, None, 403),
}


@pytest.mark.parametrize("who", RIGHTS)
def test_who_sees_and_moves_a_filed_case(now_town: Town, client_of: Any, who: str) -> None:
    case = now_town.filed()
    seen, listed, moved = RIGHTS[who]
    client = client_of(now_town.people[who])
    assert client.get(f"/cases/{case.pk}/").status_code == seen
    answer = client.get("/cases/")
    assert (answer.context["page"].paginator.count if answer.status_code == 200 else None) == listed
    assert (
        client.post(f"/cases/{case.pk}/step/return/", {"token": "z", "reason": "缺件"}).status_code == moved
    )


def test_the_list_searches_sorts_and_exports(now_town: Town, client_of: Any) -> None:
    now_town.filed()
    move(now_town.filed("other", title="光伏玻璃"), "return", by=now_town.people["office"], reason="缺件")
    office = client_of(now_town.people["office"])
    assert [one.title for one in office.get("/cases/?sort=title").context["page"]] == ["光伏玻璃", "稀土电机"]
    assert office.get("/cases/?q=玻璃").context["page"].paginator.count == 1
    assert office.get("/cases/?standing=closed").context["page"].paginator.count == 0
    csv = office.get("/cases/?format=csv").content.decode("utf-8-sig")
    assert "光伏玻璃" in csv
    assert "试验补助〔2026〕" in csv.replace(str(timezone.localdate().year), "2026")
    assert office.get("/cases/?format=xlsx").status_code == 200
    assert client_of(now_town.people["expert"]).get("/cases/?format=csv").status_code == 403


def test_processes(now_town: Town, client_of: Any) -> None:
    firm = client_of(now_town.people["firm-own"])
    assert "/cases/new/grant/" in firm.get("/cases/processes/").content.decode()
    assert "受理时限" in firm.get("/cases/processes/grant/").content.decode()
    assert firm.get("/cases/new/nothing/").status_code == 404
    assert client_of(now_town.people["市科技局"]).get("/cases/new/grant/").status_code == 403
    assert client_of(None).get("/cases/processes/").status_code in (302, 403)
