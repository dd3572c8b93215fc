"""A firm in a real browser lets a bank see its points for a time; the bank looks; the firm sees the look and takes it back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from page_faults import violations

pytestmark = pytest.mark.needs("browser", "npm_dev")
Person = Callable[..., Page]


def _faults(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"runs out by {wide}"] if wide > 0 else found


def test_sight_is_given_looked_at_and_taken_back(person: Person) -> None:
    firm = person("enterprise", "/grants/new/", width=360, height=740, bypass_csp=True)
    firm.get_by_role("button", name="授权").click()
    expect(firm.locator(".error-summary")).to_be_visible()
    assert _faults(firm) == []
    bank_name = firm.locator("[name=institution] option").nth(1).inner_text()
    firm.locator("[name=institution]").select_option(index=1)
    firm.locator("[name=purpose]").fill("科技贷款授信")
    firm.locator("[name=standards]").first.check()
    firm.get_by_role("button", name="授权").click()
    expect(firm.locator(".messages")).to_contain_text("已授权")
    expect(firm.locator("main")).to_contain_text(bank_name)
    assert _faults(firm) == []
    grant = firm.url

    bank = person("bank", "/grants/", bypass_csp=True)
    expect(bank.locator("tbody tr")).to_contain_text("科技贷款授信")
    bank.locator("tbody tr a").first.click()
    expect(bank.locator("main")).to_contain_text(re.compile("定格"))
    assert _faults(bank) == []
    sight = bank.url

    firm.reload()
    expect(firm.locator("main")).to_contain_text("演示银行经办人")
    firm.get_by_role("button", name=re.compile("撤回")).click()
    if firm.locator("dialog[open] button", has_text="撤回").count():
        firm.locator("dialog[open] button", has_text="撤回").click()
    expect(firm.locator(".messages")).to_contain_text("已撤回")
    assert firm.url == grant

    assert bank.goto(sight).status == 404
    bank.goto(sight.rsplit("/", 3)[0] + "/")
    expect(bank.locator(".empty")).to_contain_text("现在没有企业授权")
