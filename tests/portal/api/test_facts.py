"""Facts: appended, corrected, read as known on a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.indicators.models import Fact
from portal.api.conftest import Api, enter, fact

pytestmark = pytest.mark.both_databases

NEW = {
    "subject": "包头市",
    "indicator": "gdp",
    "period": "2025-H1",
    "value": "2168.50",
    "source": "bulletin",
    "recorded_on": "2025-07-20",
    "reason": "半年公报",
}


@pytest.mark.django_db
def test_a_fact_is_appended_exactly(api_of: Any, gdp: Any) -> None:
    response = api_of(Role.DEPARTMENT, unit="市统计局").post("facts", NEW)
    assert response.status_code == 201, response.content.decode()
    body = response.json()
    assert (body["value"], body["unit"], body["key"]) == ("2168.50", "亿元", "包头市.gdp.2025-H1")
    assert (body["period_start"], body["period_end"], body["demo"]) == ("2025-01-01", "2025-06-30", False)
    assert Api().get(response["Location"]).json()["indicator_key"] == "gdp"
    assert Change.objects.filter(model="indicators.fact", reason="半年公报").count() == 1


@pytest.mark.django_db
def test_a_fact_that_is_there_is_not_appended_again(api_of: Any, gdp: Any) -> None:
    api = api_of(Role.OFFICE)
    first = api.post("facts", NEW)
    again = api.post("facts", {**NEW, "value": "1"})
    assert (again.status_code, again.json()["existing"]) == (409, first.json()["id"])
    assert Fact.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"indicator": "nothing"}, {"/indicator"}),
        ({"source": "nowhere"}, {"/source"}),
        ({"period": "2025-13"}, {"/period"}),
        ({"period": "yesterday", "indicator": "nothing"}, {"/period", "/indicator"}),
        ({"unit": "人"}, {"/unit"}),
        ({"value": "x"}, {"/value"}),
        ({"value": 1.5e300}, {"/value"}),
        ({"value": True}, {"/value"}),
        ({"status": "guess"}, {"/status"}),
        ({"recorded_on": "2025-02-30"}, {"/recorded_on"}),
        ({"recorded_on": "2999-01-01"}, {"/recorded_on"}),
        ({"recorded_on": "2024-01-01"}, {"/recorded_on"}),
        ({"subject": ""}, {"/subject"}),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_place(
    change: dict[str, Any], places: set[str], api_of: Any, gdp: Any
) -> None:
    response = api_of(Role.OFFICE).post("facts", {**NEW, **change})
    assert response.status_code in (400, 422), response.content.decode()
    if response.status_code == 422:
        assert {fault["at"] for fault in response.json()["faults"]} == places
    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_a_correction_is_a_new_fact_and_the_old_one_stays(api_of: Any, gdp: Any) -> None:
    old = fact(*gdp)
    api = api_of(Role.OFFICE)
    response = api.post(
        f"facts/{old.pk}/corrections",
        {"value": "4601.2", "recorded_on": "2025-12-20", "reason": "第五次经普修订"},
    )
    assert response.status_code == 201, response.content.decode()
    body = response.json()
    assert (body["supersedes"], body["key"], body["value"]) == (old.key, f"{old.key}.r1", "4601.2")
    kept = api.get(f"facts/{old.pk}").json()
    assert (kept["value"], kept["superseded"]) == ("4583.1", True)
    twice = api.post(f"facts/{old.pk}/corrections", {"value": "1", "reason": "x"})
    assert (twice.status_code, twice.json()["newer"]) == (409, body["id"])
    assert (
        api.post(f"facts/{body['id']}/corrections", {"value": "2", "reason": "x"}).json()["key"]
        == f"{old.key}.r2"
    )


@pytest.mark.django_db
def test_a_correction_needs_a_reason_and_the_right(api_of: Any, gdp: Any) -> None:
    old = fact(*gdp)
    path = f"facts/{old.pk}/corrections"
    assert api_of(Role.OFFICE).post(path, {"value": "1"}).json()["code"] == "reason_missing"
    other = api_of(Role.DEPARTMENT, unit="市科技局", username="b").post(path, {"value": "1", "reason": "x"})
    assert (other.status_code, "市科技局" in other.json()["detail"]) == (403, True)
    own = api_of(Role.DEPARTMENT, unit="市统计局", username="c").post(path, {"value": "1", "reason": "x"})
    assert own.status_code == 201
    assert api_of(Role.AUDITOR).post(path, {"value": "1", "reason": "x"}).status_code == 403


@pytest.mark.django_db
def test_facts_are_never_changed_or_removed(api_of: Any, gdp: Any) -> None:
    old = fact(*gdp)
    api = api_of(Role.OFFICE)
    assert api.patch(f"facts/{old.pk}", {"value": "1"}, If_Match='"1"').status_code == 405
    assert api.delete(f"facts/{old.pk}", If_Match='"1"').status_code == 405


@pytest.mark.django_db
def test_a_series_is_told_as_known_on_a_day_and_never_mixed(api_of: Any, gdp: Any) -> None:
    old = fact(*gdp)
    fact(
        *gdp,
        key="包头市.gdp.2023",
        period="2023",
        period_start=dt.date(2023, 1, 1),
        period_end=dt.date(2023, 12, 31),
        value="4263",
        recorded_on=dt.date(2024, 2, 1),
    )
    fact(*gdp, key="invented", value="1", demo=True)
    fact(
        *gdp,
        key="hidden",
        period="2022",
        period_start=dt.date(2022, 1, 1),
        period_end=dt.date(2022, 12, 31),
        value="9",
        published=False,
    )
    api_of(Role.OFFICE).post(
        f"facts/{old.pk}/corrections", {"value": "4601.2", "recorded_on": "2025-12-20", "reason": "修订"}
    )
    api, base = Api(), "facts/series?subject=包头市&indicator=gdp"
    values = lambda query: [(one["period"], one["value"]) for one in api.get(base + query).json()["items"]]  # noqa: E731
    assert values("") == [("2023", "4263"), ("2024", "4601.2")]
    assert values("&known_on=2025-06-01") == [("2023", "4263"), ("2024", "4583.1")]
    assert values("&known_on=2024-06-01") == [("2023", "4263")]
    assert values("&demo=1") == [("2024", "1")]
    told = api.get(base).json()["items"][-1]
    assert (told["unit"], told["source"], told["source_publisher"]) == ("亿元", "bulletin", "包头市统计局")
    assert api_of(Role.OFFICE, username="b").get(base).json()["items"][0]["value"] == "9"


@pytest.mark.django_db
def test_a_series_asks_for_subject_and_indicator() -> None:
    body = Api().get("facts/series?known_on=2025-02-30").json()
    assert {fault["at"] for fault in body["faults"]} == {"?subject", "?indicator", "?known_on"}
    assert Api().get("facts/series?subject=x&indicator=nothing").status_code == 404


@pytest.mark.django_db
def test_an_unpublished_indicator_has_no_series_for_visitors(gdp: Any) -> None:
    indicator, _source = gdp
    indicator.published = False
    enter(indicator)
    assert Api().get("facts/series?subject=包头市&indicator=gdp").status_code == 404
