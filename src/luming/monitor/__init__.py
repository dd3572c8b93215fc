"""监测评估: targets against facts, lights, forecasts, contradictions, ranking.

assess(pack, facts, as_of)   the board of a day
replay(pack, facts, days)    the lights of past days, with what was known then
History                      lights as they were set, appended and never rewritten
Judge, forecast_target       one target alone, for whoever reckons a figure again
demo_year(pack, seed)        an invented year that shows the loop at work
slippage(steps, money, day)  how far a project is behind its plan, and when it is expected to be finished
trimmed_mean(scores)         what a panel's scores come to
"""

from luming.monitor.board import assess
from luming.monitor.curve import curve_words, share_due
from luming.monitor.demo import SOURCE as DEMO_SOURCE
from luming.monitor.demo import demo_year
from luming.monitor.field_review import (
    CRITERIA,
    HIGHEST,
    TRIMMED_FROM,
    Criterion,
    places,
    trimmed_mean,
    weighted_score,
)
from luming.monitor.forecast import forecast_target
from luming.monitor.history import History, append_history, read_history
from luming.monitor.judgement import Judge, Judgement
from luming.monitor.known import Known
from luming.monitor.measure import MeasureStanding, measure_light, measure_standings
from luming.monitor.milestone import Milestone, finished_share, on_time_share, scheduled_share
from luming.monitor.missing import due_on, expected_periods, missing_figures
from luming.monitor.model import (
    Assessment,
    Board,
    Contradiction,
    Forecast,
    Light,
    LightRecord,
    Missing,
    NoForecast,
    Override,
    Ranking,
    RankInput,
    RankRow,
    Standing,
)
from luming.monitor.override import applied
from luming.monitor.override_file import OVERRIDES, read_overrides
from luming.monitor.ranking import (
    COMPLETION_CAP,
    FORMULA,
    WEIGHTS,
    not_ranked,
    quality_of,
    rank_districts,
    rankings,
)
from luming.monitor.replay import month_ends, replay
from luming.monitor.slippage import Basis, Investment, Pace, Slippage, is_overdue, slippage
from luming.monitor.window import Window, month_end, window_of
from luming.monitor.wording import figure, number, percent, points

__all__ = [
    "COMPLETION_CAP",
    "CRITERIA",
    "DEMO_SOURCE",
    "FORMULA",
    "HIGHEST",
    "OVERRIDES",
    "TRIMMED_FROM",
    "WEIGHTS",
    "Assessment",
    "Basis",
    "Board",
    "Contradiction",
    "Criterion",
    "Forecast",
    "History",
    "Investment",
    "Judge",
    "Judgement",
    "Known",
    "Light",
    "LightRecord",
    "MeasureStanding",
    "Milestone",
    "Missing",
    "NoForecast",
    "Override",
    "Pace",
    "RankInput",
    "RankRow",
    "Ranking",
    "Slippage",
    "Standing",
    "Window",
    "append_history",
    "applied",
    "assess",
    "curve_words",
    "demo_year",
    "due_on",
    "expected_periods",
    "figure",
    "finished_share",
    "forecast_target",
    "is_overdue",
    "measure_light",
    "measure_standings",
    "missing_figures",
    "month_end",
    "month_ends",
    "not_ranked",
    "number",
    "on_time_share",
    "percent",
    "places",
    "points",
    "quality_of",
    "rank_districts",
    "rankings",
    "read_history",
    "read_overrides",
    "replay",
    "scheduled_share",
    "share_due",
    "slippage",
    "trimmed_mean",
    "weighted_score",
    "window_of",
]
