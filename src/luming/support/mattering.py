"""Which missing facts could still change a verdict or an amount.

A fact matters where some case of the other missing facts can be found in which two of its values lead to different
answers. The cases are tried value by value: of numbers both ends of every stretch between the constants they are
compared with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luming.standards import (
    Assessment,
    Evaluator,
    Fact,
    Facts,
    InputKind,
    Outcome,
    Span,
    Standard,
    deciding,
    domain,
    edges_of,
    stretches,
)

EFFORT = 400
"""Cases tried for one fact; one that is not settled by then is taken to matter."""

_SIZES = tuple(Fraction(10) ** power for power in (7, 6, 1, 4, 8, 9, 2, 0))
"""Numbers, in base units, that are tried within every stretch: under a cap and beyond it, firms small and large."""

_AGES = (0, 1, 300, 400, 731, 1100, 1900, 3700, 7400, 36500)
"""Days before the day of the assessment that are tried for a missing date."""


@dataclass(slots=True)
class Effort:
    """How many more cases may be tried."""

    left: int = EFFORT


def mattering(found: Assessment, amount: str, facts: Facts) -> tuple[str, ...]:
    """The missing facts that could change the outcome, or the amount of that name, in the order of the dictionary."""
    search = _Search(found.standard, amount, found.as_of)
    candidates = search.candidates(found, facts)
    return tuple(key for key in candidates if search.matters(key, candidates, facts, Effort()))


def may_matter(found: Assessment, amount: str, facts: Facts) -> tuple[str, ...]:
    """As `mattering`, without trying cases: what the open conditions and amounts read, never too few."""
    return _Search(found.standard, amount, found.as_of).candidates(found, facts)


def matters(found: Assessment, amount: str, facts: Facts, key: str, effort: Effort) -> bool:
    """Whether one missing fact could change the outcome or the amount; what is not settled is taken to."""
    search = _Search(found.standard, amount, found.as_of)
    candidates = search.candidates(found, facts)
    return key in candidates and search.matters(key, candidates, facts, effort)


class _Search:
    def __init__(self, standard: Standard, amount: str, as_of: dt.date) -> None:
        self.standard = standard
        self.amount = amount
        self.as_of = as_of
        self._edges = edges_of(standard)

    def candidates(self, found: Assessment, facts: Facts) -> tuple[str, ...]:
        """Facts that open conditions and amounts read."""
        open_amount = bool(self.amount) and not found.amounts[self.amount].known
        if found.outcome is not Outcome.UNKNOWN and (found.outcome is not Outcome.PASS or not open_amount):
            return ()
        keys: set[str] = set()
        if found.outcome is Outcome.UNKNOWN:
            keys |= set(deciding(self.standard, Evaluator(self.standard, facts, self.as_of)))
        if open_amount:
            keys |= self.standard.rests_on[self.amount]
        figures = {figure.key for figure in self.standard.figures}
        return tuple(
            key for key in self.standard.inputs if key in keys and key not in facts and key not in figures
        )

    def matters(self, key: str, candidates: tuple[str, ...], facts: Facts, effort: Effort) -> bool:
        """Whether two values of a fact lead to different answers in some case of the others."""
        return self._differs(key, tuple(other for other in candidates if other != key), dict(facts), effort)

    def _differs(self, key: str, others: tuple[str, ...], facts: Mapping[str, Fact], effort: Effort) -> bool:
        effort.left -= 1
        if effort.left < 0:
            return True
        if self._answer(facts)[0]:
            return False
        if others:
            first, *rest = others
            return any(
                self._differs(key, tuple(rest), {**facts, first: value}, effort)
                for value in self._values(first, facts)
            )
        answers = set()
        for value in self._values(key, facts):
            answers.add(self._answer({**facts, key: value})[1])
            if len(answers) > 1:
                return True
        return False

    def _answer(self, facts: Mapping[str, Fact]) -> tuple[bool, Hashable]:
        """Whether nothing that is missing can change the answer any more, and the answer as far as known."""
        run, standard = Evaluator(standard=self.standard, facts=facts, as_of=self.as_of), self.standard
        settled: bool
        said: Hashable
        if standard.rule is not None:
            truth = run.condition(standard.rule)
            if not truth.can:
                return True, truth
            settled, said = truth.known, truth
        elif standard.classes:
            classes = run.classes()
            settled, said = len(classes) == 1, classes
        else:
            keys = [part.key for part in standard.scores] + [amount.key for amount in standard.amounts]
            spans = tuple(map(run.named, keys))
            settled, said = all(span.low == span.high for span in spans), spans
        if not self.amount:
            return settled, said
        span = run.named(self.amount)
        return settled and span.known, (said, span)

    def _values(self, key: str, facts: Mapping[str, Fact]) -> Iterator[Fact]:
        item = self.standard.inputs[key]
        if item.type is InputKind.FLAG:
            yield from (True, False)
        elif item.type is InputKind.CHOICE:
            yield from item.options
        elif item.type is InputKind.DATE:
            yield from (self.as_of - dt.timedelta(days) for days in reversed(_AGES))
        else:
            yield from _numbers(
                stretches(item, self._edges.get(key, ()), domain(self.standard, item, facts)), item.step
            )


def _numbers(cells: Sequence[object], step: Fraction) -> Iterator[Fraction]:
    """Of every stretch a number of each size that lies within it, then its ends; no number twice."""
    spans = [cell for cell in reversed(cells) if isinstance(cell, Span)]
    inside = (
        size // step * step
        for size in _SIZES
        for cell in spans
        if cell.low <= size // step * step <= cell.high
    )
    ends = (end for cell in spans for end in (cell.high, cell.low))
    yield from dict.fromkeys((*inside, *ends))
