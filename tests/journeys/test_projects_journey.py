"""A district reports on a project with a photo, the office convenes a field review, an expert scores, the result stands."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.needs("browser")
Person = Callable[..., Page]
PLACE = ZoneInfo("Asia/Shanghai")


def _photo() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), "steelblue").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_district_reports_and_everybody_sees_how_the_project_stands(person: Person) -> None:
    page = person("district", "/projects/")
    expect(page.locator("h1")).to_contain_text("项目进度")
    page.get_by_role("link", name="高性能永磁电机零部件项目").first.click()
    expect(page.locator("#progress")).to_contain_text(re.compile("预计.*建成.比计划的.*晚.*天"))
    overdue = page.locator(".milestone-overdue").count()
    assert overdue >= 1
    assert page.locator(".picture svg").count() == 1
    address = page.url.split("#")[0]
    page.locator("#milestones summary").click()
    page.locator("#milestones tr", has_text="设备进场").get_by_role("link", name="修改").click()
    page.fill("[name=done_on]", dt.datetime.now(PLACE).date().isoformat())
    page.fill("[name=reason]", "设备到齐")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".error-summary")).to_contain_text("依据")
    page.fill("[name=evidence]", "到货验收单")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messages")).to_contain_text("已保存")
    expect(page.locator(".milestone-done")).to_have_count(4)
    expect(page.locator(".milestone-overdue")).to_have_count(overdue - 1)
    page.get_by_role("link", name="上传照片或 PDF").click()
    page.set_input_files(
        "[name=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg onload=alert(1)>"}
    )
    page.fill("[name=caption]", "设备基础")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".error-summary")).to_contain_text("不是能读的照片")
    page.set_input_files("[name=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
    page.get_by_role("button", name="保存").click()
    picture = page.locator(".evidence img[alt='设备基础']")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    page.wait_for_function("e => e.complete && e.naturalWidth === 480", arg=picture.element_handle())
    visitor = person("", "/" + address.split("/", 3)[3])
    expect(visitor.locator("h1")).to_contain_text("高性能永磁电机")
    assert visitor.locator("#progress").count() == 0
    source = page.locator(".evidence a").first.get_attribute("href")
    assert visitor.request.get(page.url.split("/registers")[0] + str(source)).status == 404


def test_a_review_is_convened_scored_and_closed(person: Person) -> None:
    office = person("office", "/projects/reviews/new/")
    office.fill("[name=quarter]", "2026-Q2")
    office.fill("[name=title]", "二季度观摩测评")
    office.get_by_label(re.compile("光伏热场材料扩产项目")).check()
    office.get_by_label(re.compile("演示专家")).check()
    office.get_by_role("button", name="保存").click()
    office.get_by_role("button", name="开始评分").click()
    expect(office.locator(".messages")).to_contain_text("已开始评分")
    path = "/" + office.url.split("/", 3)[3]
    expert = person("expert", path)
    expert.get_by_role("link", name="评分", exact=False).first.click()
    for field in expert.locator("input[name^=points-]").all():
        field.fill("88")
    expert.get_by_role("button", name="保存评分").click()
    expect(expert.locator("main")).to_contain_text("88")
    office.reload()
    expect(office.locator("main")).to_contain_text("已收到1份评分")
    assert "88" not in office.locator("main").inner_text()
    office.fill("[name=reason]", "评完")
    office.get_by_role("button", name="结束评分并公布结果").click()
    expect(office.locator(".messages")).to_contain_text("已结束")
    expect(office.locator("main")).to_contain_text("昆都仑区")
    expect(office.locator("main")).to_contain_text("88")
    assert office.get_by_role("button", name="结束评分并公布结果").count() == 0
