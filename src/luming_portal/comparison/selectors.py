"""What is read of comparisons and objections, with the reader's rights applied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from luming.comparison import Finding, ObjectionState
from luming_portal.accounts.rights import Action, Scope, scope_of, visible
from luming_portal.comparison.models import Comparison, Objection
from luming_portal.indicators.models import Fact

LISTED = 100
"""So many issued comparisons stand on the list; older ones are found by their name."""


def comparisons_for(user: Any) -> QuerySet[Comparison]:
    """The issued comparisons that a person sees, newest first."""
    return visible(user, Comparison.objects.select_related("document", "corrects", "correction"))


def listed(user: Any, *, demo: bool, words: str = "") -> QuerySet[Comparison]:
    """Those of the list, with the number of objections that wait."""
    found = comparisons_for(user).filter(demo=demo)
    for word in words.split():
        found = found.filter(Q(label__icontains=word) | Q(period__icontains=word))
    waiting = Count("objections", filter=Q(objections__state=ObjectionState.FILED.value))
    return found.annotate(waiting=waiting)[:LISTED]


def sees_current(user: Any) -> bool:
    """Whether a person sees what is not issued yet."""
    return scope_of(user, Action.VIEW, "comparison") is Scope.ALL


def reads_evidence(user: Any) -> bool:
    """Whether a person reads on what an objection rests; the public reads reason and answer only."""
    return scope_of(user, Action.VIEW, "objection") is Scope.ALL


def objections_for(user: Any, comparison: Comparison) -> dict[str, list[Objection]]:
    """The objections to a comparison that a person sees, by district, in the order of filing."""
    found: dict[str, list[Objection]] = {}
    for item in visible(user, Objection.objects.filter(comparison=comparison)):
        found.setdefault(item.district, []).append(item)
    return found


def findings_of(comparison: Comparison) -> list[Finding]:
    """What the office found in the accepted objections, in the order of filing."""
    accepted = comparison.objections.filter(state=ObjectionState.ACCEPTED.value)
    return [Finding(one.district, one.of, one.finding) for one in accepted if one.finding is not None]


def fact_addresses(user: Any, keys: Iterable[str]) -> dict[str, int]:
    """Where the figures stand in the register, by key; those that a person sees."""
    return dict(visible(user, Fact.objects.filter(key__in=list(keys))).values_list("key", "pk"))
