"""Qualifications: their validity in words, the firm's line kept in step, rights and reasons."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from luming_portal.accounts.roles import Role
from luming_portal.audit.door import ReasonMissing, change
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.enterprises.services import delete_qualification, save_qualification
from portal_records import firm, kept, seen


def _title(owner: Enterprise, title: str = "高新技术企业", **fields: Any) -> Qualification:
    item: Qualification = kept(Qualification(enterprise=owner, title=title, **fields))
    return item


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "words", "css"),
    [
        (None, "有效期未知", "valid-unknown"),
        (0, "有效至", "valid-on"),
        (1, "有效至", "valid-on"),
        (-1, "到期", "valid-off"),
    ],
)
def test_validity_is_told_and_unknown_is_no_answer_of_yes(
    days: int | None, words: str, css: str, client_of: Any
) -> None:
    owner = firm(published=True)
    _title(owner, valid_until=None if days is None else timezone.localdate() + dt.timedelta(days=days))
    page = seen(client_of(None).get(f"/registers/enterprises/{owner.pk}/"))
    assert words in page
    assert css in page


@pytest.mark.django_db
def test_the_firm_s_line_follows_its_qualifications(make_user: Any) -> None:
    office = make_user(Role.OFFICE)
    owner = firm()
    first = save_qualification(
        Qualification(enterprise=owner, title="瞪羚企业", mark="verified"), by=office, reason="认定"
    )
    save_qualification(Qualification(enterprise=owner, title="高新技术企业"), by=office, reason="认定")
    assert Enterprise.objects.get().titles == "瞪羚企业、高新技术企业"
    delete_qualification(first, by=office, reason="登记有误", expected_version=1)
    assert Enterprise.objects.get().titles == "高新技术企业"


@pytest.mark.django_db
def test_a_qualification_is_entered_and_changed_by_form(make_user: Any, client_of: Any) -> None:
    owner = firm(district="青山区")
    client = client_of(make_user(Role.DISTRICT, district="青山区"))
    base = f"/registers/enterprises/{owner.pk}/qualifications/"
    assert client.post(f"{base}new/", {"title": "", "mark": "verified"}).status_code == 400
    assert (
        client.post(
            f"{base}new/", {"title": "高新技术企业", "year": "2025", "mark": "verified", "reason": "公告"}
        ).status_code
        == 302
    )
    item = Qualification.objects.get()
    given = {"title": "高新技术企业", "year": "2024", "mark": "verified", "version": "1"}
    assert client.post(f"{base}{item.pk}/", given).status_code == 400  # no reason
    assert (
        client.post(f"{base}{item.pk}/", {**given, "reason": "核对公告", "version": "9"}).status_code == 409
    )
    assert client.post(f"{base}{item.pk}/", {**given, "reason": "核对公告"}).status_code == 302
    assert Qualification.objects.get().year == 2024
    assert (
        client.post(
            f"{base}{item.pk}/", {**given, "reason": "误登", "version": "2", "do": "delete"}
        ).status_code
        == 302
    )
    assert not Qualification.objects.exists()
    other = client_of(make_user(Role.DISTRICT, district="九原区"))
    assert other.get(f"{base}new/").status_code == 404
    assert client_of(make_user(Role.ENTERPRISE, enterprise=owner)).get(f"{base}new/").status_code == 403


@pytest.mark.django_db
def test_a_change_needs_a_reason() -> None:
    item = _title(firm())
    item.year = 2020
    with pytest.raises(ReasonMissing), change() as changes:
        changes.save(item)


@pytest.mark.django_db
def test_firms_are_found_by_title_and_by_former_name_in_the_list(client_of: Any) -> None:
    firm(key="A", name="甲公司", titles="高新技术企业", former_names=["旧名光伏"])
    firm(key="B", name="乙公司")
    client = client_of(None)
    for query in ("titles=高新", "q=旧名", "q=jiugm", "titles.empty=0"):
        told = client.get(f"/registers/enterprises/?{query}&format=json&page=1").json()
        expected = [] if query == "q=jiugm" else ["甲公司"]
        assert [one["name"] for one in told["records"]] == expected, query
