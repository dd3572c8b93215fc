"""Facts of one firm as a table or a file writes them, read into exact numbers in base units."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from luming.errors import Fault
from luming.standards.evaluator import Fact
from luming.standards.model import Input, InputKind

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
YES = {"是", "true", "1", "yes", "y", "有", "√"}
NO = {"否", "false", "0", "no", "n", "无", "×"}
EMPTY = {"", "-", "—", "——", "/", "无数据", "不详", "未知", "null", "none", "nan"}
WIDE = str.maketrans("０１２３４５６７８９．－＋％，", "0123456789.-+%,")


def read_facts(
    row: Mapping[str, object], inputs: Mapping[str, Input], where: str = ""
) -> tuple[dict[str, Fact], list[Fault]]:
    """The known facts of one row; empty cells are unknown, what cannot be read is a fault and left unknown.

    Columns that no standard asks are left alone.
    """
    facts: dict[str, Fact] = {}
    faults: list[Fault] = []
    for key, value in row.items():
        item = inputs.get(key)
        if item is None:
            continue
        try:
            found = read_fact(value, item)
        except ValueError as problem:
            place = f"{where}“{item.about.label}”({key})" if where else f"“{item.about.label}”({key})"
            faults.append(Fault("facts.value", place, f"“{value}”", str(problem), "这一项按未知处理"))
            continue
        if found is not None:
            facts[key] = found
    return facts, faults


def read_fact(value: object, item: Input) -> Fact | None:
    """One fact; None where the cell is empty.

    Raises:
        ValueError: it cannot be read as this fact; the message says what is expected.
    """
    if value is None:
        return None
    text = str(value).strip().translate(WIDE)
    if item.type is InputKind.FLAG:
        return _flag(value, text)
    if text.lower() in EMPTY:
        return None
    if item.type is InputKind.CHOICE:
        if text not in item.options:
            raise ValueError(f"以下之一:{'、'.join(item.options)}")
        return text
    if item.type is InputKind.DATE:
        return _date(value, text)
    return _number(value, text, item)


def _flag(value: object, text: str) -> bool | None:
    if isinstance(value, bool):
        return value
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    if text.lower() in EMPTY:
        return None
    raise ValueError("是或否")


def _date(value: object, text: str) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day without a clock
        except ValueError:
            continue
    raise ValueError("日期,如 2019-05-31")


def _number(value: object, text: str, item: Input) -> Fraction:
    if isinstance(value, bool):
        raise ValueError(_expected(item))
    if isinstance(value, int | Decimal | Fraction):
        written = Fraction(value)
    else:
        plain = text.replace(",", "").removesuffix(item.unit or "\0").strip()
        if not _NUMBER.fullmatch(plain):
            raise ValueError(_expected(item))
        written = Fraction(plain)
    found = written * item.factor
    if (found / item.step).denominator != 1:
        raise ValueError(f"至多{item.decimals}位小数")
    if not item.lowest <= found <= item.highest:
        raise ValueError(
            f"{_plain(item.lowest / item.factor)}到{_plain(item.highest / item.factor)}{item.unit}之间的数"
        )
    return found


def _expected(item: Input) -> str:
    return f"以{item.unit}计的数" if item.unit else "数字"


def _plain(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
