"""Role × action × own or other, for every register: the interface answers as the table of rights says, no more."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import RIGHTS, Action, Scope
from luming_portal.accounts.roles import Role
from luming_portal.api.record_shapes import RESERVED, reserved_names, writable
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.people.models import Person
from luming_portal.registers.catalog import registers
from portal.api.conftest import Api, enter, firm

UNIT, DISTRICT = "市科技局", "青山区"
REGISTERS = [register for register in registers().values() if not register.append_only]
"""Facts have tests of their own."""

NEEDED: dict[str, dict[str, Any]] = {
    "agency-grades": {"year": 2025},
    "talent-cards": {"employer": "某单位", "talent_class": "三类", "engagement": "全职"},
    "first-claims": {"product": "新产品", "kind": "“首”字号", "claim": "国内首台", "claimant": "某单位"},
}
"""What a record of these registers cannot be without."""

ROLES = [
    role for role in Role if role is Role.VISITOR or RIGHTS["token"][Action.CREATE][role] is not Scope.NONE
]
"""Visitors and the roles that may have tokens."""


def entry(register: Any, key: str, **fields: Any) -> Any:
    """The least record of a register."""
    if register.slug == "enterprises":
        return firm(int(key[1:]), **fields)
    names = {field.name for field in register.model._meta.fields}
    values: dict[str, Any] = {"key": key.lower()}
    if "name" in names:
        values["name"] = key
    if "label" in names:
        values |= {"label": key, "definition": key, "unit": "个", "kind": "flow", "frequency": "year"}
    if "publisher" in names:
        values |= {"publisher": key, "mark": "verified"}
    values |= {name: value for name, value in NEEDED.get(register.slug, {}).items() if name != "person"}
    if register.slug == "experts":
        values["person"] = enter(Person(key=f"p-{key.lower()}", name=key, employer="某单位"))
    if register.slug == "talent-cards" and key == "E1":
        values["enterprise"] = firm(901)
    values |= {name: value for name, value in fields.items() if name in names}
    return enter(register.model(**values))


def people(make_user: Any, role: Role, register: Any, record: Any) -> User | None:
    if role is Role.VISITOR:
        return None
    fields: dict[str, Any] = {}
    if role is Role.DISTRICT:
        fields["district"] = DISTRICT
    if role is Role.DEPARTMENT:
        fields["unit"] = UNIT
    if role is Role.ENTERPRISE and register.slug == "enterprises":
        fields["enterprise"] = record
    if role is Role.ENTERPRISE and register.slug == "talent-cards":
        fields["enterprise"] = record.enterprise
    if role is Role.INSTITUTION and register.slug == "institutions":
        fields["institution"] = record
    return make_user(role, **fields)


def caller(user: User | None, token_of: Any) -> Api:
    """Without a token, or with one that has all scopes of the role."""
    return Api() if user is None else Api(token_of(user))


def reaches(scope: Scope, *, mine: bool, published: bool) -> bool:
    """Whether a scope holds a record of one's own (firm, unit, district), or another one."""
    if scope is Scope.ALL:
        return True
    if scope is Scope.PUBLISHED:
        return published
    return scope is not Scope.NONE and mine


