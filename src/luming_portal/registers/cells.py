"""Values of a register as cells of a file, and back without loss.

A text that a spreadsheet would take for a formula gets an apostrophe before it in CSV, which reading takes away; in a
workbook the cell is marked as text. Choices are written in words and read in words or as stored.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from luming_portal.language import in_every_language
from luming_portal.registers.column import Column, Kind

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_PARTS = re.compile("[\n\r;\uff1b]+")
_YES, _NO = ("是", "1", "true", "yes", "演示"), ("否", "0", "false", "no")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
LARGEST = Decimal(10) ** 18


class CellFault(ValueError):
    """A cell that cannot be read: what was expected, in words."""


def cell_words(column: Column, value: Any) -> str:
    """A value as the text of a cell; "" for nothing."""
    if column.kind is Kind.NUMBER and value is not None:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if column.kind is Kind.FLAG and value is not None:
        return _("是") if value else _("否")
    if column.kind is Kind.LIST:
        return _list_words(value or [])
    return column.words(value)


def _list_words(parts: list[str]) -> str:
    """One part a line; as JSON where a part would fall apart when read."""
    if any(_PARTS.search(part) or part.startswith("[") or part != part.strip() for part in parts):
        return json.dumps(parts, ensure_ascii=False)
    return "\n".join(parts)


def guarded(text: str) -> str:
    """The text, harmless in a spreadsheet that opens a CSV."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`, without blanks at its ends."""
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        return text[1:]
    return text.strip(" \u3000\n\xa0\ufeff")


def read_cell(column: Column, text: str) -> Any:
    """The stored value of a cell's text; None for an empty number, date or flag.

    Raises:
        CellFault: with what was expected.
    """
    if column.kind is Kind.LIST:
        return _list(text)
    if column.kind is Kind.NUMBER:
        return _number(text)
    if column.kind is Kind.DATE:
        return _date(text)
    if column.kind is Kind.FLAG:
        return _flag(text)
    if column.choices is not None and text:
        return _choice(column, text)
    return text


def _list(text: str) -> list[str]:
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(part, str) for part in found):
            return found
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "").replace("\uff0c", ""))
    except InvalidOperation:
        raise CellFault(_("只有数字,不带单位")) from None
    if not value.is_finite() or abs(value) > LARGEST:
        raise CellFault(_("不超过18位的数字"))
    return value


def _date(text: str) -> dt.date | None:
    if not text:
        return None
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise CellFault(_("2025-06-30 这样的日期"))


def _flag(text: str) -> bool | None:
    if not text:
        return None
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise CellFault(_("“是”或“否”"))


def _choice(column: Column, text: str) -> str:
    for value, label in (column.choices or {}).items():
        if text in (value, str(label)):
            return value
    for value, label in (column.choices or {}).items():
        if text in in_every_language(label):  # a sheet that a reader of another language made
            return value
    raise CellFault(_("、").join(str(label) for label in (column.choices or {}).values()))
