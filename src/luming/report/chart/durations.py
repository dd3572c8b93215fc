"""How long matters stay in each state of their process: the middle of it as a bar, the longest as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luming.report.chart.look import BLUE, INK, SOFT, Spec, whole
from luming.report.typeset import set_text


@dataclass(frozen=True, slots=True)
class DurationBar:
    """One state: working days, over how many matters."""

    label: str
    middle: Fraction
    longest: int
    number: int


def durations(bars: Sequence[DurationBar], *, width: int = 400) -> Spec:
    """The states in the order they are given.

    Raises:
        ValueError: there is none.
    """
    if not bars:
        raise ValueError("no state to draw")
    rows = [
        {
            "label": set_text(one.label),
            "middle": float(one.middle),
            "longest": one.longest,
            "words": f"中位{days_words(one.middle)}，最长{one.longest}（{one.number}件）",
        }
        for one in bars
    ]
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 220, "labelFontSize": 12, "ticks": False, "domain": False},
    }
    x = {
        "field": "middle",
        "type": "quantitative",
        "scale": {"domain": [0, max(1, *(one.longest for one in bars)) * 1.6]},
        "axis": {"title": "工作日", "grid": True, "tickCount": 5, "tickMinStep": 1, "format": "d"},
    }
    at = {"field": "longest", "type": "quantitative"}
    layers = [
        {
            "mark": {"type": "bar", "height": 13, "cornerRadiusEnd": 2, "color": BLUE},
            "encoding": {"y": y, "x": x},
        },
        {"mark": {"type": "tick", "thickness": 2.5, "size": 20, "color": INK}, "encoding": {"y": y, "x": at}},
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 11.5, "color": SOFT},
            "encoding": {"y": y, "x": at, "text": {"field": "words"}},
        },
    ]
    return whole({"data": {"values": rows}, "width": width, "height": {"step": 24}, "layer": layers})


def days_words(days: Fraction) -> str:
    """Days rounded half up to a tenth, without a needless zero.

    >>> days_words(Fraction(3)), days_words(Fraction(7, 4))
    ('3', '1.8')
    """
    tenths = (days * 20 + 1) // 2
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)
