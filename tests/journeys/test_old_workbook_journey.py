"""An old ugly workbook in a real browser: read, corrected in two places, loaded; next month's in a few clicks."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from facts.ugly_workbook import ugly
from journeys.conftest import Portal, served
from page_faults import violations

pytestmark = pytest.mark.needs("browser", "npm_dev")
Person = Callable[..., Page]
PICTURES = os.environ.get("LUMING_PICTURES", "")


@pytest.fixture(scope="module")
def portal(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One of its own: what is loaded here changes the book that other journeys look at."""
    with served(root, tmp_path_factory, "workbooks") as found:
        yield found


def _faults(page: Page, name: str) -> list[str]:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"runs out by {wide}"] if wide > 0 else found


class Clicks:
    """Counts what a person presses, ticks, chooses or fills in."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, target: Locator) -> None:
        self.count += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        self.count += 1
        target.fill(text)
        target.press("Tab")

    def upload(self, page: Page, name: str, content: bytes) -> None:
        self.count += 1
        file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        page.locator("#file").set_input_files(file)
        self.press(page.get_by_role("button", name="上传并识读"))


def test_an_ugly_workbook_and_next_months(person: Person) -> None:
    office = person("office", "/reporting/", bypass_csp=True)
    office.get_by_role("link", name="旧工作簿").click()
    assert _faults(office, "list-1280") == []

    # first with macros: said, never run, given up
    first = Clicks()
    first.upload(office, "月报6月.xlsm", ugly(macros=True))
    expect(office.locator(".alert-warning").first).to_contain_text("宏没有运行")
    expect(office.locator("#figures")).to_contain_text("公式没有存下结果")
    office.get_by_role("button", name="放弃这份工作簿").click()

    first = Clicks()
    first.upload(office, "月报6月.xlsx", ugly(uncounted=False))
    expect(office.locator(".as-it-is td[colspan='7']").first).to_contain_text(
        "２０２５年人才与创新服务进展月报"
    )
    expect(office.locator("#figures tbody tr")).to_have_count(6)
    assert _faults(office, "workbook-1280") == []
    first.fill(office.get_by_label("“需求清单”是"), "人才技术需求清单项数")
    expect(office.locator("#figures tbody tr")).to_have_count(8)
    first.count += 1
    office.get_by_label("D列读作").select_option("ignored")
    expect(office.locator("#figures tbody tr")).to_have_count(4)
    first.press(office.get_by_label("“域外科创飞地”核对无误"))
    expect(office.locator("#figures .tile.bad")).to_have_count(0)
    first.press(office.get_by_label(re.compile("也取隐藏的行")))
    expect(office.locator("#figures tbody tr")).to_have_count(5)
    first.fill(office.locator("#load_title"), "2025年6月人才月报")
    first.fill(office.locator("#load_publisher"), "市人社局")
    first.fill(office.locator("#load_remember"), "人才月报")
    reason = office.locator("#load_reason")
    if office.locator(".outcome-changed").count():
        first.fill(reason, "以月报为准")
    first.press(office.get_by_role("button", name="确认装入"))
    expect(office.locator(".messages")).to_contain_text(re.compile("已装入.新增\\d个"))
    expect(office.locator("table.cards")).to_contain_text("人才月报")
    assert _faults(office, "remembered-1280") == []

    nexts = Clicks()
    nexts.upload(office, "月报7月.xlsx", ugly(later=True))
    expect(office.locator(".alert-success")).to_contain_text("找到记住的读法“人才月报”")
    expect(office.locator(".alert-success")).to_contain_text("原来在D列")
    assert _faults(office, "next-1280") == []
    nexts.press(office.get_by_role("button", name="都核对过了"))
    nexts.fill(office.locator("#load_reason"), "7月月报")
    nexts.press(office.get_by_role("button", name="确认装入"))
    expect(office.locator(".messages")).to_contain_text("已装入")
    assert first.count <= 14
    assert nexts.count <= 6

    office.get_by_role("link", name="人才月报").click()
    expect(office.locator("main")).to_contain_text("需求清单 → 人才技术需求清单项数")
    assert _faults(office, "mapping-1280") == []


def test_on_a_phone(person: Person) -> None:
    unit = person("department", "/workbooks/", width=360, height=740, bypass_csp=True)
    assert _faults(unit, "list-360") == []
    Clicks().upload(unit, "月报6月.xlsx", ugly())
    assert _faults(unit, "workbook-360") == []
    unit.get_by_role("button", name="都核对过了").click()
    unit.get_by_label("先装入没有问题的").check()
    unit.locator("#load_remember").fill("")
    unit.get_by_role("button", name="确认装入").click()
    expect(unit.locator(".messages, .error-summary")).to_be_visible()
    assert _faults(unit, "answer-360") == []
