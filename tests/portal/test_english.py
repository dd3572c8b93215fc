"""The English interface is complete: every marked text has its English, and no page shows Chinese that is not content.

Content (clauses, names, sentences of the library, what stands in registers) stays Chinese and says so by
lang="zh-CN". Everything else is the interface and must be English. Words quoted within “ ” are content too: an
English sentence may name a record or give an example of what to write.
"""

from __future__ import annotations

import io
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from luming.desk.decomposition import Origin, State
from luming.facts import Status
from luming.facts.indicator import Frequency, IndicatorKind
from luming.mark import Mark
from luming.monitor import Light
from luming.pack import BindingStatus, CommitmentKind, Mechanism
from luming_portal import translations
from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.documents.drafts import desk_of
from luming_portal.documents.models import Document, Draft
from luming_portal.documents.views.desk import PANELS
from luming_portal.enterprises.models import Enterprise
from luming_portal.library_words import WORDS
from luming_portal.registers.catalog import registers
from luming_portal.registers.column import Kind
from portal.documents.sample import TEXT

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3001-\u3003\u300a-\u3011\uff01-\uff60]")
QUOTED = re.compile(r"“[^“”]*”")
PACKAGE = translations.PACKAGE
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"


def unquoted(text: str) -> str:
    """A text without what stands within quotation marks, the innermost first."""
    while (shorter := QUOTED.sub("", text)) != text:
        text = shorter
    return text


# --- the catalogue ------------------------------------------------------------------------------------------------


def catalogue(file: Path = CATALOGUE) -> Catalog:
    """A catalogue, read."""
    return read_po(io.BytesIO(file.read_bytes()), locale="en", abort_invalid=True)


def texts(message: Message) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.needs("gettext")
def test_every_marked_text_has_its_english(tmp_path):
    from luming_portal.messages import collect

    copy = tmp_path / "luming_portal"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("vendor", "__pycache__", "*.mo"))
    found = catalogue(collect(copy))
    assert sum(1 for message in found if message.id) > 1000
    missing = [message.id for message in found if message.id and not all(texts(message))]
    assert not missing
    kept = {(message.context, message.id) for message in catalogue() if message.id}
    assert {(message.context, message.id) for message in found if message.id} == kept, "run `make messages`"


def test_english_is_settled_and_keeps_every_placeholder():
    messages = [message for message in catalogue() if message.id]
    assert not [message.id for message in messages if message.fuzzy]
    assert not [message.id for message in messages if not all(texts(message))]
    assert translations._placeholder_faults(CATALOGUE, catalogue()) == []


def test_english_has_chinese_words_only_where_it_quotes_them():
    odd = [
        text
        for message in catalogue()
        if message.id
        for text in texts(message)
        if text != "中文" and CHINESE.search(unquoted(text))
    ]
    assert not odd


@pytest.mark.parametrize(
    "kind",
    [Light, Mark, Status, IndicatorKind, Frequency, CommitmentKind, Mechanism, BindingStatus, State, Origin],
)
def test_every_word_of_an_enumeration_of_the_library_can_be_shown_in_english(kind):
    assert not [item.label for item in kind if item.label not in WORDS]


# --- the pages ----------------------------------------------------------------------------------------------------


