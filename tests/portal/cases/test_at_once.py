"""Two at once: one decision stands, numbers leave none out, a second click does nothing, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connections

from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import StaleVersion
from luming_portal.cases.models import Case, CaseEvent, CaseTurn
from luming_portal.cases.recording import CaseRefused, course_of
from luming_portal.cases.services import move, opine
from portal.cases.conftest import Town, application
from portal.shared_database import shared_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _shared(town: Town, tmp_path: Path) -> Iterator[None]:
    """All threads work on one database."""
    with shared_database(tmp_path):
        yield


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each gives, or how it was refused, all begun at the same moment."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            with acting_as(None):
                return act()
        except (StaleVersion, CaseRefused, IntegrityError) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_officers_decide_at_once_and_one_decision_stands(
    town: Town, reserved: list[tuple[str, str]]
) -> None:
    case = town.meeting()
    one, two = town.people["市财政局"], town.people["colleague"]
    found = at_once(
        lambda: move(
            case, "approve", by=one, data={"award": "80"}, expected_version=case.version, now=town.at
        ),
        lambda: move(case, "refuse", by=two, reason="不支持", expected_version=case.version, now=town.at),
        lambda: move(case, "approve", by=two, data={"award": "90"}, now=town.at),
    )
    assert sum(isinstance(one, Case) for one in found) == 1
    assert sum(isinstance(one, StaleVersion | CaseRefused) for one in found) == 2
    case.refresh_from_db()
    assert case.state in ("publicity", "refused")
    assert course_of(case).state == case.state
    assert len(reserved) == (case.state == "publicity")
    assert list(CaseEvent.objects.filter(case=case).values_list("seq", flat=True)) == list(range(1, 8))


def test_numbers_taken_at_once_leave_none_out(town: Town) -> None:
    drafts = [town.draft(firm) for firm in ("own", "other") * 3]
    found = at_once(
        *(
            lambda draft=draft: move(draft, "submit", by=draft.applicant, data=application(), now=town.at)
            for draft in drafts
        )
    )
    assert all(isinstance(one, Case) for one in found), found
    assert sorted(one.serial for one in found) == [1, 2, 3, 4, 5, 6]


def test_one_click_sent_twice_at_once(town: Town) -> None:
    draft = town.draft()
    firm = town.people["firm-own"]
    at_once(
        *(
            lambda: move(draft, "submit", by=firm, data=application(), token="same", now=town.at)
            for _ in range(3)
        )
    )
    assert CaseEvent.objects.filter(case=draft, kind="moved").count() == 1


def test_opinions_given_at_once_are_all_kept(town: Town) -> None:
    case = town.joint(units=("市财政局", "市发改委", "市生态环境局"))
    said = {"opinion": "可行"}
    found = at_once(
        *(
            lambda unit=unit: opine(
                case, "joint", by=town.people[unit], verdict="agree", data=said, now=town.at
            )
            for unit in ("市财政局", "市发改委", "市生态环境局")
        )
    )
    assert all(isinstance(one, Case) for one in found), found
    assert len(course_of(case).opinions) == 3
    assert [turn.labels for turn in CaseTurn.objects.filter(case=case)] == [["汇总上会"]]
