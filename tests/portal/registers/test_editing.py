"""Forms: what was typed survives, a change says why, and nobody's work is lost silently."""

from __future__ import annotations

import re
from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise
from portal_records import firm, seen

pytestmark = pytest.mark.both_databases

CODE = "91150200MA0DEM0002"


@pytest.fixture
def office(make_user: Any, client_of: Any) -> Any:
    return client_of(make_user(Role.OFFICE, "office"))


def _form(item: Enterprise, **changed: str) -> dict[str, str]:
    """What a browser posts from the open form: each field, and what stood there when it was opened."""
    names = (
        *(
            "name",
            "name_type",
            "credit_code",
            "district",
            "chain",
            "segment",
            "affiliation",
            "revenue_period",
        ),
        *("rd_period", "stock_code", "contact", "phone", "mark", "steward", "key", "note"),
    )
    opened = {name: getattr(item, name) or "" for name in names}
    opened |= {
        "revenue": "" if item.revenue is None else f"{item.revenue:f}",
        "rd_expense": "",
        "staff": "",
        "rd_staff": "",
    }
    opened |= {"source": "", "former_names": "\n".join(item.former_names)}
    if item.published:
        opened["published"] = "on"
    initial = {f"initial-{name}": value for name, value in opened.items()}
    if item.published:
        initial["initial-published"] = "True"
    return {**opened, **initial, "version": str(item.version), "reason": "核对", **changed}


@pytest.mark.django_db
def test_a_change_is_saved_with_its_reason(office: Any) -> None:
    item = firm(name="甲公司", district="青山区")
    answer = office.post(
        f"/registers/enterprises/{item.pk}/change/", _form(item, district="九原区", credit_code=CODE.lower())
    )
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.district, item.credit_code, item.version) == ("九原区", CODE, 2)
    page = seen(office.get(f"/registers/enterprises/{item.pk}/"))
    assert "理由:核对" in page
    assert re.search(r"<del>青山区</del>.*→.*<ins>九原区</ins>", page)


@pytest.mark.django_db
def test_faults_are_summed_up_and_what_was_typed_stays(office: Any) -> None:
    item = firm(name="甲公司")
    answer = office.post(
        f"/registers/enterprises/{item.pk}/change/",
        _form(item, name="", credit_code="123", revenue="很多", district="九原区", reason=""),
    )
    page = seen(answer)
    assert answer.status_code == 400
    for field in ("name", "credit_code", "revenue", "reason"):
        assert f'href="#id_{field}"' in page
    assert "有3位,应为18位" in page
    for typed in ('value="123"', 'value="很多"', 'value="九原区"'):
        assert typed in page
    item.refresh_from_db()
    assert item.version == 1


@pytest.mark.django_db
def test_two_people_at_once_both_states_stand_side_by_side(office: Any, make_user: Any) -> None:
    item = firm(name="甲公司", district="青山区", chain="稀土", phone="1")
    mine = _form(item, district="九原区", segment="我写的")
    item.district, item.phone = "东河区", "2"
    with change("别人迁址") as changes:
        changes.save(item)
    answer = office.post(f"/registers/enterprises/{item.pk}/change/", mine)
    page = seen(answer)
    assert answer.status_code == 409
    assert "别人迁址" in page
    for words in ("青山区", "东河区", "九原区", "双方都改了", "您没有改"):
        assert words in page
    item.refresh_from_db()
    assert (item.district, item.segment) == ("东河区", "")
    # the way on: the form holds the newer state with this person's changes over it
    assert 'name="version" value="2"' in page
    assert 'value="九原区"' in page
    assert 'name="phone" value="2"' in page
    again = _form(item, district="九原区", segment="我写的")
    assert office.post(f"/registers/enterprises/{item.pk}/change/", again).status_code == 302
    item.refresh_from_db()
    assert (item.district, item.segment, item.phone, item.version) == ("九原区", "我写的", "2", 3)


