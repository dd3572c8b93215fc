"""Remembered mappings: found again by themselves, differences told, and the very file that the command line reads."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from facts import workbooks as shipped
from facts.ugly_workbook import ugly
from luming.cli import program
from luming.facts import read_csv
from luming.facts.workbook import mapping_of, mapping_text
from luming_portal.accounts.roles import Role
from luming_portal.indicators.models import Fact
from luming_portal.workbooks.models import StagedWorkbook, WorkbookMapping
from luming_portal.workbooks.opening import Knowledge
from portal.workbooks.conftest import Desk, row_of
from portal_records import seen

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ROOT = Path(__file__).parents[3]


def remembered(desk: Desk, name: str = "人才月报") -> WorkbookMapping:
    """The first workbook loaded, two places corrected, its mapping kept."""
    page = desk.upload(ugly(uncounted=False))
    page = desk.correct(
        page, do="all_checked", **{f"{row_of(page, '需求清单')}-means": "人才技术需求清单项数"}
    )
    desk.load(page, remember=name)
    return WorkbookMapping.objects.get(name=name)


def test_next_months_workbook_finds_its_mapping_and_says_what_differs(office: Desk) -> None:
    item = remembered(office)
    page = office.upload(ugly(later=True), "月报7月.xlsx")
    text = seen(page)
    assert "找到记住的读法“人才月报”,已用上" in text
    assert "进展!E列“完成情况·6月”原来在D列,已按列名找到" in text
    assert "进展!G列“完成质量”是新的列,读作备注" in text
    figures = {one.where: f"{one.fact.value}{one.fact.unit}" for one in page.context["figures"]}
    assert figures["进展!F5"] == "19个"
    assert figures["进展!F9"] == "50项"
    assert page.context["form"].initial["publisher"] == "市人社局"
    assert page.context["form"].initial["remember"] == "人才月报"
    page = office.correct(page, do="all_checked")
    page = office.load(page, reason="7月月报")
    assert "更正1个" in seen(page)
    item.refresh_from_db()
    assert item.version == 2
    assert Fact.objects.get(indicator__key="talent_needs", period="2025-07").value == 50


def test_the_same_shape_needs_no_look_at_all(office: Desk) -> None:
    remembered(office)
    page = office.upload(ugly(uncounted=False), "月报8月.xlsx")
    assert "版式与上次完全相同" in seen(page)
    assert page.context["waiting"] == []
    assert "台账已有8个" in seen(office.load(page))


def test_a_mapping_is_seen_by_its_unit_renamed_and_forgotten(
    office: Desk, department: Desk, make_user: Any, client_of: Any
) -> None:
    item = remembered(department)
    other = client_of(make_user(Role.DEPARTMENT, "other", unit="市商务局"))
    assert "人才月报" not in seen(other.get("/workbooks/"))
    assert other.get(f"/workbooks/mappings/{item.pk}/").status_code == 404
    assert other.get(f"/workbooks/mappings/{item.pk}/file/").status_code == 404
    assert "人才月报" in seen(office.client.get("/workbooks/"))
    page = department.client.get(f"/workbooks/mappings/{item.pk}/")
    assert "需求清单 → 人才技术需求清单项数" in seen(page)
    done = department.client.post(
        f"/workbooks/mappings/{item.pk}/", {"name": "人才表", "version": item.version}, follow=True
    )
    assert "已改名为“人才表”" in seen(done)
    late = department.client.post(f"/workbooks/mappings/{item.pk}/", {"name": "甲", "version": item.version})
    assert late.status_code == 409
    department.client.post(f"/workbooks/mappings/{item.pk}/", {"do": "forget"})
    assert not WorkbookMapping.objects.exists()
    assert Fact.objects.count() == 8


def test_two_mappings_of_a_unit_have_two_names(office: Desk) -> None:
    remembered(office, "甲")
    item = remembered(office, "乙")
    answer = office.client.post(f"/workbooks/mappings/{item.pk}/", {"name": "甲", "version": item.version})
    assert answer.status_code == 400
    assert "本单位已有这个名称" in seen(answer)


def test_a_mapping_file_comes_back_as_it_was(office: Desk) -> None:
    item = remembered(office)
    answer = office.client.get(f"/workbooks/mappings/{item.pk}/file/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{item.fingerprint}.yaml"'
    content = answer.content
    assert mapping_of(content, "m").confirmed
    done = office.client.post(
        "/workbooks/mappings/import/", {"file": SimpleUploadedFile("另一个.yaml", content)}, follow=True
    )
    assert "已保存读法“另一个”" in seen(done)
    again = WorkbookMapping.objects.get(name="另一个")
    assert office.client.get(f"/workbooks/mappings/{again.pk}/file/").content == content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: [", "不能识别的YAML"),
        (b"fingerprint: x\n", "必须填写"),
        (b"fingerprint: 0123456789abcdef\nsheets: []\n", "还没有人确认的读法"),
        (b'fingerprint: "x\\ny"\nconfirmed: true\nsheets: []\n', "16位指纹"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(office: Desk, content: bytes, words: str) -> None:
    answer = office.client.post(
        "/workbooks/mappings/import/", {"file": SimpleUploadedFile("读法.yaml", content)}
    )
    assert answer.status_code == 400
    assert words in seen(answer)
    assert office.client.post("/workbooks/mappings/import/", {}).status_code == 400


@pytest.mark.parametrize("name", shipped.BUILDERS)
def test_portal_and_command_line_read_a_workbook_alike(
    baotou: None, make_user: Any, client_of: Any, tmp_path: Path, name: str
) -> None:
    """The portal's mapping file gives `luming facts read` the very figures that the portal shows."""
    desk = Desk(client_of(make_user(Role.OFFICE, "office", unit="领导小组办公室")))
    page = desk.upload((shipped.SHIPPED / name).read_bytes(), name)
    if page.context["waiting"]:
        page = desk.correct(page, do="all_checked")
    assert page.context["preview"].faults == []
    assert {one.outcome.value for one in page.context["figures"]} == {"unchanged"}
    desk.load(page, remember="读法")
    item = WorkbookMapping.objects.get()
    content = desk.client.get(f"/workbooks/mappings/{item.pk}/file/").content

    city = tmp_path / "baotou"
    shutil.copytree(ROOT / "packs" / "baotou", city)
    (city / "mappings").mkdir(exist_ok=True)
    (city / "mappings" / f"{item.fingerprint}.yaml").write_bytes(content)
    target = tmp_path / "out.csv"
    arguments = ["facts", "read", str(city / "examples" / "workbooks" / name), "--city", str(city)]
    arguments += ["--source", "baotou_2025_1", "--recorded-on", "2026-01-31", "--to", str(target)]
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == 0, result.output
    read = [
        (fact.subject, fact.indicator, fact.period.text, fact.value, fact.unit, fact.status)
        for fact in read_csv(target, Knowledge().dictionary)
    ]
    shown = [
        (
            one.fact.subject,
            one.fact.indicator,
            one.fact.period.text,
            one.fact.value,
            one.fact.unit,
            one.fact.status,
        )
        for one in page.context["preview"].figures
    ]
    assert sorted(read, key=str) == sorted(shown, key=str)


