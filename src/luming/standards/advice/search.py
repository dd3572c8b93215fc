"""The cheapest set of moves that reaches a goal: best first over boxes of moves, each cut by what it can reach at all.

A box gives each lever a stretch of moves. Its cheapest point is its near corner, so the cost of that corner bounds the
box from below; `Reach.can` says whether any point of it may do. The box with the lowest bound is looked at first: when
its corner does, nothing is cheaper, and the search ends with a proof. What is missing is thought through by counter-
examples: where a corner fails only for missing facts, a case of them under which it fails joins the test.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from luming.standards.advice.lever import Lever
from luming.standards.advice.reach import Cells
from luming.standards.evaluator import Facts
from luming.standards.span import Span

Moves = tuple[int, ...]
EFFORT = 6000
"""So many boxes are tested at most; a search that ends there has not proved its find."""
_VAIN = 8
"""So often a counterexample is looked for in vain; then no more."""
_WEIGHT = 10
"""So many tests of boxes is a full assessment counted."""


class Question(Protocol):
    """What the search asks."""

    def may(self, cells: Cells) -> bool:
        """Whether some point of a box may reach the goal; false is certain."""

    def does(self, facts: Facts) -> bool:
        """Whether changed facts reach the goal, by a full assessment."""

    def refine(self, facts: Facts) -> bool:
        """Sharpen `may` after these facts were found to fail; false where that is not possible."""


@dataclass(frozen=True, slots=True)
class Found:
    """The end of a search: the moves (None where there are none) and whether it is proved that nothing is cheaper."""

    moves: Moves | None
    cost: Fraction
    proven: bool
    tests: int


@dataclass(order=True)
class _Box:
    bound: int
    moved: int
    turn: int
    low: Moves = field(compare=False)
    high: Moves = field(compare=False)


class Search:
    """One search over some levers."""

    def __init__(self, question: Question, levers: tuple[Lever, ...], effort: int = EFFORT) -> None:
        self._question = question
        self._levers = levers
        self._effort = effort
        scale = math.lcm(1, *(lever.cost.denominator for lever in levers))
        self._scale = scale
        self._costs = [int(lever.cost * scale) for lever in levers]
        self._keys: dict[str, list[int]] = {}
        for at, lever in enumerate(levers):
            self._keys.setdefault(lever.key, []).append(at)
        self._values: dict[tuple[str, int], Fraction] = {}
        self._best: Moves | None = None
        self._best_cost = 0
        self._vain = 0
        self._boxes: list[_Box] = []
        self._tests = 0
        self._turns = 0

    def run(self) -> Found:
        """Search until the cheapest is proved, all is excluded, or the effort is spent."""
        top = tuple(lever.most for lever in self._levers)
        self._push((0,) * len(top), top)
        while self._boxes:
            if self._best is not None and self._boxes[0].bound >= self._best_cost:
                break
            if self._tests >= self._effort:
                return self._found(False)
            box = heapq.heappop(self._boxes)
            self._look(box)
        return self._found(True)

    def _found(self, proven: bool) -> Found:
        return Found(self._best, Fraction(self._best_cost, self._scale), proven, self._tests)

    def _cost(self, moves: Iterable[int]) -> int:
        return sum(cost * count for cost, count in zip(self._costs, moves, strict=True))

    def _push(self, low: Moves, high: Moves, spent: int = 0) -> None:
        bound = self._cost(low) + spent
        if self._best is None or bound < self._best_cost:
            self._turns += 1
            heapq.heappush(self._boxes, _Box(bound, sum(map(bool, low)), self._turns, low, high))

    # Boxes

    def cells(self, low: Iterable[int], high: Iterable[int]) -> dict[str, Span | bool | str]:
        """The facts of a box; a flag that may go either way is left out."""
        lows, highs = list(low), list(high)
        found: dict[str, Span | bool | str] = {}
        for key, ways in self._keys.items():
            first = self._levers[ways[0]]
            if isinstance(first.start, bool):
                (at,) = ways
                if lows[at] == highs[at]:
                    found[key] = bool(first.value(lows[at]))
                continue
            found[key] = Span(self._end(ways, lows, highs), self._end(ways, highs, lows))
        return found

    def _end(self, ways: list[int], up: list[int], down: list[int]) -> Fraction:
        """The value of a fact after so many moves up and down, within its domain."""
        first, moves = self._levers[ways[0]], 0
        for at in ways:
            moves += up[at] if self._levers[at].sign > 0 else -down[at]
        found = self._values.get((first.key, moves))
        if found is None:
            value = first.start + moves * first.stride
            found = min(max(value, first.input.lowest), first.input.highest)
            self._values[first.key, moves] = found
        return found

    def changed(self, moves: Moves) -> dict[str, Fraction | bool]:
        """The facts after some moves, those that were moved."""
        found: dict[str, Fraction | bool] = {}
        for key, ways in self._keys.items():
            if any(moves[at] for at in ways):
                cell = self.cells(moves, moves)[key]
                found[key] = cell.low if isinstance(cell, Span) else bool(cell)
        return found

    def _may(self, low: Iterable[int], high: Iterable[int]) -> bool:
        self._tests += 1
        return self._question.may(self.cells(low, high))

    def _try(self, moves: Moves) -> bool:
        """Take moves as the best so far if they do and are cheaper."""
        moves = self._netted(moves)
        cost = self._cost(moves)
        if self._best is not None and cost >= self._best_cost:
            return False
        self._tests += _WEIGHT
        if not self._question.does(self.changed(moves)):
            return False
        self._best, self._best_cost = moves, cost
        return True

    def _netted(self, moves: Moves) -> Moves:
        """The same change without moving a fact both ways."""
        found = list(moves)
        for ways in self._keys.values():
            both = min(found[at] for at in ways) if len(ways) == 2 else 0
            for at in ways:
                found[at] -= both
        return tuple(found)

    def _affordable(self, low: Moves, high: Moves) -> Moves:
        """The far ends, as far as moves there could still be cheaper than the best."""
        if self._best is None:
            return high
        room = self._best_cost - self._cost(low) - 1
        return tuple(
            min(far, near + room // cost) for near, far, cost in zip(low, high, self._costs, strict=True)
        )

    # The search

    def _look(self, box: _Box) -> None:
        low, high = box.low, self._affordable(box.low, box.high)
        if not self._may(low, high):
            return
        spent = self._spent(low, high, box.bound - self._cost(low))
        if not spent:
            self._corner(low, high)
            return
        if self._cost(low) + spent > box.bound:
            self._push(low, high, spent)
            return
        lone = self._needed(low, self._within(low, high, spent))
        needed = [at for at, far in enumerate(lone) if far > low[at]]
        raised = self._raised(low, high, needed)
        if raised != low:
            self._push(raised, high)
            return
        least = {at: self._least(low, lone, at) for at in needed}
        self._dive(low, lone, least)
        self._branch(low, self._affordable(low, high), least)

    def _branch(self, low: Moves, high: Moves, least: dict[int, int]) -> None:
        """Cut a box where a lever begins to do, or where the widest is halved if that cuts off too little."""
        at = max(least, key=lambda item: (self._costs[item] * (least[item] - low[item]), -item))
        cut = least[at]
        if len(least) > 1 and self._best is not None:
            wide = max(least, key=lambda item: (self._costs[item] * (high[item] - low[item]), -item))
            if self._costs[wide] * (high[wide] - low[wide]) > 8 * self._costs[at] * (cut - low[at]):
                at, cut = wide, low[wide] + (high[wide] - low[wide] + 1) // 2
        if cut <= high[at]:
            self._push((*low[:at], cut, *low[at + 1 :]), high)
        self._push(low, (*high[:at], min(high[at], cut - 1), *high[at + 1 :]))

    def _within(self, low: Moves, high: Moves, spent: int) -> Moves:
        """The far ends, as far as each lever goes for so much."""
        return tuple(
            min(far, near + spent // cost) for near, far, cost in zip(low, high, self._costs, strict=True)
        )

    def _spent(self, low: Moves, high: Moves, at_least: int) -> int:
        """The least that some lever of a box has to spend: with every one below that, the box cannot reach the goal."""
        if at_least <= 0 and self._may(low, low):
            return 0
        below, above = max(at_least - 1, 0), max(at_least, 1)
        while self._within(low, high, above) != high and not self._may(low, self._within(low, high, above)):
            below, above = above, above * 4
        while above - below > 1:
            middle = (below + above) // 2
            if self._may(low, self._within(low, high, middle)):
                above = middle
            else:
                below = middle
        return above

    def _needed(self, low: Moves, high: Moves) -> Moves:
        """The far ends, drawn in to the near ones for levers that the others can spare, the dearest first."""
        ends = list(high)
        spending = [cost * (far - near) for near, far, cost in zip(low, high, self._costs, strict=True)]
        for at in sorted(range(len(low)), key=lambda item: (-spending[item], -self._costs[item], -item)):
            if low[at] < high[at]:
                ends[at] = low[at]
                if not self._may(low, ends):
                    ends[at] = high[at]
        return tuple(ends)

    def _corner(self, low: Moves, high: Moves) -> None:
        """The near corner may do: take it, or learn from it and go on without it."""
        if self._try(low):
            return
        if self._refine(low):
            self._push(low, high)
            return
        for at, (near, far) in enumerate(zip(low, high, strict=True)):
            if near < far:
                self._push((*low[:at], near + 1, *low[at + 1 :]), high)
                self._push(low, (*high[:at], near, *high[at + 1 :]))
                return

    def _refine(self, moves: Moves) -> bool:
        """Learn why moves fail that may do, as long as there is something to learn."""
        if self._vain < _VAIN and self._question.refine(self.changed(self._netted(moves))):
            return True
        self._vain += 1
        return False

    def _raised(self, low: Moves, high: Moves, needed: list[int]) -> Moves:
        """The near corner moved to where each lever has to be at least, whatever the others do."""
        raised = list(low)
        for at in needed:
            if high[at] > raised[at]:
                ends = list(high)
                ends[at] = raised[at]
                if not self._may(raised, ends):
                    raised[at] = self._least(tuple(raised), high, at)
        return tuple(raised)

    def _least(self, low: Moves, high: Moves, at: int) -> int:
        """The fewest moves of one lever with which a box may reach the goal; with fewer it cannot."""
        below, step = low[at], 1
        ends = list(high)
        while below + step < high[at]:
            ends[at] = below + step
            if self._may(low, ends):
                break
            below, step = below + step, step * 4
        above = min(below + step, high[at])
        while above - below > 1:
            ends[at] = (below + above) // 2
            if self._may(low, ends):
                above = ends[at]
            else:
                below = ends[at]
        return above

    def _dive(self, low: Moves, lone: Moves, least: dict[int, int]) -> None:
        """A first find: draw each needed lever in as far as it goes, the costliest first."""
        ends = list(lone)
        for at in sorted(least, key=lambda item: -self._costs[item] * (least[item] - low[item])):
            ends[at] = self._least(low, tuple(ends), at) if len(least) > 1 else least[at]
        moves = tuple(ends)
        if (self._best is None or self._cost(moves) < self._best_cost) and not self._try(moves):
            self._refine(moves)
