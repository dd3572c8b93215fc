"""打分表: each expert judges alone, item by item, and locks the sheet; after that nothing in it changes.

A sheet is a value: to write in it is to get another one. Until every sheet of a round is locked an expert sees only
his own, so that the scores are independent. A discussion opens a new round of a sheet; the locked one stays on file.
Source: mechanisms reference, sections 3.1 and 3.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from luming.appraisal.faults import AppraisalFaults
from luming.errors import Fault


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be judged. The weights of all items together are 100; `full` is the highest score."""

    id: str
    label: str
    weight: Decimal
    full: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The scores of one expert in one round."""

    expert: str
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    locked: bool = False
    round: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "scores", MappingProxyType(dict(self.scores)))


def item_faults(items: Sequence[Item]) -> tuple[Fault, ...]:
    """Every reason why these items are no scheme: no item, one twice, a weight below zero, a sum other than 100."""
    if not items:
        return (Fault("appraisal.no_items", "评价指标", "没有指标", "至少一项指标"),)
    found = []
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            found.append(Fault("appraisal.item_twice", f"指标“{item.label}”", "重复", "每项指标只列一次"))
        seen.add(item.id)
        if not item.weight.is_finite() or item.weight < 0:
            found.append(
                Fault("appraisal.weight", f"指标“{item.label}”", f"权重{item.weight}", "不小于0的数")
            )
        if not item.full.is_finite() or item.full <= 0:
            found.append(Fault("appraisal.full", f"指标“{item.label}”", f"满分{item.full}", "大于0的数"))
    total = sum((item.weight for item in items), Decimal(0))
    if not found and total != 100:
        found.append(Fault("appraisal.weights", "评价指标", f"权重合计{total}", "权重合计100"))
    return tuple(found)


def scored(sheet: Sheet, item: Item, score: Decimal) -> Sheet:
    """The sheet with one score written or changed.

    Raises:
        AppraisalFaults: the sheet is locked, or the score lies outside 0 to full.
    """
    if sheet.locked:
        raise AppraisalFaults([_locked(sheet)], "没有改动任何分数。")
    faults = _score_faults(sheet.expert, item, score)
    if faults:
        raise AppraisalFaults(faults, "没有改动任何分数。")
    return replace(sheet, scores={**sheet.scores, item.id: score})


def locked(sheet: Sheet, items: Sequence[Item]) -> Sheet:
    """The sheet, locked. To lock a locked one changes nothing.

    Raises:
        AppraisalFaults: a score is missing, out of range or of no item; all of them are named.
    """
    faults = sheet_faults(sheet, items)
    if faults:
        raise AppraisalFaults(faults, "打分表没有锁定。")
    return replace(sheet, locked=True)


def reopened(sheet: Sheet) -> Sheet:
    """A new round of a locked sheet after a discussion: the same scores, open again.

    Raises:
        AppraisalFaults: the sheet is not locked, so that its round is not over.
    """
    if not sheet.locked:
        raise AppraisalFaults(
            [
                Fault(
                    "appraisal.round_open",
                    f"专家{sheet.expert}",
                    f"第{sheet.round}轮打分表未锁定",
                    "锁定后再进入下一轮",
                )
            ],
            "没有改动任何分数。",
        )
    return replace(sheet, locked=False, round=sheet.round + 1)


def visible_to(expert: str, sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """What an expert may see: his own sheets, and those of others once every sheet of that round is locked."""
    sheets = tuple(sheets)
    open_rounds = {sheet.round for sheet in sheets if not sheet.locked}
    return tuple(sheet for sheet in sheets if sheet.expert == expert or sheet.round not in open_rounds)


def sheet_faults(sheet: Sheet, items: Sequence[Item]) -> tuple[Fault, ...]:
    """Scores missing, out of range or of no item."""
    found: list[Fault] = []
    for item in items:
        if item.id not in sheet.scores:
            found.append(
                Fault("appraisal.no_score", f"专家{sheet.expert}“{item.label}”", "没有打分", "每项都打分")
            )
        else:
            found += _score_faults(sheet.expert, item, sheet.scores[item.id])
    known = {item.id for item in items}
    found += [
        Fault("appraisal.unknown_item", f"专家{sheet.expert}", f"指标“{key}”", "本次评价的指标")
        for key in sheet.scores
        if key not in known
    ]
    return tuple(found)


def _score_faults(expert: str, item: Item, score: Decimal) -> list[Fault]:
    if score.is_finite() and 0 <= score <= item.full:
        return []
    return [Fault("appraisal.score", f"专家{expert}“{item.label}”", f"{score}分", f"0至{item.full}分")]


def _locked(sheet: Sheet) -> Fault:
    return Fault(
        "appraisal.locked",
        f"专家{sheet.expert}",
        f"第{sheet.round}轮打分表已锁定",
        "锁定后不再改动",
        "确需复议的,经讨论进入下一轮",
    )
