"""A firm's leave for a bank: what it opens, for whom and how long; that every look is noted and revoking works at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from luming.standards import assess
from luming.standards.facts import read_fact
from luming_portal.accounts.rights import Refused
from luming_portal.grants.freezing import digest_of, frozen_sight
from luming_portal.grants.models import SightGrant, SightLook
from luming_portal.grants.services import look, revoke
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.services import Statement, state_facts
from portal.conftest import recorded
from portal.grants.conftest import World, in_days

pytestmark = pytest.mark.django_db


def test_the_named_bank_sees_points_with_parts_rule_and_sources(world: World, client_of: Any) -> None:
    answer = world.sight(client_of, "bank", world.grant())
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "企业own",
        "试〔2025〕2号",
        "总分",
        "人员",
        "审计报告",
        "科技贷款授信",
        shelf().digest[:12],
    ):
        assert words in page
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["fund", "institute", "other"])
def test_nobody_else_sees_it(world: World, client_of: Any, who: str) -> None:
    assert world.sight(client_of, who, world.grant()).status_code == 404
    assert not SightLook.objects.exists()


@pytest.mark.parametrize("who", ["office", "department"])
def test_the_administration_has_no_right_to_it(world: World, client_of: Any, who: str) -> None:
    assert world.sight(client_of, who, world.grant()).status_code == 403


def test_a_grant_of_one_firm_never_opens_another(world: World, client_of: Any) -> None:
    mine, others = world.grant(), world.grant("other", to="fund")
    assert world.sight(client_of, "bank", mine).status_code == 200
    assert world.sight(client_of, "bank", others).status_code == 404
    client = client_of(world.people["bank"])
    listed = client.get("/grants/").content.decode()
    assert "企业own" in listed
    assert "企业other" not in listed
    for firm in world.firms.values():
        for path in ("", "facts/", "points/"):
            assert client.get(f"/standards/firms/{firm.pk}/{path}").status_code == 403


def test_only_the_chosen_standards_and_what_they_ask_are_opened(world: World) -> None:
    rule = shelf().named("points@2025")
    assert rule is not None
    found = frozen_sight(world.firms["own"], [rule], in_days(0))
    assert [one["key"] for one in found["standards"]] == ["points"]
    assert {fact["key"] for fact in found["facts"]} <= set(rule.inputs)
    assert "revenue" not in {fact["key"] for fact in found["facts"]}


def test_what_is_opened_stays_as_it_was_frozen(world: World, client_of: Any) -> None:
    grant = world.grant()
    before = world.sight(client_of, "bank", grant).content.decode()
    state_facts(
        [Statement(world.firms["own"], in_days(0).year - 1, {"tech_staff": "1"}, "更正")],
        by=world.people["own"],
    )
    grant.refresh_from_db()
    told = client_of(world.people["bank"]).get(f"/grants/{grant.pk}/sight/?format=json").json()
    assert next(fact for fact in told["facts"] if fact["key"] == "tech_staff")["value"] == "20"
    assert told["digest"] == digest_of(grant.frozen)
    assert "更正" not in before


def test_the_verdict_can_be_replayed_from_what_is_frozen(world: World) -> None:
    frozen = world.grant().frozen
    inputs = shelf().inputs
    facts = {fact["key"]: read_fact(fact["value"], inputs[fact["key"]]) for fact in frozen["facts"]}
    for told in frozen["standards"]:
        rule = shelf().named(told["name"])
        assert rule is not None
        assert rule.sha256 == told["sha256"]
        found = assess(rule, facts, dt.date.fromisoformat(frozen["as_of"]))  # type: ignore[arg-type]
        assert found.outcome.value == told["outcome"]


def test_every_look_is_noted_and_told_to_the_firm(world: World, client_of: Any) -> None:
    grant = world.grant()
    world.sight(client_of, "bank", grant)
    client_of(world.people["bank"]).get(f"/grants/{grant.pk}/sight/?format=json")
    looks = list(SightLook.objects.order_by("pk"))
    assert [(one.looker, one.looked_by.username, one.form) for one in looks] == [
        ("机构bank", "at-bank", "page"),
        ("机构bank", "at-bank", "json"),
    ]
    page = client_of(world.people["own"]).get(f"/grants/{grant.pk}/").content.decode()
    assert page.count("机构bank 测试院所用户") == 2


def test_the_auditors_look_is_noted_too_and_the_firms_own_is_not(world: World, client_of: Any) -> None:
    grant = world.grant()
    assert world.sight(client_of, "own", grant).status_code == 200
    assert not SightLook.objects.exists()
    assert world.sight(client_of, "auditor", grant).status_code == 200
    assert SightLook.objects.get().looked_by.username == "auditor"


def test_looks_are_the_firms_and_the_auditors_to_read(world: World, client_of: Any) -> None:
    grant = world.grant()
    for who, expected in {"own": 200, "auditor": 200, "bank": 403, "other": 404, "office": 403}.items():
        assert client_of(world.people[who]).get(f"/grants/{grant.pk}/").status_code == expected, who


def test_revoking_works_at_once(world: World, client_of: Any) -> None:
    grant = world.grant()
    bank = client_of(world.people["bank"])
    assert bank.get(f"/grants/{grant.pk}/sight/").status_code == 200
    answer = client_of(world.people["own"]).post(f"/grants/{grant.pk}/revoke/")
    assert answer.status_code == 302
    assert bank.get(f"/grants/{grant.pk}/sight/").status_code == 404
    assert "企业own" not in bank.get("/grants/").content.decode()
    assert SightLook.objects.count() == 1
    with pytest.raises(Refused):
        revoke(grant, by=world.people["own"])


def test_a_look_that_was_under_way_when_it_was_revoked_shows_nothing(world: World) -> None:
    grant = world.grant()
    stale = SightGrant.objects.get(pk=grant.pk)
    revoke(grant, by=world.people["own"])
    assert look(stale, by=world.people["bank"]) is None
    assert not SightLook.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(-30, -1), (1, 30)])
def test_outside_its_days_a_grant_shows_nothing(world: World, client_of: Any, first: int, last: int) -> None:
    grant = world.grant()
    grant.first_day, grant.last_day = in_days(first), in_days(last)
    with recorded() as changes:
        changes.save(grant)
    assert world.sight(client_of, "bank", grant).status_code == 404
    assert "企业own" not in client_of(world.people["bank"]).get("/grants/").content.decode()


def test_on_its_last_day_a_grant_still_shows(world: World, client_of: Any) -> None:
    assert world.sight(client_of, "bank", world.grant(last_day=in_days(0))).status_code == 200


def test_a_bank_that_is_no_bank_any_more_sees_nothing(world: World, client_of: Any) -> None:
    grant = world.grant()
    with recorded() as changes:
        bank = world.institutions["bank"]
        bank.kind = "高校院所"
        changes.save(bank)
    assert world.sight(client_of, "bank", grant).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "institute"},
        {"purpose": " "},
        {"last_day": -1},
        {"first_day": -1},
        {"last_day": 366},
    ],
)
def test_what_a_firm_cannot_grant(world: World, wrong: dict[str, Any]) -> None:
    given = {name: in_days(value) if isinstance(value, int) else value for name, value in wrong.items()}
    with pytest.raises(Refused):
        world.grant(**given)
    assert not SightGrant.objects.exists()


def test_nobody_grants_or_revokes_for_a_firm(world: World, client_of: Any) -> None:
    grant = world.grant()
    for who, expected in {"other": 404, "office": 403, "bank": 403, "auditor": 403}.items():
        assert client_of(world.people[who]).post(f"/grants/{grant.pk}/revoke/").status_code == expected, who
    for who in ("office", "department", "bank", "auditor"):
        assert client_of(world.people[who]).get("/grants/new/").status_code == 403
    assert client_of(world.people["bank"]).get(f"/grants/{grant.pk}/sight/").status_code == 200


def test_the_form_offers_lenders_only_and_makes_a_grant(world: World, client_of: Any) -> None:
    client = client_of(world.people["own"])
    page = client.get("/grants/new/").content.decode()
    assert "机构bank" in page
    assert "机构institute" not in page
    posted = {
        "institution": world.institutions["bank"].pk,
        "purpose": "授信",
        "first_day": in_days(0).isoformat(),
        "last_day": in_days(0).isoformat(),
        "standards": ["points"],
    }
    assert client.post("/grants/new/", posted).status_code == 302
    made = SightGrant.objects.get()
    assert made.enterprise == world.firms["own"]
    assert [one["key"] for one in made.frozen["standards"]] == ["points"]
    assert (
        client.post("/grants/new/", {**posted, "institution": world.institutions["institute"].pk}).status_code
        == 400
    )


def test_the_time_of_a_look_is_now(world: World, client_of: Any) -> None:
    before = timezone.now()
    world.sight(client_of, "bank", world.grant())
    assert before <= SightLook.objects.get().looked_at <= timezone.now()
