"""The document as data: document → section → measure → sentence → commitments and mechanisms.

A pack is a folder of YAML files (docs/guide/pack.md shows each). The classes here are their exact shape: an
unknown key is a fault, a decimal is read exactly, and every commitment leads back to a span of the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from luming.clause import Clause
from luming.facts import Indicator
from luming.mark import Mark
from luming.pack.terms import (
    BindingStatus,
    CommitmentKind,
    Comparator,
    CountedOver,
    IdentifiedBy,
    Mechanism,
    Thing,
)

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def _plain_number(value: object) -> object:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise PydanticCustomError("plain_number", "not a plain decimal number")
    return value


def _plain_flag(value: object) -> object:
    if isinstance(value, str) and value not in ("true", "false"):
        raise PydanticCustomError("plain_flag", "not true or false")
    return value


Exact = Annotated[Decimal, BeforeValidator(_plain_number)]
Flag = Annotated[bool, BeforeValidator(_plain_flag)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Anchor = Annotated[str, Field(pattern=r"^(m\d{2,3}|sec\d{1,2}|tail)\.s\d{1,3}$")]


class Entry(BaseModel):
    """Base of all that stands in a pack: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Entry):
    """Where something was read. `publisher` is shown to users; mirrors are never linked to."""

    id: Id
    publisher: str
    title: str = ""
    date: str = ""
    url: str = ""
    mirror: Flag = False
    mark: Mark
    note: str = ""


class DocumentHead(Entry):
    """The document itself.

    `partial`: only some of its numbers are known, without the text. `draft`: fresh from extraction, sentences may
    still lack a mechanism and commitments an entry in the dictionary. `office` signs the papers.
    """

    id: str = Field(pattern=r"^[a-z]+\.\d{4}-\d+$")
    number: str = ""
    title: str
    issuer: tuple[str, ...]
    date: dt.date
    year: int = Field(ge=1949, le=2200)
    place: str
    office: str = ""
    text: str = ""
    sha256: str = ""
    succeeds: str = ""
    partial: Flag = False
    draft: Flag = False
    source: str
    mark: Mark
    note: str = ""


class Binding(Entry):
    """What carries a sentence out, how far it is, and where to find it.

    `reference` names a command or a page when the status is `runs`; the rule that is waited for, the planned
    part, or the reason for the absence otherwise.
    """

    mechanism: Mechanism
    status: BindingStatus
    reference: str = Field(min_length=1)
    quote: str = ""


class Sentence(Entry):
    """One sentence with its anchor, its span in the text and what carries it out."""

    id: Anchor
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str = Field(min_length=1)
    bindings: tuple[Binding, ...] = ()


class Measure(Entry):
    """A numbered measure, or one of the unnumbered parts (序言, the lead-in of a section)."""

    id: str = Field(pattern=r"^(m\d{2,3}|sec\d{1,2}|tail)$")
    number: str = ""
    title: str
    section: str = ""
    sentences: tuple[Sentence, ...] = Field(min_length=1)


class Growth(Entry):
    """The growth that a commitment asks for beside its level, in percent of the year before."""

    comparator: Comparator
    value: Exact
    unit: str = "%"
    start: int = -1
    end: int = -1
    quote: str = ""


class NumberRemark(Entry):
    """A number in the text that is no commitment (a name, a date, a version), with the reason.

    Together with the commitments these account for every number in the document.
    """

    clause: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    quote: str
    reason: str = Field(min_length=1)


class Commitment(Entry):
    """One number that the document promises: a target, a cap of support, a budget or a count.

    Attributes:
        clause: anchor of the sentence; "" only in a partial pack without text.
        start, end: span of number and unit in the text; -1 where there is no text.
        value: None where the document gives only growth.
        aspiration: 力争 and the like; it never turns red by itself.
        basis: how success is judged where that goes beyond the words (e.g. "=" read as ">=").
        continues: id of the commitment in the preceding pack that this one carries on.
    """

    id: Id
    label: str
    indicator: str
    kind: CommitmentKind
    comparator: Comparator
    value: Exact | None
    alt_value: Exact | None = None
    unit: str
    growth: Growth | None = None
    deadline: dt.date | None = None
    aspiration: Flag = False
    clause: str = ""
    start: int = -1
    end: int = -1
    quote: str = ""
    basis: str = ""
    continues: str = ""
    source: str = ""
    mark: Mark
    note: str = ""


class Duty(Entry):
    """Who is expected to carry a measure out. The 2025 text of Baotou names no units, so these are editable data."""

    measure: str
    lead: tuple[str, ...]
    support: tuple[str, ...] = ()
    mark: Mark
    basis: str


class CurvePoint(Entry):
    """Share of the year's target that should be reached by the end of a month, of 1."""

    month: int = Field(ge=1, le=12)
    share: Exact = Field(ge=0, le=2)


class Curve(Entry):
    """The planned curve of one target, month by month; editable by the office.

    `kind`: `linear` (days elapsed), `level` (the full level is due all year: ratios and stocks that must hold),
    `year_end` (judged once, at the deadline), `monthly` (the points given).
    """

    target: str
    kind: str = Field(pattern=r"^(linear|level|year_end|monthly)$")
    points: tuple[CurvePoint, ...] = ()
    mark: Mark
    note: str = ""


