"""One entry of the dictionary must not leave the city without a board."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.indicators.models import Indicator, Source
from portal.api.conftest import Api

NEW = {
    "label": "新指标",
    "definition": "口径",
    "unit": "个",
    "kind": "flow",
    "frequency": "year",
    "reason": "测试",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"key": "IND-1"}, "/key"),
        ({"unit": "奇怪"}, "/unit"),
        ({"lag_days": 1001}, "/lag_days"),
        ({"proxies": ["nothing"]}, "/proxies"),
        ({"kind": "x"}, "/kind"),
        ({"mark": "x"}, "/mark"),
    ],
)
def test_what_the_library_refuses_is_refused_when_it_is_entered(
    change: dict[str, Any], place: str, api_of: Any
) -> None:
    response = api_of(Role.OFFICE).post("indicators", {**NEW, **change})
    assert (response.status_code, [one["at"] for one in response.json()["faults"]]) == (422, [place])


@pytest.mark.django_db
def test_boards_and_clauses_stand_beside_new_entries(api_of: Any, baotou: None) -> None:
    api = api_of(Role.OFFICE)
    made = api.post("indicators", NEW)
    assert made.status_code == 201, made.content.decode()
    assert api.post("sources", {"publisher": "某局", "mark": "verified", "reason": "测试"}).status_code == 201
    assert Api().get("documents/baotou.2025-1/clauses").status_code == 200
    assert Api().get("board").status_code == 200
    renamed = api.patch(made["Location"], {"key": "other", "reason": "x"}, If_Match='"1"')
    assert (renamed.status_code, renamed.json()["faults"][0]["at"]) == (422, "/key")


@pytest.mark.django_db
def test_what_a_document_names_is_not_removed(api_of: Any, baotou: None) -> None:
    api = api_of(Role.OFFICE)
    for slug, model in (("indicators", Indicator), ("sources", Source)):
        row = next(
            row
            for row in model.objects.all()
            if not row.facts.exists()
            and api.delete(f"{slug}/{row.pk}", If_Match='"1"', X_Reason="x").status_code == 409
        )
        assert model.objects.filter(pk=row.pk).exists()
    assert Api().get("board").status_code == 200
