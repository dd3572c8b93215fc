"""The ladder over all firms: each stands on its highest rung once, movement adds up, the target counts each firm once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.overview import overview, target_count
from portal.conftest import recorded
from portal.standards.conftest import World

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 12, 31)


@pytest.fixture
def ladder(world: World) -> World:
    """甲 got its star this year, 乙 lost it, 丙 is listed and has a star, 丁 has a star without a term."""
    with recorded() as changes:
        third, fourth = (
            changes.save(Enterprise(key=f"L{at}", name=name, district="青山区"))
            for at, name in enumerate(("丙公司", "丁公司"))
        )
    world.title(issued_on=dt.date(2025, 3, 1), valid_until=dt.date(2028, 3, 1))
    world.title(world.other, issued_on=dt.date(2022, 3, 1), valid_until=dt.date(2025, 3, 1))
    world.title(third, issued_on=dt.date(2024, 3, 1), valid_until=dt.date(2027, 3, 1))
    world.title(third, "上市公司")
    world.title(fourth)
    return world


def firms() -> list[Enterprise]:
    return list(Enterprise.objects.order_by("pk"))


def test_each_firm_stands_once_on_its_highest_rung(ladder: World) -> None:
    found = overview(firms(), DAY, "zh")
    assert [(one.label, one.stand, one.before, one.hold) for one in found.rungs] == [
        ("初创", 2, 2, 4),
        ("星级", 1, 1, 2),
        ("上市", 1, 1, 1),
    ]
    assert sum(one.stand for one in found.rungs) == found.firms == 4


def test_an_entry_of_which_nothing_certain_is_known_is_told_apart(ladder: World) -> None:
    assert [one.doubtful for one in overview(firms(), DAY, "zh").rungs] == [0, 2, 0]


def test_movement_adds_up_on_both_sides(ladder: World) -> None:
    found = overview(firms(), DAY, "zh")
    assert (found.climbed, found.fell) == (1, 1)
    for at, rung in enumerate(found.rungs):
        assert sum(way.count for way in found.ways if way.before == at) == rung.before
        assert sum(way.count for way in found.ways if way.after == at) == rung.stand
    assert found.table[0] == ("初创", [1, 1, 0])
    assert found.table[1] == ("星级", [1, 0, 0])


def test_without_a_target_nothing_is_counted_for_it(ladder: World) -> None:
    assert target_count(firms(), DAY, DAY, demo=False) is None


def test_the_page_and_its_twin(ladder: World, client_of: Any) -> None:
    client = client_of(ladder.people["office"])
    page = client.get("/standards/ladder/?year=2025")
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    told = client.get("/standards/ladder/?year=2025&format=json").json()
    assert told["firms"] == 4
    assert told["rungs"][1]["stand"] == 1


def test_a_district_sees_the_ladder_of_its_own_firms(ladder: World, client_of: Any) -> None:
    told = client_of(ladder.people["district"]).get("/standards/ladder/?year=2025&format=json").json()
    assert told["firms"] == 3
    assert "target" not in told
    assert client_of(ladder.people["firm"]).get("/standards/ladder/").status_code == 403
