"""What a case says of those whom its panel judges: units, people, and whom they ask not to be judged by."""

from __future__ import annotations

from typing import Any

from luming_portal.cases.models import Case
from luming_portal.people.models import Person

_UNITS = ("partners", "units", "unit_name", "host")
_PEOPLE = ("leader", "applicants", "members", "inventors")


def units_of(case: Case) -> list[str]:
    """The units, once each: the subject itself and those that its forms name."""
    said = [case.subject_name if case.person_id is None else str(case.person.employer if case.person else "")]
    for key in _UNITS:
        said += _texts(case.data.get(key))
    return list(dict.fromkeys(one for one in said if one))


def people_of(case: Case) -> list[dict[str, str]]:
    """The people by name; with the number of the register where exactly one entry of their unit has that name."""
    units = units_of(case)
    names = [case.person.name] if case.person is not None else []
    for key in _PEOPLE:
        names += _texts(case.data.get(key))
    found = []
    for name in dict.fromkeys(names):
        known = list(Person.objects.filter(name=name, employer__in=units)[:2])
        found.append({"name": name, "id": known[0].key if len(known) == 1 else ""})
    return found


def said_of(case: Case, key: str) -> list[dict[str, str]]:
    """Whom the subject asks not to be judged by, each with the reason."""
    rows = case.data.get(key) or []
    out = []
    for one in rows if isinstance(rows, list) else [rows]:
        if isinstance(one, dict) and str(one.get("name", "")).strip():
            out.append({"name": str(one["name"]).strip(), "reason": str(one.get("reason", ""))})
        elif isinstance(one, str) and one.strip():
            out.append({"name": one.strip(), "reason": ""})
    return out


def _texts(value: Any) -> list[str]:
    """The names in a field: a text, a list of texts, or a list of rows with a name."""
    if isinstance(value, str):
        parts = value.replace("\uff0c", "、").replace(",", "、").replace("\n", "、").split("、")
        return [part.strip() for part in parts if part.strip()]
    if isinstance(value, dict):
        return _texts(value.get("name") or value.get("unit"))
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return []