class LightRule(Entry):
    """When a light turns. Deviations are points of completion behind schedule (序时进度 − 完成率).

    The published rule is Yinchuan's of 2025 (behind by 10–30 points inclusive yellow, more red); it is labelled a
    default wherever it decides for another city.
    """

    id: Id
    label: str
    yellow_from_points: Exact
    red_above_points: Exact
    stale_after_days: int = Field(ge=0)
    source: str
    mark: Mark
    note: str = ""


class Identity(Entry):
    """A whole that should equal the product (or the sum) of its factors, used to expose contradictions.

    Attributes:
        operation: `product` (intensity × GDP) or `sum` (parts of a whole).
        compare: indicators of a neighbouring definition that are shown against the whole, never merged with it.
    """

    id: Id
    whole: str
    factors: tuple[str, ...] = Field(min_length=2)
    operation: str = Field(default="product", pattern="^(product|sum)$")
    compare: tuple[str, ...] = ()
    note: str = ""


class District(Entry):
    """A banner, county, district or zone below the city, with the group that it is ranked in."""

    name: str = Field(min_length=1)
    group: str = ""
    mark: Mark
    note: str = ""


class CountingRule(Entry):
    """How an indicator is counted from single entries, each person or thing once (mechanisms reference, section 8.2).

    Attributes:
        categories: the kinds of entry that count; none named: all.
        several: one thing may rightly stand in several categories and still counts once; else the second entry is a
            duplicate whatever its category.
        numerator, denominator: categories of a ratio.
        cutoff: day of the year (MM-DD) until which the numerator counts; "" while nobody has declared it, and then
            there is no figure.
        source, clause: the document and the sentence that set the target.
        mark: how far the rule is the document's; `question` is what the office must still be asked.
    """

    indicator: Id
    counts: Thing
    identity: IdentifiedBy
    over: CountedOver
    categories: tuple[str, ...] = ()
    several: Flag = False
    numerator: str = ""
    denominator: str = ""
    cutoff: str = Field(default="", pattern=r"^(|(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))$")
    source: Id
    clause: Anchor
    mark: Mark
    question: str = ""
    note: str = ""


class Pack(BaseModel):
    """Everything a document is as data, checked and frozen.

    `path` is its folder, `city` the folder with the city's dictionary, sources and facts.
    `sha256` is the hash of all files of the pack, by which a result names the pack it was computed from.
    `text` is the document as read; "" in a partial pack. `sources` are the city's and the document's own;
    `own_sources` only the latter.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    city: Path = Path()
    sha256: str
    document: DocumentHead
    text: str
    measures: tuple[Measure, ...]
    commitments: tuple[Commitment, ...]
    remarks: tuple[NumberRemark, ...]
    duties: tuple[Duty, ...]
    curves: tuple[Curve, ...]
    light_rule: LightRule
    indicators: tuple[Indicator, ...]
    identities: tuple[Identity, ...]
    sources: tuple[Source, ...]
    own_sources: tuple[Source, ...] = ()
    districts: tuple[District, ...] = ()
    counting: tuple[CountingRule, ...] = ()

    def targets(self) -> tuple[Commitment, ...]:
        """The commitments that progress is measured against."""
        return tuple(item for item in self.commitments if item.kind is CommitmentKind.TARGET)

    def indicator(self, id: str) -> Indicator:
        """The dictionary entry; KeyError if the pack has none (the loader refuses such packs)."""
        return self.indicators_by_id[id]

    def source(self, id: str) -> Source:
        """The source; KeyError if the pack has none (the loader refuses such packs)."""
        return self._sources_by_id[id]

    def sentence(self, anchor: str) -> tuple[Measure, Sentence]:
        """The sentence behind an anchor with its measure; KeyError if there is none."""
        return self.sentences_by_anchor[anchor]

    @cached_property
    def indicators_by_id(self) -> Mapping[str, Indicator]:
        """The dictionary by id."""
        return {item.id: item for item in self.indicators}

    @cached_property
    def sentences_by_anchor(self) -> Mapping[str, tuple[Measure, Sentence]]:
        """Every sentence with its measure, by anchor."""
        return {
            sentence.id: (measure, sentence) for measure in self.measures for sentence in measure.sentences
        }

    @cached_property
    def _sources_by_id(self) -> Mapping[str, Source]:
        return {item.id: item for item in self.sources}

    def clause_of(self, item: Commitment) -> Clause:
        """Where a commitment stands in the document."""
        if not item.clause:
            return Clause(self.document.number or self.document.title, "", "", -1, -1, item.quote)
        measure, sentence = self.sentence(item.clause)
        return Clause(
            self.document.number, measure.number, sentence.id, sentence.start, sentence.end, sentence.quote
        )

    def duty_of(self, measure: str) -> Duty | None:
        """The expected division of labour for a measure id, if the pack has one."""
        return next((duty for duty in self.duties if duty.measure == measure), None)
