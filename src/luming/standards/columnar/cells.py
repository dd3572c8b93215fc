"""Missing facts thought through cell by cell, in columns: which cells a row has, and which of them a line stands for.

The same cells as `luming.standards.split.cells`. Facts that no row of the table knows have the same cells in every row
and are unrolled; the others are joined, one line a cell.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import reduce

from luming.standards.columnar.known import Axis, Cell, Known, Presence
from luming.standards.columnar.node import (
    ONE,
    ZERO,
    Bool,
    Int,
    both,
    choose,
    const,
    greatest,
    invert,
    least,
    minus,
    plus,
    quotient,
    reaches,
    remainder,
    times,
)
from luming.standards.columnar.ratio import exact, more_than
from luming.standards.model import InputKind, Standard
from luming.standards.span import Span
from luming.standards.split import MOST_CELLS, stretches


def _cells(standard: Standard, key: str) -> tuple[Cell, ...]:
    """All cells a fact may have."""
    item = standard.inputs[key]
    return tuple(stretches(item, standard.split[key], Span(item.lowest, item.highest)))


def _open(facts: Known, key: str, cells: tuple[Cell, ...]) -> tuple[Int, Int]:
    """The first cell that the row's own bounds leave, and how many."""
    if facts.inputs[key].type is not InputKind.NUMBER:
        return ZERO, const(len(cells))
    low, high = facts.domain(key)
    spans = [cell for cell in cells if isinstance(cell, Span)]
    first = _count([more_than(low, exact(span.high)) for span in spans])
    beyond = _count([more_than(exact(span.low), high) for span in spans])
    left = least(greatest(minus(minus(const(len(cells)), first), beyond), ONE), const(len(cells)))
    return first, left


def _count(truths: list[Bool]) -> Int:
    return reduce(plus, (choose([(item, ONE)], ZERO) for item in truths), ZERO)


def unrolled(
    standard: Standard, facts: Known, presence: Mapping[str, Presence]
) -> list[dict[str, Axis]] | None:
    """The cells of the facts that are never known, where all others always are.

    None where they are not the same number in every row and may be too many.
    """
    asked = [key for key in standard.split if presence[key] is Presence.NEVER]
    every = {key: _cells(standard, key) for key in asked}
    opened = {key: _open(facts, key, cells) for key, cells in every.items()}
    most = reduce(lambda one, other: one * other, (len(cells) for cells in every.values()), 1)
    if most > MOST_CELLS and any(left.op != "const" for _, left in opened.values()):
        return None
    axes: list[list[tuple[str, Axis]]] = []
    count = 1
    for key, cells in every.items():
        if count * len(cells) > MOST_CELLS:
            continue
        count *= len(cells)
        first, left = opened[key]
        last = minus(plus(first, left), ONE)
        axes.append([(key, Axis(cells, greatest(least(const(at), last), first))) for at in range(len(cells))])
    return [dict(combination) for combination in itertools.product(*axes)]


def joined(standard: Standard, facts: Known, line: Int) -> tuple[Int, dict[str, Axis]]:
    """How many cells a row has, and the cell of each fact in a line of it.

    Args:
        line: the number of the line, from 0.
    """
    count = ONE
    axes: dict[str, Axis] = {}
    for key in standard.split:
        cells = _cells(standard, key)
        first, left = _open(facts, key, cells)
        more = times(count, left)
        split = both(invert(facts.present(key)), invert(reaches(more, const(MOST_CELLS + 1))))
        place = plus(first, remainder(quotient(line, count), left))
        axes[key] = Axis(cells, choose([(split, place)], const(-1)))
        count = least(choose([(split, more)], count), const(MOST_CELLS))
    return count, axes
