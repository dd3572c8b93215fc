"""Movement between two days: what stood where, what stands where now, and a ribbon for each way that was taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luming.report.chart.look import INK, SOFT, Spec, whole
from luming.report.typeset import set_text

_POINTS = 24
_GAP = 0.04
"""Room between two steps, as a share of all."""
_SHADES = ("#8fa3b8", "#5d83b0", "#1f4e8c", "#2a8c5a", "#7a5fa8", "#b3722a", "#8c2f39", "#3d6b73")


@dataclass(frozen=True, slots=True)
class Way:
    """So many went from one step to another; steps are numbered from the lowest."""

    before: int
    after: int
    count: int


def movement(
    steps: Sequence[str], ways: Sequence[Way], heads: tuple[str, str], *, width: int = 620, height: int = 320
) -> Spec:
    """Two stacks of steps, the lowest at the foot, and ribbons between them as wide as many went that way.

    Args:
        heads: what stands over the left and the right stack.
    """
    shown = sorted((way for way in ways if way.count > 0), key=lambda way: (way.before, way.after))
    total = max(1, sum(way.count for way in shown))
    gap = total * _GAP
    left = _stack(len(steps), [(way.before, way.count) for way in shown], gap)
    right = _stack(len(steps), [(way.after, way.count) for way in shown], gap)
    ribbons, starts, ends = [], dict(enumerate(left)), dict(enumerate(right))
    begin = {step: span[0] for step, span in starts.items()}
    landing = {step: span[0] for step, span in ends.items()}
    lands: dict[tuple[int, int], float] = {}
    for way in sorted(shown, key=lambda way: (way.after, way.before)):
        lands[way.before, way.after] = landing[way.after]
        landing[way.after] += way.count
    for way in shown:
        ribbons += _ribbon(way, begin[way.before], lands[way.before, way.after])
        begin[way.before] += way.count
    bars = [*_bars(steps, left, -0.04, 0.0, "right"), *_bars(steps, right, 1.0, 1.04, "left")]
    top = max(left[-1][1], right[-1][1])
    return whole(_spec(ribbons, bars, heads, top, len(steps), width, height))


def _stack(steps: int, parts: Sequence[tuple[int, int]], gap: float) -> list[tuple[float, float]]:
    found, at = [], 0.0
    for step in range(steps):
        size = sum(count for where, count in parts if where == step)
        found.append((at, at + size))
        at += size + (gap if size else 0)
    return found


def _ribbon(way: Way, start: float, end: float) -> list[dict[str, Any]]:
    found = []
    for point in range(_POINTS + 1):
        x = point / _POINTS
        eased = x * x * (3 - 2 * x)
        low = start + (end - start) * eased
        found.append(
            {
                "way": f"{way.before}-{way.after}",
                "step": way.before,
                "x": x,
                "low": low,
                "high": low + way.count,
            }
        )
    return found


def _bars(
    steps: Sequence[str], stack: Sequence[tuple[float, float]], left: float, right: float, align: str
) -> list[dict[str, Any]]:
    return [
        {
            "step": step,
            "x": left,
            "x2": right,
            "low": low,
            "high": high,
            "middle": (low + high) / 2,
            "words": set_text(f"{label} {round(high - low)}"),
            "side": align,
        }
        for step, (label, (low, high)) in enumerate(zip(steps, stack, strict=True))
        if high > low
    ]


def _spec(
    ribbons: list[dict[str, Any]],
    bars: list[dict[str, Any]],
    heads: tuple[str, str],
    top: float,
    steps: int,
    width: int,
    height: int,
) -> Spec:
    scale = {"domain": list(range(steps)), "range": [_SHADES[at % len(_SHADES)] for at in range(steps)]}
    colour = {"field": "step", "type": "nominal", "scale": scale, "legend": None}
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [-0.42, 1.42]}}
    y = {"field": "low", "type": "quantitative", "axis": None, "scale": {"domain": [0, max(top, 1) * 1.08]}}
    flow = {
        "data": {"values": ribbons},
        "mark": {"type": "area", "opacity": 0.45, "interpolate": "monotone"},
        "encoding": {
            "x": x,
            "y": {**y, "stack": None},
            "y2": {"field": "high"},
            "color": colour,
            "detail": {"field": "way", "type": "nominal"},
        },
    }
    stacks = {
        "data": {"values": bars},
        "mark": {"type": "rect", "stroke": "white"},
        "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "high"}, "color": colour},
    }
    return {
        "width": width,
        "height": height,
        "layer": [flow, stacks, *_texts(bars, heads, top, x, y)],
    }


def _texts(
    bars: list[dict[str, Any]], heads: tuple[str, str], top: float, x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    """The words beside the stacks, and the heads over them."""
    made = []
    for side, at, offset in (("right", "x", -6), ("left", "x2", 6)):
        mine = [bar for bar in bars if bar["side"] == side]
        made.append(
            {
                "data": {"values": mine},
                "mark": {"type": "text", "align": side, "dx": offset, "fontSize": 12, "color": INK},
                "encoding": {
                    "x": {**x, "field": at},
                    "y": {**y, "field": "middle"},
                    "text": {"field": "words"},
                },
            }
        )
    titles = [
        {"x": -0.04, "y": max(top, 1) * 1.06, "words": set_text(heads[0]), "align": "left"},
        {"x": 1.04, "y": max(top, 1) * 1.06, "words": set_text(heads[1]), "align": "right"},
    ]
    for title in titles:
        made.append(
            {
                "data": {"values": [title]},
                "mark": {"type": "text", "align": title["align"], "fontSize": 12, "color": SOFT},
                "encoding": {
                    "x": {**x, "field": "x"},
                    "y": {**y, "field": "y"},
                    "text": {"field": "words"},
                },
            }
        )
    return made
