"""A person's calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from luming_portal.accounts.rights import Action, Scope, scope_of, visible
from luming_portal.deadlines.entry import KINDS, Entry
from luming_portal.deadlines.models import FeedAddress

BACK, AHEAD = dt.timedelta(days=60), dt.timedelta(days=400)
"""How far a calendar looks back and ahead."""


def entries_for(user: Any, today: dt.date, *, kind: str = "") -> list[Entry]:
    """What concerns a person, in the order of days: what is late and open, and what is to come."""
    if scope_of(user, Action.VIEW, "calendar") is Scope.NONE:
        return []
    kinds = [KINDS[kind]] if kind else list(KINDS.values())
    found = [one for each in kinds for one in each.source(user, today - BACK, today + AHEAD)]
    coming = [one for one in found if one.over or one.day >= today]
    return sorted(coming, key=lambda one: (one.day, one.moment is not None, one.kind, one.title, one.uid))


def addresses_of(user: Any) -> QuerySet[FeedAddress]:
    """A person's addresses that are open."""
    return visible(user, FeedAddress.objects.filter(revoked_at=None))
