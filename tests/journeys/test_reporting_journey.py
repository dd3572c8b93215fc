"""A month of reporting in a real browser: opened by the office, filled in on a phone, returned once, published."""

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
    """One of its own: what is published here changes the board that other journeys look at."""
    with served(root, tmp_path_factory, "reporting") as found:
        yield found


def _faults(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"runs out by {wide}"] if wide > 0 else found


def test_a_month_from_opening_to_publication(person: Person) -> None:
    office = person("office", "/reporting/", bypass_csp=True)
    assert _faults(office) == []
    office.get_by_role("link", name="开启一期").first.click()
    office.locator("[name=year]").fill("2025")
    office.locator("[name=month]").fill("9")
    office.locator("[name=breadth]").select_option("figures")
    assert _faults(office) == []
    office.get_by_role("button", name="开启").click()
    expect(office.locator(".messages")).to_contain_text(re.compile("共要.*项数"))
    expect(office.locator(".finding")).to_contain_text("未报")
    assert _faults(office) == []
    month = office.url

    unit = person("department", "/reporting/", width=360, height=740, bypass_csp=True)
    unit.locator("main tbody a").first.click()
    assert _faults(unit) == []
    reports = unit.locator("article.report")
    first = reports.first
    first.get_by_label(re.compile("^数值")).fill("12.5")
    expect(first.locator(".report-state")).to_contain_text("已保存")
    expect(first.locator(".concern")).to_contain_text("应为整数")
    for report in reports.all():
        report.get_by_label(re.compile("^数值")).fill("30")
        report.get_by_label("进展与原因").fill("按台账统计")
        expect(report.locator(".saved")).to_have_text("已保存")
    unit.reload()
    expect(reports.first.get_by_label(re.compile("^数值"))).to_have_value("30")
    unit.get_by_role("button", name="提交").click()
    expect(unit.locator(".messages")).to_contain_text(re.compile("提交.{1,2}项"))
    unit.get_by_role("button", name="审核通过").click()
    expect(unit.locator(".stage").first).to_have_text("待办公室核定")

    office.goto(month)
    office.get_by_role("link", name="市科技局").click()
    assert _faults(office) == []
    office.locator("[name=report]").first.check()
    office.get_by_label(re.compile("^理由")).fill("请附台账编号")
    office.get_by_role("button", name="退回").click()
    expect(office.locator(".messages")).to_contain_text("退回")
    office.get_by_role("button", name="核定").click()
    office.get_by_role("button", name="发布").click()
    expect(office.locator(".stage-published")).to_have_count(1)

    unit.reload()
    expect(unit.locator(".report .alert-warning")).to_contain_text("请附台账编号")
    base = office.url.split("/reporting")[0]
    told = office.request.get(f"{base}/registers/facts/?q=&sort=-recorded_on&columns=all&format=json").json()
    newest = told["records"][0]
    assert str(newest["value"]) == "30"
    assert "市科技局" in str(newest)


def test_what_was_typed_a_moment_ago_is_handed_in_and_what_cannot_be_read_is_not(person: Person) -> None:
    office = person("office", "/reporting/open/")
    office.locator("[name=year]").fill("2025")
    office.locator("[name=month]").fill("6")
    office.locator("[name=breadth]").select_option("figures")
    office.get_by_role("button", name="开启").click()
    expect(office.locator(".messages")).to_contain_text(re.compile("共要.*项数"))
    unit = person("department", office.url.split("/reporting")[1].join(["/reporting", ""]))
    figures = unit.get_by_label(re.compile("^数值"))
    for at in range(figures.count()):
        figures.nth(at).fill("31")
    unit.get_by_label("进展与原因").last.fill("按台账统计")
    figures.last.fill("约31")
    unit.get_by_role("button", name="提交").click()
    expect(unit.locator(".saved .field-error")).to_be_visible()
    expect(unit.locator(".stage").first).to_have_text("填报中")
    figures.last.fill("32")
    for field in unit.get_by_label("进展与原因").all():
        field.fill("按台账统计")
    unit.get_by_role("button", name="提交").click()
    expect(unit.locator(".messages")).to_contain_text("提交")
    expect(unit.locator(".report-read").last).to_contain_text("32")
    expect(unit.get_by_text("按台账统计")).to_have_count(figures.count() or unit.locator(".report").count())
