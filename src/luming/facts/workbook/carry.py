"""A remembered mapping carried over to a workbook of nearly the same shape: next month's, with columns moved or added.

Columns are found by the words of their headings, periods taken out; rows by their names. What was never seen before
is proposed afresh and waits for a person, and every difference is told in a sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luming.facts.dictionary import Dictionary
from luming.facts.sheets import Sheet
from luming.facts.workbook.heads import Role
from luming.facts.workbook.mapping import ColumnMapping, Mapping, NameMapping, SheetMapping, timeless
from luming.facts.workbook.names import Confidence
from luming.facts.workbook.propose import HIDDEN_COLUMN, SheetChoice, propose

ALIKE = Fraction(1, 2)
"""How much of the headings of two workbooks must be the same for one to be read like the other."""


_FIGURES = (Role.VALUE, Role.GROWTH)


@dataclass(frozen=True, slots=True)
class Carried:
    """The mapping for the new workbook, and in what it differs from the one that was remembered."""

    mapping: Mapping
    differences: tuple[str, ...]


def likeness(one: Mapping, other: Mapping) -> Fraction:
    """The share of headings that two mappings have in common, from 0 to 1."""
    first, second = _headings(one.sheets), _headings(other.sheets)
    return Fraction(len(first & second), len(first | second) or 1)


def most_alike(remembered: Sequence[Mapping], proposed: Mapping) -> int | None:
    """The place of the mapping by which a workbook can be read: of the same shape, else the most alike; None for none."""
    exact = [place for place, one in enumerate(remembered) if one.fingerprint == proposed.fingerprint]
    if exact:
        return exact[0]
    found = [(likeness(one, proposed), -place) for place, one in enumerate(remembered)]
    best = max(found, default=(Fraction(0), 0))
    return -best[1] if best[0] >= ALIKE else None


def carry(
    remembered: Mapping,
    sheets: Sequence[Sheet],
    dictionary: Dictionary,
    subject: str,
    made_from: str = "",
    *,
    known: Collection[str] = (),
) -> Carried:
    """Read a workbook like a remembered one; what is new in it is NEAR and waits for a person.

    Raises:
        FactsFaults: as propose does.
    """
    hidden = remembered.hidden_sheets
    first = propose(sheets, dictionary, subject, made_from, known=known, hidden=hidden)
    pairs = _paired(remembered, first)
    choices = {}
    for sheet in first.sheets:
        old = pairs.get(sheet.sheet)
        if old is not None:
            label = _found(old, old.label_column, sheet)
            choices[sheet.sheet] = SheetChoice(old.head_shift, label, old.rows_are)
    proposed = propose(sheets, dictionary, subject, made_from, known=known, hidden=hidden, choices=choices)
    told: list[str] = []
    made = [_sheet(pairs.get(sheet.sheet), sheet, told) for sheet in proposed.sheets]
    used = {id(old) for old in pairs.values()}
    told += [f"没有找到上次的工作表“{old.sheet}”" for old in remembered.sheets if id(old) not in used]
    return Carried(proposed.model_copy(update={"sheets": tuple(made)}), tuple(told))


def _headings(sheets: Sequence[SheetMapping]) -> set[tuple[str, int]]:
    """The headings, each with the number of times it came before."""
    found: set[tuple[str, int]] = set()
    for sheet in sheets:
        for column in sheet.columns:
            number = 0
            while (_key(column), number) in found:
                number += 1
            found.add((_key(column), number))
    return found


def _key(column: ColumnMapping) -> str:
    return "·".join(timeless(part) for part in column.head.split("·"))


def _paired(remembered: Mapping, proposed: Mapping) -> dict[str, SheetMapping]:
    """The remembered sheet for each sheet: the same table, else the same name, else the most alike."""
    left = list(remembered.sheets)
    pairs: dict[str, SheetMapping] = {}

    def score(sheet: SheetMapping, old: SheetMapping) -> tuple[bool, bool, Fraction]:
        one, other = _headings([sheet]), _headings([old])
        share = Fraction(len(one & other), len(one | other) or 1)
        return sheet.fingerprint == old.fingerprint, sheet.sheet == old.sheet, share

    for sheet in proposed.sheets:
        best = max(left, key=lambda old: score(sheet, old), default=None)
        if best is not None and score(sheet, best) >= (False, False, ALIKE):
            pairs[sheet.sheet] = best
            left.remove(best)
    return pairs


def _found(old: SheetMapping, letters: str, new: SheetMapping) -> str:
    """The letters that a column of the old sheet has in the new one, or ""."""
    for column, before in zip(new.columns, _matched(old.columns, new.columns), strict=True):
        if before is not None and before.column == letters:
            return column.column
    return ""


def _matched(old: Sequence[ColumnMapping], new: Sequence[ColumnMapping]) -> list[ColumnMapping | None]:
    """For each new column the old one with the same heading; of several the one in the same place, then in order."""
    waiting: dict[str, list[ColumnMapping]] = {}
    for column in old:
        waiting.setdefault(_key(column), []).append(column)
    found: list[ColumnMapping | None] = []
    for column in new:
        same = waiting.get(_key(column), [])
        found.append(same.pop(0) if same else None)
    return found


def _sheet(old: SheetMapping | None, new: SheetMapping, told: list[str]) -> SheetMapping:
    if old is None:
        told.append(f"新的工作表“{new.sheet}”,请核对")
        reason = new.reason or "新的工作表"
        return new.model_copy(update={"confidence": Confidence.NEAR, "reason": reason})
    if old.sheet != new.sheet:
        told.append(f"工作表“{old.sheet}”现在叫“{new.sheet}”")
    update: dict[str, object] = {
        "columns": tuple(_columns(old, new, told)),
        "names": tuple(_names(old, new, told)),
        "subject": old.subject if old.rows_are != "subject" else new.subject,
        "hidden_rows": old.hidden_rows,
        "taken": old.taken,
        "indicator": old.indicator,
        "unit": new.unit or old.unit,
        "confidence": Confidence.EXACT,
        "reason": "",
    }
    doubts = []
    if new.unit_written == old.unit_written:
        update["unit"] = old.unit
    else:
        doubts.append(
            f"表上方的单位原来是“{old.unit_written or '没有写'}”,现在是“{new.unit_written or '没有写'}”"
        )
    if new.indicator and old.indicator and new.indicator != old.indicator:
        doubts.append("表题说的指标与上次不同")
    if old.period:
        doubts.append(f"上次写明整张表的时期是“{old.period}”,这次没有沿用")
    if doubts:
        told += [f"{new.sheet}:{doubt}" for doubt in doubts]
        update |= {"confidence": Confidence.NEAR, "reason": ";".join(doubts)}
    return new.model_copy(update=update)


def _columns(old: SheetMapping, new: SheetMapping, told: list[str]) -> list[ColumnMapping]:
    matched = _matched(old.columns, new.columns)
    made = []
    for column, before in zip(new.columns, matched, strict=True):
        place = f"{new.sheet}!{column.column}列“{column.head}”"
        if before is None:
            asks = "请核对" if column.role in _FIGURES else f"读作{column.role.label}"
            told.append(f"{place}是新的列,{asks}")
            made.append(_new_column(column))
            continue
        if before.reason == HIDDEN_COLUMN and column.reason != HIDDEN_COLUMN:
            made.append(_new_column(column, "上次隐藏的列"))
            told += [f"{place}上次是隐藏的,请核对"] if column.role in _FIGURES else []
            continue
        if before.column != column.column:
            told.append(f"{place}原来在{before.column}列,已按列名找到")
        update: dict[str, object] = {
            "role": before.role,
            "indicator": before.indicator,
            "subject": before.subject,
            "unit": before.unit,
            "confidence": Confidence.EXACT,
            "reason": before.reason,
        }
        if before.period:
            doubt = f"上次写明时期是“{before.period}”,这次没有沿用"
            told.append(f"{place}{doubt}")
            update |= {"confidence": Confidence.NEAR, "reason": doubt}
        made.append(column.model_copy(update=update))
    kept = {id(before) for before in matched}
    told += [
        f"{new.sheet}:没有找到上次{gone.column}列的“{gone.head}”"
        for gone in old.columns
        if id(gone) not in kept
    ]
    return made


def _new_column(column: ColumnMapping, why: str = "新的列") -> ColumnMapping:
    if column.confidence is Confidence.NONE or column.role not in _FIGURES:
        return column
    reason = ";".join(filter(None, (why, column.reason)))
    return column.model_copy(update={"confidence": Confidence.NEAR, "reason": reason})


def _names(old: SheetMapping, new: SheetMapping, told: list[str]) -> list[NameMapping]:
    before = {name.text: name for name in old.names}
    made = []
    for name in new.names:
        if name.text in before:
            made.append(before[name.text])
            continue
        told.append(f"{new.sheet}:“{name.text}”是新的行,请核对")
        reason = ";".join(filter(None, ("新的行", name.reason)))
        confidence = Confidence.NEAR if name.means else Confidence.NONE
        made.append(name.model_copy(update={"confidence": confidence, "reason": reason}))
    now = {name.text for name in new.names}
    gone = [text for text in before if text not in now]
    if gone:
        told.append(f"{new.sheet}:这次没有的行:{'、'.join(gone[:10])}{'等' if len(gone) > 10 else ''}")
    return made
