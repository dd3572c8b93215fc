"""The procedures of the packs, read once, with the calendar and the dictionary of facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from luming.cases import Process, read_processes
from luming.standards import Input, read_standards
from luming.workdays import WorkCalendar, state_calendar

ROOTS = [Path(__file__).parents[3] / "packs" / name for name in ("national", "neimenggu", "baotou")]


@pytest.fixture(scope="session")
def processes() -> dict[str, Process]:
    return read_processes(ROOTS)


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    return state_calendar()


@pytest.fixture(scope="session")
def dictionary() -> dict[str, Input]:
    return dict(read_standards(ROOTS).inputs)
