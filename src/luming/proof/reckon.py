"""From inputs to the figure, by the rule of its kind: what `luming recompute` does, and what is done before a code is given."""

from __future__ import annotations

from collections.abc import Mapping

from luming.proof.count import count_result
from luming.proof.kind import Kind
from luming.proof.model import Inputs, Proof, Result
from luming.proof.outlook import forecast_of, forecast_results
from luming.proof.owed import missing_results, owed_result
from luming.proof.rank import rank_results, ranking_of
from luming.proof.standing import item_of, judged, standing_results

FORECASTS = frozenset({Kind.FORECAST, Kind.CHANCE})
RANKS = frozenset(
    {
        Kind.SCORE,
        Kind.PLACE,
        Kind.DISTRICT_COMPLETION,
        Kind.DISTRICT_GROWTH,
        Kind.DISTRICT_SHARE,
        Kind.DISTRICT_QUALITY,
    }
)


def reckoned(proof: Proof, proofs: Mapping[str, Proof]) -> Result | None:
    """The figure of a proof reckoned from its stored inputs; None where they give no such figure.

    Args:
        proofs: the proofs that a count may go over, by SHA-256.

    Raises:
        LumingError, ValueError: the inputs cannot be reckoned with.
    """
    if proof.kind is Kind.COUNT:
        return _counted(proof, proofs)
    if proof.kind is Kind.OWED:
        return _owed(proof, proofs)
    return results(proof.kind, proof.inputs).get(proof.kind)


def results(kind: Kind, inputs: Inputs) -> dict[Kind, Result]:
    """The figures that are reckoned together with one of this kind, from its inputs."""
    if kind in FORECASTS:
        return forecast_results(forecast_of(inputs))
    if kind in RANKS:
        return rank_results(ranking_of(inputs), inputs.asked)
    if kind is Kind.MISSING:
        return missing_results(inputs)
    return standing_results(item_of(inputs, judged(inputs)), inputs)


def _counted(proof: Proof, proofs: Mapping[str, Proof]) -> Result | None:
    lights = []
    for part in proof.inputs.parts:
        light = proofs.get(part)
        again = reckoned(light, {}) if light is not None and light.kind is Kind.LIGHT else None
        if light is None or again is None:
            return None
        lights.append((light.group, again.value))
    return count_result(proof.inputs.asked, lights)


def _owed(proof: Proof, proofs: Mapping[str, Proof]) -> Result | None:
    gaps = []
    for part in proof.inputs.parts:
        gap = proofs.get(part)
        again = reckoned(gap, {}) if gap is not None and gap.kind is Kind.MISSING else None
        if gap is None or again is None or gap.inputs.indicator is None:
            return None
        gaps.append((gap.group, again.value, gap.inputs.indicator.owner))
    return owed_result(proof.inputs.asked, gaps, proof.inputs.as_of.isoformat())
