"""A figure as people type it into a form or a cell of the month's workbook: exact, or refused with what to write."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.facts import typed_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80", "80"),
        (" 80 ", "80"),
        ("\uff18\uff10", "80"),
        ("1,234.5", "1234.5"),
        ("\uff11\uff0c\uff12\uff13\uff14", "1234"),
        ("-0.30", "-0.30"),
        ("\uff0d5", "-5"),
    ],
)
def test_numbers_are_taken_exactly(text: str, value: str) -> None:
    assert typed_number(text, unit="家") == (Decimal(value), "")


@pytest.mark.parametrize(
    ("text", "unit", "remark", "told"),
    [
        ("约80", "家", "进展与原因", "“约80”含有约数字样;请只填数字,原话写在“进展与原因”里。"),
        ("80左右", "家", "", "“80左右”含有约数字样;请只填数字。"),
        ("80家", "家", "", "“80家”里写有单位;这里的单位是家,请只填 80。"),
        ("80家", "", "", "“80家”里写有单位;请只填 80。"),
        ("1.2万", "人", "", "“1.2万”里写有单位;这里的单位是人,请只填 12000。"),
        ("3万元", "亿元", "", "“3万元”里写有单位;这里的单位是亿元,请只填 0.0003。"),
        ("80人", "家", "", "“80人”里写有单位;这里按家填,请换算成家后只填数字。"),
        ("65%", "%", "", "“65%”里写有单位;这里的单位是%,请只填 65。"),
        ("nan", "家", "", "“nan”;请填实际数字,没有数就空着。"),
        ("八十", "家", "", "“八十”不是数字;请只填数字,如 1234.5。"),
        ("12,34", "家", "", "“12,34”不是数字;请只填数字,如 1234.5。"),
        ("#REF!", "家", "", "公式错误“#REF!”;请先在表格中改好公式。"),
    ],
)
def test_what_is_none_is_told_with_what_to_write(text: str, unit: str, remark: str, told: str) -> None:
    assert typed_number(text, unit=unit, remark=remark) == (None, told)


def test_no_sentence_names_a_column_of_the_table_of_facts() -> None:
    for text in ("约80", "80家", "1.2万", "80人", "65%", "1e3", "nan", "八十"):
        told = typed_number(text, unit="家", remark="进展与原因")[1]
        assert not any(name in told for name in ("“状态”", "“备注”", "“单位”", "“数值”")), told


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_every_plain_number_is_itself(value: Decimal) -> None:
    assert typed_number(format(value, "f")) == (value, "")


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_sentence(text: str) -> None:
    value, told = typed_number(text, unit="人", remark="进展与原因")
    assert (value is None) == bool(told)
