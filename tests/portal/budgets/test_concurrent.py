"""200 concurrent decisions on one line, in threads and in processes: never overspent, none lost."""

from __future__ import annotations

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from luming.budget import BudgetRefused
from luming_portal.audit.actor import acting_as
from luming_portal.audit.models import Change, Outbox
from luming_portal.budgets.models import BudgetBalance, BudgetEntry
from luming_portal.budgets.replaying import prove
from luming_portal.budgets.services import reserve
from portal.budgets.conftest import WAN, Budgets
from portal.budgets.other_processes import ended, start
from portal.shared_database import shared_database

pytestmark = pytest.mark.django_db(transaction=True)
DECISIONS, PEOPLE = 200, 40


def _tell(how: str, seconds: float) -> None:
    sys.stdout.write(f"{connection.vendor}, {how}: {DECISIONS / seconds:.0f} decisions a second\n")


def _holds(budgets: Budgets, booked: set[str], changes_before: int) -> None:
    """100万元 were given and 200 asked for 1万元 each: just 100 got it, and each of those is on the record."""
    held = BudgetBalance.objects.get(line=budgets.other)
    assert (held.reserved, held.value().free, held.entries) == (100 * WAN, 0, 101)
    stored = set(BudgetEntry.objects.filter(line=budgets.other, move="reserve").values_list("key", flat=True))
    assert stored == booked
    assert len(booked) == 100
    assert prove(budgets.other).faults == ()
    made = Change.objects.order_by("pk")[changes_before:]
    assert len(made) == 100
    assert Outbox.objects.filter(change__in=[one.pk for one in made]).count() == 100


def test_threads_never_overspend_and_lose_nothing(
    budgets: Budgets, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [budgets.people["one"], budgets.people["two"]]
    before = Change.objects.count()
    with shared_database(tmp_path):
        ready = threading.Barrier(PEOPLE)

        def decide(number: int) -> list[tuple[str, str]]:
            """One person decides several times, all at the same moment as the others."""
            by, told = people[number % 2], []
            try:
                ready.wait(60)
                for at in range(DECISIONS // PEOPLE):
                    key = f"t{number}-{at}"
                    try:
                        with acting_as(by):
                            reserve(
                                budgets.other,
                                WAN,
                                matter=key,
                                payee=f"P{number}",
                                by=by,
                                key=key,
                                reason="决定",
                            )
                        told.append((key, "booked"))
                    except BudgetRefused as refused:
                        told.append((key, refused.faults[0].code))
                return told
            finally:
                connections.close_all()

        began = time.perf_counter()
        with ThreadPoolExecutor(PEOPLE) as pool:
            answers = [answer for told in pool.map(decide, range(PEOPLE)) for answer in told]
        seconds = time.perf_counter() - began
        assert len(answers) == DECISIONS
        assert {word for _, word in answers} == {"booked", "budget.overspent"}
        _holds(budgets, {key for key, word in answers if word == "booked"}, before)
    with capsys.disabled():
        _tell(f"{PEOPLE} threads", seconds)


_DECIDE = """
name = sys.argv[1]
print("ready", flush=True)
while not os.path.exists(sys.argv[2]):
    time.sleep(0.002)
told = []
for at in range(int(sys.argv[3])):
    key = f"{name}-{at}"
    try:
        with acting_as(one):
            reserve(line, 10_000 * 100, matter=key, payee=name, by=one, key=key, reason="决定")
        told.append([key, "booked"])
    except BudgetRefused as refused:
        told.append([key, refused.faults[0].code])
import json
print(json.dumps(told))
"""


def test_processes_never_overspend_and_lose_nothing(
    budgets: Budgets, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    processes = 4
    before = Change.objects.count()
    with shared_database(tmp_path):
        go = tmp_path / "go"
        running = [
            start(_DECIDE, tmp_path, f"p{number}", str(go), str(DECISIONS // processes))
            for number in range(processes)
        ]
        for one in running:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        began = time.perf_counter()
        go.touch()
        answers: list[Any] = [answer for one in running for answer in json.loads(ended(one))]
        seconds = time.perf_counter() - began
        assert {word for _, word in answers} == {"booked", "budget.overspent"}
        _holds(budgets, {key for key, word in answers if word == "booked"}, before)
    with capsys.disabled():
        _tell(f"{processes} processes", seconds)


def test_the_same_decision_sent_at_once_is_booked_once(budgets: Budgets, tmp_path: Path) -> None:
    one = budgets.people["one"]
    with shared_database(tmp_path):
        ready = threading.Barrier(8)

        def decide(number: int) -> int:
            try:
                ready.wait(60)
                with acting_as(one):
                    told = {"matter": "P1", "payee": "甲公司", "by": one, "reason": "决定"}
                    return reserve(budgets.line, WAN, key="same", **told).pk
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(decide, range(8)))) == 1
        assert BudgetBalance.objects.get(line=budgets.line).reserved == WAN


def test_one_matter_is_taken_once_by_two_lines_at_once(budgets: Budgets, tmp_path: Path) -> None:
    """Also: lines locked in whatever order do not wait for each other in a circle."""
    one = budgets.people["one"]
    with shared_database(tmp_path):
        ready = threading.Barrier(8)

        def decide(number: int) -> list[str]:
            told = []
            try:
                ready.wait(60)
                for at in range(5):
                    line = (budgets.line, budgets.other)[(number + at) % 2]
                    try:
                        with acting_as(one):
                            reserve(
                                line,
                                WAN,
                                matter=f"M{at}",
                                payee="甲公司",
                                by=one,
                                key=f"{number}-{at}",
                                reason="决定",
                            )
                        told.append("booked")
                    except BudgetRefused as refused:
                        told.append(refused.faults[0].code)
                return told
            finally:
                connections.close_all()

        with ThreadPoolExecutor(8) as pool:
            words = [word for told in pool.map(decide, range(8)) for word in told]
        assert words.count("booked") == 5
        assert set(words) == {"booked", "budget.matter_taken"}
        assert prove(budgets.line).faults == prove(budgets.other).faults == ()
