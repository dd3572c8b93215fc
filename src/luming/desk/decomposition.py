"""A document under work: the same values as a pack, with what is still proposed beside what is settled.

Every operation of the desk takes a decomposition and gives a new one. It holds everything that a pack folder
holds, so that the files can be written from it at any moment and read back into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Self

from pydantic import Field

from luming.desk.faults import refusal
from luming.facts import Indicator
from luming.pack import (
    Commitment,
    CommitmentKind,
    CountingRule,
    Curve,
    District,
    DocumentHead,
    Duty,
    Entry,
    Identity,
    LightRule,
    Measure,
    NumberRemark,
    Sentence,
    Source,
)


class State(StrEnum):
    """How far a proposal is decided."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The state as an officer says it."""
        return {"proposed": "待定", "accepted": "已采纳", "corrected": "已改正", "rejected": "已驳回"}[
            self.value
        ]


class Origin(StrEnum):
    """Who put a proposal on the desk."""

    EXTRACTOR = "extractor"
    PERSON = "person"

    @property
    def label(self) -> str:
        """The origin as an officer says it."""
        return {"extractor": "程序抽取", "person": "人工录入"}[self.value]


class Proposal(Entry):
    """A commitment on the desk.

    Attributes:
        reason: why it was rejected; becomes the explanation of its number.
        proposed: what the extractor had read before a person corrected it.
    """

    commitment: Commitment
    state: State = State.PROPOSED
    origin: Origin = Origin.EXTRACTOR
    reason: str = ""
    proposed: Commitment | None = None

    @property
    def id(self) -> str:
        """The id of its commitment."""
        return self.commitment.id

    @property
    def is_decided(self) -> bool:
        """Whether a person has looked at it."""
        return self.state is not State.PROPOSED

    @property
    def stands(self) -> bool:
        """Whether it counts as a commitment: everything but what was rejected."""
        return self.state is not State.REJECTED


class Decomposition(Entry):
    """The document under work.

    Attributes:
        city: where the dictionary lies: `.` in the document's own folder, `..` in the city's folder above it.
        city_sources: the sources of the city's folder; empty where the dictionary is the document's own.
    """

    document: DocumentHead
    text: str
    measures: tuple[Measure, ...]
    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[NumberRemark, ...] = ()
    duties: tuple[Duty, ...] = ()
    light_rule: LightRule
    curves: tuple[Curve, ...] = ()
    own_sources: tuple[Source, ...] = ()
    city: str = Field(default=".", pattern=r"^(\.|\.\.)$")
    indicators: tuple[Indicator, ...] = ()
    identities: tuple[Identity, ...] = ()
    city_sources: tuple[Source, ...] = ()
    districts: tuple[District, ...] = ()
    counting: tuple[CountingRule, ...] = ()

    def changed(self, **fields: Any) -> Self:
        """The same decomposition with some fields replaced."""
        return self.model_copy(update=fields)

    def commitments(self) -> tuple[Commitment, ...]:
        """What the document promises as far as the desk knows: everything that was not rejected."""
        return tuple(item.commitment for item in self.proposals if item.stands)

    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in the order of the text."""
        return tuple(sentence for measure in self.measures for sentence in measure.sentences)

    def measure(self, id: str) -> Measure:
        """The measure of that id.

        Raises:
            DeskFaults: there is none.
        """
        for measure in self.measures:
            if measure.id == id:
                return measure
        raise refusal("no_measure", "条款", f"“{id}”", "本文件已有的条款", "请刷新页面后再试")

    def sentence(self, anchor: str) -> tuple[Measure, Sentence]:
        """The sentence behind an anchor with its measure.

        Raises:
            DeskFaults: there is none.
        """
        for measure in self.measures:
            for sentence in measure.sentences:
                if sentence.id == anchor:
                    return measure, sentence
        raise refusal("no_sentence", "句子", f"“{anchor}”", "本文件已有的句子", "请刷新页面后再试")

    def proposal(self, id: str) -> Proposal:
        """The proposal of that id.

        Raises:
            DeskFaults: there is none.
        """
        for item in self.proposals:
            if item.id == id:
                return item
        raise refusal("no_proposal", "条目", f"“{id}”", "本文件已有的条目", "请刷新页面后再试")

    def proposals_of(self, anchor: str) -> tuple[Proposal, ...]:
        """The proposals that stand in a sentence, in their order."""
        return tuple(item for item in self.proposals if item.commitment.clause == anchor)

    def duty_of(self, measure: str) -> Duty | None:
        """Who carries a measure out, as far as it is entered."""
        return next((duty for duty in self.duties if duty.measure == measure), None)

    def is_target(self, id: str) -> bool:
        """Whether a commitment of that id stands and is a target."""
        return any(item.id == id and item.kind is CommitmentKind.TARGET for item in self.commitments())

    def with_proposal(self, changed: Proposal) -> Self:
        """The same decomposition with the proposal of that id replaced; a new id takes its place in the text."""
        if any(item.id == changed.id for item in self.proposals):
            kept = tuple(changed if item.id == changed.id else item for item in self.proposals)
            return self.changed(proposals=kept)
        at = place_of(changed.commitment.start, (item.commitment.start for item in self.proposals))
        return self.changed(proposals=(*self.proposals[:at], changed, *self.proposals[at:]))

    def with_remark(self, remark: NumberRemark) -> Self:
        """The same decomposition with a remark in its place in the text, instead of one on the same span."""
        others = tuple(one for one in self.remarks if (one.start, one.end) != (remark.start, remark.end))
        return self.changed(remarks=in_text_order(others, remark))

    def with_measure(self, changed: Measure) -> Self:
        """The same decomposition with the measure of that id replaced."""
        return self.changed(
            measures=tuple(changed if measure.id == changed.id else measure for measure in self.measures)
        )


def name_of(measure: Measure) -> str:
    """How a measure is called in a sentence: 第10条“强化创新人才支撑”; by its number as written where that is no digit."""
    number = f"第{measure.number}条" if measure.number.isdigit() else measure.number
    return f"{number}“{measure.title}”"


def in_text_order(remarks: tuple[NumberRemark, ...], remark: NumberRemark) -> tuple[NumberRemark, ...]:
    """The remarks with one more at its place in the text; the order of the others stands."""
    at = place_of(remark.start, (one.start for one in remarks))
    return (*remarks[:at], remark, *remarks[at:])


def place_of(start: int, starts: Iterable[int]) -> int:
    """The place in a list, by its offsets in the text, where an entry at `start` belongs."""
    position = 0
    for position, other in enumerate(starts, 1):
        if other > start:
            return position - 1
    return position
