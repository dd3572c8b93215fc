"""What can be searched: the kinds of records, and by which of their fields they are found.

Only fields that every reader of the record may read stand here; a search must not tell what a column hides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Model

SENTENCES = 99
"""Number of the kind of sentences of documents."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record under search.

    Attributes:
        number: the kind's number, never changed, because entries' keys are made of it.
        names: fields found by their pinyin too; texts: by their words; codes: by any part.
    """

    number: int
    slug: str
    model: str
    names: Callable[[Any], list[str]]
    texts: Callable[[Any], list[str]]
    codes: Callable[[Any], list[str]]

    @property
    def kind(self) -> type[Model]:
        """The model."""
        return apps.get_model(self.model)


SUBJECTS = (
    Subject(
        1,
        "enterprises",
        "enterprises.Enterprise",
        lambda row: [row.name, *row.former_names],
        lambda row: [row.segment, row.chain, row.titles],
        lambda row: [row.credit_code or "", row.stock_code, row.key],
    ),
    Subject(
        2,
        "institutions",
        "institutions.Institution",
        lambda row: [row.name, *row.former_names],
        lambda row: [row.kind, row.field],
        lambda row: [row.credit_code or "", row.key],
    ),
    Subject(
        3,
        "projects",
        "projects.Project",
        lambda row: [row.name],
        lambda row: [row.owner, row.chain, row.stage],
        lambda row: [row.key],
    ),
    Subject(
        4,
        "persons",
        "people.Person",
        lambda row: [row.name],
        lambda row: [row.kind, row.title, row.field, row.employer],
        lambda row: [row.key],
    ),
    Subject(
        5,
        "teams",
        "people.Team",
        lambda row: [row.name],
        lambda row: [row.kind, row.leader, row.field, row.host],
        lambda row: [row.key],
    ),
    Subject(
        6,
        "indicators",
        "indicators.Indicator",
        lambda row: [row.label, *row.aliases],
        lambda row: [row.definition, row.steward],
        lambda row: [row.key],
    ),
    Subject(
        7,
        "sources",
        "indicators.Source",
        lambda row: [row.publisher],
        lambda row: [row.title],
        lambda row: [row.key],
    ),
)


@lru_cache(maxsize=1)
def subjects() -> Mapping[type[Model], Subject]:
    """The subjects by model."""
    return {subject.kind: subject for subject in SUBJECTS}


def is_indexed(model: type[Model]) -> bool:
    """Whether records of a kind stand in the index."""
    return model in subjects()


def kind_of(model: type[Model]) -> int:
    """The number of a kind."""
    return subjects()[model].number
