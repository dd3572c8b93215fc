"""Sign-in by an identity provider that really answers over HTTP, honestly and otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from luming_portal.accounts import services
from luming_portal.audit.models import Change
from portal.accounts import provider as fake
from portal.accounts.conftest import next_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[fake.Provider]:
    """A provider that the portal is configured for."""
    with fake.running() as found:
        app = {
            "provider_id": "oidc",
            "name": "统一认证",
            "client_id": fake.CLIENT,
            "secret": fake.SECRET,
            "settings": {"server_url": found.address, "oauth_pkce_enabled": True},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield found


def _through(provider: fake.Provider, client: Client | None = None, next: str = "") -> Any:
    """Press the button, be sent to the provider, come back with its code."""
    client = client or Client(REMOTE_ADDR=next_address())
    sent = client.post(f"/accounts/oidc/oidc/login/?process=login&next={next}")
    assert sent.status_code == 302, sent.content.decode()[:500]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent["Location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.challenges["code-1"] = asked["code_challenge"]
    return client.get("/accounts/oidc/oidc/login/callback/", {"code": "code-1", "state": asked["state"]})


def _signed_in(answer: Any) -> bool:
    return bool(answer.client.get("/accounts/signup/").context["request"].user.is_authenticated)


def test_there_is_no_button_without_a_provider(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "/accounts/oidc/" not in page
    assert client.post("/accounts/oidc/oidc/login/").status_code == 404


def test_a_provider_puts_a_button_on_the_page(client: Client, provider: fake.Provider) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "用统一认证登录" in page
    assert 'action="/accounts/oidc/oidc/login/' in page


def test_somebody_with_an_account_comes_in(make_user: Any, provider: fake.Provider) -> None:
    user = make_user("expert", "wang.wei")
    answer = _through(provider, next="/accounts/rights/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/rights/")
    assert _signed_in(answer)
    assert SocialAccount.objects.get(user=user).uid == "s-1"
    actions = list(Change.objects.filter(object_id=str(user.pk)).values_list("action", flat=True))
    assert {"account.identity_connected", "account.signed_in"} <= set(actions)


def test_the_second_time_the_identity_counts_not_the_name(make_user: Any, provider: fake.Provider) -> None:
    make_user("expert", "wang.wei")
    _through(provider)
    provider.person = {**provider.person, "preferred_username": "renamed"}
    assert _signed_in(_through(provider))


def test_the_same_name_given_to_somebody_else_opens_nothing(make_user: Any, provider: fake.Provider) -> None:
    make_user("expert", "wang.wei")
    _through(provider)
    provider.person = {**provider.person, "sub": "s-2"}
    answer = _through(provider)
    assert answer.status_code == 403
    assert "已绑定另一个统一认证身份" in answer.content.decode()
    assert not _signed_in(answer)


def test_a_reset_lets_a_new_identity_in(make_user: Any, provider: fake.Provider) -> None:
    user, officer = make_user("expert", "wang.wei"), make_user("security")
    _through(provider)
    services.reset_second_factor(user, by=officer, reason="统一认证换号")
    provider.person = {**provider.person, "sub": "s-2"}
    assert _signed_in(_through(provider))


def test_an_unknown_identity_gets_a_sentence(provider: fake.Provider) -> None:
    answer = _through(provider)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "没有可用的同名账号“wang.wei”" in page
    assert "系统管理员" in page
    assert not _signed_in(answer)
    assert not SocialAccount.objects.exists()


def test_an_account_out_of_use_stays_shut(make_user: Any, provider: fake.Provider) -> None:
    user, officer = make_user("expert", "wang.wei"), make_user("security")
    _through(provider)
    services.deactivate(user, by=officer, reason="调离")
    answer = _through(provider)
    assert answer["Location"] == "/accounts/inactive/"
    assert not _signed_in(answer)


def test_staff_by_the_provider_still_need_a_second_factor(make_user: Any, provider: fake.Provider) -> None:
    user = make_user("office", "wang.wei")
    client = _through(provider).client
    assert client.get("/")["Location"] == "/accounts/2fa/totp/activate/"
    assert user.has_usable_password()


def test_staff_without_a_password_can_set_up_a_factor(make_user: Any, provider: fake.Provider) -> None:
    user = make_user("office", "wang.wei")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    client = _through(provider).client
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    assert page.context["form"].secret


def test_staff_with_a_factor_are_asked_for_it(
    make_user: Any, provider: fake.Provider, with_authenticator: Any
) -> None:
    code = with_authenticator(make_user("office", "wang.wei"))
    answer = _through(provider)
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not _signed_in(answer)
    answer.client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert _signed_in(answer)


@pytest.mark.parametrize(
    "mischief",
    [
        "no token",
        "other key",
        "unknown key id",
        "no key id",
        "unsigned",
        "symmetric",
        "other audience",
        "other issuer",
        "expired",
        "no subject",
        "garbage",
        "tampered",
    ],
)
def test_a_token_that_does_not_hold_is_refused(
    mischief: str, make_user: Any, provider: fake.Provider
) -> None:
    make_user("expert", "wang.wei")
    provider.mischief = mischief
    answer = _through(provider)
    assert answer.status_code == 401
    assert "不能采信" in answer.content.decode()
    assert not _signed_in(answer)
    assert not SocialAccount.objects.exists()
    assert Change.objects.filter(action="account.identity_refused").exists()


def test_userinfo_about_somebody_else_is_refused(make_user: Any, provider: fake.Provider) -> None:
    make_user("expert", "wang.wei")
    provider.userinfo = {"sub": "s-9", "preferred_username": "wang.wei"}
    assert _through(provider).status_code == 401


def test_a_code_without_our_state_is_refused(make_user: Any, provider: fake.Provider) -> None:
    make_user("expert", "wang.wei")
    client = Client(REMOTE_ADDR=next_address())
    for state in ("", "forged", "\x00"):
        answer = client.get("/accounts/oidc/oidc/login/callback/", {"code": "code-1", "state": state})
        assert answer.status_code == 401


def test_another_provider_is_not_there(provider: fake.Provider, client: Client) -> None:
    assert client.post("/accounts/oidc/other/login/").status_code == 404
    assert client.get("/accounts/oidc/other/login/callback/?code=1&state=2").status_code == 404


def test_a_signed_in_person_cannot_connect_an_identity_by_hand(
    make_user: Any, client_of: Any, provider: fake.Provider
) -> None:
    client = client_of(make_user("expert", "other"))
    sent = client.post("/accounts/oidc/oidc/login/?process=connect")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent["Location"]).query).items()}
    provider.challenges["code-1"] = asked["code_challenge"]
    answer = client.get("/accounts/oidc/oidc/login/callback/", {"code": "code-1", "state": asked["state"]})
    assert answer.status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_provider_that_does_not_answer_is_a_sentence(settings: Any, client: Client) -> None:
    app = {
        "provider_id": "oidc",
        "name": "统一认证",
        "client_id": fake.CLIENT,
        "secret": fake.SECRET,
        "settings": {"server_url": "http://127.0.0.1:9"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    answer = client.post("/accounts/oidc/oidc/login/")
    assert answer.status_code == 401
    assert "没有应答" in answer.content.decode()
