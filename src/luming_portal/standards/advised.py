"""Advice for a firm about one standard, in words: the cheapest changes that were tried out, or what stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from luming.standards import Fact, Facts, Input, Standard, StandardKind, figure
from luming.standards.advice import Advice, Prospect, advise
from luming_portal.standards.catalogue import shelf

EFFORT = 1500
"""Boxes of changes looked at for a page; where that is not enough the page says so."""


@dataclass(frozen=True, slots=True)
class Step:
    """One changed fact of a plan: label, from, to, and whether it can be done within the year."""

    label: str
    before: str
    after: str
    quick: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One plan; `proven`: nothing cheaper reaches it."""

    steps: tuple[Step, ...]
    quick: bool
    proven: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Advice as the page shows it.

    Attributes:
        obstacles: conditions that no change reaches, each with the day from which time alone would help.
        to_fill: labels of the missing facts that decide and have to be known first.
    """

    prospect: Prospect
    ways: tuple[Way, ...]
    obstacles: tuple[tuple[str, dt.date | None], ...]
    to_fill: tuple[str, ...]
    from_day: dt.date | None


def advice_on(standard: Standard, facts: Facts, as_of: dt.date, language: str) -> Told | None:
    """Advice on qualifying; None where the standard is nothing to qualify for, or is met."""
    if standard.rule is None or standard.kind is not StandardKind.RECOGNITION:
        return None
    inputs = shelf().inputs
    found = advise(standard, facts, as_of, dictionary=inputs, effort=EFFORT)
    if found.prospect in (Prospect.MET, Prospect.NOT_IN_FORCE):
        return None
    return _told(found, {**inputs, **standard.inputs}, language)


def _told(found: Advice, inputs: Mapping[str, Input], language: str) -> Told:
    ways = tuple(
        Way(
            tuple(
                Step(
                    change.input.about.name(language),
                    _words(change.before, change.input, language),
                    _words(change.after, change.input, language),
                    change.quick,
                )
                for change in plan.changes
            ),
            plan.quick,
            plan.proven,
        )
        for plan in found.plans
    )
    obstacles = tuple((one.about.name(language) or one.written, one.from_day) for one in found.obstacles)
    to_fill = tuple(inputs[key].about.name(language) for key in found.to_fill if key in inputs)
    return Told(found.prospect, ways, obstacles, to_fill, found.from_day)


def _words(value: Fact, item: Input, language: str) -> str:
    if isinstance(value, bool):
        return ("yes" if value else "no") if language == "en" else ("是" if value else "否")
    return figure(value, item.unit, language) if isinstance(value, Fraction) else str(value)
