"""A workbook as bad as they come: nothing hidden or broken is read silently, and next month's finds its reading."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luming.errors import FactsFaults
from luming.facts.workbook import (
    Confidence,
    Kind,
    Provenance,
    Role,
    SheetChoice,
    apply,
    carry,
    fingerprint_of,
    grid_of,
    likeness,
    mapping_of,
    mapping_text,
    most_alike,
    propose,
    read_office_file,
)

from .ugly_workbook import dates_as_text, ugly

FROM = Provenance("baotou_2025_1", dt.date(2025, 8, 5))


@pytest.fixture
def read(tmp_path):
    def build(content, name="月报.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return read_office_file(path)

    return build


def taken(mapping, file, dictionary):
    """The figures as text, by indicator and period."""
    reading = apply(mapping.model_copy(update={"confirmed": True}), file.sheets, dictionary, FROM)
    return {(fact.indicator, str(fact.period)): f"{fact.value}{fact.unit}" for fact in reading.facts}, reading


def with_name(mapping, text, means):
    """The mapping with one row read otherwise."""
    (sheet,) = mapping.sheets
    names = tuple(
        name.model_copy(update={"means": means, "confidence": Confidence.EXACT})
        if name.text == text
        else name
        for name in sheet.names
    )
    return mapping.model_copy(update={"sheets": (sheet.model_copy(update={"names": names}),)})


def test_full_width_figures_stored_results_and_hedges_are_read(read, baotou):
    file = read(ugly())
    figures, reading = taken(propose(file.sheets, baotou, "包头市"), file, baotou)
    assert figures["flexible_teams", "2025-05"] == "12个"
    assert figures["flexible_teams", "2025-06"] == "15个"
    assert figures["new_professionals", "2025-06"] == "0.5万人"
    assert len(reading.accounts) == sum(len(grid_of(sheet).cells) for sheet in file.sheets)


def test_a_formula_without_a_result_and_a_broken_one_are_told_and_not_lost(read, baotou):
    file = read(ugly())
    _, reading = taken(propose(file.sheets, baotou, "包头市"), file, baotou)
    told = {item.address: (item.text, item.reason) for item in reading.amiss()}
    assert set(told) == {"D10", "E10"}
    assert told["D10"][0] == "=D5*10"
    assert told["D10"][1].startswith("公式没有存下结果")
    assert told["E10"] == ("#DIV/0!", "公式出错,请在表格软件里打开、改好、保存后再来")


def test_hidden_rows_columns_and_sheets_are_left_unless_chosen(read, baotou):
    file = read(ugly())
    mapping = propose(file.sheets, baotou, "包头市")
    figures, reading = taken(mapping, file, baotou)
    assert not any(indicator == "tech_checkup_firms" for indicator, _ in figures)
    reasons = {item.reason for item in reading.left()}
    assert {"隐藏的行,没有取", "隐藏的工作表,没有读"} <= reasons
    assert {column.column for column in mapping.sheets[0].columns if column.reason == "隐藏的列"} == {"G"}
    assert mapping.left_out == ("封面:没有找到表格", "底稿:隐藏的工作表")

    chosen = propose(file.sheets, baotou, "包头市", hidden=["底稿"])
    assert chosen.fingerprint == mapping.fingerprint == fingerprint_of(file.sheets)
    sheets = tuple(sheet.model_copy(update={"hidden_rows": True}) for sheet in chosen.sheets)
    figures, _ = taken(chosen.model_copy(update={"sheets": sheets}), file, baotou)
    assert figures["tech_checkup_firms", "2025-06"] == "120家"
    assert figures["tech_checkup_firms", "2025-03"] == "77家"


def test_macros_are_seen_and_nothing_else_changes(read, baotou):
    plain, armed = read(ugly()), read(ugly(macros=True), "月报.xlsm")
    assert (plain.has_macros, armed.has_macros) == (False, True)
    mapping = propose(plain.sheets, baotou, "包头市")
    assert taken(mapping, plain, baotou)[0] == taken(mapping, armed, baotou)[0]


def test_days_written_as_text_in_five_ways(read, baotou):
    file = read(dates_as_text())
    figures, _ = taken(propose(file.sheets, baotou, "包头市"), file, baotou)
    assert figures == {
        ("tech_checkup_firms", "2025-03-31"): "11家",
        ("tech_checkup_firms", "2025-04-30"): "22家",
        ("tech_checkup_firms", "2025-05"): "33家",
        ("tech_checkup_firms", "2025-06-30"): "44家",
        ("tech_checkup_firms", "2025-07"): "55家",
    }


def test_next_month_with_moved_columns_is_read_like_this_month(read, baotou):
    june, july = read(ugly(uncounted=False), "6.xlsx"), read(ugly(later=True), "7.xlsx")
    remembered = with_name(propose(june.sheets, baotou, "包头市"), "需求清单", "tech_needs_listed")
    proposed = propose(july.sheets, baotou, "包头市")
    assert remembered.fingerprint != proposed.fingerprint
    assert most_alike([remembered], proposed) == 0
    carried = carry(remembered, july.sheets, baotou, "包头市")
    told = "\n".join(carried.differences)
    assert "进展!E列“完成情况·6月”原来在D列,已按列名找到" in told
    assert "进展!G列“完成质量”是新的列,读作备注" in told
    assert "进展:“新增高技能人才”是新的行,请核对" in told
    (sheet,) = carried.mapping.sheets
    assert sheet.label_column == "C"
    assert next(name.means for name in sheet.names if name.text == "需求清单") == "tech_needs_listed"
    unsure = [name.text for name in sheet.names if name.confidence is Confidence.NEAR]
    assert unsure == ["域外科创飞地", "新增高技能人才"]
    figures, _ = taken(carried.mapping, july, baotou)
    assert figures["flexible_teams", "2025-07"] == "19个"
    assert figures["new_professionals", "2025-07"] == "0.7万人"


def test_a_workbook_of_the_same_shape_carries_everything_and_tells_nothing(read, baotou):
    file = read(ugly(uncounted=False))
    remembered = propose(file.sheets, baotou, "包头市")
    carried = carry(remembered, file.sheets, baotou, "包头市")
    assert carried.differences == ()
    assert taken(carried.mapping, file, baotou)[0] == taken(remembered, file, baotou)[0]


def test_a_column_that_was_hidden_and_is_seen_now_is_judged_afresh(read, baotou):
    june, july = read(ugly(uncounted=False), "6.xlsx"), read(ugly(later=True), "7.xlsx")
    remembered = propose(june.sheets, baotou, "包头市")
    assert next(one.role for one in remembered.sheets[0].columns if one.head == "备注") is Role.IGNORED
    carried = carry(remembered, july.sheets, baotou, "包头市").mapping
    assert next(one.role for one in carried.sheets[0].columns if one.head == "备注") is Role.NOTE


def test_another_kind_of_workbook_is_not_read_by_it(read, baotou):
    one = propose(read(ugly(), "a.xlsx").sheets, baotou, "包头市")
    other = propose(read(dates_as_text(), "b.xlsx").sheets, baotou, "包头市")
    assert most_alike([one], other) is None
    assert most_alike([one, other], other) == 1
    assert likeness(one, one) == 1


def test_another_unit_above_the_table_is_never_read_with_the_remembered_one(read, baotou):
    june, july = read(ugly(unit="万元"), "6.xlsx"), read(ugly(unit="亿元"), "7.xlsx")
    remembered = propose(june.sheets, baotou, "包头市").model_copy(update={"confirmed": True})
    with pytest.raises(FactsFaults, match="表上方的单位是“亿元”"):
        apply(remembered, july.sheets, baotou, FROM)
    carried = carry(remembered, july.sheets, baotou, "包头市")
    assert any("原来是“万元”,现在是“亿元”" in told for told in carried.differences)
    assert carried.mapping.sheets[0].unit == "亿元"
    assert carried.mapping.sheets[0].confidence is Confidence.NEAR


def test_a_period_that_was_written_into_a_mapping_is_not_carried_on(read, baotou):
    file = read(ugly(uncounted=False))
    remembered = propose(file.sheets, baotou, "包头市")
    (sheet,) = remembered.sheets
    fixed = tuple(
        column.model_copy(update={"period": "2025-05"}) if column.column == "D" else column
        for column in sheet.columns
    )
    remembered = remembered.model_copy(update={"sheets": (sheet.model_copy(update={"columns": fixed}),)})
    carried = carry(remembered, file.sheets, baotou, "包头市")
    column = next(one for one in carried.mapping.sheets[0].columns if one.column == "D")
    assert (column.period, column.confidence) == ("", Confidence.NEAR)
    assert any("2025-05" in told for told in carried.differences)


def test_a_person_may_say_where_the_heading_is_and_what_names_the_rows(read, baotou):
    file = read(ugly())
    choice = {"进展": SheetChoice(head_shift=(1, 0), label_column="C", rows_are="subject")}
    (sheet,) = propose(file.sheets, baotou, "包头市", choices=choice).sheets
    assert (sheet.head_rows, sheet.label_column, sheet.rows_are) == ((4, 4), "C", "subject")
    assert next(one.role for one in sheet.columns if one.column == "C") is Role.LABEL
    with pytest.raises(FactsFaults, match="表头"):
        propose(file.sheets, baotou, "包头市", choices={"进展": SheetChoice(head_shift=(0, 90))})


def test_a_sheet_may_be_left_out_whole(read, baotou):
    file = read(ugly())
    mapping = propose(file.sheets, baotou, "包头市")
    sheets = tuple(sheet.model_copy(update={"taken": False}) for sheet in mapping.sheets)
    figures, reading = taken(mapping.model_copy(update={"sheets": sheets}), file, baotou)
    assert figures == {}
    assert reading.amiss() == ()
    assert {item.kind for item in reading.accounts} == {Kind.LEFT}


def test_a_table_in_a_text_file_is_read_too(read, baotou):
    file = read("2025年月报,,\n指标,6月,单位\n科技体检入企数,１２０,家\n".encode("gb18030"), "月报.csv")
    assert taken(propose(file.sheets, baotou, "包头市"), file, baotou)[0] == {
        ("tech_checkup_firms", "2025-06"): "120家"
    }


def test_a_sheet_that_would_grow_without_end_is_refused(read):
    target = io.BytesIO()
    grown = b"".join(b'<!ENTITY %c "%s">' % (98 + one, b"&%c;" % (97 + one) * 20) for one in range(8))
    head = b'<!DOCTYPE x [<!ENTITY a "' + b"k" * 1000 + b'">' + grown + b"]>"
    cell = b'<sheetData><row r="1"><c r="A1" t="str"><f>&i;</f><v>1</v></c></row>'
    with zipfile.ZipFile(io.BytesIO(ugly())) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet2.xml":
                data = data.replace(b"?>", b"?>" + head, 1).replace(b"<sheetData>", cell, 1)
            new.writestr(part, data)
    with pytest.raises(FactsFaults, match="损坏的工作簿"):
        read(target.getvalue())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: &x [1]\nb: *x\n", "不能识别的YAML"),
        (b"\xff\xfe", "不能识别的YAML"),
        (b"[" * 5000, "不能识别的YAML"),
        (b"x" * 2_000_001, "不超过2000KB"),
        (b"fingerprint: a\nsheets: []\nrun: rm\n", "没有这个键"),
    ],
)
def test_a_spoilt_mapping_file_is_refused_in_a_sentence(content, words):
    with pytest.raises(FactsFaults, match=words):
        mapping_of(content, "读法.yaml")


@settings(max_examples=40, deadline=None)
@given(
    unit=st.sampled_from(["", "万元", "家"]),
    subject=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    shift=st.tuples(st.integers(-2, 2), st.integers(-2, 2)),
    hidden=st.booleans(),
)
def test_a_mapping_comes_back_from_its_file_as_it_was(tmp_path_factory, baotou, unit, subject, shift, hidden):
    path = tmp_path_factory.mktemp("m") / "月报.xlsx"
    path.write_bytes(ugly(unit=unit))
    mapping = propose(read_office_file(path).sheets, baotou, "包头市", hidden=["底稿"] if hidden else [])
    first, *rest = mapping.sheets
    first = first.model_copy(update={"subject": subject, "head_shift": shift, "hidden_rows": hidden})
    mapping = mapping.model_copy(update={"sheets": (first, *rest)})
    assert mapping_of(mapping_text(mapping).encode(), "m.yaml") == mapping
