"""Rehearsing on the page: a turned number, a rewritten text, a draft on the desk; papers; nothing is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from luming.rehearsal import knobs
from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.documents.drafts import desk_of, put
from luming_portal.documents.models import Document
from luming_portal.documents.services import revise
from luming_portal.rehearsal.trying import rules
from luming_portal.standards.models import FirmFact
from portal_records import firm, kept

pytestmark = pytest.mark.django_db
NAME = "/rehearsal/standards/tech_sme@2017/"


@pytest.fixture
def office(make_user: Any) -> Any:
    return make_user(Role.OFFICE, "office", unit="领导小组办公室")


def stated(**facts: str) -> None:
    """A firm with some figures of the last full year."""
    one = firm(district="青山区")
    day = timezone.localdate()
    kept(
        *(
            FirmFact(enterprise=one, key=key, value=value, year=day.year - 1, recorded_on=day)
            for key, value in facts.items()
        )
    )


def turned(path: str, value: str) -> str:
    """The address of a standard with one number turned."""
    held = rules()
    text = next(
        (root / "standards/tech_sme/2017.yaml") for root in held.roots if root.name == "national"
    ).read_text(encoding="utf-8")
    knob = next(one for one in knobs(text) if one.path == path)
    return f"{NAME}?k{knob.id}={value}"


def test_a_turned_threshold_shows_its_effect_and_changes_no_rule(
    office: Any, client_of: Any, settings: Any
) -> None:
    firm(district="青山区")
    before = {path: path.read_bytes() for path in Path(settings.PACKS).glob("*/standards/tech_sme/*")}
    changes = Change.objects.count()
    client = client_of(office)
    plain = client.get(NAME).content.decode()
    assert "职工总数不超过500人" in plain
    assert "总体影响" not in plain
    page = client.get(turned("rule.all.2.all.1.test", "300")).content.decode()
    assert "总体影响" in page
    assert "科技型中小企业" in page
    assert {path: path.read_bytes() for path in Path(settings.PACKS).glob("*/standards/tech_sme/*")} == before
    assert Change.objects.count() == changes


def test_a_paper_is_recorded_and_says_that_it_is_no_decision(office: Any, client_of: Any) -> None:
    client = client_of(office)
    address = turned("rule.all.2.all.1.test", "300")
    for form, begin in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        assert client.get(f"{address}&format={form}").content.startswith(begin)
    told = Change.objects.filter(action="rehearsal.exported")
    assert [one.after["form"] for one in told.order_by("pk")] == ["docx", "pdf", "xlsx"]


@pytest.mark.parametrize("value", ["-1", "很多", "1e9", "<script>", "9" * 30])
def test_a_bad_number_is_refused_with_its_place(value: str, office: Any, client_of: Any) -> None:
    answer = client_of(office).get(turned("rule.all.2.all.1.test", value))
    assert answer.status_code == 400
    assert "职工总数不超过500人" in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace("<script src", "")


def test_a_rewritten_text_is_tried_and_its_faults_are_told(office: Any, client_of: Any) -> None:
    client = client_of(office)
    text = client.get("/rehearsal/items/nm_hnte_first/").context["text"]
    better = client.post(
        "/rehearsal/items/nm_hnte_first/", {"text": text.replace("fixed: 30万元", "fixed: 40万元")}
    )
    assert better.status_code == 200
    worse = client.post(
        "/rehearsal/items/nm_hnte_first/", {"text": text.replace("fixed: 30万元", "fixed: 40吨")}
    )
    assert worse.status_code == 400
    assert "没有推演" in worse.content.decode()
    assert client.post("/rehearsal/items/nm_hnte_first/", {"text": "\x00: ["}).status_code == 400


def test_the_clause_stands_beside_an_item_of_the_document(baotou: None, office: Any, client_of: Any) -> None:
    page = client_of(office).get("/rehearsal/items/bt_scenario_project/").content.decode()
    assert "500万元" in page
    assert 'class="clause"' in page


def test_other_words_of_a_clause_turn_the_items_that_follow_it(
    baotou: None, office: Any, client_of: Any
) -> None:
    client = client_of(office)
    address = "/rehearsal/clauses/m05/"
    words = client.get(address).context["words"]
    assert "500万元" in words
    page = client.post(address, {"words": words.replace("500万元", "800万元")}).content.decode()
    assert "科技成果应用场景示范项目支持" in page
    assert "800万元" in page
    assert "牵头" in page
    assert "文字里的数没有改动" in client.post(address, {"words": words + "另行通知。"}).content.decode()
    assert "新的文字里已没有" in client.post(address, {"words": "废止。"}).content.decode()
    paper = client.post(address, {"words": words.replace("500万元", "800万元"), "format": "docx"})
    assert paper.content.startswith(b"PK")
    assert client.post(address, {"words": "长" * 30_000}).status_code == 400


def test_a_draft_on_the_desk_is_held_against_the_document_in_force(
    baotou: None, office: Any, client_of: Any
) -> None:
    client = client_of(office)
    draft = revise(Document.objects.get(key="baotou.2025-1"), by=office)
    address = f"/rehearsal/drafts/{draft.pk}/"
    assert "草稿里的数与原版本相同" in client.get(address).content.decode()
    desk = desk_of(draft)
    put(
        draft,
        desk.changed(
            text=desk.text.replace("给予最高500万元", "给予最高800万元").replace("最高500万元", "最高800万元")
        ),
    )
    kept(draft)
    page = client.get(address).content.decode()
    assert "800万元" in page
    assert "科技成果应用场景示范项目支持" in page
    assert client.get("/rehearsal/").content.decode().count(address) == 1


def test_a_rule_that_has_ended_is_tried_on_its_last_day(office: Any, client_of: Any) -> None:
    stated(in_inner_mongolia="是", hnte_first="是", illegal_list="否")
    client = client_of(office)
    page = client.get("/rehearsal/items/nm_hnte_first/")
    assert str(page.context["day"]) == "2024-12-31"
    knob = page.context["main"][0].name
    told = client.get(f"/rehearsal/items/nm_hnte_first/?{knob}=40&day=2024-06-01").content.decode()
    assert "首次认定高新技术企业奖励" in told
    assert "没有任何影响" not in told
    late = client.get(f"/rehearsal/items/nm_hnte_first/?{knob}=40&day=2025-06-01").content.decode()
    assert "没有任何影响" in late


def test_what_is_not_there_is_not_found(office: Any, client_of: Any) -> None:
    client = client_of(office)
    for address in ("items/nothing/", "standards/nothing@1/", "standards/..@../", "drafts/999/"):
        assert client.get(f"/rehearsal/{address}").status_code == 404


def test_facts_of_firms_decide(office: Any, client_of: Any) -> None:
    stated(employees="400")
    page = client_of(office).get(turned("rule.all.2.all.1.test", "300")).content.decode()
    assert "甲公司" in page
