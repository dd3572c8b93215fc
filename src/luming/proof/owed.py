"""Figures that are missing: since when each is due, and how many of them there are, reckoned from what is known."""

from __future__ import annotations

from collections.abc import Sequence

from luming.monitor import missing_figures
from luming.proof.kind import Kind
from luming.proof.model import Inputs, Result
from luming.proof.standing import judged
from luming.report import due_words

ALL, LATE, EARLY = "all", "late", "early"
_TOLD = {ALL: "尚缺的数据", LATE: "已到应取得日期的数据", EARLY: "尚未到期的数据"}


def missing_results(inputs: Inputs) -> dict[Kind, Result]:
    """The day by which the missing figure of the period asked for is due; nothing where it is not missing.

    Raises:
        ValueError: the inputs hold no target.
    """
    if inputs.indicator is None:
        raise ValueError("no indicator to ask for")
    gaps = missing_figures(judged(inputs), inputs.indicator, inputs.as_of)
    gap = next((gap for gap in gaps if gap.period.text == inputs.asked), None)
    if gap is None:
        return {}
    words = f"{gap.period.label()}期末后{inputs.indicator.lag_days}天应有数;{gap.sentence}"
    return {Kind.MISSING: Result(gap.due_on.isoformat(), "", due_words(gap, inputs.as_of), words)}


def asked_of(unit: str) -> str:
    """What is asked for when the late figures of one unit are counted."""
    return f"{LATE} {unit}"


def owed_words(asked: str) -> str:
    """What is counted, in words."""
    unit = asked.partition(" ")[2]
    return f"向{unit}索取的已到期数据" if unit else _TOLD[asked]


def owed_result(asked: str, gaps: Sequence[tuple[str, str, str]], as_of: str) -> Result:
    """The count of missing figures.

    Args:
        asked: `ALL`, `LATE`, `EARLY`, or `asked_of(unit)`.
        gaps: what each is called, the day by which it is due (ISO), and whom to ask.
        as_of: the day (ISO); on its day a figure is not late yet.
    """
    which, _, unit = asked.partition(" ")
    named = [
        name
        for name, due, owner in gaps
        if (which == ALL or (due < as_of) is (which == LATE)) and (not unit or owner == unit)
    ]
    told = f":{'、'.join(named)}" if named else ""
    return Result(str(len(named)), "个", f"{len(named)}个", f"{len(gaps)}个缺数逐个重算应取得日期{told}")
