"""Photos and papers: what is taken by its content, what is left of it, who gets it, and how it is handed out."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from luming_portal.accounts.roles import Role
from luming_portal.attached import preparing as uploads
from luming_portal.attached.preparing import prepare
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.projects.models import Evidence, Milestone, Project
from luming_portal.projects.services.progress import add_evidence
from luming_portal.registers.demonstration import remove_demonstration
from luming_portal.registers.uploads import UploadRefused
from portal.projects.progress_records import in_days, milestone, picture, project, with_place
from portal_records import seen

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7\n<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>\n%%EOF"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def office(make_user: Any, client_of: Any) -> Client:
    """The office."""
    client: Client = client_of(make_user(Role.OFFICE))
    return client


def _hand_in(client: Client, of: Project, file: Any, **fields: Any) -> Any:
    given = {"caption": "屋面施工", "file": file, **fields}
    return client.post(f"/projects/{of.pk}/evidence/new/", given)


def _files(settings: Any) -> list[Path]:
    return sorted(file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file())


def _bomb(width: int, height: int) -> SimpleUploadedFile:
    """A small PNG that says it has so many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(100_000))
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return SimpleUploadedFile("bomb.png", content)


def test_a_photo_is_kept_without_where_and_by_what_it_was_taken(office: Client, settings: Any) -> None:
    one = project()
    assert _hand_in(office, one, with_place(), taken_on="2026-05-01").status_code == 302
    item = Evidence.objects.get()
    assert (item.kind, item.width, item.height) == ("photo", 40, 80)  # set upright
    files = _files(settings)
    assert {file.name for file in files} == {item.name, f"small-{item.name}"}
    for file in files:
        content = file.read_bytes()
        assert b"Exif" not in content
        assert b"Camera" not in content
        assert b"secret" not in content
        assert file.stat().st_mode & 0o077 == 0
        with Image.open(io.BytesIO(content)) as image:
            assert image.format == "JPEG"
            assert not image.getexif()
    assert "a.jpg" not in f"{item.name}{item.caption}"
    page = seen(office.get(f"/registers/projects/{one.pk}/"))
    assert f'src="/projects/evidence/{item.name}?size=small" alt="屋面施工"' in page


@pytest.mark.parametrize(
    ("form", "mode", "options"),
    [
        ("JPEG", "RGB", {}),
        ("JPEG", "CMYK", {"colour": (1, 2, 3, 4)}),
        ("JPEG", "L", {"colour": 7}),
        ("PNG", "RGBA", {"colour": (1, 2, 3, 0)}),
        ("PNG", "P", {"colour": 3}),
        ("PNG", "I;16", {"colour": 700}),
        ("PNG", "1", {"colour": 1}),
        ("WEBP", "RGB", {}),
    ],
)
def test_photos_of_all_kinds_become_jpeg(form: str, mode: str, options: dict[str, Any]) -> None:
    kept = prepare(picture(form=form, mode=mode, name="photo.pdf", **options))
    assert kept.content.startswith(b"\xff\xd8\xff")
    assert (kept.width, kept.height) == (60, 40)


def test_what_is_transparent_is_white() -> None:
    kept = prepare(picture(form="PNG", mode="RGBA", colour=(9, 9, 9, 0)))
    with Image.open(io.BytesIO(kept.content)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_kept_smaller() -> None:
    kept = prepare(picture((5000, 2500)))
    assert (kept.width, kept.height) == (2048, 1024)
    with Image.open(io.BytesIO(kept.small)) as image:
        assert image.size == (480, 240)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", SVG),
        ("photo.jpg", b"<html><script>alert(1)</script></html>"),
        ("photo.jpg", b"GIF89a" + bytes(40)),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(200)),
        ("photo.png", b"\x89PNG\r\n\x1a\n"),
        ("photo.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 "),
        ("photo.jpg", b"MZ\x90\x00" + bytes(100)),
        ("photo.jpg", b" %PDF-1.7"),
        ("photo.jpg", b"x"),
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(
    name: str, content: bytes, office: Client, settings: Any
) -> None:
    answer = _hand_in(office, project(), SimpleUploadedFile(name, content, "image/jpeg"))
    assert answer.status_code == 400
    assert "不是能读的照片或 PDF" in seen(answer)
    assert "屋面施工" in seen(answer)
    assert not Evidence.objects.exists()
    assert not _files(settings)