class Leaks(HTMLParser):
    """Collects Chinese that a page shows as its own words.

    Fields that hold what somebody typed (values of text fields, of hidden fields, of choices) are content.
    """

    SHOWN = ("title", "aria-label", "placeholder", "alt", "data-head", "summary", "content")
    SILENT = frozenset({"script", "style", "textarea"})
    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
            "use",
            "rect",
        ]
    )

    def __init__(self, translated: frozenset[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._translated = translated
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        content = self._content or named.get("lang", "").startswith("zh")
        if not content:
            for name in self.SHOWN:
                if name == "title" and "content-title" in (named.get("class") or ""):
                    continue  # the words of an element may be English where its hint is content
                self._judge(f"{tag}[{name}]", named.get(name) or "")
            if tag == "input" and named.get("type") in ("submit", "button", "reset"):
                self._judge("input[value]", named.get("value") or "")
        if tag not in self.VOID:
            self._open.append((tag, content or tag in self.SILENT))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        inside = self._open[-1][0] if self._open else ""
        words = " ".join(data.split())
        if inside == "option":  # choices are content, unless the catalogue knows the word
            if words in self._translated and not self._content:
                self.found.append(f"option: {words}")
        elif inside == "title":  # named after its content, ends in the name of the site
            if not words.endswith("· Luming"):
                self.found.append(f"title: {words}")
        elif not self._content:
            self._judge(inside, words)

    @property
    def _content(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _judge(self, where: str, words: str) -> None:
        if CHINESE.search(unquoted(words)):
            self.found.append(f"{where}: {words}")


def leaks(html: str) -> list[str]:
    """Chinese words that a page shows as its own."""
    reader = Leaks(frozenset(str(message.id) for message in catalogue() if isinstance(message.id, str)))
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p>保存</p>", 1),
        ('<p lang="zh-CN">企业<b>名称</b></p><p>保存</p>', 1),
        ('<button aria-label="保存">x</button>', 1),
        ('<input type="submit" value="保存">', 1),
        ('<input type="text" value="某公司">', 0),
        ("<p>For example “青山区”.</p>", 0),
        ("<select><option>青山区</option><option>保存</option></select>", 1),
        ("<title>某公司 · Luming</title>", 0),
        ("<title>某公司 · 鹿鸣</title>", 1),
        ("<p>A, B、C</p>", 1),
    ],
)
def test_the_check_finds_what_it_should(html, count):
    assert len(leaks(html)) == count


def pages_of_everybody() -> list[str]:
    """Page types that need no account, refusals and unknown addresses among them."""
    whole, partial = (
        Document.objects.filter(partial=partial, versions__isnull=False).order_by("-year").first()
        for partial in (False, True)
    )
    assert whole is not None
    assert partial is not None
    return [
        "/",
        "/?as_of=yesterday",
        "/demo-year/",
        "/targets/wind_local_supply/",
        "/targets/rd_spending/",
        "/demo-year/targets/wind_local_supply/",
        "/documents/",
        f"/documents/{whole.pk}/",
        f"/documents/{partial.pk}/",
        f"/documents/{whole.pk}/versions/",
        f"/documents/{partial.pk}/comparison/",
        f"/documents/{whole.pk}/comparison/",
        "/search/",
        "/search/?q=稀土",
        "/search/?q=稀土&kind=sentences",
        "/search/?q=qqqqqq",
        "/accounts/login/",
        "/accounts/rights/",
        "/accounts/password/reset/",
        "/accounts/signup/",
        "/api/v1/docs/",
        "/nowhere/",
        "/audit/",
        "/registers/enterprises/?format=odt",
    ]


def pages_of_registers() -> list[str]:
    """List, filters, one record, and what can be done with it, of every register."""
    found = []
    for register in registers().values():
        base = register.address()
        choice = next(column for column in register.columns if column.kind is Kind.CHOICE)
        found += [
            base,
            f"{base}filters/",
            f"{base}?q=qqqqqq",
            f"{base}?sort=nothing&size=0&demo=x&published=1&{choice.key}=x&{choice.key}.empty=0",
            f"{base}new/",
            f"{base}import/",
        ]
        record = register.model._default_manager.order_by("pk").first()
        if record is not None:
            found += [f"{base}{record.pk}/", f"{base}{record.pk}/change/", f"{base}{record.pk}/delete/"]
    return found


STAFF_PAGES = [
    "/accounts/tokens/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/",
    "/accounts/new/",
    "/audit/",
    "/operations/jobs/",
    "/operations/check/",
    "/webhooks/",
    "/counting/",
    "/counting/urgent_talent/",
    "/counting/tech_firms_total/?known=2025-06-30",
    "/counting/graduate_retention/",
    "/counting/urgent_talent/duplicates/",
]


class Walk:
    """A reader of English: what was opened, with which answer, and the leaks found."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        self.seen: dict[str, int] = {}
        self.found: list[str] = []

    def look(self, name: str, answer: HttpResponse) -> None:
        """Judge one answer."""
        assert answer.status_code < 500, name
        self.seen[name] = answer.status_code
        if answer.status_code not in (301, 302):
            self.found += [f"{name} {leak}" for leak in leaks(answer.content.decode())]

    def get(self, *addresses: str) -> None:
        """Open addresses."""
        for address in addresses:
            self.look(address, self.client.get(address))

    def post(self, address: str, data: dict[str, Any]) -> None:
        """Send a form; its answer, and the page that it leads to with its message."""
        answer = self.client.post(address, data)
        self.look(f"POST {address}", answer)
        if answer.status_code in (301, 302):
            self.get(answer["Location"])

    def count(self, status: int) -> int:
        """How many answers had a status."""
        return sum(one == status for one in self.seen.values())


@pytest.mark.parametrize(
    ("role", "fields", "pages"),
    [
        (None, {}, 35),
        (Role.DEPARTMENT, {"unit": "市科技局"}, 20),
        (Role.DISTRICT, {"district": "青山区"}, 20),
        (Role.AUDITOR, {}, 20),
        (Role.SECURITY, {}, 20),
        (Role.SYSTEM, {}, 20),
    ],
)
def test_no_page_shows_chinese_that_is_not_content(
    baotou: None, make_user: Any, client_of: Any, role: Role | None, fields: dict[str, str], pages: int
) -> None:
    walk = Walk(client_of(make_user(role, **fields) if role else None))
    walk.get(*pages_of_everybody(), *(STAFF_PAGES if role else pages_of_registers()))
    other = make_user(Role.OFFICE, "somebody")
    if role in (Role.AUDITOR, Role.SECURITY):
        walk.get(f"/accounts/{other.pk}/")
    if role is Role.SECURITY:
        walk.get(f"/accounts/{other.pk}/rights/")
        walk.post(f"/accounts/{other.pk}/rights/", {"role": "department", "reason": ""})
    if role is Role.AUDITOR:
        walk.get(*(f"/audit/{pk}/" for pk in Change.objects.order_by("-pk").values_list("pk", flat=True)[:2]))
    assert walk.found == []
    assert walk.count(200) >= pages, walk.seen
    assert walk.count(404) >= 1
    if role is not Role.AUDITOR:
        assert walk.count(403) >= 1


def test_no_register_shows_chinese_that_is_not_content(baotou: None, make_user: Any, client_of: Any) -> None:
    walk = Walk(client_of(make_user(Role.OFFICE)))
    walk.get(*pages_of_registers())
    for register in registers().values():
        base = register.address()
        walk.post(f"{base}new/", {"reason": ""})
        record = register.model._default_manager.order_by("pk").first()
        if record is None or register.append_only:
            continue
        walk.post(f"{base}bulk/?q=", {"which": "all"})
        walk.post(f"{base}{record.pk}/delete/", {"version": "1", "reason": ""})
        walk.post(f"{base}import/", {"file": SimpleUploadedFile("表.csv", "什么\n1\n".encode())})
        walk.post(f"{base}import/", {"file": SimpleUploadedFile("x.xls", b"x")})
        head = f"key,{register.title},published\n,某某,可能\n"
        walk.post(f"{base}import/", {"file": SimpleUploadedFile("表.csv", head.encode())})
    firm = Enterprise.objects.order_by("pk").first()
    assert firm is not None
    walk.post(
        "/registers/enterprises/bulk/?q=",
        {"which": "all", "step": "2", "column": "published", "value-published": "否", "reason": "x"},
    )
    walk.get(f"/registers/enterprises/{firm.pk}/qualifications/new/")
    assert walk.found == []
    assert walk.count(200) >= 50, walk.seen


@pytest.mark.django_db
def test_projects_show_chinese_only_as_content(make_user: Any, client_of: Any) -> None:
    from portal.meta.permission_world import World

    world = World(make_user, with_document=False)
    one, item = world.value("@projects.own"), world.value("@reviews.open")
    with_money = world.things["investment.own"]
    office, expert = Walk(client_of(world.users["office"])), Walk(client_of(world.users["expert"]))
    base = f"/projects/{one}/"
    office.get("/projects/", f"/registers/projects/{one}/", "/projects/reviews/", "/projects/reviews/new/")
    for kind, thing in (("milestones", "milestones"), ("investment", "investment"), ("evidence", "evidence")):
        pk = world.value(f"@{thing}.own")
        office.get(f"{base}{kind}/new/", f"{base}{kind}/{pk}/")
        office.post(f"{base}{kind}/new/", {})
        office.post(f"{base}{kind}/{pk}/", {"do": "delete", "version": "9", "reason": "x"})
        office.post(f"{base}{kind}/{pk}/", {"do": "delete", "version": "1"})
    office.post(f"{base}investment/new/", {"period": "x", "unit": "亿元", "planned": "-1"})
    row = {"period": "2026-Q2", "unit": "亿元", "planned": "0.5", "actual": "0.1"}
    office.post(f"{base}investment/new/", row)
    office.post(f"{base}investment/new/", {**row, "planned": with_money.planned, "evidence": "x"})
    office.post(f"{base}evidence/new/", {"caption": "x", "file": SimpleUploadedFile("a.jpg", b"no photo")})
    office.post("/projects/reviews/new/", {"criteria": "x", "quarter": "x"})
    for state in ("draft", "open", "closed"):
        pk, entry = world.value(f"@reviews.{state}"), world.value(f"@entries.{state}")
        for walk in (office, expert):
            walk.get(f"/projects/reviews/{pk}/", f"/projects/reviews/{pk}/entries/{entry}/score/")
        office.get(f"/projects/reviews/{pk}/change/", f"/projects/reviews/{pk}/entries/{entry}/correction/")
        office.post(f"/projects/reviews/{pk}/entries/{entry}/correction/", {"result": "x"})
    office.post(f"/projects/reviews/{item}/close/", {"reason": "", "version": "2"})
    expert.post(f"/projects/reviews/{item}/entries/{world.value('@entries.open')}/score/", {})
    assert office.found + expert.found == []
    assert office.count(200) >= 15, office.seen


def test_the_desk_shows_chinese_only_as_content(baotou: None, make_user: Any, client_of: Any) -> None:
    officer = make_user(Role.OFFICE)
    walk = Walk(client_of(officer))
    walk.get("/documents/new/", "/documents/import/")
    walk.post("/documents/new/", {"text": ""})
    walk.post("/documents/new/", {"text": TEXT})
    document = Document.objects.filter(partial=False, versions__isnull=False).order_by("-year").first()
    assert document is not None
    walk.post(f"/documents/{document.pk}/revise/", {})
    base = f"/documents/{document.pk}/desk/"
    walk.get(base, f"{base}?show=open", f"{base}?q=qqqq", f"{base}head/", f"{base}publish/")
    draft = Draft.objects.get(document=document)
    desk = desk_of(draft)
    target = next(item for item in desk.proposals if item.commitment.kind is CommitmentKind.TARGET)
    start = desk.sentence(target.commitment.clause)[1].start
    for panel in PANELS:
        walk.get(f"{base}sentence/{start}/?panel={panel}&item={target.id}")
    walk.post(
        f"{base}sentence/{start}/", {"do": "correct", "panel": "correct", "item": target.id, "label": ""}
    )
    walk.post(f"{base}sentence/{start}/", {"do": f"restore:{target.id}", "token": "old"})
    walk.post(f"{base}measure/m1/", {"do": "assign", "lead": "", "support": ""})
    walk.get(f"{base}steps/")
    assert walk.found == []
    assert walk.count(200) >= 15, walk.seen


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "zh-hans"])
def test_changing_the_language_keeps_the_page_and_its_filters(client: Client, code: str) -> None:
    address = (
        "/registers/enterprises/?q=%E7%A8%80%E5%9C%9F&district=%E9%9D%92%E5%B1%B1%E5%8C%BA&sort=-name&size=25"
    )
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans" if code == "en" else "en"
    page = client.get(address).content.decode()
    offered = re.search(
        r'action="(/i18n/setlang/)".*?name="next" value="([^"]*)".*?value="([^"]*)"', page, re.DOTALL
    )
    assert offered is not None
    action, following, wanted = (unescape(part) for part in offered.groups())
    assert (following, wanted) == (address, code)
    answer = client.post(action, {"next": following, "language": wanted})
    assert answer.status_code == 302
    assert answer["Location"] == address
    shown = client.get(answer["Location"]).content.decode()
    assert f'<html lang="{"en" if code == "en" else "zh-CN"}">' in shown
    assert 'value="稀土"' in shown
    assert 'name="sort" value="-name"' in shown
    assert 'name="district" value="青山区"' in shown


def test_columns_of_a_register_have_names_of_their_own_in_english() -> None:
    with override("en"):
        for register in registers().values():
            names = [str(column.label) for column in register.columns]
            assert len(set(names)) == len(names), (register.slug, names)
