"""The verdict of one standard on one firm: pass, fail or unknown, with scores, classes and amounts as far as known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from luming.standards.evaluator import Evaluator, Facts
from luming.standards.model import Standard, StandardKind, Value
from luming.standards.span import Span, hull
from luming.standards.split import cells
from luming.standards.truth import Truth


class Outcome(StrEnum):
    """What a standard says of a firm."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_IN_FORCE = "not_in_force"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return _LABELS[self]


_LABELS = {
    Outcome.PASS: "符合",
    Outcome.FAIL: "不符合",
    Outcome.UNKNOWN: "尚不能判断",
    Outcome.NOT_IN_FORCE: "当日不适用",
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one version of a standard says of one firm on one day.

    Attributes:
        classes: the classes it may be in; one of them means it is in that class, an empty name stands for none.
        scores, parts, values, amounts: what each may be, in base units, by key.
        missing: facts the standard asks that are not known, in the order of the dictionary.
    """

    standard: Standard
    as_of: dt.date
    outcome: Outcome
    classes: tuple[str, ...]
    scores: Mapping[str, Span]
    parts: Mapping[str, Span]
    values: Mapping[str, Span]
    amounts: Mapping[str, Span]
    missing: tuple[str, ...]

    @property
    def class_(self) -> str | None:
        """The class, where it is known; empty for none of them."""
        return self.classes[0] if len(self.classes) == 1 else None


def assess(
    standard: Standard, facts: Facts, as_of: dt.date, places: Mapping[str, Fraction] | None = None
) -> Assessment:
    """Assess one firm by one version of a standard.

    Args:
        facts: what is known, in base units; absent is unknown.
        places: place within the peer group by part, for percentile parts.
    """
    return examine(standard, facts, as_of, places)[0]


def examine(
    standard: Standard, facts: Facts, as_of: dt.date, places: Mapping[str, Fraction] | None = None
) -> tuple[Assessment, Evaluator]:
    """As `assess`, with the evaluator that thought of each missing fact as a whole, for explanations."""
    missing = tuple(key for key in standard.inputs if key not in facts)
    whole = Evaluator(standard, facts, as_of, None, places)
    runs = [
        Evaluator(standard, facts, as_of, cell, places, whole) if cell else whole
        for cell in cells(standard, facts)
    ]

    def span(key: str) -> Span:
        found = whole.named(key)
        return found if found.known else hull(run.named(key) for run in runs)

    scores = {score.key for score in standard.scores}
    points = {key: span(key) for key in standard.parts}
    classes = _merged(standard, runs) if standard.classes else ()
    amounts = {item.key: span(item.key) for item in standard.amounts}
    values = {item.key: span(item.key) for item in standard.figures if isinstance(item, Value)}
    outcome = Outcome.NOT_IN_FORCE
    if standard.in_force(as_of):
        outcome = _outcome(standard, runs, classes, points, amounts)
    found = Assessment(
        standard,
        as_of,
        outcome,
        classes,
        {key: points[key] for key in points if key in scores},
        {key: points[key] for key in points if key not in scores},
        values,
        amounts,
        missing,
    )
    return found, whole


def _merged(standard: Standard, runs: list[Evaluator]) -> tuple[str, ...]:
    """The classes of all cells in the order of the file, none of them last."""
    possible = {name for run in runs for name in run.classes()}
    return tuple(name for name in (*(item.key for item in standard.classes), "") if name in possible)


def _outcome(
    standard: Standard,
    runs: list[Evaluator],
    classes: tuple[str, ...],
    points: Mapping[str, Span],
    amounts: Mapping[str, Span],
) -> Outcome:
    if standard.rule is not None:
        truths = [run.condition(standard.rule) for run in runs]
        return _of(Truth(any(item.can for item in truths), all(item.must for item in truths)))
    if standard.classes:
        if len(classes) > 1:
            return Outcome.UNKNOWN
        return Outcome.PASS if classes[0] else Outcome.FAIL
    figures = points if standard.kind is StandardKind.SCORE else amounts
    return Outcome.PASS if all(span.low == span.high for span in figures.values()) else Outcome.UNKNOWN


def _of(truth: Truth) -> Outcome:
    if truth.known:
        return Outcome.PASS if truth.must else Outcome.FAIL
    return Outcome.UNKNOWN
