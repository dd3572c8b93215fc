"""What a form asks that is known already: facts of the firm fill their fields and are never asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from luming.errors import UnitMismatch
from luming.unit import convert
from luming_portal.accounts.rights import Action, decide
from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.known import knowledge_of
from luming_portal.standards.models import FirmFact
from luming_portal.standards.services import Statement, faults_in, state_facts


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A known fact as the value of a form's field; `written` with its unit, `source` in words."""

    value: Any
    written: str
    origin: str
    source: str


def known_values(
    properties: Mapping[str, Mapping[str, Any]], firm: Enterprise | None, day: dt.date
) -> dict[str, KnownValue]:
    """The fields of a form that the register of firm facts fills, by name."""
    if firm is None or not any("x-fact" in spec for spec in properties.values()):
        return {}
    known = knowledge_of(firm, day).known
    found = {}
    for name, spec in properties.items():
        fact = known.get(str(spec.get("x-fact", "")))
        if fact is None:
            continue
        unit = shelf().inputs[fact.key].unit
        value = _as_value(spec, fact.written, unit)
        if value is not None:
            found[name] = KnownValue(value, f"{fact.written} {unit}".strip(), fact.origin, fact.source)
    return found


def _as_value(spec: Mapping[str, Any], written: str, unit: str) -> Any:
    """The value in the unit that the form states; None where it does not fit the field."""
    kind = spec.get("type")
    if kind == "boolean":
        return {"是": True, "否": False}.get(written)
    if kind == "integer" or spec.get("format") == "decimal":
        try:
            number = Decimal(written.replace(",", ""))
            wanted = str(spec.get("x-unit", ""))
            number = convert(number, unit, wanted) if wanted and unit else number
        except (InvalidOperation, UnitMismatch):
            return None
        if kind == "integer":
            return int(number) if number == int(number) else None
        return _plain(number)
    if "enum" in spec and written not in spec["enum"]:
        return None
    return written


def learn(
    properties: Mapping[str, Mapping[str, Any]],
    data: Mapping[str, Any],
    known: Mapping[str, KnownValue],
    firm: Enterprise | None,
    *,
    by: Any,
    source: str,
    day: dt.date,
) -> int:
    """Keep in the register of firm facts what a form has told that was not known; how many facts.

    Only what the person may state and the register can read is kept; the form itself keeps everything.
    """
    if firm is None or by is None or not decide(by, Action.CREATE, "firm_fact", FirmFact(enterprise=firm)):
        return 0
    told = {}
    for name, spec in properties.items():
        key = str(spec.get("x-fact", ""))
        if key in shelf().inputs and name in data and name not in known:
            written = _as_written(spec, data[name], shelf().inputs[key].unit)
            if written is not None and not faults_in({key: written}) and key not in shelf().judged:
                told[key] = written
    return state_facts([Statement(firm, day.year - 1, told, source)], by=by, today=day) if told else 0


def _as_written(spec: Mapping[str, Any], value: Any, unit: str) -> str | None:
    if isinstance(value, bool):
        return "是" if value else "否"
    if spec.get("type") == "integer" or spec.get("format") == "decimal":
        try:
            number = Decimal(str(value))
            own = str(spec.get("x-unit", ""))
            return _plain(convert(number, own, unit) if own and unit else number)
        except (InvalidOperation, UnitMismatch):
            return None
    return str(value)


def _plain(number: Decimal) -> str:
    """Without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
