"""Thirty units report at the same moment: nothing is lost, nothing is mixed up, each step is recorded once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from luming.reporting import Move, Stage
from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change, Outbox
from luming_portal.indicators.models import Fact, Indicator
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.selectors import reports_for
from luming_portal.reporting.services import move_reports, save_draft
from portal.reporting.conftest import World
from portal.shared_database import shared_database
from portal_records import kept

pytestmark = pytest.mark.django_db(transaction=True)
UNITS, ROWS = 30, 6


@pytest.fixture
def month(world: World, make_user: Any) -> ReportingMonth:
    """A month that asks thirty units for six figures each; two officers a unit."""
    made = []
    for unit in range(UNITS):
        for who in "ab":
            make_user(Role.DEPARTMENT, f"u{unit:02d}{who}", unit=f"单位{unit:02d}")
        for row in range(ROWS):
            held = kept(
                Indicator(
                    key=f"i{unit:02d}_{row}",
                    label=f"指标{unit}-{row}",
                    definition="口径",
                    unit="亿元",
                    kind="stock",
                    frequency="month",
                    steward=f"单位{unit:02d}",
                )
            )
            made.append(
                Report(
                    reporting_month=world.month,
                    position=row,
                    unit=f"单位{unit:02d}",
                    lead=f"单位{unit:02d}",
                    title=held.label,
                    indicator=held,
                    subject="包头市",
                    period="2025-09",
                    of_measure="亿元",
                )
            )
    kept(*made)
    return world.month


def _value(report: Report) -> Decimal:
    return Decimal(report.unit[-2:]) * 100 + report.position


def test_thirty_units_at_once_lose_nothing(
    month: ReportingMonth, world: World, tmp_path: Any, django_user_model: Any
) -> None:
    people = {user.username: user for user in django_user_model.objects.all()}
    changes_before = Change.objects.count()
    with shared_database(tmp_path):
        start = threading.Barrier(UNITS)

        def report(unit: int) -> str:
            """One types and hands in; the colleague approves."""
            one, other = people[f"u{unit:02d}a"], people[f"u{unit:02d}b"]
            try:
                start.wait(60)
                for row in reports_for(one, month).filter(unit=one.unit):
                    with acting_as(one):
                        save_draft(
                            row,
                            by=one,
                            value=_value(row),
                            narrative="",
                            evidence="",
                            unchanged=False,
                            expected_version=row.version,
                        )
                for by, move in ((one, Move.SUBMIT), (other, Move.APPROVE)):
                    with acting_as(by):
                        done = move_reports(list(reports_for(by, month).filter(unit=by.unit)), move, by=by)
                    assert (done.count, done.left) == (ROWS, ()), done
                return ""
            except Exception as problem:
                return repr(problem)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(UNITS) as pool:
            assert [fault for fault in pool.map(report, range(UNITS)) if fault] == []

        theirs = Report.objects.filter(unit__startswith="单位").select_related(
            "indicator", "reporting_month", "fact"
        )
        assert {(one.stage, one.value == _value(one)) for one in theirs} == {(Stage.COLLECTED.value, True)}
        made = Change.objects.order_by("pk")[changes_before:]
        assert len(made) == UNITS * ROWS * 3
        assert {one.actor for one in made} == {f"u{unit:02d}{who}" for unit in range(UNITS) for who in "ab"}
        assert Outbox.objects.filter(change__in=[one.pk for one in made]).count() == len(made)

        office = world.people["office"]
        for move in (Move.VERIFY, Move.PUBLISH):
            with acting_as(office):
                assert move_reports(list(theirs.all()), move, by=office).count == UNITS * ROWS
        assert set(Fact.objects.values_list("indicator__key", "value")) == {
            (one.indicator.key, _value(one)) for one in theirs.all()
        }


def test_two_officers_publish_the_same_month_once(
    month: ReportingMonth, world: World, tmp_path: Any, make_user: Any
) -> None:
    theirs = Report.objects.filter(unit__startswith="单位").select_related(
        "indicator", "reporting_month", "fact"
    )
    for one in theirs:
        one.value, one.stage = _value(one), Stage.VERIFIED.value
        kept(one)
    officers = [world.people["office"], make_user(Role.OFFICE, "office-2", unit="领导小组办公室")]
    with shared_database(tmp_path):
        start = threading.Barrier(len(officers))

        def publish(at: int) -> int:
            rows = list(theirs.all())
            try:
                start.wait(60)
                with acting_as(officers[at]):
                    return move_reports(rows, Move.PUBLISH, by=officers[at]).count
            except StaleVersion:
                return 0
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(officers)) as pool:
            assert sorted(pool.map(publish, range(len(officers)))) == [0, UNITS * ROWS]
        assert Fact.objects.count() == UNITS * ROWS
        assert not Fact.objects.filter(superseded=True).exists()
