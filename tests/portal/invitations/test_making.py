"""Who makes a link, for what; it is told once and stored as a digest; it is listed and withdrawn."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import serializers
from django.utils import timezone

from luming.reporting import Move
from luming_portal.accounts.rights import Refused
from luming_portal.audit.models import Change
from luming_portal.invitations import services
from luming_portal.invitations.models import Invitation, InvitationRow
from luming_portal.invitations.selectors import digest_of
from luming_portal.invitations.services import make_invitation, withdraw_invitation
from luming_portal.reporting.services import move_reports
from portal.invitations.conftest import Link, link_for, long_ago
from portal.reporting.conftest import World
from portal_records import seen

CHINA = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.django_db


@pytest.fixture
def at(world: World, client_of: Any) -> Any:
    """A client of a person by name."""
    return lambda who: client_of(world.people[who])


def _make(client: Any, world: World, *keys: str, unit: str = "", **given: Any) -> Any:
    tail = f"?unit={unit}" if unit else ""
    rows = [world.report(key).pk for key in keys]
    body = {"rows": rows, "contact": "张三", "phone": "13800001234", "days": "3", **given}
    return client.post(f"/invitations/months/{world.month.pk}/new/{tail}", body)


def _token(answer: Any) -> str:
    found = re.search(r"/i/([\w-]{43})/", answer.content.decode())
    assert found is not None
    return found[1]


def test_a_unit_makes_a_link_for_its_own_figures_and_sees_it_once(world: World, at: Any) -> None:
    answer = _make(at("science"), world, "firms")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    token = _token(answer)
    page = answer.content.decode()
    assert "<svg" in page
    item = Invitation.objects.get()
    assert (item.unit, item.contact, item.phone, item.digest) == (
        "市科技局",
        "张三",
        "138****1234",
        digest_of(token),
    )
    assert [row.report.indicator.key for row in item.rows.all()] == ["firms"]
    assert timezone.localtime(item.expires_at).time() == dt.time(23, 59, 59)
    listed = at("science").get(f"/invitations/months/{world.month.pk}/").content.decode()
    assert "未打开" in listed
    assert token not in listed


def test_the_token_is_nowhere_kept_and_neither_is_the_number(world: World, at: Any) -> None:
    token = _token(_make(at("science"), world, "firms", "teams"))
    kept = serializers.serialize("json", [*Invitation.objects.all(), *InvitationRow.objects.all()])
    told = json.dumps(list(Change.objects.values()), default=str, ensure_ascii=False)
    for text in (kept, told):
        assert token not in text
        assert "13800001234" not in text
    assert digest_of(token) in kept
    assert digest_of(token) not in told


def test_two_links_share_nothing(world: World) -> None:
    tokens = {link_for(world, "firms")[1] for _ in range(20)}
    assert len(tokens) == 20
    assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens)


@pytest.mark.parametrize(
    ("who", "unit", "key", "status"),
    [
        ("science", "", "firms", 200),
        ("science", "", "output", 400),  # the other unit's figure is no choice on this page
        ("science", "市工信局", "output", 403),
        ("industry", "", "output", 200),
        ("office", "市工信局", "output", 200),
        ("office", "市工信局", "firms", 400),
        ("office", "", "firms", 400),
        ("other", "", "firms", 404),
    ],
)
def test_who_makes_one_for_what(who: str, unit: str, key: str, status: int, world: World, at: Any) -> None:
    assert _make(at(who), world, key, unit=unit).status_code == status
    assert Invitation.objects.exists() == (status == 200)


def test_the_service_itself_refuses_another_units_figures(world: World) -> None:
    for who, unit, key in (
        ("science", "市科技局", "output"),
        ("science", "市工信局", "output"),
        ("office", "市科技局", "output"),
    ):
        with pytest.raises(Refused):
            link_for(world, key, unit=unit, who=who)
    with pytest.raises(Refused, match="没有选择"):
        link_for(world)
    assert not Invitation.objects.exists()


def test_what_is_handed_in_already_is_no_choice(world: World, at: Any) -> None:
    world.fill("firms", "120")
    move_reports([world.report("firms")], Move.SUBMIT, by=world.people["science"])
    assert _make(at("science"), world, "firms").status_code == 400
    with pytest.raises(Refused, match="还在填报"):
        link_for(world, "firms")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rows": []}, "至少选一项"),
        ({"contact": " "}, "联系人姓名"),
        ({"contact": "张" * 41}, "联系人姓名"),
        ({"phone": "打电话"}, "7至15位"),
        ({"days": "0"}, "有效天数"),
        ({"days": "15"}, "有效天数"),
        ({"days": "三"}, "有效天数"),
        ({"rows": ["x", "99999999999999999999"]}, "报送项"),
        ({"contact": "张\x00三"}, "联系人姓名"),
    ],
)
def test_bad_input_gets_a_sentence_and_makes_nothing(
    given: dict[str, Any], sentence: str, world: World, at: Any
) -> None:
    answer = _make(at("science"), world, "firms", **given)
    assert answer.status_code == 400
    assert sentence in seen(answer)
    assert not Invitation.objects.exists()


def test_a_link_ends_with_the_day_of_publication(world: World) -> None:
    moment = dt.datetime(2025, 10, 9, 8, 0, tzinfo=CHINA)
    made, _token = link_for(world, "firms", days=14, now=moment)
    assert timezone.localtime(made.expires_at) == dt.datetime(2025, 10, 10, 23, 59, 59, tzinfo=CHINA)


def test_there_are_not_ever_more_of_them(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MOST_OPEN", 2)
    link_for(world, "firms", now=long_ago())
    first, _token = link_for(world, "firms")
    link_for(world, "firms")
    with pytest.raises(Refused, match="先收回"):
        link_for(world, "firms")
    withdraw_invitation(first, "不用了", by=world.people["science"])
    link_for(world, "firms")


def test_a_withdrawn_link_needs_a_reason_and_ends_at_once(link: Link, at: Any, client: Any) -> None:
    address = f"/invitations/{link.invitation.pk}/withdraw/"
    at("science").post(address, {"reason": " "})
    assert client.get(link.address).status_code == 200
    at("science").post(address, {"reason": "发错人了"})
    assert client.get(link.address).status_code == 410
    listed = seen(at("science").get(f"/invitations/months/{link.world.month.pk}/"))
    assert "已收回" in listed
    assert "发错人了" in listed
    with pytest.raises(Refused, match="不用收回"):
        withdraw_invitation(link.invitation, "再收", by=link.world.people["science"])
    entry = Change.objects.filter(model="invitations.invitation", action="update").first()
    assert entry is not None
    assert (entry.actor, entry.reason) == ("science", "发错人了")


@pytest.mark.parametrize(("who", "status"), [("industry", 404), ("other", 404), ("office", 302)])
def test_who_else_withdraws(who: str, status: int, link: Link, at: Any) -> None:
    answer = at(who).post(f"/invitations/{link.invitation.pk}/withdraw/", {"reason": "试"})
    assert answer.status_code == status
    assert (link.stored().withdrawn_at is not None) == (status == 302)


def test_another_unit_sees_no_links(link: Link, at: Any) -> None:
    page = seen(at("industry").get(f"/invitations/months/{link.world.month.pk}/"))
    assert "还没有发过" in page
    assert "张三" not in page
    assert "张三" in seen(at("office").get(f"/invitations/months/{link.world.month.pk}/?unit=市科技局"))


def test_a_link_of_three_weeks_ago_has_expired(link: Link) -> None:
    old, _token = make_invitation(
        link.world.month,
        "市科技局",
        [link.world.report("firms")],
        by=link.world.people["science"],
        contact="李四",
        phone="",
        days=3,
        now=long_ago(),
    )
    assert old.state_at(timezone.now()).label == "已过期"
