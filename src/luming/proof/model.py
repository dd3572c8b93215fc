"""A proof: one printed figure with the clause, the rule and the inputs that it follows from.

`Inputs` is all that a rule may look at. Nothing is read beside it, so the same inputs give the same figure wherever
and whenever they are reckoned again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luming.facts import Fact, Indicator
from luming.monitor import Override
from luming.pack import Commitment, Curve, District, DocumentHead, LightRule, Measure, Source
from luming.proof.kind import COUNTS, Kind, key_of


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule gives.

    Attributes:
        value: the exact value as plain decimal text, or the name of a light.
        unit: unit of the value; "" for a light.
        words: the figure as papers print it.
        formula: the reckoning in words with its numbers.
    """

    value: str
    unit: str
    words: str
    formula: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a figure follows from.

    Attributes:
        as_of: the day it speaks of; later knowledge plays no part.
        target, indicator, curve, measure: the demand, its indicator, the pack's own curve if it has one, and the
            measure with the one sentence that the demand stands in; None for a count.
        facts: the figures used, as they were known on the day.
        sources: the sources of facts, rule and document.
        override: the light set by hand that was in force.
        districts: districts and their groups, for a ranking.
        asked: which light or which missing figures are counted, which district is ranked, or which period is missing.
        parts: SHA-256 of the proofs that a count goes over.
    """

    as_of: dt.date
    document: DocumentHead
    light_rule: LightRule
    target: Commitment | None = None
    indicator: Indicator | None = None
    curve: Curve | None = None
    measure: Measure | None = None
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    override: Override | None = None
    districts: tuple[District, ...] = ()
    asked: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """One figure with all that it follows from.

    Attributes:
        subject: what it is about: id of a target, name of a light, or target and district.
        group: what a reader calls the subject.
        clause: the place in the document, in words; `quote` the sentence there, verbatim.
        sha256: of all of this; `code` is drawn from it.
    """

    kind: Kind
    subject: str
    group: str
    clause: str
    quote: str
    inputs: Inputs
    result: Result
    sha256: str = ""
    code: str = ""

    @property
    def key(self) -> str:
        """The key under which papers look for it."""
        return key_of(self.kind, self.subject)

    @property
    def label(self) -> str:
        """What the figure is, in words."""
        return f"{self.group}{self.kind.label}" if self.kind not in COUNTS else self.group
