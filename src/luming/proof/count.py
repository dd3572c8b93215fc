"""How many targets show a light: counted over the lights themselves, each of them reckoned again."""

from __future__ import annotations

from collections.abc import Sequence

from luming.monitor import Light
from luming.proof.model import Result

ALL = "all"
"""Counts every target, whatever its light."""


def count_result(asked: str, lights: Sequence[tuple[str, str]]) -> Result:
    """The count of a light.

    Args:
        asked: the light's name, or `ALL`.
        lights: what each target is called, and the name of its light.
    """
    if asked == ALL:
        return Result(str(len(lights)), "项", f"{len(lights)}项", f"纳入监测的目标共{len(lights)}项")
    named = [name for name, light in lights if light == asked]
    label = Light(asked).label
    told = f"其中{label}的有{'、'.join(named)}" if named else f"其中没有{label}"
    return Result(str(len(named)), "项", f"{label}{len(named)}项", f"{len(lights)}项目标逐项重算,{told}")
