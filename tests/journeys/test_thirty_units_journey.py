"""A month of all units in charge of Baotou's document, from opening to bulletin: some late, some returned, one disputing."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word
from playwright.sync_api import APIRequestContext, Browser, Page, expect

from journeys.conftest import Portal, served

pytestmark = [pytest.mark.needs("browser", "npm_dev"), pytest.mark.slow]
Person = Callable[..., Page]
LATE = 3
"""Units that hand nothing in."""
LEAD = "市科技局"


@pytest.fixture(scope="module")
def portal(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One of its own: what is published here changes the board that other journeys look at."""
    with served(root, tmp_path_factory, "thirty") as found:
        yield found


def officers(portal: Portal, root: Path, month: int) -> dict[str, str]:
    """An officer of each unit that the month asks, as a session; the due day is over by then."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LUMING_", "DJANGO_"))}
    env.pop("DATABASE_URL", None)
    env |= {"LUMING_HOME": str(portal.home), "LUMING_DEBUG": "1", "LUMING_PACKS": str(root / "packs")}
    script = Path(__file__).with_name("thirty_units.py")
    told = subprocess.run(
        [sys.executable, str(script), str(month)], env=env, check=True, capture_output=True, text=True
    )
    found: dict[str, str] = json.loads(told.stdout)
    return found


class Unit:
    """An officer of a unit at work, without the looks of the pages."""

    def __init__(self, browser: Browser, portal: Portal, name: str, session: str) -> None:
        self.name = name
        self.context = browser.new_context()
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.address}])
        self.asks: APIRequestContext = self.context.request
        self.address = portal.address

    def reports(self, month: int, *, own: bool = True) -> list[dict[str, Any]]:
        """What is asked of it, or also what it collects."""
        told = self.asks.get(f"{self.address}/reporting/{month}/sheet/?format=json").json()["reports"]
        return [one for one in told if not own or one["unit"] == self.name]

    def post(self, path: str, **form: str | int) -> None:
        """Send a form as its page would."""
        token = {one["name"]: one["value"] for one in self.context.cookies()}.get("csrftoken", "")
        if not token:
            self.asks.get(f"{self.address}/reporting/")
            token = {one["name"]: one["value"] for one in self.context.cookies()}["csrftoken"]
        given = {name: str(value) for name, value in form.items()}
        answer = self.asks.post(f"{self.address}{path}", form=given, headers={"X-CSRFToken": token})
        assert answer.ok, (self.name, path, answer.status, answer.text()[:300])

    def report(self, month: int) -> None:
        """Fill everything in, hand it in, and approve it."""
        for one in self.reports(month):
            figure = "30" if one["indicator"] else ""
            self.post(
                f"/reporting/reports/{one['id']}/save/",
                version=one["version"],
                value=figure,
                narrative=f"{self.name}:按台账推进",
            )
        for move in ("submit", "approve"):
            self.post(f"/reporting/{month}/move/", move=move)
        left = {one["stage"] for one in self.reports(month)}
        assert left <= {"reviewed", "collected"}, (self.name, left)


def test_a_month_of_thirty_units(person: Person, portal: Portal, browser: Browser, root: Path) -> None:
    office = person("office", "/reporting/open/")
    office.locator("[name=year]").fill("2025")
    office.locator("[name=month]").fill("9")
    office.locator("[name=breadth]").select_option("all")
    office.get_by_role("button", name="开启").click()
    expect(office.locator(".finding")).to_contain_text("未报")
    month = int(office.url.rstrip("/").rsplit("/", 1)[-1])
    address = office.url

    sessions = officers(portal, root, month)
    assert len(sessions) >= 28
    late = [unit for unit in sorted(sessions) if unit not in (LEAD, "市工信局")][:LATE]
    units = {name: Unit(browser, portal, name, key) for name, key in sessions.items()}
    for name, unit in units.items():
        if name not in late:
            unit.report(month)
    for name, unit in units.items():
        if any(one["stage"] == "reviewed" for one in unit.reports(month, own=False) if one["lead"] == name):
            unit.post(f"/reporting/{month}/move/", move="collect")

    # The office sees at once who is missing, and chases them.
    office.goto(address)
    expect(office.locator(".finding")).to_contain_text(f"{LATE} 个单位")
    for name in late:
        expect(office.locator("tbody tr", has_text=name).first).to_contain_text("逾期")
    chat = office.locator("[data-copy]").input_value()
    assert all(name in chat for name in late)
    assert LEAD not in chat

    # Two figures go back with a reason; the unit corrects them on a phone.
    office.goto(f"{address}sheet/?unit={LEAD}")
    for at in range(2):
        office.locator("[name=report]").nth(at).check()
    office.get_by_label(re.compile("^理由")).fill("请附台账编号")
    office.get_by_role("button", name="退回").click()
    expect(office.locator(".messages")).to_contain_text("退回")
    department = person("department", f"/reporting/{month}/", width=360, height=740)
    expect(department.locator(".report .alert-warning").first).to_contain_text("请附台账编号")
    for field in department.get_by_label(re.compile("^依据")).all():
        field.fill("台账2025-09")
    department.get_by_role("button", name="提交").click()
    department.get_by_role("button", name="审核通过").click()
    expect(department.locator(".messages")).to_contain_text("审核通过")

    # What has come is verified and published, the late ones stay open.
    office.goto(address)
    office.get_by_role("button", name=re.compile("^核定")).click()
    office.get_by_role("button", name=re.compile("^发布")).click()
    expect(office.locator(".messages")).to_contain_text("发布")
    told = office.request.get(f"{address}sheet/?format=json").json()["reports"]
    assert {one["stage"] for one in told if one["unit"] not in late} == {"published"}
    assert {one["stage"] for one in told if one["unit"] in late} == {"draft"}
    office.goto(address)
    shares = office.locator("table").last
    for name in late:
        expect(shares.locator("tr", has_text=name)).to_contain_text("100%")
    office.goto(f"{address}progress/")
    expect(office.locator(".told")).to_have_count(21)

    # A unit contests its light; the office decides; it stands beside the light for everybody.
    department.goto(f"{portal.address}/targets/tech_service_agencies/")
    department.get_by_role("link", name="对这盏灯提出申诉").click()
    department.get_by_label(re.compile("^申诉理由")).fill("台账已有三十家")
    department.get_by_label(re.compile("^依据")).fill("市科技服务机构台账")
    department.get_by_role("button", name="提交申诉").click()
    expect(department.locator(".state").first).to_have_text("待裁定")
    office.goto(f"{portal.address}/disputes/")
    office.locator("main tbody a").first.click()
    office.get_by_label(re.compile("^裁定理由")).fill("台账未经核定")
    office.get_by_role("button", name="裁定不成立").click()
    anybody = person("", "/targets/tech_service_agencies/")
    expect(anybody.locator(".target-state")).to_contain_text("申诉不成立")

    # The bulletin tells the figures that were published just now.
    with office.expect_download() as download:
        today = dt.date.today().isoformat()  # noqa: DTZ011 - the figures are known from today on
        office.evaluate(f"() => {{ window.location = '/papers/bulletin/?as_of={today}'; }}")
    words = Word(io.BytesIO(download.value.path().read_bytes()))
    cells = [cell.text for table in words.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(one.text for one in words.paragraphs), *cells])
    assert "30家" in text or "30 家" in text, text[:500]
    for unit in units.values():
        unit.context.close()
