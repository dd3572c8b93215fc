"""Hostile input around sign-in and accounts: refused with a sentence, never an error of ours, nothing written."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from luming_portal.accounts.models import User
from luming_portal.audit.models import Change
from portal.accounts.conftest import PASSWORD, next_address

pytestmark = pytest.mark.django_db

HOSTILE = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "x" * 100_000,
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "{{ 7*7 }}{% debug %}",
    "../../etc/passwd",
    "\u202eevil",
    "🦌" * 500,
    "%s%n%00",
    "\ud800",
    "=cmd|' /C calc'!A0",
)


@pytest.fixture
def careful() -> Client:
    """A client that sends the token like a browser, and shows an error of ours as 500 instead of raising it."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False, REMOTE_ADDR=next_address())


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/logout/",
        "/accounts/demo/office/",
        "/accounts/new/",
        "/accounts/password/change/",
        "/i18n/setlang/",
    ],
)
def test_a_post_from_another_site_is_refused_with_a_sentence(
    address: str, careful: Client, settings: Any
) -> None:
    settings.DEBUG = True
    answer = careful.post(
        address, {"login": "a", "password": "b"}, headers={"origin": "https://elsewhere.example"}
    )
    assert answer.status_code == 403
    assert "不是从本站页面发出的" in answer.content.decode()


def test_another_sites_token_does_not_help(make_user: Any, client_of: Any) -> None:
    user = make_user("system")
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(user).cookies
    client.cookies["csrftoken"] = "f" * 32
    answer = client.post(
        "/accounts/new/", {"username": "eve", "name": "甲", "csrfmiddlewaretoken": "f" * 31 + "0"}
    )
    assert answer.status_code == 403
    assert not User.objects.filter(username="eve").exists()


def test_the_refusal_of_a_forged_post_is_json_for_programs(careful: Client) -> None:
    answer = careful.post("/accounts/login/", {}, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["request_id"] == answer["X-Request-ID"]


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "0" * 5000, "'; DROP TABLE", "../../x", "é"])
def test_a_forged_session_cookie_is_nobody(cookie: str, make_user: Any) -> None:
    make_user("system")
    client = Client(raise_request_exception=False)
    client.cookies[portal_settings.SESSION_COOKIE_NAME] = cookie
    answer = client.get("/accounts/")
    assert answer.status_code == 403
    assert not answer.context["request"].user.is_authenticated


def test_a_session_with_a_wrong_hash_is_nobody(make_user: Any) -> None:
    user = make_user("system")
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "luming_portal.accounts.sign_in.PortalBackend"
    session["_auth_user_hash"] = "f" * 64
    session.save()
    client = Client()
    client.cookies[portal_settings.SESSION_COOKIE_NAME] = str(session.session_key)
    assert client.get("/accounts/").status_code == 403


def test_a_session_of_another_backend_is_nobody(make_user: Any) -> None:
    user = make_user("system")
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = "django.contrib.auth.backends.AllowAllUsersModelBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    client = Client()
    client.cookies[portal_settings.SESSION_COOKIE_NAME] = str(session.session_key)
    assert client.get("/accounts/").status_code == 403