@pytest.mark.django_db
@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_seen_and_changed(
    role: Role, register: Any, make_user: Any, token_of: Any, client_of: Any
) -> None:
    own = {"steward": UNIT, "district": DISTRICT, "published": False}
    far = {"steward": "市统计局", "district": "昆都仑区"}
    mine = entry(register, "E1", **own)
    other, public = (
        entry(register, "E2", **far, published=False),
        entry(register, "E3", **far, published=True),
    )
    api = caller(people(make_user, role, register, mine), token_of)
    table = RIGHTS[register.noun]
    if table[Action.VIEW][role] is Scope.NONE:
        assert api.get(register.slug).status_code == (401 if role is Role.VISITOR else 403)
        return
    listed = {one["id"] for one in api.get(register.slug).json()["items"]}
    for record, flags in (
        (mine, {"mine": True, "published": False}),
        (other, {"mine": False, "published": False}),
        (public, {"mine": False, "published": True}),
    ):
        seen = reaches(table[Action.VIEW][role], **flags)
        path = f"{register.slug}/{record.pk}"
        assert (record.pk in listed) is seen, (role, record)
        assert api.get(path).status_code == (200 if seen else 404)
        changed = api.patch(path, {"note": "改", "reason": "测试"}, If_Match='"1"')
        removed = api.delete(path, If_Match='"1"', X_Reason="x")
        statuses = (changed.status_code, removed.status_code)
        if role is Role.VISITOR:
            assert statuses == (401, 401)
        elif not seen or not any(scope.startswith("write:") for scope in scopes_for_token(api)):
            assert set(statuses) <= {403, 404}
        else:
            may_change = reaches(table[Action.CHANGE][role], **flags)
            may_remove = reaches(table[Action.DELETE][role], **flags)
            assert statuses[0] == (200 if may_change else 403), changed.content.decode()
            assert statuses[1] == (403 if not may_remove else 412 if may_change else 204), (
                removed.content.decode()
            )


def scopes_for_token(api: Api) -> list[str]:
    return api.get("me").json()["scopes"] or []


@pytest.mark.django_db
@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
@pytest.mark.parametrize("role", ROLES)
def test_who_adds(role: Role, register: Any, make_user: Any, token_of: Any) -> None:
    user = people(make_user, role, register, entry(register, "E1"))
    api = caller(user, token_of)
    columns = writable(register)
    body = {"key": "n1", "name": "新", "label": "新", "publisher": "新", "definition": "新", "unit": "个", "kind": "flow", "frequency": "year", "mark": "verified", "district": DISTRICT, "reason": "测试"}  # fmt: skip
    body |= NEEDED.get(register.slug, {})
    if register.slug == "experts":
        body["person_key"] = "p-n1"
        enter(Person(key="p-n1", name="新", employer="某单位"))
    body = {key: value for key, value in body.items() if key in columns or key == "reason"}
    response = api.post(register.slug, body)
    scope = RIGHTS[register.noun][Action.CREATE][role]
    if role is Role.VISITOR:
        assert response.status_code == 401
    else:
        assert response.status_code == (403 if scope is Scope.NONE else 201), response.content.decode()


@pytest.mark.django_db
def test_lists_totals_and_single_records_agree(make_user: Any, token_of: Any) -> None:
    for number in range(12):
        firm(number, published=number % 2 == 0, district=DISTRICT if number % 3 == 0 else "昆都仑区")
    for role, fields in (
        (Role.EXPERT, {}),
        (Role.DISTRICT, {"district": DISTRICT}),
        (Role.OFFICE, {}),
        (Role.SYSTEM, {}),
    ):
        user = make_user(role, **fields)
        if RIGHTS["token"][Action.CREATE][role] is Scope.NONE:
            continue
        body = Api(token_of(user)).get("enterprises?size=200").json()
        assert body["total"] == len(body["items"]) == REGISTERS[0].records(user).count()


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.slug)
def test_no_column_has_a_name_that_the_interface_uses_itself(register: Any) -> None:
    assert not list(reserved_names(register)), RESERVED


@pytest.mark.django_db
def test_a_department_does_not_hand_its_entries_away_unseen(api_of: Any) -> None:
    """A change of steward out of one's own unit would be one's last word on it: refused."""
    project = enter_project()
    api = api_of(Role.DEPARTMENT, unit=UNIT)
    response = api.patch(f"projects/{project.pk}", {"steward": "市统计局", "reason": "划转"}, If_Match='"1"')
    assert response.status_code in (403, 422)


def enter_project() -> Any:
    from luming_portal.projects.models import Project

    with acting_as(None), change("登记") as changes:
        return changes.save(Project(key="P1", name="项目", steward=UNIT, published=True))


@pytest.mark.django_db
def test_an_expert_reads_by_session_what_is_published(make_user: Any, client_of: Any) -> None:
    firm(1), firm(2, published=False)
    client = client_of(make_user(Role.EXPERT))
    assert [one["key"] for one in client.get("/api/v1/enterprises").json()["items"]] == ["E1"]
