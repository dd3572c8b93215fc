"""Numbers of a clause whose words were changed: each is followed from its place in the old words to its place in the new.

The two texts are laid beside each other letter by letter. A number is taken where the old one went, if it still stands in
the same unit of money or count; where the words around it are gone, it is told as dropped, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from luming.errors import UnitMismatch
from luming.pack import Commitment, Measure
from luming.unit import convert

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PART = re.compile(r"[\d,.]")
_UNIT = re.compile(r"[一-鿿%‰]{1,3}")
LONGEST = 20_000
"""Letters of one clause; beyond it laying side by side takes seconds."""


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """A number of the document that its new words change.

    Attributes:
        new: None where the words around the number are gone.
        items: the items of support that follow it.
    """

    old: Commitment
    new: Commitment | None
    items: tuple[str, ...] = ()


def span_of(measure: Measure) -> tuple[int, int]:
    """Where a measure begins and ends in the document's text."""
    return min(one.start for one in measure.sentences), max(one.end for one in measure.sentences)


def reworded(
    text: str, measure: Measure, commitments: Sequence[Commitment], words: str
) -> tuple[ChangedNumber, ...]:
    """The numbers of a measure that have another value in its new words.

    Args:
        text: the whole document; commitments lead into it.
        words: what the measure would say.

    Raises:
        ValueError: the new words are longer than `LONGEST`.
    """
    if len(words) > LONGEST:
        raise ValueError(f"{len(words)} letters")
    start, end = span_of(measure)
    steps = SequenceMatcher(None, text[start:end], words, autojunk=False).get_opcodes()
    found = []
    for one in commitments:
        if one.value is None or not start <= one.start < one.end <= end:
            continue
        value = _value(steps, one, one.start - start, one.end - start, words)
        if value is None:
            found.append(ChangedNumber(one, None))
        elif value[0] != one.value:
            found.append(ChangedNumber(one, one.model_copy(update={"value": value[0], "quote": value[1]})))
    return tuple(found)


def _value(
    steps: Sequence[tuple[str, int, int, int, int]], one: Commitment, start: int, end: int, words: str
) -> tuple[Decimal, str] | None:
    """The number that stands where the old one went, in the old one's unit, with its words."""
    places = [_place(steps, at) for at in range(start, end)]
    kept = [at for at in places if at is not None]
    if not kept:
        return None
    at = kept[0]
    while at > 0 and _PART.match(words[at - 1]):
        at -= 1
    number = _NUMBER.search(words, at, min(len(words), kept[-1] + 16))
    if number is None or number.start() > at + 4:
        return None
    unit, head = _UNIT.match(words, number.end()), one.unit.partition("/")[0]
    value = Decimal(number[0].replace(",", ""))
    if words.startswith(head, number.end()):
        return value, words[number.start() : number.end() + len(head)]
    for length in range(len(unit[0]) if unit else 0, 0, -1):
        written = words[number.end() : number.end() + length]
        try:
            return convert(value, written, head), words[number.start() : number.end() + length]
        except UnitMismatch:
            continue
    return None


def _place(steps: Sequence[tuple[str, int, int, int, int]], at: int) -> int | None:
    """Where a letter of the old text stands in the new one; of a replaced run, where the run begins."""
    for kind, i1, i2, j1, j2 in steps:
        if i1 <= at < i2:
            if kind == "equal":
                return j1 + at - i1
            return min(j1 + at - i1, j2 - 1) if kind == "replace" else None
    return None
