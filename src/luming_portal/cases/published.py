"""What publicity shows of a case to everybody: who, what, how much, from when to when. Nothing else leaves here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from luming_portal.cases.models import Case
from luming_portal.cases.shelf import process_of

_SHOWN = ("award", "grade", "level", "conclusion", "panel_grade")
"""Fields of decisions that publicity shows, where a form has them."""


@dataclass(frozen=True, slots=True)
class Publicised:
    """A case as publicity shows it; `figures` are label and words."""

    pk: int
    number: str
    process: str
    title: str
    subject: str
    unit: str
    figures: tuple[tuple[str, str], ...]
    first: dt.date
    last: dt.date
    demo: bool

    def told(self) -> dict[str, Any]:
        """As an answer to machines."""
        return {
            "id": self.pk,
            "number": self.number,
            "process": self.process,
            "title": self.title,
            "subject": self.subject,
            "unit": self.unit,
            "figures": [{"label": label, "value": words} for label, words in self.figures],
            "first_day": self.first,
            "last_day": self.last,
            "demo": self.demo,
        }


def publicised(case: Case) -> Publicised:
    """What everybody may know of a case under publicity."""
    specs = {name: spec for form in process_of(case).forms.values() for name, spec in form.properties.items()}
    figures = tuple(
        (str(specs[name].get("title", name)), f"{case.data[name]}{specs[name].get('x-unit', '')}")
        for name in _SHOWN
        if name in specs and case.data.get(name)
    )
    assert case.public_from is not None and case.public_until is not None  # noqa: PT018 - under publicity
    return Publicised(
        case.pk,
        case.number,
        case.process_name,
        case.title,
        case.subject_name,
        case.unit,
        figures,
        case.public_from,
        case.public_until,
        case.demo,
    )
