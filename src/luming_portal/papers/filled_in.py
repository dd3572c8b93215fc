"""The fields that the forms of a case hold, with the titles under which people filled them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luming.report import chinese_date
from luming_portal.cases.models import Case
from luming_portal.cases.shelf import process_of

_HIDDEN = ("file",)
"""Formats whose values are not words."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One field: its key, its title on the form, its value with the unit."""

    key: str
    title: str
    text: str


def filled_in(case: Case) -> tuple[Filled, ...]:
    """The fields of a case in the order of its forms; each once, empty ones and files left out."""
    process = process_of(case)
    found: dict[str, Filled] = {}
    for form in process.forms.values():
        for key, field in form.properties.items():
            value = case.data.get(key)
            if (
                key in found
                or value in (None, "", [])
                or field.get("format") in _HIDDEN
                or field.get("x-mask")
            ):
                continue
            found[key] = Filled(key, str(field.get("title", key)), _text(value, field))
    return tuple(found.values())


def _text(value: Any, field: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_text(one, {}) for one in value)
    if isinstance(value, dict):
        return "，".join(_text(one, {}) for one in value.values())
    if field.get("format") == "date":
        try:
            return chinese_date(dt.date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    return f"{value}{field.get('x-unit', '')}"
