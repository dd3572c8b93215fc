"""Forecast of a target and chance of reaching it, reckoned from the whole series known on the day.

The forecast draws on nothing but these figures: no seed, no chance, no clock.
"""

from __future__ import annotations

from luming.monitor import Forecast, NoForecast, forecast_target, number, percent
from luming.proof.kind import Kind
from luming.proof.model import Inputs, Result
from luming.proof.standing import judged, plain


def forecast_of(inputs: Inputs) -> Forecast | NoForecast:
    """The forecast by the monitor's own method.

    Raises:
        ValueError: the inputs hold no target.
    """
    if inputs.target is None or inputs.indicator is None:
        raise ValueError("no target to forecast")
    return forecast_target(inputs.target, inputs.indicator, judged(inputs))


def forecast_results(forecast: Forecast | NoForecast) -> dict[Kind, Result]:
    """Value with its interval, and chance where there is one; nothing where there is no forecast."""
    if isinstance(forecast, NoForecast):
        return {}
    made = f"{forecast.method},用{forecast.values_used}个数据"
    words = (
        f"{number(forecast.value, 2)}{forecast.unit}"
        f"(80%区间{number(forecast.low, 2)}至{number(forecast.high, 2)}{forecast.unit})"
    )
    results = {
        Kind.FORECAST: Result(
            plain(forecast.value), forecast.unit, words, f"{forecast.period.label()}的预测:{made}"
        )
    }
    if forecast.chance is not None:
        chance = plain(forecast.chance * 100)
        results[Kind.CHANCE] = Result(chance, "%", percent(forecast.chance, 0), f"{made};最少计1%,最多计99%")
    return results
