"""The invented entries: a person of two departments, a withdrawal, and totals that stay typed until the office says so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luming_portal.counting.loading import load_entries
from luming_portal.counting.models import CountedEntry, EntryPaper, StandIn
from luming_portal.counting.selectors import standings
from luming_portal.installation import _demonstrate
from luming_portal.registers.demonstration import remove_demonstration
from portal.conftest import recorded

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_a_person_of_two_departments_and_a_withdrawal(
    baotou: None, settings: Any
) -> None:
    settings.DEBUG = True
    _demonstrate()
    today = dt.date(2026, 6, 1)
    (one,) = standings(2025, today, key="urgent_talent")
    (pair,) = one.counted.duplicates
    assert (one.demo, one.counted.number, pair.between_units) == (True, 4, True)
    paper = EntryPaper.objects.get(withdrawn_on__isnull=False)
    assert (paper.count_before, paper.count_after) == (5, 4)
    before = standings(2025, today, dt.date(2025, 9, 9), key="urgent_talent")[0]
    after = standings(2025, today, dt.date(2025, 9, 10), key="urgent_talent")[0]
    assert (before.counted.number, after.counted.number) == (5, 4)
    assert not one.uses_entries
    entries = CountedEntry.objects.count()
    with recorded() as changes:
        assert load_entries(changes, settings.PACKS / "baotou/registers/demonstration") == 0
        assert remove_demonstration(changes) == []
    assert entries > 10
    assert not CountedEntry.objects.exists()
    assert not StandIn.objects.exists()
