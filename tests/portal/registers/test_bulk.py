"""Bulk changes: previewed, with a reason, exactly what was previewed, within the rights."""

from __future__ import annotations

import re
from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise
from luming_portal.registers.views import bulk
from portal_records import firm, seen

pytestmark = pytest.mark.both_databases

BASE = "/registers/enterprises/bulk/"


@pytest.fixture
def firms(db: None) -> list[Enterprise]:
    return [
        firm(key=f"E{i}", name=f"企业{i}", district="青山区" if i < 3 else "九原区", chain="稀土")
        for i in range(5)
    ]


def _preview(client: Any, query: str = "", **given: Any) -> tuple[Any, str]:
    body = {
        "which": "all",
        "step": "2",
        "column": "chain",
        "value-chain": "氢能",
        "reason": "产业链调整",
        **given,
    }
    answer = client.post(BASE + query, body)
    found = re.search(r'name="confirm" value="(\w+)"', seen(answer))
    return answer, found.group(1) if found else ""


def _confirm(client: Any, digest: str, query: str = "", **given: Any) -> Any:
    body = {
        "which": "all",
        "step": "3",
        "column": "chain",
        "value-chain": "氢能",
        "reason": "产业链调整",
        "confirm": digest,
    }
    return client.post(BASE + query, {**body, **given})


@pytest.mark.django_db
def test_all_that_is_filtered_changes_and_nothing_else(firms: Any, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    query = "?district=青山区"
    first = client.post(BASE + query, {"which": "all"})
    assert "筛选出的全部 <strong>3</strong>" in seen(first)
    answer, digest = _preview(client, query)
    assert "<strong>3</strong>条会改" in seen(answer)
    assert Enterprise.objects.filter(chain="氢能").count() == 0
    assert _confirm(client, digest, query).status_code == 302
    assert set(Enterprise.objects.filter(chain="氢能").values_list("key", flat=True)) == {"E0", "E1", "E2"}
    entries = Change.objects.filter(action="update")
    assert {(entry.reason, entry.after["chain"]) for entry in entries} == {("产业链调整", "氢能")}
    assert Change.objects.get(action="register.bulk_changed").after["count"] == 3


@pytest.mark.django_db
def test_only_what_is_ticked_changes(firms: Any, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    ticked = {"which": "selected", "record": [firms[1].pk, firms[4].pk, "x", "99999"]}
    _answer, digest = _preview(client, **ticked)
    assert _confirm(client, digest, **ticked).status_code == 302
    assert set(Enterprise.objects.filter(chain="氢能").values_list("key", flat=True)) == {"E1", "E4"}
    assert client.post(BASE, {"which": "selected"}).status_code == 302


@pytest.mark.django_db
def test_what_changed_since_the_preview_stops_it(firms: Any, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    _answer, digest = _preview(client)
    firms[0].segment = "别人改的"
    with change("别人") as changes:
        changes.save(firms[0])
    answer = _confirm(client, digest)
    assert answer.status_code == 409
    assert "有记录被别人修改了" in seen(answer)
    assert not Enterprise.objects.filter(chain="氢能").exists()


@pytest.mark.django_db
def test_reason_column_and_value_are_asked_for(firms: Any, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    answer, digest = _preview(client, reason=" ", column="phone")
    assert (answer.status_code, digest) == (400, "")
    assert "请写明批量修改的理由" in seen(answer)
    assert "请选择要修改的一列" in seen(answer)
    answer, digest = _preview(client, column="published", **{"value-published": "也许"})
    assert "“是”或“否”" in seen(answer)
    answer, digest = _preview(client, **{"value-chain": "长" * 100})
    assert "不超过60个字" in seen(answer)


@pytest.mark.django_db
def test_only_one_s_own_and_never_out_of_one_s_hands(firms: Any, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.DISTRICT, district="青山区"))
    _answer, digest = _preview(client)
    assert _confirm(client, digest).status_code == 302
    assert set(Enterprise.objects.filter(chain="氢能").values_list("key", flat=True)) == {"E0", "E1", "E2"}
    moving = {"column": "district", "value-district": "九原区"}
    _answer, digest = _preview(client, **moving)
    answer = _confirm(client, digest, **moving)
    assert answer.status_code == 403
    assert "不再归您管理" in seen(answer)
    assert Enterprise.objects.filter(district="青山区").count() == 3


@pytest.mark.django_db
def test_many_are_asked_twice_and_too_many_are_refused(
    firms: Any, make_user: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(make_user(Role.OFFICE))
    monkeypatch.setattr(bulk, "ASKED_TWICE", 3)
    _answer, digest = _preview(client)
    assert _confirm(client, digest).status_code == 400
    assert _confirm(client, digest, sure="1").status_code == 302
    monkeypatch.setattr(bulk, "MOST_RECORDS", 4)
    answer = client.post(BASE, {"which": "all"}, follow=True)
    assert "一次最多批量修改4条" in seen(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.VISITOR, Role.ENTERPRISE, Role.INSTITUTION, Role.EXPERT, Role.AUDITOR])
def test_who_may_not_is_refused(role: Role, firms: Any, make_user: Any, client_of: Any) -> None:
    client = client_of(None if role is Role.VISITOR else make_user(role))
    assert client.post(BASE, {"which": "all"}).status_code == 403
    assert 'name="record"' not in seen(client.get("/registers/enterprises/?q="))
