"""The office issues a comparison of districts, a district objects on a phone, the office corrects, a leader reads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.needs("browser")
Person = Callable[..., Page]
TARGET = "metals_output"
DISTRICT = "青山区"


def _no_wider_than_the_window(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_comparison_is_issued_contested_corrected_and_read(person: Person) -> None:
    office = person("office", "/demo-year/")
    office.get_by_role("link", name="旗县区比较").click()
    office.get_by_role("link", name=re.compile("钢铁")).click()
    expect(office.locator("main")).to_contain_text("未公布")
    first = office.locator(f"#row-{DISTRICT}")
    expect(first.locator("td").first).to_have_text("1")
    first.locator("summary").click()
    expect(first).to_contain_text(re.compile("0.4×.*保留两位小数得"))
    office.get_by_role("button", name="公布这份比较").click()
    expect(office.locator(".messages")).to_contain_text("已公布")
    path = "/" + office.url.split("/", 3)[3]

    district = person("district", path, width=360, height=740)
    _no_wider_than_the_window(district)
    expect(district.locator("tbody.own")).to_contain_text(DISTRICT)
    district.get_by_role("link", name="对本旗县区的数提异议").click()
    _no_wider_than_the_window(district)
    district.select_option("[name=input]", "value")
    district.fill("[name=should_be]", "约190")
    district.fill("[name=reason]", "9月并入的一户未扣除")
    district.fill("[name=evidence]", "统计局核减函")
    district.get_by_role("button", name="提出异议").click()
    expect(district.locator(".error-summary")).to_contain_text("应为")
    district.fill("[name=should_be]", "190")
    district.get_by_role("button", name="提出异议").click()
    expect(district.locator(".messages")).to_contain_text("异议已提出")
    expect(district.locator(f"#row-{DISTRICT} .objection")).to_contain_text("提出应为190")
    _no_wider_than_the_window(district)

    office.reload()
    office.get_by_role("link", name="处理异议").click()
    office.select_option("[name=move]", "accept")
    office.fill("[name=answer]", "经核对属实")
    office.get_by_role("button", name="登记处理结果").click()
    expect(office.locator("main")).to_contain_text("还没有公布更正")
    office.get_by_role("link", name="公布更正").click()
    expect(office.locator("table")).to_contain_text(DISTRICT)
    office.fill("[name=reason]", "青山区核减一户")
    office.get_by_role("button", name="公布更正").click()
    expect(office.locator(".messages")).to_contain_text("已公布更正")
    expect(office.locator(f"#row-{DISTRICT} td").first).not_to_have_text("1")

    leader = person("", "/comparison/demo-year/")
    leader.get_by_role("row", name=re.compile("更正后的")).get_by_role("link").click()
    expect(leader.locator("main")).to_contain_text("青山区核减一户")
    leader.get_by_role("link", name="得分", exact=False).first.click()
    expect(leader.locator("th[aria-sort=ascending]").first).to_contain_text("得分")
    leader.get_by_role("link", name="看原来的").click()
    expect(leader.locator("main")).to_contain_text("已被更正")
    expect(leader.locator(f"#row-{DISTRICT} .objection")).to_contain_text("经核对属实")
    assert "统计局核减函" not in leader.locator("main").inner_text()
    assert leader.get_by_role("button", name="公布").count() == 0
    leader.emulate_media(media="print")
    expect(leader.locator(f"#row-{DISTRICT} .objection")).to_be_visible()
    expect(leader.get_by_role("link", name="CSV")).to_be_hidden()
