"""The month's workbook in a real browser: filled with twenty faults, marked, loaded in part, mended and loaded again."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Portal, served
from page_faults import violations

pytestmark = pytest.mark.needs("browser", "npm_dev")
Person = Callable[..., Page]
ROWS = """
from luming_portal.audit.door import change
from luming_portal.indicators.models import Indicator
from luming_portal.reporting.models import Report, ReportingMonth

month = ReportingMonth.objects.latest("pk")
with change("试") as changes:
    for at in range(25):
        item = changes.save(Indicator(key=f"journey_{at}", label=f"旅程指标{at:02d}", definition="口径",
                                      unit="家", kind="stock", frequency="month"))
        changes.save(Report(reporting_month=month, position=100 + at, unit="市科技局", lead="市科技局", indicator=item,
                            subject="包头市", period="2025-09", of_measure="家"))
"""
FAULTS: tuple[tuple[str, Any, str], ...] = (
    ("H", "约80", "约数字样"),
    ("H", "80家左右", "约数字样"),
    ("H", "80家", "请只填 80"),
    ("H", "1.2万", "请只填 12000"),
    ("H", "80人", "请换算成家"),
    ("H", "八十", "不是数字"),
    ("H", "2025-09", "不是数字"),
    ("H", date(2025, 9, 1), "是日期2025-09-01"),
    ("H", "=20+22", "没有算好的结果"),
    ("H", "#REF!", "是错误值“#REF!”"),
    ("H", "1e3", "科学计数法"),
    ("H", "nan", "请填实际数字"),
    ("H", -3, "不能为负数"),
    ("H", 12.5, "应为整数"),
    ("H", "1" * 40, "小数点前后各不超过28位"),
    ("H", 0.65, "请换算成家"),
    ("I", "差不多", "应为“是”或空着"),
    ("I", "是", "没有上期数"),
    ("J", "长" * 4001, "最多4000字"),
    ("K", "长" * 1001, "最多1000字"),
)
"""Column, what is what is typed, what is said of it: one a row, behind two sound ones."""


@pytest.fixture(scope="module")
def portal(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One of its own, with a month of many rows."""
    with served(root, tmp_path_factory, "workbook") as found:
        yield found


def _faults(page: Page) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"runs out by {wide}"] if wide > 0 else found


def _downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    return Path(waiting.value.path()).read_bytes()


def _send(page: Page, book: Any, name: str) -> None:
    target = io.BytesIO()
    book.save(target)
    page.locator("[name=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": target.getvalue()}
    )
    page.get_by_role("button", name="上传并预览").click()


def _tile(page: Page, name: str) -> Any:
    return page.locator(".tile", has_text=name).locator("strong")


def _twenty_five_rows_more(portal: Portal, root: Path) -> None:
    """Ask the unit for so many figures more, past the pages: the document itself asks it for two."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LUMING_", "DJANGO_"))}
    env |= {"LUMING_HOME": str(portal.home), "LUMING_DEBUG": "1", "LUMING_PACKS": str(root / "packs")}
    env.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "luming_portal.cli", "shell", "-v", "0", "-c", ROWS]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)


def test_twenty_faults_there_and_back(person: Person, portal: Portal, root: Path) -> None:
    office = person("office", "/reporting/open/", bypass_csp=True)
    office.locator("[name=year]").fill("2025")
    office.locator("[name=month]").fill("9")
    assert _faults(office) == []
    office.get_by_role("button", name="开启").click()
    expect(office.locator(".messages")).to_contain_text("已开启")
    _twenty_five_rows_more(portal, root)

    unit = person("department", "/reporting/", bypass_csp=True)
    unit.locator("main tbody a").first.click()
    unit.get_by_role("link", name="用表格填报").click()
    assert _faults(unit) == []
    book = openpyxl.load_workbook(io.BytesIO(_downloaded(unit, "下载工作簿")))
    sheet: Any = book["报送"]
    last = sheet.max_row
    rows = [row for row in range(2, last + 1) if "旅程指标" in str(sheet[f"C{row}"].value)]
    assert len(rows) == 25
    sheet[f"H{rows[0]}"], sheet[f"J{rows[0]}"] = 30, "按台账统计"
    sheet[f"H{rows[1]}"] = "１,２３４"
    for row, (column, typed, _told) in zip(rows[2:], FAULTS, strict=False):
        sheet[f"{column}{row}"] = typed
        if typed == 0.65:
            sheet[f"{column}{row}"].number_format = "0%"
    _send(unit, book, "九月.xlsx")

    expect(_tile(unit, "行有问题")).to_have_text("20")
    expect(_tile(unit, "修改")).to_have_text("2")
    for _column, _typed, told in FAULTS:
        expect(unit.locator("main .field-error", has_text=told.replace(",", "\uff0c")).first).to_be_visible()
    assert _faults(unit) == []
    unit.set_viewport_size({"width": 360, "height": 740})
    assert _faults(unit) == []
    unit.set_viewport_size({"width": 1280, "height": 800})

    marked = openpyxl.load_workbook(io.BytesIO(_downloaded(unit, "下载标出问题的工作簿")))
    sheet = marked["报送"]
    for row, (column, _typed, told) in zip(rows[2:], FAULTS, strict=False):
        comment = sheet[f"{column}{row}"].comment
        assert comment is not None, (row, told)
        assert told in comment.text
        assert told in str(sheet[f"N{row}"].value)
        assert sheet[f"{column}{row}"].fill.fgColor.rgb.endswith("FDD9D6")
    assert sheet[f"H{rows[0]}"].comment is None

    unit.get_by_role("button", name=re.compile("^确认导入")).click()
    expect(unit.locator(".error-summary")).to_contain_text("有20行有问题")
    unit.get_by_label(re.compile("只导入没有问题的行")).check()
    unit.get_by_role("button", name=re.compile("^确认导入")).click()
    expect(unit.locator(".messages")).to_contain_text("有20行没有导入")

    for at, (row, (column, _typed, _told)) in enumerate(zip(rows[2:], FAULTS, strict=False)):
        sheet[f"{column}{row}"] = None if column != "H" else at + 1
        sheet[f"{column}{row}"].number_format = "General"
        sheet[f"H{row}"] = at + 1
    unit.set_viewport_size({"width": 360, "height": 740})
    unit.get_by_role("link", name="用表格填报").click()
    assert _faults(unit) == []
    _send(unit, marked, "九月-改好.xlsx")
    expect(_tile(unit, "行有问题")).to_have_text("0")
    expect(_tile(unit, "修改")).to_have_text("20")
    assert _faults(unit) == []
    unit.get_by_role("button", name=re.compile("^确认导入")).click()
    expect(unit.locator(".messages")).to_contain_text("修改20项")
    value = unit.locator("article.report", has_text="旅程指标21").get_by_label(re.compile("^数值"))
    expect(value).to_have_value("20")
