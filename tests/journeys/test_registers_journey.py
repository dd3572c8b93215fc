"""An officer works with a register in a real browser: finds, filters, keeps a view, changes many with a reason,
exports, imports; every kind of page passes axe at 1280 and at 360 pixels and never scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from page_faults import violations

pytestmark = pytest.mark.needs("browser")
Person = Callable[..., Page]


def _faults(page: Page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    faults = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations(page)]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        faults.append("scrolls sideways")
    return faults


def test_an_officer_finds_filters_changes_and_exports(person: Person) -> None:
    page = person("office", "/registers/enterprises/?q=")
    everything = int(page.locator(".count strong").inner_text())
    page.keyboard.press("/")
    page.keyboard.type("xitu")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=xitu**")
    found = int(page.locator(".count strong").inner_text())
    assert 0 < found < everything
    page.locator("[data-panel=filters]").click()
    page.locator(".filter-panel input[name=district][value=稀土高新区]").check()
    page.get_by_role("button", name="应用筛选").click()
    page.wait_for_url("**district=**")
    expect(page.locator(".chips")).to_contain_text(re.compile("旗县区.稀土高新区"))
    assert ".empty=" not in page.url
    narrowed = int(page.locator(".count strong").inner_text())
    assert narrowed < found
    page.locator("summary", has_text="视图").click()
    page.fill("#view-name", "高新区稀土企业")
    page.get_by_role("button", name="保存视图").click()
    expect(page.locator(".messages")).to_contain_text("已保存视图“高新区稀土企业”")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr.at").count() == 1
    page.locator("[name=record]").nth(0).check()
    page.locator("[name=record]").nth(1).check()
    assert page.locator("[data-ticked]").inner_text() == "已选 2 条"
    page.get_by_role("button", name="批量修改选中的").click()
    page.locator("input[name=column][value=steward]").check()
    page.fill("[name=value-steward]", "市工信局")
    page.fill("#reason", "按链长制分工")
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="确认修改 2 条").click()
    expect(page.locator(".messages")).to_contain_text("已修改2条")
    page.goto(f"{page.url.split('/registers')[0]}/registers/enterprises/?steward=市工信局")
    assert page.locator(".count strong").inner_text() == "2"
    page.locator("a.row-link").first.click()
    expect(page.locator(".history")).to_contain_text("按链长制分工")
    page.go_back()
    page.locator("summary", has_text="导出").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Excel.当前列")).click()
    assert re.fullmatch(r"企业-\d{4}-\d{2}-\d{2}\.xlsx", download.value.suggested_filename)
    page.locator(".chips a", has_text="全部清除").click()
    assert int(page.locator(".count strong").inner_text()) == everything


def test_an_officer_imports_what_was_exported_and_changed(person: Person, tmp_path: Path) -> None:
    page = person("office", "/registers/enterprises/import/")
    file = tmp_path / "企业.csv"
    file.write_text("编号,旗县区,职工人数\nE001,昆都仑区,9000\nE002,,很多\n", encoding="utf-8-sig")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="上传并预览").click()
    expect(page.locator("main")).to_contain_text(re.compile("只有数字.不带单位"))
    with page.expect_download():
        page.get_by_role("link", name="下载标出问题的表格").click()
    page.fill("#reason", "三季度报送")
    page.check("[name=partly]")
    page.get_by_role("button", name=re.compile("确认导入")).click()
    expect(page.locator(".messages")).to_contain_text(re.compile("新增0条.修改1条"))
    told = page.request.get(
        f"{page.url.split('/registers')[0]}/registers/enterprises/?key=E001&columns=staff&format=json"
    )
    assert told.json()["records"][0]["staff"] == 9000


@pytest.mark.parametrize("width", [1280, 360])
def test_every_kind_of_page_passes_axe(width: int, person: Person) -> None:
    page = person("office", "/registers/enterprises/?district=青山区", width=width, bypass_csp=True)
    base = page.url.split("/registers")[0]
    told = page.request.get(f"{base}/registers/enterprises/?key=E006&format=json").json()
    firm = told["records"][0]["id"]
    faults = {"list": _faults(page)}
    page.locator("[data-panel=filters]").click()
    page.wait_for_selector(".filter-panel")
    faults["filter panel"] = _faults(page)
    for path in (
        f"/registers/enterprises/{firm}/",
        f"/registers/enterprises/{firm}/change/",
        f"/registers/enterprises/{firm}/delete/",
        f"/registers/enterprises/{firm}/qualifications/new/",
        "/registers/enterprises/new/",
        "/registers/enterprises/import/",
        "/registers/enterprises/filters/",
        "/registers/enterprises/?q=没有这样的企业",
        "/registers/facts/?q=",
        "/registers/facts/1/",
        "/registers/facts/1/correct/",
        "/registers/indicators/1/",
        "/registers/sources/1/",
        "/search/",
        "/search/?q=稀土",
        "/search/?q=稀土&kind=sentences",
        "/search/?q=没有这样的词",
    ):
        page.goto(base + path)
        faults[path] = _faults(page)
    assert {path: found for path, found in faults.items() if found} == {}
