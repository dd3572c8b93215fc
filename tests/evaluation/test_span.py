"""The stretch that is evaluated, as people write it."""

from __future__ import annotations

import datetime as dt

import pytest

from evaluation.making import make_material
from luming.errors import FaultyInput, PeriodError
from luming.evaluation import Span, evaluate, parse_half


@pytest.mark.parametrize("text", ["2025H1", "2025h1", "2025-H1", "2025上半年", "2025年上半年", " 2025H1 "])
def test_a_first_half_in_every_spelling(text):
    assert parse_half(text) == Span(2025, 1)


@pytest.mark.parametrize(
    "text", ["2025", "2025Q1", "2025H3", "2025H0", "25H1", "2025H1x", "", "2025H1/2025H2"]
)
def test_what_is_no_half_is_refused_with_what_to_write(text):
    with pytest.raises(PeriodError, match="2025H1"):
        parse_half(text)


def test_first_and_last_days():
    assert (Span(2024, 1).start, Span(2024, 1).end) == (dt.date(2024, 1, 1), dt.date(2024, 6, 30))
    assert (Span(2024, 2).start, Span(2024, 2).end) == (dt.date(2024, 7, 1), dt.date(2024, 12, 31))
    assert [Span(2024, half).closes_year for half in (0, 1, 2)] == [True, False, True]


@pytest.mark.parametrize(
    ("as_of", "good"),
    [(dt.date(2025, 6, 29), False), (dt.date(2025, 6, 30), False), (dt.date(2025, 7, 1), True)],
)
def test_a_span_must_be_over(as_of, good):
    material = make_material(span=Span(2025, 1), as_of=as_of)
    if good:
        assert evaluate(material).board.as_of == as_of
        return
    with pytest.raises(FaultyInput, match="还没有结束") as problem:
        evaluate(material)
    assert "没有生成评估报告" in str(problem.value)


def test_a_span_of_another_year_and_one_not_over_are_told_together():
    with pytest.raises(FaultyInput) as problem:
        evaluate(make_material(span=Span(2026), as_of=dt.date(2026, 5, 1)))
    assert [fault.code for fault in problem.value.faults] == ["evaluation.other_year", "evaluation.not_over"]
