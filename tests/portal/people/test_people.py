"""Persons and teams: a phone number is read by the office alone and leaves no trace in the record of changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from luming_portal.people.models import Person
from portal_records import kept, seen

NUMBER = "0472-5551234"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_a_phone_number_is_for_the_office(role: Role, make_user: Any, client_of: Any) -> None:
    item = kept(Person(key="P1", name="某专家", phone=NUMBER, published=True))
    client = client_of(None if role is Role.VISITOR else make_user(role))
    for page in ("?columns=name,phone", f"{item.pk}/", f"{item.pk}/?format=json", f"?phone={NUMBER[-4:]}"):
        assert NUMBER not in seen(client.get(f"/registers/persons/{page}"))
    assert client.get(f"/registers/persons/?q={NUMBER}&format=json&page=1").json()["count"] == 0
    office = client_of(make_user(Role.OFFICE))
    assert NUMBER in seen(office.get(f"/registers/persons/{item.pk}/"))


@pytest.mark.django_db
def test_a_phone_number_leaves_no_trace_in_the_record_of_changes() -> None:
    item = kept(Person(key="P1", name="某专家", phone=NUMBER))
    item.phone = NUMBER[::-1]
    with change("更正") as changes:
        changes.save(item)
    for entry in Change.objects.all():
        told = json.dumps([entry.before, entry.after], ensure_ascii=False)
        assert NUMBER not in told
        assert NUMBER[::-1] not in told


@pytest.mark.django_db
def test_persons_leave_the_register_only_for_officers(make_user: Any, client_of: Any) -> None:
    kept(Person(key="P1", name="某专家", published=True))
    assert client_of(None).get("/registers/persons/?format=csv").status_code == 403
    assert client_of(None).get("/registers/persons/?format=json&page=1").status_code == 200
    assert client_of(make_user(Role.OFFICE)).get("/registers/persons/?format=csv").status_code == 200
