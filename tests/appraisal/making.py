"""Rules, sheets and items for the tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from luming.appraisal import Item, Sheet, load_rules, locked

RULES = load_rules(Path(__file__).parents[2] / "packs" / "national" / "appraisal.yaml")
WHOLE = (Item("whole", "总评", Decimal(100)),)
TWO = (Item("a", "创新程度", Decimal(60)), Item("b", "成熟度", Decimal(40), full=Decimal(10)))


def sheet(expert: str, *scores: int | str, items: Sequence[Item] = WHOLE) -> Sheet:
    """A locked sheet with the scores in the order of the items."""
    given = {item.id: Decimal(score) for item, score in zip(items, scores, strict=True)}
    return locked(Sheet(expert, given), items)


def sheets(*scores: int | str) -> list[Sheet]:
    """Locked sheets of as many experts, with one score each."""
    return [sheet(f"e{at}", score) for at, score in enumerate(scores)]
