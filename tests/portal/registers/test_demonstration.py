"""Invented records: marked wherever they are shown, loaded only in the demonstration, gone by one command."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from luming.creditcode import parse_credit_code
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.installation import _demonstrate
from luming_portal.institutions.models import Institution
from luming_portal.people.models import Person, Team
from luming_portal.registers.models import SavedView
from luming_portal.registers.remove_demo import command
from portal_records import firm, seen


@pytest.fixture
def demonstration(baotou: None, settings: Any) -> None:
    settings.DEBUG = True
    _demonstrate()


@pytest.mark.django_db
def test_the_demonstration_has_a_firm_with_a_valid_code_and_people(demonstration: None) -> None:
    user = User.objects.get(username="demo-enterprise")
    assert user.enterprise is not None
    assert user.enterprise.demo
    assert parse_credit_code(user.enterprise.credit_code or "")
    assert User.objects.get(username="demo-institution").institution.demo  # type: ignore[union-attr]
    for model in (Enterprise, Institution, Person, Team, Qualification):
        assert model.objects.filter(demo=True).exists()
    assert not Person.objects.filter(demo=False).exists()


@pytest.mark.django_db
def test_what_is_invented_is_marked_on_every_page(
    demonstration: None, make_user: Any, client_of: Any
) -> None:
    client = client_of(make_user(Role.OFFICE))
    item = Enterprise.objects.filter(demo=True).first()
    assert item is not None
    for page in (
        f"/registers/enterprises/?q={item.name}",
        f"/registers/enterprises/{item.pk}/",
        f"/search/?q={item.name}",
    ):
        assert '<span class="demo-badge">演示数据</span>' in seen(client.get(page))


@pytest.mark.django_db
def test_one_command_takes_all_of_it_away(demonstration: None, settings: Any, client_of: Any) -> None:
    owner = User.objects.get(username="demo-office")
    client_of(owner).post("/registers/enterprises/views/", {"name": "演示的视图", "query": "q=a"})
    told = CliRunner().invoke(command, ["--yes"])
    assert told.exit_code == 0, told.output
    for model in (Enterprise, Institution, Person, Team, Qualification, User):
        assert not model._base_manager.filter(demo=True).exists()
    assert not SavedView.objects.exists()
    assert (Enterprise.objects.count(), Institution.objects.count()) == (115, 38)
    assert Change.objects.filter(action="delete", reason="清除演示数据").count() >= 20
    assert "没有演示数据" in CliRunner().invoke(command, ["--yes"]).output


@pytest.mark.django_db
def test_what_real_records_lead_to_stays_and_is_named(demonstration: None, make_user: Any) -> None:
    item = Enterprise.objects.get(key="DEMO-E1")
    make_user(Role.ENTERPRISE, "real-person", enterprise=item)
    told = CliRunner().invoke(command, ["--yes"])
    assert "呦鹿磁能科技(包头)有限公司”还被引用" in told.output
    assert list(Enterprise.objects.filter(demo=True)) == [item]


@pytest.mark.django_db
def test_without_debug_nothing_is_invented(baotou: None) -> None:
    firm(key="X")
    assert not Enterprise.objects.filter(demo=True).exists()