def test_a_mapping_of_the_command_line_is_used_by_the_portal(office: Desk) -> None:
    page = office.upload(ugly(uncounted=False))
    mapping = page.context["mapping"].model_copy(update={"confirmed": True})
    StagedWorkbook.objects.all().delete()
    file = SimpleUploadedFile("人才.yaml", mapping_text(mapping).encode())
    office.client.post("/workbooks/mappings/import/", {"file": file})
    page = office.upload(ugly(uncounted=False))
    assert page.context["staged"].remembered.name == "人才"


def test_a_remembered_mapping_that_cannot_be_used_is_passed_over(office: Desk) -> None:
    page = office.upload(ugly(uncounted=False))
    mapping = page.context["mapping"]
    sheets = tuple(sheet.model_copy(update={"head_shift": (0, 900)}) for sheet in mapping.sheets)
    spoilt = mapping.model_copy(update={"sheets": sheets, "confirmed": True})
    file = SimpleUploadedFile("坏.yaml", mapping_text(spoilt).encode())
    assert "已保存读法" in seen(
        office.client.post("/workbooks/mappings/import/", {"file": file}, follow=True)
    )
    page = office.upload(ugly(uncounted=False))
    assert page.status_code == 200
    assert page.context["staged"].remembered is None
    assert len(page.context["figures"]) == 6
