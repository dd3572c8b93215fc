"""A document comes in: pasted, as .txt, as .docx; everything else is refused with a sentence."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luming_portal.audit.models import Change
from luming_portal.documents.intake import plain_name, proposed_key
from luming_portal.documents.models import Document, Draft
from portal.documents.sample import TEXT

pytestmark = pytest.mark.django_db
NEW = "documents:new"


def word(lines, rows=()):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def confirmed(**fields):
    return {
        "confirmed": "1", "text": TEXT.replace("\n", "\r\n"), "key": "yunxi.2026-8", "place": "云溪市",
        "year": "2026", "title": "若干措施", "number": "云政发〔2026〕8号", "issuer": "云溪市人民政府",
        "date": "2026-03-02", **fields,
    }  # fmt: skip


def test_pasting_shows_what_was_read_before_anything_is_made(at_desk):
    page = at_desk.post(reverse(NEW), {"text": TEXT}).content.decode()
    for words in (
        'value="云政发〔2026〕8号"',
        'value="2026"',
        'value="云溪市"',
        'value="yunxi.2026-8"',
        'value="2026-03-02"',
        "20 条、55 句",
    ):
        assert words in page
    assert not Document.objects.exists()


def test_confirming_puts_it_on_the_desk(at_desk):
    answer = at_desk.post(reverse(NEW), confirmed())
    draft = Draft.objects.select_related("document").get()
    assert answer.url == reverse("documents:desk", args=[draft.document_id])
    assert (draft.document.key, draft.document.year, draft.document.place) == ("yunxi.2026-8", 2026, "云溪市")
    assert at_desk.get(answer.url).status_code == 200
    assert Change.objects.filter(actor="office", model="documents.draft", action="create").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"key": "云溪"}, "城市拼音.年份-序号"),
        ({"key": "../etc"}, "城市拼音.年份-序号"),
        ({"year": "99999"}, "1949到2199之间"),
        ({"date": "春天"}, "成文日期"),
        ({"text": " \r\n"}, "空文件"),
        ({"text": "一、甲。\x00乙。"}, "二进制内容"),
    ],
)
def test_faults_of_the_head_bring_the_page_back_with_what_was_typed(at_desk, fields, words):
    answer = at_desk.post(reverse(NEW), confirmed(**fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Document.objects.exists()


def test_a_key_that_is_taken_is_refused(at_desk, draft):
    answer = at_desk.post(reverse(NEW), confirmed())
    assert answer.status_code == 422
    assert "请把末尾的序号改大" in answer.content.decode()


def test_plain_text_in_the_encoding_of_old_offices(at_desk):
    upload = SimpleUploadedFile("措施.txt", TEXT.encode("gb18030"))
    assert "20 条、55 句" in at_desk.post(reverse(NEW), {"file": upload}).content.decode()


def test_a_word_file_is_read_with_its_tables(at_desk):
    content = word(TEXT.splitlines(), [("指标", "目标"), ("专利", "达到30件")])
    page = at_desk.post(reverse(NEW), {"file": SimpleUploadedFile("措施.docx", content)}).content.decode()
    assert "20 条" in page
    assert "专利 达到30件" in page


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * (41 * 1024 * 1024))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "PDF文件"),
        ("a.doc", b"\xd0\xcf\x11\xe0\x00", "旧版Office文件"),
        ("a.png", b"\x89PNG\r\n", "PNG图片"),
        ("a.zip", b"PK\x03\x04xx", "压缩包或Office文件"),
        ("a.docx", b"PK\x03\x04xx", "读不出来的 .docx"),
        ("a.docx", b"hello", "没有读到一句正文"),
        ("bomb.docx", bomb(), "解开后过大的文件"),
        ("a.txt", b"", "空"),
        ("a.txt", b"   \n", "空文件"),
        ("a.txt", b"\xff\xff\xff", "无法识别的编码"),
        ("a.html", b"<!doctype html><html>", "网页文件"),
        ("big.txt", "一、甲。\n".encode() * 900_000, "10MB"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(at_desk, name, content, words):
    answer = at_desk.post(reverse(NEW), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "没有读入任何内容" in page
    assert "/tmp" not in page
    assert not Document.objects.exists()


def test_nothing_given_says_what_to_give(at_desk):
    answer = at_desk.post(reverse(NEW), {"text": "  "})
    assert answer.status_code == 422
    assert "请贴入全文" in answer.content.decode()


@pytest.mark.parametrize("address", ["/documents/new/", "/documents/import/"])
def test_a_name_that_leads_into_folders_is_refused(at_desk, address):
    body = (
        '--b\r\nContent-Disposition: form-data; name="file"; filename="../../etc/passwd.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n一、甲。\r\n--b--\r\n"
    ).encode()
    answer = at_desk.post(address, body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 400
    assert "含有路径" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\公文\\意见.txt", "意见.txt"),
        ("/", "上传的文件"),
        ("a" * 300, "a" * 120),
    ],
)
def test_folders_in_names_are_dropped(name, plain):
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("place", "number", "key"),
    [
        ("包头市", "包党发〔2026〕1号\n", "baotou.2026-1"),
        ("鄂尔多斯市", "", "eerduosi.2026-1"),
        ("123", "", "city.2026-1"),
    ],
)
def test_a_key_is_proposed_from_place_year_and_number(place, number, key):
    assert proposed_key(f"某意见\n{number}一、甲。乙。\n", place, 2026) == key


def test_last_years_document_is_known_at_once(at_desk, baotou):
    at_desk.post(reverse(NEW), confirmed(key="baotou.2027-1", place="包头市", year="2027"))
    from luming_portal.documents.drafts import desk_of

    head = desk_of(Draft.objects.get()).document
    assert head.succeeds == "baotou.2026-1"
    assert head.office.endswith("领导小组办公室")


def test_two_officers_who_start_the_same_document_at_once_do_not_make_two(officer, draft, monkeypatch):
    from luming.desk import DeskFaults
    from luming_portal.documents.services import intake

    asked = []
    refuse = intake._refuse_taken

    def late(key):
        """The first look finds the key free, as it was when both began."""
        asked.append(key)
        if len(asked) > 1:
            refuse(key)

    monkeypatch.setattr(intake, "_refuse_taken", late)
    with pytest.raises(DeskFaults, match="没有用过的编号"):
        intake.start_draft(by=officer, text=TEXT, key="yunxi.2026-8", place="云溪市", year=2026, head={})
    assert Draft.objects.count() == 1
