"""What follows the record of changes by numbers misses none, though numbers may appear out of order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from luming_portal.accounts.roles import Role
from luming_portal.api.settled import before_gap, complete_until
from luming_portal.api.webhooks.delivery import Outcome, take_up
from luming_portal.audit.models import Change, Outbox
from portal.api.conftest import firm

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("earlier", "recent", "until"),
    [
        (None, [1, 2, 3], None),
        (None, [5, 6], None),
        (3, [4, 5], None),
        (3, [5, 6], 3),
        (3, [4, 6, 7], 4),
        (3, [4, 5, 9], 5),
    ],
)
def test_the_first_gap_is_where_the_record_may_still_grow(
    earlier: int | None, recent: list[int], until: int | None
) -> None:
    assert before_gap(earlier, recent) == until


@pytest.mark.django_db
def test_readers_and_webhooks_wait_at_a_gap(api_of: Any, monkeypatch: Any) -> None:
    firm(1), firm(2), firm(3)
    second = Change.objects.get(object_label="第2公司").pk
    auditor = api_of(Role.AUDITOR)
    for place in ("changes_api", "etags", "webhooks.delivery"):
        monkeypatch.setattr(f"luming_portal.api.{place}.complete_until", lambda: second)
    read = auditor.get("changes?model=enterprises.enterprise")
    assert [one["object_label"] for one in read.json()["items"]] == ["第1公司", "第2公司"]
    assert auditor.get("changes?model=enterprises.enterprise", If_None_Match=read["ETag"]).status_code == 200
    take_up(Outcome(), timezone.now())
    assert set(Outbox.objects.filter(sent_at=None).values_list("change", flat=True)) == set(
        Change.objects.filter(id__gt=second).values_list("id", flat=True)
    )


@pytest.mark.django_db
def test_on_sqlite_all_is_complete_and_on_postgresql_a_gap_is_seen(db: None) -> None:
    firm(1)
    assert complete_until() is None
    if connection.vendor == "postgresql":
        last = Change.objects.order_by("-id").values_list("id", flat=True)[0]
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_change', 'id'))")
        firm(2)
        assert complete_until() == last
        assert complete_until(timezone.now() + timedelta(minutes=6)) is None
