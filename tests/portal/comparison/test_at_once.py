"""Of several who issue, object or decide at the same moment, one does; the others get a sentence."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connections

from luming.comparison import Contested, Frozen, ObjectionMove, freeze
from luming.monitor import COMPLETION_CAP, FORMULA, WEIGHTS, RankInput, rank_districts
from luming_portal.accounts.roles import Role
from luming_portal.comparison.models import Comparison, Objection, Settled
from luming_portal.comparison.services import correct, decide_objection, file_objection
from luming_portal.documents.models import Document
from portal.api.test_idempotency import shared_database
from portal_records import kept

TODAY = dt.date(2025, 10, 22)
MANY = 8


@pytest.fixture
def comparison(db: None) -> Comparison:
    inputs = tuple(
        RankInput(name, "城区", Fraction(at), Fraction(9), Fraction(5), Fraction(1), "", 1, 1)
        for at, name in enumerate(("青山区", "东河区", "九原区"), 6)
    )
    content = Frozen(rank_districts(inputs), inputs, FORMULA, dict(WEIGHTS), COMPLETION_CAP)
    document = kept(Document(key="baotou.2025-1", title="文件", place="包头市", year=2025))
    made: Comparison = kept(
        Comparison(
            document=document,
            target="output",
            label="产值",
            indicator="output",
            unit="亿元",
            period="2025-09",
            as_of=TODAY,
            issued_on=TODAY,
            last_day=dt.date(2025, 10, 27),
            content=freeze(content),
        )
    )
    return made


def at_once(deed: Callable[[], Any]) -> list[str]:
    """What each of several got: "done", or the sentence."""
    start = threading.Barrier(MANY)

    def attempt(_number: int) -> str:
        start.wait()
        try:
            deed()
        except Settled as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(attempt, range(MANY)))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_object_decide_and_correct_at_once_one_does(
    comparison: Comparison, make_user: Any, tmp_path: Any
) -> None:
    district, office = make_user(Role.DISTRICT, district="青山区"), make_user(Role.OFFICE)
    with shared_database(tmp_path):
        told = at_once(
            lambda: file_objection(
                comparison,
                Contested.VALUE,
                Decimal(8),
                by=district,
                reason="漏计",
                evidence="报表",
                today=TODAY,
            )
        )
        assert told.count("done") == 1
        assert all("还没有处理" in one for one in told if one != "done")
        item = Objection.objects.get()
        told = at_once(
            lambda: decide_objection(item, ObjectionMove.ACCEPT, by=office, answer="属实", finding=Decimal(8))
        )
        assert told.count("done") == 1
        assert all("已采纳" in one for one in told if one != "done")
        told = at_once(lambda: correct(comparison, by=office, reason="漏计", today=TODAY))
        assert told.count("done") == 1
        assert all("已经更正过" in one for one in told if one != "done")
        assert Comparison.objects.count() == 2
