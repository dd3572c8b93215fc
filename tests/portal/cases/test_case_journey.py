"""Cases in the browser: a firm applies, supplements, is decided and objected to; an appeal is late; a pilot line in parallel."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from luming_portal.accounts.models import User
from luming_portal.budgets.models import BudgetBalance, BudgetLine
from luming_portal.budgets.services import appropriate, open_line
from luming_portal.cases import effects
from luming_portal.cases.models import Case, Escalation
from luming_portal.cases.ticking import tick_all
from portal.cases.conftest import CODE, Town

pytestmark = [pytest.mark.needs("browser"), pytest.mark.django_db(transaction=True)]
# The browser's driver keeps a loop in the thread of the test; nothing of ours runs in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
PAPER = {"name": "方案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
Enter = Callable[[str, str], Page]


@pytest.fixture
def enter(
    browser: Browser,
    live_server: Any,
    town: Town,
    client_of: Callable[[User | None], Client],
) -> Iterator[Enter]:
    """A page of a person of the town; whatever a page complains of fails the test."""
    contexts, complaints = [], []

    def page_of(who: str, path: str) -> Page:
        client = client_of(town.people[who])
        context = browser.new_context(locale="zh-CN")
        contexts.append(context)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield page_of
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def real_packs(small_processes: None, settings: Any, root: Path) -> None:
    """The procedures of the city."""
    settings.PACKS = root / "packs"


@pytest.fixture
def stubs() -> Iterator[list[str]]:
    """Effects of other apps, which have tests of their own: here it counts that the step called them."""
    called: list[str] = []
    before = dict(effects._EFFECTS)
    for head in ("paper:",):
        effects._EFFECTS[head] = lambda case, event, by, name: called.append(name)
    yield called
    effects._EFFECTS.clear()
    effects._EFFECTS.update(before)


def send(page: Page) -> None:
    """Press the first button of the form."""
    page.locator("main form .form-actions .btn-primary").last.click()
    page.wait_for_load_state()


def test_a_firm_applies_supplements_is_decided_and_objected_to(enter: Enter) -> None:
    page = enter("firm-own", "/cases/new/grant/")
    page.fill("#f-title", "稀土电机")
    page.fill("#f-employees", "一百")
    page.fill("#f-amount", "100")
    send(page)
    assert "整数" in page.locator("#f-employees-error").inner_text()
    assert page.locator("#f-title").input_value() == "稀土电机"
    page.fill("#f-employees", "120")
    page.fill("#f-revenue", "1.3")
    page.fill("#f-code", CODE)
    page.set_input_files("#f-plan", PAPER)
    page.check("#f-honesty")
    send(page)
    case = Case.objects.get()
    assert case.state == "filed"
    assert page.locator(".case-state").inner_text().strip() == "受理中"

    desk = enter("office", "/tray/")
    desk.get_by_role("link", name="办理 稀土电机").click()
    desk.get_by_role("link", name="退回补正").click()
    desk.fill("#reason", "请补充合作协议")
    send(desk)
    page.reload()
    assert "请补充合作协议" in page.locator(".history").inner_text()
    page.get_by_role("link", name="补正后提交").click()
    assert page.locator("#f-employees").count() == 0  # known by now, not asked again
    page.fill("#f-title", "稀土永磁电机")
    page.check("#f-honesty")
    send(page)
    desk.goto(desk.url.split("/cases/")[0] + f"/cases/{case.pk}/step/accept/")
    desk.select_option("#f-unit", "市科技局")
    desk.fill("#f-units", "市财政局\n市发改委")
    send(desk)
    for unit in ("市财政局", "市发改委"):
        office = enter(unit, f"/cases/{case.pk}/opinion/joint/")
        office.check("input[name=verdict][value=agree]")
        office.fill("#f-opinion", "可行")
        send(office)
    bureau = enter("市科技局", f"/cases/{case.pk}/")
    bureau.get_by_role("button", name="汇总上会").click()
    bureau.wait_for_load_state()
    meeting = enter("市财政局", f"/cases/{case.pk}/step/approve/")
    meeting.fill("#f-award", "80")
    send(meeting)

    other = enter("firm-other", f"/publicity/{case.pk}/")
    assert "80万元" in other.locator("main").inner_text()
    other.fill("#contact", "13900000000")
    other.fill("#text", "项目与已立项的重复")
    send(other)
    bureau.goto(bureau.url)
    assert "重复" in bureau.locator("main").inner_text()
    bureau.get_by_role("link", name="异议成立").click()
    bureau.fill("#reason", "查实重复")
    send(bureau)
    page.goto(page.url)
    assert "不予支持" in page.locator("main").inner_text()
    page.get_by_role("link", name="申诉").click()
    page.fill("#f-facts", "两个项目的指标不同")
    page.fill("#reason", "不重复")
    send(page)
    case.refresh_from_db()
    assert (case.outcome, Case.objects.get(parent=case).state) == ("refused", "meeting")


def test_an_appeal_that_is_late_goes_up(enter: Enter, real_packs: None) -> None:
    page = enter("firm-own", "/cases/new/appeal/")
    for name, value in {"source": "平台", "category": "要素保障"}.items():
        page.select_option(f"#f-{name}", value)
    page.fill("#f-title", "供电容量不足")
    page.fill("#f-content", "新增产线后供电容量不足")
    send(page)
    case = Case.objects.get()
    desk = enter("office", f"/cases/{case.pk}/step/dispatch/")
    desk.select_option("#f-level", "一般")
    desk.select_option("#f-unit", "市科技局")
    send(desk)
    bureau = enter("市科技局", f"/cases/{case.pk}/")
    bureau.get_by_role("button", name="签收").click()
    bureau.wait_for_load_state()
    found = tick_all(timezone.now() + dt.timedelta(days=12))
    assert found.failed == ()
    assert "分管副职" in set(Escalation.objects.values_list("to", flat=True))
    desk.goto(desk.url)
    assert "超期升级" in desk.locator("main").inner_text()
    case.refresh_from_db()
    assert case.overdue


def test_a_pilot_line_passes_four_departments_in_parallel(
    enter: Enter,
    town: Town,
    make_user: Callable[..., User],
    stubs: list[str],
    real_packs: None,
) -> None:
    window = "市行政审批政务服务与数据管理局"
    units = ["市发改委", "市生态环境局", "市应急管理局", "市住建局"]
    for number, unit in enumerate([window, *units]):
        if unit not in town.people:
            town.people[unit] = make_user("department", f"pilot-{number}", unit=unit)
    page = enter("firm-own", "/cases/new/pilot_line/")
    for name, value in {
        "title": "稀土电机中试线",
        "site": "青山区",
        "product": "稀土电机样机",
        "investment": "1200",
    }.items():
        page.fill(f"#f-{name}", value)
    page.select_option("#f-kind", "中试线")
    for name in ("reuse_equipment", "hazardous", "sensitive_area"):
        page.select_option(f"#f-{name}", "no")
    page.set_input_files("#f-plan", PAPER)
    page.check("#f-no_production")
    page.check("#f-honesty")
    send(page)
    case = Case.objects.get()
    assert case.state == "filed"
    desk = enter(window, f"/cases/{case.pk}/step/accept/")
    desk.select_option("#f-lead_unit", "市科技局")
    send(desk)
    lead = enter("市科技局", f"/cases/{case.pk}/step/consulted/")
    lead.fill("#f-units", "\n".join(units))
    for name, value in {"item": "项目备案", "unit": units[0], "way": "承诺备案"}.items():
        lead.fill(f"input[name=f-items-0-{name}]", value)
    lead.fill("#f-lead_person", "张三")
    send(lead)
    pages = [enter(unit, "/tray/") for unit in units]  # all four have it at the same time
    for unit, at in zip(units, pages, strict=True):
        at.get_by_role("link", name="办理 稀土电机中试线").click()
        at.check("input[name=verdict][value=agree]")
        at.fill("#f-item", "项目备案" if unit == units[0] else "审批")
        at.fill("#f-opinion", "同意")
        send(at)
    lead.goto(lead.url)
    lead.get_by_role("button", name="一次办结").click()
    lead.wait_for_load_state()
    page.goto(page.url)
    assert page.locator(".case-state").inner_text().strip() == "已批复"
    assert stubs == ["paper:acceptance", "paper:decision"]


def test_money_is_found_applied_for_objected_to_and_paid(
    enter: Enter,
    town: Town,
    make_user: Callable[..., User],
    stubs: list[str],
    real_packs: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = town.people["office"]
    line = open_line(
        by=office, title="企业奖补", fund="科技专项", year=timezone.localdate().year, unit="市科技局"
    )
    appropriate(line, 100_000_000, by=office, key="a1", reason="包财预〔2025〕1号")
    for name, unit in (("复核", "市科技局"), ("财政", "市财政局")):
        town.people[name] = make_user("department", f"money-{name}", unit=unit)

    page = enter("firm-own", "/support/")
    page.get_by_role("link", name="算一算").first.click()
    page.wait_for_load_state()
    assert "能拿多少" in page.locator("h1").inner_text() or "我的" in page.locator("h1").inner_text()
    page.goto(page.url.split("/support/")[0] + "/cases/new/support_fast/")
    for name, value in {
        "item": "bt_hnte",
        "item_name": "认定国家高新技术企业后补助",
        "award": "30",
        "matter": "GR202515000001",
        "contact": "王工",
        "phone": "0472-5150000",
        "account_name": "企业",
        "account_bank": "银行",
        "account_no": "6222000011112222",
    }.items():
        page.fill(f"#f-{name}", value)
    page.check("#f-honesty")
    send(page)
    case = Case.objects.get()
    desk = enter("office", f"/cases/{case.pk}/step/assign/")
    desk.select_option("#f-unit", "市科技局")
    send(desk)
    bureau = enter("市科技局", f"/cases/{case.pk}/step/return/")
    bureau.fill("#reason", "请补交证书")
    send(bureau)
    page.goto(page.url.split("/cases/")[0] + f"/cases/{case.pk}/step/resubmit/")
    page.fill("#f-supplement_note", "已补证书")
    page.set_input_files("#f-supplement_file", PAPER)
    send(page)
    bureau.goto(bureau.url.split("/cases/")[0] + f"/cases/{case.pk}/step/checked/")
    for name in ("eligible", "not_paid_before", "credit_clean"):
        bureau.check(f"#f-{name}")
    bureau.fill("#f-line", "企业奖补")
    send(bureau)
    second = enter("复核", f"/cases/{case.pk}/")
    second.get_by_role("button", name="同意支持").click()
    second.wait_for_load_state()
    assert line_of(line).reserved == 30_000_000

    other = enter("firm-other", f"/publicity/{case.pk}/")
    other.fill("#contact", "13900000000")
    other.fill("#text", "证书已经领过奖补")
    send(other)
    bureau.goto(bureau.url.split("/cases/")[0] + f"/cases/{case.pk}/")
    bureau.get_by_role("link", name="异议不成立").click()
    bureau.fill("#reason", "查无此事")
    send(bureau)
    later = timezone.now() + dt.timedelta(days=14)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    bureau = enter("市科技局", f"/cases/{case.pk}/")
    bureau.get_by_role("button", name="公示期满").click()
    bureau.wait_for_load_state()
    finance = enter("财政", f"/cases/{case.pk}/step/pay/")
    finance.fill("#f-paid_on", later.date().isoformat())
    send(finance)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("paid", "approved")
    assert (line_of(line).reserved, line_of(line).committed, line_of(line).paid) == (0, 0, 30_000_000)
    page = enter("firm-own", f"/cases/{case.pk}/")
    assert page.locator(".case-state").inner_text().strip() == "已拨付"


def line_of(line: BudgetLine) -> BudgetBalance:
    """How a line stands now."""
    return BudgetBalance.objects.get(line=line)
