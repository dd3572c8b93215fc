"""What a firm wants of a standard: to pass it, to be in a class, to score at least so much."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luming.standards.assessment import Assessment, Outcome
from luming.standards.evaluator import Evaluator
from luming.standards.model import Standard
from luming.standards.points import parts_of
from luming.standards.span import point
from luming.standards.truth import NO, Truth, compare


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal; make it with `passing`, `in_class`, `scoring`.

    Attributes:
        key: the class, or the score or part of a score.
        at_least: points wanted.
    """

    kind: Literal["pass", "class", "score"]
    key: str = ""
    at_least: Fraction = Fraction(0)

    def truth(self, run: Evaluator) -> Truth:
        """Whether it can be and must be reached, in one run of the standard."""
        if self.kind == "score":
            return compare(">=", run.named(self.key), point(self.at_least))
        if self.kind == "class":
            classes = run.classes()
            return Truth(self.key in classes, classes == (self.key,))
        if run.standard.rule is not None:
            return run.condition(run.standard.rule)
        if not run.standard.classes:
            return NO
        classes = run.classes()
        return Truth(any(classes), all(classes))

    def met(self, found: Assessment) -> bool:
        """Whether an assessment reaches it, whatever is missing."""
        if found.outcome is Outcome.NOT_IN_FORCE:
            return False
        if self.kind == "score":
            return {**found.parts, **found.scores}[self.key].low >= self.at_least
        if self.kind == "class":
            return found.class_ == self.key
        if found.standard.rule is not None:
            return found.outcome is Outcome.PASS
        return bool(found.classes) and all(found.classes)


PASSING = Goal("pass")
"""The outcome pass; of a classification, any class."""


def in_class(standard: Standard, key: str) -> Goal:
    """The goal to be in a class.

    Raises:
        KeyError: the standard has no such class.
    """
    if key not in (item.key for item in standard.classes):
        raise KeyError(key)
    return Goal("class", key)


def scoring(standard: Standard, key: str, at_least: Fraction) -> Goal:
    """The goal to score at least so many points, in a score or a part of one.

    Raises:
        KeyError: the standard has no such score.
    """
    if key not in (part.key for score in standard.scores for part in parts_of(score) if part.key):
        raise KeyError(key)
    return Goal("score", key, at_least)


def next_class(found: Assessment) -> Goal | None:
    """The class before the present one, in the order of the file; None where it is not known or there is none."""
    order = [item.key for item in found.standard.classes]
    if found.class_ is None or not order:
        return None
    at = order.index(found.class_) if found.class_ else len(order)
    return Goal("class", order[at - 1]) if at else None


def next_line(found: Assessment) -> Goal | None:
    """The lowest cut line of the standard that the firm is not sure to reach; None where it reaches all."""
    above = [line for line in found.standard.lines if found.scores[line.score].low < line.at_least]
    if not above:
        return None
    line = min(above, key=lambda item: item.at_least - found.scores[item.score].low)
    return Goal("score", line.score, line.at_least)
