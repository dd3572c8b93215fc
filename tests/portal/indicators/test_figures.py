"""Figures: entered and corrected by form, never changed; the chain of corrections; sources without mirrors' links."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.indicators.models import Fact
from portal_records import fact, firm, indicator, seen, source

pytestmark = pytest.mark.both_databases


def _given(item: Fact, **changed: str) -> dict[str, str]:
    return {
        "value": "81.2",
        "unit": "亿元",
        "status": "actual",
        "source": str(item.source_id),
        "recorded_on": "2026-03-01",
        "reason": "统计公报更正",
        **changed,
    }


@pytest.mark.django_db
def test_a_correction_is_a_new_figure_and_the_old_one_stays(make_user: Any, client_of: Any) -> None:
    item = fact(indicator(steward="市统计局"), source())
    client = client_of(make_user(Role.DEPARTMENT, unit="市统计局"))
    address = f"/registers/facts/{item.pk}/correct/"
    assert "80.5亿元" in seen(client.get(address))
    assert client.post(address, _given(item, reason="")).status_code == 400
    assert client.post(address, _given(item, value="许多")).status_code == 400
    done = client.post(address, _given(item), follow=True)
    page = seen(done)
    assert "81.2亿元" in page
    assert "80.5亿元" in page
    old, new = Fact.objects.order_by("pk")
    assert (old.superseded, str(old.value), new.supersedes) == (True, "80.5", old.key)
    assert "已被更正" in seen(client.get(f"/registers/facts/{old.pk}/"))
    same = client.post(f"/registers/facts/{new.pk}/correct/", _given(item, recorded_on="2026-03-02"))
    assert same.status_code in (302, 400)


@pytest.mark.django_db
def test_only_who_answers_for_an_indicator_corrects_it(make_user: Any, client_of: Any) -> None:
    item = fact(indicator(steward="市统计局"), source())
    address = f"/registers/facts/{item.pk}/correct/"
    assert client_of(make_user(Role.DEPARTMENT, unit="市科技局")).get(address).status_code == 403
    assert client_of(None).get(address).status_code == 403
    assert client_of(make_user(Role.OFFICE)).get(address).status_code == 200


@pytest.mark.django_db
def test_a_figure_is_entered_and_checked_by_the_library(make_user: Any, client_of: Any) -> None:
    of, by = indicator(), source()
    client = client_of(make_user(Role.OFFICE))
    given = {
        "subject": "青山区",
        "indicator": str(of.pk),
        "period": "2025年上半年",
        "value": "12.5",
        "unit": "吨",
        "status": "actual",
        "source": str(by.pk),
        "recorded_on": "2025-07-10",
    }
    wrong = client.post("/registers/facts/new/", given)
    assert wrong.status_code == 400
    assert "吨" in seen(wrong)
    assert client.post("/registers/facts/new/", {**given, "unit": "亿元"}).status_code == 302
    item = Fact.objects.get()
    assert (item.period, str(item.value), item.published) == ("2025-H1", "12.5", True)


@pytest.mark.django_db
def test_figures_are_found_by_subject_indicator_and_the_firm_s_sounds(client_of: Any) -> None:
    firm(name="包头天和磁材科技股份有限公司")
    of, by = indicator(label="研发经费"), source()
    fact(of, by, key="F1", subject="包头市")
    fact(of, by, key="F2", subject="包头天和磁材科技股份有限公司")
    client = client_of(None)
    for query, keys in (
        ("包头市", {"F1"}),
        ("包头", {"F1", "F2"}),
        ("磁材", {"F2"}),
        ("btth", {"F2"}),
        ("yanfa", {"F1", "F2"}),
        ("经费 磁材", {"F2"}),
        ("F1", {"F1"}),
        ("没有的", set()),
    ):
        told = client.get(f"/registers/facts/?q={query}&columns=key&format=json&page=1").json()
        assert {one["key"] for one in told["records"]} == keys, query


@pytest.mark.django_db
def test_a_mirror_is_named_and_never_linked(client_of: Any) -> None:
    mirror = source("m", publisher="某日报", url="http://mirror.example/x", mirror=True, mark="secondary")
    own = source("o", publisher="包头新闻网", url="https://baotounews.com.cn/p/1.html")
    for item in (mirror, own):
        firm(key=item.key, name=f"企业{item.key}", source=item)
    client = client_of(None)
    for item, linked in ((mirror, False), (own, True)):
        page = seen(client.get(f"/registers/sources/{item.pk}/"))
        assert item.publisher in page
        assert (f'href="{item.url}"' in page) is linked
        assert (item.url in page) is linked  # the address is a column of level INTERNAL
    listed = seen(client.get("/registers/sources/?columns=publisher,url"))
    assert "mirror.example" not in listed
