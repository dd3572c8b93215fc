"""A firm's page: its rung, verdicts with reasons and missing facts, and what if, which keeps nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luming_portal.standards.models import FirmFact
from luming_portal.standards.services import Statement, state_facts
from portal.standards.conftest import DAY, GOOD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world: World) -> World:
    """The first firm with facts enough for the star."""
    state_facts(
        [Statement(world.firm, 2025, GOOD, "年报")], by=world.people["firm"], today=dt.date(2026, 5, 1)
    )
    return world


def page(client: Any, pk: int, more: str = "") -> Any:
    return client.get(f"/standards/firms/{pk}/?as_of={DAY}{more}")


def twin(client: Any, pk: int) -> Any:
    return page(client, pk, "&format=json").json()


def test_a_firm_learns_what_it_could_reach(told: World, client_of: Any) -> None:
    found = twin(client_of(told.people["firm"]), told.firm.pk)
    star = next(one for one in found["standards"] if one["standard"] == "star")
    assert star["outcome"] == "pass"
    assert [(one["rung"], one["state"], one["here"]) for one in found["ladder"]] == [
        ("startup", "base", True),
        ("star", "reachable", False),
        ("listed", "blank", False),
    ]
    assert found["facts"]["rd"] == {
        "value": "80",
        "origin": "firm",
        "source": "年报",
        "recorded_on": "2026-05-01",
    }


def test_a_held_title_is_the_rung_it_stands_on(told: World, client_of: Any) -> None:
    told.title(issued_on=dt.date(2025, 1, 1), valid_until=dt.date(2027, 1, 1))
    told.title(title="上市公司")
    found = twin(client_of(told.people["firm"]), told.firm.pk)
    assert [(one["rung"], one["state"], one["here"]) for one in found["ladder"]] == [
        ("startup", "base", False),
        ("star", "held", False),
        ("listed", "held", True),
    ]


def test_unknown_names_the_facts_that_could_decide(world: World, client_of: Any) -> None:
    state_facts(
        [Statement(world.firm, 2025, {"employees": "100", "tech_staff": "20"})],
        by=world.people["firm"],
        today=dt.date(2026, 5, 1),
    )
    found = twin(client_of(world.people["firm"]), world.firm.pk)
    star = next(one for one in found["standards"] if one["standard"] == "star")
    assert star["outcome"] == "unknown"
    assert star["missing"] == ["revenue", "rd", "illegal_list"]
    assert next(one for one in found["ladder"] if one["rung"] == "star")["state"] == "unknown"


def test_a_failed_firm_reads_why(told: World, client_of: Any) -> None:
    state_facts(
        [Statement(told.firm, 2025, {"rd": "40"})], by=told.people["office"], today=dt.date(2026, 5, 2)
    )
    answer = page(client_of(told.people["office"]), told.firm.pk)
    html = answer.content.decode()
    assert "研发投入强度" in html
    assert "第二条" in html
    assert "尚未达到" in html


def test_the_explanation_names_version_hash_and_sources(told: World, client_of: Any) -> None:
    answer = client_of(told.people["firm"]).get(f"/standards/firms/{told.firm.pk}/star/?as_of={DAY}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "试〔2024〕1号" in html
    assert "企业填报" in html
    assert client_of(told.people["firm"]).get(f"/standards/firms/{told.firm.pk}/nothing/").status_code == 404


def test_what_if_shows_the_other_verdict_and_keeps_nothing(told: World, client_of: Any) -> None:
    client, before = client_of(told.people["firm"]), FirmFact.objects.count()
    answer = client.post(
        f"/standards/firms/{told.firm.pk}/what-if/?as_of={DAY}", {"rd": "10"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "假设" in html
    assert "不符合" in html
    assert "<html" not in html
    assert FirmFact.objects.count() == before
    assert twin(client, told.firm.pk)["standards"][0]["outcome"] == "pass"


def test_what_if_says_what_it_cannot_read(told: World, client_of: Any) -> None:
    answer = client_of(told.people["firm"]).post(f"/standards/firms/{told.firm.pk}/what-if/", {"rd": "很多"})
    assert answer.status_code == 400
    assert "很多" in answer.content.decode()


def test_nobody_sees_the_facts_of_another_firm(told: World, client_of: Any) -> None:
    for who, expected in {"other": 404, "district": 200, "office": 200, "auditor": 200}.items():
        client = client_of(told.people[who])
        for path in ("", "facts/", "star/"):
            assert client.get(f"/standards/firms/{told.firm.pk}/{path}").status_code == expected, (who, path)
    assert client_of(told.people["district"]).get(f"/standards/firms/{told.other.pk}/").status_code == 404
    assert client_of(None).get(f"/standards/firms/{told.firm.pk}/").status_code == 403


def test_a_firm_is_led_to_its_own_page(told: World, client_of: Any) -> None:
    answer = client_of(told.people["firm"]).get("/standards/")
    assert answer.url == f"/standards/firms/{told.firm.pk}/"


def test_a_failed_firm_reads_what_would_be_enough(told: World, client_of: Any) -> None:
    state_facts(
        [Statement(told.firm, 2025, {"rd": "40"})], by=told.people["office"], today=dt.date(2026, 5, 2)
    )
    html = (
        client_of(told.people["firm"])
        .get(f"/standards/firms/{told.firm.pk}/star/?as_of={DAY}")
        .content.decode()
    )
    assert "怎样达到" in html
    assert "40万元" in html
    assert "50万元" in html
