"""The audit door, rights and error pages, tried together on a few records."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import ReasonMissing, StaleVersion, change
from luming_portal.audit.governed import UnrecordedChange
from luming_portal.audit.models import Change, Outbox
from luming_portal.enterprises.models import Enterprise

pytestmark = pytest.mark.both_databases


def _firm(**fields: Any) -> Enterprise:
    firm = Enterprise(**{"key": "E1", "name": "甲公司", "district": "青山区", **fields})
    with acting_as(None), change("登记") as changes:
        changes.save(firm)
    return firm


@pytest.mark.django_db
def test_a_change_leaves_an_entry_and_an_outbox_row() -> None:
    firm = _firm()
    firm.district = "昆都仑区"
    with acting_as(None), change("迁址") as changes:
        changes.save(firm, expected_version=1)
    entry = Change.objects.first()
    assert entry is not None
    assert (entry.action, entry.before, entry.after, entry.reason) == (
        "update",
        {"district": "青山区"},
        {"district": "昆都仑区"},
        "迁址",
    )
    assert Outbox.objects.get(change=entry).digest == entry.digest()
    firm.refresh_from_db()
    assert firm.version == 2


@pytest.mark.django_db
def test_nothing_is_written_when_the_block_fails() -> None:
    def break_off() -> None:
        with change("登记") as changes:
            changes.save(Enterprise(key="E1", name="甲公司"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert not Enterprise.objects.exists()
    assert not Change.objects.exists()


@pytest.mark.django_db
def test_a_stale_version_is_refused_with_the_version_that_stands() -> None:
    firm = _firm()
    with pytest.raises(StaleVersion, match="第1版"), change("改") as changes:
        changes.save(firm, expected_version=7)


@pytest.mark.django_db
def test_a_governed_field_needs_a_reason() -> None:
    firm = _firm()
    firm.district = "九原区"
    with pytest.raises(ReasonMissing, match="旗县区"), change("  ") as changes:
        changes.save(firm)
    with pytest.raises(ReasonMissing), change() as changes:
        changes.update_many(Enterprise.objects.all(), {"district": "九原区"})
    assert Enterprise.objects.get().district == "青山区"


@pytest.mark.django_db
def test_no_path_past_the_door() -> None:
    firm = _firm()
    attempts = (
        lambda: firm.save(),
        lambda: firm.delete(),
        lambda: Enterprise.objects.update(name="乙"),
        lambda: Enterprise.objects.all().delete(),
        lambda: Enterprise.objects.create(key="E2", name="乙"),
        lambda: Enterprise.objects.bulk_create([Enterprise(key="E2", name="乙")]),
        lambda: Enterprise.objects.bulk_update([firm], ["name"]),
        lambda: Enterprise.objects.get_or_create(key="E2"),
        lambda: Enterprise.objects.update_or_create(key="E1", defaults={"name": "乙"}),
    )
    for attempt in attempts:
        with pytest.raises(UnrecordedChange):
            attempt()
    assert list(Enterprise.objects.values_list("name", flat=True)) == ["甲公司"]


@pytest.mark.django_db
def test_the_record_of_changes_cannot_be_rewritten() -> None:
    _firm()
    statements = [
        "UPDATE audit_change SET reason = 'x'",
        "DELETE FROM audit_change",
        "DELETE FROM audit_outbox",
    ]
    if connection.vendor == "sqlite":
        statements.append("INSERT OR REPLACE INTO audit_change SELECT * FROM audit_change")
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db
def test_bulk_changes_are_recorded_one_by_one() -> None:
    with change("登记") as changes:
        changes.create_many([Enterprise(key=f"E{i}", name=f"企业{i}", district="青山区") for i in range(5)])
    with change("划转") as changes:
        assert changes.update_many(Enterprise.objects.exclude(key="E0"), {"district": "石拐区"}) == 4
    assert Change.objects.filter(action="create").count() == 5
    assert Change.objects.filter(action="update", after={"district": "石拐区"}).count() == 4
    assert set(Enterprise.objects.values_list("version", flat=True)) == {1, 2}


@pytest.mark.django_db
def test_an_enterprise_user_sees_only_its_own(make_user: Any, client_of: Any) -> None:
    mine, other = _firm(published=True), _firm(key="E2", name="乙公司", published=True)
    client = client_of(make_user(Role.ENTERPRISE, enterprise=mine))
    page = client.get("/registers/enterprises/").content.decode()
    assert "甲公司" in page
    assert "乙公司" not in page
    assert client.get(f"/registers/enterprises/{other.pk}/").status_code == 404
    assert client.get(f"/registers/enterprises/{mine.pk}/").status_code == 200


@pytest.mark.django_db
def test_a_visitor_sees_only_what_is_published(client_of: Any) -> None:
    _firm(), _firm(key="E2", name="乙公司", published=True)
    page = client_of(None).get("/registers/enterprises/").content.decode()
    assert "乙公司" in page
    assert "甲公司" not in page


@pytest.mark.django_db
def test_demonstration_accounts_cannot_be_made_outside_the_demonstration(make_user: Any) -> None:
    with pytest.raises(RuntimeError, match="演示"):
        make_user(Role.OFFICE, demo=True)
