"""What an officer types about a commitment, read into exact values; every fault of a form is told at once.

Typed text is taken as people write it: full-width digits, thousands separators, `2025年底`. What cannot be read
without guessing is a fault.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from luming.desk.faults import DeskFaults
from luming.desk.proposed import NO_LABEL, PROPOSED_NOTE
from luming.errors import Fault, UnitMismatch
from luming.mark import Mark
from luming.pack import Commitment, CommitmentKind, Comparator, Growth, quote_says
from luming.unit import parse_unit

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)

FIELDS = {
    "label": "内容",
    "kind": "类别",
    "comparator": "比较",
    "value": "数值",
    "alt_value": "下限数值",
    "unit": "单位",
    "growth_comparator": "增长比较",
    "growth_value": "增长",
    "growth_quote": "增长原话",
    "deadline": "时限",
    "aspiration": "力争",
    "basis": "判断口径",
    "note": "备注",
    "start": "起始字位",
    "end": "结束字位",
}
"""The fields of a commitment that may be typed, with the name a form gives them."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?P<year>\d{4})年?(?:底|末|全年)?")
_MONTH = re.compile(r"(?P<year>\d{4})(?:年|[-/.])(?P<month>\d{1,2})月?(?:底|末)?")
_DAY = re.compile(r"(?P<year>\d{4})(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.])(?P<day>\d{1,2})日?")
_YES = {"true", "on", "1", "是"}
_NO = {"false", "off", "0", "否", ""}


UNITS = "认识的单位,如 家、项、人、人次、万元、亿元、%、万吨、亩、公里、个工作日"
"""What a unit should be, in words for a form; the whole list is that of `luming.unit`."""


def is_known_unit(unit: str) -> bool:
    """Whether the unit can be read, compared and converted."""
    try:
        parse_unit(unit)
    except UnitMismatch:
        return False
    return True


