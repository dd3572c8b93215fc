"""A standard as the evaluators see it: facts asked, named figures, scores, the condition tree, classes, amounts.

Everything is read and checked by `loader`; nothing here holds text that still has to be understood.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from luming.standards.condition import About, Condition
from luming.standards.expression import Expression
from luming.standards.kind import Kind
from luming.standards.points import Part


class InputKind(StrEnum):
    """What a fact is."""

    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    DATE = "date"


class Subject(StrEnum):
    """Whom or what a standard judges."""

    ENTERPRISE = "enterprise"
    PLATFORM = "platform"
    RESULT = "result"


class StandardKind(StrEnum):
    """What a standard is for."""

    RECOGNITION = "recognition"
    CLASSIFICATION = "classification"
    SCORE = "score"
    BENEFIT = "benefit"


@dataclass(frozen=True, slots=True)
class Adjust:
    """How a firm can change a fact, for advice.

    Attributes:
        direction: up, down or both; of a flag, up is from no to yes.
        step: the smallest change, in base units; of a flag, the change itself.
        cost: effort of one step, a pure number of our own scale.
        quick: whether it can be done within the year.
    """

    direction: Literal["up", "down", "both"]
    step: Fraction
    cost: Fraction
    quick: bool


@dataclass(frozen=True, slots=True)
class Input:
    """A fact that standards ask.

    Attributes:
        unit: as a table gives it; `factor` base units each.
        decimals: digits behind the point in that unit; a finer value is a fault.
        lowest, highest: the domain in base units; a missing value lies anywhere in it.
        part_of: another fact that this one never exceeds.
    """

    key: str
    about: About
    type: InputKind
    unit: str = ""
    kind: Kind = field(default_factory=Kind)
    factor: Fraction = Fraction(1)
    decimals: int = 0
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)
    options: tuple[str, ...] = ()
    part_of: str = ""
    adjust: Adjust | None = None

    @property
    def step(self) -> Fraction:
        """The grid of the values, in base units."""
        return self.factor / Fraction(10**self.decimals)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reckon a named figure: first whose condition holds; without one, always."""

    formula: Expression
    written: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A named figure. `given`: a table may hand it in by this name where its parts are missing."""

    key: str
    about: About
    ways: tuple[Way, ...]
    kind: Kind
    root: int = 1
    shown: str = ""
    given: Input | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a derived choice; without a condition, otherwise."""

    name: str
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A derived choice: the first option whose condition holds."""

    key: str
    about: About
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """A class of a classification: first whose condition holds; without one, otherwise."""

    key: str
    about: About
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money reckoned: the formula, cut at lowest and highest, rounded half up to `decimals` of `unit`; 0 where `when` fails."""

    key: str
    about: About
    formula: Expression
    written: str
    unit: str
    decimals: int
    lowest: Fraction | None
    highest: Fraction | None
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Line:
    """A cut line of a score, for lists."""

    score: str
    at_least: Fraction
    about: About


@dataclass(frozen=True, slots=True)
class Document:
    """The document a standard follows."""

    title: str
    number: str
    issuer: str
    issued: dt.date | None
    source: str


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of a standard.

    Attributes:
        starts, ends: the days it is in force, both included; None = not limited.
        inputs: the facts it asks, by key, in the order of the dictionary.
        parts: every named part of every score, the scores included, by key.
        split: facts whose missing value is thought through cell by cell: key → constants it is compared with.
        wholes: facts that have parts among the inputs: key → the parts.
        rests_on: the facts behind each condition and part (by identity of the node) and each figure (by key).
        sha256: of the file and the inputs it reads.
    """

    key: str
    version: str
    about: About
    kind: StandardKind
    subject: Subject
    document: Document
    starts: dt.date | None
    ends: dt.date | None
    caution: str
    caution_en: str
    replaced_by: str
    inputs: Mapping[str, Input]
    figures: tuple[Value | Choice, ...]
    scores: tuple[Part, ...]
    parts: Mapping[str, Part]
    rule: Condition | None
    classes: tuple[Class, ...]
    amounts: tuple[Amount, ...]
    lines: tuple[Line, ...]
    split: Mapping[str, tuple[Fraction, ...]]
    wholes: Mapping[str, tuple[str, ...]]
    rests_on: Mapping[int | str, frozenset[str]]
    sha256: str
    city: str = ""

    @property
    def name(self) -> str:
        """Key and version, as a person would point at it: `hnte@2016`."""
        return f"{self.key}@{self.version}"

    def in_force(self, day: dt.date) -> bool:
        """Whether it applies on a day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)
