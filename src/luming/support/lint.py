"""What in an item calls for 公平竞争审查 (review for fair competition): a hint for a person, never a verdict.

Reference: 《公平竞争审查条例》 and 包府发〔2025〕3号, by which two clauses tied to tax were deleted. The words looked for
are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from luming.mark import Mark
from luming.standards import Standard, leaves, names
from luming.support.item import Item, ItemKind, Lane


class Risk(StrEnum):
    """What the hint is about."""

    TAX = "tax"
    MOVING = "moving"
    PURCHASE = "purchase"
    REGISTRATION = "registration"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return _LABELS[self]


_LABELS = {
    Risk.TAX: "与税收或地方财政贡献挂钩",
    Risk.MOVING: "以企业迁入为条件",
    Risk.PURCHASE: "以采购本地产品为条件",
    Risk.REGISTRATION: "以在本地注册或落户为条件",
}
_WORDS = {
    Risk.TAX: re.compile(r"财政贡献|税收留成|地方留成|退税|税收返还|(?<!不)纳税(?!年度)|缴税"),
    Risk.MOVING: re.compile(r"迁入|迁移到"),
    Risk.PURCHASE: re.compile(r"采购本地|本地采购|本地产品|属地配套|购买本市"),
    Risk.REGISTRATION: re.compile(r"在(包头市?|自治区|内蒙古自治区|本市|本区)内?(注册|登记|落户|实现)"),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint on one item.

    Attributes:
        place: the words it was found in.
        answered: the item says why it is so, or that a person decides.
    """

    item: str
    risk: Risk
    place: str
    answered: bool

    @property
    def sentence(self) -> str:
        """The hint as an officer reads it."""
        rest = "已在 fair_competition 说明" if self.answered else "请在 fair_competition 写明审查意见或理由"
        return f"{self.item}:{self.risk.label}(“{self.place}”),提请公平竞争审查;{rest}。"


def lint(items: Iterable[Item]) -> tuple[Hint, ...]:
    """All hints, one an item and risk; tax laws of the state are left out."""
    found = []
    for item in items:
        if item.kind is ItemKind.TAX_NOTE:
            continue
        texts = list(_texts(item))
        for risk, words in _WORDS.items():
            place = next((text for text in texts if words.search(text)), None)
            if place is not None:
                found.append(Hint(item.key, risk, place, bool(item.fair_competition.why)))
    return tuple(found)


def beyond_data(items: Iterable[Item]) -> tuple[str, ...]:
    """Items paid without application whose condition asks what no register can know: one sentence each."""
    found = []
    for item in items:
        if item.lane is not Lane.AUTOMATIC:
            continue
        asked = {key: one for standard in item.standards for key, one in standard.inputs.items()}
        unknowable = [one.about.label for one in asked.values() if one.about.mark is Mark.NOT_FOUND]
        if unknowable:
            found.append(
                f"{item.key}:免申即享要求数据都查得到,而“{unknowable[0]}”由人工认定;请改为快申快享或申报。"
            )
    return tuple(found)


def _texts(item: Item) -> Iterator[str]:
    yield from (item.name, item.not_found)
    for standard in item.standards:
        yield from _spoken(standard)


def _spoken(standard: Standard) -> Iterator[str]:
    for leaf in leaves(standard.rule):
        yield leaf.about.label
        for key in names(leaf.test):
            if key in standard.inputs:
                yield standard.inputs[key].about.label
