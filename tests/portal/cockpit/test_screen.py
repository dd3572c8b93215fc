"""The cockpit says what the library's board says, in the same words and figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luming.facts import Dictionary, read_csv
from luming.monitor import Board, demo_year, measure_standings
from luming.pack import load, load_predecessors
from luming.publication.job import Order, demo_board, real_board
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.cockpit.boards import BoardShelf, default_day
from luming_portal.cockpit.screen import compose
from luming_portal.documents.models import Document, DocumentVersion
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version
from luming_portal.indicators.models import Indicator
from portal_records import fact, seen, source

DAY = dt.date(2025, 12, 31)


@pytest.fixture(scope="module")
def file_board(root: Any) -> Board:
    """The real board computed from the pack's files alone, without the portal."""
    pack = load(root / "packs" / "baotou" / "2025-1")
    dictionary = Dictionary(pack.indicators, (source.id for source in pack.sources))
    facts = read_csv(root / "packs" / "baotou" / "facts.csv", dictionary)
    return real_board(Order(pack, facts, DAY, earlier=load_predecessors(pack)))


def _told(board: Board) -> list[tuple[Any, ...]]:
    return [(a.target, a.standing, a.light, a.forecast, a.missing, a.history) for a in board.assessments]


@pytest.mark.django_db
def test_the_portals_board_is_the_board_of_the_files(baotou: None, file_board: Board) -> None:
    version = current_version()
    assert version is not None
    board = BoardShelf().real(version, DAY).board
    assert _told(board) == _told(file_board)
    assert board.contradictions == file_board.contradictions
    assert board.changes == file_board.changes


@pytest.mark.django_db
def test_the_demonstration_year_never_touches_the_tables(baotou: None, file_board: Board) -> None:
    version = current_version()
    assert version is not None
    shown = BoardShelf().demo(version, dt.date(2025, 11, 15)).board
    facts = demo_year(pack_of(version), 2025)
    assert _told(shown) == _told(demo_board(Order(file_board.pack, facts, DAY), facts))
    assert all(fact.demo for fact in shown.facts)
    assert not any(fact.demo for fact in BoardShelf().real(version, DAY).board.facts)


def test_the_screen_holds_every_target_and_measure(file_board: Board) -> None:
    screen = compose(file_board)
    assert [line.label for line in screen.targets] == [item.target.label for item in file_board.assessments]
    assert [tile.number for tile in screen.measures] == ["", *(str(n) for n in range(1, 22))]
    assert [tile.light for tile in screen.measures] == [
        one.light.value if one.light else "" for one in measure_standings(file_board)
    ]
    assert sum(count for _, count in screen.counts) == 18
    for line in screen.targets:
        assert line.forecast
        assert line.has_forecast or "个数据" in line.forecast or "目标" in line.forecast
        assert line.value or not line.completion


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2024, 12, 31), dt.date(2025, 1, 1)),
        (dt.date(2025, 6, 5), dt.date(2025, 6, 5)),
        (dt.date(2025, 12, 31), dt.date(2025, 12, 31)),
        (dt.date(2026, 11, 27), dt.date(2025, 12, 31)),
    ],
)
def test_a_year_that_is_over_is_shown_at_its_end(today: dt.date, expected: dt.date) -> None:
    assert default_day(2025, today) == expected


@pytest.mark.django_db
def test_every_figure_leads_to_clause_facts_and_source(baotou: None, client: Client) -> None:
    home = client.get("/").content.decode()
    assert home.count("/targets/") >= 18
    page = client.get("/targets/wind_local_supply/").content.decode()
    assert "<mark>" in page
    assert "历次亮灯" in page
    assert "全部数据与来源" in page
    assert "转引待核" in page or "原文已核" in page


@pytest.mark.django_db
def test_real_and_demonstration_pages_are_marked_apart(baotou: None, client: Client) -> None:
    real, demo = client.get("/").content.decode(), client.get("/demo-year/").content.decode()
    assert "数据为虚构" not in real
    assert "数据为虚构" in demo
    assert 'href="/targets/' in real
    assert 'href="/targets/' not in demo


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2025-13-01", "昨天", "0001-01-01", "9999-12-31", "2025-06-30\x00"])
def test_an_impossible_day_is_named_and_the_default_shown(baotou: None, client: Client, day: str) -> None:
    answer = client.get("/", {"as_of": day})
    assert answer.status_code == 200
    assert "现按默认日期显示" in answer.content.decode()


