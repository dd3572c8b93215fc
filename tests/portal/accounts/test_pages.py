"""Pages of sign-in, accounts and audit in a real browser: axe finds nothing, nothing is blocked, 360 px is enough."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings as portal_settings
from playwright.sync_api import Browser, Page

from luming_portal.accounts import services
from luming_portal.audit.models import Change
from page_faults import violations
from portal.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.needs("browser"), pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Playwright runs an event loop in this thread, which makes Django wary of its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PICTURES = os.environ.get("LUMING_PICTURES", "")
"""A folder to keep pictures in, for looking at the pages."""


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page of a fresh browser; what the browser complains of fails the test."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", bypass_csp=False)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    told = [one for one in complaints if "status of 4" not in one]
    assert not told, told


@pytest.fixture
def signed_in(visitor: Page, client_of: Any, live_server: Any) -> Any:
    """Puts somebody's session into the browser."""

    def put(user: Any) -> Page:
        cookie = client_of(user).cookies[portal_settings.SESSION_COOKIE_NAME].value
        visitor.context.add_cookies(
            [{"name": portal_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        return visitor

    return put


def inspect(page: Page, name: str) -> None:
    """What axe finds at both widths, and whether the page fits 360 px."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
        assert not found, f"{name} at {width}: {found}"
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{name} is {wide} px wide"


def test_pages_for_everybody(visitor: Page, settings: Any) -> None:
    for name, address in {
        "login": "/accounts/login/",
        "signup": "/accounts/signup/",
        "forgotten": "/accounts/password/reset/",
        "inactive": "/accounts/inactive/",
        "rights": "/accounts/rights/",
        "bad-link": "/accounts/password/reset/key/1-abc/",
        "provider-error": "/accounts/3rdparty/login/error/",
        "provider-cancelled": "/accounts/3rdparty/login/cancelled/",
        "not-found": "/accounts/email/",
        "forbidden": "/accounts/",
    }.items():
        visitor.goto(address)
        inspect(visitor, name)


def test_a_failed_sign_in(visitor: Page) -> None:
    visitor.goto("/accounts/login/")
    visitor.get_by_label("登录名").fill("nobody")
    visitor.get_by_label("密码").fill("nothing-in-particular")
    visitor.get_by_role("button", name="登录", exact=True).click()
    assert visitor.get_by_role("alert").inner_text()
    inspect(visitor, "login-failed")
    for _ in range(5):
        visitor.get_by_label("登录名").fill("nobody")
        visitor.get_by_label("密码").fill("nothing-in-particular")
        visitor.get_by_role("button", name="登录", exact=True).click()
        if "暂时锁定" in visitor.title():
            break
    assert "暂时锁定" in visitor.title()
    inspect(visitor, "locked")


def test_staff_set_up_the_second_factor_by_hand(visitor: Page, make_user: Any) -> None:
    make_user("office", "zhao.liu")
    visitor.goto("/accounts/login/")
    visitor.get_by_label("登录名").fill("zhao.liu")
    visitor.get_by_label("密码").fill(PASSWORD)
    visitor.get_by_role("button", name="登录", exact=True).click()
    assert "确认是您本人" in visitor.title()
    inspect(visitor, "reauthenticate")
    visitor.get_by_label("密码").fill(PASSWORD)
    visitor.get_by_role("button", name="确认").click()
    inspect(visitor, "totp-activate")
    secret = visitor.locator("code.secret").inner_text()
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    visitor.get_by_label("认证器应用显示的6位数字").fill(code)
    visitor.get_by_role("button", name="启用").click()
    assert "恢复码" in visitor.title()
    inspect(visitor, "recovery-codes")
    codes = visitor.locator(".codes li").all_inner_texts()
    for name, address in {
        "mfa": "/accounts/2fa/",
        "recovery-generate": "/accounts/2fa/recovery-codes/generate/",
        "totp-deactivate": "/accounts/2fa/totp/deactivate/",
        "webauthn-add": "/accounts/2fa/webauthn/add/",
        "webauthn-list": "/accounts/2fa/webauthn/",
        "password-change": "/accounts/password/change/",
        "logout": "/accounts/logout/",
    }.items():
        visitor.goto(address)
        inspect(visitor, name)
    visitor.get_by_role("main").get_by_role("button", name="退出登录").click()
    visitor.goto("/accounts/login/")
    visitor.get_by_label("登录名").fill("zhao.liu")
    visitor.get_by_label("密码").fill(PASSWORD)
    visitor.get_by_role("button", name="登录", exact=True).click()
    assert "两步验证" in visitor.title()
    inspect(visitor, "authenticate")
    visitor.get_by_label("验证码").fill(codes[0])
    visitor.get_by_role("button", name="登录", exact=True).click()
    assert "驾驶舱" in visitor.title()


def test_a_passkey_is_two_factors(visitor: Page, make_user: Any, settings: Any) -> None:
    """With Chromium's own virtual authenticator: a passkey is made, and then opens the account by itself."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    visitor.goto("/accounts/login/")
    user = make_user("office", "qian.qi")
    devtools = visitor.context.new_cdp_session(visitor)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    visitor.get_by_label("登录名").fill("qian.qi")
    visitor.get_by_label("密码").fill(PASSWORD)
    visitor.get_by_role("button", name="登录", exact=True).click()
    visitor.get_by_label("密码").fill(PASSWORD)
    visitor.get_by_role("button", name="确认").click()
    visitor.goto("/accounts/2fa/webauthn/add/")
    visitor.locator("input[name=name]").fill("我的电脑")
    visitor.locator("input[name=passwordless]").check()
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="添加", exact=True).click()
    assert user.authenticator_set.filter(type="webauthn").exists()
    visitor.goto("/accounts/2fa/webauthn/")
    inspect(visitor, "webauthn-list-one")
    key = user.authenticator_set.get(type="webauthn").pk
    for name, address in {
        "webauthn-edit": f"/accounts/2fa/webauthn/keys/{key}/edit/",
        "webauthn-remove": f"/accounts/2fa/webauthn/keys/{key}/remove/",
    }.items():
        visitor.goto(address)
        inspect(visitor, name)
    visitor.goto("/accounts/logout/")
    visitor.get_by_role("main").get_by_role("button", name="退出登录").click()
    visitor.goto("/accounts/login/")
    with visitor.expect_navigation():
        visitor.get_by_role("button", name="用通行密钥登录").click()
    visitor.goto("/accounts/rights/")
    assert visitor.locator(".user-name").inner_text() == "测试领导小组办公室"


def test_pages_of_the_officers(signed_in: Any, make_user: Any) -> None:
    officer = make_user("security", "anquan")
    person = make_user("district", "wang.wu", district="青山区")
    with_faults = make_user("expert", "off", is_active=False)
    services.give_rights(
        person, by=officer, rights={"role": "district", "district": "昆都仑区"}, reason="调任", version=1
    )
    page = signed_in(officer)
    for name, address in {
        "accounts": "/accounts/",
        "accounts-none": "/accounts/?q=没有这个人",
        "account": f"/accounts/{person.pk}/",
        "account-off": f"/accounts/{with_faults.pk}/",
        "account-own": f"/accounts/{officer.pk}/",
        "give-rights": f"/accounts/{person.pk}/rights/",
    }.items():
        page.goto(address)
        inspect(page, name)
    page.goto(f"/accounts/{person.pk}/rights/")
    page.get_by_label("角色").select_option("enterprise")
    page.get_by_label("理由").fill("试")
    page.get_by_role("button", name="保存").click()
    assert "请更正" in page.get_by_role("alert").inner_text()
    inspect(page, "give-rights-wrong")
    page.goto(f"/accounts/{person.pk}/")
    page.get_by_text("发放设置密码的链接").click()
    page.locator("#reason-link").fill("忘记密码,已当面核实")
    page.get_by_role("button", name="生成链接").click()
    assert "/accounts/password/reset/key/" in page.locator("code.secret").inner_text()
    inspect(page, "link")


def test_pages_of_the_system_administrator(signed_in: Any, make_user: Any) -> None:
    page = signed_in(make_user("system", "xitong"))
    page.goto("/accounts/new/")
    inspect(page, "new")
    page.get_by_label("登录名").fill("a")
    page.get_by_label("姓名").fill("甲")
    page.get_by_role("button", name="开通", exact=True).click()
    inspect(page, "new-wrong")


def test_pages_of_the_auditor(signed_in: Any, make_user: Any) -> None:
    officer, person = make_user("security", "anquan"), make_user("district", "wang.wu", district="青山区")
    services.give_rights(
        person, by=officer, rights={"role": "district", "district": "昆都仑区"}, reason="调任", version=1
    )
    page = signed_in(make_user("auditor", "shenji"))
    newest = Change.objects.filter(action="update").first()
    assert newest is not None
    for name, address in {
        "audit": "/audit/",
        "audit-none": "/audit/?q=没有这回事",
        "audit-faults": "/audit/?from=昨天&request=zz",
        "audit-entry": f"/audit/{newest.pk}/",
        "account-history": f"/accounts/{person.pk}/",
    }.items():
        page.goto(address)
        inspect(page, name)


def test_the_demonstration_and_the_provider_on_the_sign_in_page(visitor: Page, settings: Any) -> None:
    settings.DEBUG = True
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "自治区统一认证",
                    "client_id": "c",
                    "secret": "s",
                    "settings": {"server_url": "http://127.0.0.1:9"},
                }
            ]
        }
    }
    visitor.goto("/accounts/login/")
    inspect(visitor, "login-demonstration")
    assert visitor.locator(".demo-roles li").count() == 11
    visitor.get_by_role("button", name="用自治区统一认证登录").click()
    inspect(visitor, "provider-silent")


def test_sign_in_works_without_script(browser: Browser, live_server: Any, make_user: Any) -> None:
    make_user("expert", "plain")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/accounts/login/?next=/accounts/rights/")
    page.get_by_label("登录名").fill("plain")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    assert page.url.endswith("/accounts/rights/")
    context.close()
