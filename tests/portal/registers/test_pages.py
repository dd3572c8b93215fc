"""Every page of every register opens for whom it is meant, and says why where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.rights import Action, decide
from luming_portal.accounts.roles import Role
from luming_portal.registers.catalog import registers
from portal_records import seen

pytestmark = pytest.mark.both_databases

SLUGS = (
    *("enterprises", "institutions", "projects", "persons", "teams"),
    *("experts", "first-claims", "talent-cards", "talent-benefits", "agency-grades", "counted"),
    *("indicators", "facts", "sources"),
)


def test_the_registers_are_all_there() -> None:
    assert tuple(registers()) == SLUGS


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_opens_for_the_office(slug: str, baotou: None, make_user: Any, client_of: Any) -> None:
    register = registers()[slug]
    client = client_of(make_user(Role.OFFICE, unit="领导小组办公室"))
    base = f"/registers/{slug}/"
    pages = [
        "",
        "?q=包头",
        "?format=json&page=1",
        "filters/",
        "new/",
        "import/",
        "import/template/",
        "?format=csv&reason=测试",
    ]
    record = register.model._default_manager.first()
    if record is not None:
        pages += [f"{record.pk}/", f"{record.pk}/?format=json"]
        if not register.append_only:
            pages += [f"{record.pk}/change/", f"{record.pk}/delete/"]
    for page in pages:
        response = client.get(base + page)
        assert response.status_code == 200, (page, seen(response)[:500])
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert body


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_lists_open_for_whom_the_rights_say(role: Role, baotou: None, make_user: Any, client_of: Any) -> None:
    user = None if role is Role.VISITOR else make_user(role)
    client = client_of(user)
    for slug, register in registers().items():
        allowed = bool(decide(user, Action.VIEW, register.noun))
        assert client.get(f"/registers/{slug}/").status_code == (200 if allowed else 403), slug
        creating = bool(decide(user, Action.CREATE, register.noun))
        assert client.get(f"/registers/{slug}/new/").status_code == (200 if creating else 403), slug
        importing = bool(decide(user, Action.IMPORT, register.noun))
        assert client.get(f"/registers/{slug}/import/").status_code == (200 if importing else 403), slug