@pytest.mark.django_db
def test_a_past_day_knows_only_what_was_known_then(baotou: None, client: Client) -> None:
    then = client.get("/", {"as_of": "2025-05-31", "format": "json"}).json()
    latest = [target["latest"] for target in then["targets"] if target["latest"]]
    assert then["as_of"] == "2025-05-31"
    assert len(latest) < 2
    assert client.get("/", {"as_of": "2025-12-31", "format": "json"}).json()["counts"]["green"] == 1


@pytest.mark.django_db
def test_what_was_published_after_the_year_is_said_and_one_press_away(baotou: None, client: Client) -> None:
    assert "看算上这些数的情况" not in client.get("/").content.decode()
    target = next(one for one in _told_by_api(client)["targets"] if one["id"] == "wind_local_supply")
    asked = Indicator.objects.get(key=target["indicator"])
    by = source("statistics_2026")
    spans = {
        "in": {"period": "2025", "recorded_on": "2026-03-20"},
        "last": {"period": "2025-01/2025-11", "period_end": "2025-11-30", "recorded_on": "2026-04-02"},
        "next": {
            "period": "2026",
            "period_start": "2026-01-01",
            "period_end": "2026-12-31",
            "recorded_on": "2026-05-01",
        },
        "ahead": {"recorded_on": timezone.localdate() + dt.timedelta(days=1)},
        "hidden": {"recorded_on": "2026-05-02", "published": False},
        "invented": {"recorded_on": "2026-05-03", "demo": True},
        "place": {"recorded_on": "2026-05-04", "subject": "东河区"},
    }
    for key, span in spans.items():
        fact(asked, by, **{"key": key, "value": Decimal(91), "period_end": "2025-12-31", **span})
    page = seen(client.get("/"))
    assert "这里只算到2025年12月31日为止公布的数。以后又公布了2个与目标有关的,最近的在2026年4月2日。" in page
    assert 'href="/?as_of=2026-04-02"' in page
    assert "以后又公布了2个" in seen(client.get("/targets/wind_local_supply/"))
    assert "看算上这些数的情况" not in seen(client.get("/", {"as_of": "2026-04-02"}))
    assert "看算上这些数的情况" not in seen(client.get("/demo-year/"))
    now, then = _told_by_api(client), _told_by_api(client, as_of="2026-04-02")
    assert (now["as_of"], now["later"]) == ("2025-12-31", {"figures": 2, "as_of": "2026-04-02"})
    assert then["later"] is None
    assert target["latest"]["fact"] != "in"
    assert "in" in {one["latest"]["fact"] for one in then["targets"] if one["latest"]}


def _told_by_api(client: Client, **given: str) -> Any:
    return client.get("/api/v1/board", given).json()


@pytest.mark.django_db
def test_the_json_twin_answers_304_until_something_changes(baotou: None, client: Client) -> None:
    first = client.get("/", {"format": "json"})
    again = client.get("/", {"format": "json"}, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.django_db
def test_what_does_not_exist_is_404(baotou: None, client: Client) -> None:
    for address in ("/targets/nothing/", "/papers/nothing/", "/?document=999999", "/?document=abc"):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_without_a_document_the_page_says_what_to_do(client: Client) -> None:
    assert "还没有已发布的文件" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["monthly-sheet", "brief", "chat"])
def test_papers_come_as_files_with_their_name(baotou: None, client: Client, name: str) -> None:
    answer = client.get(f"/demo-year/papers/{name}/")
    assert answer.status_code == 200
    assert "filename*=UTF-8''%E6%BC%94%E7%A4%BA" in answer["Content-Disposition"]
    assert len(answer.content) > 500


@pytest.mark.django_db
def test_a_later_document_of_another_city_does_not_take_the_cockpit_over(baotou: None, settings: Any) -> None:
    own = current_version()
    assert own is not None
    other = Document(key="yinchuan.2026-1", title="别处的文件", place="银川市", year=2026, partial=False)
    with acting_as(None), change("登记") as changes:
        changes.save(other)
        changes.save(
            DocumentVersion(
                document=other,
                number=1,
                files={},
                sha256="",
                published_at=timezone.now(),
                published_by="system",
            )
        )
    assert current_version() == own
    settings.PLACE = "银川市"
    found = current_version()
    assert found is not None
    assert found.document == other
