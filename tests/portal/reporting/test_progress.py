"""The progress of a measure in words: asked, told, passed on and published like a figure, without becoming one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luming.reporting import Move, Stage
from luming_portal.indicators.models import Fact
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.selectors import lines_of, progress_of
from luming_portal.reporting.services import move_reports
from portal.reporting.conftest import World
from portal_records import kept, seen

pytestmark = pytest.mark.django_db


def asked(world: World, month: ReportingMonth | None = None) -> Report:
    """A measure of which 市工信局 tells the progress to 市科技局."""
    month = month or world.month
    item: Report = kept(
        Report(
            reporting_month=month,
            position=9,
            unit="市工信局",
            lead="市科技局",
            title="第19条 提升创新服务水平",
            measure="m19",
            subject="包头市",
            period=f"{month.year}-{month.month:02d}",
        )
    )
    return item


def again(item: Report) -> Report:
    """As it is stored now."""
    return Report.objects.select_related("indicator", "reporting_month", "fact").get(pk=item.pk)


def go_all_the_way(world: World, item: Report) -> None:
    """From the unit to publication."""
    for who, move in (
        ("industry", Move.SUBMIT),
        ("industry2", Move.APPROVE),
        ("science", Move.COLLECT),
        ("office", Move.VERIFY),
        ("office", Move.PUBLISH),
    ):
        done = move_reports([again(item)], move, by=world.people[who])
        assert (done.count, done.left) == (1, ()), (move, done.left)


def test_words_are_wanted_and_no_figure(world: World) -> None:
    item = asked(world)
    done = move_reports([again(item)], Move.SUBMIT, by=world.people["industry"])
    assert (done.count, done.left) == (
        0,
        ("第19条 提升创新服务水平:没有填进展。请写明做了什么、到哪一步;没有变化的点“与上期相同”。",),
    )


def test_published_progress_is_no_fact(world: World) -> None:
    item = asked(world)
    item.narrative = "新设服务窗口2个"
    kept(item)
    go_all_the_way(world, item)
    assert again(item).at is Stage.PUBLISHED
    assert again(item).handled().published
    assert not Fact.objects.exists()


def test_as_last_time_takes_the_words_of_the_last_published_month(world: World, client_of: Any) -> None:
    first = asked(world)
    first.narrative = "新设服务窗口2个"
    kept(first)
    go_all_the_way(world, first)
    month = kept(
        ReportingMonth(
            document=world.month.document,
            year=2025,
            month=10,
            due_on=dt.date(2025, 11, 5),
            verify_by=dt.date(2025, 11, 8),
            publish_by=dt.date(2025, 11, 10),
        )
    )
    item = asked(world, month)
    (line,) = lines_of(world.people["industry"], [again(item)])
    assert line.last_told == "新设服务窗口2个"
    client = client_of(world.people["industry"])
    client.post(
        f"/reporting/reports/{item.pk}/save/", {"version": item.version, "unchanged": "1", "narrative": ""}
    )
    assert (again(item).narrative, again(item).unchanged, again(item).value) == (
        "新设服务窗口2个",
        True,
        None,
    )


def test_as_last_time_without_a_last_time_is_refused(world: World, client_of: Any) -> None:
    item = asked(world)
    client = client_of(world.people["industry"])
    answer = client.post(
        f"/reporting/reports/{item.pk}/save/",
        {"version": item.version, "unchanged": "1", "narrative": ""},
        follow=True,
    )
    assert "没有上期的进展" in seen(answer)
    assert again(item).version == item.version


def test_the_overview_shows_each_measure_with_its_units(world: World, client_of: Any) -> None:
    item = asked(world)
    item.narrative = "新设服务窗口2个"
    kept(item)
    (told,) = progress_of(world.people["office"], world.month)
    assert (told.title, told.published, [one.unit for one in told.reports]) == (
        "第19条 提升创新服务水平",
        0,
        ["市工信局"],
    )
    assert progress_of(world.people["other"], world.month) == []
    client = client_of(world.people["office"])
    page = seen(client.get(f"/reporting/{world.month.pk}/progress/"))
    assert "新设服务窗口2个" in page
    told_json = client.get(f"/reporting/{world.month.pk}/progress/?format=json").json()
    assert told_json["measures"][0]["units"] == [
        {"unit": "市工信局", "narrative": "新设服务窗口2个", "stage": "draft"}
    ]
