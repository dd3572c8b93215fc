"""What the pages of facts, indicators and sources show beside their columns."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luming_portal.accounts.rights import Action, decide, visible
from luming_portal.indicators.models import Fact, Indicator, Source

MOST_FACTS = 20


def fact_context(request: HttpRequest, record: Fact) -> dict[str, Any]:
    """The chain of corrections that a figure stands in, and whether the reader may correct it."""
    may = not record.superseded and bool(decide(request.user, Action.CHANGE, "fact", record))
    return {"chain": chain_of(request.user, record), "may_correct": may}


def chain_of(user: Any, fact: Fact) -> list[Fact]:
    """The figure with those that it corrects and that correct it, newest first, as far as the reader may see them."""
    seen = visible(user, Fact.objects.select_related("indicator", "source"))
    chain = [fact]
    while len(chain) < MOST_FACTS and chain[-1].supersedes:
        older = seen.filter(key=chain[-1].supersedes).first()
        if older is None:
            break
        chain.append(older)
    while len(chain) < 2 * MOST_FACTS and chain[0].superseded:
        newer = seen.filter(supersedes=chain[0].key).first()
        if newer is None:
            break
        chain.insert(0, newer)
    return chain


def indicator_context(request: HttpRequest, record: Indicator) -> dict[str, Any]:
    """The latest figures of an indicator."""
    found = visible(request.user, Fact.objects.filter(indicator=record, superseded=False))
    return {"latest": list(found.select_related("source")[:MOST_FACTS])}


def source_context(request: HttpRequest, record: Source) -> dict[str, Any]:
    """Figures that were read in a source."""
    found = visible(request.user, Fact.objects.filter(source=record, superseded=False))
    return {"latest": list(found.select_related("indicator")[:MOST_FACTS])}


def units() -> list[str]:
    """The units that the dictionary knows."""
    return list(Indicator.objects.order_by("unit").values_list("unit", flat=True).distinct())
