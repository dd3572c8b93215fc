"""Officer and leader at the board: at the desk, on a telephone, by keyboard, on paper."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from playwright.sync_api import Page

from luming.monitor import Board
from luming.publication import Outcome

pytestmark = pytest.mark.needs("browser")

BOARDS = ("index.html", "board.html", "demo/board.html")
PAGES = (*BOARDS, "proofs.html", "demo/proofs.html")
Visit = Callable[..., Page]

# What of the page reaches beyond its right edge (what scrolls inside a box of its own does not count).
OVERFLOWING = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = node => { for (let up = node; up; up = up.parentElement)
    if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true; return false; };
  return [...document.body.querySelectorAll('*')]
    .filter(n => n.getBoundingClientRect().right > wide + 1 && !scrolls(n))
    .map(n => n.tagName + '.' + n.className + ' ' + n.textContent.slice(0, 30)).slice(0, 5);
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('a, summary')]
  .filter(n => n.checkVisibility() && !n.classList.contains('skip'))
  .flatMap(n => [...n.getClientRects()].map(r => [n, r]))
  .filter(([n, r]) => r.height < 23.5 || r.width < 23.5)
  .map(([n, r]) => n.textContent.slice(0, 20) + ' ' + r.width + 'x' + r.height).slice(0, 5)"""
# Contrast of every text with the nearest background colour behind it (WCAG 2.2, 1.4.3); gradients are looked at
# through their first colour, the darkest in the one that the page has.
POOR_CONTRAST = """() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = ([r, g, b]) => { const f = v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const grounds = node => { for (let up = node; up; up = up.parentElement) {
      const style = getComputedStyle(up), colour = parse(style.backgroundColor);
      if (style.backgroundImage !== 'none') return style.backgroundImage.match(/rgba?\\([^)]*\\)/g).map(parse);
      if (colour[3] > 0) return [colour]; } return [[255, 255, 255, 1]]; };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode()); ) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility() || node.closest('style')) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    const a = light(parse(style.color));
    for (const ground of grounds(node)) {
      const b = light(ground), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
      if (ratio < (large ? 3 : 4.5)) poor.push(ratio.toFixed(2) + ' ' + node.className + ' ' + text.data.slice(0, 20));
    }
  }
  return [...new Set(poor)].slice(0, 8);
}"""
UNDER_NAVIGATION = """id => {
  const bar = document.querySelector('nav.sections').getBoundingClientRect();
  const box = document.getElementById(id).getBoundingClientRect();
  return box.top < bar.bottom - 1 || box.top > innerHeight;
}"""


@pytest.mark.parametrize("path", PAGES)
def test_the_browser_reads_the_tree_that_was_written(visit: Visit, outcome: Outcome, path: str) -> None:
    """HTML repairs what is nested wrongly (a list in a paragraph, say); here nothing had to be repaired."""

    def tree(node: ET.Element, depth: int = 0) -> Iterator[tuple[str, int]]:
        yield node.tag.lower(), depth
        for child in node:
            yield from tree(child, depth + 1)

    written = list(tree(ET.fromstring(outcome.files[path].partition(b"\n")[2])))
    read = visit(path).evaluate(
        """() => { const walk = (n, d) => [[n.tagName.toLowerCase(), d], ...[...n.children].flatMap(c => walk(c, d + 1))];
        return walk(document.documentElement, 0); }"""
    )
    assert [tuple(entry) for entry in read] == written


@pytest.mark.parametrize("path", PAGES)
def test_the_page_never_scrolls_sideways(visit: Visit, path: str) -> None:
    page = visit(path)
    for width in (1280, 768, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, page.evaluate(OVERFLOWING)) == (width, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", PAGES)
def test_everything_to_press_is_large_enough(visit: Visit, path: str) -> None:
    page = visit(path)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, page.evaluate(SMALL_TARGETS)) == (width, [])


@pytest.mark.parametrize("path", PAGES)
def test_every_text_stands_out_from_its_ground(visit: Visit, path: str) -> None:
    assert visit(path).evaluate(POOR_CONTRAST) == []


def test_key_figures_are_on_the_first_screen(visit: Visit) -> None:
    page = visit("board.html")
    for selector in (".headline", ".tiles", ".asks li:first-child"):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800


