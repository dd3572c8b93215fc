"""Standards in a real browser: a firm sees why and what is missing and tries an assumption; the office runs the standards over
the register and makes a list of candidates."""

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


def test_a_firm_sees_why_and_tries_an_assumption(person: Person) -> None:
    firm = person("enterprise", "/standards/", width=360, height=740, bypass_csp=True)
    expect(firm.locator("h1")).to_be_visible()
    assert _faults(firm) == []
    trial = firm.locator("#trial")
    slider = firm.locator("main input[type=range]").first
    slider.focus()
    slider.press("End")
    firm.get_by_role("button", name=re.compile("测算")).click()
    expect(trial).to_contain_text("项标准的结论或得分改变")
    assert _faults(firm) == []
    firm.locator("main a[href*='/tech_sme/']").first.click()
    expect(firm.locator("main")).to_contain_text(re.compile("第[一二三四五六七八九十]+条"))
    assert _faults(firm) == []


def test_the_office_runs_the_register_and_lists_candidates(person: Person) -> None:
    office = person("office", "/standards/runs/new/", bypass_csp=True)
    office.locator("[name=name]").fill("演示测算")
    office.locator("[name=standards][value=tech_sme]").check()
    office.locator("[name=invented]").check()
    office.get_by_role("button", name="开始测算").click()
    expect(office.locator("main table").first).to_contain_text("科技型中小企业", timeout=60_000)
    assert _faults(office) == []
    with office.expect_download() as download:
        office.get_by_role("link", name="导出表格").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    title = office.locator("[name=title]")
    title.fill("演示候选名单")
    title.locator("xpath=..").get_by_role("button").click()
    expect(office.locator("h1")).to_contain_text("演示候选名单")
    expect(office.locator("main")).to_contain_text("衔苹光伏装备")
    assert _faults(office) == []
