"""Places within the peer groups of a run: what percentile parts of a score ask of each firm.

A firm takes part where the figure and its peer group are known. Its place is (those below + half of the equal) / all,
itself among the equal. A figure that cannot be computed has place 0 and takes no part; one that is not known has none.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction

from luming.standards.evaluator import Evaluator, Facts
from luming.standards.model import Standard
from luming.standards.points import Percentile, parts_of
from luming.standards.span import Void


def places(standard: Standard, firms: Sequence[Facts], as_of: dt.date) -> list[dict[str, Fraction]]:
    """The places of all firms of a run, by the key of the part."""
    found: list[dict[str, Fraction]] = [{} for _ in firms]
    asked = [
        part for score in standard.scores for part in parts_of(score) if isinstance(part.body, Percentile)
    ]
    if not asked:
        return found
    runs = [Evaluator(standard, facts, as_of) for facts in firms]
    for part in asked:
        assert isinstance(part.body, Percentile)
        groups: dict[tuple[str, ...], list[tuple[int, Fraction]]] = {}
        for at, run in enumerate(runs):
            figure = run.number(part.body.of)
            if figure.void is Void.YES:
                found[at][part.key] = Fraction(0)
                continue
            peers = [run.choice(peer) for peer in part.body.peers]
            if figure.known and all(len(peer) == 1 and peer[0] for peer in peers):
                groups.setdefault(tuple(peer[0] for peer in peers), []).append((at, figure.low))
        for members in groups.values():
            ordered = sorted(value for _, value in members)
            for at, value in members:
                below, upto = bisect_left(ordered, value), bisect_right(ordered, value)
                found[at][part.key] = Fraction(below + upto, 2 * len(ordered))
    return found
