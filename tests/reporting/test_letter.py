"""Numbers of letters and the day to answer by."""

from __future__ import annotations

import datetime as dt

import pytest

from luming.reporting import MarkFault, answer_day, default_mark, letter_number, read_mark


def test_a_number_is_written_as_offices_write_it() -> None:
    assert letter_number(default_mark("包头市"), 2025, 1) == "包创办催〔2025〕1号"
    assert letter_number("包创办催", 2026, 112) == "包创办催〔2026〕112号"
    with pytest.raises(ValueError, match="begin at 1"):
        letter_number("包创办催", 2025, 0)


def test_a_mark_is_read_without_spaces() -> None:
    assert read_mark(" 包创 办催\u3000") == "包创办催"


@pytest.mark.parametrize("written", ["", "包创办催〔2025〕1号", "ABC", "包" * 13, "包创办催1", "包创(办)"])
def test_what_is_no_mark_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(MarkFault, match="包创办催"):
        read_mark(written)


@pytest.mark.parametrize(
    ("issued", "by"),
    [
        (dt.date(2025, 11, 3), dt.date(2025, 11, 10)),  # Monday
        (dt.date(2025, 11, 8), dt.date(2025, 11, 14)),  # Saturday
        (
            dt.date(2025, 9, 30),
            dt.date(2025, 10, 14),
        ),  # the holidays of October, and a Saturday that is worked
        (dt.date(2031, 1, 6), dt.date(2031, 1, 13)),  # no calendar: a week
    ],
)
def test_five_working_days_to_answer(issued: dt.date, by: dt.date) -> None:
    assert answer_day(issued) == by
