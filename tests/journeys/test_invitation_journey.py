"""A one-time link on a telephone: opened, filled in and handed in within two minutes of the clock; then used once more."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Portal, served
from page_faults import violations

pytestmark = pytest.mark.needs("browser", "npm_dev")
Person = Callable[..., Page]
TYPING_SECONDS = 60
"""What a person needs to read the page and to type two figures and two sentences on a telephone; the rest is ours."""


@pytest.fixture(scope="module")
def portal(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One of its own: a month is opened in it."""
    with served(root, tmp_path_factory, "invitation") as found:
        yield found


def _faults(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"runs out by {wide}"] if wide > 0 else found


def _picture(page: Page, name: str) -> None:
    """Keeps a picture where LUMING_PICTURES names a folder."""
    folder = os.environ.get("LUMING_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_contact_person_needs_less_than_two_minutes_on_a_telephone(person: Person) -> None:
    office = person("office", "/reporting/open/", bypass_csp=True)
    office.locator("[name=year]").fill("2025")
    office.locator("[name=month]").fill("9")
    office.get_by_role("button", name="开启").click()

    unit = person("department", "/reporting/", bypass_csp=True)
    unit.locator("main tbody a").first.click()
    unit.get_by_role("link", name="发一次性链接").click()
    assert _faults(unit) == []
    for box in unit.locator("[name=rows]").all()[:2]:
        box.check()
    unit.get_by_label("联系人姓名").fill("张三")
    unit.get_by_label(re.compile("^电话")).fill("13800001234")
    _picture(unit, "make-1280")
    unit.get_by_role("button", name="生成链接").click()
    assert _faults(unit) == []
    _picture(unit, "made-1280")
    address = re.search(r"http\S+", unit.locator("#chat").input_value())
    assert address is not None
    unit.emulate_media(media="print")
    _picture(unit, "made-print")
    paper = unit.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    unit.emulate_media(media="screen")

    path = address.group().split("/i/")[1]
    started = time.monotonic()
    phone = person("", f"/i/{path}", width=360, height=740, is_mobile=True, has_touch=True, bypass_csp=True)
    opened = _faults(phone)
    rows = phone.locator(".link-row")
    expect(rows).to_have_count(2)
    _picture(phone, "link-360")
    rows.nth(0).get_by_label(re.compile("^数值")).fill("12.5")
    phone.get_by_role("button", name="保存草稿").tap()
    expect(phone.get_by_role("status")).to_contain_text("草稿已保存")
    expect(rows.nth(0).locator(".field-error")).to_contain_text("应为整数")
    drafted = _faults(phone)
    _picture(phone, "draft-360")
    for row in (rows.nth(0), rows.nth(1)):
        row.get_by_label(re.compile("^数值")).fill("30")
        row.get_by_label("进展与原因").fill("按台账统计")
    phone.get_by_role("button", name="交回").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("已交回")
    assert time.monotonic() - started + TYPING_SECONDS < 120
    handed = _faults(phone)
    _picture(phone, "handed-in-360")
    assert (opened, drafted, handed) == ([], [], [])
    assert phone.context.cookies() == [
        one for one in phone.context.cookies() if one.get("name") == "csrftoken"
    ]

    phone.goto(address.group())
    expect(phone.get_by_role("heading", level=1)).to_contain_text("已经用过")
    expect(phone.locator("main")).to_contain_text("请联系")
    expect(phone.locator("main")).not_to_contain_text("30")
    assert _faults(phone) == []
    _picture(phone, "used-360")
    altered = address.group()[:-2] + ("A" if address.group()[-2] != "A" else "B") + "/"
    phone.goto(altered)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("没有这个链接")
    assert _faults(phone) == []
    _picture(phone, "altered-360")

    unit.goto(f"{unit.url.split('/invitations')[0]}/reporting/")
    unit.locator("main tbody a").first.click()
    expect(unit.locator(".filled-by")).to_have_count(2)
    expect(unit.locator(".filled-by").first).to_contain_text("张三")
    expect(unit.locator("article.report").first.get_by_label(re.compile("^数值"))).to_have_value("30")
    assert _faults(unit) == []
    _picture(unit, "sheet-1280")
    unit.get_by_role("link", name="本期的链接").click()
    expect(unit.locator(".link-used")).to_have_text("已用")
    assert _faults(unit) == []
    _picture(unit, "list-1280")
    unit.get_by_role("link", name="发一次性链接").click()
    unit.locator("[name=rows]").first.check()
    unit.get_by_label("联系人姓名").fill("李四")
    unit.get_by_role("button", name="生成链接").click()
    unit.get_by_role("link", name="本期的链接").click()
    unit.set_viewport_size({"width": 360, "height": 740})
    unit.locator("details.withdraw summary").first.click()
    unit.get_by_label("收回理由").fill("改由王五填写")
    assert _faults(unit) == []
    _picture(unit, "list-360")
    unit.get_by_role("button", name=re.compile("收回给李四")).click()
    expect(unit.locator(".link-withdrawn")).to_contain_text("已收回")
