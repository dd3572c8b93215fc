"""Facts as tables write them, and the doubts about them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from luming.standards import Doubt, TableFaults, check_row, read_facts, read_firms
from standards.conftest import Shelf


@pytest.fixture
def inputs(shelf: Shelf):
    shelf.put("rule: {all: [certified]}\n")
    return shelf.read().inputs


@pytest.mark.parametrize(
    ("key", "written", "fact"),
    [
        ("sales", "1,234.5", Fraction(12_345_000)),
        ("sales", "1234.5万元", Fraction(12_345_000)),
        ("sales", "１２３４．５", Fraction(12_345_000)),
        ("sales", 0.1, Fraction(1000)),
        ("certified", "是", True),
        ("certified", "否", False),
        ("certified", True, True),
        ("founded", "2019年5月1日", __import__("datetime").date(2019, 5, 1)),
        ("founded", "2019/5/1", __import__("datetime").date(2019, 5, 1)),
        ("trade", "工业", "工业"),
    ],
)
def test_facts_are_read_as_people_write_them(inputs, key, written, fact) -> None:
    assert read_facts({key: written}, inputs) == ({key: fact}, [])


@pytest.mark.parametrize("empty", ["", " ", "-", "——", None, "无数据"])
def test_an_empty_cell_is_unknown(inputs, empty) -> None:
    assert read_facts({"sales": empty, "trade": empty, "certified": empty}, inputs) == ({}, [])


@pytest.mark.parametrize(
    ("key", "written", "expected"),
    [
        ("staff", "80.5", "至多0位小数"),
        ("staff", -1, "0人到10000000人"),
        ("sales", "很多", "以万元计的数"),
        ("sales", "1.0000001", "至多6位小数"),
        ("certified", "大概", "是或否"),
        ("trade", "农业", "以下之一"),
        ("founded", "去年", "日期"),
        ("sales", "nan?", "以万元计的数"),
    ],
)
def test_what_cannot_be_read_is_a_fault_and_unknown(inputs, key, written, expected) -> None:
    facts, (fault,) = read_facts({key: written}, inputs)
    assert not facts
    assert expected.replace("0人到10000000人", "0到10000000") in fault.sentence()


def test_a_table_is_read_by_key_or_label(inputs, tmp_path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text(
        "企业名称,职工总数(人),sales,备注\n甲公司,80,100,好\n,,,\n乙公司,很多,200,\n", encoding="utf-8"
    )
    table = read_firms(file, inputs)
    assert [row.name for row in table.rows] == ["甲公司", "乙公司"]
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[0].facts == {"staff": 80, "sales": 1_000_000}
    assert table.rows[0].other == {"name": "甲公司", "备注": "好"}
    (fault,) = table.faults
    assert "第4行" in fault.sentence()
    assert "staff" not in table.rows[1].facts


@pytest.mark.parametrize(
    ("text", "said"), [("甲,乙\n1,2\n", "没有认识的列名"), ("staff,职工总数\n1,2\n", "有两列"), ("", "空")]
)
def test_a_table_of_other_things_is_refused(inputs, tmp_path, text, said) -> None:
    from luming.errors import FaultyInput

    file = tmp_path / "firms.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyInput, match=said):
        read_firms(file, inputs)


def test_one_firm_is_read_from_yaml(inputs, tmp_path) -> None:
    file = tmp_path / "firm.yaml"
    file.write_text("name: 甲公司\n职工总数: 80\ncertified: 是\n", encoding="utf-8")
    (row,) = read_firms(file, inputs).rows
    assert (row.name, row.facts) == ("甲公司", {"staff": 80, "certified": True})


def test_another_kind_of_file_is_refused(inputs, tmp_path) -> None:
    file = tmp_path / "firms.docx"
    file.write_bytes(b"PK")
    with pytest.raises(TableFaults, match="docx"):
        read_firms(file, inputs)


def doubts(inputs, **row) -> list[tuple[str, str]]:
    facts, faults = read_facts(row, inputs)
    assert not faults
    return [
        (finding.doubt.value, finding.key)
        for finding in check_row(facts, inputs, credit_code=row.get("code"))
    ]


def test_a_part_above_the_whole_cannot_be(inputs) -> None:
    assert doubts(inputs, tech=81, staff=80) == [("impossible", "tech")]
    assert doubts(inputs, tech=80, staff=80) == []


@pytest.mark.parametrize(
    ("sales", "found"),
    [(1000, []), (9000, [("unit_slip", "sales")]), (10000, [("unit_slip", "sales")]), (13000, [("unit_slip", "sales")]),
     (100, [("unit_slip", "sales")]), (1_000_000, [("unit_slip", "sales")]), (50_000, [])],
)  # fmt: skip
def test_a_jump_by_ten_or_a_thousand_looks_like_another_unit(inputs, sales, found) -> None:
    assert doubts(inputs, sales=sales, sales_y2=1000, sales_y3=900) == found


def test_a_firm_that_grew_in_all_is_not_suspected(inputs) -> None:
    assert doubts(inputs, sales=10000, sales_y2=1000, sales_y3=100) == []


def test_a_credit_code_is_checked(inputs) -> None:
    assert doubts(inputs, code="91150000701463622D") == []
    assert doubts(inputs, code="91150000701463622E") == [("credit_code", "credit_code")]
    assert Doubt.CREDIT_CODE == "credit_code"
