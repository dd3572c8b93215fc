"""Where the states and steps of a process stand in its drawing: layers from top to bottom, labels in rows of their own.

The order of the states in the file is the order in which an office tells the process, so a step to an earlier state is
drawn upwards. Each step gets a place for its label in the row next to its source, and a place in every row it passes;
crossings are reduced by means of the neighbours, and each row is placed as near to its neighbours as the widths allow (isotonic
regression). The same process is always drawn the same.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

GAP = 18.0
"""Least distance between two things in one row."""
_SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A step, or several between the same two states, to be drawn.

    Attributes:
        width, height: of its label.
    """

    source: str
    target: str
    width: float
    height: float


@dataclass(slots=True)
class Place:
    """A thing in a row: a state, a label, or a line that passes.

    Attributes:
        line: number of the line; -1 for a state.
        high: height of its row; lines pass it upright, and bend between the rows only.
        above, below: the places it is joined to in the next rows.
    """

    name: str
    row: int
    width: float
    height: float
    line: int = -1
    x: float = 0.0
    y: float = 0.0
    high: float = 0.0
    above: list[Place] = field(default_factory=list)
    below: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing's geometry: middles of states, way points of lines from source to target, middles of labels."""

    states: Mapping[str, Place]
    ways: Sequence[Sequence[Place]]
    labels: Sequence[Place]
    width: float
    height: float


