"""A pack made of the inputs of one proof alone, so that the monitor's own rules can be put to them."""

from __future__ import annotations

from pathlib import Path

from luming.pack import Pack
from luming.proof.model import Inputs


def stand_in(inputs: Inputs) -> Pack:
    """The pack that holds what the inputs hold and nothing else."""
    return Pack(
        path=Path(),
        sha256="",
        document=inputs.document,
        text="",
        measures=() if inputs.measure is None else (inputs.measure,),
        commitments=() if inputs.target is None else (inputs.target,),
        remarks=(),
        duties=(),
        curves=() if inputs.curve is None else (inputs.curve,),
        light_rule=inputs.light_rule,
        indicators=() if inputs.indicator is None else (inputs.indicator,),
        identities=(),
        sources=inputs.sources,
        districts=inputs.districts,
    )
