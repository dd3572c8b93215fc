"""Forms: what is filled in is checked whole, and each fault names its field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.small import SMALL, process
from luming.cases import form_faults

FORM = process().forms["application"]
GOOD = {"title": "一件事项", "level": "一般"}


def test_what_is_right_has_no_fault():
    assert form_faults(FORM, {**GOOD, "award": "499.99", "units": ["甲局", "乙局"]}) == ()


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({}, "title", "“标题”:发现没有填写"),
        ({"title": ""}, "title", "没有填写"),
        ({"title": "一"}, "title", "不少于2个字"),
        ({"title": "一" * 21}, "title", "不超过20个字"),
        ({"title": 5}, "title", "文字"),
        ({"level": "特急"}, "level", "以下之一:一般、复杂"),
        ({"award": "三万"}, "award", "数字,如 100 或 1.3"),
        ({"award": "1e3"}, "award", "数字"),
        ({"award": "1,000"}, "award", "数字"),
        ({"award": "-1"}, "award", "不小于0万元"),
        ({"award": "500.01"}, "award", "不大于500万元"),
        ({"award": "1.005"}, "award", "至多2位小数"),
        ({"award": 3}, "award", "文字"),
        ({"units": ["甲局", "甲局"]}, "units", "各项互不相同"),
        ({"units": ["甲局", 3]}, "units", "“会签单位”第2项"),
        ({"extra": "x"}, "", "多出的内容“extra”"),
        ({"title": "一件\x00事项"}, "title", "有不能保存的字符"),
        ({"title": "一件\ud800事项"}, "title", "有不能保存的字符"),
        ({"staff": 1.0}, "staff", "整数"),
        ({"staff": True}, "staff", "整数"),
        ({"staff": 0}, "staff", "不小于1"),
        ({"note": "长" * 10_001}, "note", "不超过10000个字"),
    ],
)
def test_what_is_wrong_names_its_field(data, field, said):
    whole = {**GOOD, **data} if data else {"level": "一般"}
    found = form_faults(FORM, whole)
    assert [fault.field for fault in found] == [field]
    assert said in found[0].sentence()


@pytest.mark.parametrize(
    ("format_", "good", "bad"),
    [
        ("date", "2024-02-29", "2025-02-29"),
        ("month", "2025-12", "2025-13"),
        ("year", "2025", "25"),
        ("date-time", "2025-12-31T17:30:00+08:00", "2025-12-31T17:30:00"),
        ("credit_code", "11150200011536003J", "11150200011536003K"),
        ("phone", "0472-5618888", "电话"),
        ("email", "a@b.cn", "a@b"),
        ("uri", "https://www.baotou.gov.cn/", "javascript:alert(1)"),
        ("department", "市科技局", "  "),
    ],
)
def test_formats(format_, good, bad):
    text = f"type: string, title: 标题, format: {format_}"
    form = process(SMALL.replace("type: string, title: 标题, minLength: 2, maxLength: 20", text)).forms[
        "application"
    ]
    assert form_faults(form, {**GOOD, "title": good}) == ()
    assert [fault.field for fault in form_faults(form, {**GOOD, "title": bad})] == ["title"]


@given(
    st.dictionaries(
        st.sampled_from(["title", "level", "award", "units", "other"]),
        st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=3),
    )
)
def test_no_input_breaks_the_check(data):
    for fault in form_faults(FORM, data):
        assert fault.sentence()
