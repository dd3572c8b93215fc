"""Coming in and going out: password, second factor, lockout, sessions, and what a stranger can learn."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings

from luming_portal.accounts import services
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import STAFF, Role
from luming_portal.audit.models import Change
from portal.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def _actions(user: User | None = None) -> list[str]:
    found = Change.objects.filter(action__startswith="account.")
    if user is not None:
        found = found.filter(model="accounts.user", object_id=str(user.pk))
    return list(found.values_list("action", flat=True))


def test_a_person_signs_in_with_the_password(make_user: Any, sign_in: Any) -> None:
    user = make_user("enterprise", "张企业")
    answer = sign_in("张企业")
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert answer.client.get("/accounts/rights/").context["request"].user == user
    assert _actions(user) == ["account.signed_in"]


def test_capitals_in_the_name_do_not_matter(make_user: Any, sign_in: Any) -> None:
    make_user("expert", "Wang.Wei")
    assert sign_in("wang.wei").status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_told_alike(make_user: Any, sign_in: Any) -> None:
    make_user("expert", "known")
    wrong, unknown = sign_in("known", "not-the-password"), sign_in("nobody-here", "not-the-password")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert Change.objects.filter(action="account.sign_in_failed").count() == 2
    assert not Change.objects.filter(object_label__contains="nobody-here").exists()


def test_no_secret_enters_the_record(make_user: Any, sign_in: Any, with_authenticator: Any) -> None:
    user = make_user("office", "office-1")
    code = with_authenticator(user)
    answer = sign_in("office-1")
    answer.client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    answer.client.post("/accounts/2fa/authenticate/", {"code": code()})
    sign_in("a-password-in-the-wrong-box", PASSWORD)
    written = " ".join(
        f"{one.object_label}{one.before}{one.after}{one.reason}" for one in Change.objects.all()
    )
    for secret in (PASSWORD, "000000", "a-password-in-the-wrong-box", "MD5$", "md5$"):
        assert secret not in written


def test_an_inactive_account_is_told_so_only_to_whoever_knows_its_password(
    make_user: Any, sign_in: Any
) -> None:
    make_user("expert", "left", is_active=False)
    right = sign_in("left")
    assert right["Location"] == "/accounts/inactive/"
    assert "已停用" in right.client.get("/accounts/inactive/").content.decode()
    wrong = sign_in("left", "not-the-password")
    assert wrong.status_code == 200
    assert "停用" not in str(wrong.context["form"].errors)


def test_the_sixth_attempt_is_refused_with_a_page_that_says_what_to_do(make_user: Any) -> None:
    user = make_user("expert", "guessed")
    client = Client(REMOTE_ADDR="10.200.0.1")
    for _ in range(5):
        answer = client.post("/accounts/login/", {"login": "guessed", "password": "wrong"})
    sixth = client.post("/accounts/login/", {"login": "guessed", "password": PASSWORD})
    assert answer.status_code == sixth.status_code == 429
    assert "errors/locked.html" in [one.name for one in sixth.templates]
    assert "安全管理员解锁" in sixth.content.decode()
    assert Change.objects.filter(action="account.locked", object_id=str(user.pk)).count() == 1


def test_capitals_do_not_give_more_attempts(make_user: Any) -> None:
    make_user("expert", "Guessed")
    client = Client(REMOTE_ADDR="10.200.0.3")
    for name in ("guessed", "GUESSED", "Guessed", "gUessed", "guEssed"):
        answer = client.post("/accounts/login/", {"login": name, "password": "wrong"})
    assert answer.status_code == 429
    assert client.post("/accounts/login/", {"login": "guesseD", "password": PASSWORD}).status_code == 429


def test_guessing_from_many_addresses_is_bounded(make_user: Any) -> None:
    make_user("expert", "guessed")
    for number in range(51):
        address = f"10.201.{number // 200}.{number % 200}"
        Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": "guessed", "password": "wrong"})
    late = Client(REMOTE_ADDR="10.202.0.1").post(
        "/accounts/login/", {"login": "guessed", "password": PASSWORD}
    )
    assert late.status_code == 200
    assert late.context["form"].errors


def test_the_security_administrator_unlocks(make_user: Any, client_of: Any) -> None:
    user, officer = make_user("expert", "Guessed"), make_user("security")
    client = Client(REMOTE_ADDR="10.200.0.2")
    for _ in range(6):
        client.post("/accounts/login/", {"login": "guessed", "password": "wrong"})
    page = client_of(officer).get("/accounts/?state=locked")
    assert [one.username for one in page.context["page"]] == ["Guessed"]
    answer = client_of(officer).post(f"/accounts/{user.pk}/unlock/", {})
    assert answer.status_code == 302
    assert client.post("/accounts/login/", {"login": "guessed", "password": PASSWORD}).status_code == 302
    assert "account.unlocked" in _actions(user)


def test_signing_out_needs_a_post(make_user: Any, sign_in: Any) -> None:
    user = make_user("expert", "leaving")
    client = sign_in("leaving").client
    assert client.get("/accounts/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/accounts/logout/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert "account.signed_out" in _actions(user)


def test_an_idle_session_ends(make_user: Any, sign_in: Any, settings: Any) -> None:
    user = make_user("expert", "idle")
    client = sign_in("idle").client
    session = client.session
    session["seen"] = int(time.time()) - settings.SESSION_IDLE - 1
    session.save()
    answer = client.get("/documents/?x=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/documents/%3Fx%3D1"
    assert "30分钟" in client.get(answer["Location"]).content.decode()
    assert "account.session_ended" in _actions(user)


def test_a_post_after_idleness_is_refused_with_a_sentence(
    make_user: Any, sign_in: Any, settings: Any
) -> None:
    make_user("expert", "idle")
    client = sign_in("idle").client
    session = client.session
    session["seen"] = int(time.time()) - settings.SESSION_IDLE - 1
    session.save()
    answer = client.post("/accounts/password/change/", {})
    assert answer.status_code == 403
    assert "没有保存任何内容" in answer.content.decode()


def test_a_session_ends_some_hours_after_sign_in_however_busy(
    make_user: Any, sign_in: Any, settings: Any
) -> None:
    make_user("expert", "busy")
    client = sign_in("busy").client
    session = client.session
    session["since"] = int(time.time()) - settings.SESSION_LONGEST - 1
    session["seen"] = int(time.time())
    session.save()
    assert client.get("/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_busy_session_lives_on(make_user: Any, sign_in: Any) -> None:
    make_user("expert", "busy")
    client = sign_in("busy").client
    session = client.session
    session["seen"] = int(time.time()) - 600
    session.save()
    assert client.get("/accounts/rights/").status_code == 200
    assert client.session["seen"] >= int(time.time()) - 5


def test_a_new_password_signs_out_everywhere_else(make_user: Any, sign_in: Any) -> None:
    user = make_user("expert", "changing")
    here, elsewhere = sign_in("changing").client, sign_in("changing").client
    new = "quite-another-long-phrase"
    answer = here.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert here.get("/accounts/rights/").context["request"].user.is_authenticated
    assert not elsewhere.get("/accounts/rights/").context["request"].user.is_authenticated
    assert "account.password_changed" in _actions(user)


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012"])
def test_a_weak_password_is_refused_with_a_sentence(make_user: Any, sign_in: Any, weak: str) -> None:
    make_user("expert", "changing")
    client = sign_in("changing").client
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_deactivation_ends_sessions_at_once_and_for_good(make_user: Any, sign_in: Any) -> None:
    user, officer = make_user("expert", "leaving"), make_user("security")
    client = sign_in("leaving").client
    services.deactivate(user, by=officer, reason="调离")
    assert not client.get("/accounts/rights/").context["request"].user.is_authenticated
    services.reactivate(user, by=officer, reason="回来")
    assert not client.get("/accounts/rights/").context["request"].user.is_authenticated


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_without_a_second_factor_are_led_to_set_one_up(role: str, make_user: Any, sign_in: Any) -> None:
    make_user(role, "staff")
    client = sign_in("staff").client
    for address in (
        "/",
        "/registers/enterprises/",
        "/accounts/",
        "/audit/",
        "/accounts/rights/",
        "/accounts/password/change/",
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.get("Location")) == (302, "/accounts/2fa/totp/activate/"), address


def test_staff_without_a_second_factor_reach_neither_api_nor_posts(make_user: Any, sign_in: Any) -> None:
    make_user("system", "staff")
    client = sign_in("staff").client
    api = client.get("/api/v1/openapi.json")
    post = client.post("/accounts/new/", {"username": "anna", "name": "安娜"})
    json = client.get("/?format=json")
    assert [api.status_code, post.status_code, json.status_code] == [403, 403, 403]
    assert "两步验证" in post.content.decode()
    assert not User.objects.filter(username="anna").exists()


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_others_may_do_without(role: str, make_user: Any, sign_in: Any) -> None:
    make_user(role, "somebody")
    assert sign_in("somebody").client.get("/accounts/rights/").status_code == 200


def test_staff_set_up_an_authenticator_and_go_on(
    make_user: Any, sign_in: Any, factors_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from allauth.mfa.totp.internal import auth as totp

    user = make_user("office", "staff")
    client, elsewhere = sign_in("staff").client, sign_in("staff").client
    led = client.get("/accounts/2fa/totp/activate/")
    assert led["Location"].startswith("/accounts/reauthenticate/")
    client.post(led["Location"], {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert done.status_code == 302, done.context["form"].errors
    assert factors_of(user) == {"totp", "recovery_codes"}
    assert client.get("/accounts/rights/").status_code == 200
    assert not elsewhere.get("/accounts/login/").context["request"].user.is_authenticated
    assert "account.second_factor_added" in _actions(user)


def test_the_second_factor_is_asked_for_and_kept_encrypted(
    make_user: Any, sign_in: Any, with_authenticator: Callable[[User], Callable[[], str]]
) -> None:
    user = make_user("office", "staff")
    code = with_authenticator(user)
    answer = sign_in("staff")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    client = answer.client
    assert not client.get("/accounts/rights/").context["request"].user.is_authenticated
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code()}).status_code == 302
    assert client.get("/accounts/rights/").status_code == 200
    stored = user.authenticator_set.get(type="totp").data["secret"]
    assert stored.startswith("gAAAA")


def test_a_code_opens_once(make_user: Any, sign_in: Any, with_authenticator: Any) -> None:
    user = make_user("office", "staff")
    code = with_authenticator(user)()
    first = sign_in("staff").client
    assert first.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    second = sign_in("staff").client
    assert second.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_recovery_code_opens_once(make_user: Any, sign_in: Any, with_authenticator: Any) -> None:
    user = make_user("office", "staff")
    with_authenticator(user)
    code = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert sign_in("staff").client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert sign_in("staff").client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(make_user: Any, sign_in: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = make_user("office", "staff")
    RecoveryCodes.activate(user)
    assert sign_in("staff").client.get("/")["Location"] == "/accounts/2fa/totp/activate/"


def test_whoever_becomes_staff_needs_a_second_factor_at_once(make_user: Any, sign_in: Any) -> None:
    user, officer = make_user("visitor", "rising"), make_user("security")
    client = sign_in("rising").client
    services.give_rights(
        user, by=officer, rights={"role": "office", "unit": "办公室"}, reason="任命", version=user.version
    )
    assert not client.get("/accounts/login/").context["request"].user.is_authenticated
    assert sign_in("rising").client.get("/")["Location"] == "/accounts/2fa/totp/activate/"


def test_taking_the_factor_away_stops_staff_in_the_same_session(
    make_user: Any, sign_in: Any, with_authenticator: Any
) -> None:
    user = make_user("office", "staff")
    code = with_authenticator(user)
    client = sign_in("staff").client
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/rights/").status_code == 200
    assert client.post("/accounts/2fa/totp/deactivate/", {}).status_code == 302
    assert client.get("/accounts/rights/").status_code == 302
    assert "account.second_factor_removed" in _actions(user)


def test_guessing_codes_is_bounded(make_user: Any, sign_in: Any, with_authenticator: Any) -> None:
    user = make_user("office", "staff")
    code = with_authenticator(user)
    client = sign_in("staff").client
    for number in range(60):
        client.post("/accounts/2fa/authenticate/", {"code": f"{number:06d}"})
    late = client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert late.status_code == 200
    assert late.context["form"].errors


def test_nobody_opens_an_account_for_himself(client: Client) -> None:
    page = client.get("/accounts/signup/")
    assert page.status_code == 200
    assert "系统管理员" in page.content.decode()
    assert client.post("/accounts/signup/", {"username": "me", "password1": PASSWORD}).status_code == 405
    assert not User.objects.filter(username="me").exists()
    assert "/accounts/signup/" not in client.get("/accounts/login/").content.decode()


def test_the_way_out_of_a_lost_password_is_a_person(client: Client) -> None:
    page = client.get("/accounts/password/reset/").content.decode()
    assert "安全管理员" in page
    assert client.post("/accounts/password/reset/", {"email": "a@example.org"}).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "email/",
        "confirm-email/",
        "confirm-email/abc/",
        "password/reset/done/",
        "reauthenticate/code/",
        "reauthenticate/code/confirm/",
        "login/code/confirm/",
        "3rdparty/",
        "3rdparty/signup/",
        "social/signup/",
        "social/connections/",
    ],
)
def test_what_is_not_offered_is_not_there(address: str, make_user: Any, client_of: Any) -> None:
    client = client_of(make_user("expert"))
    assert client.get(f"/accounts/{address}").status_code == 404
    assert client.post(f"/accounts/{address}", {}).status_code == 404


def test_a_second_factor_is_not_demanded_where_the_setting_is_off(make_user: Any, sign_in: Any) -> None:
    make_user("office", "staff")
    with override_settings(SECOND_FACTOR=False):
        assert sign_in("staff").client.get("/accounts/rights/").status_code == 200
