"""What a firm gets, does not get yet, and what is not known: the library's three lists as a reader sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from luming.standards import Facts, Input, advise
from luming.support import (
    MATTER,
    Entitlement,
    Entitlements,
    Item,
    Money,
    Payment,
    Receiver,
    Verdict,
    entitlements,
    next_question,
)
from luming_portal.library_words import word
from luming_portal.standards.forms import label_of
from luming_portal.standards.selectors import language
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.money import words
from luming_portal.support.selectors import Told, name_of, told
from luming_portal.support.worth import UNBOUNDED

EFFORT = 200
"""Boxes of changes looked at for one line; an answer must not take longer than the person waits."""
SHOWN_MISSING = 4
SHOWN_REASONS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One item in one of the three lists.

    Attributes:
        money: what is expected, in words; "" where there is none or it is not shown.
        low, high: the same in fen, shown or not.
        hidden: there is money, and this reader does not see it; `behind`: he sees what the public does not.
        waits: the amount is left to the office.
        sentences: why not, what would change it, what stacking and caps did.
        near: no threshold is missed by more than a tenth; `way`: the cheapest change with which it would be met.
        missing: labels of the facts that could decide it, the first few; `more_missing` counts all of them.
        opens: what the button says that opens a case; "" where there is none. `case`: the case that runs already.
    """

    item: Item
    name: str
    lane: str
    money: str
    low: int
    high: int
    hidden: bool
    behind: bool
    waits: bool
    sentences: tuple[str, ...]
    near: bool = False
    way: str = ""
    missing: tuple[str, ...] = ()
    more_missing: int = 0
    opens: str = ""
    case: Any = None

    @property
    def department(self) -> str:
        """Who decides."""
        return self.item.lead

    @property
    def clause(self) -> str:
        """Document number and clause."""
        return self.item.article

    @property
    def deadline(self) -> dt.date | None:
        """The last day."""
        return self.item.ends


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The three lists, the sum of what is shown, how many amounts are not, and the question that decides most."""

    as_of: dt.date
    yes: tuple[Line, ...]
    not_yet: tuple[Line, ...]
    unknown: tuple[Line, ...]
    total: str
    hidden: int
    question: str | None
    at_stake: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of them."""
        return (*self.yes, *self.not_yet, *self.unknown)


def reckon(
    facts: Facts,
    as_of: dt.date,
    *,
    behind: bool = False,
    skipped: Collection[str] = (),
    paid: Sequence[Payment] = (),
    matters: Mapping[str, str] = MappingProxyType({}),
    receiver: Receiver = Receiver.ENTERPRISE,
) -> Reckoned:
    """The three lists for one firm and what to ask next.

    Args:
        behind: the reader sees amounts that the public does not.
        skipped: facts that the person does not know, which are not asked again.
    """
    shelf, known = support_shelf(), told(as_of)
    found = entitlements(
        shelf.catalogue, facts, as_of, paid, matters, attached=known.attached.keys(), receiver=receiver
    )
    question = _next(found, facts, skipped)
    rows = {one.item.key: _line(one, known, behind) for one in found.all}
    low, high = _total(found, rows, known)
    return Reckoned(
        as_of,
        tuple(sorted((rows[one.item.key] for one in found.yes), key=_order)),
        tuple(rows[one.item.key] for one in found.not_yet),
        tuple(rows[one.item.key] for one in found.unknown),
        words(low, high) if 0 < high < UNBOUNDED else "",
        sum(rows[one.item.key].hidden for one in found.yes),
        question,
        sum(question in one.missing for one in (*found.unknown, *found.yes)) if question else 0,
    )


def open_items(firm: Any, day: dt.date) -> list[Item]:
    """The items that a firm of the register is entitled to by what is known of it, or may be."""
    from luming_portal.standards.known import knowledge_of

    found = reckon(knowledge_of(firm, day).facts, day)
    return [line.item for line in (*found.yes, *found.unknown)]


