"""The account of a workbook: what became of every cell that is not blank, and the facts that came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from luming.facts.fact import Fact
from luming.facts.workbook.totals import TotalCheck


class Kind(StrEnum):
    """What became of a cell."""

    TAKEN = "taken"
    HEADING = "heading"
    LABEL = "label"
    UNIT = "unit"
    TOTAL = "total"
    NOTE = "note"
    NO_DATA = "no_data"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The kind in words."""
        return _KINDS[self]


_KINDS = {
    Kind.TAKEN: "已取",
    Kind.HEADING: "标题",
    Kind.LABEL: "行名",
    Kind.UNIT: "单位",
    Kind.TOTAL: "合计",
    Kind.NOTE: "备注",
    Kind.NO_DATA: "无数据",
    Kind.LEFT: "未取",
}


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one cell, and why; `amiss` where it was left although it stands for a figure."""

    sheet: str
    address: str
    text: str
    kind: Kind
    reason: str = ""
    amiss: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook gave."""

    facts: tuple[Fact, ...]
    accounts: tuple[Account, ...]
    totals: tuple[TotalCheck, ...]

    def left(self) -> tuple[Account, ...]:
        """The cells that were left, each with its reason."""
        return tuple(item for item in self.accounts if item.kind is Kind.LEFT)

    def amiss(self) -> tuple[Account, ...]:
        """The cells that stand for a figure and gave none, each with its reason."""
        return tuple(item for item in self.accounts if item.amiss)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a workbook does not say of itself: where it comes from and since when its figures are known."""

    source: str
    recorded_on: dt.date
