"""Missing facts thought through cell by cell, so that “unknown” is said only where the fact could change the answer.

A missing fact that occurs in more than one test would otherwise be thought large in one and small in another. Each
cell lies on one side of every constant that the fact is compared with.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from luming.standards.condition import Condition, TestOf, leaves
from luming.standards.evaluator import Facts, domain
from luming.standards.expression import Compare, Name, Number, names
from luming.standards.model import Choice, Input, InputKind, Standard, Value
from luming.standards.points import Added, Bands, BestOf, Cases, Group, Part, parts_of, reads
from luming.standards.span import Span

MOST_CELLS = 64
"""So many cells are thought through at most; facts beyond stay whole stretches, which can only widen “unknown”."""


def with_split(standard: Standard) -> Standard:
    """Find the facts whose missing value is thought through cell by cell: those that occur in more than one test.

    A figure that a table may hand in is none: where it is missing it is reckoned from its parts.
    """
    occurs: Counter[str] = Counter()
    figures = {item.key: item for item in standard.figures}
    for group in _elements(standard):
        for key in set(_facts(group, figures)):
            occurs[key] += 1
    constants = edges_of(standard)
    split = {}
    # A figure that is handed in ready-made stands for what it is made of, whose own cells are thought through.
    for key, item in standard.inputs.items():
        if occurs[key] < 2 or item.type is InputKind.DATE or key in figures:
            continue
        if item.type is not InputKind.NUMBER or key in constants:
            split[key] = constants.get(key, ())
    return replace(standard, split=split, rests_on=_rests_on(standard, figures))


def edges_of(standard: Standard) -> dict[str, tuple[Fraction, ...]]:
    """The constants that facts and figures are compared with, by key, smallest first."""
    constants: dict[str, set[Fraction]] = {}
    for condition in _conditions(standard):
        for leaf in leaves(condition):
            _constants(leaf, constants)
    for score in standard.scores:
        for part in parts_of(score):
            if isinstance(part.body, Bands) and isinstance(part.body.of, Name):
                edges = (edge for band in part.body.list for edge in (band.lower, band.upper))
                constants.setdefault(part.body.of.key, set()).update(
                    edge for edge in edges if edge is not None
                )
    return {key: tuple(sorted(found)) for key, found in constants.items()}


def _rests_on(standard: Standard, figures: Mapping[str, Value | Choice]) -> dict[int | str, frozenset[str]]:
    """The facts behind every node, so that a cell reckons again only what it can change."""
    found: dict[int | str, frozenset[str]] = {}

    def behind(keys: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(found.get(key, frozenset((key,))) for key in keys))

    def condition(node: Condition | None) -> frozenset[str]:
        if node is None:
            return frozenset()
        inner = (
            behind(names(node.test))
            if isinstance(node, TestOf)
            else frozenset().union(*map(condition, node.items))
        )
        found[id(node)] = inner
        return inner

    def part(item: Part) -> frozenset[str]:
        body = item.body
        parts = body.parts if isinstance(body, Group) else body.list if isinstance(body, BestOf) else ()
        inner = frozenset().union(*map(part, parts), *map(behind, reads(item)))
        if isinstance(body, Cases | Added):
            inner = inner.union(*(condition(case.when) for case in body.list))
        found[id(item)] = inner
        if item.key:
            found[item.key] = inner
        return inner

    for figure in figures.values():
        own = frozenset().union(*map(condition, conditions_of(figure)))
        if isinstance(figure, Value):
            own = own.union(*(behind(names(way.formula)) for way in figure.ways))
            own = own | {figure.key} if figure.given else own
        found[figure.key] = own
    for score in standard.scores:
        part(score)
    condition(standard.rule)
    for class_ in standard.classes:
        condition(class_.when)
    for amount in standard.amounts:
        found[amount.key] = behind(names(amount.formula)) | condition(amount.when)
    return found


def _constants(leaf: TestOf, constants: dict[str, set[Fraction]]) -> None:
    match leaf.test:
        case Compare(_, Name(key), Number(value)) | Compare(_, Number(value), Name(key)):
            constants.setdefault(key, set()).add(value)


def _conditions(standard: Standard) -> list[Condition | None]:
    found: list[Condition | None] = [standard.rule]
    found += [item.when for item in standard.classes]
    found += [item.when for item in standard.amounts]
    for figure in standard.figures:
        found += conditions_of(figure)
    for score in standard.scores:
        for part in parts_of(score):
            if isinstance(part.body, Cases | Added):
                found += [case.when for case in part.body.list]
    return found


def conditions_of(figure: Value | Choice) -> list[Condition | None]:
    """The conditions of a figure's ways or options."""
    if isinstance(figure, Value):
        return [way.when for way in figure.ways]
    return [option.when for option in figure.options]


def _elements(standard: Standard) -> list[tuple[str, ...]]:
    """The names that each test, band, formula and amount reads, an element at a time."""
    found = [tuple(names(leaf.test)) for node in _conditions(standard) for leaf in leaves(node)]
    for score in standard.scores:
        for part in parts_of(score):
            found += (
                [] if hasattr(part.body, "list") and not isinstance(part.body, Bands) else list(reads(part))
            )
    found += [tuple(names(item.formula)) for item in standard.amounts]
    return found


def _facts(read: Iterable[str], figures: Mapping[str, Value | Choice]) -> Iterable[str]:
    for key in read:
        figure = figures.get(key)
        if figure is None:
            yield key
            continue
        if isinstance(figure, Value) and figure.given:
            yield key
        if isinstance(figure, Value):
            for way in figure.ways:
                yield from _facts(names(way.formula), figures)
        for node in conditions_of(figure):
            for leaf in leaves(node):
                yield from _facts(names(leaf.test), figures)


def cells(standard: Standard, facts: Facts) -> Iterator[dict[str, Span | bool | str]]:
    """What the missing facts may be, cell by cell: each cell lies on one side of every constant it is compared with."""
    axes: list[list[tuple[str, Span | bool | str]]] = []
    count = 1
    for key, edges in standard.split.items():
        if key in facts:
            continue
        item = standard.inputs[key]
        axis = [(key, cell) for cell in stretches(item, edges, domain(standard, item, facts))]
        if count * len(axis) <= MOST_CELLS:
            axes.append(axis)
            count *= len(axis)
    for combination in itertools.product(*axes):
        yield dict(combination)


def stretches(item: Input, edges: tuple[Fraction, ...], bounds: Span) -> list[Span | bool | str]:
    """The cells of a fact: for a number the stretches of its grid on either side of every edge, and the edges."""
    if item.type is InputKind.FLAG:
        return [True, False]
    if item.type is InputKind.CHOICE:
        return list(item.options)
    found: list[Span | bool | str] = []
    start = bounds.low
    for edge in edges:
        if not bounds.low <= edge <= bounds.high:
            continue
        below = _grid_below(edge, item.step)
        if start <= below:
            found.append(Span(start, below))
        if _on_grid(edge, item.step):
            found.append(Span(edge, edge))
        start = edge + item.step if _on_grid(edge, item.step) else below + item.step
    if start <= bounds.high:
        found.append(Span(start, bounds.high))
    return found


def _on_grid(edge: Fraction, step: Fraction) -> bool:
    return (edge / step).denominator == 1


def _grid_below(edge: Fraction, step: Fraction) -> Fraction:
    """The greatest grid value below an edge."""
    steps = edge / step
    whole = steps.numerator // steps.denominator
    return (whole - 1 if steps.denominator == 1 else whole) * step