def test_a_session_does_not_keep_its_key_across_sign_in(make_user: Any) -> None:
    make_user("expert", "fixated")
    client = Client(REMOTE_ADDR=next_address())
    client.get("/accounts/password/reset/key/1-abc/")
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[portal_settings.SESSION_COOKIE_NAME] = str(session.session_key)
    client.post("/accounts/login/", {"login": "fixated", "password": PASSWORD})
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b", "\\"]
)
def test_a_forged_host_is_refused(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/accounts/login/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_the_link_to_set_a_password_names_no_forged_host(make_user: Any, client_of: Any) -> None:
    account = make_user("expert")
    client = client_of(make_user("security"))
    answer = client.post(
        f"/accounts/{account.pk}/password-link/",
        {"reason": "试"},
        headers={"x-forwarded-host": "evil.example"},
    )
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "https:///evil.example",
        "/%09/evil.example\n",
        "\x00",
    ],
)
def test_next_leads_nowhere_else(target: str, make_user: Any, sign_in: Any) -> None:
    make_user("expert", "follower")
    answer = sign_in("follower", next=target)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))
    out = answer.client.post("/accounts/logout/", {"next": target})
    assert out["Location"].startswith("/")
    assert not out["Location"].startswith(("//", "/\\"))
    language = answer.client.post("/i18n/setlang/", {"language": "en", "next": target})
    assert language["Location"].startswith("/")
    assert not language["Location"].startswith(("//", "/\\"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_and_passwords(text: str) -> None:
    client = Client(raise_request_exception=False, REMOTE_ADDR=next_address())
    for body in ({"login": text, "password": "b"}, {"login": "a", "password": text}):
        answer = client.post(
            "/accounts/login/", _encoded(body), content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (200, 400, 429)
        assert "<script>alert" not in answer.content.decode()
        assert (
            "49" not in answer.context["form"].errors.as_text()
            if answer.context and "form" in answer.context
            else True
        )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_forms_of_accounts(text: str, make_user: Any, client_of: Any) -> None:
    account = make_user("expert")
    system, security = client_of(make_user("system")), client_of(make_user("security"))
    for client in (system, security):
        client.raise_request_exception = False
    kind = "application/x-www-form-urlencoded"
    new = system.post(
        "/accounts/new/", _encoded({"username": text, "name": text, "email": text}), content_type=kind
    )
    assert new.status_code == 400
    rights = {
        "role": text,
        "unit": text,
        "district": text,
        "enterprise": text,
        "reason": text,
        "version": text,
    }
    given = security.post(f"/accounts/{account.pk}/rights/", _encoded(rights), content_type=kind)
    assert given.status_code == 400
    deed = security.post(
        f"/accounts/{account.pk}/second-factor/", _encoded({"reason": text}), content_type=kind
    )
    assert deed.status_code in (302, 400)
    for answer in (new, given):
        assert "<script>alert" not in answer.content.decode()
        assert answer.context["form"].errors


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions(text: str, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user("security"))
    client.raise_request_exception = False
    for name in ("q", "role", "state", "page"):
        answer = client.get("/accounts/", {name: text[:3000].encode("utf-8", "replace").decode()})
        assert answer.status_code == 200, (name, text[:20])
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/99999999999999999999999999/",
        "/accounts/0/",
        "/accounts/-1/",
        "/accounts/1%00/",
        "/audit/99999999999999999999999999/",
        "/accounts/demo/%00/",
        "/accounts/oidc/%00/login/",
        "/accounts/oidc/" + "x" * 4000 + "/login/callback/",
    ],
)
def test_hostile_addresses(address: str, make_user: Any, client_of: Any) -> None:
    for role in ("security", "auditor"):
        client = client_of(make_user(role))
        client.raise_request_exception = False
        assert client.get(address).status_code in (403, 404, 405)


@pytest.mark.parametrize(
    "token", ["luming_" + "A" * 43, "luming_", "x", "", "\u4e2d", "a" * 9000, "luming_'; --"]
)
def test_a_forged_token_is_refused_with_a_sentence(token: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer.json()["detail"]


def test_a_token_of_somebody_out_of_use_opens_nothing(make_user: Any, settings: Any) -> None:
    from luming_portal.accounts import services
    from luming_portal.api.scopes import scopes_for
    from luming_portal.api.tokens import issue_token
    from luming_portal.audit.actor import acting_as

    user, officer = make_user("office", "leaving"), make_user("security")
    with acting_as(user):
        _token, text = issue_token(user, "试", list(scopes_for(user)), 30)
    headers = {"authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/me", headers=headers).status_code == 200
    services.deactivate(user, by=officer, reason="调离")
    assert Client().get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_of_the_demonstration_opens_nothing_without_debug(settings: Any) -> None:
    from luming_portal.accounts.demonstration import make_demonstration_accounts
    from luming_portal.api.scopes import scopes_for
    from luming_portal.api.tokens import issue_token
    from luming_portal.audit.actor import acting_as
    from portal.conftest import recorded

    settings.DEBUG = True
    with recorded() as changes:
        make_demonstration_accounts(changes)
    user = User.objects.get(username="demo-office")
    with acting_as(user):
        _token, text = issue_token(user, "试", list(scopes_for(user)), 30)
    headers = {"authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/me", headers=headers).status_code == 200
    settings.DEBUG = False
    assert Client().get("/api/v1/me", headers=headers).status_code == 401


def test_pages_carry_the_headers_that_protect_them(client: Client) -> None:
    answer = client.get("/accounts/login/")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    cookie = client.get("/accounts/login/").cookies.get("csrftoken")
    assert cookie is not None
    assert cookie["samesite"] == "Lax"


def test_a_page_with_scripts_has_no_inline_one(client: Client) -> None:
    import re

    page = client.get("/accounts/login/").content.decode()
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in attributes or "application/json" in attributes, body[:80]
    assert not re.search(r"\son\w+=", page)


def test_nothing_was_written_by_any_of_it(careful: Client) -> None:
    careful.post("/accounts/new/", {"username": "eve", "name": "甲"})
    assert not User.objects.exists()
    assert not Change.objects.filter(action="create").exists()


def _encoded(body: dict[str, str]) -> str:
    return "&".join(f"{name}={_percent(value)}" for name, value in body.items())


def _percent(value: str) -> str:
    return "".join(f"%{byte:02x}" for byte in value.encode("utf-8", "surrogatepass"))
