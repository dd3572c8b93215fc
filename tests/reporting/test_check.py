"""What stops a figure and what only wants a word, just below, at and above every limit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from luming.facts import Fact, Frequency, Indicator, IndicatorKind, Status
from luming.period import parse_period
from luming.reporting import concerns


def _indicator(kind: IndicatorKind, unit: str = "亿元") -> Indicator:
    return Indicator(
        id="x", label="产值", definition="口径", unit=unit, kind=kind, frequency=Frequency.MONTH, lag_days=5
    )


def _fact(value: str, period: str = "2025-01/2025-08", unit: str = "亿元") -> Fact:
    return Fact(
        "f",
        "包头市",
        "x",
        parse_period(period),
        Decimal(value),
        unit,
        Status.ACTUAL,
        "s",
        dt.date(2025, 9, 5),
    )


def _codes(kind: IndicatorKind, value: str | None, unit: str = "亿元", **more: object) -> list[str]:
    own = "%" if kind in (IndicatorKind.RATIO, IndicatorKind.GROWTH) else "亿元"
    found = concerns(
        _indicator(kind, own),
        None if value is None else Decimal(value),
        unit,
        **more,  # type: ignore[arg-type]
    )
    return [one.code for one in found]


def test_nothing_entered_is_missing_and_never_zero() -> None:
    assert _codes(IndicatorKind.FLOW, None) == ["missing"]
    assert _codes(IndicatorKind.FLOW, "0") == []


def test_a_total_of_the_year_does_not_shrink() -> None:
    before = {"before": _fact("80"), "same_year": True}
    assert _codes(IndicatorKind.FLOW, "79.99", **before) == ["shrinks"]
    assert _codes(IndicatorKind.FLOW, "80", **before) == []
    assert _codes(IndicatorKind.STOCK, "79.99", **before) == []
    assert _codes(IndicatorKind.FLOW, "79.99", before=_fact("80"), same_year=False) == []
    assert _codes(IndicatorKind.FLOW, "799999", "万元", **before) == ["shrinks"]


def test_a_figure_of_another_kind_is_compared_with_nothing() -> None:
    other = _fact("80", unit="家")
    assert _codes(IndicatorKind.FLOW, "8", before=other, year_before=other, same_year=True) == []


@pytest.mark.parametrize(
    ("value", "codes"), [("639", []), ("640", ["ten_times"]), ("1040", ["ten_times"]), ("1041", [])]
)
def test_ten_times_the_last_figure_asks_for_the_unit(value: str, codes: list[str]) -> None:
    assert _codes(IndicatorKind.STOCK, value, before=_fact("80")) == codes


def test_ten_times_less_asks_too_and_a_word_answers() -> None:
    assert _codes(IndicatorKind.STOCK, "8", before=_fact("80")) == ["ten_times"]
    assert _codes(IndicatorKind.STOCK, "8", before=_fact("80"), explained=True) == []


@pytest.mark.parametrize(
    ("value", "codes"), [("50", []), ("49.9", ["swing"]), ("150", []), ("150.1", ["swing"])]
)
def test_half_more_or_less_than_the_year_before_wants_a_word(value: str, codes: list[str]) -> None:
    assert _codes(IndicatorKind.FLOW, value, year_before=_fact("100", "2024-01/2024-09")) == codes


def test_units_that_do_not_convert_stop_whatever_is_explained() -> None:
    assert _codes(IndicatorKind.FLOW, "3", "家", explained=True) == ["unit"]
    assert _codes(IndicatorKind.RATIO, "101", "%") == ["above_whole"]
    assert _codes(IndicatorKind.RATIO, "100", "%") == []


def test_people_and_things_are_counted_whole() -> None:
    for value, unit, wanted in (
        ("12.5", "家", ["not_whole"]),
        ("12", "家", []),
        ("1.25", "万人", []),
        ("0.00001", "万人", ["not_whole"]),
    ):
        item = _indicator(IndicatorKind.STOCK, unit)
        assert [one.code for one in concerns(item, Decimal(value), unit)] == wanted, (value, unit)


def test_signs_and_yes_or_no() -> None:
    assert _codes(IndicatorKind.FLOW, "-1") == ["negative"]
    assert _codes(IndicatorKind.GROWTH, "-3.2", "%") == []
    assert _codes(IndicatorKind.YES_NO, "2") == ["yes_no"]
    assert _codes(IndicatorKind.YES_NO, "1") == []


def test_every_sentence_names_the_indicator_and_what_to_do() -> None:
    for one in concerns(
        _indicator(IndicatorKind.FLOW), Decimal("-3"), "家", before=_fact("80"), same_year=True
    ):
        assert "“产值”" in one.sentence
        assert one.stops
