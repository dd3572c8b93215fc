"""Workbooks as they come back: moved, hidden, merged, reckoned, mistyped. Every fault by cell, nothing guessed."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import numbers

from luming.errors import FactsFaults
from luming_portal.accounts.models import User
from luming_portal.registers.plan import Outcome
from luming_portal.reporting.book_reading import read_book
from luming_portal.reporting.models import ReportingMonth
from portal.reporting.conftest import World
from portal.reporting.month_book import (
    LETTERS,
    asked,
    book_for,
    filled,
    opened,
    outcomes,
    planned,
    saved,
    sentences,
)
from portal_records import seen

pytestmark = pytest.mark.django_db
V, S, N, E = (LETTERS[key] for key in ("value", "unchanged", "narrative", "evidence"))


@pytest.fixture
def user(world: World) -> User:
    """Who fills in: 市科技局, with six rows more than the two of the world."""
    asked(world.month, ["市科技局"], 6)
    return world.people["science"]


@pytest.fixture
def month(world: World) -> ReportingMonth:
    """The month."""
    return world.month


@pytest.fixture
def content(user: User, month: ReportingMonth) -> bytes:
    """The workbook as handed out: rows 2 to 9."""
    return book_for(month, user)


def _values(plan: Any) -> dict[int, Decimal | None]:
    return {row.number: row.item.value for row in plan.changed}


def test_it_opens_with_heads_locks_lists_and_a_help_sheet(content: bytes) -> None:
    book = opened(content)
    sheet = book["报送"]
    assert book.sheetnames == ["报送", "填写说明"]
    assert [cell.value for cell in sheet[1]][6:11] == ["上期数", "数值", "与上期相同", "进展与原因", "依据"]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "D2"
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert {key: sheet[f"{letter}2"].protection.locked for key, letter in LETTERS.items()} == {
        key: key not in ("value", "unchanged", "narrative", "evidence") for key in LETTERS
    }
    assert len(sheet.data_validations.dataValidation) == 4
    assert "公式" in str([cell.value for cell in book["填写说明"]["A"]])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (80, "80"),
        ("80", "80"),
        ("８０", "80"),
        ("1,234", "1234"),
        ("１，２３４", "1234"),
        (" 80\u200b", "80"),
        ("\ufeff80", "80"),
        (0, "0"),
        (80.0, "80"),
        ("80.50", "80.5"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_numbers_are_taken_however_they_are_typed(
    content: bytes, month: ReportingMonth, user: User, typed: Any, expected: str
) -> None:
    content = filled(content, {f"{V}2": typed})
    plan = planned(month, content, user)
    if Decimal(expected) % 1:
        assert "应为整数" in sentences(plan, 2)
    else:
        assert _values(plan) == {2: Decimal(expected)}
    assert [row.number for row in plan.unchanged] == list(range(3, 10))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("约80", "约数字样;请只填数字,原话写在“进展与原因”里"),
        ("80家", "这里的单位是家,请只填 80"),
        ("1.2万", "这里的单位是家,请只填 12000"),
        ("80人", "请换算成家后只填数字"),
        ("八十", "不是数字"),
        ("2025-09", "不是数字"),
        ("2025年9月", "不是数字"),
        (dt.date(2025, 9, 1), "是日期2025-09-01"),
        ("#REF!", "是错误值“#REF!”"),
        ("#未知", "公式错误"),
        ("1e3", "科学计数法"),
        ("nan", "请填实际数字"),
        (-3, "不能为负数"),
        (12.5, "应为整数"),
        ("1" * 40, "小数点前后各不超过28位"),
        (True, "不是数字"),
    ],
)
def test_what_is_no_figure_is_told_by_cell(
    content: bytes, month: ReportingMonth, user: User, typed: Any, told: str
) -> None:
    plan = planned(month, filled(content, {f"{V}4": typed}), user)
    assert outcomes(plan)[4] is Outcome.FAULTY
    assert told in sentences(plan, 4)
    assert sentences(plan, 4).startswith(f"{V}4“数值”:")


def test_percent_formats_are_read_as_they_are_shown(
    content: bytes, month: ReportingMonth, user: User
) -> None:
    book = opened(content)
    cell = book["报送"][f"{V}2"]
    cell.value, cell.number_format = 0.65, numbers.FORMAT_PERCENTAGE
    assert "请换算成家" in sentences(planned(month, saved(book), user), 2)


def test_a_share_is_taken_with_its_sign(world: World, month: ReportingMonth) -> None:
    asked(month, ["市商务局"], 2, of_measure="%")
    other = world.people["other"]
    book = opened(book_for(month, other))
    cell = book["报送"][f"{V}2"]
    cell.value, cell.number_format = 0.65, numbers.FORMAT_PERCENTAGE
    book["报送"][f"{V}3"] = "65.5\uff05"
    assert _values(planned(month, saved(book), other)) == {2: 65, 3: Decimal("65.5")}


def test_columns_may_move_be_renamed_a_little_and_come_with_others(
    content: bytes, month: ReportingMonth, user: User
) -> None:
    sheet = opened(content)["报送"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = rows[0]
    order = [heads.index(name) for name in ("数值", "依据", "编号", "进展与原因", "报送内容")]
    book = openpyxl.Workbook()
    book.active.title = "报送"
    book.active.append(["市科技局九月报表"])
    book.active.append([" 数 值(家)*", "数据依据", "编 号", "进展", "指标名称", "我的备注", None, "问题"])
    for row in rows[1:]:
        book.active.append([*(row[at] for at in order), "自己记的", None, "上次的问题"])
    book.active["A3"] = 42
    plan = planned(month, saved(book), user)
    assert _values(plan) == {3: 42}
    assert not plan.problems
    notes = read_book("报送.xlsx", saved(book)).notes
    assert "没有读的列:“我的备注”。" in notes
    assert "没有“与上期相同”列,这些内容保持原样。" in notes


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        (["填报单位", "指标", "数值"], "没有“编号”列"),
        (["编号", "填报单位", "指标"], "没有一列是可以填的"),
        (["编号", "指标", "数值", "本期数"], "列“数值”出现两次"),
        (["甲", "乙", "丙"], "没有带“编号”等列名的报送工作表"),
    ],
)
def test_a_table_without_what_is_needed_is_refused(heads: list[str], told: str) -> None:
    book = openpyxl.Workbook()
    book.active.title = "报送"
    book.active.append(heads)
    with pytest.raises(FactsFaults, match=re.escape(told)):
        read_book("报送.xlsx", saved(book))


def test_hidden_sheets_are_ignored_and_named_unless_they_are_the_form(
    content: bytes, month: ReportingMonth, user: User
) -> None:
    book = opened(content)
    book["报送"][f"{V}2"] = 7
    book["报送"].sheet_state = "hidden"
    book.create_sheet("草稿").append(["编号", "指标", "数值"])
    book.create_sheet("底数").sheet_state = "veryHidden"
    read = read_book("报送.xlsx", saved(book))
    assert read.notes == (
        "工作表“报送”是隐藏的,因为是报送表,照样读入。",
        "只读工作表“报送”,没有读:“草稿”、隐藏的“底数”。",
    )
    assert _values(planned(month, saved(book), user)) == {2: 7}


def test_a_sheet_of_another_name_is_found_but_not_guessed_among_two(content: bytes) -> None:
    book = opened(content)
    book["报送"].title = "Sheet1"
    assert read_book("a.xlsx", saved(book)).sheet == "Sheet1"
    book.copy_worksheet(book["Sheet1"])
    with pytest.raises(FactsFaults, match=r"有几张带“编号”等列名的报送工作表.*“Sheet1”、“Sheet1 Copy”"):
        read_book("a.xlsx", saved(book))


def test_hidden_rows_are_read_and_counted(content: bytes, month: ReportingMonth, user: User) -> None:
    book = opened(content)
    book["报送"][f"{V}3"] = 5
    book["报送"].row_dimensions[3].hidden = True
    assert "有1行被筛选或隐藏,也一并读入。" in read_book("a.xlsx", saved(book)).notes
    assert _values(planned(month, saved(book), user)) == {3: 5}


def test_of_merged_cells_the_first_counts_and_the_others_are_faults(
    content: bytes, month: ReportingMonth, user: User
) -> None:
    book = opened(content)
    book["报送"][f"{V}3"] = 5
    book["报送"].merge_cells(f"{V}3:{V}5")
    book["报送"].merge_cells("B6:B9")
    plan = planned(month, saved(book), user)
    assert _values(plan) == {3: 5}
    assert [row.number for row in plan.faulty] == [4, 5]
    assert f"在合并单元格{V}3:{V}5里" in sentences(plan, 5)


def test_more_merged_cells_than_anybody_writes_are_refused(content: bytes) -> None:
    book = opened(content)
    text = saved(book)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(text)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part.endswith("sheet1.xml"):
                merge = b'<mergeCells count="1"><mergeCell ref="A20:XFD1048576"/></mergeCells>'
                data = data.replace(b"<dataValidations", merge + b"<dataValidations")
            new.writestr(part, data)
    with pytest.raises(FactsFaults, match="合并了"):
        read_book("a.xlsx", target.getvalue())


def _with_formulas(content: bytes, formulas: dict[str, tuple[str, Any]]) -> bytes:
    """The workbook written anew with formulas and their stored results, as a spreadsheet program leaves them."""
    target = io.BytesIO()
    source = opened(content)["报送"]
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("报送")
        for row in source.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.write(cell.coordinate, cell.value)
        for address, (formula, result) in formulas.items():
            sheet.write_formula(address, formula, None, result)
    return target.getvalue()


def test_formulas_give_their_stored_result_and_are_never_reckoned(
    content: bytes, month: ReportingMonth, user: User
) -> None:
    content = _with_formulas(
        content,
        {
            f"{V}2": ("=20+22", 42),
            f"{V}3": ("=1/0", "#DIV/0!"),
            f"{V}4": ("=1+1", 99),
            f"{N}5": ('="a"&"b"', "ab"),
        },
    )
    plan = planned(month, content, user)
    assert _values(plan) == {2: 42, 4: 99, 5: None}
    told = {row.number: row.doubts for row in plan.changed}
    assert [seen(one) for one in told[2]] == [f"{V}2“数值”是公式,读的是公式结果“42”,没有重新计算。"]
    assert f"{N}5“进展与原因”是公式" in told[5][0]
    assert "是错误值“#DIV/0!”" in sentences(plan, 3)


def test_a_formula_without_a_result_is_a_fault(content: bytes, month: ReportingMonth, user: User) -> None:
    plan = planned(month, filled(content, {f"{V}2": "=20+22", f"{N}3": "=A1"}), user)
    assert [row.number for row in plan.faulty] == [2, 3]
    assert "没有算好的结果" in sentences(plan, 2)


def test_added_rows_lost_rows_and_doubled_rows(content: bytes, month: ReportingMonth, user: User) -> None:
    book = opened(content)
    sheet = book["报送"]
    sheet[f"{V}2"], sheet[f"{V}3"] = 1, 2
    sheet.delete_rows(9)
    sheet.append([None] * 7 + [5])
    sheet.append([None, "填表人:张三"])
    sheet.append([sheet["A3"].value, *[None] * 6, 2])
    sheet.insert_rows(2)
    plan = planned(month, saved(book), user)
    assert _values(plan) == {3: 1}
    assert {row.number for row in plan.refused} == {4, 10, 12}
    assert "自己加的行不能报送" in sentences(plan, 10)
    assert "同一项在第4、12行都有" in sentences(plan, 12)
    assert "第11行没有编号也没有填写内容,没有读。" in read_book("a.xlsx", saved(book)).notes


def test_a_row_whose_parts_were_moved_apart_is_a_fault(
    content: bytes, month: ReportingMonth, user: User
) -> None:
    book = opened(content)
    sheet = book["报送"]
    sheet[f"{V}2"], sheet[f"{V}3"] = 1, 2
    for column in "BCDEFGHIJKLM":
        sheet[f"{column}2"].value, sheet[f"{column}3"].value = (
            sheet[f"{column}3"].value,
            sheet[f"{column}2"].value,
        )
    plan = planned(month, saved(book), user)
    assert [row.number for row in plan.faulty] == [2, 3]
    assert "C2“报送内容”:写的是“企业数”,这一行的编号是“指标000”的" in sentences(plan, 2)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("202509", "202508"), "这是2025年8月那一期的行"),
        (lambda text: text[:-1] + "x", "不是本平台的编号"),
        (lambda text: re.sub(r"^(\d+-\d+-)\d+", r"\g<1>999999", text), "在本期找不到"),
        (lambda _text: "= 1", "不是本平台的编号"),
    ],
)
def test_altered_numbers_are_told(
    content: bytes, month: ReportingMonth, user: User, change: Any, told: str
) -> None:
    book = opened(content)
    book["报送"]["A2"].value = change(book["报送"]["A2"].value)
    book["报送"]["A2"].data_type = "s"
    plan = planned(month, saved(book), user)
    assert outcomes(plan)[2] is Outcome.REFUSED
    assert told in sentences(plan, 2)


def test_same_as_last_time_needs_a_last_figure_and_no_other(
    content: bytes, month: ReportingMonth, user: User
) -> None:
    plan = planned(month, filled(content, {f"{S}2": "是", f"{S}3": "差不多", f"{S}4": "否"}), user)
    assert [row.number for row in plan.faulty] == [2, 3]
    assert "没有上期数" in sentences(plan, 2)
    assert "为“差不多”,应为“是”或空着" in sentences(plan, 3)
    assert outcomes(plan)[4] is Outcome.UNCHANGED


def test_long_texts_are_refused_by_count(content: bytes, month: ReportingMonth, user: User) -> None:
    plan = planned(month, filled(content, {f"{N}2": "长" * 4001, f"{E}3": "长" * 1000}), user)
    assert "有4001字,最多4000字" in sentences(plan, 2)
    assert outcomes(plan)[3] is Outcome.CHANGED


def test_two_faults_of_a_row_are_both_told(content: bytes, month: ReportingMonth, user: User) -> None:
    plan = planned(month, filled(content, {f"{V}2": "约80", f"{S}2": "也许", f"{E}2": "长" * 1001}), user)
    assert [one.column for one in plan.problems] == ["value", "unchanged", "evidence"]


def test_macros_are_not_run_and_said_so(content: bytes, month: ReportingMonth, user: User) -> None:
    target = io.BytesIO(filled(content, {f"{V}2": 7}))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert any("宏:没有运行" in note for note in read_book("报送.xlsm", target.getvalue()).notes)
    assert _values(planned(month, target.getvalue(), user, "报送.xlsm")) == {2: 7}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版Excel(.xls)"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 60 + "EncryptedPackage".encode("utf-16-le"), "加了密码的工作簿"),
        ("编号,数值\n".encode(), "不是工作簿的文件"),
        (b"PK\x03\x04broken", "损坏的工作簿"),
        (b"", "空文件"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_own_name(content: bytes, told: str) -> None:
    with pytest.raises(FactsFaults) as caught:
        read_book("九月报送.xlsx", content)
    assert told in str(caught.value)
    assert "九月报送.xlsx" in str(caught.value)


def test_a_packed_bomb_is_refused(content: bytes) -> None:
    target = io.BytesIO(content)
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/bomb.bin", "w") as part,
    ):
        for _ in range(420):
            part.write(b"\0" * 1_000_000)
    with pytest.raises(FactsFaults, match="展开后超过400MB"):
        read_book("a.xlsx", target.getvalue())


def test_a_form_without_rows_is_refused(content: bytes) -> None:
    book = opened(content)
    book["报送"].delete_rows(2, 20)
    with pytest.raises(FactsFaults, match="没有一行带编号的数据"):
        read_book("a.xlsx", saved(book))
