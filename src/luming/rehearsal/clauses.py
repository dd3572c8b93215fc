"""From a changed document to changed rules: where a draft gives a number of a clause another value, its items follow.

An item follows when it is of the same document and article and its text holds the old number in the same unit. A number
that no item holds is told as such: it can be rehearsed only once its item is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luming.pack import Commitment, Measure, Pack
from luming.rehearsal.knob import Knob, knobs, turned
from luming.rehearsal.reworded import LONGEST, ChangedNumber, reworded, span_of
from luming.rehearsal.touched import measure_of
from luming.support import Catalogue


def changed_numbers(old: Pack, new: Sequence[Commitment]) -> tuple[ChangedNumber, ...]:
    """The commitments of a draft that have another value than the document in force, by id."""
    before = {one.id: one for one in old.commitments}
    return tuple(
        ChangedNumber(before[one.id], one)
        for one in new
        if one.id in before and (before[one.id].value, before[one.id].unit) != (one.value, one.unit)
    )


def changed_text(old: Pack, text: str, measures: Sequence[Measure]) -> tuple[ChangedNumber, ...]:
    """The numbers that a draft's text changes, measure by measure of the same number.

    Args:
        text: the draft as a whole, with its own measures.
    """
    new = {one.id: one for one in measures}
    found: list[ChangedNumber] = []
    for measure in old.measures:
        if measure.id not in new or not old.text:
            continue
        start, end = span_of(new[measure.id])
        words = text[start:end][:LONGEST]
        own = [one for one in old.commitments if one.clause.partition(".")[0] == measure.id]
        found += reworded(old.text, measure, own, words)
    return tuple(found)


def edits_of(
    pack: Pack, changes: Sequence[ChangedNumber], catalogue: Catalogue, files: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, str], tuple[ChangedNumber, ...]]:
    """The texts of the rules as the changed document would have them.

    Args:
        files: key of an item → the file it stands in and that file's text.

    Returns:
        file → new text, and the changes with the items that follow each.
    """
    texts: dict[str, str] = {}
    told = []
    for change in changes:
        measure = change.old.clause.partition(".")[0]
        followers = []
        for key, item in catalogue.items.items():
            if change.new is None or change.new.value is None:
                continue
            if key not in files or measure_of(pack, item) != measure:
                continue
            name, text = files[key]
            text = texts.get(name, text)
            held = _held(text, key, change.old)
            if held:
                values = {knob.id: f"{change.new.value:f}" for knob in held}
                texts[name] = turned(text, {knob.id: knob for knob in held}, values)
                followers.append(key)
        told.append(ChangedNumber(change.old, change.new, tuple(followers)))
    return texts, tuple(told)


def _held(text: str, key: str, old: Commitment) -> list[Knob]:
    unit = old.unit.partition("/")[0]
    return [
        knob
        for knob in knobs(text, key)
        if old.value is not None
        and knob.unit == unit
        and knob.path.startswith(("amount", "cap"))
        and knob.written.replace(",", "") == f"{old.value.normalize():f}"
    ]
