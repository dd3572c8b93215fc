"""From the opened month to the published figure, with returns and revisions; nothing is skipped, nothing rewritten."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from luming.reporting import Move, Stage
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.documents.models import Document
from luming_portal.indicators.models import Fact, Indicator
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.services import MonthRefused, move_reports, open_month, save_draft
from portal.reporting.conftest import World
from portal_records import fact, kept, source

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WAY = (
    ("industry", Move.SUBMIT, Stage.SUBMITTED),
    ("industry2", Move.APPROVE, Stage.REVIEWED),
    ("science", Move.COLLECT, Stage.COLLECTED),
    ("office", Move.VERIFY, Stage.VERIFIED),
    ("office", Move.PUBLISH, Stage.PUBLISHED),
)


def go(world: World, key: str, move: Move, who: str, reason: str = "") -> tuple[int, tuple[str, ...]]:
    """Move one report."""
    done = move_reports([world.report(key)], move, by=world.people[who], reason=reason)
    return done.count, done.left


def publish(world: World, key: str = "output", value: str = "80.5") -> None:
    """The whole way."""
    world.fill(key, value)
    for who, move, stage in WAY:
        assert go(world, key, move, who) == (1, ())
        assert world.report(key).at is stage


def test_the_whole_way_ends_in_a_fact_with_its_source(world: World) -> None:
    publish(world)
    made = Fact.objects.get()
    assert (made.key, made.value, made.unit, made.period) == (
        "包头市.output.2025-01/2025-09",
        Decimal("80.5"),
        "亿元",
        "2025-01/2025-09",
    )
    assert (made.source.publisher, made.source.title) == ("市工信局", "2025年9月报送")
    assert world.report("output").fact == made


def test_nobody_takes_another_ones_step(world: World) -> None:
    world.fill("output", "80.5")
    for at, (_who, move, _stage) in enumerate(WAY):
        for other, person in world.people.items():
            if other in {who for who, its, _ in WAY if its is move} or (move, other) in (
                (Move.SUBMIT, "industry2"),
                (Move.COLLECT, "science2"),
            ):
                continue
            before = world.report("output").stage
            done = move_reports([world.report("output")], move, by=person)
            assert (done.count, len(done.left)) == (0, 1), (move, other)
            assert world.report("output").stage == before
        go(world, "output", move, WAY[at][0])


def test_nobody_approves_his_own_figure_while_a_colleague_is_there(world: World) -> None:
    world.fill("output", "80.5")
    go(world, "output", Move.SUBMIT, "industry")
    count, left = go(world, "output", Move.APPROVE, "industry")
    assert count == 0
    assert "是您自己提交的" in left[0]
    colleague = world.people["industry2"]
    colleague.is_active = False
    kept(colleague)
    assert go(world, "output", Move.APPROVE, "industry") == (1, ())


def test_a_unit_that_leads_itself_hands_to_the_office(world: World) -> None:
    world.fill("firms", "120")
    go(world, "firms", Move.SUBMIT, "science")
    go(world, "firms", Move.APPROVE, "science2")
    assert world.report("firms").at is Stage.COLLECTED


def test_a_return_needs_a_reason_and_keeps_the_figure(world: World) -> None:
    world.fill("output", "80.5")
    go(world, "output", Move.SUBMIT, "industry")
    with pytest.raises(Refused):
        go(world, "output", Move.RETURN, "industry2", "  ")
    assert go(world, "output", Move.RETURN, "industry2", "口径不对") == (1, ())
    item = world.report("output")
    assert (item.at, item.value, item.remark, item.returns) == (Stage.DRAFT, Decimal("80.5"), "口径不对", 1)
    go(world, "output", Move.SUBMIT, "industry")
    assert world.report("output").remark == ""


def test_a_revision_corrects_and_keeps_what_was_published(world: World) -> None:
    publish(world)
    assert go(world, "output", Move.REVISE, "office", "统计口径更正") == (1, ())
    world.fill("output", "81.2")
    for who, move, _stage in WAY:
        assert go(world, "output", move, who) == (1, ())
    old, new = Fact.objects.order_by("pk")
    assert (old.value, old.superseded, new.value, new.supersedes) == (
        Decimal("80.5"),
        True,
        Decimal("81.2"),
        old.key,
    )
    item = world.report("output")
    assert (item.revisions, item.fact) == (1, new)


def test_a_revision_that_changes_nothing_adds_no_fact(world: World) -> None:
    publish(world)
    go(world, "output", Move.REVISE, "office", "核对")
    for who, move, _stage in WAY:
        go(world, "output", move, who)
    assert Fact.objects.count() == 1


def test_a_figure_that_others_published_meanwhile_is_corrected_not_doubled(world: World) -> None:
    indicator = Indicator.objects.get(key="output")
    fact(
        indicator,
        source(),
        key="包头市.output.2025-01/2025-09",
        period="2025-01/2025-09",
        period_end=dt.date(2025, 9, 30),
        value=Decimal("79"),
        unit="亿元",
    )
    publish(world)
    assert Fact.objects.filter(superseded=False).get().value == Decimal("80.5")
    assert Fact.objects.count() == 2


@pytest.mark.parametrize("value", ["79", "80.5"])
def test_what_stands_for_the_same_days_is_corrected_whatever_its_key_and_history(
    world: World, value: str
) -> None:
    indicator, by = Indicator.objects.get(key="output"), source()
    days = {"period": "2025-01/2025-09", "period_end": dt.date(2025, 9, 30), "unit": "亿元"}
    fact(indicator, by, key="P9", value=Decimal("70"), superseded=True, **days)
    fact(indicator, by, key="P9.r1", value=Decimal(value), supersedes="P9", **days)
    publish(world)
    standing = Fact.objects.get(superseded=False)
    assert standing.value == Decimal("80.5")
    assert world.report("output").fact == standing
    assert Fact.objects.count() == (3 if value == "79" else 2)


def test_what_has_a_fault_or_an_unexplained_doubt_is_not_submitted(world: World) -> None:
    assert go(world, "output", Move.SUBMIT, "industry")[0] == 0
    fact(
        Indicator.objects.get(key="output"),
        source(),
        key="F8",
        period="2025-01/2025-08",
        period_end=dt.date(2025, 8, 31),
        value=Decimal("70"),
        unit="亿元",
    )
    world.fill("output", "69.9")
    count, left = go(world, "output", Move.SUBMIT, "industry")
    assert count == 0
    assert "小于上期" in left[0]
    world.fill("output", "700")
    assert go(world, "output", Move.SUBMIT, "industry")[0] == 0
    world.fill("output", "700", narrative="新厂投产")
    assert go(world, "output", Move.SUBMIT, "industry") == (1, ())


def test_one_faulty_report_does_not_hold_the_others(world: World) -> None:
    world.fill("firms", "120")
    done = move_reports(
        [world.report("firms"), world.report("teams")], Move.SUBMIT, by=world.people["science"]
    )
    assert (done.count, len(done.left)) == (1, 1)
    assert "没有填数" in done.left[0]


def test_a_draft_that_a_colleague_has_saved_is_not_overwritten(world: World) -> None:
    mine, theirs = world.report("output"), world.report("output")
    draft = {"narrative": "", "evidence": "", "unchanged": False}
    save_draft(theirs, by=world.people["industry2"], value=Decimal(80), expected_version=1, **draft)
    with pytest.raises(StaleVersion):
        save_draft(mine, by=world.people["industry"], value=Decimal(90), expected_version=1, **draft)
    assert world.report("output").value == Decimal(80)


def test_two_who_move_the_same_report_at_once_move_it_once(world: World) -> None:
    world.fill("output", "80.5")
    first, second = world.report("output"), world.report("output")
    move_reports([first], Move.SUBMIT, by=world.people["industry"])
    with pytest.raises(StaleVersion):
        move_reports([second], Move.SUBMIT, by=world.people["industry2"])
    assert world.report("output").submitted_by == world.people["industry"]


def test_every_move_is_recorded_with_before_after_and_reason(world: World) -> None:
    world.fill("output", "80.5")
    go(world, "output", Move.SUBMIT, "industry")
    go(world, "output", Move.RETURN, "industry2", "口径不对")
    entry = Change.objects.filter(model="reporting.report").first()
    assert entry is not None
    assert entry.reason == "口径不对"
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["stage"], entry.after["stage"]) == ("submitted", "draft")


# --- opening -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(baotou: None) -> Document:
    """Baotou's document of 2025."""
    return Document.objects.get(key="baotou.2025-1")