def test_every_number_leads_to_its_clause(visit: Visit, real_board: Board) -> None:
    page = visit("board.html")
    for item in real_board.assessments:
        row = page.locator("table.targets tbody tr").filter(
            has=page.locator(f'a[href="#target-{item.target.id}"]')
        )
        row.locator(f'a[href="#sentence-{item.target.clause}"]').click()
        sentence = page.locator(f'[id="sentence-{item.target.clause}"]')
        assert not page.evaluate(UNDER_NAVIGATION, f"sentence-{item.target.clause}")
        number = sentence.locator(f'mark a[href="#target-{item.target.id}"]').first
        assert number.inner_text() == item.target.quote
        number.click()
        assert not page.evaluate(UNDER_NAVIGATION, f"target-{item.target.id}")


def test_every_latest_figure_leads_to_its_fact_and_its_source(visit: Visit, demo_board: Board) -> None:
    page = visit("demo/board.html")
    followed = 0
    for item in demo_board.assessments:
        if item.standing.latest is None:
            continue
        row = page.locator("table.targets tbody tr").filter(
            has=page.locator(f'a[href="#target-{item.target.id}"]')
        )
        row.locator('a[href^="#fact-"]').first.click()
        fact = page.locator("tr:target")
        assert fact.is_visible()
        fact.locator('a[href^="#source-"]').click()
        assert page.locator("tr:target").is_visible()
        followed += 1
    assert followed >= 17


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit("board.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_tab_follows_the_order_of_the_page_and_shows_where_it_is(visit: Visit) -> None:
    page = visit("board.html")
    seen: list[float] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const n = document.activeElement, s = getComputedStyle(n);
            return [[...document.querySelectorAll('*')].indexOf(n), s.outlineStyle, parseFloat(s.outlineWidth)]; }"""
        )
        assert state[1] == "solid"
        assert state[2] >= 2
        seen.append(state[0])
    assert seen == sorted(seen)
    assert len(set(seen)) == len(seen)


def test_tables_stay_tables_for_a_screen_reader_on_a_telephone(visit: Visit, real_board: Board) -> None:
    page = visit("board.html", 360)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if "role" in node and not node["ignored"]]
    assert roles.count("table") >= 4
    assert roles.count("rowheader") >= len(real_board.assessments)
    assert "columnheader" in roles


def test_demonstration_is_one_switch_away_and_back(visit: Visit) -> None:
    page = visit("index.html")
    page.get_by_role("link", name="打开看板").click()
    assert page.locator("body.real").count() == 1
    page.get_by_role("link", name="看演示年度").click()
    assert page.locator(".band").first.is_visible()
    assert page.title().startswith("演示数据")
    page.get_by_role("link", name="回到真实数据看板").click()
    assert page.locator(".band").count() == 0


@pytest.mark.parametrize("path", BOARDS)
def test_every_paper_can_be_taken_away(visit: Visit, path: str) -> None:
    page = visit(path)
    hrefs = page.locator(".paper-list a").evaluate_all("links => links.map(link => link.href)")
    assert hrefs
    for href in hrefs:
        answer = page.request.get(href)
        assert (href, answer.status) == (href, 200)
        assert answer.body()


def test_earlier_figures_unfold_without_script(visit: Visit) -> None:
    page = visit("demo/board.html")
    folded = page.locator("details").first
    assert not folded.locator("table").is_visible()
    folded.locator("summary").click()
    assert folded.locator("table").is_visible()


def printed(page: Page) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


def texts(document: pypdfium2.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def test_on_paper_every_sheet_is_a4_and_counted(visit: Visit) -> None:
    document = printed(visit("board.html"))
    for page in document:
        assert sorted(round(side) for side in page.get_size()) == [595, 842]
    pages = texts(document)
    assert f"1 / {len(pages)}" in pages[0]
    assert not any("演示数据" in page for page in pages)


def test_on_paper_every_sheet_of_the_demonstration_says_so(visit: Visit) -> None:
    pages = texts(printed(visit("demo/board.html")))
    assert len(pages) > 5
    assert [number for number, page in enumerate(pages) if "演示数据" not in page] == []
