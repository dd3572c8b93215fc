"""When data last changed, as a number that only grows: what caches and ETags hang on."""

from __future__ import annotations

from django.db.models import Max, Model

from luming_portal.audit.models import Change


def last_change(*kinds: type[Model]) -> int:
    """Number of the last recorded change of any record of these kinds; 0 when there is none. One look into an index each."""
    found = (
        Change.objects.filter(model=kind._meta.label_lower).aggregate(last=Max("id"))["last"]
        for kind in kinds
    )
    return max((number for number in found if number), default=0)
