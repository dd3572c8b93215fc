"""Which inputs of a district's row may be contested, and the row with another figure in the place of one.

The number of reports is not contested: it follows from what is in the register of facts.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from luming.errors import LumingError
from luming.monitor import RankInput, quality_of


class Contested(StrEnum):
    """An input of a row."""

    VALUE = "value"
    BASE = "base"
    PLAN = "plan"
    ON_TIME = "on_time"
    CORRECTED = "corrected"

    @property
    def label(self) -> str:
        """The input in words."""
        return _LABELS[self]

    @property
    def is_count(self) -> bool:
        """Whether it is a number of reports rather than a figure in the unit of the comparison."""
        return self in (Contested.ON_TIME, Contested.CORRECTED)


_LABELS = {
    Contested.VALUE: "本期累计",
    Contested.BASE: "上年同期",
    Contested.PLAN: "年度计划",
    Contested.ON_TIME: "按时报送次数",
    Contested.CORRECTED: "更正次数",
}
CONTESTED = tuple(Contested)


class InputRefused(LumingError, ValueError):
    """A figure that cannot stand in the place of an input; carries the sentence."""


def contested_value(item: RankInput, input: Contested) -> Fraction | None:
    """The input as it stands in the row; None where it is unknown."""
    held = {
        Contested.VALUE: item.value,
        Contested.BASE: item.base,
        Contested.PLAN: item.plan,
        Contested.ON_TIME: Fraction(item.on_time),
        Contested.CORRECTED: Fraction(item.corrected),
    }
    return held[input]


def with_value(item: RankInput, input: Contested, value: Decimal) -> RankInput:
    """The row's inputs with one of them put right.

    A figure that was missing and is given takes the reason away for which the district was not ranked. The plans of
    the other districts stay as they were.

    Raises:
        InputRefused: a count that is none or more than there are reports, or a figure below zero.
    """
    if value < 0:
        raise InputRefused(f"“{input.label}”填了{value},应为0或大于0的数。")
    if input.is_count:
        return _with_count(item, input, value)
    new = Fraction(value)
    if input is Contested.PLAN:
        if not new:
            raise InputRefused("“年度计划”填了0,应为大于0的数:为零的计划算不出完成率。")
        return replace(item, plan=new)
    if input is Contested.BASE:
        return replace(item, base=new)
    return replace(item, value=new, reason="" if item.value is None else item.reason)


def _with_count(item: RankInput, input: Contested, value: Decimal) -> RankInput:
    if value != value.to_integral_value():
        raise InputRefused(f"“{input.label}”填了{value},应为整数。")
    count = int(value)
    if input is Contested.ON_TIME and count > item.reports:
        raise InputRefused(f"“按时报送次数”填了{count},不能多于本年报送的{item.reports}次。")
    on_time = count if input is Contested.ON_TIME else item.on_time
    corrected = count if input is Contested.CORRECTED else item.corrected
    quality = quality_of(item.reports, on_time, corrected)
    return replace(item, on_time=on_time, corrected=corrected, quality=quality)
