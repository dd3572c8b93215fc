"""An enterprise signs in and sees only its own; a visitor sees only what is published; neither can reach further."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.needs("browser")
Person = Callable[..., Page]


def _total(page: Page, address: str) -> int:
    answer = page.request.get(f"{address}/registers/enterprises/?format=json")
    assert answer.status == 200
    return int(answer.json()["count"])


def test_an_enterprise_sees_only_its_own(person: Person) -> None:
    page = person("enterprise", "/registers/enterprises/")
    address = page.url.split("/registers")[0]
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("演示数据")
    assert _total(page, address) == 1
    page.locator("main tbody a").first.click()
    expect(page.locator("main h1")).to_contain_text("演示")
    own = page.url
    for other in (1, 2, 3):
        asked = page.request.get(f"{address}/registers/enterprises/{other}/")
        assert asked.status == 404 or own.endswith(f"/{other}/")
    for refused in ("/audit/", "/accounts/", "/operations/check/", "/documents/new/"):
        answer = page.goto(address + refused)
        assert answer is not None
        assert answer.status == 403
        expect(page.locator("main")).to_contain_text("企业用户")


def test_an_enterprise_finds_nothing_of_others_by_search(person: Person) -> None:
    page = person("enterprise", "/search/?q=包钢")
    expect(page.locator("main")).not_to_contain_text("内蒙古包钢钢联股份有限公司")


def test_a_visitor_sees_only_what_is_published(person: Person) -> None:
    officer = person("office", "/")
    visitor = person("", "/registers/enterprises/")
    address = visitor.url.split("/registers")[0]
    assert 0 < _total(visitor, address) <= _total(officer, address)
    shown = visitor.request.get(f"{address}/registers/enterprises/?format=json").json()
    assert not {"phone", "contact", "credit_code", "note"} & set(shown["records"][0])
    expect(visitor.get_by_role("link", name="新增")).to_have_count(0)


def test_a_visitor_is_told_why_and_led_to_sign_in(person: Person) -> None:
    page = person("", "/audit/")
    expect(page.locator("main")).to_contain_text("访客")
    page.get_by_role("link", name="登录后再试").click()
    expect(page.get_by_label("登录名")).to_be_visible()
