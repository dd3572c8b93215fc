"""The light of a measure: the worst of the lights of its targets, and nothing where nothing in it is measured by a number.

The rule is ours (平台默认口径): no source says how the lights of several targets make one. Red and yellow win over all;
green is said only where every target is green, so that a gap in the data is never green.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luming.monitor.model import Assessment, Board, Light
from luming.pack import Measure

_WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREY, Light.GREEN)


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """One measure on one day.

    Attributes:
        light: None where the measure holds no target.
        targets: its targets, in the order of the text.
    """

    measure: Measure
    light: Light | None
    targets: tuple[Assessment, ...]

    @property
    def judged(self) -> int:
        """How many of its targets show a light other than grey."""
        return sum(item.light.light is not Light.GREY for item in self.targets)


def measure_light(lights: Sequence[Light]) -> Light | None:
    """The one light of several.

    >>> measure_light([Light.GREEN, Light.GREY])
    <Light.GREY: 'grey'>
    >>> measure_light([Light.GREY, Light.YELLOW]), measure_light([])
    (<Light.YELLOW: 'yellow'>, None)
    """
    return next((light for light in _WORST_FIRST if light in lights), None)


def measure_standings(board: Board) -> tuple[MeasureStanding, ...]:
    """The preamble and every numbered measure, in the order of the text; leads of sections are left out."""
    found = []
    for measure in board.pack.measures:
        targets = tuple(
            item for item in board.assessments if item.target.clause.partition(".")[0] == measure.id
        )
        if measure.id.startswith("m") and (measure.number or targets):
            lights = [item.light.light for item in targets]
            found.append(MeasureStanding(measure, measure_light(lights), targets))
    return tuple(found)
