"""What cannot be read is refused with a sentence, never with a failure of ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from luming_portal.accounts.roles import Role
from luming_portal.api.problem import CODES
from luming_portal.enterprises.models import Enterprise
from portal.api.conftest import Api, firm

NEW = {"key": "N1", "name": "新公司", "reason": "登记"}


def is_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The body of a problem that is whole."""
    assert response.status_code == status, response.content.decode()[:300]
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["code"] == code
    assert body["status"] == status == CODES[code][0]
    assert body["request_id"] == response["X-Request-ID"]
    assert body["type"].endswith(f"#{code}")
    assert any("一" <= sign <= "鿿" for sign in body["detail"])
    return body


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["nowhere", "enterprises/abc", "enterprises/1/2", "", "documents/x/y/z", "enterprises/"]
)
def test_unknown_addresses(path: str) -> None:
    is_problem(Api().get(path), 404, "not_found")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_methods_that_an_address_has_not(method: str) -> None:
    response = Api().send(method, "enterprises")
    is_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, POST"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=gbk",
    ],
)
def test_other_formats(kind: str, api_of: Any) -> None:
    response = api_of(Role.OFFICE).post("enterprises", NEW, Content_Type=kind)
    is_problem(response, 415, "unsupported_media_type")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"{'a': 1}",
        b'{"key": NaN}',
        b'{"revenue": Infinity}',
        b'{"revenue": -Infinity}',
        b'{"key": "a", "key": "b"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 200_000,
        b'{"staff": ' + b"9" * 5000 + b"}",
        b'{"revenue": 1e999999999}',
        b'{"revenue": 1' + b"0" * 60 + b".5}",
    ],
)
def test_bodies_that_are_no_json(raw: bytes, api_of: Any) -> None:
    response = api_of(Role.OFFICE).post("enterprises", raw)
    is_problem(response, 400, "malformed_json")
    assert not Enterprise.objects.exists()


@pytest.mark.django_db
def test_bodies_that_are_no_object(api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    for body in ([], [NEW], "text", 1, None, True):
        is_problem(api.post("enterprises", body if body is not None else b"null"), 422, "invalid")
    is_problem(api.post("enterprises", b""), 422, "invalid")


@pytest.mark.django_db
def test_a_body_that_is_too_large(api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    is_problem(api.post("enterprises", b'{"name": "' + b"x" * (1024 * 1024) + b'"}'), 413, "too_large")
    is_problem(api.post("enterprises", b"x" * (9 * 1024 * 1024)), 413, "too_large")


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\ud800", "a\x7f"])
def test_texts_with_what_cannot_be_kept(text: str, api_of: Any) -> None:
    body = is_problem(api_of(Role.OFFICE).post("enterprises", {**NEW, "name": text}), 422, "invalid")
    assert body["faults"][0]["at"] == "/name"


INJECTIONS = [
    "' OR 1=1 --",
    "'; DROP TABLE enterprises_enterprise; --",
    '" UNION SELECT password FROM accounts_user --',
    "%' AND (SELECT 1) --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "${jndi:ldap://x}",
    "../../etc/passwd",
    "=cmd|'/c calc'!A1",
    "a%00b",
    "١٢٣",
    "\u202etxt",
    "🦌" * 20,
]


@pytest.mark.django_db
@pytest.mark.parametrize("text", INJECTIONS)
def test_odd_texts_are_kept_and_found_as_they_are(text: str, api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    made = api.post("enterprises", {**NEW, "name": text})
    assert made.status_code == 201
    assert made.json()["name"] == text
    assert api.get(f"enterprises?name={quote(text)}").json()["total"] == 1
    assert api.get(f"enterprises?q={quote(text)}").status_code == 200
    assert api.get(f"search?q={quote(text)}").status_code == 200
    assert api.get(f"enterprises?sort={quote(text)}").status_code == 422
    assert api.get(f"enterprises?columns={quote(text)}").status_code == 422
    assert api.get(f"documents/{quote(text)}").status_code == 404
    assert api.get(f"documents/{quote(text)}/clauses").status_code == 404
    assert api.get(f"facts/series?subject={quote(text)}&indicator={quote(text)}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["q=%00", "name=%00", "page=99999999999999999999", "cursor=-1", "cursor=99999999999999999999999", "cursor=1e3",
     "revenue.from=NaN", "revenue.from=1e400", "revenue.from=" + "9" * 400, "staff.to=Infinity", "size=0",
     "page=1&page=2", "demo=yes", "revenue.empty=2", "cursor=٣", "revenue.from=١"],
)  # fmt: skip
def test_parameters_that_cannot_be_read(query: str) -> None:
    is_problem(Api().get(f"enterprises?{query}"), 422, "invalid")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [10**18, 10**19, 10**40])
def test_numbers_beyond_every_table(number: int, api_of: Any) -> None:
    api = api_of(Role.OFFICE)
    is_problem(api.get(f"enterprises/{number}"), 404, "not_found")
    is_problem(api.patch(f"enterprises/{number}", {"note": "x"}, If_Match='"1"'), 404, "not_found")
    is_problem(api.post(f"facts/{number}/corrections", {"value": "1", "reason": "x"}), 404, "not_found")
    assert api.get(f"enterprises?staff.from={str(number)[:18]}").status_code == 200
    is_problem(api.get(f"documents/baotou.2025-1/versions/{number}"), 404, "not_found")


@pytest.mark.django_db
def test_a_number_too_large_for_its_column(api_of: Any) -> None:
    body = is_problem(api_of(Role.OFFICE).post("enterprises", {**NEW, "staff": 10**12}), 422, "invalid")
    assert body["faults"][0]["at"] == "/staff"


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["%ff", "%e4%b8", "x" * 600, "a%0ab"])
def test_reasons_that_cannot_be_read(header: str, api_of: Any) -> None:
    record = firm()
    response = api_of(Role.OFFICE).delete(f"enterprises/{record.pk}", If_Match='"1"', X_Reason=header)
    is_problem(response, 400, "malformed_header")


@pytest.mark.django_db
def test_a_failure_of_ours_says_nothing_of_the_inside(api_of: Any, monkeypatch: Any) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("secret path /srv/x")

    monkeypatch.setattr("luming_portal.api.registers_api.records", broken)
    response = api_of(Role.OFFICE).get("enterprises")
    is_problem(response, 500, "internal")
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_in_the_demonstration_too(settings: Any, monkeypatch: Any) -> None:
    settings.DEBUG = True
    is_problem(Api().get("enterprises/999"), 404, "not_found")
    monkeypatch.setattr("luming_portal.api.registers_api.records", lambda *a, **k: 1 / 0)
    assert "Traceback" not in Api().get("enterprises").content.decode()


@pytest.mark.django_db
def test_every_code_is_told_on_the_documentation_page() -> None:
    from django.test import Client

    page = Client().get(reverse("api:docs")).content.decode()
    for code in CODES:
        assert f'id="{code}"' in page


@pytest.mark.django_db
def test_answers_are_json_that_keeps_chinese(api_of: Any) -> None:
    firm()
    raw = Api().get("enterprises").content.decode()
    assert "第1公司" in raw
    assert json.loads(raw)
