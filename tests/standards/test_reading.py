"""Files of standards: every fault with its line, all at once, and nothing half read."""

from __future__ import annotations

import datetime as dt

import pytest

from luming.standards import StandardFaults
from luming.standards.expression import ExpressionError, parse
from standards.conftest import Shelf


def faults(shelf: Shelf, text: str) -> list[str]:
    shelf.put(text)
    with pytest.raises(StandardFaults) as caught:
        shelf.read()
    return [fault.sentence() for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rule: {all: ["staff <= 500万元"]}', "两边不是同类"),
        ('rule: {all: ["stuff <= 500人"]}', "没有“stuff”这项事实或指标"),
        ('rule: {all: ["staff"]}', "不是“是/否”"),
        ('rule: {all: ["staff <= 500头牛"]}', "不认识的计量单位"),
        ('rule: {all: ["staff < "]}', "末尾"),
        ('rule: {all: ["trade == 农业"]}', "没有“农业”这个选项"),
        ('rule: {all: ["rd + staff >= 5"]}', "不能相加"),
        ('rule: {all: ["rd * 2"]}', "这里要的是条件"),
        ('rule: {all: ["cagr(sales_y3, sales, 2) + 1 >= 5%"]}', "不能再参加计算"),
        ('rule: {all: ["exec(1) >= 1"]}', "没有“exec”这个函数"),
        ('rule: {al: ["certified"]}', "零种条件"),
        ("rule: {all: []}", "没有条件"),
        ("rule: {at_least: {count: 3, of: [certified, listed]}}", "2项中至少3项"),
        ("rule: {all: [{test: certified, lable: 错字}]}", "是否想写“label”"),
        ("note: 空", "没有条件、分类、评分或金额"),
        (
            "scores: {total: {parts: {a: {bands: {of: staff, list: [{from: 1人, points: 1}, {from: 2人, points: 2}]}}}}}",
            "重叠",
        ),
        (
            "scores: {total: {parts: {a: {bands: {of: staff, list: [{from: 1件, points: 1}]}}}}}",
            "与所比较的同类",
        ),
        ("scores: {total: {parts: {a: {judged: opinion}}}}", "没有写“max”"),
        ("scores: {total: {parts: {a: {judged: staff, max: 3}}}}", "单位为分"),
        ("scores: {total: {parts: {a: {ratio: {of: rd, full: 0万元, points: 3}}}}}", "大于0"),
        ("scores: {total: {parts: {a: {formula: rd}}}}", "没有单位的数"),
        (
            "choices: {stage: {options: [{is: 初创, when: certified}]}}\nrule: {all: [certified]}",
            "没有“其余”一项",
        ),
        ("amounts: {money: {formula: rd / sales}}", "以万元计的数"),
        ("values: {rd: {formula: sales}}\nrule: {all: [certified]}", "已用过"),
        ("mark: sure\nrule: {all: [certified]}", "mark"),
    ],
)
def test_what_is_wrong_is_said(shelf: Shelf, text: str, said: str) -> None:
    assert any(said in sentence for sentence in faults(shelf, text))


def test_all_faults_of_all_files_come_at_once(shelf: Shelf) -> None:
    shelf.put('rule: {all: ["stuff <= 1人"]}\n', version="1", force="{from: 2020-01-01, to: 2020-12-31}")
    shelf.put('rule: {all: ["trade == 农业"]}\n', version="2", force="{from: 2021-01-01}")
    with pytest.raises(StandardFaults) as caught:
        shelf.read()
    assert len(caught.value.faults) == 2
    assert "没有载入任何标准" in str(caught.value)


def test_two_versions_in_force_on_one_day_are_a_fault(shelf: Shelf) -> None:
    shelf.put("rule: {all: [certified]}\n", version="1", force="{from: 2020-01-01, to: 2021-01-01}")
    shelf.put("rule: {all: [certified]}\n", version="2", force="{from: 2021-01-01}")
    with pytest.raises(StandardFaults, match="同时适用"):
        shelf.read()


def test_the_version_of_a_day_is_found(shelf: Shelf) -> None:
    shelf.put("rule: {all: [certified]}\n", version="1", force="{from: 2020-01-01, to: 2020-12-31}")
    shelf.put("rule: {all: [certified]}\n", version="2", force="{from: 2021-01-01}")
    read = shelf.read()
    found = [read.in_force("trial", dt.date(year, 12, 31)) for year in (2019, 2020, 2021)]
    assert [item and item.version for item in found] == [None, "1", "2"]


def test_a_changed_file_or_fact_changes_the_hash(shelf: Shelf) -> None:
    one = shelf.one("rule: {all: [certified]}\n").sha256
    assert one == shelf.one("rule: {all: [certified]}\n").sha256
    assert one != shelf.one("rule: {any: [certified]}\n").sha256


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.b >= 1",
        "a[0] >= 1",
        "lambda: 1",
        "a >= 1 and b",
        "a if b else c",
        "'a' >= 1",
        "",
    ],
)
def test_nothing_but_expressions_can_be_read(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_length_is_refused_in_a_sentence() -> None:
    with pytest.raises(ExpressionError, match="分成几步"):
        parse("a" + " + a" * 5000 + " >= 1")
