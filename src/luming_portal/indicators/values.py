"""Rows of the tables as values of the library, and back, without loss."""

from __future__ import annotations

from decimal import Decimal

from luming.facts import Fact as FactValue
from luming.facts import Indicator as IndicatorValue
from luming.facts import Status
from luming.mark import Mark
from luming.pack import Source as SourceValue
from luming.period import parse_period
from luming_portal.indicators.models import Fact, Indicator, Source


def indicator_value(row: Indicator) -> IndicatorValue:
    """The dictionary entry of a row."""
    return IndicatorValue.model_validate(
        {
            "id": row.key,
            "label": row.label,
            "aliases": tuple(row.aliases),
            "definition": row.definition,
            "unit": row.unit,
            "kind": row.kind,
            "frequency": row.frequency,
            "lag_days": row.lag_days,
            "rhythm_mark": row.rhythm_mark,
            "owner": row.steward,
            "owner_mark": row.owner_mark,
            "source": row.statistic,
            "mark": row.mark,
            "proxies": tuple(row.proxies),
            "note": row.note,
        }
    )


def indicator_fields(value: IndicatorValue) -> dict[str, object]:
    """The fields of a row for a dictionary entry."""
    return {
        "key": value.id,
        "label": value.label,
        "aliases": list(value.aliases),
        "definition": value.definition,
        "unit": value.unit,
        "kind": value.kind.value,
        "frequency": value.frequency.value,
        "lag_days": value.lag_days,
        "rhythm_mark": value.rhythm_mark.value,
        "steward": value.owner,
        "owner_mark": value.owner_mark.value,
        "statistic": value.source,
        "mark": value.mark.value,
        "proxies": list(value.proxies),
        "note": value.note,
    }


def source_value(row: Source) -> SourceValue:
    """The source of a row."""
    return SourceValue(
        id=row.key,
        publisher=row.publisher,
        title=row.title,
        date=row.date,
        url=row.url,
        mirror=row.mirror,
        mark=Mark(row.mark),
        note=row.note,
    )


def source_fields(value: SourceValue) -> dict[str, object]:
    """The fields of a row for a source."""
    return {
        "key": value.id,
        "publisher": value.publisher,
        "title": value.title,
        "date": value.date,
        "url": value.url,
        "mirror": value.mirror,
        "mark": value.mark.value,
        "note": value.note,
    }


def fact_value(row: Fact) -> FactValue:
    """The fact of a row; reads indicator and source, so select them with the row."""
    return FactValue(
        id=row.key,
        subject=row.subject,
        indicator=row.indicator.key,
        period=parse_period(row.period),
        value=Decimal(row.value),
        unit=row.unit,
        status=Status(row.status),
        source=row.source.key,
        recorded_on=row.recorded_on,
        supersedes=row.supersedes,
        note=row.note,
        demo=row.demo,
    )


def fact_fields(value: FactValue) -> dict[str, object]:
    """The fields of a row for a fact, without indicator and source, whose rows the caller knows."""
    return {
        "key": value.id,
        "subject": value.subject,
        "period": value.period.text,
        "period_start": value.period.start,
        "period_end": value.period.end,
        "value": value.value,
        "value_sort": float(value.value),
        "unit": value.unit,
        "status": value.status.value,
        "recorded_on": value.recorded_on,
        "supersedes": value.supersedes,
        "note": value.note,
        "demo": value.demo,
    }