def test_half_a_photo_is_refused() -> None:
    content = picture((600, 400)).read()
    with pytest.raises(UploadRefused):
        prepare(SimpleUploadedFile("a.jpg", content[: len(content) // 2]))


@pytest.mark.parametrize("size", [(50_000, 50_000), (9000, 9000), (20_000, 10), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_read(size: tuple[int, int]) -> None:
    with pytest.raises(UploadRefused):
        prepare(_bomb(*size))


def test_a_large_file_is_refused(office: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    one = project()
    answer = _hand_in(office, one, SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + bytes(11 * 1024 * 1024)))
    assert answer.status_code == 413
    assert "最大10MB" in seen(answer)
    answer = _hand_in(office, one, SimpleUploadedFile("a.jpg", bytes(50 * 1024 * 1024)))
    assert answer.status_code == 413
    assert not _files(settings)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\a.jpg", "a/b.jpg", "a\x00.jpg", "~root.jpg"])
def test_a_name_with_a_path_is_refused(name: str, office: Client, settings: Any) -> None:
    file = picture()
    boundary = "----x"
    body = (
        (
            f'--{boundary}\r\nContent-Disposition: form-data; name="caption"\r\n\r\nx\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        ).encode()
        + file.read()
        + f"\r\n--{boundary}--\r\n".encode()
    )
    answer = office.post(
        f"/projects/{project().pk}/evidence/new/",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    assert answer.status_code == 400
    assert not Evidence.objects.exists()
    assert not _files(settings)


def test_without_a_file_nothing_is_entered(office: Client) -> None:
    answer = office.post(f"/projects/{project().pk}/evidence/new/", {"caption": "x"})
    assert answer.status_code == 400
    assert "没有选择文件" in seen(answer)


def test_a_photo_is_handed_out_as_a_picture_in_which_nothing_runs(office: Client) -> None:
    _hand_in(office, project(), picture(name="a.html"))
    item = Evidence.objects.get()
    for query in ("", "?size=small"):
        answer = office.get(f"/projects/evidence/{item.name}{query}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.content.startswith(b"\xff\xd8\xff")


def test_a_paper_is_handed_out_and_never_shown(office: Client) -> None:
    one = project()
    assert _hand_in(office, one, SimpleUploadedFile("a.jpg", PAPER)).status_code == 302
    item = Evidence.objects.get()
    answer = office.get(f"/projects/evidence/{item.name}")
    assert item.kind == "paper"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content == PAPER
    assert "下载 PDF" in seen(office.get(f"/registers/projects/{one.pk}/"))


@pytest.mark.parametrize("name", ["../../secret_key", "..%2f..%2fsecret_key", "small-x.jpg", "x.jpg"])
def test_only_what_was_entered_is_handed_out(name: str, office: Client) -> None:
    assert office.get(f"/projects/evidence/{name}").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 404),
        (Role.VISITOR, 404),
        (Role.ENTERPRISE, 404),
        (Role.EXPERT, 404),
        (Role.SYSTEM, 404),
        (Role.AUDITOR, 200),
    ],
)
def test_a_file_follows_the_rights_of_its_reader(
    role: Role | None, status: int, office: Client, make_user: Any, client_of: Any
) -> None:
    one = project(published=True)
    _hand_in(office, one, picture())
    item = Evidence.objects.get()
    client = client_of(make_user(role) if role else None)
    assert client.get(f"/projects/evidence/{item.name}").status_code == status
    assert item.name not in seen(client_of(None).get(f"/registers/projects/{one.pk}/"))


def test_what_is_said_of_a_photo_is_changed_with_a_reason_and_the_photo_removed_with_it(
    office: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    one = project()
    step, other = milestone(one, "封顶", 3), milestone(project("J2"), "别的", 3)
    _hand_in(office, one, picture())
    item = Evidence.objects.get()
    base = f"/projects/{one.pk}/evidence/{item.pk}/"
    given = {"caption": "主厂房屋面", "milestone": str(step.pk), "version": "1"}
    assert office.post(base, given).status_code == 400
    assert office.post(base, {**given, "milestone": str(other.pk), "reason": "补充"}).status_code == 400
    assert office.post(base, {**given, "reason": "补充"}).status_code == 302
    refused = office.post(
        f"/projects/{one.pk}/milestones/{step.pk}/",
        {"label": "封顶", "due": in_days(3), "weight": "1", "version": "1", "reason": "误登", "do": "delete"},
    )
    assert refused.status_code == 400
    assert "佐证材料指着这个节点" in seen(refused)
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(base, {"do": "delete", "version": "2", "reason": "拍到人脸"}).status_code == 302
    assert not _files(settings)
    assert Milestone.objects.filter(pk=step.pk).exists()


def test_where_the_entry_fails_no_file_is_left(
    make_user: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, user = project(), make_user(Role.OFFICE)
    monkeypatch.setattr(uploads, "random_name", lambda kind: "x.jpg")
    with pytest.raises(Exception, match="caption"):
        add_evidence(Evidence(project=one, caption=None), prepare(picture()), by=user, reason="")
    assert not _files(settings)


def test_the_end_of_the_demonstration_takes_the_files_along(
    office: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    one = project(demo=True)
    _hand_in(office, one, picture())
    with acting_as(None), change("演示") as changes:
        changes.update_many(Evidence.objects.all(), {"demo": True})
    milestone(one, "封顶", 3, demo=True)
    with django_capture_on_commit_callbacks(execute=True), acting_as(None), change("清除") as changes:
        assert remove_demonstration(changes) == []
    assert not Project.objects.exists()
    assert not _files(settings)
