"""A stranger finds money with five answers, and nothing of it is kept; a firm opens a case out of its own lists."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.needs("browser")
Person = Callable[..., Page]
ADDRESS = "/support/calculator/"
NO_BUSINESS = ("operations_heartbeat",)
"""Tables in which the portal notes that it is alive."""


def rows(portal: Any) -> dict[str, int]:
    """How many rows each table of the portal holds."""
    database = sqlite3.connect(f"file:{portal.home / 'portal.sqlite3'}?mode=ro", uri=True)
    try:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in NO_BUSINESS and not name.startswith("search_fts")
        ]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    finally:
        database.close()


def answer(page: Page, choice: str = "是", number: str = "500") -> None:
    """Answer the question that is shown and go on."""
    asked = page.locator("input[name=ask]").input_value()
    buttons = page.locator(".question input[type=radio]")
    if buttons.count():
        page.locator(".question label.option", has_text=choice).or_(
            page.locator(".question label.option")
        ).first.click()
    else:
        page.locator("#id_value").fill(number)
    page.locator(".question button.btn-primary").click()
    expect(page.locator(f"input[name=ask][value='{asked}']")).to_have_count(0)


def test_a_stranger_finds_money_with_five_answers_and_nothing_is_kept(person: Person, portal: Any) -> None:
    page = person("", ADDRESS)
    before = rows(portal)
    for _ in range(5):
        answer(page)
    expect(page.locator(".tally")).to_contain_text("万元")
    expect(page.locator(".line-yes").first).to_be_visible()
    assert rows(portal) == before
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"csrftoken"}
    assert page.url.endswith(ADDRESS)  # the answers stand in no address
    held = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "a-" not in held  # htmx notes the path of the page, and no answer
    assert "是" not in held
    page.reload()
    expect(page.locator(".answers")).to_have_count(0)


def test_the_same_without_script_and_with_the_keyboard_alone(person: Person) -> None:
    plain = person("", ADDRESS, java_script_enabled=False)
    for _ in range(3):
        answer(plain)
    expect(plain.locator(".answers summary")).to_contain_text("3")
    page = person("", ADDRESS)
    first = page.locator("input[name=ask]").input_value()
    page.locator(".question input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(f"input[name=ask][value='{first}']")).to_have_count(0)
    expect(page.locator(".question :focus")).to_have_count(1)
    page.get_by_role("button", name="上一步").click()
    expect(page.locator("input[name=ask]")).to_have_value(first)


def test_a_small_screen_is_enough(person: Person) -> None:
    page = person("", ADDRESS, width=360, height=740)
    answer(page)
    answer(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(page.url.replace("calculator/", ""))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_firm_opens_a_case_out_of_its_lists(person: Person) -> None:
    page = person("enterprise", "/support/mine/")
    for _ in range(12):
        if page.get_by_role("button", name="申报").or_(page.get_by_role("button", name="快申")).count():
            break
        answer(page)
    page.get_by_role("button", name="申报").or_(page.get_by_role("button", name="快申")).first.click()
    page.wait_for_url("**/cases/**")
    expect(page.locator("main")).to_contain_text("申请")
    page.goto(page.url.split("/cases/")[0] + "/support/mine/")
    expect(page.get_by_role("link", name="已在办理").first).to_be_visible()
