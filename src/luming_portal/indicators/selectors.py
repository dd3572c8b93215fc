"""What the board reads of the tables."""

from __future__ import annotations

from collections.abc import Iterable

from luming.facts import Fact as FactValue
from luming_portal.indicators.models import Fact
from luming_portal.indicators.values import fact_value


def facts_for(
    subjects: Iterable[str], indicators: Iterable[str], *, demo: bool = False
) -> tuple[FactValue, ...]:
    """The published facts on some subjects and indicators, corrections included, in the order of entry.

    Args:
        demo: the invented ones instead of the real ones; never both.
    """
    rows = (
        Fact.objects.filter(
            demo=demo, published=True, subject__in=list(subjects), indicator__key__in=list(indicators)
        )
        .select_related("indicator", "source")
        .order_by("id")
    )
    return tuple(fact_value(row) for row in rows)
