"""The registers through the interface: lists, records, changes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise
from portal.api.conftest import Api, enter, firm

pytestmark = pytest.mark.both_databases


@pytest.mark.django_db
def test_a_visitor_reads_what_is_published_and_only_public_columns() -> None:
    seen, _hidden = firm(1, contact="张三"), firm(2, published=False)
    body = Api().get("enterprises").json()
    assert body["total"] == 1
    (item,) = body["items"]
    assert (item["id"], item["name"], item["version"], item["demo"]) == (seen.pk, "第1公司", 1, False)
    assert "contact" not in item
    assert "published" not in item
    assert item["links"] == {
        "self": f"/api/v1/enterprises/{seen.pk}",
        "page": f"/registers/enterprises/{seen.pk}/",
    }


@pytest.mark.django_db
def test_figures_are_exact_text(api_of: Any) -> None:
    record = firm(1, revenue="12.3456789012345678901", staff=12)
    told = api_of(Role.OFFICE).get(f"enterprises/{record.pk}").json()
    assert (told["revenue"], told["staff"]) == ("12.3456789012345678901", 12)


@pytest.mark.django_db
def test_the_filters_are_those_of_the_page(api_of: Any) -> None:
    firm(1, revenue="5"), firm(2, revenue="50"), firm(3, revenue="500", district="昆都仑区"), firm(4)
    api = api_of(Role.OFFICE)
    names = lambda query: [one["key"] for one in api.get(f"enterprises?{query}").json()["items"]]  # noqa: E731
    assert names("revenue.from=10&sort=-revenue") == ["E3", "E2"]
    assert names(f"district={quote('青山区')}&district={quote('昆都仑区')}&revenue.to=60&sort=revenue") == [
        "E1",
        "E2",
    ]
    assert names("revenue.empty=1") == ["E4"]
    assert names(f"q={quote('第2')}") == ["E2"]
    body = api.get("enterprises?columns=name,revenue&size=25").json()
    assert set(body["items"][0]) == {"id", "version", "links", "name", "revenue", "demo"}
    assert api.get("enterprises?revenue.from=10").json()["conditions"] == ["营业收入≥10亿元"]


@pytest.mark.django_db
def test_every_fault_of_a_query_is_named_at_once() -> None:
    response = Api().get("enterprises?revenue.from=abc&size=7&sort=nothing&distrikt=x&page=0&contact=x")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert {fault["at"] for fault in body["faults"]} == {
        "?revenue.from",
        "?sort",
        "?size",
        "?distrikt",
        "?page",
        "?contact",
    }
    assert body["request_id"] == response["X-Request-ID"]


@pytest.mark.django_db
def test_pages_have_links_and_an_end(api_of: Any) -> None:
    for number in range(60):
        firm(number)
    api = Api()
    first = api.get("enterprises?size=25").json()
    assert (first["total"], first["pages"], len(first["items"])) == (60, 3, 25)
    second = api.get(first["links"]["next"]).json()
    third = api.get(second["links"]["next"]).json()
    assert "next" not in third["links"]
    assert len({one["id"] for page in (first, second, third) for one in page["items"]}) == 60
    assert api.get("enterprises?page=99").json()["items"] == []


@pytest.mark.django_db
def test_a_cursor_reads_all_once_in_order_of_numbers() -> None:
    for number in range(55):
        firm(number)
    api, seen, address = Api(), [], "enterprises?cursor=0&size=25"
    while address:
        body = api.get(address).json()
        assert body["total"] is None
        seen += [one["id"] for one in body["items"]]
        address = body["links"].get("next", "")
    assert seen == sorted(seen)
    assert len(seen) == 55


@pytest.mark.django_db
def test_add_change_remove_with_reason_and_record(api_of: Any) -> None:
    source = enter_source()
    api = api_of(Role.OFFICE)
    made = api.post(
        "enterprises",
        {
            "key": "N1",
            "name": "新公司",
            "district": "青山区",
            "revenue": "1.50",
            "source_key": source.key,
            "reason": "来函",
        },
    )
    assert made.status_code == 201, made.content.decode()
    assert made["Location"] == made.json()["links"]["self"]
    assert made["ETag"] == '"1"'
    assert made.json()["source"] == "包头市统计局"
    path = made["Location"]
    changed = api.patch(path, {"district": "九原区"}, If_Match='"1"', X_Reason=quote("迁址"))
    assert (changed.status_code, changed.json()["district"], changed["ETag"]) == (200, "九原区", '"2"')
    gone = api.delete(path, If_Match='"2"', X_Reason=quote("重复登记"))
    assert gone.status_code == 204
    assert api.get(path).status_code == 404
    entries = list(
        Change.objects.filter(model="enterprises.enterprise")
        .order_by("id")
        .values_list("action", "reason", "actor_role")
    )
    assert entries == [
        ("create", "来函", "office"),
        ("update", "迁址", "office"),
        ("delete", "重复登记", "office"),
    ]


def enter_source() -> Any:
    from luming_portal.indicators.models import Source

    return enter(Source(key="bulletin", publisher="包头市统计局", mark="verified"))


@pytest.mark.django_db
def test_a_governed_field_without_a_reason_is_refused_by_name(api_of: Any) -> None:
    record = firm()
    response = api_of(Role.OFFICE).patch(f"enterprises/{record.pk}", {"district": "九原区"}, If_Match='"1"')
    assert response.status_code == 422
    assert response.json()["code"] == "reason_missing"
    assert "旗县区" in response.json()["detail"]
    record.refresh_from_db()
    assert record.district == "青山区"


@pytest.mark.django_db
def test_all_faults_of_a_body_are_told_at_once(api_of: Any) -> None:
    firm(1, credit_code="11150200011536003J")
    response = api_of(Role.OFFICE).post(
        "enterprises",
        {
            "key": "E1",
            "name": "",
            "revenue": "NaN",
            "staff": -1,
            "published": "yes",
            "nonsense": 1,
            "name_type": "x",
        },
    )
    assert response.status_code == 422
    faults = {fault["at"]: fault["detail"] for fault in response.json()["faults"]}
    assert set(faults) == {"/name", "/revenue", "/staff", "/published", "/nonsense", "/name_type"}
    assert all(any("一" <= sign <= "鿿" for sign in detail) for detail in faults.values())
    taken = api_of(Role.OFFICE, username="二").post(
        "enterprises", {"key": "E1", "name": "甲", "credit_code": "11150200011536003J", "reason": "x"}
    )
    assert taken.status_code == 422
    assert {fault["at"] for fault in taken.json()["faults"]} == {"/key", "/credit_code"}
    wrong = api_of(Role.OFFICE, username="三").post(
        "enterprises", {"key": "E9", "name": "甲", "credit_code": "123", "reason": "x"}
    )
    assert (wrong.status_code, wrong.json()["faults"][0]["at"]) == (422, "/credit_code")


@pytest.mark.django_db
def test_unknown_keys_of_other_records_are_named(api_of: Any) -> None:
    response = api_of(Role.OFFICE).post(
        "enterprises", {"key": "E1", "name": "甲", "source_key": "无", "reason": "x"}
    )
    assert response.status_code == 422
    assert response.json()["faults"][0]["at"] == "/source_key"


@pytest.mark.django_db
def test_a_change_needs_the_version_that_was_read(api_of: Any) -> None:
    record = firm()
    api, path = api_of(Role.OFFICE), f"enterprises/{record.pk}"
    assert api.patch(path, {"district": "九原区", "reason": "迁"}).status_code == 428
    assert api.patch(path, {"district": "九原区", "reason": "迁"}, If_Match="*").status_code == 428
    assert api.patch(path, {"district": "九原区", "reason": "迁"}, If_Match="nonsense").status_code == 400
    assert api.patch(path, {"district": "九原区", "reason": "迁"}, If_Match='W/"1"').status_code == 200
    stale = api.patch(path, {"district": "石拐区", "reason": "迁"}, If_Match='"1"')
    assert stale.status_code == 412
    assert stale["ETag"] == '"2"'
    assert stale.json()["current"]["district"] == "九原区"
    assert api.delete(path, If_Match='"1"', X_Reason="x").status_code == 412
    assert Enterprise.objects.get().district == "九原区"


@pytest.mark.django_db
def test_what_others_lead_to_is_not_removed(api_of: Any) -> None:
    source = enter_source()
    firm(1, source=source)
    response = api_of(Role.OFFICE).delete(f"sources/{source.pk}", If_Match='"1"', X_Reason="x")
    assert response.status_code == 409
    assert "企业" in response.json()["detail"]


@pytest.mark.django_db
def test_a_district_officer_stays_in_the_district(api_of: Any) -> None:
    mine, other = firm(1), firm(2, district="昆都仑区")
    api = api_of(Role.DISTRICT, district="青山区")
    assert api.get(f"enterprises/{other.pk}").status_code == 404
    assert (
        api.patch(f"enterprises/{other.pk}", {"note": "x", "reason": "x"}, If_Match='"1"').status_code == 404
    )
    moved = api.patch(f"enterprises/{mine.pk}", {"district": "昆都仑区", "reason": "x"}, If_Match='"1"')
    assert moved.status_code == 403
    assert "不再归您管理" in moved.json()["detail"]
    assert (
        api.post("enterprises", {"key": "N", "name": "甲", "district": "昆都仑区", "reason": "x"}).status_code
        == 403
    )
    assert (
        api.post("enterprises", {"key": "N", "name": "甲", "district": "青山区", "reason": "x"}).status_code
        == 201
    )


@pytest.mark.django_db
def test_columns_beyond_the_level_are_neither_read_nor_written_nor_asked(api_of: Any) -> None:
    record = firm(1, contact="张三")
    api = api_of(Role.DEPARTMENT, unit="市科技局")
    assert "contact" not in api.get(f"enterprises/{record.pk}").json()
    assert api.get("enterprises?contact=张").status_code == 422
    assert api.get("enterprises?sort=contact").status_code == 422
    refused = api.patch(f"enterprises/{record.pk}", {"contact": "李四", "reason": "x"}, If_Match='"1"')
    assert (refused.status_code, refused.json()["faults"][0]["at"]) == (403, "/contact")
    with_scope = api_of(Role.OFFICE, "read:enterprise", "read:personal", username="甲")
    without = api_of(Role.OFFICE, "read:enterprise", username="乙")
    assert with_scope.get(f"enterprises/{record.pk}").json()["contact"] == "张三"
    assert "contact" not in without.get(f"enterprises/{record.pk}").json()
    assert without.get("enterprises?contact=张").status_code == 422
