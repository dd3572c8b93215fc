"""What one item gives one firm on one day: yes, no or unknown, the money as far as known, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from luming.standards import (
    Advice,
    Assessment,
    Evaluator,
    Explanation,
    Facts,
    Input,
    InputKind,
    Outcome,
    Span,
    Standard,
    advise,
    assess,
    domain,
    explain,
    is_near,
)
from luming.support.history import Payment, instalment_due, left
from luming.support.item import Item
from luming.support.mattering import mattering, may_matter

SOON = dt.timedelta(183)
"""Half a year: what age alone brings within it counts as near."""

ABSURD = 10**12
"""A trillion yuan: a quotient by something unknown, never a payment."""

_NONE: Mapping[str, str] = MappingProxyType({})


class Verdict(StrEnum):
    """Whether a firm is entitled to an item."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return {"yes": "可以享受", "no": "暂不符合", "unknown": "尚不能判断"}[self.value]


class Binding(StrEnum):
    """What cut the money."""

    NOTHING = ""
    ITEM_CAP = "item_cap"
    GROUP_CAP = "group_cap"
    STACKING = "stacking"
    PAID = "paid"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return _BINDINGS[self]


_BINDINGS = {
    Binding.NOTHING: "",
    Binding.ITEM_CAP: "达到本项上限",
    Binding.GROUP_CAP: "达到企业合计上限",
    Binding.STACKING: "就高不重复,按同组金额较高的一项兑付",
    Binding.PAID: "已扣除此前兑付",
}


@dataclass(frozen=True, slots=True)
class Money:
    """Integer fen, from the least to the most it may be."""

    low: int = 0
    high: int = 0

    @property
    def known(self) -> bool:
        """Whether it is one sum."""
        return self.low == self.high

    def less(self, least: int | None, most: int | None) -> Money:
        """What is left after something certain and something possible is taken off; None takes all."""
        return Money(
            0 if most is None else max(0, self.low - most), 0 if least is None else max(0, self.high - least)
        )


