"""Publishing, versions, archives, comparison, and the pages that everybody reads."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luming.desk import pack_files
from luming_portal.audit.models import Change
from luming_portal.documents.drafts import desk_of
from luming_portal.documents.models import Document, DocumentVersion, Draft
from luming_portal.documents.packs import files_hash, pack_of
from luming_portal.indicators.models import Indicator

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def publish(client, draft, reason="首次发布,已核对"):
    return client.post(reverse("documents:publish", args=[draft.document_id]), {"reason": reason})


def test_open_points_are_listed_and_stop_the_publication(at_desk, draft):
    page = at_desk.get(reverse("documents:publish", args=[draft.document_id])).content.decode()
    assert "处待办,办完才能发布" in page.replace("\N{FULLWIDTH COMMA}", ",")
    assert "还没有对应的指标" in page
    answer = publish(at_desk, draft)
    assert answer.status_code == 422
    assert not DocumentVersion.objects.exists()


def test_a_finished_draft_becomes_a_version(at_desk, finished, officer):
    answer = publish(at_desk, finished)
    version = DocumentVersion.objects.get()
    assert answer.url == reverse("documents:detail", args=[finished.document_id])
    assert (version.number, version.published_by, version.reason) == (1, "office", "首次发布,已核对")
    assert version.sha256 == files_hash(version.files)
    pack = pack_of(version)
    assert pack.document.draft is False
    assert len(pack.measures) == 21
    assert all(pack.indicator(item.indicator) for item in pack.targets())
    assert Indicator.objects.filter(key__startswith="i2026_").count() == len(pack.indicators)
    finished.refresh_from_db()
    assert finished.state == Draft.State.PUBLISHED
    assert Change.objects.filter(action="document.published", actor="office").exists()


def test_a_publication_needs_a_reason(at_desk, finished):
    answer = publish(at_desk, finished, "  ")
    assert answer.status_code == 422
    assert "请写明这次发布的说明" in answer.content.decode()
    assert not DocumentVersion.objects.exists()


def test_a_revision_becomes_the_next_version_and_the_difference_is_shown(at_desk, finished):
    publish(at_desk, finished)
    pk = finished.document_id
    at_desk.post(reverse("documents:revise", args=[pk]))
    at_desk.post(reverse("documents:revise", args=[pk]))
    draft = Draft.objects.get(state="open")
    assert draft.base.number == 1
    assert draft.open_points == 0
    at_desk.post(
        reverse("documents:measure", args=[pk, "m20"]),
        {"do": "assign", "lead": "市科技局", "mark": "expected"},
    )
    publish(at_desk, draft, "补上第二十条的牵头单位")
    assert DocumentVersion.objects.filter(document=pk).count() == 2
    page = at_desk.get(reverse("documents:difference", args=[pk]), {"old": 1, "new": 2}).content.decode()
    assert "duties.yaml" in page
    assert "measures/m01.yaml" not in page
    for query in ({}, {"old": "x", "new": "1"}, {"old": "1", "new": "9"}):
        assert at_desk.get(reverse("documents:difference", args=[pk]), query).status_code == 404
    page = at_desk.get(reverse("documents:version", args=[pk, 1])).content.decode()
    assert "这是旧版" in page


def test_a_version_is_never_changed(at_desk, finished):
    publish(at_desk, finished)
    before = DocumentVersion.objects.get()
    at_desk.post(reverse("documents:revise", args=[finished.document_id]))
    at_desk.post(
        reverse("documents:measure", args=[finished.document_id, "m01"]), {"do": "retitle", "title": "甲"}
    )
    after = DocumentVersion.objects.get()
    assert (after.files, after.sha256, after.version) == (before.files, before.sha256, before.version)


def test_every_sentence_has_its_place_on_the_public_page(client, baotou):
    document = Document.objects.get(key="baotou.2025-1")
    page = client.get(document.get_absolute_url()).content.decode()
    pack = pack_of(document.versions.get())
    for measure in pack.measures:
        for sentence in measure.sentences:
            assert f'id="{sentence.id}"' in page
    for item in pack.commitments:
        assert f'id="c-{item.id}"' in page
    assert "监测评估 · 已运行" in page
    assert "待主管部门确定" in page


def test_a_partial_document_says_so(client, baotou):
    document = Document.objects.get(key="baotou.2024-1")
    page = client.get(document.get_absolute_url()).content.decode()
    assert "只收录了部分数字" in page
    assert "稀土产业产值" in page


def test_a_draft_is_shown_where_nothing_is_published(at_desk, draft):
    answer = at_desk.get(reverse("documents:detail", args=[draft.document_id]))
    assert answer.url == reverse("documents:desk", args=[draft.document_id])


# --- archives ---------------------------------------------------------------------------------------------------


def archive(client, name, *args):
    return client.get(reverse(name, args=args)).content


def take_in(client, content, name="a.zip"):
    return client.post(reverse("documents:import"), {"file": SimpleUploadedFile(name, content)})


def names(content):
    return set(zipfile.ZipFile(io.BytesIO(content)).namelist())


def test_export_and_import_of_a_draft_are_identity(at_desk, draft):
    first = archive(at_desk, "documents:export", draft.document_id)
    assert {"indicators.yaml", "sources.yaml", "2026-8/document.yaml", "2026-8/source.txt"} <= names(first)
    files = dict(pack_files(desk_of(draft)))
    at_desk.post(reverse("documents:discard", args=[draft.document_id]), {"reason": "换一台电脑"})
    answer = take_in(at_desk, first)
    assert answer.status_code == 302
    again = Draft.objects.get(state="open")
    assert dict(pack_files(desk_of(again))) == files
    assert archive(at_desk, "documents:export", again.document_id) == first


def test_export_and_import_of_a_version_are_identity(at_desk, baotou):
    document = Document.objects.get(key="baotou.2025-1")
    first = archive(at_desk, "documents:download", document.pk, 1)
    assert take_in(at_desk, first).status_code == 302
    draft = Draft.objects.get()
    assert draft.base.number == 1
    written = archive(at_desk, "documents:export", document.pk)
    at_desk.post(reverse("documents:discard", args=[document.pk]), {"reason": "再来"})
    assert take_in(at_desk, written).status_code == 302
    assert archive(at_desk, "documents:export", document.pk) == written


def test_the_same_files_give_the_same_bytes(client, baotou):
    document = Document.objects.get(key="baotou.2025-1")
    assert archive(client, "documents:download", document.pk, 1) == archive(
        client, "documents:download", document.pk, 1
    )


def packed(files, **options):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = options.get("mode", 0o644) << 16
            made.writestr(info, text)
    return content.getvalue()


def many(count):
    return packed({f"measures/{n}.yaml": "" for n in range(count)})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "不是能打开的 .zip"),
        (b"PK\x03\x04broken", "不是能打开的 .zip"),
        (packed({"a.yaml": "x"}), "0份 document.yaml"),
        (packed({"a/document.yaml": "x", "b/document.yaml": "x"}), "2份 document.yaml"),
        (packed({"../document.yaml": "x"}), "不能使用的文件名"),
        (packed({"a/../../document.yaml": "x"}), "不能使用的文件名"),
        (packed({"/etc/document.yaml": "x"}), "不能使用的文件名"),
        (packed({"C:\\document.yaml": "x"}), "不能使用的文件名"),
        (packed({"d/document.yaml": "x"}, mode=0o120777), "一个链接"),
        (packed({"d/document.yaml": b"\xff\xfe\xff"}), "不是UTF-8文字"),
        (packed({"d/document.yaml": "x", "d/run.exe": "MZ"}), "不属于文件分解的文件"),
        (packed({"d/document.yaml": "0" * 32_000_000}), "解开后"),
        (many(401), "401个文件"),
        (packed({"d/document.yaml": "document: {}\n"}), "缺少"),
    ],
)
def test_a_bad_archive_is_refused_with_a_sentence(at_desk, content, words):
    answer = take_in(at_desk, content)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "/tmp" not in page
    assert not Draft.objects.exists()


def test_leftovers_of_file_managers_are_passed_over(at_desk, draft):
    first = archive(at_desk, "documents:export", draft.document_id)
    at_desk.post(reverse("documents:discard", args=[draft.document_id]), {"reason": "再来"})
    with zipfile.ZipFile(io.BytesIO(first)) as given:
        files = {f"包/{name}": given.read(name) for name in given.namelist()}
    files |= {
        "__MACOSX/包/._indicators.yaml": b"\x00",
        "包/.DS_Store": b"\x00",
        "包/2026-8/Thumbs.db": b"\x00",
    }
    assert take_in(at_desk, packed(files)).status_code == 302
    again = Draft.objects.get(state="open")
    assert archive(at_desk, "documents:export", again.document_id) == first


def test_an_archive_of_a_document_under_work_waits(at_desk, draft):
    answer = take_in(at_desk, archive(at_desk, "documents:export", draft.document_id))
    assert answer.status_code == 422
    assert "请先发布或放弃现有的草稿" in answer.content.decode()


def test_no_file_at_all(at_desk):
    assert at_desk.post(reverse("documents:import"), {}).status_code == 422


# --- comparison -------------------------------------------------------------------------------------------------


def test_the_comparison_says_what_changed_and_what_is_not_known(client, baotou):
    document = Document.objects.get(key="baotou.2025-1")
    address = reverse("documents:comparison", args=[document.pk])
    page = client.get(address).content.decode()
    for words in ("提高", "降低", "不再提出", "2024年 → 2025年", "不知道就是不知道", "原年未收录"):
        assert words in page
    lowered = client.get(address, {"kind": "lowered"}).content.decode()
    assert "晶硅光伏产业产值" in lowered
    assert "稀土产业产值 ≥1300亿元" not in lowered
    assert client.get(address, {"kind": "repeated"}).status_code == 200


def test_a_document_without_a_predecessor_says_so(at_desk, draft):
    page = at_desk.get(reverse("documents:comparison", args=[draft.document_id])).content.decode()
    assert "没有可比的" in page


def test_the_list_shows_both_kinds_and_an_empty_state(client, at_desk, draft):
    assert "还没有文件" in client.get(reverse("documents:list")).content.decode()
    page = at_desk.get(reverse("documents:list")).content.decode()
    assert "分解中" in page
    assert "处待办" in page


def test_the_list_asks_the_same_questions_however_long_it_is(client, baotou, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(reverse("documents:list"))


def test_the_page_of_a_document_asks_few_questions(client, baotou, django_assert_max_num_queries):
    document = Document.objects.get(key="baotou.2025-1")
    client.get(document.get_absolute_url())
    with django_assert_max_num_queries(20):
        client.get(document.get_absolute_url())


def test_a_published_pack_follows_the_registers(client, baotou):
    from portal.conftest import recorded

    version = Document.objects.get(key="baotou.2025-1").versions.get()
    assert pack_of(version).indicator("rd_spend").label == "全社会研发投入"
    row = Indicator.objects.get(key="rd_spend")
    row.label = "研发总投入"
    with recorded() as changes:
        changes.save(row)
    assert pack_of(version).indicator("rd_spend").label == "研发总投入"
