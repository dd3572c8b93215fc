"""Documents, the board, the record of changes and search, on Baotou's real pack."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from portal.api.conftest import Api, firm

KEY = "baotou.2025-1"


@pytest.mark.django_db
def test_documents_with_versions_files_clauses_commitments(baotou: None) -> None:
    api = Api()
    listed = api.get("documents").json()["items"]
    assert KEY in {one["key"] for one in listed}
    document = api.get(f"documents/{KEY}").json()
    assert (document["number"], document["current_version"]) == ("包党发〔2025〕1号", 1)
    (version,) = api.get(document["links"]["versions"]).json()["items"]
    assert "measures/10.yaml" in version["files"]
    file = api.get(f"{version['links']['self']}/files/measures/10.yaml")
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert "m10.s1" in file.content.decode()
    clauses = api.get(document["links"]["clauses"]).json()
    measures = {one["number"]: one for one in clauses["measures"] if one["number"].isdigit()}
    assert len(measures) == 21
    sentence = measures["10"]["sentences"][0]
    assert sentence["bindings"][0]["mechanism_label"]
    commitments = api.get(document["links"]["commitments"]).json()["items"]
    assert all(one["value"] is None or Decimal(one["value"]).is_finite() for one in commitments)
    ids = {one["id"] for one in commitments}
    assert {id for one in clauses["measures"] for s in one["sentences"] for id in s["commitments"]} <= ids


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["baotou.1999-1", "x", "baotou.2025-1/versions/9", "baotou.2025-1/versions/1/files/nothing.yaml",
     "baotou.2025-1/versions/1/files/../../etc/passwd", "baotou.2025-1/clauses?version=9", f"{KEY}/versions/1/files/%00"],
)  # fmt: skip
def test_what_a_document_has_not(path: str, baotou: None) -> None:
    assert Api().get(f"documents/{path}").status_code == 404


@pytest.mark.django_db
def test_the_board_tells_exact_figures_with_unit_and_source(baotou: None) -> None:
    board = Api().get("board?as_of=2025-11-30").json()
    assert (board["document"], board["demo"], board["as_of"]) == (KEY, False, "2025-11-30")
    assert sum(board["counts"].values()) == len(board["targets"]) > 10
    known = [one for one in board["targets"] if one["latest"]]
    assert known
    for one in known:
        assert Decimal(one["latest"]["value"]).is_finite()
        assert one["latest"]["unit"]
        assert one["latest"]["source"]["publisher"]


@pytest.mark.django_db
def test_the_demonstration_year_stands_apart(baotou: None) -> None:
    demo = Api().get("board?as_of=2025-11-15&demo=1").json()
    real = Api().get("board?as_of=2025-11-15").json()
    assert (demo["demo"], real["demo"]) == (True, False)
    of = lambda board: {one["latest"]["fact"] for one in board["targets"] if one["latest"]}  # noqa: E731
    assert not of(demo) & of(real)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31", "2025-02-30", "2025-1-1", "x", "2024-12-31"])
def test_days_that_the_board_does_not_know(day: str, baotou: None) -> None:
    assert Api().get(f"board?as_of={day}").status_code == 422


@pytest.mark.django_db
def test_without_a_document_there_is_no_board() -> None:
    assert Api().get("board").status_code == 404
    assert Api().get("documents").json() == {"items": []}


@pytest.mark.django_db
def test_changes_are_read_by_the_auditor_alone_and_masked(api_of: Any) -> None:
    firm(1, contact="张三"), firm(2)
    for role in (Role.OFFICE, Role.SYSTEM, Role.DEPARTMENT):
        api = api_of(role)
        assert api.get("changes").status_code == 403
    auditor = api_of(Role.AUDITOR)
    body = auditor.get("changes?model=enterprises.enterprise&size=25").json()
    assert [one["object_label"] for one in body["items"]] == ["第1公司", "第2公司"]
    first = body["items"][0]
    assert "contact" in first["masked"]
    assert first["after"]["contact"] is None
    assert first["after"]["name"] == "第1公司"
    assert first["digest"] == Change.objects.get(pk=first["id"]).digest()
    assert "张三" not in str(body)


@pytest.mark.django_db
def test_changes_are_followed_by_number(api_of: Any) -> None:
    for number in range(30):
        firm(number)
    auditor = api_of(Role.AUDITOR)
    first = auditor.get("changes?size=25&action=create&model=enterprises.enterprise").json()
    rest = auditor.get(first["links"]["next"]).json()
    assert len(first["items"]) + len(rest["items"]) == 30
    assert rest["items"][0]["id"] > first["items"][-1]["id"]


@pytest.mark.django_db
def test_search_finds_what_the_caller_sees(api_of: Any) -> None:
    firm(1, name="稀土新材料公司"), firm(2, name="稀土密藏公司", published=False)
    found = Api().get(f"search?q={quote('稀土')}").json()["groups"]
    assert [(one["kind"], one["total"]) for one in found] == [("enterprises", 1)]
    assert api_of(Role.OFFICE).get(f"search?q={quote('稀土')}").json()["groups"][0]["total"] == 2
    assert (
        api_of(Role.OFFICE, "read:fact", username="b").get(f"search?q={quote('稀土')}").json()["groups"] == []
    )
    assert Api().get("search").status_code == 422
