"""Tokens: what opens, what does not, and how far."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import RIGHTS, Action, Scope
from luming_portal.accounts.roles import Role
from luming_portal.api.models import ApiToken
from luming_portal.api.scopes import all_scopes, scopes_for
from luming_portal.api.tokens import TokenFaulty, digest_of, issue_token, revoke_token
from luming_portal.audit.actor import acting_as
from luming_portal.audit.models import Change
from portal.api.conftest import Api, firm
from portal.conftest import recorded

SIGNED_IN = [role for role in Role if role is not Role.VISITOR]


@pytest.mark.django_db
def test_a_token_is_256_random_bits_and_only_its_hash_is_kept(make_user: Any) -> None:
    user = make_user(Role.OFFICE)
    with acting_as(user):
        token, text = issue_token(user, "试", ["read:enterprise"], 30)
    assert re.fullmatch(r"luming_[\w-]{43}", text)
    assert token.digest == digest_of(text)
    stored = str(ApiToken.objects.values().get()) + "".join(
        str(c.before) + str(c.after) for c in Change.objects.all()
    )
    assert text not in stored
    assert text[7:] not in stored
    assert digest_of(text) not in "".join(str(c.after) for c in Change.objects.all())


@pytest.mark.django_db
def test_a_token_says_who_it_is(api_of: Any) -> None:
    body = api_of(Role.DEPARTMENT, "read:fact", unit="市统计局").get("me").json()
    assert (body["role"], body["unit"], body["scopes"]) == ("department", "市统计局", ["read:fact"])
    assert Api().get("me").json()["role"] == "visitor"


@pytest.mark.django_db
def test_what_opens_nothing_answers_401_with_a_sentence(make_user: Any, token_of: Any, settings: Any) -> None:
    user = make_user(Role.OFFICE)
    good = token_of(user, "read:enterprise")
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    expired, revoked = token_of(user, "read:enterprise"), token_of(user, "read:enterprise")
    with recorded() as changes:
        token = ApiToken.objects.get(digest=digest_of(expired))
        token.expires_at = timezone.now() - timedelta(seconds=1)
        changes.save(token)
    with acting_as(user):
        revoke_token(user, ApiToken.objects.get(digest=digest_of(revoked)))
    settings.DEBUG = True
    demo = token_of(make_user(Role.OFFICE, username="demo-office", demo=True), "read:enterprise")
    settings.DEBUG = False
    words = {
        forged: "没有这个令牌",
        expired: "到期",
        revoked: "撤销",
        demo: "演示",
        "luming_": "不是鹿鸣的接口令牌",
        "x" * 5000: "不是鹿鸣的接口令牌",
        "luming_" + "é" * 43: "不是鹿鸣的接口令牌",
    }
    for text, word in words.items():
        response = Api(text).get("enterprises")
        assert response.status_code == 401, text[:20]
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert word in response.json()["detail"]
    assert Api().get("enterprises", Authorization="Basic dXNlcjpwYXNz").status_code == 401
    assert Api(good).get("enterprises").status_code == 200
    with recorded() as changes:
        user.is_active = False
        changes.save(user)
    response = Api(good).get("enterprises")
    assert (response.status_code, "停用" in response.json()["detail"]) == (401, True)


@pytest.mark.django_db
def test_a_token_shrinks_with_its_owners_role(make_user: Any, token_of: Any) -> None:
    user, record = make_user(Role.OFFICE), firm(1, published=False)
    api = Api(token_of(user))
    assert api.get(f"enterprises/{record.pk}").status_code == 200
    with recorded() as changes:
        user.role = Role.EXPERT
        changes.save(user)
    assert api.get(f"enterprises/{record.pk}").status_code == 404
    assert api.post("enterprises", {"key": "N", "name": "甲", "reason": "x"}).status_code == 403


@pytest.mark.django_db
def test_a_scope_that_lacks_is_named(api_of: Any) -> None:
    api = api_of(Role.OFFICE, "read:fact")
    response = api.get("enterprises")
    assert (response.status_code, response.json()["code"]) == (403, "scope_missing")
    assert "read:enterprise" in response.json()["detail"]
    reader = api_of(Role.OFFICE, "read:enterprise", username="二")
    assert reader.get("enterprises").status_code == 200
    assert (
        reader.post("enterprises", {"key": "N", "name": "甲", "reason": "x"}).json()["code"]
        == "scope_missing"
    )


@pytest.mark.django_db
def test_nobody_gives_a_token_what_he_has_not(make_user: Any) -> None:
    expert, auditor = make_user(Role.EXPERT), make_user(Role.AUDITOR)
    assert "write:enterprise" not in scopes_for(auditor)
    assert "read:changes" in scopes_for(auditor)
    assert scopes_for(make_user(Role.OFFICE)).keys() >= {"write:enterprise", "read:personal"}
    with acting_as(auditor), pytest.raises(TokenFaulty, match="write:enterprise"):
        issue_token(auditor, "试", ["write:enterprise"], 30)
    from luming_portal.accounts.rights import Refused

    with acting_as(expert), pytest.raises(Refused):
        issue_token(expert, "试", ["read:enterprise"], 30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ["read:fact"], 30),
        ("x" * 81, ["read:fact"], 30),
        ("试", [], 30),
        ("试", ["nonsense"], 30),
        ("试", ["read:fact"], 366),
        ("试", ["read:fact"], 0),
    ],
)
def test_a_faulty_request_for_a_token_is_refused(
    make_user: Any, name: str, scopes: list[str], days: int
) -> None:
    user = make_user(Role.OFFICE)
    with acting_as(user), pytest.raises(TokenFaulty):
        issue_token(user, name, scopes, days)


@pytest.mark.django_db
def test_a_token_beyond_the_twentieth_is_refused(make_user: Any, token_of: Any) -> None:
    user = make_user(Role.OFFICE)
    for _ in range(20):
        token_of(user, "read:fact")
    with pytest.raises(TokenFaulty, match="20"):
        token_of(user, "read:fact")


@pytest.mark.django_db
def test_use_is_noted_but_not_with_every_request(
    make_user: Any, token_of: Any, django_assert_num_queries: Any
) -> None:
    api = Api(token_of(make_user(Role.OFFICE), "read:enterprise"))
    api.get("me")
    assert ApiToken.objects.get().last_used_at is not None
    assert ApiToken.objects.get().version == 1
    with django_assert_num_queries(1):
        api.get("me")


@pytest.mark.django_db
def test_too_many_requests_are_put_off(api_of: Any, settings: Any) -> None:
    settings.LUMING_API_RATE = 5
    api = api_of(Role.OFFICE, "read:fact")
    answers = [api.get("me") for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert answers[0]["RateLimit-Remaining"] == "4"
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1].json()["code"] == "too_many"
    assert api_of(Role.OFFICE, "read:fact", username="二").get("me").status_code == 200
    assert [Api().get("me").status_code for _ in range(2)] == [200, 429]


@pytest.mark.django_db
def test_a_session_reads_and_writes_only_with_the_pages_token(make_user: Any, client_of: Any) -> None:
    from django.test import Client

    user, record = make_user(Role.OFFICE), firm(1, published=False)
    client = client_of(user)
    assert client.get(f"/api/v1/enterprises/{record.pk}").status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    path, body = "/api/v1/enterprises", {"key": "N", "name": "甲", "reason": "x"}
    refused = strict.post(path, body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    strict.get("/accounts/tokens/")
    token = strict.cookies["csrftoken"].value
    made = strict.post(path, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert made.status_code == 201, made.content.decode()
    assert Change.objects.filter(model="enterprises.enterprise").first().actor == user.username


@pytest.mark.django_db
def test_a_visitor_who_writes_is_asked_for_a_token() -> None:
    response = Api().post("enterprises", {"key": "N", "name": "甲"})
    assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
    assert Api().get("changes").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("role", SIGNED_IN)
def test_the_page_of_tokens_follows_the_rights(role: Role, make_user: Any, client_of: Any) -> None:
    user = make_user(role)
    response = client_of(user).get("/accounts/tokens/")
    allowed = RIGHTS["token"][Action.VIEW][role] is not Scope.NONE
    assert response.status_code == (200 if allowed else 403)


@pytest.mark.django_db
def test_the_page_shows_a_new_token_once(make_user: Any, client_of: Any) -> None:
    user = make_user(Role.OFFICE)
    client = client_of(user)
    response = client.post("/accounts/tokens/", {"name": "抄数", "scopes": ["read:enterprise"], "days": "90"})
    assert response.status_code == 201
    text = re.search(r"luming_[\w-]{43}", response.content.decode())
    assert text is not None
    assert text[0] not in client.get("/accounts/tokens/").content.decode()
    assert Api(text[0]).get("enterprises").status_code == 200
    token = ApiToken.objects.get()
    assert client.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 302
    assert Api(text[0]).get("enterprises").status_code == 401
    faulty = client.post("/accounts/tokens/", {"name": "", "days": "90"})
    assert faulty.status_code == 422
    assert "error-summary" in faulty.content.decode()


@pytest.mark.django_db
def test_others_tokens_are_revoked_by_the_security_administrator_alone(
    make_user: Any, client_of: Any, token_of: Any
) -> None:
    owner = make_user(Role.OFFICE)
    text = token_of(owner, "read:enterprise")
    token = ApiToken.objects.get()
    for role in (Role.SYSTEM, Role.OFFICE, Role.DEPARTMENT):
        assert client_of(make_user(role)).post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 404
    security = client_of(make_user(Role.SECURITY))
    assert "…" + token.hint in security.get("/accounts/tokens/").content.decode()
    assert security.post(f"/accounts/tokens/{token.pk}/revoke/", {"reason": "离岗"}).status_code == 302
    assert Api(text).get("enterprises").status_code == 401
    assert Change.objects.filter(model="api.apitoken").first().reason == "离岗"


@pytest.mark.django_db
def test_staff_without_a_second_factor_get_no_token(make_user: Any) -> None:
    from django.test import Client

    from portal.conftest import BACKEND

    client = Client()
    client.force_login(make_user(Role.OFFICE), backend=BACKEND)
    response = client.post("/accounts/tokens/", {"name": "抄数", "scopes": ["read:enterprise"], "days": "90"})
    assert response.status_code in (302, 403)
    assert not ApiToken.objects.exists()


@pytest.mark.django_db
def test_every_scope_is_offered_to_somebody(make_user: Any) -> None:
    offered: set[str] = set()
    for role in SIGNED_IN:
        offered |= set(scopes_for(make_user(role)))
    assert offered == set(all_scopes())
    assert isinstance(User.objects.first(), User)
