"""Papers of cases: numbers, codes, what a step brings forth, who sees what, templates in the portal."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from luming.paperwork import KINDS, default_template, example_values
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.cases.effects import run_effects
from luming_portal.cases.models import Case
from luming_portal.enterprises.models import Enterprise
from luming_portal.papers.models import CasePaper, TemplateSetting, TemplateVersion
from luming_portal.papers.services import issue_paper, withdraw_paper
from luming_portal.papers.template_services import PaperRefused, set_letterhead, upload_template, use_template
from luming_portal.papers.values_of_case import values_of_case
from luming_portal.registers.demonstration import remove_demonstration
from portal.conftest import recorded
from portal.shared_database import shared_database
from portal.small_cases import small_case, small_event

pytestmark = pytest.mark.both_databases
MakeUser, ClientOf = Callable[..., Any], Callable[..., Client]
DECISION = KINDS["decision"]


@pytest.fixture
def firm(db: None) -> Enterprise:
    with recorded() as changes:
        firm: Enterprise = changes.save(Enterprise(key="E-1", name="示范企业甲", district="青山区"))
    return firm


def _issue(case: Case, kind: str = "decision", **more: Any) -> CasePaper:
    values = example_values(KINDS[kind]) | more.pop("values", {})
    return issue_paper(case, KINDS[kind], values, by=None, **more)


def _issue_and_fail(case: Case) -> None:
    with change():
        _issue(case)
        raise ZeroDivisionError


def test_numbers_run_without_gaps_within_kind_and_year(firm: Enterprise) -> None:
    case = small_case(enterprise=firm)
    assert [_issue(case).serial for _ in range(3)] == [1, 2, 3]
    assert _issue(case, "acceptance").serial == 1
    assert _issue(small_case(2, demo=True), "decision").serial == 1
    with pytest.raises(PaperRefused, match="决定结果"):
        _issue(case, values={"决定结果": ""})
    with pytest.raises(ZeroDivisionError):
        _issue_and_fail(case)
    assert _issue(case).serial == 4


@pytest.mark.django_db(transaction=True)
def test_many_at_once_share_no_number_and_leave_none_out(tmp_path: Any) -> None:
    case = small_case()
    with shared_database(tmp_path):

        def issue(_number: int) -> None:
            try:
                for _ in range(3):
                    _issue(case)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(issue, range(4)))
        assert sorted(CasePaper.objects.values_list("serial", flat=True)) == list(range(1, 13))


def test_a_step_brings_its_paper_forth_once(firm: Enterprise, make_user: MakeUser) -> None:
    office = make_user(Role.OFFICE)
    case = small_case(enterprise=firm)
    event = small_event(case, 2, "不予认定", "研发费用不足", by=office)
    with change():
        run_effects(("paper:决定书",), case, event, office)
        run_effects(("paper:decision",), case, event, office)
    paper = CasePaper.objects.get()
    assert paper.event == 2
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(bytes(paper.content))).paragraphs)
    assert "决定：不予认定" in words
    assert "研发费用不足" in words
    assert "万元" not in words, "what a firm asks for is no decision"
    assert paper.sha256 == sha256(bytes(paper.content)).hexdigest()
    with pytest.raises(Refused, match="没有“seal”这种文书"), change():
        run_effects(("paper:seal",), case, event, office)


def test_a_step_whose_paper_lacks_something_is_not_taken(firm: Enterprise) -> None:
    case = small_case(enterprise=firm)
    with pytest.raises(Refused, match="不予受理理由"), change():
        run_effects(("paper:rejection",), case, small_event(case, 2, "不予受理"), None)


def test_money_is_what_an_office_decided(firm: Enterprise) -> None:
    case = small_case(enterprise=firm)
    event = small_event(case, 2, "同意", content={"data": {"award": "12.5"}})
    values = values_of_case(case, DECISION, event, event.at.date(), "市科技局")
    assert (values["金额"], values["金额大写"]) == ("12.5万元", "壹拾贰万伍仟元整")
    case.outcome = "refused"
    assert "金额" not in values_of_case(case, DECISION, event, event.at.date(), "市科技局")


def test_what_a_case_knows_is_never_guessed(firm: Enterprise) -> None:
    case = small_case(enterprise=firm, data={})
    event = small_event(case, 2, "退回补正", "补盖公章\n\n补交清单")
    values = values_of_case(case, KINDS["supplement"], event, event.at.date(), "市科技局")
    assert "金额" not in values
    assert "公示起日" not in values
    assert values["补正事项"] == ({"序号": "1", "内容": "补盖公章"}, {"序号": "2", "内容": "补交清单"})


def test_a_paper_never_changes_but_may_be_withdrawn_by_those_who_hold_the_case(
    firm: Enterprise, make_user: MakeUser
) -> None:
    case = small_case(enterprise=firm)
    paper = _issue(case, "publicity")
    paper.title = "另一个"
    with pytest.raises(RuntimeError, match="never changes"), change("改"):
        paper.save()
    own, other = make_user(Role.DEPARTMENT, unit="市科技局"), make_user(Role.DEPARTMENT, unit="市工信局")
    with pytest.raises(Refused):
        withdraw_paper(paper, by=other, reason="错")
    with pytest.raises(PaperRefused, match="理由"):
        withdraw_paper(paper, by=own, reason=" ")
    withdraw_paper(paper, by=own, reason="名单有误")
    with pytest.raises(PaperRefused, match="已经撤回"):
        withdraw_paper(paper, by=own, reason="再撤")
    assert _issue(case, "publicity").serial == 2


def test_who_sees_which_paper(firm: Enterprise, make_user: MakeUser, client_of: ClientOf) -> None:
    case = small_case(enterprise=firm)
    papers = {kind: _issue(case, kind) for kind in ("decision", "supervision", "publicity")}
    people = {
        "firm": make_user(Role.ENTERPRISE, enterprise=firm),
        "unit": make_user(Role.DEPARTMENT, unit="市科技局"),
        "stranger": make_user(Role.DEPARTMENT, unit="市工信局"),
        "visitor": None,
    }
    seen = {
        who: {
            kind
            for kind, one in papers.items()
            if client_of(user).get(f"/office-papers/{one.pk}/").status_code == 200
        }
        for who, user in people.items()
    }
    assert seen == {
        "firm": {"decision", "publicity"},
        "unit": {"decision", "supervision", "publicity"},
        "stranger": {"publicity"},
        "visitor": {"publicity"},
    }
    client = client_of(people["firm"])
    assert papers["decision"].number in client.get("/office-papers/?q=决").content.decode()
    assert client.get(f"/office-papers/{papers['decision'].pk}/file/pdf/").content.startswith(b"%PDF")
    word = client.get(f"/office-papers/{papers['decision'].pk}/file/docx/").content
    assert sha256(word).hexdigest() == papers["decision"].sha256
    assert client.get("/office-papers/?format=xlsx").content.startswith(b"PK")


def test_a_code_leads_back_and_tells_no_more_than_the_paper_shows(
    firm: Enterprise, client_of: ClientOf
) -> None:
    paper = _issue(small_case(enterprise=firm))
    client = client_of(None)
    code = f"{paper.code[:4]}-{paper.code[4:]}".lower()
    answer = client.get(f"/proofs/{code}/", follow=True)
    told = answer.content.decode()
    assert answer.status_code == 200
    assert paper.number in told
    assert "示范企业甲" not in told
    same = client.post(
        f"/office-papers/check/{paper.code}/", {"file": SimpleUploadedFile("a", bytes(paper.content))}
    )
    assert "逐字节相同" in same.content.decode()
    other = client.post(f"/office-papers/check/{paper.code}/", {"file": SimpleUploadedFile("a", b"other")})
    assert "不一致" in other.content.decode()
    assert client.get("/office-papers/check/22222222/").status_code == 404


def _template(*paragraphs: str) -> bytes:
    document = docx.Document(io.BytesIO(default_template(DECISION)))
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_another_template_holds_from_when_it_is_put_into_use(firm: Enterprise, make_user: MakeUser) -> None:
    office, case = make_user(Role.OFFICE), small_case(enterprise=firm)
    before = _issue(case)
    version = upload_template(DECISION, _template("抄送：{{ 经办单位 }}"), by=office)
    assert _issue(case).template is None
    with pytest.raises(PaperRefused, match="完全相同"):
        upload_template(DECISION, bytes(version.content), by=office)
    use_template(DECISION, 1, by=office, reason="加抄送", expected_version=None)
    after = _issue(case)
    assert after.template == version
    assert b"PK" in bytes(before.content)[:4]
    last = docx.Document(io.BytesIO(bytes(after.content))).paragraphs[-1].text
    assert last == "抄送：高新技术科"
    set_letterhead(
        DECISION, by=office, mark="鹿科决", issuer="鹿山市科技局", contact="", phone="", expected_version=1
    )
    assert _issue(case).number == f"鹿科决〔{after.year}〕4号"
    with pytest.raises(PaperRefused, match="同事"):
        use_template(DECISION, 0, by=office, reason="退回", expected_version=None)


def test_the_page_of_templates_tells_all_faults(make_user: MakeUser, client_of: ClientOf) -> None:
    client = client_of(make_user(Role.OFFICE))
    address = "/office-papers/templates/decision/"
    page = client.get(address).content.decode()
    assert "占位清单" in page
    assert "决定：同意认定" in page
    file = SimpleUploadedFile("x.docx", _template("{{ 金饿 }}", "{%p if 金额 %}"))
    answer = client.post(f"{address}upload/", {"file": file})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "金饿" in told
    assert "没有结束" in told
    assert not TemplateVersion.objects.exists()
    good = SimpleUploadedFile("x.docx", _template("附言：{{ 事项名称 }}"))
    assert client.post(f"{address}upload/", {"file": good, "note": "附言"}).status_code == 302
    assert "附言" in client.get(f"{address}?preview=1").content.decode()
    for form, start in (("template", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(f"{address}1/file/{form}/").content.startswith(start)
    assert client.post(f"{address}use/", {"number": "1", "version": "", "reason": "试"}).status_code == 302
    assert TemplateSetting.objects.get().in_use is not None
    head = {"mark": "鹿科决〔2026〕", "issuer": "甲", "contact": "", "phone": "", "version": "1"}
    assert client.post(f"{address}head/", head).status_code == 400
    assert client.post(f"{address}head/", head | {"mark": "鹿科决"}).status_code == 302
    for who in (None, make_user(Role.ENTERPRISE), make_user(Role.DEPARTMENT, unit="市科技局")):
        assert client_of(who).post(f"{address}upload/", {"file": file}).status_code in (302, 403)


def test_a_paper_by_hand_asks_only_what_the_case_does_not_know(
    firm: Enterprise, make_user: MakeUser, client_of: ClientOf
) -> None:
    case = small_case(enterprise=firm)
    client = client_of(make_user(Role.DEPARTMENT, unit="市科技局"))
    address = f"/office-papers/new/{case.pk}/supplement/"
    form = client.get(address).context["form"]
    known = dict(
        zip(
            [one.name for one in form.asked],
            [form[f"p{n}"].value() for n in range(len(form.asked))],
            strict=True,
        )
    )
    assert known["申请人"] == "示范企业甲"
    assert not known["补正事项"]
    assert client.post(address, {}).status_code == 400
    given = {f"p{n}": known[one.name] or "1 | 补盖公章" for n, one in enumerate(form.asked)}
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.context["form"].errors
    assert CasePaper.objects.get().values["补正事项"] == [{"序号": "1", "内容": "补盖公章"}]
    assert client_of(make_user(Role.DEPARTMENT, unit="市工信局")).get(address).status_code == 404


def test_what_demonstration_accounts_set_goes_with_them(make_user: MakeUser, settings: Any) -> None:
    settings.DEBUG = True
    office = make_user(Role.OFFICE, demo=True)
    upload_template(DECISION, _template("附言"), by=office)
    use_template(DECISION, 1, by=office, reason="试", expected_version=None)
    case = small_case(demo=True, applicant=office)
    _issue(case)
    with recorded("清除演示数据") as changes:
        assert remove_demonstration(changes) == []
    assert not TemplateVersion.objects.exists()
    assert not CasePaper.objects.exists()
