"""Worked examples: project reference on mechanisms, section 16, numbers 13 (scores) and 14 (panels)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from appraisal.making import RULES
from luming.appraisal import Expert, Item, Sheet, Speciality, locked, panel_faults, result_of

WHOLE = (Item("whole", "总评", Decimal(100)),)


def result_for(*scores: int):
    sheets = [locked(Sheet(f"e{at}", {"whole": Decimal(score)}), WHOLE) for at, score in enumerate(scores)]
    return result_of(sheets, WHOLE, RULES.scoring)


def test_vector_13_seven_experts_are_trimmed_at_both_ends() -> None:
    found = result_for(92, 88, 85, 85, 80, 78, 60)
    assert found.score == Decimal("83.20")
    assert [one.expert for one in found.sums if one.left_out] == ["e0", "e6"]


def test_vector_13_five_experts_are_not_trimmed() -> None:
    found = result_for(92, 88, 85, 80, 60)
    assert not found.trimmed
    assert found.score == Decimal("81.00")


def experts(number: int, technical: int, one_unit: int = 1) -> list[Expert]:
    return [
        Expert(
            f"e{at}",
            f"专家{at}",
            "同一单位" if at < one_unit else f"单位{at}",
            Speciality.TECHNICAL if at < technical else Speciality.ECONOMIC,
        )
        for at in range(number)
    ]


@pytest.mark.parametrize(
    ("panel", "code"),
    [
        (experts(6, 6), "appraisal.number"),
        (experts(7, 4), "appraisal.technical"),
        (experts(7, 7, one_unit=3), "appraisal.one_unit"),
    ],
)
def test_vector_14_three_panels_that_cannot_stand(panel: list[Expert], code: str) -> None:
    assert [fault.code for fault in panel_faults(panel, RULES.panel)] == [code]


def test_vector_14_beside_them_a_panel_that_stands() -> None:
    assert panel_faults(experts(7, 5, one_unit=2), RULES.panel) == ()
