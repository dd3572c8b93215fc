"""The steps of an explanation: one a condition, part, figure and amount, each a sentence with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from luming.mark import Mark
from luming.standards.assessment import Assessment
from luming.standards.model import Input

State = Literal["met", "not_met", "open", "figure"]
_STATES = {
    "zh": {"met": "符合", "not_met": "不符合", "open": "尚不能判断", "figure": ""},
    "en": {"met": "met", "not_met": "not met", "open": "not known yet", "figure": ""},
}


@dataclass(slots=True)
class Step:
    """One step of the reasoning.

    Attributes:
        kind: condition, test, part, value or amount.
        title: what is looked at; `wanted` what is asked of it; `actual` what it is.
        negates: what is under it must not be.
        points: points got, where it is a part; `most` the most there are.
        inner: the steps this one rests on.
    """

    kind: str
    state: State
    title: str
    wanted: str = ""
    actual: str = ""
    points: str = ""
    most: str = ""
    clause: str = ""
    mark: Mark = Mark.OURS
    note: str = ""
    direct: bool = False
    negates: bool = False
    language: str = "zh"
    inner: tuple[Step, ...] = ()

    @property
    def reason(self) -> str:
        """The step as a reason against: what is looked at, what it is and what it should be."""
        bits = [bit for bit in (self.actual, self.wanted) if bit]
        joint = (": ", ", ") if self.language == "en" else (":", ",")
        return self.title + (joint[0] + joint[1].join(bits) if bits else "")

    @property
    def sentence(self) -> str:
        """The step as one sentence with its clause."""
        en = self.language == "en"
        colon, comma = (": ", ", ") if en else (":", ",")
        bits = [bit for bit in (self.actual, self.wanted, self.points) if bit]
        text = self.title + (colon + comma.join(bits) if bits else "")
        if self.state == "open" and self.kind in ("part", "amount"):
            text += " — data missing" if en else "——数据不全"
        elif self.state != "figure":
            text += (" — " if en else "——") + _STATES[self.language][self.state]
        if self.clause:
            text += f" ({self.clause})" if en else f"({self.clause})"
        return text + ("." if en else "。")

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Step]]:
        """This step and all under it, with their depth."""
        yield depth, self
        for step in self.inner:
            yield from step.walk(depth + 1)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasoning behind one assessment.

    Attributes:
        deciding: missing facts that could change the outcome.
        against: the conditions that are not met, deepest first causes, for a failed firm.
    """

    assessment: Assessment
    steps: tuple[Step, ...]
    deciding: tuple[Input, ...]
    conclusion: str
    language: str

    def sentences(self) -> list[str]:
        """All of it, a sentence a step, the conclusion first."""
        return [self.conclusion, *(step.sentence for top in self.steps for _, step in top.walk())]

    @property
    def against(self) -> tuple[Step, ...]:
        """The steps because of which it fails: the deepest conditions that are not met."""
        return against(self.steps)


def against(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The deepest conditions that are not met."""
    return tuple(found for top in steps for found in _against(top))


def _against(step: Step) -> Iterator[Step]:
    if step.state != "not_met":
        return
    inner = [found for item in step.inner for found in _against(item)]
    if inner:
        yield from inner
    else:
        yield step


def settle(step: Step, clause: str = "", *, negated: bool = False) -> Step:
    """Finish a step just made, and all under it, in place: clauses inherited, nothing said to be met under “not”.

    A step that names no clause stands under that of its nearest parent. Under “not” a fact is told without a verdict,
    which there would be read the wrong way round.
    """
    step.clause = step.clause or clause
    if negated and step.state != "open":
        step.state = "figure"
    for inner in step.inner:
        settle(inner, step.clause, negated=negated or step.negates)
    return step
