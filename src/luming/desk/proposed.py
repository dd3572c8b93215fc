"""From what the extractor reads to what lies on the desk: items become commitments, brackets become duties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from luming.document import Outline
from luming.extract import Item, find_duties
from luming.mark import Mark
from luming.pack import Commitment, CommitmentKind, Comparator, Duty, Growth

SOURCE = "document"
"""Id of the source that stands for the document itself."""
NO_LABEL = "(指标名待填)"
PROPOSED_NOTE = "由程序从原文抽取,待核对"
"""Note of a commitment that nobody has looked at yet; by it a draft read from files is known as proposed."""


def proposed_commitments(items: Iterable[Item], text: str) -> list[Commitment]:
    """The items as commitments, each with an id made of its clause: m10_1, m10_2 …"""
    seen: Counter[str] = Counter()
    named = []
    for item in items:
        part = re.sub(r"\W", "_", item.sentence.split(".")[0]) or "m"
        seen[part] += 1
        named.append(_commitment(item, text, f"{part}_{seen[part]}"))
    return named


def named_duties(text: str, divided: Outline) -> list[Duty]:
    """The responsible units that the document names, one entry a measure."""
    lead: dict[str, list[str]] = {}
    support: dict[str, list[str]] = {}
    for duty in find_duties(text, divided):
        measure = duty.sentence.split(".")[0]
        for names, found in ((duty.lead, lead), (duty.cooperating, support)):
            found.setdefault(measure, []).extend(one for one in names if one not in found.get(measure, []))
    return [
        Duty(
            measure=measure,
            lead=tuple(lead.get(measure, ())),
            support=tuple(support.get(measure, ())),
            mark=Mark.SECONDARY,
            basis="原文条末列明",
        )
        for measure in sorted({*lead, *support})
    ]


def _commitment(item: Item, text: str, id: str) -> Commitment:
    growth = None
    if item.growth_pct is not None and item.growth_start is not None and item.growth_end is not None:
        growth = Growth(
            comparator=Comparator(item.growth_comparator or "="),
            value=_plain(item.growth_pct),
            start=item.growth_start,
            end=item.growth_end,
            quote=text[item.growth_start : item.growth_end],
        )
    return Commitment(
        id=id,
        label=item.indicator or NO_LABEL,
        indicator="",
        kind=CommitmentKind(item.kind),
        comparator=Comparator(item.comparator),
        value=_plain(item.value),
        alt_value=None if item.alt_value is None else _plain(item.alt_value),
        unit=item.unit,
        growth=growth,
        deadline=item.deadline,
        aspiration=item.aspiration,
        clause=item.sentence,
        start=item.start,
        end=item.end,
        quote=item.quote,
        source=SOURCE,
        mark=Mark.SECONDARY,
        note=PROPOSED_NOTE,
    )


def _plain(value: Decimal) -> Decimal:
    """The number in the one spelling that files carry: 2000, never 2E+3."""
    return Decimal(format(value, "f"))
