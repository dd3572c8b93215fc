"""What an operation changed, entry by entry, and taking it back without touching what others did since.

A sentence is known by where it begins, not by its anchor, so that a split elsewhere in the measure is no conflict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from pydantic import BaseModel

from luming.desk.decomposition import Decomposition, Proposal
from luming.desk.divide import renumbered
from luming.desk.faults import DeskFaults
from luming.errors import Fault
from luming.facts import Indicator
from luming.pack import Curve, DocumentHead, Duty, Entry, Measure, NumberRemark, Sentence

_DIVIDER = "|"
_NAMES = {
    "document": "文件抬头",
    "measure": "条款标题",
    "sentence": "句子",
    "proposal": "条目",
    "remark": "数字说明",
    "duty": "任务分工",
    "curve": "计划曲线",
    "indicator": "指标字典",
}


class EntryChange(Entry):
    """One entry before and after an operation, as JSON; None where there was none, or is none any more."""

    key: str
    before: str | None
    after: str | None

    @property
    def label(self) -> str:
        """What kind of entry it is, as an officer says it."""
        return _NAMES[self.key.split(_DIVIDER)[0]]


def changes(before: Decomposition, after: Decomposition) -> tuple[EntryChange, ...]:
    """Every entry in which the two differ, in a fixed order."""
    old, new = entries(before), entries(after)
    return tuple(
        EntryChange(key=key, before=old.get(key), after=new.get(key))
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
    )


def reverted(decomposition: Decomposition, made: Iterable[EntryChange]) -> Decomposition:
    """The decomposition without those changes.

    Raises:
        DeskFaults: an entry has been changed again since; each is named, and nothing is taken back.
    """
    made = tuple(made)
    now = dict(entries(decomposition))
    faults = [
        Fault("desk.changed_since", f"{one.label} {_place(one.key)}".strip(), "后来又有改动", "与当时相同的内容",
              "请先撤销后来的改动,或直接修改")
        for one in made
        if now.get(one.key) != one.after
    ]  # fmt: skip
    if faults:
        raise DeskFaults(faults)
    for one in made:
        if one.before is None:
            del now[one.key]
        else:
            now[one.key] = one.before
    return _rebuilt(decomposition, now, {one.key for one in made})


def fingerprint(decomposition: Decomposition, anchor: str) -> str:
    """What a person sees of a sentence, as one text: two readings are equal when nothing about it has changed.

    Anchors are left out, so that a split elsewhere in the measure changes nothing.

    Raises:
        DeskFaults: there is no such sentence.
    """
    sentence = decomposition.sentence(anchor)[1]
    proposals = decomposition.proposals_of(anchor)
    ids = {item.id for item in proposals}
    parts = [_json(sentence, "id")]
    parts += [_proposal_json(item) for item in proposals]
    parts += [
        _json(one, "clause") for one in decomposition.remarks if sentence.start <= one.start < sentence.end
    ]
    parts += [_json(one) for one in decomposition.curves if one.target in ids]
    return "\n".join(parts)


def entries(decomposition: Decomposition) -> Mapping[str, str]:
    """Every entry that operations may change, as JSON by its key."""
    found = {"document": _json(decomposition.document)}
    for measure in decomposition.measures:
        found[_key("measure", measure.id)] = json.dumps(
            [measure.number, measure.title, measure.section], ensure_ascii=False
        )
        for sentence in measure.sentences:
            found[_key("sentence", measure.id, str(sentence.start))] = _json(sentence, "id")
    for item in decomposition.proposals:
        placed = item.commitment.start >= 0
        found[_key("proposal", item.id)] = _proposal_json(item) if placed else _json(item)
    for remark in decomposition.remarks:
        found[_key("remark", str(remark.start), str(remark.end))] = _json(remark, "clause")
    for duty in decomposition.duties:
        found[_key("duty", duty.measure)] = _json(duty)
    for curve in decomposition.curves:
        found[_key("curve", curve.target)] = _json(curve)
    for indicator in decomposition.indicators:
        found[_key("indicator", indicator.id)] = _json(indicator)
    return found


def _proposal_json(item: Proposal) -> str:
    """A proposal without its anchors: where it stands in the text says the same."""
    parts = {"clause": True}
    return item.model_dump_json(exclude={"commitment": parts, "proposed": parts})


def _json(entry: BaseModel, *leave_out: str) -> str:
    return entry.model_dump_json(exclude=set(leave_out))


def _key(*parts: str) -> str:
    return _DIVIDER.join(parts)


def _place(key: str) -> str:
    return "·".join(key.split(_DIVIDER)[1:])


def _rebuilt(decomposition: Decomposition, now: Mapping[str, str], touched: set[str]) -> Decomposition:
    """The decomposition with the touched entries as they stand in `now`; all others are left as they are."""
    kinds = {key.split(_DIVIDER)[0] for key in touched}
    if "document" in kinds:
        head = DocumentHead.model_validate_json(now["document"])
        decomposition = decomposition.changed(document=head)
    for key in touched:
        kind, *parts = key.split(_DIVIDER)
        if kind == "measure":
            number, title, section = json.loads(now[key])
            named = {"number": number, "title": title, "section": section}
            decomposition = decomposition.with_measure(
                decomposition.measure(parts[0]).model_copy(update=named)
            )
        elif kind == "proposal":
            decomposition = _with_proposal(decomposition, parts[0], now.get(key))
    for kind, field, shape, name in (
        ("duty", "duties", Duty, "measure"),
        ("curve", "curves", Curve, "target"),
        ("indicator", "indicators", Indicator, "id"),
    ):
        if kind in kinds:
            kept = _list(getattr(decomposition, field), kind, shape, name, now, touched)
            decomposition = decomposition.changed(**{field: kept})
    if "remark" in kinds:
        decomposition = _with_remarks(decomposition, now, touched)
    for measure in {key.split(_DIVIDER)[1] for key in touched if key.startswith("sentence")}:
        decomposition = _with_sentences(decomposition, decomposition.measure(measure), now)
    if "duty" in kinds:
        order = {one.id: place for place, one in enumerate(decomposition.measures)}
        duties = sorted(decomposition.duties, key=lambda duty: order.get(duty.measure, len(order)))
        decomposition = decomposition.changed(duties=tuple(duties))
    return decomposition


def _with_proposal(decomposition: Decomposition, id: str, text: str | None) -> Decomposition:
    if text is None:
        return decomposition.changed(proposals=tuple(one for one in decomposition.proposals if one.id != id))
    values = json.loads(text)
    for part in ("commitment", "proposed"):
        if values[part] is not None and "clause" not in values[part]:
            start = values[part]["start"]
            values[part]["clause"] = _anchor_at(decomposition, start)
    return decomposition.with_proposal(Proposal.model_validate(values, strict=False))


def _anchor_at(decomposition: Decomposition, start: int) -> str:
    return next((one.id for one in decomposition.sentences() if one.start <= start < one.end), "")


def _list(
    present: tuple[BaseModel, ...],
    kind: str,
    shape: type[BaseModel],
    name: str,
    now: Mapping[str, str],
    touched: set[str],
) -> tuple[BaseModel, ...]:
    kept = []
    for one in present:
        key = _key(kind, getattr(one, name))
        if key not in touched:
            kept.append(one)
        elif key in now:
            kept.append(shape.model_validate_json(now[key]))
    known = {_key(kind, getattr(one, name)) for one in present}
    back = [key for key in now if key in touched and key.startswith(kind + _DIVIDER) and key not in known]
    return (*kept, *(shape.model_validate_json(now[key]) for key in back))


def _with_remarks(decomposition: Decomposition, now: Mapping[str, str], touched: set[str]) -> Decomposition:
    kept = tuple(
        one for one in decomposition.remarks if _key("remark", str(one.start), str(one.end)) not in touched
    )
    decomposition = decomposition.changed(remarks=kept)
    for key in sorted(touched):
        if key.startswith("remark") and key in now:
            values = json.loads(now[key])
            values["clause"] = _anchor_at(decomposition, values["start"])
            decomposition = decomposition.with_remark(NumberRemark.model_validate(values))
    return decomposition


def _with_sentences(decomposition: Decomposition, measure: Measure, now: Mapping[str, str]) -> Decomposition:
    prefix = _key("sentence", measure.id, "")
    values = sorted(
        (json.loads(text) for key, text in now.items() if key.startswith(prefix)),
        key=lambda one: one["start"],
    )
    sentences = tuple(Sentence.model_validate({**one, "id": f"{measure.id}.s1"}) for one in values)
    return renumbered(decomposition, measure, sentences)
