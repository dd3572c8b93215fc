"""Writers killed at any moment, and between reserving and committing: what was answered is there, nothing is half done."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from luming_portal.audit.models import Change
from luming_portal.budgets.models import BudgetBalance, BudgetEntry
from luming_portal.budgets.replaying import prove
from portal.budgets.conftest import Budgets
from portal.budgets.other_processes import ended, start
from portal.shared_database import shared_database

pytestmark = pytest.mark.django_db(transaction=True)

_STREAM = """
number = 0
while True:
    key = f"{sys.argv[1]}-{number}"
    told = {"matter": key, "payee": "甲公司", "by": one, "reason": "决定"}
    with acting_as(one):
        reserve(line, 100, key=f"r{key}", **told)
        commit(line, 100, key=f"c{key}", **told)
        order = ask_payment(line, 100, matter=key, by=one, reason="申请")
    with acting_as(two):
        release_payment(order, by=two)
    print(key, flush=True)
    number += 1
"""


def test_a_kill_at_any_moment_loses_nothing_that_was_answered(budgets: Budgets, tmp_path: Path) -> None:
    with shared_database(tmp_path):
        for at in range(2):
            process = start(_STREAM, tmp_path, f"k{at}")
            assert process.stdout is not None
            answered = [process.stdout.readline().strip() for _ in range(5 + at)]
            time.sleep(0.004 * at)
            process.send_signal(signal.SIGKILL)
            answered += process.communicate()[0].split()
            paid = set(BudgetEntry.objects.filter(move="pay").values_list("matter", flat=True))
            assert set(answered) <= paid
            assert prove(budgets.other).faults == ()
        entries = BudgetEntry.objects.count()
        assert Change.objects.filter(model="budgets.budgetentry").count() == entries
        held = BudgetBalance.objects.get(line=budgets.other)
        assert held.paid == 100 * BudgetEntry.objects.filter(move="pay").count()


_BETWEEN = """
def dying(last, number):
    writes = 0
    def count(execute, sql, params, many, context):
        nonlocal writes
        answer = execute(sql, params, many, context)
        if sql.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            writes += 1
            if writes == last:
                os.kill(os.getpid(), signal.SIGKILL)
        return answer
    told = {"matter": f"M{number}", "payee": "甲公司", "by": one, "reason": "决定"}
    with acting_as(one):
        reserve(line, 100, key=f"r{number}", **told)
        with connection.execute_wrapper(count):
            commit(line, 100, key=f"c{number}", **told)

last = 0
connection.close()
while True:
    last += 1
    child = os.fork()
    if not child:
        dying(last, last)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    claim = BudgetClaim.objects.get(line=line, matter=f"M{last}")
    assert (claim.reserved, claim.committed) == ((0, 100) if code == 0 else (100, 0)), (last, code)
    assert prove(line).faults == (), last
    told = {"matter": f"M{last}", "payee": "甲公司", "by": one, "reason": "决定"}
    with acting_as(one):
        reserve(line, 100, key=f"r{last}", **told)
        commit(line, 100, key=f"c{last}", **told)
    claim.refresh_from_db()
    assert (claim.reserved, claim.committed) == (0, 100)
    connection.close()
    if code == 0:
        break
print(last - 1)
"""


def test_a_crash_between_reserving_and_committing_is_taken_up_again(budgets: Budgets, tmp_path: Path) -> None:
    with shared_database(tmp_path):
        kills = int(ended(start(_BETWEEN, tmp_path)))
        assert kills >= 5
        assert prove(budgets.other).faults == ()
        held = BudgetBalance.objects.get(line=budgets.other)
        assert (held.reserved, held.committed) == (0, 100 * (kills + 1))
