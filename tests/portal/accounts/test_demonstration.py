"""Demonstration accounts: one click each under DEBUG, and nothing at all without it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import checks
from django.test import Client

from luming_portal.accounts.checks import demonstration_accounts
from luming_portal.accounts.demonstration import make_demonstration_accounts, username_of
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from portal.accounts.conftest import PASSWORD
from portal.conftest import BACKEND, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: Any) -> None:
    """The demonstration with its accounts."""
    settings.DEBUG = True
    with recorded() as changes:
        make_demonstration_accounts(changes)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.VISITOR])
def test_one_click_signs_in(role: Role, demonstration: None) -> None:
    client = Client()
    page = client.get("/accounts/login/").content.decode()
    assert f'action="/accounts/demo/{role}/"' in page
    assert client.post(f"/accounts/demo/{role}/").status_code == 302
    answer = client.get("/accounts/rights/")
    assert answer.status_code == 200
    assert answer.context["request"].user.role == role
    assert Change.objects.filter(action="account.signed_in", actor=username_of(role)).exists()


def test_the_visitor_signs_out(demonstration: None) -> None:
    client = Client()
    client.post("/accounts/demo/office/")
    client.post("/accounts/demo/visitor/")
    assert not client.get("/accounts/rights/").context["request"].user.is_authenticated


def test_a_role_that_does_not_exist_is_not_there(demonstration: None) -> None:
    assert Client().post("/accounts/demo/emperor/").status_code == 404


def test_it_needs_a_post_with_the_token(demonstration: None) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/accounts/demo/office/").status_code == 405
    assert client.post("/accounts/demo/office/").status_code == 403
    token = client.get("/accounts/login/").context["csrf_token"]
    assert client.post("/accounts/demo/office/", {"csrfmiddlewaretoken": token}).status_code == 302


def test_the_buttons_are_not_there_without_debug(demonstration: None, settings: Any) -> None:
    settings.DEBUG = False
    assert "/accounts/demo/" not in Client().get("/accounts/login/").content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_the_address_is_not_there_without_debug(role: Role, demonstration: None, settings: Any) -> None:
    settings.DEBUG = False
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/accounts/demo/{role}/").status_code == 404
    assert client.get(f"/accounts/demo/{role}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_session_of_the_demonstration_ends_with_it(demonstration: None, settings: Any) -> None:
    client, forced = Client(), Client()
    client.post("/accounts/demo/office/")
    forced.force_login(User.objects.get(username="demo-system"), backend=BACKEND)
    settings.DEBUG = False
    assert not client.get("/accounts/rights/").context["request"].user.is_authenticated
    assert not forced.get("/accounts/rights/").context["request"].user.is_authenticated


def test_even_a_password_does_not_open_one_without_debug(
    demonstration: None, settings: Any, sign_in: Any
) -> None:
    user = User.objects.get(username="demo-expert")
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    settings.DEBUG = False
    answer = sign_in("demo-expert")
    assert not answer.client.get("/accounts/rights/").context["request"].user.is_authenticated


def test_none_is_made_without_debug(settings: Any) -> None:
    settings.DEBUG = False
    with recorded() as changes:
        assert make_demonstration_accounts(changes) == 0
    with pytest.raises(RuntimeError, match="演示模式"), change("试") as changes:
        changes.save(User(username="demo-office", name="甲", role="office", demo=True))
    assert not User.objects.exists()


def test_bulk_makes_none_either(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(RuntimeError, match="演示模式"), recorded() as changes:
        changes.create_many([User(username="demo-office", name="甲", role="office", demo=True)])
    assert not User.objects.exists()


def test_the_check_names_those_that_are_left(demonstration: None, settings: Any) -> None:
    assert demonstration_accounts(databases=["default"]) == []
    settings.DEBUG = False
    (found,) = demonstration_accounts(databases=["default"])
    assert isinstance(found, checks.Error)
    assert (found.id, "demo-auditor" in found.msg, "demo-system" in found.msg) == ("luming.E001", True, True)
    assert found in checks.run_checks(databases=["default"])


def test_no_real_account_takes_a_name_of_the_demonstration(make_user: Any, client_of: Any) -> None:
    client = client_of(make_user("system"))
    answer = client.post("/accounts/new/", {"username": "Demo-office", "name": "甲"})
    assert answer.status_code == 400
    assert "演示账号" in answer.content.decode()


def test_demonstration_accounts_are_not_changed(demonstration: None, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user("security"))
    account = User.objects.get(username="demo-expert")
    answer = client.post(f"/accounts/{account.pk}/deactivate/", {"reason": "试"})
    assert answer.status_code == 403
    assert "演示账号" in answer.content.decode()


def test_a_demonstration_account_is_told_why_it_has_no_password(demonstration: None) -> None:
    client = Client()
    client.post("/accounts/demo/expert/")
    for address in ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "演示账号没有密码" in answer.content.decode()