class Reading:
    """The fields of one form while they are read; keeps every fault until all have been looked at."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = {name: unicodedata.normalize("NFKC", text).strip() for name, text in fields.items()}
        self.typed = {name: text.strip() for name, text in fields.items()}
        self.faults: list[Fault] = []

    def note(self, name: str, found: str, expected: str, remedy: str = "") -> None:
        """Keep a fault of a field."""
        self.faults.append(Fault(f"desk.{name}", f"“{FIELDS.get(name, name)}”", found, expected, remedy))

    def words(self, name: str, otherwise: str) -> str:
        """Free text as typed."""
        return self.typed.get(name, otherwise)

    def read(self, name: str, otherwise: Value, reader: Callable[[str], Value], expected: str) -> Value:
        """A field by its reader; what it cannot read becomes a fault, and the old value stands."""
        if name not in self.fields:
            return otherwise
        try:
            return reader(self.fields[name])
        except ValueError:
            self.note(name, f"“{self.typed[name]}”", expected)
            return otherwise

    def choice(self, name: str, otherwise: Word, words: type[Word]) -> Word:
        """One of a closed list."""
        labels = "、".join(str(word.label) for word in words)  # type: ignore[attr-defined]
        return self.read(name, otherwise, words, f"以下之一:{labels}")

    def finish(self) -> None:
        """Raise what was found, if anything.

        Raises:
            DeskFaults: every fault of the form.
        """
        if self.faults:
            raise DeskFaults(self.faults)


def read_commitment(base: Commitment, fields: Mapping[str, str], text: str) -> Commitment:
    """A commitment with the typed fields instead of its own.

    Args:
        base: the commitment as it stands; fields that are not typed stay.
        fields: names of `FIELDS` with what was typed; an empty `value` or `growth_value` means there is none.
        text: the document, which the quotes are taken from.

    Raises:
        DeskFaults: every field that cannot be read, and every disagreement between the fields and the text.
    """
    reading = Reading(fields)
    for name in fields:
        if name not in FIELDS:
            reading.note(name, f"不认识的一项“{name}”", f"{'、'.join(FIELDS.values())}之一")
    number = "数字,如 100 或 1.3(单位另填)"
    start = reading.read("start", base.start, int, "整数")
    end = reading.read("end", base.end, int, "整数")
    changed = base.model_copy(
        update={
            "label": reading.words("label", base.label),
            "kind": reading.choice("kind", base.kind, CommitmentKind),
            "comparator": reading.choice("comparator", base.comparator, Comparator),
            "value": reading.read("value", base.value, _optional_number, number),
            "alt_value": reading.read("alt_value", base.alt_value, _optional_number, number),
            "unit": reading.fields.get("unit", base.unit),
            "deadline": reading.read(
                "deadline", base.deadline, read_deadline, "日期,如 2025-12-31 或 2025年底"
            ),
            "aspiration": reading.read("aspiration", base.aspiration, _flag, "是或否"),
            "basis": reading.words("basis", base.basis),
            "note": reading.words("note", "" if base.note == PROPOSED_NOTE else base.note),
            "start": start,
            "end": end,
            "quote": text[start:end] if 0 <= start < end <= len(text) else base.quote,
            "mark": Mark.VERIFIED,
        }
    )
    changed = changed.model_copy(update={"growth": _growth(reading, base.growth, changed, text)})
    _agree(reading, changed)
    reading.finish()
    return changed


def read_deadline(typed: str) -> dt.date | None:
    """A day as people write it; a year or a month means its last day, nothing means none.

    >>> read_deadline("2025年底")
    datetime.date(2025, 12, 31)
    >>> read_deadline("2024-2")
    datetime.date(2024, 2, 29)

    Raises:
        ValueError: not a day, a month or a year.
    """
    if not typed:
        return None
    for pattern in (_DAY, _MONTH, _YEAR):
        if match := pattern.fullmatch(typed):
            parts = {name: int(digits) for name, digits in match.groupdict().items()}
            month = parts.get("month", 12)
            if not 1 <= month <= 12:
                break
            last = calendar.monthrange(parts["year"], month)[1]
            return dt.date(parts["year"], month, parts.get("day", last))
    raise ValueError(typed)


def read_number(typed: str) -> Decimal:
    """A plain number; thousands separators are allowed, a unit is not.

    >>> read_number("1,300.5")
    Decimal('1300.5')

    Raises:
        ValueError: anything else.
    """
    plain = typed.replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(typed)
    return Decimal(plain)


def _optional_number(typed: str) -> Decimal | None:
    return read_number(typed) if typed else None


def _flag(typed: str) -> bool:
    if typed in _YES or typed in _NO:
        return typed in _YES
    raise ValueError(typed)


def _growth(reading: Reading, base: Growth | None, item: Commitment, text: str) -> Growth | None:
    """The growth asked beside the level; its own words are looked for in the sentence when they are typed."""
    before = base or Growth(comparator=Comparator.AT_LEAST, value=Decimal(0))
    value = reading.read(
        "growth_value", base and base.value, _optional_number, "数字,如 10(增长10%填 10);没有就留空"
    )
    comparator = reading.choice("growth_comparator", before.comparator, Comparator)
    if value is None:
        return None
    growth = before.model_copy(update={"value": value, "comparator": comparator})
    quote = reading.words("growth_quote", growth.quote)
    if quote and quote != growth.quote:
        at = text.find(quote, max(item.start - 200, 0), item.end + 200)
        if at < 0:
            reading.note("growth_quote", f"“{quote}”", "该句中的原话")
        growth = growth.model_copy(update={"quote": quote, "start": at, "end": at + len(quote)})
    if growth.start < 0:
        reading.note("growth_quote", "没有写明增长的原话", "该句中的原话,如 10%")
    return growth


def _agree(reading: Reading, item: Commitment) -> None:
    """What the fields of one commitment must agree on."""
    if not item.label or item.label == NO_LABEL:
        reading.note("label", "空白", "这一项说的是什么,如 高新技术企业数")
    if item.value is None and item.growth is None and "value" not in {one.code[5:] for one in reading.faults}:
        reading.note("value", "数值和增长都是空白", "至少填其一")
    if not is_known_unit(item.unit):
        reading.note("unit", f"“{item.unit}”", UNITS)
        return
    if item.alt_value is not None and item.value is not None and item.alt_value > item.value:
        reading.note("alt_value", f"“{item.alt_value}”", f"不大于数值 {item.value}")
    if item.value is not None and item.quote and not quote_says(item.quote, item.value, item.unit):
        reading.note(
            "value",
            f"“{item.value}{item.unit}”",
            f"与原文“{item.quote}”相同",
            "请改数值或单位,或重新选定原文中的数字",
        )
    if item.growth is not None and item.growth.quote:
        growth = item.growth
        if not quote_says(growth.quote, growth.value, growth.unit):
            reading.note("growth_value", f"“{growth.value}{growth.unit}”", f"与原文“{growth.quote}”相同")
