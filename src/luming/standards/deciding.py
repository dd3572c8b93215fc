"""Which missing facts could change an outcome that is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luming.standards.condition import Condition, TestOf, leaves
from luming.standards.evaluator import Evaluator
from luming.standards.expression import names
from luming.standards.model import Standard, Value
from luming.standards.points import Added, BestOf, Cases, Group, Part, parts_of, reads
from luming.standards.split import conditions_of
from luming.standards.truth import Truth


def deciding(standard: Standard, run: Evaluator) -> tuple[str, ...]:
    """Keys of the missing facts on which the open conditions, classes, points or amounts rest, in dictionary order."""
    found = set(_Search(standard, run).whole())
    return tuple(key for key in standard.inputs if key in found)


class _Search:
    def __init__(self, standard: Standard, run: Evaluator) -> None:
        self.standard = standard
        self.run = run
        self.parts = {part.key: part for score in standard.scores for part in parts_of(score) if part.key}
        self.figures = {item.key: item for item in standard.figures}

    def whole(self) -> Iterator[str]:
        if self.standard.rule is not None:
            yield from self.condition(self.standard.rule)
        elif self.standard.classes:
            for item in self.standard.classes:
                if item.when is not None:
                    yield from self.condition(item.when)
        else:
            for score in self.standard.scores:
                yield from self.part(score)
            for amount in self.standard.amounts:
                yield from self.names(names(amount.formula))
                if amount.when is not None:
                    yield from self.condition(amount.when)

    def condition(self, node: Condition) -> Iterator[str]:
        holds: Truth = self.run.condition(node)
        if holds.known:
            return
        if isinstance(node, TestOf):
            yield from self.names(names(node.test))
            return
        for item in node.items:
            yield from self.condition(item)

    def part(self, part: Part) -> Iterator[str]:
        span = self.run.part(part)
        if span.low == span.high:
            return
        if part.judged and part.judged not in self.run.facts:
            yield part.judged
        body = part.body
        if isinstance(body, Group | BestOf):
            for inner in body.parts if isinstance(body, Group) else body.list:
                yield from self.part(inner)
        elif isinstance(body, Cases | Added):
            for case in body.list:
                if case.when is not None:
                    yield from self.condition(case.when)
        else:
            for group in reads(part):
                yield from self.names(group)

    def names(self, keys: Iterable[str]) -> Iterator[str]:
        for key in keys:
            if key in self.parts:
                yield from self.part(self.parts[key])
            elif key in self.figures:
                yield from self._figure(key)
            elif key in self.standard.inputs and key not in self.run.facts:
                yield key

    def _figure(self, key: str) -> Iterator[str]:
        figure = self.figures[key]
        if isinstance(figure, Value):
            for way in figure.ways:
                yield from self.names(names(way.formula))
        for node in conditions_of(figure):
            for leaf in leaves(node):
                yield from self.names(names(leaf.test))
