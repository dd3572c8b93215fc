"""What was paid before, and what that leaves: a matter pays once, a higher award pays the difference, instalments end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from luming.support.item import Item

FIRM = "firm"
"""The matter that is the firm itself: paid once for ever."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that was paid, or granted and still to be paid.

    Attributes:
        item: key of the item it was paid under.
        amount: integer fen.
        year: the year it was paid for.
        matter: what it was paid for, such as the number of the certificate; empty where that is not known.
        group: stacking group, where it is not the one of the item today.
    """

    item: str
    amount: int
    year: int
    matter: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What earlier payments leave of an item.

    Attributes:
        least, most: what is taken off, in fen, where it is certain and where it may be; None: nothing is paid any more.
        sentence: why, for the reader.
        open: the kind of matter whose number is missing, where it could change the answer.
    """

    least: int | None = 0
    most: int | None = 0
    sentence: str = ""
    open: str = ""


def matter_of(item: Item, year: int, matters: Mapping[str, str]) -> str | None:
    """What an item would pay for: the firm, the year, or the number handed in; None where that is not known."""
    if item.matter == FIRM or (item.instalments and not item.matter):
        return FIRM
    return matters.get(item.matter) if item.matter else str(year)


def left(item: Item, year: int, paid: Iterable[Payment], matters: Mapping[str, str]) -> Left:
    """What earlier payments leave of an item that is paid at once."""
    before = [payment for payment in paid if payment.item == item.key or payment.group == item.stack]
    matter = matter_of(item, year, matters)
    same = [payment for payment in before if _is_same(item, payment, matter, year) is True]
    maybe = [payment for payment in before if _is_same(item, payment, matter, year) is None]
    sure, doubtful = _taken_off(item, same), _taken_off(item, [*same, *maybe])
    sentence = _said(item, same)
    return Left(sure, doubtful, sentence, item.matter if maybe and sure is not None else "")


def _is_same(item: Item, payment: Payment, matter: str | None, year: int) -> bool | None:
    """Whether a payment was for the same matter; None where that is not known."""
    if matter == FIRM:
        return True
    if not item.matter:
        return payment.year == year
    if matter is None or not payment.matter:
        return None
    return payment.matter == matter


def _taken_off(item: Item, payments: Sequence[Payment]) -> int | None:
    if not payments:
        return 0
    if not item.difference or any(payment.item == item.key for payment in payments):
        return None
    return sum(payment.amount for payment in payments)


def _said(item: Item, same: Sequence[Payment]) -> str:
    if not same:
        return ""
    years = "、".join(str(year) for year in sorted({payment.year for payment in same}))
    if any(payment.item == item.key for payment in same):
        return f"同一事项已在{years}年兑付,不再重复"
    return f"同一事项已在{years}年按其他条款兑付,{'只补差额' if item.difference else '就高不重复,不再兑付'}"


@dataclass(frozen=True, slots=True)
class Instalment:
    """The instalment that is due: its number from 1 and its place among all; 0 where none is due any more."""

    number: int
    of: int
    sentence: str


def instalment_due(item: Item, year: int, paid: Iterable[Payment], matters: Mapping[str, str]) -> Instalment:
    """Which yearly instalment is due: the next after that of last year; a year without one ends them for good."""
    matter = matter_of(item, year, matters)
    years = sorted(
        {
            payment.year
            for payment in paid
            if payment.item == item.key and payment.matter in ("", FIRM, matter)
        }
    )
    count = len(item.instalments)
    if not years:
        return Instalment(1, count, f"分{count}年兑付,本年为第1期")
    if years[-1] >= year:
        return Instalment(0, count, f"{year}年的一期已经兑付")
    if len(years) >= count:
        return Instalment(0, count, f"{count}期已经付清")
    if years != list(range(years[0], year)):
        return Instalment(0, count, "中途退出后不再兑付,重新进入也不再奖励")
    return Instalment(len(years) + 1, count, f"分{count}年兑付,本年为第{len(years) + 1}期")
