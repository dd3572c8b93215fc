"""The chart of movement: every ribbon as wide at both ends as firms went, every step as tall as firms stood there."""

from __future__ import annotations

import itertools

from luming.report.chart import Way, movement, svg

STEPS = ("初创", "星级", "上市")
WAYS = (Way(0, 0, 5), Way(0, 1, 2), Way(1, 2, 1), Way(1, 0, 3), Way(2, 2, 0))


def _layers() -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    layers = movement(STEPS, WAYS, ("上年末", "现在"))["layer"]
    return layers[0]["data"]["values"], layers[1]["data"]["values"]


def test_ribbons_keep_their_width_and_do_not_overlap_at_the_ends() -> None:
    ribbons, _bars = _layers()
    for x in (0, 1):
        ends = sorted((point["low"], point["high"]) for point in ribbons if point["x"] == x)
        assert sorted(round(high - low, 9) for low, high in ends) == [1, 2, 3, 5]
        assert all(one[1] <= other[0] + 1e-9 for one, other in itertools.pairwise(ends))


def test_steps_are_as_tall_as_firms_stood_there() -> None:
    _ribbons, bars = _layers()
    heights = [(bar["step"], round(bar["high"] - bar["low"]), bar["side"]) for bar in bars]
    assert heights == [(0, 7, "right"), (1, 4, "right"), (0, 8, "left"), (1, 2, "left"), (2, 1, "left")]


def test_it_is_drawn_with_words_and_the_same_each_time() -> None:
    spec = movement(STEPS, WAYS, ("上年末", "现在"))
    assert svg(spec) == svg(spec)
    for words in ("初创 7", "星级 2", "上市 1", "上年末", "现在"):
        assert words in svg(spec)


def test_nothing_to_show_is_drawn_too() -> None:
    assert svg(movement(STEPS, (), ("上年末", "现在"))).startswith("<svg")
