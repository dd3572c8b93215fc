"""An officer who is no programmer decomposes an unseen document of twenty measures and publishes it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from page_faults import violations
from portal.documents.sample import TEXT

pytestmark = pytest.mark.needs("browser")
Person = Callable[..., Page]
_serials = itertools.count(1)


def on_the_desk(person: Person, year: int = 2019, **options: object) -> Page:
    """A fresh copy of the document on the desk of an officer; of a year that leaves the cockpit to Baotou's."""
    page = person("office", "/documents/new/", **options)
    page.get_by_label("贴入全文").fill(TEXT)
    page.get_by_role("button", name="读取").click()
    page.get_by_label(re.compile("^编号")).fill(f"yunxi.{year}-{next(_serials)}")
    page.get_by_label(re.compile("^年份")).fill(str(year))
    page.get_by_role("button", name="开始分解").click()
    expect(page.get_by_role("heading", name="云溪市人民政府关于")).to_be_visible()
    # The script marks the first sentence when it listens; a key pressed before that goes nowhere.
    if options.get("java_script_enabled", True):
        expect(page.locator("article.sentence.current")).to_have_count(1)
    return page


def row(page: Page, words: str) -> Locator:
    """The sentence that holds some words."""
    return page.locator("article.sentence", has_text=words)


def choose(page: Page, words: str) -> Locator:
    """Click into the words of a sentence, so that keys speak of it."""
    found = row(page, words)
    found.locator("[data-words]").click(position={"x": 4, "y": 12})
    expect(found).to_have_class(re.compile("current"))
    return found


def test_an_unseen_document_becomes_a_published_version(person: Person) -> None:
    page = on_the_desk(person)
    expect(page.locator(".desk-bar")).to_contain_text("条目已定 0/41")
    for measure in page.locator("section.measure").all():
        fold = measure.locator("details.fold", has_text="整条处理")
        for name in ("采纳本条其余", "个目标新建指标"):
            if measure.get_by_role("button", name=name, include_hidden=True).count():
                fold.locator("summary").click()
                measure.get_by_role("button", name=name).click()
                expect(measure.get_by_role("button", name=name, include_hidden=True)).to_have_count(0)
    page.get_by_role("link", name="只看待办").click()
    # count() does not wait: before the page of open ones stands it would find none, and the loop would end at once.
    expect(page.locator("nav.tabs a[aria-current]")).to_have_text("只看待办")
    expect(page.locator("article.sentence.open")).not_to_have_count(0)
    while page.locator("article.sentence.open").count():
        sentence = page.locator("article.sentence.open").first
        mark = sentence.get_attribute("id")
        here = page.locator(f"#{mark}")
        if here.get_by_role("link", name="不是承诺").count():
            here.get_by_role("link", name="不是承诺").first.click()
            here.get_by_label("理由").fill("范围的说明,不是承诺")
            here.get_by_role("button", name="保存").click()
            expect(here.locator("[data-panel]")).to_have_count(0)
        else:
            here.get_by_role("link", name="对应").click()
            here.get_by_role("radio", name=re.compile("事项办理")).check()
            here.get_by_role("button", name="对应", exact=True).click()
            expect(here.locator(".binding")).to_have_count(1)
    expect(page.locator(".desk-bar")).to_contain_text("没有待办")
    page.locator(".desk-bar").get_by_role("link", name="发布").click()
    page.get_by_label(re.compile("发布说明")).fill("首次发布，已与印发本逐句核对。")
    page.get_by_role("button", name="发布第1版").click()
    expect(page.get_by_text("已发布第1版")).to_be_visible()
    published = page.url
    visitor = person("", "/")
    visitor.goto(f"{published}#m14.s1")
    expect(visitor.locator(":target")).to_contain_text("年内引进高层次人才300人以上")


