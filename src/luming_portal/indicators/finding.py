"""How a free search finds facts: a million of them, so only by what an index answers.

A word is the beginning of a subject, part of the name of a firm or an institution that is the subject, part of the
name of an indicator, or the key of the fact.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from luming_portal.enterprises.models import Enterprise
from luming_portal.indicators.models import Fact, Indicator
from luming_portal.institutions.models import Institution
from luming_portal.search.finding import condition

_LAST = "\U0010ffff"
_FEW = 5_000
"""Up to so many facts are looked up one by one; more are met soon enough in the order of the list."""


def fact_condition(words: str) -> Q:
    """Facts that fit every word of a search."""
    found = Q()
    for word in words.split():
        found &= _one(word)
    return found


def _one(word: str) -> Q:
    ways = _ways(word)
    facts = [Fact.objects.filter(way).order_by().values("pk") for way in ways]
    if sum(len(some[: _FEW + 1]) for some in facts) <= _FEW:
        return Q(pk__in=facts[0].union(*facts[1:]))
    found = Q()
    for way in ways:
        found |= way
    return found


def _ways(word: str) -> list[Q]:
    ways = [Q(key=word), _starts(word)]
    ways.append(Q(indicator__in=Indicator.objects.filter(condition(Indicator, word)).order_by().values("pk")))
    for kind in (Enterprise, Institution):
        named = kind._default_manager.filter(condition(kind, word)).order_by().values("name")
        ways.append(Q(subject__in=named))
    return ways


def _starts(word: str) -> Q:
    """Subjects that begin with a word, in the form that the database answers from its index."""
    if connection.vendor == "postgresql":
        return Q(subject__startswith=word)
    return Q(subject__gte=word, subject__lt=word + _LAST)
