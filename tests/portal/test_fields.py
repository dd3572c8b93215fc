"""Exact decimals come back as they went in, and what is no figure is refused in a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from luming_portal.fields import LONGEST, ExactDecimalField

FIELD = ExactDecimalField()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_a_decimal_comes_back_exactly(number: Decimal) -> None:
    stored = FIELD.get_prep_value(number)
    assert stored is not None
    assert len(stored) <= LONGEST
    assert FIELD.from_db_value(stored, None, None) == number


@pytest.mark.parametrize(
    "text", ["1e999999999", "1e-999999999", "9" * 29, "NaN", "Infinity", "三十", "0x10", "1_0_0.5.5"]
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        FIELD.to_python(text)


def test_a_binary_float_is_refused() -> None:
    with pytest.raises(ValidationError, match="二进制"):
        FIELD.to_python(0.1)


@pytest.mark.parametrize(
    ("text", "expected"), [("1,300", "1300"), (" 0.10 ", "0.10"), ("", None), (None, None)]
)
def test_what_people_type_is_read(text: str | None, expected: str | None) -> None:
    assert FIELD.get_prep_value(text) == expected
