"""Money of support in words: fen in 万元, as a shop owner reads it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

FEN_IN_WAN = 1_000_000


def in_wan(fen: int) -> str:
    """Fen as a number of 万元, without trailing zeros: 30000000 → "30"."""
    return f"{(Decimal(fen) / FEN_IN_WAN).normalize():f}"


def fen_of(wan: Decimal) -> int:
    """万元 as fen.

    Raises:
        ValueError: finer than a fen.
    """
    fen = wan * FEN_IN_WAN
    if fen != fen.to_integral_value():
        raise ValueError(wan)
    return int(fen)


def words(low: int | None, high: int | None) -> str:
    """An award in words: "30 万元" where it is settled, "预计 0–30 万元" where it is a span; "" where nothing is known.

    A low end of 0 is written out: “最高30万元” promises nothing below.
    """
    if low is None or high is None:
        return ""
    if low == high:
        return _("%s 万元") % in_wan(low)
    return _("预计 %(low)s–%(high)s 万元") % {"low": in_wan(low), "high": in_wan(high)}
