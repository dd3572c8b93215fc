"""Institutions: an institution's user reads its own in full, a code is checked, others stay unseen."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.institutions.models import Institution
from portal_records import kept, seen

CODE = "12150200MB0DEM002F"


@pytest.mark.django_db
def test_an_institution_reads_its_own_alone(make_user: Any, client_of: Any) -> None:
    own = kept(Institution(key="I1", name="本院", published=False))
    other = kept(Institution(key="I2", name="他院", published=True))
    client = client_of(make_user(Role.INSTITUTION, institution=own))
    assert client.get(f"/registers/institutions/{own.pk}/").status_code == 200
    assert client.get(f"/registers/institutions/{other.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_code_is_checked_and_kept_in_capitals(make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    given = {"name": "新院", "mark": "verified", "credit_code": CODE[:-1] + "E"}
    wrong = client.post("/registers/institutions/new/", given)
    assert wrong.status_code == 400
    assert "校验位不符" in seen(wrong)
    assert (
        client.post("/registers/institutions/new/", {**given, "credit_code": CODE.lower()}).status_code == 302
    )
    assert Institution.objects.get().credit_code == CODE
