"""Lights are recorded once a day and never change afterwards."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner

from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from luming_portal.cockpit.boards import SHELF
from luming_portal.cockpit.models import RecordedLight
from luming_portal.cockpit.record_lights import command
from luming_portal.cockpit.services import record_lights
from luming_portal.documents.selectors import current_version
from luming_portal.indicators.models import Fact, Indicator, Source

DAY, TODAY = dt.date(2025, 6, 30), dt.date(2025, 7, 1)


def _version() -> Any:
    version = current_version()
    assert version is not None
    return version


@pytest.mark.django_db
def test_recording_twice_adds_nothing(baotou: None) -> None:
    with acting_as(None):
        assert record_lights(_version(), DAY, TODAY) == 18
        assert record_lights(_version(), DAY, TODAY) == 0
    assert Change.objects.filter(model="cockpit.recordedlight").count() == 18


@pytest.mark.django_db
def test_a_later_figure_does_not_change_the_recorded_light(baotou: None) -> None:
    with acting_as(None):
        record_lights(_version(), DAY, TODAY)
    indicator, source = Indicator.objects.get(key="rare_earth_output"), Source.objects.first()
    fact = Fact(
        key="T1",
        subject="包头市",
        indicator=indicator,
        period="2025-01/2025-05",
        period_start=dt.date(2025, 1, 1),
        period_end=dt.date(2025, 5, 31),
        value=Decimal("700.5"),
        unit="亿元",
        status="actual",
        source=source,
        recorded_on=dt.date(2025, 6, 20),
    )
    with acting_as(None), change("补登") as changes:
        changes.save(fact)
    board = SHELF.real(_version(), dt.date(2025, 7, 31)).board
    item = next(one for one in board.assessments if one.target.indicator == "rare_earth_output")
    then = next(record for record in item.history if record.as_of == DAY)
    assert then.light.value == "grey"
    assert item.standing.latest is not None
    assert item.standing.latest.value == Decimal("700.5")


@pytest.mark.django_db
def test_the_command_says_how_many(baotou: None) -> None:
    told = CliRunner().invoke(command, ["--as-of", "2025-06-30"])
    assert told.exit_code == 0
    assert "新记录18项" in told.output
    assert RecordedLight.objects.count() == 18


@pytest.mark.django_db
def test_the_command_without_a_document_says_so() -> None:
    told = CliRunner().invoke(command, [])
    assert told.exit_code == 1
    assert "没有可记录的灯" in told.output