@pytest.mark.django_db
def test_a_new_entry_gets_a_number_from_its_name(office: Any) -> None:
    answer = office.post(
        "/registers/enterprises/new/", {"name": "新公司", "name_type": "full", "mark": "secondary"}
    )
    assert answer.status_code == 302, seen(answer)
    item = Enterprise.objects.get()
    assert item.key.startswith("ENT-")
    assert answer.headers["Location"] == f"/registers/enterprises/{item.pk}/"
    twice = office.post(
        "/registers/enterprises/new/", {"name": "新公司", "name_type": "full", "mark": "secondary"}
    )
    assert twice.status_code == 400


@pytest.mark.django_db
def test_a_district_officer_keeps_to_the_district(make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.DISTRICT, district="青山区"))
    given = {"name": "新公司", "name_type": "full", "mark": "secondary", "district": "九原区"}
    refused = client.post("/registers/enterprises/new/", given)
    assert refused.status_code == 400
    assert "本旗县区(青山区)" in seen(refused)
    assert client.post("/registers/enterprises/new/", {**given, "district": "青山区"}).status_code == 302
    item = Enterprise.objects.get()
    handed = client.post(f"/registers/enterprises/{item.pk}/change/", _form(item, district="九原区"))
    assert handed.status_code == 400
    assert "不再归您管理" in seen(handed)
    item.refresh_from_db()
    assert item.district == "青山区"
    elsewhere = firm(key="X", name="别处", district="九原区", published=True)
    assert client.get(f"/registers/enterprises/{elsewhere.pk}/change/").status_code == 404


@pytest.mark.django_db
def test_fields_above_the_level_are_not_in_the_form(make_user: Any, client_of: Any) -> None:
    item = firm(name="甲公司", phone="5550000")
    client = client_of(make_user(Role.DEPARTMENT, unit="市科技局"))
    page = seen(client.get(f"/registers/enterprises/{item.pk}/change/"))
    assert "5550000" not in page
    assert 'name="phone"' not in page
    assert (
        client.post(
            f"/registers/enterprises/{item.pk}/change/", _form(item, phone="改了", segment="新")
        ).status_code
        == 302
    )
    item.refresh_from_db()
    assert (item.phone, item.segment) == ("5550000", "新")


@pytest.mark.django_db
def test_removing_needs_a_reason_and_leaves_a_trace(office: Any, make_user: Any) -> None:
    item = firm(name="甲公司")
    address = f"/registers/enterprises/{item.pk}/delete/"
    assert office.post(address, {"version": "1", "reason": ""}).status_code == 400
    assert office.post(address, {"version": "7", "reason": "重复登记"}).status_code == 400
    make_user(Role.ENTERPRISE, enterprise=item)
    held = office.post(address, {"version": "1", "reason": "重复登记"})
    assert "还被别的记录引用(账号)" in seen(held)
    other = firm(key="E2", name="乙公司")
    assert (
        office.post(
            f"/registers/enterprises/{other.pk}/delete/", {"version": "1", "reason": "重复登记"}
        ).status_code
        == 302
    )
    entry = Change.objects.get(action="delete")
    assert (entry.reason, entry.before["name"]) == ("重复登记", "乙公司")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", [Role.VISITOR, Role.ENTERPRISE, Role.EXPERT, Role.AUDITOR, Role.SECURITY, Role.SYSTEM]
)
def test_who_may_not_change_is_told_why(role: Role, make_user: Any, client_of: Any) -> None:
    item = firm(name="甲公司", published=True)
    client = client_of(None if role is Role.VISITOR else make_user(role, enterprise=item))
    for page in (f"{item.pk}/change/", f"{item.pk}/delete/", "new/", "import/"):
        answer = client.get(f"/registers/enterprises/{page}")
        assert answer.status_code == 403
        assert "您的身份是" in seen(answer)


@pytest.mark.django_db
def test_figures_and_unknown_registers_have_no_such_pages(office: Any) -> None:
    assert office.get("/registers/facts/1/change/").status_code == 404
    assert office.post("/registers/facts/bulk/", {"which": "all"}).status_code == 404
    assert office.get("/registers/nothing/").status_code == 404
