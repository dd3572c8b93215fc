"""Published vectors on dates, units and credit codes.

The credit codes are those that two government bodies print in the heads of their pages, and the algorithm is that of
GB 32100-2015; the publicity period and the unit cases are worked by hand from the notices and the document.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from luming.creditcode import CreditCodeError, parse_credit_code
from luming.unit import convert
from luming.workdays import calendar_days, state_calendar


def test_a_publicity_from_7_to_13_may_2025_is_five_working_days_and_seven_days():
    first, last = dt.date(2025, 5, 7), dt.date(2025, 5, 13)
    assert state_calendar().count(first, last) == 5
    assert calendar_days(first, last) == 7


@pytest.mark.parametrize("code", ["11150200011536003J", "111500000115122718"])
def test_printed_credit_codes_are_valid(code):
    assert str(parse_credit_code(code)) == code


def test_the_same_code_with_last_letter_k_is_not():
    with pytest.raises(CreditCodeError):
        parse_credit_code("11150200011536003K")


@pytest.mark.parametrize(
    ("written", "unit", "in_unit", "value"),
    [
        ("1.3", "万人", "人", "13000"),
        ("3000", "万元", "亿元", "0.3"),
        ("100", "亿元", "元", "10000000000"),
        ("20", "万吨/年", "吨/年", "200000"),
    ],
)
def test_quantities_of_the_document_in_other_units(written, unit, in_unit, value):
    assert convert(Decimal(written), unit, in_unit) == Decimal(value)


@pytest.mark.parametrize("code", ["91110000600037341L", "91150000701463622D", "91150203MA0N00000G"])
def test_codes_of_the_standards_reference_are_valid_and_no_neighbour_is(code):
    """CC-1: change any single character and the code is invalid."""
    assert str(parse_credit_code(code)) == code
    for place, sign in enumerate(code):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if other != sign:
                with pytest.raises(CreditCodeError):
                    parse_credit_code(code[:place] + other + code[place + 1 :])
