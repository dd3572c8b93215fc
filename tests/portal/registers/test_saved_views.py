"""Saved views: one's own, shared ones, the default; columns are remembered."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.registers.models import SavedView
from portal_records import firm, seen

pytestmark = pytest.mark.both_databases

BASE = "/registers/enterprises/"


def _save(client: Any, name: str, query: str = "district=青山区&sort=-revenue", **more: str) -> Any:
    return client.post(f"{BASE}views/", {"name": name, "query": query, "shared": "nobody", **more})


@pytest.mark.django_db
def test_a_view_is_offered_to_whom_it_is_shared_with(make_user: Any, client_of: Any) -> None:
    owner = make_user(Role.DEPARTMENT, unit="市科技局")
    client = client_of(owner)
    for name, shared in (("自己的", "nobody"), ("本局的", "unit"), ("大家的", "officers")):
        assert _save(client, name, shared=shared).status_code == 302

    def offered(user: Any) -> set[str]:
        page = seen(client_of(user).get(f"{BASE}?q="))
        return {
            name for name in ("自己的", "本局的", "大家的") if f">{name}<" in page or f">{name} <" in page
        }

    assert offered(owner) == {"自己的", "本局的", "大家的"}
    assert offered(make_user(Role.DEPARTMENT, unit="市科技局")) == {"本局的", "大家的"}
    assert offered(make_user(Role.OFFICE)) == {"大家的"}
    assert offered(make_user(Role.EXPERT)) == set()


@pytest.mark.django_db
def test_only_the_owner_removes_a_view(make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    _save(client, "大家的", shared="officers")
    view = SavedView.objects.get()
    other = client_of(make_user(Role.OFFICE))
    assert other.post(f"{BASE}views/{view.pk}/delete/").status_code == 403
    assert client_of(make_user(Role.EXPERT)).post(f"{BASE}views/{view.pk}/delete/").status_code == 404
    assert client.post(f"{BASE}views/{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.django_db
def test_a_list_opens_with_the_default_view_and_only_one_is_it(make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    _save(client, "一", is_default="1")
    _save(client, "二", "chain=稀土", is_default="1")
    assert list(SavedView.objects.filter(is_default=True).values_list("name", flat=True)) == ["二"]
    answer = client.get(BASE)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{BASE}?chain=%E7%A8%80%E5%9C%9F")
    assert client.get(f"{BASE}?q=").status_code == 200


@pytest.mark.django_db
def test_saving_under_the_same_name_replaces(make_user: Any, client_of: Any) -> None:
    client = client_of(make_user(Role.OFFICE))
    _save(client, "一")
    _save(client, "一", "chain=稀土&x=1&phone.from=2")
    assert SavedView.objects.get().query == "chain=%E7%A8%80%E5%9C%9F"
    assert _save(client, "  ").status_code == 302
    assert SavedView.objects.count() == 1


@pytest.mark.django_db
def test_the_columns_chosen_last_are_remembered(make_user: Any, client_of: Any) -> None:
    firm(name="甲")
    client = client_of(make_user(Role.OFFICE))
    client.get(f"{BASE}?columns=name,staff")
    assert client.get(BASE).headers["Location"] == f"{BASE}?columns=name,staff"
    client.get(f"{BASE}usual-columns/")
    assert client.get(BASE).status_code == 200


@pytest.mark.django_db
def test_visitors_save_nothing(client_of: Any) -> None:
    assert _save(client_of(None), "一").status_code == 403
    assert not SavedView.objects.exists()
