"""Identity numbers: the published example, the 15 digits of before, and every single wrong character."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.id_number import IdNumberError, id_check_character, parse_id_number

PUBLISHED = "11010519491231002X"
"""The example of GB 11643-1999."""


def test_the_example_of_the_standard() -> None:
    assert parse_id_number(PUBLISHED).text == PUBLISHED
    assert id_check_character(PUBLISHED[:17]) == "X"


@pytest.mark.parametrize(
    "written", ["11010519491231002x", " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_other_ways_of_writing_it(written: str) -> None:
    assert parse_id_number(written).text == PUBLISHED


def test_fifteen_digits_are_the_same_person() -> None:
    assert parse_id_number("110105491231002").text == PUBLISHED


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("110105194912310021", "校验位"),
        ("11010519491331002X", "出生日期"),
        ("1101051949123100", "18位"),
        ("11010519491231002Y", "不用的字符"),
        ("", "18位"),
    ],
)
def test_what_is_wrong_is_said_without_the_number(written: str, said: str) -> None:
    with pytest.raises(IdNumberError, match=said) as refused:
        parse_id_number(written)
    assert not written or written not in str(refused.value)


def test_printing_shows_the_end_only() -> None:
    assert "19491231" not in repr(parse_id_number(PUBLISHED)) + str(parse_id_number(PUBLISHED))


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_one_wrong_digit_never_passes(born: dt.date, serial: int, place: int, by: int) -> None:
    head = f"150299{born:%Y%m%d}{serial:03d}"
    number = head + id_check_character(head)
    assert parse_id_number(number).text == number
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(IdNumberError):
        parse_id_number(wrong)
