"""Photos and papers of a report: handed in and taken back by its unit, read by those who see the report, nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luming.reporting import Move
from luming_portal.reporting.file_services import MOST_FILES
from luming_portal.reporting.models import ReportFile
from luming_portal.reporting.services import move_reports
from portal.projects.progress_records import with_place
from portal.reporting.conftest import World
from portal_records import seen

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def at(world: World, client_of: Any) -> Any:
    """A client of a person by name."""
    return lambda who: client_of(world.people[who])


def _attach(at: Any, world: World, who: str, file: Any, key: str = "output") -> Any:
    item = world.report(key)
    return at(who).post(f"/reporting/reports/{item.pk}/files/", {"file": file, "caption": "台账 扫描件"})


def _paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", PAPER)


def test_a_unit_attaches_and_its_readers_read(world: World, at: Any) -> None:
    assert _attach(at, world, "industry", with_place()).status_code == 302
    item = ReportFile.objects.get()
    assert (item.kind, item.caption) == ("photo", "台账 扫描件")
    assert b"Exif" not in item.path().read_bytes()
    address = f"/reporting/files/{item.name}"
    statuses = {who: at(who).get(address).status_code for who in world.people}
    assert statuses == {
        "industry": 200,
        "industry2": 200,
        "science": 404,  # collects it, but not before the other unit has approved it
        "science2": 404,
        "other": 404,
        "office": 200,
    }
    answer = at("industry").get(address)
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert item.caption in seen(at("industry").get(f"/reporting/{world.month.pk}/sheet/"))


def test_nobody_attaches_to_what_is_not_in_his_hands(world: World, at: Any) -> None:
    assert _attach(at, world, "science", _paper()).status_code == 404
    assert _attach(at, world, "office", _paper()).status_code == 403
    world.fill("output", "80.5")
    assert _attach(at, world, "industry", _paper()).status_code == 302
    item = ReportFile.objects.get()
    move_reports([world.report("output")], Move.SUBMIT, by=world.people["industry"])
    answer = _attach(at, world, "industry", _paper())
    assert answer.status_code == 403
    assert "待单位审核" in seen(answer)
    assert at("industry").post(f"/reporting/files/{item.name}/remove/").status_code == 403
    assert item.path().exists()
    assert ReportFile.objects.count() == 1


def test_what_is_taken_back_is_gone_and_its_having_been_there_is_recorded(
    world: World, at: Any, django_capture_on_commit_callbacks: Any
) -> None:
    _attach(at, world, "industry", _paper())
    item = ReportFile.objects.get()
    assert at("other").post(f"/reporting/files/{item.name}/remove/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert at("industry2").post(f"/reporting/files/{item.name}/remove/").status_code == 302
    assert not ReportFile.objects.exists()
    assert not item.path().exists()


@pytest.mark.parametrize("content", [b"", b"MZ" + bytes(60), b"<svg></svg>"])
def test_what_is_no_photo_or_paper_is_refused_and_leaves_nothing(
    world: World, at: Any, content: bytes, settings: Any
) -> None:
    answer = _attach(at, world, "industry", SimpleUploadedFile("a.pdf", content))
    assert answer.status_code == 400
    assert not ReportFile.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_there_is_an_end_to_the_files_of_a_report(world: World, at: Any, settings: Any) -> None:
    for _one in range(MOST_FILES):
        assert _attach(at, world, "industry", _paper()).status_code == 302
    answer = _attach(at, world, "industry", _paper())
    assert answer.status_code == 403
    assert "一项最多附10个材料" in seen(answer)
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))) == MOST_FILES
