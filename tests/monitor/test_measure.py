"""The light of a measure out of the lights of its targets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.monitor import Light, measure_light

G, Y, R, N = Light.GREEN, Light.YELLOW, Light.RED, Light.GREY


@pytest.mark.parametrize(
    ("lights", "expected"),
    [
        ([], None),
        ([G], G),
        ([G, G], G),
        ([G, N], N),
        ([N, Y], Y),
        ([Y, R, N, G], R),
        ([N], N),
    ],
)
def test_the_worst_light_wins_and_a_gap_is_never_green(lights: list[Light], expected: Light | None) -> None:
    assert measure_light(lights) is expected


@given(st.lists(st.sampled_from(Light), min_size=1))
def test_the_order_of_targets_does_not_matter(lights: list[Light]) -> None:
    assert measure_light(lights) is measure_light(sorted(lights))
    assert (measure_light(lights) is G) is all(light is G for light in lights)
