"""A firm's own lists: what is known is not asked, an answer is kept as a fact, each yes opens a case in its lane."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from luming_portal.accounts.rights import Refused
from luming_portal.cases import shelf as processes
from luming_portal.cases.effects import effect_named
from luming_portal.cases.models import Case
from luming_portal.standards.models import FirmFact
from luming_portal.standards.services import Statement, state_facts
from portal.conftest import recorded
from portal.support.conftest import World
from portal.support.test_calculator import asked, listed

pytestmark = pytest.mark.django_db
LANES = Path(__file__).parents[3] / "packs" / "baotou" / "processes"


@pytest.fixture(autouse=True)
def lanes(small_packs: None, settings: Any) -> None:
    """The three processes of the lanes beside the small items."""
    home = Path(settings.PACKS) / "trial" / "processes"
    home.mkdir(parents=True)
    for name in ("support_application", "support_fast", "support_automatic"):
        shutil.copy(LANES / f"{name}.yaml", home)
    processes.forget()


@pytest.fixture
def told(world: World) -> World:
    """The first firm with what the office knows of it."""
    values = {"here": "是", "star_first": "是", "illegal_list": "否", "rd": "500"}
    state_facts(
        [Statement(world.firm, 2025, values, "年报")], by=world.people["office"], today=dt.date(2026, 5, 1)
    )
    return world


def address(world: World) -> str:
    return f"/support/firms/{world.firm.pk}/"


def open_for(client: Any, world: World, key: str) -> Any:
    return client.post(f"{address(world)}open/{key}/")


def test_what_is_known_is_never_asked(told: World, client_of: Any) -> None:
    answer = client_of(told.people["firm"]).get(address(told))
    assert asked(answer) == ""
    assert listed(answer, "yes") == ["首次认定星级企业奖励", "研发费用补助", "持有星级企业称号补助"]
    html = answer.content.decode()
    assert "就高不重复" in html  # of the two stars the higher one is paid, and that one is claimed
    assert "open/star_award/" in html
    assert "open/star_kept/" not in html


def test_an_answer_becomes_a_fact_of_the_firm(world: World, client_of: Any) -> None:
    client = client_of(world.people["firm"])
    key = asked(client.get(address(world)))
    value = "500" if key == "rd" else "是"
    assert client.post(address(world), {"ask": key, "value": value}).status_code == 302
    row = FirmFact.objects.get()
    assert (row.key, row.value, row.origin, row.year) == (key, value, "firm", 2025)
    assert asked(client.get(address(world))) not in ("", key)


def test_what_is_skipped_is_not_asked_on_this_visit(world: World, client_of: Any) -> None:
    client = client_of(world.people["firm"])
    first = asked(client.get(address(world)))
    assert asked(client.get(f"{address(world)}?skip={first}&skip=nonsense")) not in ("", first)
    assert not FirmFact.objects.exists()


def test_an_answer_that_cannot_be_read_is_not_kept(world: World, client_of: Any) -> None:
    answer = client_of(world.people["firm"]).post(address(world), {"ask": "rd", "value": "很多"})
    assert answer.status_code == 400
    assert not FirmFact.objects.exists()


@pytest.mark.parametrize(("key", "process"), [("rd_share", "support_fast"), ("star_award", "support_fast")])
def test_a_yes_opens_a_case_in_its_lane(told: World, client_of: Any, key: str, process: str) -> None:
    client = client_of(told.people["firm"])
    answer = open_for(client, told, key)
    case = Case.objects.get()
    assert answer.status_code == 302
    assert (case.process, case.enterprise, case.data["item"]) == (process, told.firm, key)
    assert open_for(client, told, key).headers["Location"] == answer.headers["Location"]
    assert Case.objects.count() == 1
    assert "已在办理" in client.get(address(told)).content.decode()


def test_the_certificate_of_the_register_is_the_matter(told: World, client_of: Any) -> None:
    open_for(client_of(told.people["firm"]), told, "star_award")
    found = Case.objects.get()
    # The item asks for the first award alone; the number stands where a rule names the title.
    assert found.data["award"] == "30"


def test_an_item_of_applications_opens_an_application(world: World, client_of: Any) -> None:
    with recorded() as changes:
        changes.save(
            FirmFact(
                enterprise=world.firm,
                year=2025,
                key="star_valid",
                value="是",
                origin="office",
                recorded_on=dt.date(2026, 1, 1),
            )
        )
    open_for(client_of(world.people["firm"]), world, "star_kept")
    case = Case.objects.get()
    assert (case.process, case.data["matter"]) == ("support_application", "XJ2026001")


def test_nothing_opens_without_a_yes_or_for_another_firm(told: World, client_of: Any) -> None:
    assert open_for(client_of(told.people["other"]), told, "rd_share").status_code == 404
    assert open_for(client_of(told.people["office"]), told, "rd_share").status_code == 403
    state_facts(
        [Statement(told.firm, 2025, {"here": "否"})], by=told.people["office"], today=dt.date(2026, 6, 1)
    )
    open_for(client_of(told.people["firm"]), told, "rd_share")
    assert not Case.objects.exists()


def test_only_the_firm_and_the_offices_see_its_lists(told: World, client: Any, client_of: Any) -> None:
    expected = {"firm": 200, "other": 404, "district": 200, "office": 200, "auditor": 200}
    found = {who: client_of(told.people[who]).get(address(told)).status_code for who in expected}
    assert found == expected
    assert client.get(address(told)).status_code == 403
    assert client_of(told.people["firm"]).get("/support/mine/").headers["Location"] == address(told)


def test_a_matter_is_not_paid_twice_by_two_items(told: World, client_of: Any) -> None:
    open_for(client_of(told.people["firm"]), told, "rd_share")
    first = Case.objects.get()
    with recorded() as changes:
        first.state, first.outcome = "paid", "approved"
        first.data = {**first.data, "item": "once_a", "matter": "XJ1"}
        changes.save(first)
        second = changes.save(
            Case(
                **{
                    **_copied(first),
                    "data": {**first.data, "item": "once_b"},
                    "state": "paying",
                    "outcome": "",
                }
            )
        )
    with pytest.raises(Refused, match="已经支持过"):
        effect_named("support.paid")(second, None, None)  # type: ignore[misc]
    second.data = {**second.data, "matter": "XJ2"}
    effect_named("support.paid")(second, None, None)  # type: ignore[misc]


def _copied(case: Case) -> dict[str, Any]:
    names = (
        "process",
        "stored",
        "process_name",
        "title",
        "state_label",
        "public_state",
        "enterprise",
        "opened_at",
        "moved_at",
    )
    return {name: getattr(case, name) for name in names}
