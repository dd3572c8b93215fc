"""Parts of a score: how the points of each are found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from luming.standards.condition import About, Condition, leaves
from luming.standards.expression import Expression, names


@dataclass(frozen=True, slots=True)
class Points:
    """Points, or a range that experts choose within."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Band:
    """Points for a stretch of a figure; an edge of None is open-ended."""

    points: Points
    lower: Fraction | None
    lower_closed: bool
    upper: Fraction | None
    upper_closed: bool
    written: str


@dataclass(frozen=True, slots=True)
class Bands:
    """Points by where a figure lies; outside of all bands there are none."""

    of: Expression
    written: str
    root: int
    list: tuple[Band, ...]

    @property
    def complete(self) -> bool:
        """Whether every number lies in one of the bands."""
        ordered = sorted(
            self.list, key=lambda band: (band.lower is not None, band.lower or 0, not band.lower_closed)
        )
        joined = all(
            one.upper is not None and one.upper == other.lower and one.upper_closed != other.lower_closed
            for one, other in itertools.pairwise(ordered)
        )
        return bool(ordered) and joined and ordered[0].lower is None and ordered[-1].upper is None


@dataclass(frozen=True, slots=True)
class Case:
    """Points under a condition; without one, otherwise."""

    points: Points
    when: Condition | None
    about: About


@dataclass(frozen=True, slots=True)
class Cases:
    """Points of the first case that holds; none holds, none are given."""

    list: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Points of every case that holds."""

    list: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Points given by experts, within 0 and the part's maximum."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Full points: one number, or one for each option of a choice."""

    by: str
    table: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Full points times min(max(of, 0) / full, 1)."""

    of: Expression
    written: str
    full: Fraction
    full_written: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class Percentile:
    """Full points times the place within the peer group: (those below + half of the equal) / all."""

    of: Expression
    written: str
    peers: tuple[str, ...]
    weight: Weight


@dataclass(frozen=True, slots=True)
class Formula:
    """Points reckoned by a formula."""

    formula: Expression
    written: str


@dataclass(frozen=True, slots=True)
class BestOf:
    """The best of several ways."""

    list: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The sum of its parts."""

    parts: tuple[Part, ...]


Body = Bands | Cases | Added | Judged | Ratio | Percentile | Formula | BestOf | Group


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score.

    Attributes:
        key: its name, usable in tests; empty for a way within `best_of`.
        judged: the fact that holds the experts' points.
        highest, lowest: the sum is cut there.
        decimals: scale of reckoned points, rounded half up.
    """

    key: str
    about: About
    body: Body
    judged: str = ""
    highest: Fraction | None = None
    lowest: Fraction | None = None
    decimals: int = 4


def parts_of(part: Part) -> Iterator[Part]:
    """A part and all parts in it."""
    yield part
    inner = part.body.parts if isinstance(part.body, Group) else ()
    for item in part.body.list if isinstance(part.body, BestOf) else inner:
        yield from parts_of(item)


def parts_within(score: Part) -> tuple[Part, ...]:
    """The parts that a score adds up, one level down."""
    return score.body.parts if isinstance(score.body, Group) else ()


def reads(part: Part) -> Iterator[tuple[str, ...]]:
    """The names each element of a part's own body reads, an element at a time (without inner parts)."""
    if part.judged:
        yield (part.judged,)
    match part.body:
        case Bands(of=of) | Ratio(of=of):
            yield tuple(names(of))
        case Percentile(of=of, peers=peers):
            yield (*names(of), *peers)
        case Formula(formula=formula):
            yield tuple(names(formula))
        case Cases(list=cases) | Added(list=cases):
            for case in cases:
                yield from (tuple(names(leaf.test)) for leaf in leaves(case.when))
    if isinstance(part.body, Ratio | Percentile) and part.body.weight.by:
        yield (part.body.weight.by,)
