"""Records of a kind that fit a search, as a condition for a queryset: what a register's search box and the page ask."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Model, Q
from django.db.models.expressions import RawSQL

from luming_portal.search.models import SPAN
from luming_portal.search.subjects import kind_of
from luming_portal.search.words import Alternatives, Phrase, alternatives, terms


def condition(model: type[Model], question: str) -> Q:
    """The condition that records of an indexed kind fit every term of a question."""
    return Q(pk__in=keys(kind_of(model), question)) if question.strip() else Q()


def keys(kind: int, question: str, *, of_entries: bool = False) -> Any:
    """A subquery for the keys that fit: of records, or of entries where one record has many."""
    asked = [alternatives(term) for term in terms(question)]
    shift, low, high = (0 if of_entries else kind * SPAN), kind * SPAN, (kind + 1) * SPAN - 1
    if not asked:
        return RawSQL("SELECT 0 WHERE 1 = 0", [])
    if connection.vendor == "postgresql":
        # As an array, so that the words are looked up once, whatever the planner makes of the query around it.
        return RawSQL(
            "SELECT unnest(ARRAY(SELECT id - %s FROM search_entry "
            "WHERE to_tsvector('pg_catalog.simple', words) @@ %s::tsquery AND id BETWEEN %s AND %s))",
            [shift, _postgresql(asked), low, high],
        )
    return RawSQL(
        "SELECT rowid - %s FROM search_fts WHERE search_fts MATCH %s AND rowid BETWEEN %s AND %s",
        [shift, _sqlite(asked), low, high],
    )


def _sqlite(asked: list[Alternatives]) -> str:
    return " AND ".join(
        "(" + " OR ".join("(" + " AND ".join(map(_sqlite_phrase, way)) + ")" for way in ways) + ")"
        for ways in asked
    )


def _sqlite_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"' + ("*" if phrase.open_end else "")


def _postgresql(asked: list[Alternatives]) -> str:
    return " & ".join(
        "(" + " | ".join("(" + " & ".join(map(_postgresql_phrase, way)) + ")" for way in ways) + ")"
        for ways in asked
    )


def _postgresql_phrase(phrase: Phrase) -> str:
    words = [f"'{word}'" for word in phrase.words]
    if phrase.open_end:
        words[-1] += ":*"
    return "(" + " <-> ".join(words) + ")"
