"""Whoever reads, and by whatever way: list, count, files, JSON, filter panel, search and bulk see the same records."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict

from luming_portal.accounts.rights import Action, Scope, decide, scope_of
from luming_portal.accounts.roles import Role
from luming_portal.institutions.models import Institution
from luming_portal.people.models import Person, Team
from luming_portal.projects.models import Project
from luming_portal.registers.catalog import registers
from luming_portal.registers.filter_panel import filter_panel
from luming_portal.registers.rows import records
from luming_portal.registers.state import read_state
from luming_portal.search.selectors import search
from portal_records import fact, firm, indicator, kept, seen, source

UNIT = "市科技局"
DISTRICT = "青山区"


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Of each kind one record that is published and one that is not, here and elsewhere, in one's charge and not."""
    mine = firm(key="E1", name="呦鸣甲", published=False, district=DISTRICT, steward=UNIT)
    firm(key="E2", name="呦鸣乙", published=True, district="九原区")
    firm(key="E3", name="呦鸣丙", published=False, district="九原区")
    own = kept(Institution(key="I1", name="呦鸣院", published=False, district=DISTRICT))
    kept(Institution(key="I2", name="呦鸣所", published=True))
    for model in (Project, Person, Team):
        kept(
            model(key="1", name="呦鸣一", published=True, steward=UNIT),
            model(key="2", name="呦鸣二", published=False, steward=UNIT),
            model(key="3", name="呦鸣三", published=False),
        )
    first, second = (
        source("s1", publisher="呦鸣报", published=True),
        source("s2", publisher="呦鸣网", published=False),
    )
    shown = indicator("i1", label="呦鸣数", published=True, steward=UNIT)
    hidden = indicator("i2", label="呦鸣率", published=False)
    fact(shown, first, key="F1", subject="呦鸣甲", published=True)
    fact(hidden, second, key="F2", subject="呦鸣乙", published=False)
    return {"enterprise": mine, "institution": own}


@pytest.mark.parametrize("role", list(Role))
def test_every_way_of_reading_agrees(
    role: Role, world: dict[str, Any], make_user: Any, client_of: Any
) -> None:
    user = None if role is Role.VISITOR else make_user(role, unit=UNIT, district=DISTRICT, **world)
    client = client_of(user)
    hits = {group.slug: group for group in search(user, "呦鸣")}
    for slug, register in registers().items():
        if not decide(user, Action.VIEW, register.noun):
            assert client.get(f"/registers/{slug}/?q=").status_code == 403
            continue
        state = read_state(register, user, QueryDict("q="))
        expected = set(register.records(user).values_list("pk", flat=True))
        assert set(records(register, user, state).values_list("pk", flat=True)) == expected
        page = seen(client.get(f"/registers/{slug}/?q="))
        assert (
            set(map(int, re.findall(rf'class="row-link" href="/registers/{slug}/(\d+)/"', page))) == expected
        ), slug
        assert int(re.search(r'role="status"><strong>(\d+)</strong>', page).group(1)) == len(expected)  # type: ignore[union-attr]
        twin = client.get(f"/registers/{slug}/", headers={"accept": "application/json"}).json()
        assert ({one["id"] for one in twin["records"]}, twin["count"]) == (expected, len(expected))
        for group in filter_panel(register, user, state):
            assert sum(choice.count or 0 for choice in group.choices) <= len(expected)
        if slug in hits:
            assert hits[slug].count <= len(expected)
            assert {int(hit.href.split("/")[-2]) for hit in hits[slug].hits} <= expected
        everything = set(register.model._default_manager.values_list("pk", flat=True))
        for pk in everything:
            assert client.get(f"/registers/{slug}/{pk}/").status_code == (200 if pk in expected else 404)
        _files_agree(client, slug, register, user, expected)
        if scope_of(user, Action.BULK, register.noun) is Scope.NONE and not register.append_only:
            assert client.post(f"/registers/{slug}/bulk/", {"which": "all"}).status_code == 403


def _files_agree(client: Any, slug: str, register: Any, user: Any, expected: set[int]) -> None:
    address = f"/registers/{slug}/?columns=key&reason=测试&format="
    if not decide(user, Action.EXPORT, register.noun):
        for form in ("csv", "json", "xlsx"):
            assert client.get(address + form).status_code == 403
        return
    assert scope_of(user, Action.EXPORT, register.noun) is scope_of(user, Action.VIEW, register.noun)
    keys = set(register.model._default_manager.filter(pk__in=expected).values_list("key", flat=True))
    written = b"".join(client.get(address + "csv").streaming_content).decode("utf-8-sig")
    assert {row["key"].removeprefix("'") for row in csv.DictReader(io.StringIO(written))} == keys
    told = json.loads(b"".join(client.get(address + "json").streaming_content))
    assert ({one["id"] for one in told["records"]}, told["count"]) == (expected, len(expected))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address + "xlsx").streaming_content)))
    assert {str(row[0].value) for row in book.worksheets[0].iter_rows(min_row=2) if row[0].value} == keys


@pytest.mark.parametrize("role", list(Role))
def test_columns_keep_to_the_level_everywhere(role: Role, make_user: Any, client_of: Any, db: None) -> None:
    item = firm(
        name="甲公司",
        phone="0472-5550000",
        contact="某联系人",
        note="内部的话",
        published=True,
        district=DISTRICT,
    )
    user = None if role is Role.VISITOR else make_user(role, district=DISTRICT, enterprise=item)
    register = registers()["enterprises"]
    client = client_of(user)
    readable = {column.key for column in register.columns_for(user)}
    assert ("phone" in readable) is (role is Role.OFFICE)
    wanted = "columns=phone,contact,note,name"
    answers = [
        seen(client.get(f"/registers/enterprises/?{wanted}")),
        seen(client.get(f"/registers/enterprises/{item.pk}/")),
        seen(client.get(f"/registers/enterprises/{item.pk}/?format=json")),
        seen(client.get(f"/registers/enterprises/?{wanted}&format=json&page=1")),
        seen(client.get("/registers/enterprises/?columns=all&format=json&page=1")),
        seen(client.get("/registers/enterprises/filters/")),
    ]
    for answer in answers:
        for key, secret in (("phone", "5550000"), ("contact", "某联系人"), ("note", "内部的话")):
            assert key in readable or secret not in answer
    hidden = seen(client.get("/registers/enterprises/?phone=5550000"))
    assert "甲公司" in hidden  # a filter on a column that may not be read is no filter
