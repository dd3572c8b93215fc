"""Missing facts thought through cell by cell, in columns: which cells a row has, and which of them a line stands for.

The same cells as `luming.standards.split.cells`. Facts that no row of the table knows have the same cells in every row
and are unrolled; the others are joined, one line a cell.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from luming.standards.columnar.known import Axis, Known, Presence
from luming.standards.columnar.node import (
    ONE,
    Int,
    both,
    choose,
    const,
    invert,
    least,
    quotient,
    reaches,
    remainder,
    times,
)
from luming.standards.model import Standard
from luming.standards.split import MOST_CELLS, stretches


def unrolled(standard: Standard, presence: Mapping[str, Presence]) -> Iterator[dict[str, Axis]]:
    """The cells of the facts that are never known, where all others always are."""
    axes: list[list[tuple[str, Axis]]] = []
    count = 1
    for key, edges in standard.split.items():
        if presence[key] is not Presence.NEVER:
            continue
        cells = tuple(stretches(standard.inputs[key], edges))
        if count * len(cells) <= MOST_CELLS:
            axes.append([(key, Axis(cells, const(at))) for at in range(len(cells))])
            count *= len(cells)
    for combination in itertools.product(*axes):
        yield dict(combination)


def joined(standard: Standard, facts: Known, line: Int) -> tuple[Int, dict[str, Axis]]:
    """How many cells a row has, and the cell of each fact in a line of it.

    Args:
        line: the number of the line, from 0.
    """
    count = ONE
    axes: dict[str, Axis] = {}
    for key, edges in standard.split.items():
        cells = tuple(stretches(standard.inputs[key], edges))
        more = times(count, const(len(cells)))
        split = both(invert(facts.present(key)), invert(reaches(more, const(MOST_CELLS + 1))))
        place = remainder(quotient(line, count), len(cells))
        axes[key] = Axis(cells, choose([(split, place)], const(-1)))
        count = least(choose([(split, more)], count), const(MOST_CELLS))
    return count, axes