def _claimed(line: Line) -> bool:
    """Whether there is money to claim here: no tax note, and not where another item pays more for the same matter."""
    return line.item.kind.pays and (line.high > 0 or not line.item.amount_key)


def _order(line: Line) -> tuple[int, str]:
    """The most money first, as far as it is shown: the place of a line must not tell what it hides."""
    return (-line.high if line.money else 1, line.item.key)


def _next(found: Entitlements, facts: Facts, skipped: Collection[str]) -> str | None:
    """The fact that decides most money and that the person may know; the number of a matter is asked in the case."""
    numbers = {f"{MATTER}{one.open_matter}" for one in found.all if one.open_matter}
    return next_question(found, facts, {*skipped, *numbers})


def _money(one: Entitlement, known: Told) -> Money:
    """What is expected of an item: where the office has entered an amount, that, as far as stacking leaves anything."""
    entered = known.amounts.get(one.item.key)
    if entered is None or one.verdict is Verdict.NO:
        return one.expected
    if one.item.amount_key and not one.payable.high:
        return one.payable
    low = entered.low if one.verdict is Verdict.YES else 0
    return Money(low, entered.high)


def _total(found: Entitlements, rows: Mapping[str, Line], known: Told) -> tuple[int, int]:
    """What all of the first list come to together, as far as it is shown."""
    shown = [one for one in found.yes if one.item.kind.pays and rows[one.item.key].money]
    return sum(rows[one.item.key].low for one in shown), sum(rows[one.item.key].high for one in shown)


def _line(one: Entitlement, known: Told, behind: bool) -> Line:
    money = _money(one, known)
    public = known.open_to_all(one.item)
    exists = money.high > 0
    shown = exists and (public or behind)
    missing = [_label(key) for key in one.missing] if one.verdict is not Verdict.NO else []
    return Line(
        one.item,
        name_of(one.item),
        word(one.item.lane.label),
        _words(money) if shown else "",
        money.low,
        money.high,
        exists and not shown,
        shown and not public,
        one.item.kind.pays and not exists and one.verdict is not Verdict.NO and not one.item.amount_key,
        _sentences(one),
        one.near,
        _way(one) if one.near else "",
        tuple(missing[:SHOWN_MISSING]),
        len(missing) if len(missing) > SHOWN_MISSING else 0,
    )


def _words(money: Money) -> str:
    if money.high >= UNBOUNDED:
        return _("按实际数计算")
    return words(money.low, money.high)


def _sentences(one: Entitlement) -> tuple[str, ...]:
    if one.verdict is Verdict.NO:
        return one.against[:SHOWN_REASONS]
    return (*one.sentences, *((one.manual,) if one.manual else ()))


def _way(one: Entitlement) -> str:
    """The cheapest changes with which a firm that nearly is entitled would be, in words; "" where none was found."""
    if one.standard is None or one.standard.rule is None:
        return ""
    inputs = support_shelf().inputs
    found = advise(one.standard, one.facts, one.as_of, dictionary=inputs, most_plans=1, effort=EFFORT)
    return ";".join(change.sentence(language()) for plan in found.plans[:1] for change in plan.changes)


def _label(key: str) -> str:
    if key.startswith(MATTER):
        return _("证书或项目编号")
    item = support_shelf().inputs.get(key)
    return label_of(item) if item is not None else key


def input_of(key: str) -> Input:
    """A fact of the dictionary."""
    return support_shelf().inputs[key]


def with_cases(found: Reckoned, opens: Mapping[str, str], cases: Mapping[str, Any]) -> Reckoned:
    """The first list with its buttons: what each says, and the case that runs already, by item."""
    lines = tuple(
        replace(
            line,
            opens=opens.get(line.item.lane.value, "") if _claimed(line) else "",
            case=cases.get(line.item.key),
        )
        for line in found.yes
    )
    return replace(found, yes=lines)
