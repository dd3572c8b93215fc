"""Deciding on what is proposed: accept, correct, reject with a reason, restore, add by hand, explain a number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from luming.desk.decomposition import Decomposition, Origin, Proposal, State
from luming.desk.faults import refusal
from luming.desk.fields import read_commitment
from luming.desk.proposed import PROPOSED_NOTE
from luming.mark import Mark
from luming.pack import Commitment, CommitmentKind, Comparator, NumberRemark, Sentence

LONGEST_REASON = 500


def accept(decomposition: Decomposition, id: str) -> Decomposition:
    """Take a proposal as it stands: a person has compared it with the text.

    Raises:
        DeskFaults: there is no such proposal, or it was rejected.
    """
    item = decomposition.proposal(id)
    if item.state is State.REJECTED:
        raise refusal(
            "rejected", f"“{item.commitment.label}”", "已驳回的条目", "待定的条目", "请先恢复再采纳"
        )
    if item.is_decided:
        return decomposition
    return decomposition.with_proposal(
        item.model_copy(update={"commitment": _looked_at(item.commitment), "state": State.ACCEPTED})
    )


def accept_all(decomposition: Decomposition, measure: str) -> Decomposition:
    """Take every undecided proposal of a measure.

    Raises:
        DeskFaults: there is no such measure.
    """
    anchors = {sentence.id for sentence in decomposition.measure(measure).sentences}
    for item in decomposition.proposals:
        if item.commitment.clause in anchors and not item.is_decided:
            decomposition = accept(decomposition, item.id)
    return decomposition


def correct(decomposition: Decomposition, id: str, fields: Mapping[str, str]) -> Decomposition:
    """Take a proposal with other values (see `fields.FIELDS`); what was proposed is kept beside it.

    Raises:
        DeskFaults: every fault of the typed fields.
    """
    item = decomposition.proposal(id)
    changed = read_commitment(item.commitment, fields, decomposition.text)
    _in_sentence(decomposition, changed)
    proposed = item.proposed or (item.commitment if item.origin is Origin.EXTRACTOR else None)
    state = State.ACCEPTED if changed == _looked_at(item.commitment) else State.CORRECTED
    update = {"commitment": changed, "state": state, "reason": "", "proposed": proposed}
    changed_kind = item.commitment.kind is CommitmentKind.TARGET and changed.kind is not CommitmentKind.TARGET
    if changed_kind:
        decomposition = _without_curve(decomposition, id)
    return decomposition.with_proposal(item.model_copy(update=update))


def reject(decomposition: Decomposition, id: str, reason: str) -> Decomposition:
    """Say that a proposal is no commitment. Its numbers stay explained by the reason.

    Raises:
        DeskFaults: no reason is given.
    """
    item = decomposition.proposal(id)
    update = {"state": State.REJECTED, "reason": _reason(reason)}
    return _without_curve(decomposition, id).with_proposal(item.model_copy(update=update))


def restore(decomposition: Decomposition, id: str) -> Decomposition:
    """Put a proposal back to undecided, as it was first proposed.

    Raises:
        DeskFaults: there is no such proposal.
    """
    item = decomposition.proposal(id)
    first = item.proposed or item.commitment
    kept = first.model_copy(update={"clause": item.commitment.clause, "note": PROPOSED_NOTE})
    back = kept.model_copy(update={"mark": Mark.SECONDARY})
    return decomposition.with_proposal(Proposal(commitment=back, origin=item.origin))


def add(
    decomposition: Decomposition, anchor: str, start: int, end: int, fields: Mapping[str, str]
) -> Decomposition:
    """Enter a commitment that the extractor did not see, on a span of the text.

    Args:
        anchor: the sentence it stands in.
        start, end: the span of number and unit, in code points of the text.
        fields: see `fields.FIELDS`; label, value and unit are needed.

    Raises:
        DeskFaults: the span is not in the sentence or taken already, or a field is faulty.
    """
    sentence = decomposition.sentence(anchor)[1]
    _within(sentence, start, end)
    for item in decomposition.proposals:
        if item.stands and item.commitment.start < end and start < item.commitment.end:
            raise refusal(
                "taken", f"“{decomposition.text[start:end]}”", f"已列为“{item.commitment.label}”的数字",
                "尚未列入的数字", "请改已有的那一项",
            )  # fmt: skip
    base = Commitment(
        id=_next_id(decomposition, anchor),
        label="",
        indicator="",
        kind=CommitmentKind.TARGET,
        comparator=Comparator.AT_LEAST,
        value=None,
        unit="",
        clause=anchor,
        start=start,
        end=end,
        quote=decomposition.text[start:end],
        source=decomposition.document.source,
        mark=Mark.VERIFIED,
    )
    item = Proposal(
        commitment=read_commitment(base, fields, decomposition.text),
        state=State.ACCEPTED,
        origin=Origin.PERSON,
    )
    kept = tuple(one for one in decomposition.remarks if one.end <= start or end <= one.start)
    return decomposition.changed(remarks=kept).with_proposal(item)


def explain(decomposition: Decomposition, anchor: str, start: int, end: int, reason: str) -> Decomposition:
    """Say why a number of the text is no commitment.

    Raises:
        DeskFaults: the span is not in the sentence, or no reason is given.
    """
    sentence = decomposition.sentence(anchor)[1]
    _within(sentence, start, end)
    remark = NumberRemark(
        clause=anchor, start=start, end=end, quote=decomposition.text[start:end], reason=_reason(reason)
    )
    return decomposition.with_remark(remark)


def withdraw(decomposition: Decomposition, start: int, end: int) -> Decomposition:
    """Take back the explanation of a number.

    Raises:
        DeskFaults: there is none on that span.
    """
    kept = tuple(one for one in decomposition.remarks if (one.start, one.end) != (start, end))
    if len(kept) == len(decomposition.remarks):
        raise refusal("no_remark", f"第{start}—{end}字", "没有说明", "已有说明的数字", "请刷新页面后再试")
    return decomposition.changed(remarks=kept)


def rejection_remarks(item: Proposal) -> tuple[NumberRemark, ...]:
    """What a rejected proposal leaves behind: an explanation for each of its numbers."""
    parts = (item.commitment, item.commitment.growth)
    return tuple(
        NumberRemark(
            clause=item.commitment.clause, start=one.start, end=one.end, quote=one.quote, reason=item.reason
        )
        for one in parts
        if one is not None and one.start >= 0
    )


def _looked_at(item: Commitment) -> Commitment:
    note = "" if item.note == PROPOSED_NOTE else item.note
    return item.model_copy(update={"mark": Mark.VERIFIED, "note": note})


def _without_curve(decomposition: Decomposition, id: str) -> Decomposition:
    return decomposition.changed(curves=tuple(one for one in decomposition.curves if one.target != id))


def _reason(typed: str) -> str:
    reason = " ".join(typed.split())
    if not reason:
        raise refusal("reason", "“理由”", "空白", "一句话,如 会议名称中的数字")
    if len(reason) > LONGEST_REASON:
        raise refusal("reason", "“理由”", f"{len(reason)}字", f"不超过{LONGEST_REASON}字")
    return reason


def _within(sentence: Sentence, start: int, end: int) -> None:
    if not sentence.start <= start < end <= sentence.end:
        raise refusal(
            "span",
            f"句子 {sentence.id}",
            f"第{start}—{end}字",
            f"该句之内(第{sentence.start}—{sentence.end}字)",
        )


def _in_sentence(decomposition: Decomposition, item: Commitment) -> None:
    if item.clause and item.start >= 0:
        _within(decomposition.sentence(item.clause)[1], item.start, item.end)


def _next_id(decomposition: Decomposition, anchor: str) -> str:
    part = anchor.split(".")[0]
    pattern = re.compile(rf"{part}_(\d+)")
    used = [int(match[1]) for item in decomposition.proposals if (match := pattern.fullmatch(item.id))]
    return f"{part}_{max(used, default=0) + 1}"
