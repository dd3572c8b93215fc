"""Charts: plain Vega-Lite specifications, and their pictures.

One specification is drawn for page, PDF, Word and print. Colours are kept apart in black and white by words and
shapes beside them; a forecast is always drawn with its range. Decimals become floats here and nowhere else, because
a picture decides nothing. Same specification, same bytes.
"""

from luming.report.chart.drawing import forget_drawings, png, svg
from luming.report.chart.durations import DurationBar, days_words, durations
from luming.report.chart.lights import CompletionBar, completion_bullets, light_bar, share_bar
from luming.report.chart.movement import Way, movement
from luming.report.chart.progress import Point, Progress, RangePoint, progress_line, small_multiples

__all__ = [
    "CompletionBar",
    "DurationBar",
    "Point",
    "Progress",
    "RangePoint",
    "Way",
    "completion_bullets",
    "days_words",
    "durations",
    "forget_drawings",
    "light_bar",
    "movement",
    "png",
    "progress_line",
    "share_bar",
    "small_multiples",
    "svg",
]
