"""Amounts in words as contracts and decisions write them beside the figures, so that no figure can be altered."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capital_amount(yuan: Decimal) -> str:
    """An amount in capital figures.

    Args:
        yuan: 元, not negative, whole fen.

    Raises:
        ValueError: negative, parts of a fen, or 10^16 and more.

    >>> capital_amount(Decimal("300000")), capital_amount(Decimal("10500.07"))
    ('叁拾万元整', '壹万零伍佰元零柒分')
    """
    fen = yuan * 100
    if fen < 0 or fen != fen.to_integral_value() or yuan >= 10**16:
        raise ValueError(f"not an amount in whole fen: {yuan}")
    whole, small = divmod(int(fen), 100)
    jiao, last = divmod(small, 10)
    words = _whole(whole) + "元" if whole or not small else ""
    if not small:
        return words + "整"
    words += f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return words + (f"{_DIGITS[last]}分" if last else "整")


def _whole(number: int) -> str:
    if number == 0:
        return "零"
    words, gap = "", False
    for place in reversed(range(len(_GROUPS))):
        group = number // 10 ** (4 * place) % 10_000
        if not group:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group(group) + _GROUPS[place]
        gap = False
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = bool(words)
    return words