@dataclass(frozen=True)
class Entitlement:
    """What one item gives one firm.

    Attributes:
        amount: of the item by itself, in fen, after earlier payments for the matter.
        payable: of it after stacking and caps; the same where the item is looked at alone.
        asked: the missing facts that could change verdict or amount; `matter:…` is the number of a matter.
        binding: what cut the money.
        manual: why a person has to decide; empty where none has to.
        told: whether the public may see the money.
        sentences: what stacking, caps and earlier payments did, for the reader.
    """

    item: Item
    facts: Facts
    as_of: dt.date
    verdict: Verdict
    amount: Money
    payable: Money
    binding: Binding = Binding.NOTHING
    manual: str = ""
    told: bool = False
    sentences: tuple[str, ...] = ()
    assessment: Assessment | None = None
    instalment: int = 0
    open_matter: str = ""
    names: Mapping[str, Input] = field(default_factory=dict, repr=False)

    @property
    def standard(self) -> Standard | None:
        """The version of the standard that decided."""
        return None if self.assessment is None else self.assessment.standard

    @property
    def expected(self) -> Money:
        """What is shown: of a ceiling (最高) everything from nothing up to it may come out."""
        return Money(0, self.payable.high) if self.item.at_most else self.payable

    @property
    def missing(self) -> tuple[str, ...]:
        """As `asked`, found quickly: what open conditions and amounts read, never too few."""
        if self.assessment is None or self._gone or self.verdict is Verdict.NO:
            return ()
        found = may_matter(self.assessment, self.item.amount_key, self.facts)
        return (*found, f"matter:{self.open_matter}") if self.open_matter else found

    @property
    def bounded(self) -> bool:
        """Whether the most it may be says something: not where it grows with a missing number and nothing caps it."""
        if self.assessment is None or not self.item.amount_key or self.amount.known:
            return True
        standard = self.assessment.standard
        halves: dict[str, Span | bool | str] = {}
        for key in standard.rests_on[self.item.amount_key] - self.facts.keys():
            one = standard.inputs.get(key)
            if one is not None and one.type is InputKind.NUMBER:
                span = domain(standard, one, self.facts)
                halves[key] = Span(span.low, span.high / 2)
        most = Evaluator(standard, self.facts, self.as_of, halves).named(self.item.amount_key).high
        return (
            most < ABSURD
            and most == Evaluator(standard, self.facts, self.as_of).named(self.item.amount_key).high
        )

    @property
    def _gone(self) -> bool:
        return self.binding is Binding.PAID and not self.amount.high and not self.open_matter

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The missing facts that could change verdict or amount, in the order of the dictionary."""
        if self.assessment is None or self._gone:
            return ()
        found = mattering(self.assessment, self.item.amount_key, self.facts)
        return (*found, f"matter:{self.open_matter}") if self.open_matter else found

    @cached_property
    def explanation(self) -> Explanation | None:
        """The reasoning, step by step, each with its clause; None where the clause does not hold on the day."""
        standard = self.standard
        return None if standard is None else explain(standard, self.facts, self.as_of)

    @property
    def against(self) -> tuple[str, ...]:
        """Why not: what is looked at, what it is, what it should be."""
        if self.explanation is None or self.verdict is not Verdict.NO:
            return self.sentences if self.verdict is Verdict.NO else ()
        return (*(step.reason for step in self.explanation.against), *self.sentences)

    @cached_property
    def near(self) -> bool:
        """Whether no threshold is missed by more than a tenth, or only half a year is missing, and nothing else."""
        if self.verdict is not Verdict.NO or self.assessment is None or self.binding is Binding.PAID:
            return False
        return is_near(self.assessment.standard, self.facts, self.as_of) or self._soon

    @property
    def _soon(self) -> bool:
        later = self.as_of + SOON
        standard = self.item.standard_on(later) if self.item.in_force(later) else None
        return standard is not None and assess(standard, self.facts, later).outcome is Outcome.PASS

    def advice(self) -> Advice | None:
        """The cheapest changes with which the firm would be entitled."""
        standard = self.standard
        if standard is None or standard.rule is None:
            return None
        return advise(standard, self.facts, self.as_of, dictionary=self.names)


def entitlement(
    item: Item,
    facts: Facts,
    as_of: dt.date,
    paid: Iterable[Payment] = (),
    matters: Mapping[str, str] = _NONE,
    *,
    attached: bool = False,
    names: Mapping[str, Input] = MappingProxyType({}),
) -> Entitlement:
    """What one item gives one firm on one day, without stacking and caps with other items.

    Args:
        facts: what is known, in base units; absent is unknown.
        as_of: the day of the event that is rewarded.
        paid: what was paid or granted before; nothing else is taken to have been paid.
        matters: what would be paid for, by the kind the item names: certificate_no → GR2025….
        attached: an officer has attached the document of the clause.
        names: the dictionary, for advice.
    """
    told = item.told_to_public(as_of, attached)
    standard = item.standard_on(as_of)
    if not item.in_force(as_of) or standard is None:
        why = _not_in_force(item, as_of)
        return Entitlement(item, facts, as_of, Verdict.NO, Money(), Money(), told=told, sentences=(why,))
    found = assess(standard, facts, as_of)
    verdict = _VERDICTS[found.outcome]
    money, binding = _money(item, found)
    sentences: tuple[str, ...] = ()
    number, open_matter = 0, ""
    if verdict is not Verdict.NO:
        if item.instalments:
            due = instalment_due(item, as_of.year, paid, matters)
            number = due.number
            full = _fen(item.instalments[number - 1]) if number else 0
            money = Money(full if verdict is Verdict.YES else 0, full)
            sentences = (due.sentence,)
            gone = not number
        else:
            rest = left(item, as_of.year, paid, matters)
            before, money = money, money.less(rest.least, rest.most)
            sentences = (rest.sentence,) if rest.sentence else ()
            open_matter = rest.open
            gone = rest.least is None or (before.high > 0 and not money.high)
            if rest.least and not gone:
                binding = Binding.PAID
            if open_matter and verdict is Verdict.YES and rest.most is None:
                verdict = Verdict.UNKNOWN
        if gone:
            verdict, binding = Verdict.NO, Binding.PAID
    manual = item.fair_competition.why if item.fair_competition.flag and verdict is not Verdict.NO else ""
    return Entitlement(
        item, facts, as_of, verdict, money, money, binding, manual, told, sentences, found, number, open_matter, names
    )  # fmt: skip


_VERDICTS = {
    Outcome.PASS: Verdict.YES,
    Outcome.FAIL: Verdict.NO,
    Outcome.UNKNOWN: Verdict.UNKNOWN,
    Outcome.NOT_IN_FORCE: Verdict.NO,
}


def _money(item: Item, found: Assessment) -> tuple[Money, Binding]:
    """The money by itself: nothing for a firm that fails, from nothing for one that may fail."""
    if not item.amount_key or found.outcome is Outcome.FAIL:
        return Money(), Binding.NOTHING
    span: Span = found.amounts[item.amount_key]
    low = _fen(span.low) if found.outcome is Outcome.PASS or found.standard.rule is None else 0
    money = Money(low, _fen(span.high))
    limit = next(amount.highest for amount in found.standard.amounts if amount.key == item.amount_key)
    cut = limit is not None and money.known and span.high == limit and not item.at_most
    return money, Binding.ITEM_CAP if cut else Binding.NOTHING


def _fen(yuan: Fraction) -> int:
    """Yuan in fen, a half up."""
    return (2 * (yuan * 100).numerator + (yuan * 100).denominator) // (2 * (yuan * 100).denominator)


def _not_in_force(item: Item, day: dt.date) -> str:
    if item.repeal is not None and day >= item.repeal.on:
        by = f",依据{item.repeal.by}" if item.repeal.by else ""
        return f"本条自{item.repeal.on}起不再适用{by}" + (f":{item.repeal.why}" if item.repeal.why else "")
    if item.starts is not None and day < item.starts:
        return f"本条自{item.starts}起适用,{day}尚未适用"
    return f"本条适用至{item.ends},{day}不再适用" if item.ends else f"{day}没有适用的版本"