def test_the_keyboard_is_enough(person: Person) -> None:
    page = on_the_desk(person)
    page.keyboard.press("j")
    first = page.locator("article.sentence.current")
    expect(first).to_contain_text("85亿元")
    page.keyboard.press("a")
    expect(first.get_by_text("已采纳")).to_have_count(1)
    page.keyboard.press("e")
    expect(first.get_by_label("内容")).to_be_focused()
    page.keyboard.press("Escape")
    expect(first.locator("[data-panel]")).to_have_count(0)
    page.keyboard.press("r")
    first.get_by_label("为什么不是承诺？").fill("对现状的描述，不是承诺")
    page.keyboard.press("Enter")
    expect(first.get_by_text("已驳回")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("b")
    bound = page.locator("article.sentence.current")
    expect(bound.locator("[data-panel]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bound.locator("[data-panel]")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="在本文中查找")).to_be_focused()


def test_a_sentence_is_divided_where_the_caret_stands_and_joined_again(person: Person) -> None:
    page = on_the_desk(person)
    found = choose(page, "年内新认定高新技术企业")
    page.evaluate(
        """() => {
            const words = document.querySelector('article.current [data-words]');
            const node = [...words.childNodes].find((one) => one.textContent.includes('以上'));
            const at = node.textContent.indexOf('总数');
            window.getSelection().collapse(node, at);
        }"""
    )
    page.keyboard.press("s")
    expect(found.locator("[data-words]")).to_have_text(
        "实施高新技术企业倍增行动，年内新认定高新技术企业120家以上，"
    )
    second = row(page, "总数突破").locator("[data-words]")
    expect(second).to_have_text("总数突破700家。")
    page.keyboard.press("m")
    expect(row(page, "年内新认定").locator("[data-words]")).to_contain_text("总数突破700家")


def test_undo_survives_a_reload(person: Person) -> None:
    page = on_the_desk(person)
    found = choose(page, "年内新认定高新技术企业")
    page.keyboard.press("a")
    expect(found.get_by_text("已采纳")).to_have_count(1)
    page.reload()
    page.keyboard.press("u")
    expect(page.get_by_text("已撤销：采纳“新认定高新技术企业”")).to_be_visible()
    expect(row(page, "年内新认定高新技术企业").get_by_text("已采纳")).to_have_count(0)


def test_two_officers_on_one_sentence_see_each_other(person: Person) -> None:
    mine = on_the_desk(person)
    theirs = person("office", "/")
    theirs.goto(mine.url)
    words = "年内新认定高新技术企业"
    choose(mine, words)
    mine.keyboard.press("e")
    row(mine, words).get_by_label("内容").fill("我的叫法")
    choose(theirs, words)
    theirs.keyboard.press("a")
    expect(row(theirs, words).get_by_text("已采纳")).to_have_count(1)
    row(mine, words).get_by_role("button", name="保存并采纳").click()
    expect(row(mine, words)).to_contain_text("刚被他人改动")
    expect(row(mine, words)).to_contain_text("已采纳")
    expect(row(mine, words).get_by_label("内容")).to_have_value("我的叫法")
    row(mine, words).get_by_role("button", name="保存并采纳").click()
    expect(row(mine, words)).to_contain_text("我的叫法 ≥120家")


def test_it_works_without_script_on_a_phone(person: Person) -> None:
    page = on_the_desk(person, width=360, height=740, java_script_enabled=False)
    page.get_by_role("button", name="采纳", exact=True).first.click()
    expect(page.locator(".desk-bar")).to_contain_text("条目已定 1/41")
    row(page, "85亿元").get_by_role("link", name="改正").first.click()
    page.get_by_label("数值").fill("八十五")
    page.get_by_role("button", name="保存并采纳").click()
    expect(page.get_by_text("发现“八十五”")).to_be_visible()
    page.get_by_label("数值").fill("85")
    page.get_by_role("button", name="保存并采纳").click()
    page.get_by_role("link", name="只看待办").click()
    page.locator(".desk-bar").get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已撤销：")).to_be_visible()


@pytest.mark.needs("npm_dev")
def test_everybody_can_use_the_desk(person: Person) -> None:
    page = on_the_desk(person, bypass_csp=True)
    desk = page.url
    sentence = row(page, "年内新认定高新技术企业").locator("a.anchor").get_attribute("href")
    origin = "/".join(page.url.split("/")[:3])
    panels = [
        f"{origin}{sentence}?panel={name}&item=m01_1"
        for name in ("correct", "reject", "bind", "split", "target", "add")
    ]
    for address in (desk, *panels, *(f"{desk}{part}/" for part in ("head", "steps", "publish"))):
        page.goto(address)
        found = violations(page)
        assert [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found] == [], (
            address
        )
        for width in (640, 360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
