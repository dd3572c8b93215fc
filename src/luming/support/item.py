"""An item of support: who may get what, under which clause, how often, and what of it we filled in ourselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from luming.mark import Mark
from luming.standards import Standard


class ItemKind(StrEnum):
    """What an item gives."""

    AWARD = "award"
    POST_SUBSIDY = "post_subsidy"
    INTEREST = "interest"
    INVESTMENT = "investment"
    PROJECT = "project"
    HONOUR = "honour"
    SERVICE = "service"
    TAX_NOTE = "tax_note"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return _KINDS[self]

    @property
    def pays(self) -> bool:
        """Whether money of the budget reaches the firm; tax saved and risk shared are told apart."""
        return self not in (ItemKind.HONOUR, ItemKind.SERVICE, ItemKind.TAX_NOTE)


_KINDS = {
    ItemKind.AWARD: "认定奖励",
    ItemKind.POST_SUBSIDY: "后补助",
    ItemKind.INTEREST: "贴息",
    ItemKind.INVESTMENT: "投资补助",
    ItemKind.PROJECT: "项目资助",
    ItemKind.HONOUR: "荣誉",
    ItemKind.SERVICE: "服务",
    ItemKind.TAX_NOTE: "税收提示",
}


class Lane(StrEnum):
    """How an item is claimed."""

    AUTOMATIC = "automatic"
    FAST = "fast"
    APPLICATION = "application"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return _LANES[self]


_LANES = {Lane.AUTOMATIC: "免申即享", Lane.FAST: "快申快享", Lane.APPLICATION: "申报"}


class Receiver(StrEnum):
    """Who gets it."""

    ENTERPRISE = "enterprise"
    PLATFORM = "platform"
    PERSON = "person"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a file of items follows.

    Attributes:
        official: read on the page of its issuer, so that its money may be told to the public while it is in force.
    """

    title: str
    number: str
    issuer: str
    issued: dt.date | None
    source: str
    official: bool


@dataclass(frozen=True, slots=True)
class Share:
    """Who bears which part of the money."""

    who: str
    part: Fraction


@dataclass(frozen=True, slots=True)
class Repeal:
    """The end of a clause: the first day it no longer holds, by which document and why."""

    on: dt.date
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that all items of a cap group together pay one firm.

    Attributes:
        scope: in one year (firm_year) or in all (firm_total).
        amount: in yuan.
    """

    scope: Literal["firm_year", "firm_total"]
    group: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class FairCompetition:
    """Whether a person has to decide on grounds of 公平竞争审查, and why."""

    flag: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of support, with the standard it is compiled into or follows.

    Attributes:
        standards: versions of the standard that decides it; one where it is compiled from the item itself.
        amount_key: which amount of the standard is its money; empty where it gives none.
        at_most: the clause says 最高: what is reckoned is a ceiling, the payment lies between 0 and it.
        instalments: yearly payments in yuan while the condition still holds; empty where paid at once.
        not_found: what is not known of its money; empty where its money is known.
        group: items of one stacking group are not paid twice for one matter: the highest counts.
        difference: what was paid before for the matter is made up to the higher award; otherwise nothing more is paid.
        matter: what pays once (certificate_no, project_no …); `firm`: once for ever; empty: once a year.
        window: first and last day on which it may be claimed; None where no day is set.
        starts, ends: first and last day it applies, the repeal included.
        assumed: names of elements we filled in without a source.
        follows: key of the standard it follows; empty where it is compiled from itself.
    """

    key: str
    name: str
    name_en: str
    clause: str
    kind: ItemKind
    lane: Lane
    receiver: Receiver
    source: Source
    owner: str
    mark: Mark
    note: str
    caution: str
    lead: str
    pays: str
    contact: str
    share: tuple[Share, ...]
    starts: dt.date | None
    ends: dt.date | None
    window: tuple[dt.date | None, dt.date | None]
    repeal: Repeal | None
    standards: tuple[Standard, ...]
    amount_key: str
    at_most: bool
    instalments: tuple[Fraction, ...]
    not_found: str
    group: str
    difference: bool
    matter: str
    caps: tuple[Cap, ...]
    evidence: tuple[str, ...]
    clawback: tuple[str, ...]
    assumed: tuple[str, ...]
    fair_competition: FairCompetition = field(default_factory=FairCompetition)
    follows: str = ""

    @property
    def standard(self) -> Standard:
        """The standard of an item compiled from itself; of one that follows a standard, its latest version."""
        return self.standards[-1]

    @property
    def stack(self) -> str:
        """The stacking group; an item without one stands alone."""
        return self.group or self.key

    @property
    def article(self) -> str:
        """Document number and clause, as an officer would cite them."""
        if self.follows and not self.clause and self.standard.document.title:
            document = self.standard.document
            return document.number or document.title
        return f"{self.source.number or self.source.title}{self.clause}"

    def in_force(self, day: dt.date) -> bool:
        """Whether the clause holds on a day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def deadline(self, day: dt.date) -> dt.date | None:
        """The last day on which it may still be claimed, seen from a day; None where none is set, or it is past."""
        last = min((end for end in (self.window[1], self.ends) if end is not None), default=None)
        return last if last is not None and last >= day else None

    def standard_on(self, day: dt.date) -> Standard | None:
        """The version of its standard that applies on a day."""
        return next((item for item in self.standards if item.in_force(day)), None)

    def told_to_public(self, day: dt.date, attached: bool = False) -> bool:
        """Whether the public may see its money: an official document in force, or one that an officer has attached."""
        return self.in_force(day) and (self.source.official or attached)
