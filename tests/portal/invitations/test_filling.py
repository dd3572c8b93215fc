"""The page of a link: what is handed in once lands as the unit's drafts; nothing typed is ever lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from luming.reporting import Move, Stage
from luming_portal.audit.models import Change
from luming_portal.invitations.holder import Holder
from luming_portal.invitations.models import InvitationRow
from luming_portal.invitations.services import Given, RowsRefused, hand_in, keep_typed
from luming_portal.reporting.models import Report
from luming_portal.reporting.services import move_reports, save_draft
from portal.invitations.conftest import Link, link_for
from portal.reporting.conftest import World, published_before
from portal_records import fact, kept, seen, source

pytestmark = pytest.mark.django_db
GOOD = {"firms": {"value": "120", "narrative": "按台账", "evidence": "台账2025-09"}, "teams": "8"}


def _last(world: World, key: str = "firms", value: str = "118") -> None:
    fact(
        world.report(key).indicator,
        source(),
        period="2025-08",
        value=Decimal(value),
        unit="家",
        period_start="2025-08-01",
        period_end="2025-08-31",
    )


def test_the_page_shows_the_named_figures_and_nothing_else(link: Link, client: Client) -> None:
    _last(link.world)
    answer = client.get(link.address)
    page = seen(answer)
    for words in ("2025年9月报送", "市科技局", "张三", "企业数", "团队数", "118家", "没有上期数"):
        assert words in page
    assert "产值" not in page
    assert "市工信局" not in page
    assert "sessionid" not in answer.cookies


def test_what_is_handed_in_is_the_units_draft_and_goes_the_usual_way(link: Link, client: Client) -> None:
    world = link.world
    client.get(link.address)
    answer = link.post(**GOOD)
    assert (answer.status_code, "已交回" in seen(answer)) == (200, True)
    item = world.report("firms")
    assert (item.value, item.narrative, item.evidence, item.stage) == (
        Decimal(120),
        "按台账",
        "台账2025-09",
        Stage.DRAFT.value,
    )
    assert item.submitted_by is None
    row = InvitationRow.objects.get(report=item)
    assert (row.value, row.handed_in_at) == (Decimal(120), link.stored().used_at)
    assert move_reports([item], Move.SUBMIT, by=world.people["science"]).count == 1
    assert world.report("firms").at is Stage.SUBMITTED


def test_the_record_names_the_link_and_its_holder_at_every_step(link: Link, client: Client) -> None:
    client.get(link.address)
    link.post("keep", **GOOD)
    link.post(**GOOD)
    client.get(link.address)
    sign = f"link #{link.invitation.pk}"
    entries = list(Change.objects.filter(actor=sign).order_by("pk"))
    assert {(one.actor_name, one.actor_role) for one in entries} == {("张三,市科技局", "visitor")}
    told = [(one.model, one.action) for one in entries]
    assert told[0] == ("invitations.invitation", "update")
    assert told.count(("reporting.report", "update")) == 2
    assert told[-1] == ("invitations.invitation", "invitation.refused")
    handed = [one for one in entries if one.model == "reporting.report"]
    assert {one.reason for one in handed} == {f"经一次性链接{link.invitation.pk}号交回"}
    assert not Change.objects.filter(actor="visitor").exists()


def test_the_auditor_finds_the_link_in_the_record(link: Link, client_of: Any, make_user: Any) -> None:
    link.post(**GOOD)
    Client().get(link.address)
    page = seen(client_of(make_user("auditor")).get("/audit/", {"person": f"link #{link.invitation.pk}"}))
    for words in (f"link #{link.invitation.pk}", "已失效的一次性链接被使用", "企业数"):
        assert words in page
    assert link.stored().digest not in page


def test_an_officer_who_is_signed_in_acts_as_the_link_there(link: Link, client_of: Any) -> None:
    client = client_of(link.world.people["office"])
    client.get(link.address)
    assert link.post(client=client, **GOOD).status_code == 200
    assert not Change.objects.filter(actor="office", model="reporting.report").exists()


def test_the_sheet_says_who_filled_it_in(link: Link, client_of: Any) -> None:
    world = link.world
    link.post(**GOOD)
    address = f"/reporting/{world.month.pk}/sheet/"
    assert "由 张三 经一次性链接填写" in seen(client_of(world.people["science2"]).get(address))
    item = world.report("firms")
    save_draft(
        item,
        by=world.people["science"],
        value=Decimal(121),
        narrative="",
        evidence="",
        unchanged=False,
        expected_version=item.version,
    )
    page = seen(client_of(world.people["office"]).get(f"{address}?unit=市科技局"))
    assert page.count("经一次性链接填写") == 2
    assert page.count("之后本单位改过") == 1


def test_a_link_used_twice_says_when_and_whom_to_ask_and_nothing_of_the_figures(link: Link) -> None:
    link.post(**GOOD)
    for answer in (Client().get(link.address), link.post(firms="999", teams="9")):
        page = seen(answer)
        assert answer.status_code == 410
        for words in ("已经用过", "市科技局的测试", "交回过一次"):
            assert words in page
        for words in ("120", "按台账", "台账2025"):
            assert words not in page
    assert "999" in page, "what was typed the second time is given back"
    assert link.world.report("firms").value == Decimal(120)


def test_an_expired_link_gives_back_what_was_typed(world: World) -> None:
    made, token = link_for(world, "firms")
    link = Link(world, made, token)
    typed = link.typed(firms={"value": "120", "narrative": "写了很久的话"})
    made.expires_at = made.created_at
    kept(made)
    answer = Client().post(link.address, {"do": "hand_in", **typed})
    assert (answer.status_code, "已过期" in seen(answer), "写了很久的话" in seen(answer)) == (410, True, True)
    assert world.report("firms").value is None


def test_as_last_time_takes_the_last_figure(link: Link) -> None:
    _last(link.world)
    answer = link.post(firms={"value": "", "unchanged": "1"}, teams="8")
    assert answer.status_code == 200
    assert (link.world.report("firms").value, link.world.report("firms").unchanged) == (Decimal(118), True)


@pytest.mark.parametrize(("value", "unit", "same"), [("1.5", "亿元", "15000"), ("7", "万元", "7")])
def test_as_last_time_is_the_last_figure_in_the_unit_that_is_asked(
    value: str, unit: str, same: str, world: World
) -> None:
    world.fill("output", "1", of_measure="万元")
    published_before(world.report("output"), value, unit)
    link = Link(world, *link_for(world, "output", unit="市工信局", who="industry"))
    page = seen(Client().get(link.address))
    assert f'data-same="{same}"' in page
    assert f"上期(2025年1—8月){same}万元" in page
    assert link.post(output={"value": "", "unchanged": "1"}).status_code == 200
    assert (world.report("output").value, world.report("output").unchanged) == (Decimal(same), True)


def test_a_last_figure_of_another_kind_is_shown_and_cannot_be_taken_again(link: Link) -> None:
    published_before(link.world.report("firms"), "118", "万元")
    page = seen(Client().get(link.address))
    assert "上期(2025年8月)118万元" in page
    assert "data-same" not in page
    answer = link.post(firms={"value": "", "unchanged": "1"}, teams="8")
    assert "没有上期数" in seen(answer)
    assert link.post(firms="120", teams="8").status_code == 200
    assert link.world.report("firms").value == Decimal(120)


@pytest.mark.parametrize(
    ("firms", "sentence"),
    [
        ("12.5", "应为整数"),
        ("-3", "不能为负数"),
        ("约80", "约数"),
        ("80家", "单位"),
        ("abc", "不是数字"),
        ("9" * 61, "60"),
        ("9" * 40, "太长"),
        ("", "没有填数"),
        ({"value": "", "unchanged": "1"}, "没有上期数"),
        ({"value": "1", "narrative": "字" * 4001}, "4000"),
        ({"value": "1", "evidence": "\x00"}, "空字符"),
        ({"value": "1", "version": "abc"}, "整数"),
        ({"value": "1", "version": ""}, "必填"),
        ({"value": "1", "version": "99999999999999999999"}, "单位在您填写期间改过"),
    ],
)
def test_a_fault_is_told_at_its_row_and_nothing_is_handed_in(firms: Any, sentence: str, link: Link) -> None:
    answer = link.post(firms=firms, teams={"value": "8", "narrative": "别丢了这句"})
    assert answer.status_code in (400, 409)
    page = seen(answer)
    assert sentence in page
    assert "别丢了这句" in page
    assert (link.stored().used_at, link.world.report("teams").value) == (None, None)


def test_no_figure_with_a_word_why_reaches_the_unit_as_unknown(link: Link) -> None:
    answer = link.post(firms={"value": "", "narrative": "统计局月底才出数"}, teams="8")
    assert answer.status_code == 200
    item = link.world.report("firms")
    assert (item.value, item.narrative) == (None, "统计局月底才出数")
    done = move_reports([item], Move.SUBMIT, by=link.world.people["science"])
    assert done.count == 0, "the unit itself cannot submit it so"


def test_a_draft_is_kept_as_typed_and_does_not_touch_the_sheet(link: Link, client: Client) -> None:
    answer = link.post("keep", firms="约80", teams="8")
    page = seen(answer)
    assert (answer.status_code, "草稿已保存" in page, "约数" in page) == (200, True, True)
    assert link.world.report("teams").value is None
    again = seen(client.get(link.address))
    assert 'value="约80"' in again
    assert 'value="8"' in again
    assert "约数" in again
    assert link.post(firms="80", teams="8").status_code == 200


@pytest.mark.parametrize(
    "firms",
    [
        "9" * 61,
        "\x00",
        {"narrative": "字" * 4001},
        {"version": "-1"},
        {"version": "0"},
        {"version": "99999999999999999999"},
        {"version": "x"},
    ],
)
def test_what_cannot_be_kept_is_told_and_shown_back(firms: Any, link: Link) -> None:
    answer = link.post("keep", firms=firms, teams="8765")
    assert answer.status_code == 400
    assert "8765" in seen(answer)
    assert not InvitationRow.objects.exclude(seen_version=0).exists()


def test_other_rows_in_the_post_are_never_touched(link: Link) -> None:
    foreign = link.world.report("output")
    body = {"do": "hand_in", **link.typed(**GOOD)}
    body |= {f"r{foreign.pk}-version": "1", f"r{foreign.pk}-value": "1", "r0-value": "1", "unit": "市工信局"}
    assert Client().post(link.address, body).status_code == 200
    foreign.refresh_from_db()
    assert (foreign.value, foreign.version) == (None, 1)


@pytest.mark.parametrize("deed", [hand_in, keep_typed])
def test_the_service_itself_refuses_rows_that_are_not_named(deed: Any, world: World) -> None:
    """Of another unit, or of the same unit and not in the link."""
    made, _token = link_for(world, "firms")
    for key in ("output", "teams"):
        given = Given(world.report(key).pk, 1, "1", Decimal(1), False, "", "")
        with pytest.raises(RowsRefused, match="不在这个链接里"):
            deed([given], by=Holder(made))
        assert world.report(key).value is None
    assert not Report.objects.exclude(version=1).exists()


def test_a_figure_that_the_unit_has_submitted_is_left_alone_and_the_text_comes_back(link: Link) -> None:
    world = link.world
    typed = link.typed(firms={"value": "777", "narrative": "联系人写的话"}, teams="8")
    world.fill("firms", "120")
    move_reports([world.report("firms")], Move.SUBMIT, by=world.people["science"])
    answer = Client().post(link.address, {"do": "hand_in", **typed})
    page = seen(answer)
    assert answer.status_code == 409
    for words in ("待单位审核", "联系人写的话", "777", 'value="8"'):
        assert words in page
    assert (world.report("firms").value, world.report("teams").value) == (Decimal(120), None)
    rest = {key: value for key, value in typed.items() if not key.startswith(f"r{world.report('firms').pk}-")}
    assert Client().post(link.address, {"do": "hand_in", **rest}).status_code == 200
    assert (world.report("firms").value, world.report("teams").value) == (Decimal(120), Decimal(8))


def test_a_figure_that_went_to_another_unit_is_left_alone(world: World) -> None:
    made, token = link_for(world, "firms")
    link = Link(world, made, token)
    typed = link.typed(firms="120")
    item = world.report("firms")
    item.unit = "市工信局"
    kept(item)
    answer = Client().post(link.address, {"do": "hand_in", **typed})
    assert (answer.status_code, "其他单位" in seen(answer), "120" in seen(answer)) == (409, True, True)
    page = seen(Client().get(link.address))
    assert "都已经处理" in page
    assert 'value="hand_in"' not in page
    assert world.report("firms").value is None


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten_unseen(link: Link) -> None:
    typed = link.typed(**GOOD)
    link.world.fill("firms", "119")
    answer = Client().post(link.address, {"do": "hand_in", **typed})
    page = seen(answer)
    assert answer.status_code == 409
    assert "单位现在填的是:119家" in page
    assert 'value="120"' in page
    assert link.world.report("firms").value == Decimal(119)
    assert link.post(**GOOD).status_code == 200
    assert link.world.report("firms").value == Decimal(120)


def test_a_draft_kept_before_a_colleagues_change_says_so_later(link: Link, client: Client) -> None:
    link.post("keep", **GOOD)
    link.world.fill("firms", "119")
    page = seen(client.get(link.address))
    assert "单位现在填的是:119家" in page
    assert 'value="120"' in page


def test_a_returned_figure_shows_why_it_came_back(link: Link, client: Client) -> None:
    item = link.world.report("firms")
    item.remark = "请附台账编号"
    kept(item)
    assert "请附台账编号" in seen(client.get(link.address))


@pytest.mark.parametrize("body", [{}, {"do": "keep"}, {"do": "erase"}, {"do": "hand_in", "x": "1"}])
def test_a_post_that_says_nothing_changes_nothing(body: dict[str, str], link: Link) -> None:
    answer = Client().post(link.address, body)
    assert (answer.status_code, "没有收到填写的内容" in seen(answer)) == (400, True)
    assert link.stored().used_at is None


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(method: str, link: Link, client: Client) -> None:
    assert getattr(client, method)(link.address).status_code == 405
