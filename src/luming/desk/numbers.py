"""The numbers in a sentence, and which of them still have no home.

A published document accounts for every Arabic number: it belongs to a commitment, or a remark says why it is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luming.desk.decomposition import Decomposition
from luming.errors import UnitMismatch
from luming.pack import Sentence
from luming.unit import parse_unit

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_UNIT = 6


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number that nothing accounts for. `start` and `end` take in the unit behind it where there is one."""

    anchor: str
    start: int
    end: int
    quote: str
    unit: str

    @property
    def value(self) -> str:
        """Its digits."""
        found = _NUMBER.match(self.quote)
        return found[0] if found else ""


def loose_numbers(decomposition: Decomposition, sentence: Sentence) -> tuple[LooseNumber, ...]:
    """The Arabic numbers of a sentence that belong to no commitment and no remark, in order."""
    told = [(one.start, one.end) for one in decomposition.remarks]
    for item in decomposition.proposals:
        parts = (item.commitment, item.commitment.growth)
        told += [(part.start, part.end) for part in parts if part is not None]
    found = []
    for match in _NUMBER.finditer(sentence.quote):
        at = sentence.start + match.start()
        if not any(start <= at < end for start, end in told):
            unit = _unit_behind(sentence.quote, match.end())
            quote = match[0] + unit
            found.append(LooseNumber(sentence.id, at, at + len(quote), quote, unit.strip()))
    return tuple(found)


def count_numbers(sentence: Sentence) -> int:
    """How many Arabic numbers a sentence holds."""
    return len(_NUMBER.findall(sentence.quote))


def _unit_behind(quote: str, at: int) -> str:
    """The longest run of characters behind a number that is a unit; "" where there is none."""
    for length in range(_LONGEST_UNIT, 0, -1):
        word = quote[at : at + length]
        if len(word) == length and word == word.strip():
            try:
                parse_unit(word)
            except UnitMismatch:
                continue
            return word
    return ""
