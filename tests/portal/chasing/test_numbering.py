"""Many officers issue letters at the same moment: every number is given out once and none is left out."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from luming_portal.chasing.models import Letter, LetterAnswer, LetterWithdrawal, Reminder
from luming_portal.chasing.services import ChasingRefused, answer_letter, withdraw_letter
from luming_portal.reporting.models import Report
from portal.chasing.conftest import issued
from portal.reporting.conftest import World
from portal.shared_database import shared_database
from portal_records import kept

pytestmark = pytest.mark.django_db(transaction=True)
UNITS = [f"单位{number:02d}" for number in range(12)]


def at_once(count: int, act: Any) -> list[Any]:
    """Run `act(number)` in as many threads that start together; what each returned, or the refusal."""
    start = threading.Barrier(count)

    def run(number: int) -> Any:
        start.wait()
        try:
            return act(number)
        except ChasingRefused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_twelve_letters_at_once_take_the_numbers_one_to_twelve(world: World, tmp_path: Any) -> None:
    first = world.report("firms")
    for at, unit in enumerate(UNITS):
        kept(
            Report(
                reporting_month=world.month,
                unit=unit,
                lead=unit,
                indicator=first.indicator,
                subject=f"对象{at}",
                period="2025-09",
                of_measure="家",
            )
        )
    with shared_database(tmp_path):
        numbers = at_once(12, lambda number: issued(world, UNITS[number], ordinal=1).number)
        assert sorted(numbers) == sorted(f"包创办催〔2025〕{serial}号" for serial in range(1, 13))
        assert sorted(Letter.objects.values_list("serial", flat=True)) == list(range(1, 13))
        assert Reminder.objects.count() == 12
        for letter in Letter.objects.all():
            assert letter.words().number == letter.number


def test_twelve_officers_who_mean_the_same_letter_issue_one(world: World, tmp_path: Any) -> None:
    with shared_database(tmp_path):
        found = at_once(12, lambda number: issued(world, "市工信局", ordinal=1))
        assert sum(isinstance(one, Letter) for one in found) == 1
        assert Letter.objects.get().serial == 1
        assert issued(world, "市科技局").serial == 2


def test_an_answer_and_a_withdrawal_never_cross(world: World, tmp_path: Any) -> None:
    letter = issued(world)
    with shared_database(tmp_path):

        def act(number: int) -> Any:
            if number % 2:
                return answer_letter(letter, by=world.people["industry"], text="本周补报")
            return withdraw_letter(letter, by=world.people["office"], reason="发错")

        found = at_once(6, act)
        assert sum(not isinstance(one, ChasingRefused) for one in found) == 1
        assert LetterAnswer.objects.count() + LetterWithdrawal.objects.count() == 1
