"""Importing: previewed, confirmed, idempotent; faults by row and cell, all at once, and back in the workbook."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Decision
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.audit.models import Change
from luming_portal.enterprises.models import Enterprise
from luming_portal.indicators.models import Fact
from luming_portal.registers import export
from luming_portal.registers.catalog import registers
from luming_portal.registers.models import StagedImport
from luming_portal.registers.planning import plan_records
from luming_portal.registers.reading import read_table
from luming_portal.registers.rows import values
from luming_portal.registers.targets import targets
from portal_records import fact, firm, indicator, seen, source

pytestmark = pytest.mark.both_databases

BASE = "/registers/enterprises/import/"
CODE = "91150200MA0DEM0002"


def _csv(*rows: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _upload(client: Any, content: bytes, name: str = "企业.csv", base: str = BASE) -> Any:
    return client.post(base, {"file": SimpleUploadedFile(name, content)}, follow=True)


def _digest(response: Any) -> str:
    return re.search(r'name="digest" value="(\w+)"', seen(response)).group(1)  # type: ignore[union-attr]


def _confirm(client: Any, response: Any, **more: str) -> Any:
    address = response.redirect_chain[-1][0] if response.redirect_chain else response.request["PATH_INFO"]
    given = {"digest": _digest(response), "reason": "季度报送", "do": "confirm", **more}
    return client.post(address, given, follow=True)


@pytest.fixture
def office(make_user: Any, client_of: Any) -> Any:
    return client_of(make_user(Role.OFFICE, "office"))


@pytest.mark.django_db
def test_nothing_is_written_before_it_is_confirmed_and_twice_is_once(office: Any) -> None:
    firm(key="E1", name="甲公司", district="青山区")
    content = _csv(
        ("key", "name", "district"),
        ("E1", "甲公司", "九原区"),
        ("", "乙公司", "青山区"),
        ("E9", "丙公司", ""),
    )
    preview = _upload(office, content)
    page = seen(preview)
    assert "会修改的" in page
    assert "<del>青山区</del> → <ins>九原区</ins>" in page
    assert Enterprise.objects.count() == 1
    done = _confirm(office, preview)
    assert "新增2条,修改1条,未变0条" in seen(done)
    assert not StagedImport.objects.exists()
    assert Enterprise.objects.get(key="E1").district == "九原区"
    entry = Change.objects.get(action="register.imported")
    assert (entry.reason, entry.after["file"], entry.after["new"]) == ("季度报送", "企业.csv", 2)
    again = _upload(office, content)
    assert "没有要写进台账的内容" in seen(again)


@pytest.mark.django_db
def test_all_faults_are_told_at_once_and_sound_rows_can_go_ahead(office: Any) -> None:
    firm(key="E1", name="甲公司")
    content = _csv(
        ("name", "credit_code", "revenue", "mark", "source_key", "published"),
        ("乙公司", "91150200MA0DEM0003", "三亿", "很可信", "没有的", "也许"),
        ("丙公司", CODE, "3.5", "转引待核", "", "是"),
        ("丁公司", CODE, "", "", "", ""),
        ("", "", "1", "", "", ""),
    )
    preview = _upload(office, content)
    page = seen(preview)
    for sentence in (
        "只有数字,不带单位",
        "原文已核、转引待核",
        "已登记的编号",
        "“是”或“否”",
        "与第3行是同一个",
    ):
        assert sentence in page, sentence
    assert 'name="partly"' in page
    refused = _confirm(office, preview)
    assert refused.status_code == 400
    assert Enterprise.objects.count() == 1
    done = _confirm(office, preview, partly="1")
    assert "新增1条" in seen(done)
    assert Enterprise.objects.get(name="丙公司").credit_code == CODE


@pytest.mark.django_db
def test_a_wrong_check_digit_is_named_in_its_cell(office: Any) -> None:
    preview = _upload(office, _csv(("name", "credit_code"), ("乙公司", "91150200MA0DEM0003")))
    assert "校验位不符" in seen(preview)
    address = preview.redirect_chain[-1][0] + "faults/"
    sheet = openpyxl.load_workbook(io.BytesIO(office.get(address).content)).worksheets[0]
    assert sheet["B2"].fill.fgColor.rgb.endswith("FDD9D6")
    assert "校验位不符" in sheet["B2"].comment.text
    assert "校验位不符" in sheet["C2"].value


@pytest.mark.django_db
def test_faults_are_written_into_the_very_workbook(office: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append(["名称", "职工人数(人)", "备注"])
    book.active.append(["乙公司", "约一百", "=1+1"])
    book.active["A2"].font = openpyxl.styles.Font(italic=True)
    target = io.BytesIO()
    book.save(target)
    preview = _upload(office, target.getvalue(), "企业.xlsx")
    sheet = openpyxl.load_workbook(
        io.BytesIO(office.get(preview.redirect_chain[-1][0] + "faults/").content)
    ).worksheets[0]
    assert sheet["A2"].font.italic
    assert "只有数字" in sheet["B2"].comment.text


@pytest.mark.django_db
def test_the_marked_workbook_can_be_mended_and_handed_in_again(office: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append(["名称", "职工人数(人)"])
    book.active.append(["乙公司", "约一百"])
    target = io.BytesIO()
    book.save(target)
    preview = _upload(office, target.getvalue(), "企业.xlsx")
    marked = openpyxl.load_workbook(io.BytesIO(office.get(preview.redirect_chain[-1][0] + "faults/").content))
    assert marked.active["C1"].value == "问题"
    marked.active["B2"] = 100
    target = io.BytesIO()
    marked.save(target)
    again = _upload(office, target.getvalue(), "企业.xlsx")
    assert "会新增的" in seen(again)
    clean = openpyxl.load_workbook(
        io.BytesIO(office.get(again.redirect_chain[-1][0] + "faults/").content)
    ).active
    assert clean["B2"].comment is None
    assert clean["C2"].value is None


@pytest.mark.django_db
def test_what_changed_since_the_preview_is_not_overwritten(office: Any) -> None:
    item = firm(key="E1", name="甲公司", district="青山区")
    preview = _upload(office, _csv(("key", "district"), ("E1", "九原区")))
    item.district = "东河区"
    with change("迁址") as changes:
        changes.save(item)
    answer = _confirm(office, preview)
    assert answer.status_code == 409
    assert "<del>东河区</del> → <ins>九原区</ins>" in seen(answer)
    assert Enterprise.objects.get().district == "东河区"


@pytest.mark.django_db
def test_a_change_needs_a_reason(office: Any) -> None:
    firm(key="E1", name="甲公司", district="青山区")
    answer = _confirm(office, _upload(office, _csv(("key", "district"), ("E1", "九原区"))), reason=" ")
    assert answer.status_code == 400
    assert "需要写明理由" in seen(answer)
    assert Enterprise.objects.get().district == "青山区"


@pytest.mark.django_db
def test_an_import_cannot_do_what_its_owner_may_not(make_user: Any, client_of: Any) -> None:
    from luming_portal.projects.models import Project
    from portal_records import kept

    kept(Project(key="J1", name="他项目", steward="市工信局", chain="稀土"))
    client = client_of(make_user(Role.DEPARTMENT, unit="市科技局"))
    base = "/registers/projects/import/"
    preview = _upload(client, _csv(("key", "chain"), ("J1", "铝")), "项目.csv", base)
    assert "本单位(市科技局)负责的" in seen(preview)
    assert client_of(make_user(Role.DISTRICT)).get(base).status_code == 403
    assert client_of(None).post(base, {}).status_code == 403
    other = client_of(make_user(Role.OFFICE))
    assert other.get(preview.redirect_chain[-1][0]).status_code == 404  # staged files are their owner's


@pytest.mark.django_db
def test_staged_files_expire(office: Any) -> None:
    preview = _upload(office, _csv(("name",), ("乙公司",)))
    StagedImport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert office.get(preview.redirect_chain[-1][0]).status_code == 404
    _upload(office, _csv(("name",), ("丙公司",)))
    assert StagedImport.objects.count() == 1


# --- files that are refused --------------------------------------------------------------------------------------------


def _bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 500_000_000)
    return target.getvalue()


def _far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "名称"
    book.active["XFD1048576"] = "x"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", "另存为 .xlsx"),
        ("a.exe", b"MZ", "只收 .xlsx 和 .csv"),
        ("a.xlsx", b"<html>", "不是工作簿的文件"),
        ("a.xlsx", b"PK\x03\x04garbage", "损坏的工作簿"),
        ("a.csv", b"PK\x03\x04", "压缩包或xlsx工作簿"),
        ("a.csv", b"\x89PNG\r\n", "图片"),
        ("a.csv", b"", "空文件"),
        ("a.csv", "名称,不认识的列\n甲,乙\n".encode(), "不认识的列“不认识的列”"),
        ("a.csv", "名称,name\n甲,乙\n".encode(), "出现两次"),
        ("a.csv", '名称\n"没有结束\n'.encode(), "引号没有配对"),
        ("a.csv", "名称,来源\n".encode() + b"\xff\xff\xff,\n", "既不是UTF-8也不是GB18030"),
        ("a.xlsx", _far_cell(), "伸展到第"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(
    name: str, content: bytes, sentence: str, office: Any
) -> None:
    answer = _upload(office, content, name)
    assert answer.status_code == 400
    assert sentence in seen(answer)
    assert not StagedImport.objects.exists()


@pytest.mark.django_db
def test_a_zip_bomb_is_refused(office: Any) -> None:
    answer = _upload(office, _bomb(), "bomb.xlsx")
    assert answer.status_code == 400
    assert "展开后超过" in seen(answer)


@pytest.mark.django_db
def test_fifty_megabytes_are_refused_before_they_are_read(office: Any) -> None:
    answer = office.post(BASE, {"file": SimpleUploadedFile("a.csv", b"x" * 50_000_000)})
    assert answer.status_code == 413
    assert "最大20MB" in seen(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "..\\\\a.csv", "/tmp/a.csv", "a/b.csv", "~root.csv", "..csv"]
)
def test_a_name_with_a_path_is_refused(name: str, office: Any) -> None:
    body = (
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: text/csv\r\n\r\nname\r\n\r\n--b--\r\n"
    ).encode()
    answer = office.post(BASE, body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 400
    assert "含有路径" in seen(answer)


@pytest.mark.django_db
def test_a_post_from_elsewhere_is_refused(make_user: Any) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(Role.OFFICE), backend="luming_portal.accounts.sign_in.PortalBackend")
    session = client.session
    session["second_factor_known"] = User.objects.get().pk
    session.save()
    answer = client.post(BASE, {"file": SimpleUploadedFile("a.csv", b"name\n")})
    assert answer.status_code == 403
    assert "不是从本站页面发出的" in seen(answer)


# --- figures -----------------------------------------------------------------------------------------------------------

FACTS = "/registers/facts/import/"
HEAD = ("key", "subject", "indicator", "period", "value", "unit", "status", "source_key", "recorded_on")


@pytest.mark.django_db
def test_a_figure_that_differs_is_a_correction(office: Any) -> None:
    fact(indicator(), source())
    row = ("F1", "包头市", "研发经费", "2025", "81.2", "亿元", "公布值", "s1", "2026-02-01")
    preview = _upload(office, _csv(HEAD, row), "数据.csv", FACTS)
    assert "会更正的" in seen(preview)
    assert "更正" in seen(_confirm(office, preview))
    old, new = Fact.objects.order_by("id")
    assert (str(old.value), old.superseded) == ("80.5", True)
    assert (str(new.value), new.supersedes, new.superseded) == ("81.2", "F1", False)
    assert "没有要写进台账的内容" in seen(_upload(office, _csv(HEAD, row), "数据.csv", FACTS))


@pytest.mark.django_db
def test_faulty_figures_are_told_and_sound_ones_go_ahead(office: Any) -> None:
    indicator(), source()
    preview = _upload(
        office,
        _csv(
            HEAD,
            ("", "包头市", "研发经费", "2024", "76.4", "亿元", "公布值", "s1", "2025-11-18"),
            ("", "包头市", "没有的指标", "2024", "1", "亿元", "公布值", "s1", "2025-11-18"),
            ("", "包头市", "研发经费", "2023", "多少", "吨", "随便", "无", "昨天"),
            ("", "包头市", "研发经费", "2023", "5", "亿元", "公布值", "s1", "2999-01-01"),
        ),
        "数据.csv",
        FACTS,
    )
    page = seen(preview)
    assert "没有的指标" in page
    assert "晚于今天" in page
    done = _confirm(office, preview, partly="1")
    assert "新增1条" in seen(done), seen(done)
    assert list(Fact.objects.values_list("period", flat=True)) == ["2024"]


@pytest.mark.django_db
def test_all_figures_of_the_pack_come_back_unchanged(baotou: None, office: Any) -> None:
    for form in ("csv", "xlsx"):
        body = b"".join(office.get(f"/registers/facts/?columns=all&format={form}").streaming_content)
        page = seen(_upload(office, body, f"数据.{form}", FACTS))
        assert "没有要写进台账的内容" in page, page[-3000:]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("slug", ["enterprises", "institutions", "projects", "indicators", "sources"])
def test_what_is_exported_comes_back_unchanged(slug: str, form: str, baotou: None, office: Any) -> None:
    address = f"/registers/{slug}/?columns=all&reason=核对&format={form}"
    body = b"".join(office.get(address).streaming_content)
    page = seen(_upload(office, body, f"表.{form}", f"/registers/{slug}/import/"))
    assert "没有要写进台账的内容" in page, re.findall(r"<del>.*?</ins>|field-error.*?</p>", page)[:5]


# --- identity, by properties -------------------------------------------------------------------------------------------

_TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'\"、,;\t1甲乙 "), st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
    ),
    max_size=20,
).filter(lambda text: text == text.strip(" \u3000\n\xa0\ufeff"))
_WORD = _TEXT.filter(bool)


class TestIdentity(TestCase):
    """Export, then import into an empty register: the same record."""

    @settings(max_examples=40)
    @given(
        name=_TEXT.filter(bool),
        segment=_TEXT,
        former=st.lists(_WORD, max_size=3),
        revenue=st.none() | st.decimals(-(10**12), 10**12, places=4),
        staff=st.none() | st.integers(0, 10**6),
        published=st.booleans(),
        form=st.sampled_from(["csv", "xlsx"]),
    )
    def test_export_then_import_is_identity(
        self, name: str, segment: str, former: list[str], revenue: Any, staff: Any, published: bool, form: str
    ) -> None:
        fields = {
            "key": "K1",
            "name": name,
            "segment": segment,
            "former_names": former,
            "revenue": revenue,
            "staff": staff,
            "published": published,
        }
        firm(**fields)
        register = registers()["enterprises"]
        user = User(username="o", role=Role.OFFICE)
        columns = register.columns_for(user)
        rows = values(Enterprise.objects.all(), columns)
        if form == "csv":
            content = b"".join(export.csv_stream(columns, rows))
        else:
            with export.workbook(register, columns, rows) as book:
                content = book.read()
        with change("清空") as changes:
            changes.delete(Enterprise.objects.get())
        plan = _planned(register, user, content, form)
        assert not plan.problems, plan.problems
        (row,) = plan.new
        for key, value in fields.items():
            assert getattr(row.item, key) == value, key


def _planned(register: Any, user: Any, content: bytes, form: str) -> Any:
    import tempfile
    from pathlib import Path

    writable = targets(register, user)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"a.{form}"
        file.write_bytes(content)
        table = read_table(file, file.name, [one.column for one in writable.values()], register.columns)
    return plan_records(register, table, writable, lambda action, item: Decision(True))
