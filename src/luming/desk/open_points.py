"""What still stands between the draft and its publication, sentence by sentence, and how far the work is.

A point that blocks is one that the loader would refuse in a published document, or a proposal that nobody has decided.
A point that does not block is a gap that the office may leave open knowingly, such as a measure without a lead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from luming.desk.decomposition import Decomposition, Proposal, name_of
from luming.desk.draft import NO_ISSUER, NO_PLACE, NO_TITLE
from luming.desk.faults import DeskFaults
from luming.desk.files import pack_of
from luming.desk.numbers import count_numbers, loose_numbers
from luming.desk.proposed import NO_LABEL
from luming.errors import Fault
from luming.pack import CommitmentKind, Measure, disagreements

_TOLD_HERE = {"pack.unbound", "pack.number", "pack.no_indicator"}
"""Disagreements of the pack that have a sentence of their own below."""
_PLAIN = {
    "unit": "“{item.label}”的单位“{item.unit}”系统不认识,请改正为认识的单位,如 家、人、万元、%。",
    "value": "“{item.label}”记的是{item.value}{item.unit},与原文“{item.quote}”不一致,请改正。",
    "unit_kind": "“{item.label}”的单位“{item.unit}”与所选指标的单位不是一类,请另选指标或改正单位。",
}
"""Disagreements about one proposal, as an officer says them."""
_PLACE = re.compile(r"(?P<anchor>(?:m\d{2,3}|sec\d{1,2}|tail)\.s\d{1,3})")


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing left to do.

    `anchor` is the sentence, else the measure, else "" for the document; `subject` the id of the proposal, where one
    is meant. `sentence` says in plain words what is missing and what to do.
    """

    code: str
    anchor: str
    sentence: str
    blocks: bool = True
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """How many of something are done."""

    label: str
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        """Whether none is left."""
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on a document is."""

    proposals: Done
    numbers: Done
    sentences: Done
    targets: Done
    measures: Done

    @property
    def parts(self) -> tuple[Done, ...]:
        """All counts, in the order in which the work is done."""
        return self.proposals, self.numbers, self.sentences, self.targets, self.measures

    @property
    def percent(self) -> int:
        """Share of everything countable that is done, in whole percent, rounded down; 100 only when all is."""
        total = sum(part.total for part in self.parts)
        return 100 * sum(part.done for part in self.parts) // total if total else 100


def open_points(decomposition: Decomposition) -> tuple[OpenPoint, ...]:
    """Everything left to do, in the order of the text; empty when the document can be published as it stands."""
    found = [*_head_points(decomposition)]
    for measure in decomposition.measures:
        found += _measure_points(decomposition, measure)
    found += _other_points(decomposition)
    return tuple(found)


def progress(decomposition: Decomposition) -> Progress:
    """How many proposals are decided, numbers explained, sentences bound, targets linked, measures assigned."""
    proposals = decomposition.proposals
    sentences = decomposition.sentences()
    numbers = sum(count_numbers(one) for one in sentences)
    loose = sum(len(loose_numbers(decomposition, one)) for one in sentences)
    known = {one.id for one in decomposition.indicators}
    targets = [one for one in decomposition.commitments() if one.kind is CommitmentKind.TARGET]
    numbered = [one for one in decomposition.measures if one.number]
    led = {duty.measure for duty in decomposition.duties if duty.lead}
    return Progress(
        Done("条目已定", sum(one.is_decided for one in proposals), len(proposals)),
        Done("数字有着落", numbers - loose, numbers),
        Done("句子有对应", sum(bool(one.bindings) for one in sentences), len(sentences)),
        Done("目标有指标", sum(one.indicator in known for one in targets), len(targets)),
        Done("条款有牵头", sum(one.id in led for one in numbered), len(numbered)),
    )


def published(decomposition: Decomposition) -> Decomposition:
    """The decomposition as it is published: no draft any more.

    Raises:
        DeskFaults: every open point that blocks.
    """
    blocking = [point for point in open_points(decomposition) if point.blocks]
    if blocking:
        raise DeskFaults(
            [
                Fault(f"desk.open.{point.code}", _where(point), point.sentence.rstrip("。"), "已办结")
                for point in blocking
            ],
            consequence="没有发布,草稿保持原样。",
        )
    head = decomposition.document.model_copy(update={"draft": False})
    return decomposition.changed(document=head)


def _where(point: OpenPoint) -> str:
    return f"句子 {point.anchor}" if "." in point.anchor else point.anchor or "文件"


def _head_points(decomposition: Decomposition) -> Iterator[OpenPoint]:
    head = decomposition.document
    if head.title == NO_TITLE:
        yield OpenPoint("head", "", "文件标题没有识别出来,请填写。")
    if NO_ISSUER in head.issuer:
        yield OpenPoint("head", "", "发文机关没有识别出来,请填写。")
    if head.place == NO_PLACE:
        yield OpenPoint("head", "", "文件所属的地区还没有填写。")
    if not head.number:
        yield OpenPoint("head", "", "文件没有文号。确无文号可以不填。", blocks=False)


def _measure_points(decomposition: Decomposition, measure: Measure) -> Iterator[OpenPoint]:
    duty = decomposition.duty_of(measure.id)
    if measure.number and (duty is None or not duty.lead):
        words = f"{name_of(measure)}还没有牵头单位。"
        yield OpenPoint("no_lead", measure.id, words, blocks=False)
    for sentence in measure.sentences:
        for item in decomposition.proposals_of(sentence.id):
            yield from _proposal_points(decomposition, item)
        for number in loose_numbers(decomposition, sentence):
            words = f"数字“{number.quote}”还没有着落:列为条目,或说明它不是承诺。"
            yield OpenPoint("number", sentence.id, words)
        if not sentence.bindings:
            words = f"“{_short(sentence.quote)}”还没有对应的落实机制;不属软件事项的,请注明理由。"
            yield OpenPoint("unbound", sentence.id, words)


def _proposal_points(decomposition: Decomposition, item: Proposal) -> Iterator[OpenPoint]:
    commitment = item.commitment
    said = f"“{commitment.label}”({commitment.quote})"
    if not item.is_decided:
        yield OpenPoint("undecided", commitment.clause, f"{said}待定:采纳、改正或驳回。", subject=item.id)
    if not item.stands:
        return
    if commitment.label == NO_LABEL:
        yield OpenPoint(
            "no_label", commitment.clause, f"{commitment.quote}说的是什么,还没有写明。", subject=item.id
        )
    known = {one.id for one in decomposition.indicators}
    if commitment.kind is CommitmentKind.TARGET and commitment.indicator not in known:
        words = f"目标{said}还没有对应的指标:从字典选一个,或新建。"
        yield OpenPoint("no_indicator", commitment.clause, words, subject=item.id)


def _other_points(decomposition: Decomposition) -> Iterator[OpenPoint]:
    """Whatever else the loader would refuse, in its own words."""
    anchors = {one.id: one.clause for one in decomposition.commitments()}
    head = decomposition.document.model_copy(update={"draft": False})
    pack = pack_of(decomposition.changed(document=head))
    digest = hashlib.sha256(decomposition.text.encode()).hexdigest() if head.text else ""
    for fault in disagreements(pack, digest):
        if fault.code not in _TOLD_HERE:
            named = re.search(r"“([a-z][a-z0-9_]*)”", fault.where)
            subject = named[1] if named and named[1] in anchors else ""
            place = _PLACE.search(fault.where)
            anchor = place["anchor"] if place else anchors.get(subject, "")
            code = fault.code.removeprefix("pack.")
            plain = _PLAIN.get(code) if subject else None
            item = next((one for one in decomposition.commitments() if one.id == subject), None)
            words = plain.format(item=item) if plain and item else fault.sentence()
            yield OpenPoint(code, anchor, words, subject=subject)


def _short(quote: str) -> str:
    return quote if len(quote) <= 24 else f"{quote[:24]}…"
