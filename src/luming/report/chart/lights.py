"""Charts of lights: the share of each, and the completion of each target against its schedule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luming.monitor import Light
from luming.report.chart.look import COLOURS, INK, SOFT, Spec, whole
from luming.report.model import SHAPES
from luming.report.shown import percent_words
from luming.report.typeset import set_text


@dataclass(frozen=True, slots=True)
class CompletionBar:
    """One target in a completion chart: completion and schedule in percent as printed; None is unknown."""

    label: str
    completion: Decimal | None
    scheduled: Decimal | None
    light: Light


def light_bar(counts: Mapping[Light, int]) -> Spec:
    """One bar with the share of each light; under it shape, word and count of each."""
    order = [light for light in Light if counts.get(light, 0)]
    return share_bar(
        [
            (f"{SHAPES[light]} {light.label} {counts[light]}项", counts[light], COLOURS[light])
            for light in order
        ]
    )


def share_bar(parts: Sequence[tuple[str, int, str]]) -> Spec:
    """One bar with the share of each part; under it the words of each.

    Args:
        parts: words, count above zero, and colour of each part; the words must tell the parts apart without colour.
    """
    total = sum(count for _, count, _ in parts)
    values: list[dict[str, Any]] = []
    start = 0
    for at, (words, count, _) in enumerate(parts):
        place = (at + 0.5) * total / len(parts)
        values.append({"start": start, "end": start + count, "place": place, "words": words})
        start += count
    scale = {"domain": [words for words, _, _ in parts], "range": [colour for _, _, colour in parts]}
    colour = {"field": "words", "type": "nominal", "scale": scale, "legend": None}
    x = {"field": "start", "type": "quantitative", "axis": None, "scale": {"domain": [0, max(total, 1)]}}
    bar = {
        "mark": {"type": "bar", "height": 24, "stroke": "white", "strokeWidth": 2},
        "encoding": {"x": x, "x2": {"field": "end"}, "color": colour},
    }
    text = {
        "mark": {"type": "text", "dy": 26, "fontSize": 12.5, "color": INK},
        "encoding": {"x": {"field": "place", "type": "quantitative"}, "text": {"field": "words"}},
    }
    return whole({"data": {"values": values}, "width": 470, "height": 66, "layer": [bar, text]})


def completion_bullets(bars: Sequence[CompletionBar]) -> Spec:
    """Completion of each target as a bar, its schedule as an upright stroke, its light in words at the end.

    Targets whose completion is unknown are not drawn as zero: the place of their bar says 暂无数据.
    """
    shown = [_bullet(bar) for bar in bars]
    known = [row for row in shown if row["completion"] is not None]
    top = max([100.0, *(row["completion"] for row in known), *(row["scheduled"] or 0 for row in shown)])
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "axis": {
            "title": None,
            "labelExpr": "split(datum.label, '\\n')",
            "labelLimit": 260,
            "labelFontSize": 12,
            "ticks": False,
            "domain": False,
        },
    }
    x = {
        "field": "completion",
        "type": "quantitative",
        "scale": {"domain": [0, _round_up(top)]},
        "axis": {"title": "完成率（%）", "grid": True, "tickCount": 6, "format": "~f"},
    }
    lights = {"domain": [light.label for light in Light], "range": [COLOURS[light] for light in Light]}
    colour = {"field": "light", "type": "nominal", "scale": lights, "legend": None}
    layers = [
        {
            "transform": [{"filter": "datum.completion != null"}],
            "mark": {"type": "bar", "height": 13, "cornerRadiusEnd": 2},
            "encoding": {"y": y, "x": x, "color": colour},
        },
        {
            "transform": [{"filter": "datum.scheduled != null"}],
            "mark": {"type": "tick", "thickness": 2.5, "size": 20, "color": INK},
            "encoding": {"y": y, "x": {"field": "scheduled", "type": "quantitative"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 11.5, "color": SOFT},
            "encoding": {"y": y, "x": {"field": "at", "type": "quantitative"}, "text": {"field": "words"}},
        },
    ]
    step = 30 if any("\n" in row["label"] for row in shown) else 23
    return whole({"data": {"values": shown}, "width": 400, "height": {"step": step}, "layer": layers})


def _bullet(bar: CompletionBar) -> dict[str, Any]:
    completion = None if bar.completion is None else float(bar.completion)
    scheduled = None if bar.scheduled is None else float(bar.scheduled)
    light = f"{SHAPES[bar.light]} {bar.light.label}"
    words = f"{light}  暂无数据" if completion is None else f"{light}  {percent_words(bar.completion)}"
    at = max(completion or 0.0, scheduled or 0.0 if completion is not None else 0.0)
    return {
        "label": _in_two_lines(bar.label),
        "completion": completion,
        "scheduled": scheduled if completion is not None else None,
        "light": bar.light.label,
        "words": words,
        "at": at,
    }


def _in_two_lines(label: str, length: int = 15) -> str:
    """A long label broken into two lines of about equal length."""
    label = set_text(label)
    if len(label) <= length:
        return label
    middle = (len(label) + 1) // 2
    seam = min(
        (at + 1 for at, char in enumerate(label) if char in "+、\uff0c\uff09"),
        key=lambda at: abs(at - middle),
        default=middle,
    )
    at = seam if abs(seam - middle) <= 4 else middle
    return f"{label[:at]}\n{label[at:]}"


def _round_up(value: float) -> float:
    """Leaves room to the right of the longest bar for its words."""
    return value * 1.35
