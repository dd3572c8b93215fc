"""What changes dictionary, sources and facts: each a function, each through the audit door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from luming.facts import Fact as FactValue
from luming.facts import Indicator as IndicatorValue
from luming.pack import Source as SourceValue
from luming_portal.audit.door import ChangeSet
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.indicators.values import fact_fields, indicator_fields, source_fields


def hold_sources(changes: ChangeSet, sources: Iterable[SourceValue]) -> int:
    """Enter sources, or bring those that are there to what is given; how many are new."""
    stored = {row.key: row for row in Source.objects.all()}
    new = []
    for value in sources:
        fields = source_fields(value)
        row = stored.get(value.id)
        if row is None:
            new.append(Source(**fields))
            continue
        _set(row, fields)
        changes.save(row)
    changes.create_many(new)
    return len(new)


def hold_indicators(changes: ChangeSet, indicators: Sequence[IndicatorValue]) -> int:
    """Enter dictionary entries, or bring those that are there to what is given; how many are new."""
    stored = {row.key: row for row in Indicator.objects.all()}
    new = []
    for position, value in enumerate(indicators):
        fields = {**indicator_fields(value), "position": position}
        row = stored.get(value.id)
        if row is None:
            new.append(Indicator(**fields))
            continue
        _set(row, fields)
        changes.save(row)
    changes.create_many(new)
    return len(new)


def add_facts(changes: ChangeSet, facts: Sequence[FactValue]) -> list[Fact]:
    """Append facts whose keys are not there yet; facts that they correct are marked so. What was added."""
    indicators = {
        row.key: row for row in Indicator.objects.filter(key__in={fact.indicator for fact in facts})
    }
    sources = {row.key: row for row in Source.objects.filter(key__in={fact.source for fact in facts})}
    known = set(Fact.objects.filter(key__in=[fact.id for fact in facts]).values_list("key", flat=True))
    corrected = {fact.supersedes for fact in facts if fact.supersedes}
    new = [
        Fact(
            **fact_fields(fact),
            indicator=indicators[fact.indicator],
            source=sources[fact.source],
            superseded=fact.id in corrected,
        )
        for fact in facts
        if fact.id not in known
    ]
    made = changes.create_many(new)
    old = Fact.objects.filter(key__in=corrected, superseded=False)
    changes.update_many(old, {"superseded": True})
    return made


def _set(row: object, fields: dict[str, object]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
