"""What one award of an item may come to when nothing is known of the firm: for lists, guides and manuals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from luming.standards import assess
from luming.support import Item
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.money import in_wan, words
from luming_portal.support.selectors import Told

FEN = 100
UNBOUNDED = 10**8 * 1_000_000
"""Fen from which a figure is only the end of a fact's domain: no clause pays a hundred million 万元."""
_FIGURE = "money_all"


@dataclass(frozen=True, slots=True)
class Worth:
    """One award in fen; None where the item gives no money, or its amount waits for the office.

    Attributes:
        basis: by which rules of the office the amount was entered; "" where the clause itself says it.
    """

    low: int | None
    high: int | None
    basis: str = ""

    @property
    def words(self) -> str:
        """In words; "" where there is no amount."""
        if self.high is None or self.low is None:
            return ""
        if self.high >= UNBOUNDED:
            return _("按实际数计算,不设上限") if self.low == 0 else _("%s 万元起") % in_wan(self.low)
        return words(self.low, self.high)

    @property
    def order(self) -> int:
        """For sorting: the most it may be."""
        return -1 if self.high is None else self.high


def worth_of(item: Item, told: Told) -> Worth:
    """What one award of an item comes to: as the office entered it, else as the clause says."""
    entered = told.amounts.get(item.key)
    if entered is not None:
        return Worth(entered.low, entered.high, entered.basis)
    return _by_clause(support_shelf().digest, told.day).get(item.key, Worth(None, None))


@lru_cache(maxsize=8)
def _by_clause(digest: str, day: dt.date) -> Mapping[str, Worth]:
    return {
        key: found for key, item in support_shelf().items.items() if (found := _of(item, day)) is not None
    }


def _of(item: Item, day: dt.date) -> Worth | None:
    if not item.amount_key:
        return None
    rule = item.standard_on(day) or item.standard
    found = assess(rule, {}, day)
    span = found.values.get(_FIGURE, found.amounts[item.amount_key])
    money = next(one for one in rule.amounts if one.key == item.amount_key)
    if span.low is None or span.high is None:
        return Worth(0, UNBOUNDED)
    low, high = span.low, span.high
    if money.highest is not None:
        low, high = min(low, money.highest), min(high, money.highest)
    if item.instalments:
        low = high = sum(item.instalments, Fraction(0))
    return Worth(0 if item.at_most else int(low * FEN), int(high * FEN))
