"""Projects: investment is exact and sorted by number; a department changes what it is in charge of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.projects.models import Project
from portal_records import kept, seen


@pytest.mark.django_db
def test_investment_is_exact_and_sorts_as_a_number(client_of: Any) -> None:
    for key, sum_ in (("A", "9"), ("B", "171.50"), ("C", None)):
        kept(
            Project(
                key=key, name=f"项目{key}", investment=None if sum_ is None else Decimal(sum_), published=True
            )
        )
    told = client_of(None).get(
        "/registers/projects/?sort=-investment&columns=key,investment", headers={"accept": "application/json"}
    )
    assert [(one["key"], one["investment"]) for one in told.json()["records"]] == [
        ("B", 171.5),
        ("A", 9),
        ("C", None),
    ]
    assert '"investment": 171.50' in seen(told)


@pytest.mark.django_db
def test_a_department_changes_its_own_projects(make_user: Any, client_of: Any) -> None:
    mine = kept(Project(key="A", name="甲", steward="市发改委", published=True))
    other = kept(Project(key="B", name="乙", steward="市工信局", published=True))
    client = client_of(make_user(Role.DEPARTMENT, unit="市发改委"))
    assert client.get(f"/registers/projects/{mine.pk}/change/").status_code == 200
    answer = client.get(f"/registers/projects/{other.pk}/change/")
    assert answer.status_code == 403
    assert "本单位(市发改委)负责的" in seen(answer)
