"""Issuing a comparison, objecting to it, deciding, correcting: what holds and what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from luming.comparison import Contested, InputRefused, ObjectionMove
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.comparison.current import current, current_of, left_out
from luming_portal.comparison.models import Comparison, Objection, Settled
from luming_portal.comparison.services import (
    correct,
    decide_objection,
    file_objection,
    issue,
    withdraw,
)
from luming_portal.documents.selectors import current_version
from luming_portal.indicators.models import Fact, Indicator, Source
from portal.comparison.conftest import DAY, ISSUED, TARGET, World, district_fact
from portal.conftest import recorded
from portal_records import kept

LAST = dt.date(2025, 10, 27)


def objected(world: World, comparison: Comparison, **given: Any) -> Objection:
    wanted: dict[str, Any] = {
        "input": Contested.VALUE,
        "should_be": Decimal("640"),
        "by": world.people["qingshan"],
        "reason": "漏计一户",
        "evidence": "9月报表",
        "today": ISSUED,
        **given,
    }
    return file_objection(comparison, wanted.pop("input"), wanted.pop("should_be"), **wanted)


# --- issue ----------------------------------------------------------------------------------------------------------


def test_what_is_issued_is_what_was_reckoned_and_does_not_follow_the_register(world: World) -> None:
    made = world.issued()
    assert made.frozen() == world.item.content
    assert (made.issued_on, made.last_day) == (ISSUED, LAST)
    assert made.frozen().row_of("青山区").rank == 1  # type: ignore[union-attr]
    assert made.frozen().row_of("固阳县").rank is None  # type: ignore[union-attr]
    old = Fact.objects.get(key="D-青山区-2025-01/2025-09")
    kept(
        district_fact(
            old.indicator,
            old.source,
            "青山区",
            "2025-01/2025-09",
            10,
            key="D-again",
            supersedes=old.key,
            recorded_on=DAY,
        )
    )
    version = current_version()
    assert version is not None
    now = current_of(version, TARGET, DAY, demo=False)
    assert now is not None
    assert now.content != world.item.content
    assert Comparison.objects.get().frozen() == world.item.content


def test_a_target_and_period_are_issued_once(world: World) -> None:
    world.issued()
    with pytest.raises(Settled, match="已经公布"):
        world.issued()
    assert Comparison.objects.count() == 1


@pytest.mark.parametrize("who", ["qingshan"])
def test_only_the_office_issues(world: World, who: str) -> None:
    with pytest.raises(Refused):
        issue(world.item, by=world.people[who])


def test_where_the_calendar_ends_the_last_day_is_unknown_and_objections_are_taken(world: World) -> None:
    made = issue(world.item, by=world.people["office"], today=dt.date(2026, 12, 31))
    assert made.last_day is None
    assert "2027年" in made.window().unknown
    assert objected(world, made, today=dt.date(2027, 3, 1)).pk


def test_an_issued_comparison_never_changes(world: World) -> None:
    made = world.issued()
    made.label = "别的"
    with pytest.raises(Settled), recorded() as changes:
        changes.save(made)
    assert Comparison.objects.get().label != "别的"


def test_real_and_demonstration_are_not_mixed(world: World) -> None:
    version = current_version()
    assert version is not None
    for demo in (False, True):
        for one in current(version, DAY, demo=demo):
            assert one.demo is demo
            subjects = {fact["key"].startswith("D-") for fact in one.facts}
            assert subjects == {not demo}
    demo_item = current_of(version, TARGET, dt.date(2025, 11, 15), demo=True)
    assert demo_item is not None
    assert issue(demo_item, by=world.people["office"]).demo
    assert not world.issued().demo


def test_every_target_is_ranked_or_has_its_reason(world: World) -> None:
    version = current_version()
    assert version is not None
    left = left_out(version, DAY, demo=False)
    assert all(why for _label, why in left)
    assert len(current(version, DAY, demo=False)) == 1
    assert any("少于3个" in why for _label, why in left)


# --- objections -----------------------------------------------------------------------------------------------------


def test_an_objection_keeps_what_stood_and_what_was_said(world: World) -> None:
    made = objected(world, world.issued())
    assert (made.district, made.of, made.stood, made.should_be) == (
        "青山区",
        Contested.VALUE,
        Decimal(500),
        Decimal(640),
    )
    assert (made.state, made.filed_on) == ("filed", ISSUED)


@pytest.mark.parametrize(
    ("day", "taken"), [(ISSUED, True), (LAST, True), (LAST + dt.timedelta(days=1), False)]
)
def test_the_third_working_day_is_the_last(world: World, day: dt.date, taken: bool) -> None:
    comparison = world.issued()
    if taken:
        assert objected(world, comparison, today=day).pk
        return
    with pytest.raises(Settled, match="异议期已于2025-10-27结束"):
        objected(world, comparison, today=day)
    assert not Objection.objects.exists()


def test_the_same_input_is_not_objected_to_twice_while_the_first_waits(world: World) -> None:
    comparison = world.issued()
    first = objected(world, comparison)
    with pytest.raises(Settled, match="还没有处理"):
        objected(world, comparison, should_be=Decimal(650))
    assert objected(world, comparison, input=Contested.BASE, should_be=Decimal(400)).pk
    assert objected(world, comparison, by=world.people["donghe"]).pk
    withdraw(first, by=world.people["qingshan"])
    assert objected(world, comparison, should_be=Decimal(650)).pk


def test_a_district_objects_to_its_own_row_only(world: World) -> None:
    comparison = world.issued()
    with pytest.raises(Refused, match="九原区"):
        objected(world, comparison, by=world.people["elsewhere"])
    with pytest.raises(Refused):
        objected(world, comparison, by=world.people["office"])


def test_a_figure_that_is_the_same_or_cannot_stand_is_refused(world: World) -> None:
    comparison = world.issued()
    with pytest.raises(InputRefused, match="就是这个数"):
        objected(world, comparison, should_be=Decimal("500.00"))
    with pytest.raises(InputRefused, match="不能多于"):
        objected(world, comparison, input=Contested.ON_TIME, should_be=Decimal(2))
    assert not Objection.objects.exists()


def test_only_its_district_takes_it_back_and_only_before_the_decision(world: World) -> None:
    item = objected(world, world.issued())
    for who in ("donghe", "office"):
        with pytest.raises(Refused):
            withdraw(item, by=world.people[who])
    decide_objection(item, ObjectionMove.REJECT, by=world.people["office"], answer="报表无此户")
    with pytest.raises(Settled, match="未采纳"):
        withdraw(item, by=world.people["qingshan"])
    assert Objection.objects.get().state == "rejected"


def test_what_was_said_is_never_overwritten(world: World) -> None:
    item = objected(world, world.issued())
    item.reason = "别的"
    with pytest.raises(Settled), recorded() as changes:
        changes.save(item)
    item.refresh_from_db()
    withdraw(item, by=world.people["qingshan"])
    item.refresh_from_db()
    item.answer = "别的"
    with pytest.raises(Settled), recorded() as changes:
        changes.save(item)


def test_the_office_decides_once_with_a_reason(world: World) -> None:
    item, office = objected(world, world.issued()), world.people["office"]
    with pytest.raises(Refused):
        decide_objection(item, ObjectionMove.ACCEPT, by=world.people["qingshan"], answer="是")
    with pytest.raises(Settled, match="理由"):
        decide_objection(item, ObjectionMove.REJECT, by=office, answer=" ")
    with pytest.raises(Settled, match="核定的数"):
        decide_objection(item, ObjectionMove.ACCEPT, by=office, answer="属实")
    with pytest.raises(StaleVersion):
        decide_objection(
            item, ObjectionMove.REJECT, by=office, answer="不", expected_version=item.version + 1
        )
    made = decide_objection(
        item, ObjectionMove.ACCEPT, by=office, answer="属实", finding=Decimal(620), today=LAST
    )
    assert (made.state, made.finding, made.answer, made.settled_on) == (
        "accepted",
        Decimal(620),
        "属实",
        LAST,
    )
    with pytest.raises(Settled):
        decide_objection(item, ObjectionMove.REJECT, by=office, answer="不")
    entry = Change.objects.filter(model="comparison.objection").latest("id")
    assert (entry.reason, entry.actor) == ("属实", "system")


# --- corrections ----------------------------------------------------------------------------------------------------


def accepted(world: World, comparison: Comparison, **given: Any) -> Objection:
    item = objected(world, comparison, **given)
    finding = given.get("finding", item.should_be)
    return decide_objection(
        item, ObjectionMove.ACCEPT, by=world.people["office"], answer="属实", finding=finding
    )


def test_a_correction_takes_the_place_of_the_former_one_which_stays(world: World) -> None:
    former = world.issued()
    before = former.content
    accepted(world, former, by=world.people["donghe"], should_be=Decimal(400))
    with pytest.raises(Refused):
        correct(former, by=world.people["donghe"], reason="改")
    made = correct(former, by=world.people["office"], reason="东河区漏计", today=LAST)
    former = Comparison.objects.get(pk=former.pk)
    assert former.superseded_by == made
    assert former.content == before
    assert made.corrects == former
    assert made.frozen().input_of("东河区").value == 400  # type: ignore[union-attr]
    old, new = (one.frozen().row_of("东河区") for one in (former, made))
    assert old is not None
    assert new is not None
    assert new.score > old.score  # type: ignore[operator]
    assert (made.issued_on, made.last_day) == (LAST, dt.date(2025, 10, 30))
    with pytest.raises(Settled, match="已经更正过"):
        correct(former, by=world.people["office"], reason="再改")
    with pytest.raises(Settled, match="已被更正"):
        objected(world, former)
    assert objected(world, made, today=LAST).pk


def test_a_correction_waits_for_every_objection_and_needs_something_to_correct(world: World) -> None:
    former, office = world.issued(), world.people["office"]
    with pytest.raises(Settled, match="没有可更正"):
        correct(former, by=office, reason="改")
    accepted(world, former)
    item = objected(world, former, by=world.people["donghe"])
    with pytest.raises(Settled, match="还有异议没有处理"):
        correct(former, by=office, reason="改")
    decide_objection(item, ObjectionMove.REJECT, by=office, answer="不属实")
    with pytest.raises(Settled, match="理由"):
        correct(former, by=office, reason="  ")
    assert correct(former, by=office, reason="改").pk


def test_an_unranked_district_that_is_right_is_ranked(world: World) -> None:
    former = world.issued()
    accepted(world, former, by=world.people["guyang"], input=Contested.BASE, should_be=Decimal(30))
    item = objected(world, former, by=world.people["guyang"], input=Contested.PLAN, should_be=Decimal(50))
    assert item.stood is None
    decide_objection(
        item, ObjectionMove.ACCEPT, by=world.people["office"], answer="属实", finding=Decimal(50)
    )
    made = correct(former, by=world.people["office"], reason="补基数和计划")
    assert made.frozen().row_of("固阳县").rank == 1  # type: ignore[union-attr]


def test_a_correction_may_reckon_from_the_register_and_keeps_earlier_findings(world: World) -> None:
    former, office = world.issued(), world.people["office"]
    accepted(world, former, by=world.people["donghe"], should_be=Decimal(400))
    second = correct(former, by=office, reason="东河区漏计")
    indicator, by = Indicator.objects.get(key=TARGET), Source.objects.get(key="district_reports")
    old = Fact.objects.get(key="D-青山区-2025-01/2025-09")
    kept(
        district_fact(
            indicator,
            by,
            "青山区",
            "2025-01/2025-09",
            450,
            key="D-again",
            supersedes=old.key,
            recorded_on=DAY,
        )
    )
    version = current_version()
    assert version is not None
    fresh = current_of(version, TARGET, DAY, demo=False)
    third = correct(second, by=office, reason="按台账", fresh=fresh)
    assert third.frozen().input_of("青山区").value == 450  # type: ignore[union-attr]
    assert third.frozen().input_of("东河区").value == 400  # type: ignore[union-attr]
    assert third.frozen().input_of("青山区").corrected == 1  # type: ignore[union-attr]


def test_demonstration_is_removed_whole(world: World, make_user: Any) -> None:
    from luming_portal.registers.demonstration import remove_demonstration

    version = current_version()
    assert version is not None
    item = current_of(version, TARGET, dt.date(2025, 11, 15), demo=True)
    assert item is not None
    comparison = issue(item, by=world.people["office"], today=ISSUED)
    accepted(world, comparison, should_be=Decimal(90))
    correct(comparison, by=world.people["office"], reason="改")
    real = world.issued()
    with recorded("清除演示") as changes:
        remove_demonstration(changes)
    assert list(Comparison.objects.all()) == [real]
    assert not Objection.objects.exists()
    assert make_user(Role.VISITOR).pk
