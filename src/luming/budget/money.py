"""Money as whole fen: read from any unit of money exactly, shown in 万元 or 元. Nothing is rounded."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from luming.budget.faults import EntryInvalid
from luming.errors import Fault
from luming.unit import parse_unit

FEN_OF_YUAN = 100
FEN_OF_WAN = 10_000 * FEN_OF_YUAN

LARGEST = 10**17
"""Above 1,000万亿元 a sum is a slip of the pen; it also keeps every sum of a line within 64 bits."""

_EXACT = Context(prec=60)


def fen_of(amount: Decimal | Fraction | int, unit: str = "元") -> int:
    """An amount in a unit of money as fen.

    >>> fen_of(Decimal("3000"), "万元")
    3000000000
    >>> fen_of(Decimal("0.01"))
    1

    Raises:
        EntryInvalid: finer than a fen, or beyond `LARGEST`.
        luming.errors.UnitMismatch: no unit that is known.
    """
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise EntryInvalid([Fault("budget.amount", "金额", str(amount), "一个数")])
    fen = Fraction(amount) * Fraction(parse_unit(unit).factor) * FEN_OF_YUAN
    if fen.denominator != 1:
        raise EntryInvalid([Fault("budget.finer_than_fen", "金额", f"{amount}{unit}", "最小到分的金额")])
    if abs(fen) > LARGEST:
        raise EntryInvalid([Fault("budget.too_large", "金额", f"{amount}{unit}", "不超过1,000万亿元")])
    return int(fen)


def in_yuan(fen: int) -> Decimal:
    """Fen as yuan, exact, with two decimals."""
    return Decimal(fen).scaleb(-2, _EXACT)


def in_words(fen: int) -> str:
    """A sum for people: 万元 from 1万元 on where four decimals hold it exactly, else 元; never rounded.

    >>> in_words(3000000000), in_words(150), in_words(1234567890)
    ('3,000万元', '1.50元', '12,345,678.90元')
    >>> in_words(-30000000)
    '-30万元'
    """
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    if whole == 0:
        return "0元"
    if whole < FEN_OF_WAN:
        return f"{sign}{whole // FEN_OF_YUAN:,}.{whole % FEN_OF_YUAN:02d}元".replace(".00元", "元")
    wan, rest = divmod(whole, FEN_OF_WAN)
    if rest % FEN_OF_YUAN:
        return f"{sign}{whole // FEN_OF_YUAN:,}.{whole % FEN_OF_YUAN:02d}元"
    decimals = f"{rest // FEN_OF_YUAN:04d}".rstrip("0")
    return f"{sign}{wan:,}{'.' + decimals if decimals else ''}万元"
