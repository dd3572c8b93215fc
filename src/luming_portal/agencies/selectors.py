"""How many agencies entered in a year: distinct legal persons, each in the year of its entry only."""

from __future__ import annotations

from luming_portal.agencies.models import AgencyGrade


def newly_entered(year: int, *, demo: bool = False) -> int:
    """How many different agencies entered in a year; by credit code, by name where there is none.

    An agency that had entered in an earlier year does not count again, also where it left in between.
    """
    rows = AgencyGrade.objects.filter(entered_on__isnull=False, demo=demo)
    first: dict[str, int] = {}
    for code, name, entered in rows.values_list("credit_code", "name", "entered_on__year"):
        known = code or name
        first[known] = min(first.get(known, entered), entered)
    return sum(one == year for one in first.values())
