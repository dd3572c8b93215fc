"""Two units at once: the same person is found as a duplicate, nothing is lost, and a told count is one that was."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from luming.period import parse_period
from luming_portal.counting.models import CountedEntry, EntryPaper
from luming_portal.counting.services import CountingRefused, withdraw_paper
from luming_portal.counting.values import counted, rules
from portal.counting.conftest import World
from portal.shared_database import shared_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared(world: World, tmp_path: Path) -> Iterator[None]:
    """All threads work on one database."""
    with shared_database(tmp_path):
        yield


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment; what each gave, or the refusal."""
    gate = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return deed()
        except CountingRefused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def talent() -> Any:
    """The count of the year."""
    return counted(rules()["talent"], parse_period("2025"), dt.date(2999, 1, 1), demo=False)


def test_the_same_person_by_two_units_at_once(world: World) -> None:
    at_once(
        *(lambda who=who, n=n: world.enter(who, serial=n) for who in ("science", "staff") for n in (1, 2, 3))
    )
    assert CountedEntry.objects.count() == EntryPaper.objects.count() == 6
    found = talent()
    assert found.number == 3
    assert len(found.duplicates) == 3
    assert all(one.between_units for one in found.duplicates)


def test_the_same_person_twice_by_one_unit_at_once(world: World) -> None:
    done = at_once(*(lambda: world.enter("science") for _number in range(4)))
    assert CountedEntry.objects.count() == 1
    assert talent().number == 1
    assert sum(isinstance(one, CountedEntry) for one in done) == 1


def test_withdrawals_at_once_tell_one_count_after_the_other(world: World) -> None:
    papers = [world.enter("science", serial=number).papers.get() for number in (1, 2, 3)]

    def withdraw(paper: EntryPaper) -> Any:
        return withdraw_paper(
            paper,
            withdrawn_on=dt.date(2025, 5, 1),
            reason="试",
            by=world.people["science"],
            expected_version=1,
        )

    at_once(*(lambda paper=paper: withdraw(paper) for paper in papers))
    told = sorted(EntryPaper.objects.values_list("count_before", "count_after"))
    assert told == [(1, 0), (2, 1), (3, 2)]
