"""What of the document a changed rule touches: the measure with its words, who carries it out, and which targets hang on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luming.pack import Binding, Commitment, Duty, Measure, Pack
from luming.support import Item

_ARTICLE = re.compile(r"第\s*(\d+)\s*条")


@dataclass(frozen=True, slots=True)
class Touched:
    """One measure that a change touches.

    Attributes:
        lead, support: departments, as the division of labour has them.
        targets: numbers of the same measure, the changed one included.
        mechanisms: what else of the platform is bound to the measure.
    """

    measure: Measure
    lead: tuple[str, ...]
    support: tuple[str, ...]
    targets: tuple[Commitment, ...]
    mechanisms: tuple[Binding, ...]

    @property
    def text(self) -> str:
        """The words of the measure."""
        return "".join(sentence.quote for sentence in self.measure.sentences)


def touched(pack: Pack, items: tuple[Item, ...], commitments: tuple[str, ...] = ()) -> tuple[Touched, ...]:
    """The measures behind some items of the document, and behind some of its commitments, in the document's order."""
    wanted = {measure_of(pack, item) for item in items}
    wanted |= {one.clause.partition(".")[0] for one in pack.commitments if one.id in commitments}
    duties: dict[str, Duty] = {duty.measure: duty for duty in pack.duties}
    return tuple(
        Touched(
            measure,
            duties[measure.id].lead if measure.id in duties else (),
            duties[measure.id].support if measure.id in duties else (),
            tuple(one for one in pack.commitments if one.clause.partition(".")[0] == measure.id),
            tuple({one.mechanism: one for line in measure.sentences for one in line.bindings}.values()),
        )
        for measure in pack.measures
        if measure.id in wanted
    )


def measure_of(pack: Pack, item: Item) -> str:
    """The measure of the document that an item carries out; "" where it is another document's."""
    found = _ARTICLE.match(item.clause)
    if found is None or not pack.document.number or item.source.number != pack.document.number:
        return ""
    return f"m{int(found[1]):02d}"
