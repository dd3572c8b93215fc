"""Chasing in a real browser: the office notes a reminder and issues a letter, the unit answers it on a phone; the unit
contests a light, the office rejects it with a reason, and the cockpit says so to everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Portal, served
from page_faults import violations

pytestmark = pytest.mark.needs("browser", "npm_dev")
Person = Callable[..., Page]


@pytest.fixture(scope="module")
def portal(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One of its own: letters and disputes here would stand on the pages of other journeys."""
    with served(root, tmp_path_factory, "chasing") as found:
        yield found


def _faults(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"runs out by {wide}"] if wide > 0 else found


def test_a_letter_from_the_office_to_the_answer(person: Person) -> None:
    office = person("office", "/chasing/", bypass_csp=True)
    expect(office.locator(".empty")).to_contain_text("都已报齐")
    assert _faults(office) == []
    office.goto(office.url.replace("/chasing/", "/reporting/open/"))
    office.locator("[name=year]").fill("2025")
    office.locator("[name=month]").fill("9")
    office.get_by_role("button", name="开启").click()
    office.get_by_role("link", name="提醒、登记和发函").click()
    expect(office.locator("[data-copy]")).to_have_value(re.compile("【2025年9月报送】[\\s\\S]*市科技局"))
    assert _faults(office) == []

    for box in office.locator("[name=unit]").all():
        if box.get_attribute("value") != "市科技局":
            box.uncheck()
    office.get_by_role("button", name="登记提醒").click()
    expect(office.locator(".messages")).to_contain_text("已登记提醒1个单位")
    expect(office.locator(".chase-list tr", has_text="市科技局")).to_contain_text("已提醒 1 次")

    office.locator(".chase-list tr", has_text="市科技局").get_by_role("link", name="发函").click()
    assert _faults(office) == []
    office.get_by_role("button", name="发出").click()
    expect(office.locator(".error-summary")).to_contain_text("提前发函请写明原因")
    office.get_by_label(re.compile("^发函原因")).fill("连续两月迟报")
    office.get_by_role("button", name="发出").click()
    expect(office.locator("h1")).to_contain_text(re.compile("包创办催〔20\\d\\d〕1号"))
    expect(office.locator(".letter-paper")).to_contain_text("发函原因")
    assert _faults(office) == []
    for name in ("Word", "PDF"):
        with office.expect_download() as download:
            office.get_by_role("link", name=name).click()
        assert download.value.path().stat().st_size > 5000

    unit = person("department", "/reporting/", width=360, height=740, bypass_csp=True)
    expect(unit.locator(".notice").first).to_contain_text(re.compile(r"未报 \d+ 项"))
    assert _faults(unit) == []
    unit.locator(".notice").get_by_role("link", name=re.compile("1号")).click()
    unit.get_by_label(re.compile("^答复")).fill("本周内补报")
    assert _faults(unit) == []
    unit.get_by_role("button", name="提交答复").click()
    expect(unit.locator("#answer")).to_contain_text("本周内补报")
    expect(unit.locator("textarea")).to_have_count(0)

    office.reload()
    expect(office.locator("#answer")).to_contain_text("本周内补报")
    office.get_by_role("link", name="催报函").first.click()
    expect(office.locator("main tbody")).to_contain_text("已答复")
    assert _faults(office) == []


def test_a_light_contested_rejected_and_shown_to_all(person: Person) -> None:
    unit = person("department", "/targets/tech_service_agencies/", bypass_csp=True)
    unit.get_by_role("link", name="对这盏灯提出申诉").click()
    assert _faults(unit) == []
    unit.get_by_role("button", name="提交申诉").click()
    expect(unit.locator(".error-summary")).to_be_visible()
    unit.get_by_label(re.compile("^申诉理由")).fill("台账已有三十家,应为绿灯")
    unit.get_by_label(re.compile("^依据")).fill("市科技服务机构台账")
    unit.get_by_role("button", name="提交申诉").click()
    expect(unit.locator(".state").first).to_have_text("待裁定")
    assert _faults(unit) == []

    for width in (1280, 360):
        anybody = person("", "/", width=width, bypass_csp=True)
        expect(anybody.locator(".targets-table tr", has_text="科技服务机构")).to_contain_text("有申诉")
        assert _faults(anybody) == []

    office = person("office", "/disputes/", bypass_csp=True)
    assert _faults(office) == []
    office.locator("main tbody a").first.click()
    office.get_by_label(re.compile("^裁定理由")).fill("台账未经核定,仍按已发布的数")
    assert _faults(office) == []
    office.get_by_role("button", name="裁定不成立").click()
    expect(office.locator(".state").first).to_have_text("不成立")

    unit.goto(unit.url.split("/disputes")[0] + "/targets/tech_service_agencies/")
    expect(unit.locator("#disputes")).to_contain_text("台账未经核定")
    anybody = person("", "/targets/tech_service_agencies/", width=360, bypass_csp=True)
    expect(anybody.locator(".target-state")).to_contain_text("申诉不成立")
    expect(anybody.locator("main")).not_to_contain_text("台账未经核定")
    assert _faults(anybody) == []
