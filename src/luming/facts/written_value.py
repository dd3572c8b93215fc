"""What stands in a value cell when it is no plain number, and what to write instead."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from luming.errors import UnitMismatch
from luming.unit import convert, parse_unit

MAX_DIGITS = 60
CELL_DIGITS = 15
"""Significant digits that a number cell of a spreadsheet keeps."""
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")

_NOT_FINITE = {"nan", "inf", "infinity", "-inf", "-infinity", "+inf"}
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_WITH_UNIT = re.compile(r"(-?\d+(?:\.\d+)?)\s*([^\d\s.].*)")
_ABOUT = re.compile(r"^(?:约|近|超|超过|逾|不足|大约|预计|>|<|≥|≤|突破)|(?:左右|以上|以下|余|多)$")


def explain(text: str) -> tuple[str, str, str]:
    """Code, what was found, and the remedy for a value that is no plain number."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return "facts.no_value", "数值为空", "没有数据的行请整行删去;未知不等于零"
    if plain.lower() in _NOT_FINITE:
        return "facts.not_finite", f"“{text}”", "请填实际数字;没有数据的行请整行删去"
    if plain.startswith("#"):
        return "facts.formula_error", f"公式错误“{text}”", "请先在表格中改好公式"
    if _ABOUT.search(plain):
        return (
            "facts.about",
            f"“{text}”含有约数字样",
            "请只填数字,并在“状态”列注明预计数或下限值,原话写入“备注”列",
        )
    if PLAIN_NUMBER.fullmatch(plain):
        return "facts.fullwidth", f"“{text}”含有全角数字或多余空格", f"请改写为 {plain}"
    if _GROUPED.fullmatch(plain):
        return "facts.grouped", f"“{text}”带有千分位逗号", f"请改写为 {plain.replace(',', '')}"
    if _SCIENTIFIC.fullmatch(plain):
        return "facts.scientific", f"“{text}”是科学计数法", _scientific_remedy(plain)
    with_unit = _WITH_UNIT.fullmatch(plain)
    if with_unit:
        return _explain_unit(text, with_unit[1], with_unit[2].strip())
    return "facts.not_a_number", f"“{text}”不是数字", "请只填数字,如 1234.5"


def _explain_unit(text: str, number: str, unit: str) -> tuple[str, str, str]:
    try:
        name = parse_unit(unit).name
    except UnitMismatch:
        return "facts.not_a_number", f"“{text}”不是数字", "请只填数字,如 1234.5"
    return (
        "facts.unit_in_value",
        f"“{text}”里写有单位",
        f"请在“数值”列填 {number},在“单位”列填 {name}",
    )


def _scientific_remedy(number: str) -> str:
    value = Decimal(number)
    if abs(value.adjusted()) >= CELL_DIGITS:
        return f"数字单元格只能保留{CELL_DIGITS}位,请把该格设为文本格式后填写完整的数字"
    return f"请改写为 {format(value, 'f')},并把该列设为文本格式"


def typed_number(text: str, *, unit: str = "", remark: str = "") -> tuple[Decimal | None, str]:
    """A number as people type it into a form, and the sentence that refuses what is none.

    Full-width digits and separators of thousands are taken; a unit, 约 or a date is not.

    Args:
        unit: the unit of measure in which the figure is asked, where that is settled; the sentence then gives the
            figure in it.
        remark: what the form calls the place for words about the figure; "" where it has none.

    >>> typed_number("１,２３４.50")
    (Decimal('1234.50'), '')
    >>> typed_number("约80", remark="进展与原因")
    (None, '“约80”含有约数字样;请只填数字,原话写在“进展与原因”里。')
    >>> typed_number("1.2万", unit="人")
    (None, '“1.2万”里写有单位;这里的单位是人,请只填 12000。')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if PLAIN_NUMBER.fullmatch(plain):
        return Decimal(plain), ""
    code, found, remedy = explain(text)
    with_unit = _WITH_UNIT.fullmatch(plain)
    if code == "facts.about":
        remedy = f"请只填数字,原话写在“{remark}”里" if remark else "请只填数字"
    elif code == "facts.not_finite":
        remedy = "请填实际数字,没有数就空着"
    elif with_unit and (code == "facts.unit_in_value" or _in_unit(with_unit, unit) is not None):
        found, remedy = f"“{text}”里写有单位", _without_unit(with_unit, unit)
    return None, f"{found};{remedy}。"


def _without_unit(written: re.Match[str], unit: str) -> str:
    if not unit:
        return f"请只填 {written[1]}"
    number = _in_unit(written, unit)
    if number is None:
        return f"这里按{unit}填,请换算成{unit}后只填数字"
    return f"这里的单位是{unit},请只填 {number}"


def _in_unit(written: re.Match[str], unit: str) -> str | None:
    """The written quantity in the unit that is asked for, as plain digits; a bare 万 is one of that unit."""
    if not unit:
        return None
    for given in (written[2].strip(), written[2].strip() + unit):
        try:
            number = format(convert(Decimal(written[1]), given, unit), "f")
        except UnitMismatch:
            continue
        return number.rstrip("0").rstrip(".") if "." in number else number
    return None
