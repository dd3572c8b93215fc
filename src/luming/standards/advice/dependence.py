"""Which names of a standard depend on some facts, through figures, parts of scores and amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from luming.standards.condition import Condition, leaves
from luming.standards.expression import names
from luming.standards.model import Amount, Choice, Standard, Value
from luming.standards.points import Part, parts_of, reads


def condition_names(node: Condition | None) -> Iterator[str]:
    """The names that the tests of a condition read."""
    for leaf in leaves(node):
        yield from names(leaf.test)


def part_names(part: Part) -> Iterator[str]:
    """The names that a part and all parts in it read."""
    for inner in parts_of(part):
        for group in reads(inner):
            yield from group


def figure_names(figure: Value | Choice) -> Iterator[str]:
    """The names that a named figure or a derived choice reads."""
    if isinstance(figure, Choice):
        for option in figure.options:
            yield from condition_names(option.when)
        return
    for way in figure.ways:
        yield from names(way.formula)
        yield from condition_names(way.when)


def _amount_names(item: Amount) -> Iterator[str]:
    yield from names(item.formula)
    yield from condition_names(item.when)


def read_by(standard: Standard) -> dict[str, frozenset[str]]:
    """What each named thing of a standard reads directly."""
    found: dict[str, Iterable[str]] = {figure.key: figure_names(figure) for figure in standard.figures}
    for score in standard.scores:
        for part in parts_of(score):
            if part.key:
                found[part.key] = part_names(part)
    found |= {item.key: _amount_names(item) for item in standard.amounts}
    return {key: frozenset(items) for key, items in found.items()}


def dependents(reading: Mapping[str, frozenset[str]], facts: Iterable[str]) -> frozenset[str]:
    """Some facts and every name that depends on them."""
    found = set(facts)
    while more := {key for key, items in reading.items() if key not in found and not found.isdisjoint(items)}:
        found |= more
    return frozenset(found)


def facts_behind(reading: Mapping[str, frozenset[str]], start: Iterable[str]) -> frozenset[str]:
    """Some names and everything they are reckoned from."""
    found: set[str] = set()
    waiting = set(start)
    while waiting:
        key = waiting.pop()
        found.add(key)
        waiting |= reading.get(key, frozenset()) - found
    return frozenset(found)