def layers(order: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The layer of each state: one below the lowest of those that lead to it from above."""
    rank = {name: at for at, name in enumerate(order)}
    found = dict.fromkeys(order, 0)
    down = sorted(
        {(min(pair, key=rank.__getitem__), max(pair, key=rank.__getitem__)) for pair in pairs},
        key=lambda pair: rank[pair[0]],
    )
    for upper, lower in down:
        found[lower] = max(found[lower], found[upper] + 1)
    return found


def layout(sizes: Mapping[str, tuple[float, float]], lines: Sequence[Line], margin: float = 16.0) -> Layout:
    """Place states (name → width and height, in order) and lines."""
    layer = layers(list(sizes), [(line.source, line.target) for line in lines])
    states = {name: Place(name, 2 * layer[name], width, height) for name, (width, height) in sizes.items()}
    rows: dict[int, list[Place]] = defaultdict(list)
    for place in states.values():
        rows[place.row].append(place)
    ways, labels = [], []
    for number, line in enumerate(lines):
        way, label = _way(number, line, states, rows)
        ways.append(way)
        labels.append(label)
    ordered = [rows[row] for row in sorted(rows)]
    _order(ordered)
    _across(ordered)
    height = _down(ordered, margin)
    left = min(place.x - place.width / 2 for row in ordered for place in row)
    for row in ordered:
        for place in row:
            place.x += margin - left
    width = max(place.x + place.width / 2 for row in ordered for place in row) + margin
    return Layout(states, ways, labels, width, height)


def _way(
    number: int, line: Line, states: Mapping[str, Place], rows: dict[int, list[Place]]
) -> tuple[list[Place], Place]:
    source, target = states[line.source], states[line.target]
    step = 1 if target.row > source.row else -1
    way = [source]
    for row in range(source.row + step, target.row, step):
        first = row == source.row + step
        place = Place("", row, line.width if first else 8.0, line.height if first else 0.0, number)
        rows[row].append(place)
        way.append(place)
    way.append(target)
    for one, other in itertools.pairwise(way):
        upper, lower = (one, other) if step > 0 else (other, one)
        upper.below.append(lower)
        lower.above.append(upper)
    return way, way[1]


def _order(rows: Sequence[list[Place]]) -> None:
    """Order each row by the mean place of its neighbours, keeping the order with the fewest crossings."""
    best, fewest = [list(row) for row in rows], _crossings(rows)
    for sweep in range(_SWEEPS):
        downwards = sweep % 2 == 0
        pairs = list(itertools.pairwise(rows if downwards else rows[::-1]))
        for beside, row in pairs:
            at = {id(place): spot for spot, place in enumerate(beside)}
            keys = {
                id(place): _middle(place.above if downwards else place.below, at, spot)
                for spot, place in enumerate(row)
            }
            row.sort(key=lambda place: keys[id(place)])
        _swap(rows)
        crossed = _crossings(rows)
        if crossed < fewest:
            best, fewest = [list(row) for row in rows], crossed
    for row, kept in zip(rows, best, strict=True):
        row[:] = kept


def _middle(near: Sequence[Place], at: Mapping[int, int], otherwise: int) -> float:
    if not near:
        return otherwise
    return sum(at[id(place)] for place in near) / len(near)


def _swap(rows: Sequence[list[Place]]) -> None:
    """Exchange neighbours while that removes crossings."""
    for number, row in enumerate(rows):
        at = {
            id(place): spot
            for beside in rows[max(0, number - 1) : number + 2]
            for spot, place in enumerate(beside)
        }
        for spot in range(len(row) - 1):
            one, other = row[spot], row[spot + 1]
            kept = _crossed(one.above, other.above, at) + _crossed(one.below, other.below, at)
            swapped = _crossed(other.above, one.above, at) + _crossed(other.below, one.below, at)
            if swapped < kept:
                row[spot], row[spot + 1] = other, one
                at[id(other)], at[id(one)] = spot, spot + 1


def _crossed(left: Sequence[Place], right: Sequence[Place], at: Mapping[int, int]) -> int:
    return sum(at[id(one)] > at[id(other)] for one in left for other in right)


def _crossings(rows: Sequence[list[Place]]) -> int:
    found = 0
    for upper, lower in itertools.pairwise(rows):
        at = {id(place): number for number, place in enumerate(lower)}
        ends = [
            at[id(below)] for place in upper for below in sorted(place.below, key=lambda one: at[id(one)])
        ]
        found += sum(one > other for number, one in enumerate(ends) for other in ends[number + 1 :])
    return found


def _across(rows: Sequence[list[Place]]) -> None:
    """Distances across: every place near the middle of those it is joined to, none over another."""
    for row in rows:
        x = 0.0
        for place in row:
            place.x = x + place.width / 2
            x += place.width + GAP
        for place in row:
            place.x -= x / 2
    for sweep in range(2 * _SWEEPS):
        for row in rows if sweep % 2 == 0 else list(reversed(rows)):
            wanted = []
            for place in row:
                near = (
                    place.above + place.below
                    if sweep >= _SWEEPS
                    else (place.above if sweep % 2 == 0 else place.below)
                )
                wanted.append(sum(one.x for one in near) / len(near) if near else place.x)
            for place, x in zip(row, _apart(row, wanted), strict=True):
                place.x = x


def _apart(row: Sequence[Place], wanted: Sequence[float]) -> list[float]:
    """The positions nearest to those wanted that keep order and distance: isotonic regression by pooling."""
    offsets = [0.0]
    for one, other in itertools.pairwise(row):
        offsets.append(offsets[-1] + (one.width + other.width) / 2 + GAP)
    pools: list[tuple[float, float, int]] = []
    for place, x, offset in zip(row, wanted, offsets, strict=True):
        weight = 1.0 if place.line < 0 else 2.0
        pools.append((x - offset, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (left, light, few), (right, heavy, many) = pools[-2:]
            pools[-2:] = [((left * light + right * heavy) / (light + heavy), light + heavy, few + many)]
    level = [value for value, _, number in pools for _ in range(number)]
    return [value + offset for value, offset in zip(level, offsets, strict=True)]


def _down(rows: Sequence[Sequence[Place]], margin: float) -> float:
    """Distances down: each row as high as its highest thing, further apart where lines go far; the whole height."""
    y = margin
    for row in rows:
        high = max(place.height for place in row)
        for place in row:
            place.y, place.high = y + high / 2, high
        far = max((abs(place.x - below.x) for place in row for below in place.below), default=0.0)
        y += high + (14.0 + min(26.0, far / 7) if row is not rows[-1] else 0.0)
    return y + margin
