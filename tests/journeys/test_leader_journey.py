"""A leader opens the cockpit, sees how things stand, follows a figure to its clause and its source, and prints."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.needs("browser")
Person = Callable[..., Page]


def test_all_targets_stand_on_one_screen(person: Person) -> None:
    page = person("", "/demo-year/", height=900)
    rows = page.locator(".targets-table tbody tr")
    expect(rows).to_have_count(18)
    last = rows.last.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 900
    for tile in page.locator(".tile").all():
        box = tile.bounding_box()
        assert box is not None
        assert box["height"] >= 23.9
        assert box["y"] + box["height"] <= 900


@pytest.mark.parametrize("role", ["office", "department", "auditor", "system"])
def test_the_header_keeps_to_one_row(person: Person, role: str) -> None:
    page = person(role, "/")
    assert page.evaluate("document.querySelector('header.top').offsetHeight") < 70


def test_a_figure_leads_to_clause_facts_and_history(person: Person) -> None:
    page = person("", "/")
    page.get_by_role("link", name="风电整机零部件属地配套率").click()
    expect(page.locator("blockquote mark").first).to_have_text("85%")
    expect(page.get_by_role("heading", name="全部数据与来源")).to_be_visible()
    page.get_by_role("link", name="在全文中看这一句").click()
    expect(page.locator(":target")).to_contain_text("85%")


def test_real_and_demonstration_are_one_switch_apart(person: Person) -> None:
    page = person("", "/")
    expect(page.locator(".count-grey strong")).to_have_text("17")
    page.get_by_role("link", name="演示年度").click()
    expect(page.get_by_text("所有数值由程序虚构")).to_be_visible()
    expect(page.locator(".count-green strong")).to_have_text("15")
    page.get_by_role("link", name="真实数据", exact=True).click()
    expect(page.get_by_text("所有数值由程序虚构")).to_have_count(0)


def test_another_day_is_chosen_without_typing_an_address(person: Person) -> None:
    page = person("", "/")
    page.get_by_text("换一天看").click()
    page.get_by_label("站在哪一天看").fill("2025-05-31")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("数据截至2025年5月31日")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/demo-year/"])
def test_it_prints_on_one_sheet(person: Person, path: str) -> None:
    page = person("", path)
    sheet = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(sheet) == 1
    text = sheet[0].get_textpage().get_text_range()
    assert "硬目标18项" in text
    assert ("虚构" in text) is (path == "/demo-year/")


def test_it_reads_without_script_and_on_a_phone(person: Person) -> None:
    page = person("", "/demo-year/", width=360, height=740, java_script_enabled=False)
    expect(page.get_by_text("18项目标中")).to_be_visible()
    assert page.locator(".targets-table tbody tr").count() == 18


def test_nothing_runs_out_of_the_window_at_twice_the_size(person: Person) -> None:
    page = person("", "/demo-year/", width=640, height=400)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_a_paper_comes_as_a_file(person: Person) -> None:
    page = person("", "/demo-year/")
    page.get_by_text("材料", exact=True).click()
    with page.expect_download() as found:
        page.get_by_role("link", name="一页简报").click()
    assert found.value.suggested_filename == "演示_一页简报_2025-11-15.pdf"
