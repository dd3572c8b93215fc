"""The pages of reporting: who sees which rows, saving as one types, and every fault told where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from luming.reporting import Move, Stage
from luming_portal.reporting.services import move_reports
from portal.reporting.conftest import World, published_before
from portal_records import fact, source
from portal_records import seen as half_width

pytestmark = pytest.mark.django_db


def seen(answer: Any) -> str:
    """The page as text, with half-width signs."""
    table = str.maketrans("(),:;", "(),:;")
    return str(answer.content.decode().translate(table))


@pytest.fixture
def at(world: World, client_of: Any) -> Any:
    """A client of a person by name."""
    return lambda who: client_of(world.people[who])


def _save(client: Client, world: World, key: str, *, htmx: bool = True, **given: Any) -> Any:
    item = world.report(key)
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(
        f"/reporting/reports/{item.pk}/save/", {"version": item.version, **given}, headers=headers
    )


def test_a_unit_sees_its_own_rows_and_what_it_collects_once_it_is_approved(world: World, at: Any) -> None:
    address = f"/reporting/{world.month.pk}/sheet/?format=json"
    told = {
        who: {one["indicator"] for one in at(who).get(address).json()["reports"]}
        for who in ("science", "industry", "office")
    }
    assert told == {
        "science": {"firms", "teams"},
        "industry": {"output"},
        "office": {"output", "firms", "teams"},
    }
    assert at("other").get(address).status_code == 404
    world.fill("output", "80.5")
    move_reports([world.report("output")], Move.SUBMIT, by=world.people["industry"])
    assert len(at("science").get(address).json()["reports"]) == 2
    move_reports([world.report("output")], Move.APPROVE, by=world.people["industry2"])
    assert len(at("science").get(address).json()["reports"]) == 3


def test_those_without_a_part_are_refused_with_a_reason(world: World, client_of: Any, make_user: Any) -> None:
    for role in ("visitor", "enterprise", "expert", "system"):
        answer = client_of(make_user(role)).get("/reporting/")
        assert answer.status_code == 403
        assert "报送期" in seen(answer)


def test_what_is_typed_is_kept_and_tells_its_doubts(world: World, at: Any) -> None:
    answer = _save(at("industry"), world, "output", value="1,234.5", narrative="", evidence="包统〔2025〕3号")
    assert "已保存" in seen(answer)
    item = world.report("output")
    assert (item.value, item.evidence, item.version) == (Decimal("1234.5"), "包统〔2025〕3号", 2)
    assert f'name="version" value="{item.version}"' in answer.content.decode()
    assert "整数" in seen(_save(at("science"), world, "firms", value="12.5"))


@pytest.mark.parametrize(
    ("written", "sentence"),
    [("约80", "约数"), ("80亿元", "单位"), ("abc", "不是数字"), ("1e3", "科学计数"), ("9" * 50, "太长")],
)
def test_what_is_no_figure_is_told_and_nothing_is_kept(
    written: str, sentence: str, world: World, at: Any
) -> None:
    answer = _save(at("industry"), world, "output", value=written)
    assert sentence in seen(answer)
    assert "已保存" not in seen(answer)
    assert (world.report("output").value, world.report("output").version) == (None, 1)


def test_nothing_typed_stays_unknown_and_is_not_zero(world: World, at: Any) -> None:
    world.fill("output", "80")
    _save(at("industry"), world, "output", value="")
    assert world.report("output").value is None


def test_unchanged_takes_the_last_figure_and_needs_one(world: World, at: Any) -> None:
    assert "没有上期数" in seen(_save(at("science"), world, "firms", unchanged="1"))
    fact(
        world.report("firms").indicator,
        source(),
        period="2025-08",
        value=Decimal(118),
        unit="家",
        period_start="2025-08-01",
        period_end="2025-08-31",
    )
    _save(at("science"), world, "firms", unchanged="1", value="")
    assert (world.report("firms").value, world.report("firms").unchanged) == (Decimal(118), True)


@pytest.mark.parametrize(
    ("value", "unit", "asked", "same"),
    [
        ("1.5", "亿元", "万元", "15000"),
        ("0.123456789", "亿元", "万元", "1234.56789"),
        ("15001", "万元", "亿元", "1.5001"),
    ],
)
def test_unchanged_is_the_last_figure_in_the_unit_that_is_asked(
    value: str, unit: str, asked: str, same: str, world: World, at: Any
) -> None:
    world.fill("output", "1", of_measure=asked)
    published_before(world.report("output"), value, unit)
    page = seen(at("industry").get(f"/reporting/{world.month.pk}/sheet/"))
    assert f'data-same="{same}"' in page
    assert f"上期(2025年1—8月){same}{asked}" in half_width(page)
    _save(at("industry"), world, "output", unchanged="1", value="")
    assert (world.report("output").value, world.report("output").unchanged) == (Decimal(same), True)


def test_a_last_figure_of_another_kind_is_shown_and_cannot_be_taken_again(world: World, at: Any) -> None:
    world.fill("output", "1")
    published_before(world.report("output"), "118", "家")
    page = seen(at("industry").get(f"/reporting/{world.month.pk}/sheet/"))
    assert "上期(2025年1—8月)118家" in half_width(page)
    assert "data-same" not in page.split('id="report-')[1]
    assert "没有上期数" in seen(_save(at("industry"), world, "output", unchanged="1", value=""))
    _save(at("industry"), world, "output", value="80", narrative="")
    assert (world.report("output").value, world.report("output").unchanged) == (Decimal(80), False)


def test_a_page_that_is_behind_says_so_and_writes_nothing(world: World, at: Any) -> None:
    item = world.report("output")
    _save(at("industry2"), world, "output", value="80")
    for headers, status in (({"HX-Request": "true"}, 200), ({}, 409)):
        answer = at("industry").post(
            f"/reporting/reports/{item.pk}/save/", {"version": 1, "value": "90"}, headers=headers
        )
        assert answer.status_code == status
        assert "已被他人改为" in seen(answer)
    assert world.report("output").value == Decimal(80)


def test_it_works_without_script(world: World, at: Any) -> None:
    client = at("industry")
    answer = _save(client, world, "output", htmx=False, value="80.5")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#report-{world.report('output').pk}")
    client.post(f"/reporting/{world.month.pk}/move/", {"move": "submit"})
    assert world.report("output").at is Stage.SUBMITTED


def test_moving_takes_the_ticked_ones_or_all_that_can_go(world: World, at: Any) -> None:
    world.fill("firms", "120")
    world.fill("teams", "30")
    client, address = at("science"), f"/reporting/{world.month.pk}/move/"
    client.post(address, {"move": "submit", "report": [world.report("teams").pk]})
    assert (world.report("firms").at, world.report("teams").at) == (Stage.DRAFT, Stage.SUBMITTED)
    client.post(address, {"move": "submit"})
    assert world.report("firms").at is Stage.SUBMITTED
    page = seen(client.post(address, {"move": "fly"}, follow=True))
    assert "没有选择要做什么" in page


def test_another_units_report_can_neither_be_saved_nor_moved(world: World, at: Any) -> None:
    assert _save(at("science"), world, "output", value="1").status_code == 404
    pk = world.report("output").pk
    at("science").post(f"/reporting/{world.month.pk}/move/", {"move": "submit", "report": [pk]})
    item = world.report("output")
    assert (item.at, item.value) == (Stage.DRAFT, None)


def test_the_office_sees_who_is_missing_and_a_text_for_the_group(world: World, at: Any) -> None:
    world.fill("firms", "120")
    move_reports([world.report("firms")], Move.SUBMIT, by=world.people["science"])
    page = seen(at("office").get(f"/reporting/{world.month.pk}/"))
    assert "还有 2 个单位 2 项未报" in page
    assert "尚有2个单位2项未报" in page
    told = at("office").get(f"/reporting/{world.month.pk}/?format=json").json()
    assert {one["unit"]: one["owed"] for one in told["units"]} == {"市工信局": 1, "市科技局": 1}
    assert (told["asked"], told["owed"], told["published"]) == (3, 2, 0)


def test_a_department_goes_straight_to_its_sheet(world: World, at: Any) -> None:
    answer = at("industry").get(f"/reporting/{world.month.pk}/")
    assert answer["Location"] == f"/reporting/{world.month.pk}/sheet/"


def test_the_office_reads_but_does_not_write_for_a_unit(world: World, at: Any) -> None:
    page = at("office").get(f"/reporting/{world.month.pk}/sheet/?unit=市工信局").content.decode()
    assert 'name="value"' not in page
    assert _save(at("office"), world, "output", htmx=False, value="1").status_code == 403
    assert "由市工信局填报" in seen(_save(at("office"), world, "output", value="1"))
    assert (world.report("output").value, world.report("output").version) == (None, 1)


def test_a_formula_or_markup_in_words_stays_words(world: World, at: Any) -> None:
    _save(at("industry"), world, "output", value="80", narrative="<script>alert(1)</script>=1+1")
    page = at("office").get(f"/reporting/{world.month.pk}/sheet/?unit=市工信局").content.decode()
    assert "<script>alert(1)" not in page
