"""Inputs and proofs as plain content and back: what a proof file holds, and what its SHA-256 is drawn from.

Each input has a name (`fact P001`, `target pv_output`) and stands in the file once, however many figures use it. The
digest of a proof goes over the digests of its inputs, so that one changed sign in one of them changes every code that
rests on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from luming.facts import Fact, Indicator, Status
from luming.monitor import Light, Override
from luming.pack import Commitment, Curve, District, DocumentHead, Entry, LightRule, Measure, Source
from luming.period import parse_period
from luming.proof.canonical import Plain
from luming.proof.model import Inputs

_T = TypeVar("_T")


def plain_inputs(inputs: Inputs) -> dict[str, Plain]:
    """The inputs other than facts and parts, by name."""
    made: dict[str, Plain] = {
        "document": _entry(inputs.document),
        "light_rule": _entry(inputs.light_rule),
    }
    if inputs.target is not None:
        made[f"target {inputs.target.id}"] = _entry(inputs.target)
    if inputs.indicator is not None:
        made[f"indicator {inputs.indicator.id}"] = inputs.indicator.model_dump(
            mode="json", exclude_defaults=True
        )
    if inputs.curve is not None:
        made[f"curve {inputs.curve.target}"] = _entry(inputs.curve)
    if inputs.measure is not None:
        made[f"sentence {inputs.measure.sentences[0].id}"] = _entry(inputs.measure)
    if inputs.override is not None:
        made[f"override {inputs.override.target}"] = _override(inputs.override)
    made |= {f"source {source.id}": _entry(source) for source in inputs.sources}
    made |= {f"district {one.name}": _entry(one) for one in inputs.districts}
    return made


def _entry(entry: Entry) -> Plain:
    return entry.model_dump(mode="json", exclude_defaults=True)


def _override(item: Override) -> Plain:
    return {
        "target": item.target,
        "light": item.light.value,
        "by": item.by,
        "reason": item.reason,
        "from_day": item.from_day.isoformat(),
        "until": item.until.isoformat(),
    }


def plain_fact(fact: Fact) -> Plain:
    """A fact; what it does not have is left out."""
    made: dict[str, Plain] = {
        "subject": fact.subject,
        "indicator": fact.indicator,
        "period": fact.period.text,
        "value": str(fact.value),
        "unit": fact.unit,
        "status": fact.status.value,
        "source": fact.source,
        "recorded_on": fact.recorded_on.isoformat(),
        "id": fact.id,
    }
    if fact.supersedes:
        made["supersedes"] = fact.supersedes
    if fact.note:
        made["note"] = fact.note
    return made | ({"demo": True} if fact.demo else {})


def fact_from(held: Mapping[str, Plain]) -> Fact:
    """The fact that was stored.

    Raises:
        KeyError, TypeError, ValueError, ArithmeticError: it is not the shape of one.
    """
    return Fact(
        id=held["id"],
        subject=held["subject"],
        indicator=held["indicator"],
        period=parse_period(held["period"]),
        value=Decimal(held["value"]),
        unit=held["unit"],
        status=Status(held["status"]),
        source=held["source"],
        recorded_on=dt.date.fromisoformat(held["recorded_on"]),
        supersedes=held.get("supersedes", ""),
        note=held.get("note", ""),
        demo=held.get("demo", False),
    )


def inputs_from(
    held: Mapping[str, Plain], facts: tuple[Fact, ...], as_of: dt.date, asked: str, parts: tuple[str, ...]
) -> Inputs:
    """The inputs that were stored under these names.

    Raises:
        KeyError, TypeError, ValueError: one is missing or not of its shape.
    """
    return Inputs(
        as_of=as_of,
        document=DocumentHead.model_validate(held["document"]),
        light_rule=LightRule.model_validate(held["light_rule"]),
        target=_one(held, "target", Commitment.model_validate),
        indicator=_one(held, "indicator", Indicator.model_validate),
        curve=_one(held, "curve", Curve.model_validate),
        measure=_one(held, "sentence", Measure.model_validate),
        facts=facts,
        sources=_all(held, "source", Source.model_validate),
        override=_one(held, "override", _override_from),
        districts=_all(held, "district", District.model_validate),
        asked=asked,
        parts=parts,
    )


def _override_from(held: Mapping[str, Plain]) -> Override:
    return Override(
        target=held["target"],
        light=Light(held["light"]),
        by=held["by"],
        reason=held["reason"],
        from_day=dt.date.fromisoformat(held["from_day"]),
        until=dt.date.fromisoformat(held["until"]),
    )


def _all(held: Mapping[str, Plain], kind: str, read: Callable[[Plain], _T]) -> tuple[_T, ...]:
    return tuple(read(content) for name, content in held.items() if name.partition(" ")[0] == kind)


def _one(held: Mapping[str, Plain], kind: str, read: Callable[[Plain], _T]) -> _T | None:
    found = _all(held, kind, read)
    if len(found) > 1:
        raise ValueError(f"several inputs of one kind: {kind}")
    return found[0] if found else None
