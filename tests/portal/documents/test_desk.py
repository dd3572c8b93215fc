"""The desk, by forms alone and by partial answers; several officers; nothing is lost."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from luming.desk import State
from luming_portal.audit.models import Change
from luming_portal.documents.drafts import desk_of, head_token, measure_token
from luming_portal.documents.models import DeskStep, Draft
from luming_portal.documents.services import start_draft
from portal.documents.sample import TEXT
from portal.documents.working import place_of, token

pytestmark = pytest.mark.django_db
PARTIAL = {"headers": {"HX-Request": "true"}}


def send(client, draft, words, do, *, partial=False, **fields):
    """Press a button of the sentence that holds some words."""
    start = fields.pop("start_at", None) or place_of(draft, words)
    form = {"token": token(draft, start), "do": do, **fields}
    address = reverse("documents:sentence", args=[draft.document_id, start])
    return client.post(address, form, **(PARTIAL if partial else {}))


def desk(draft):
    draft.refresh_from_db()
    return desk_of(draft)


def test_the_page_shows_every_sentence_with_its_proposals(at_desk, draft):
    page = at_desk.get(reverse("documents:desk", args=[draft.document_id])).content.decode()
    assert page.count('<article class="sentence') == 55
    assert (
        '<mark class="n proposed" title="待定\N{FULLWIDTH COLON}新认定高新技术企业 ≥120家">120家</mark>'
        in page
    )
    assert "还没有对应的落实机制" in page
    assert "（二十） 加强组织领导" in page


@pytest.mark.parametrize("partial", [False, True])
def test_accepting_by_a_button(at_desk, draft, partial):
    answer = send(at_desk, draft, "120家", "accept:m01_1", partial=partial)
    assert desk(draft).proposal("m01_1").state is State.ACCEPTED
    if partial:
        page = answer.content.decode()
        assert page.startswith('<article class="sentence')
        assert page.count('hx-swap-oob="true"') == 2
        assert "<html" not in page
    else:
        assert answer.status_code == 302
        assert answer.url.endswith(f"/desk/#s-{place_of(draft, '120家')}")


def test_every_step_is_recorded_with_who_and_what(at_desk, draft, officer):
    send(at_desk, draft, "120家", "reject:m01_1", item="m01_1", reason="误")
    step = DeskStep.objects.get()
    assert (step.label, step.by) == ("驳回“新认定高新技术企业”", "office")
    entry = Change.objects.get(model="documents.deskstep")
    assert entry.actor == "office"
    made = entry.after["made"]
    assert json.loads(made[0]["after"])["reason"] == "误"


def test_a_correction_with_all_its_fields(at_desk, draft):
    fields = {
        "item": "m01_2", "panel": "correct", "label": "高新技术企业总数", "kind": "target", "comparator": ">=",
        "value": "700", "unit": "家", "deadline": "2026年底", "aspiration": "on",
    }  # fmt: skip
    send(at_desk, draft, "700家", "correct", **fields)
    item = desk(draft).proposal("m01_2")
    assert item.commitment.label == "高新技术企业总数"
    assert item.commitment.aspiration
    del fields["aspiration"]
    send(at_desk, draft, "700家", "correct", **fields)
    assert not desk(draft).proposal("m01_2").commitment.aspiration


@pytest.mark.parametrize("partial", [False, True])
def test_a_faulty_correction_comes_back_with_what_was_typed(at_desk, draft, partial):
    answer = send(
        at_desk, draft, "700家", "correct", partial=partial,
        item="m01_2", panel="correct", label="总数甲", value="七百", unit="家", deadline="明年",
    )  # fmt: skip
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in (
        "“数值”\N{FULLWIDTH COLON}发现“七百”",
        "“时限”",
        'value="总数甲"',
        'value="七百"',
        "没有保存",
    ):
        assert words in page
    assert desk(draft).proposal("m01_2").state is State.PROPOSED


def test_a_number_is_explained_listed_and_taken_back(at_desk, draft):
    start = place_of(draft, "6条重点产业链")
    text = desk(draft).text
    at = text.index("6条重点产业链")
    send(
        at_desk,
        draft,
        "",
        "explain",
        start_at=start,
        start=str(at),
        end=str(at + 2),
        reason="产业链数,不考核",
    )
    assert [one.reason for one in desk(draft).remarks if one.start == at] == ["产业链数,不考核"]
    send(at_desk, draft, "", f"withdraw:{at}:{at + 2}", start_at=start)
    send(
        at_desk,
        draft,
        "",
        "add",
        start_at=start,
        quote="6条",
        label="重点产业链",
        value="6",
        unit="条",
        kind="count",
    )
    assert desk(draft).proposals_of("m03.s1")[0].commitment.label == "重点产业链"


def test_words_that_are_not_in_the_sentence_are_refused(at_desk, draft):
    answer = send(
        at_desk, draft, "6条重点产业链", "add", quote="九条", label="甲", value="9", unit="条", panel="add"
    )
    assert answer.status_code == 422
    assert "本句中的原话" in answer.content.decode()


def test_splitting_answers_with_the_whole_measure(at_desk, draft):
    start = place_of(draft, "总数突破700家")
    at = desk(draft).text.index("总数突破700家")
    answer = send(at_desk, draft, "", f"split:{at}", start_at=start, partial=True)
    assert answer["HX-Retarget"] == "#measure-m01"
    assert answer.content.decode().count('<article class="sentence') == len(
        desk(draft).measure("m01").sentences
    )
    assert desk(draft).proposal("m01_2").commitment.clause == "m01.s2"
    send(at_desk, draft, "", "merge", start_at=start)
    assert desk(draft).proposal("m01_2").commitment.clause == "m01.s1"


def test_bindings_by_suggestion_by_form_and_by_reason(at_desk, draft):
    start = place_of(draft, "推进科研经费")
    send(at_desk, draft, "", "bind", start_at=start, mechanism="cases", status="waits_for_rule", panel="bind")
    send(at_desk, draft, "", "bind:matching:planned:由“供需匹配”承接,已列入建设计划", start_at=start)
    mechanisms = [one.mechanism.value for one in desk(draft).sentence("m19.s2")[1].bindings]
    assert mechanisms == ["cases", "matching"]
    send(at_desk, draft, "", "unbind:0", start_at=start)
    send(at_desk, draft, "", "bind", start_at=start, mechanism="none", reference="由会议部署", panel="bind")
    assert [one.reference for one in desk(draft).sentence("m19.s2")[1].bindings] == ["由会议部署"]
    answer = send(at_desk, draft, "", "bind", start_at=start, panel="bind")
    assert answer.status_code == 422


def test_targets_get_indicator_curve_and_predecessor(at_desk, draft):
    send(at_desk, draft, "85亿元", "create_indicator:m00_1")
    item = desk(draft).proposal("m00_1").commitment
    assert item.indicator == "i2026_m00_1"
    send(at_desk, draft, "85亿元", "curve", item="m00_1", kind="year_end", panel="target")
    assert [one.kind for one in desk(draft).curves] == ["year_end"]
    send(at_desk, draft, "85亿元", "link", item="m00_1", indicator="", panel="target")
    assert desk(draft).proposal("m00_1").commitment.indicator == ""
    answer = send(at_desk, draft, "85亿元", "continues", item="m00_1", old="rd_spend", panel="target")
    assert answer.status_code == 422, "there is no document before this one"


def test_last_years_commitments_are_offered_and_taken(at_desk, officer, baotou):
    text = "包头市2027年要点\n一、甲。稀土产业产值突破1500亿元。\n"
    draft = start_draft(by=officer, text=text, key="baotou.2027-1", place="包头市", year=2027, head={})
    start = place_of(draft, "1500亿元")
    address = reverse("documents:sentence", args=[draft.document_id, start])
    page = at_desk.get(address, {"panel": "target", "item": "m01_1"}, **PARTIAL).content.decode()
    assert "接续2026年的哪一项" in page
    assert desk(draft).proposal("m01_1").commitment.indicator == "rare_earth_output", "the name is known"
    from luming_portal.documents.drafts import last_year_pack

    old = last_year_pack(draft, desk(draft)).commitments[0].id
    send(at_desk, draft, "1500亿元", "continues", item="m01_1", old=old, panel="target")
    assert desk(draft).proposal("m01_1").commitment.continues == old


def test_a_whole_measure_at_once(at_desk, draft):
    address = reverse("documents:measure", args=[draft.document_id, "m03"])
    for form in ({"do": "accept_all"}, {"do": "create_missing"}, {"do": "retitle", "title": "链主"}):
        assert at_desk.post(address, form).status_code == 302
    form = {"do": "assign", "lead": "市工信局、市科技局", "support": "市财政局", "mark": ""}
    answer = at_desk.post(address, form, **PARTIAL)
    assert answer.status_code == 200
    duty = desk(draft).duty_of("m03")
    assert (duty.lead, duty.mark.value) == (("市工信局", "市科技局"), "expected")
    assert desk(draft).measure("m03").title == "链主"
    assert desk(draft).proposal("m03_1").commitment.indicator


def test_a_faulty_division_of_labour_comes_back(at_desk, draft):
    address = reverse("documents:measure", args=[draft.document_id, "m03"])
    for options in ({}, PARTIAL):
        answer = at_desk.post(address, {"do": "assign", "lead": "", "support": "市财政局"}, **options)
        assert answer.status_code == 422
        assert "至少一个牵头单位" in answer.content.decode()
    assert (
        at_desk.post(
            reverse("documents:measure", args=[draft.document_id, "m77"]), {"do": "assign"}
        ).status_code
        == 404
    )


def test_two_officers_on_different_sentences_do_not_disturb_each_other(at_desk, colleague, client_of, draft):
    mine, theirs = place_of(draft, "120家"), place_of(draft, "900家")
    tokens = token(draft, mine), token(draft, theirs)
    addresses = [reverse("documents:sentence", args=[draft.document_id, one]) for one in (mine, theirs)]
    assert at_desk.post(addresses[0], {"do": "accept:m01_1", "token": tokens[0]}).status_code == 302
    other = client_of(colleague)
    assert other.post(addresses[1], {"do": "accept:m02_1", "token": tokens[1]}).status_code == 302
    assert {desk(draft).proposal(id).state for id in ("m01_1", "m02_1")} == {State.ACCEPTED}


@pytest.mark.parametrize("partial", [False, True])
def test_whoever_is_slower_sees_both_states_and_loses_nothing(at_desk, colleague, client_of, draft, partial):
    start = place_of(draft, "120家")
    seen = token(draft, start)
    address = reverse("documents:sentence", args=[draft.document_id, start])
    client_of(colleague).post(address, {"do": "accept:m01_1", "token": seen})
    form = {
        "do": "correct", "panel": "correct", "item": "m01_1", "token": seen, "label": "我的叫法", "value": "120",
        "unit": "家", "kind": "target", "comparator": ">=",
    }  # fmt: skip
    answer = at_desk.post(address, form, **(PARTIAL if partial else {}))
    assert answer.status_code == 409
    page = answer.content.decode()
    for words in ("刚被他人改动", "您刚才提交的", "我的叫法", "已采纳", token(draft, start)):
        assert words in page
    assert desk(draft).proposal("m01_1").state is State.ACCEPTED
    again = at_desk.post(address, {**form, "token": token(draft, start)})
    assert again.status_code == 302
    assert desk(draft).proposal("m01_1").commitment.label == "我的叫法"


def test_a_sentence_that_was_merged_away_is_told(at_desk, colleague, client_of, draft):
    first, second = place_of(draft, "120家"), place_of(draft, "对首次认定的企业")
    seen = token(draft, second)
    client_of(colleague).post(
        reverse("documents:sentence", args=[draft.document_id, place_of(draft, "对首次认定的企业")]),
        {"do": "accept:m01_3", "token": seen},
    )
    merging = reverse("documents:sentence", args=[draft.document_id, first])
    client_of(colleague).post(merging, {"do": "merge", "token": token(draft, first)})
    address = reverse("documents:sentence", args=[draft.document_id, second])
    answer = at_desk.post(address, {"do": "accept:m01_4", "token": seen})
    assert answer.status_code == 409
    assert "刚被他人改动" in answer.content.decode()


def test_undo_takes_back_ones_own_last_step_and_survives_a_reload(at_desk, colleague, client_of, draft):
    send(at_desk, draft, "120家", "accept:m01_1")
    send(client_of(colleague), draft, "900家", "accept:m02_1")
    undo = reverse("documents:undo", args=[draft.document_id])
    assert at_desk.post(undo).url.endswith(f"#s-{place_of(draft, '120家')}")
    assert desk(draft).proposal("m01_1").state is State.PROPOSED
    assert desk(draft).proposal("m02_1").state is State.ACCEPTED
    answer = at_desk.post(undo, follow=True)
    assert "没有可撤销的操作" in answer.content.decode()


def test_a_step_that_was_built_upon_is_not_taken_back(at_desk, draft):
    send(at_desk, draft, "120家", "accept:m01_1")
    send(at_desk, draft, "120家", "reject:m01_1", item="m01_1", reason="误")
    undo = reverse("documents:undo", args=[draft.document_id])
    answer = at_desk.post(undo, {"number": "1"}, follow=True)
    assert "后来又有改动" in answer.content.decode()
    assert desk(draft).proposal("m01_1").state is State.REJECTED
    page = at_desk.get(reverse("documents:steps", args=[draft.document_id])).content.decode()
    assert page.index("驳回“") < page.index("采纳“")


def test_a_step_that_changes_nothing_is_not_kept(at_desk, draft):
    send(at_desk, draft, "120家", "accept:m01_1")
    send(at_desk, draft, "120家", "accept:m01_1")
    assert DeskStep.objects.count() == 1


def test_the_head_is_changed_and_faults_come_back(at_desk, draft):
    address = reverse("documents:head", args=[draft.document_id])
    assert at_desk.get(address).status_code == 200
    assert at_desk.post(address, {"title": "", "date": "x"}).status_code == 422
    assert at_desk.post(address, {"title": "新题", "office": "科创办"}).status_code == 302
    assert desk(draft).document.office == "科创办"


def test_only_what_is_open_or_holds_some_words(at_desk, draft, finished):
    address = reverse("documents:desk", args=[draft.document_id])
    page = at_desk.get(address, {"show": "open"}).content.decode()
    assert "没有待办的句子了" in page
    page = at_desk.get(address, {"q": "揭榜项目"}).content.decode()
    assert page.count('<article class="sentence') == 1
    page = at_desk.get(address, {"q": "<script>"}).content.decode()
    assert "没有含“&lt;script&gt;”的句子" in page


@pytest.mark.parametrize(
    "panel", ["correct", "reject", "add", "explain", "split", "bind", "target", "nonsense"]
)
@pytest.mark.parametrize("partial", [False, True])
def test_every_panel_opens_with_and_without_script(at_desk, draft, panel, partial):
    address = reverse("documents:sentence", args=[draft.document_id, place_of(draft, "120家")])
    fields = {"panel": panel, "item": "m01_1"}
    answer = at_desk.get(address, fields, **(PARTIAL if partial else {}))
    assert answer.status_code == 200
    assert ("data-panel" in answer.content.decode()) is (panel != "nonsense")


def test_unknown_places_and_deeds(at_desk, draft):
    sentence = reverse("documents:sentence", args=[draft.document_id, 3])
    assert at_desk.get(sentence).status_code == 404
    assert at_desk.post(sentence, {"do": "accept:m01_1"}).status_code in (404, 409)
    assert send(at_desk, draft, "120家", "explode").status_code == 422
    assert send(at_desk, draft, "120家", "split:x").status_code == 422
    assert send(at_desk, draft, "120家", "accept:m77_1").status_code == 422


def test_a_document_is_given_up_with_a_reason(at_desk, draft, officer):
    address = reverse("documents:discard", args=[draft.document_id])
    assert at_desk.post(address, {"reason": " "}).status_code == 400
    assert at_desk.post(address, {"reason": "贴错了"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == Draft.State.DISCARDED
    assert at_desk.get(reverse("documents:desk", args=[draft.document_id])).status_code == 404
    again = start_draft(by=officer, text=TEXT, key="yunxi.2026-8", place="云溪市", year=2026, head={})
    assert again.document_id == draft.document_id, "its number may be used again"


def test_the_page_stays_small(at_desk, draft):
    import gzip

    content = at_desk.get(reverse("documents:desk", args=[draft.document_id])).content
    assert len(gzip.compress(content)) < 120_000


def test_a_division_of_labour_is_not_silently_replaced(at_desk, colleague, client_of, draft):
    address = reverse("documents:measure", args=[draft.document_id, "m20"])
    seen = measure_token(desk(draft), "m20")
    client_of(colleague).post(address, {"do": "assign", "lead": "市科技局", "token": seen})
    form = {"do": "assign", "lead": "市发改委", "token": seen}
    for options in ({}, PARTIAL):
        answer = at_desk.post(address, form, **options)
        assert answer.status_code == 409
        page = answer.content.decode()
        for words in ("刚被他人改动", "市科技局", 'value="市发改委"'):
            assert words in page
    assert desk(draft).duty_of("m20").lead == ("市科技局",)
    assert at_desk.post(address, {**form, "token": measure_token(desk(draft), "m20")}).status_code == 302


def test_a_head_is_not_silently_replaced(at_desk, colleague, client_of, draft):
    address = reverse("documents:head", args=[draft.document_id])
    seen = head_token(desk(draft))
    client_of(colleague).post(address, {"office": "科创办", "token": seen})
    answer = at_desk.post(address, {"office": "产业办", "token": seen})
    assert answer.status_code == 409
    page = answer.content.decode()
    for words in ("刚被他人改动", 'value="产业办"', "现在的内容：科创办"):
        assert words in page
    assert desk(draft).document.office == "科创办"