def test_a_month_asks_each_figure_once_and_not_what_is_known(held: Document, make_user: Any) -> None:
    opened = open_month(held, 2025, 9, by=make_user("office"), today=dt.date(2025, 10, 1))
    reports = Report.objects.filter(reporting_month=opened)
    assert reports.count() >= 8
    assert reports.values("indicator", "subject").distinct().count() == reports.count()
    known = set(Fact.objects.filter(demo=False).values_list("indicator_id", "subject", "period"))
    assert not known & set(reports.values_list("indicator_id", "subject", "period"))
    assert (opened.due_on, opened.publish_by) == (dt.date(2025, 10, 5), dt.date(2025, 10, 10))


def test_a_month_is_opened_once_and_not_before_it_is_over(held: Document, make_user: Any) -> None:
    office = make_user("office")
    with pytest.raises(MonthRefused, match="还没有结束"):
        open_month(held, 2025, 9, by=office, today=dt.date(2025, 9, 30))
    open_month(held, 2025, 9, by=office, today=dt.date(2025, 10, 1))
    with pytest.raises(MonthRefused, match="已经开启"):
        open_month(held, 2025, 9, by=office, today=dt.date(2025, 10, 2))
    assert ReportingMonth.objects.count() == 1


def test_only_the_office_opens(held: Document, make_user: Any) -> None:
    with pytest.raises(Refused):
        open_month(held, 2025, 9, by=make_user("department", unit="市科技局"), today=dt.date(2025, 10, 1))
