"""The claims behind the figures of support: read from the cases, their events and the lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Sum
from django.utils import timezone

from luming_portal.budgets.models import BudgetBalance, BudgetEntry
from luming_portal.cases.models import Case, CaseEvent, Escalation
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.claims import award_of
from luming_portal.support.figures import Claim, Figures, figures_of
from luming_portal.support.models import AutomaticFirm
from luming_portal.support.steps import PROCESSES

SETTLED, PAID = "paying", "paid"
"""The states of all three lanes from which it is settled that money is paid, and in which it was paid."""


def figures_now(year: int, today: dt.date, *, demo: bool) -> Figures:
    """The figures of a year, of real firms or of the demonstration's; never of both."""
    last = min(today, dt.date(year, 12, 31))
    claims = claims_told(demo=demo)
    blocked = AutomaticFirm.objects.filter(demo=demo, run__as_of__year=year).exclude(duplicate="")
    return figures_of(
        claims,
        support_shelf().items.values(),
        last,
        dt.date(year, 1, 1),
        appropriated=appropriated(year, demo=demo),
        blocked=[(firm, high or 0) for firm, high in blocked.values_list("enterprise_id", "high")],
    )


def claims_told(*, demo: bool) -> list[Claim]:
    """Every case in which support was claimed, with the days on which it was settled and paid."""
    lanes = {process: lane for lane, process in PROCESSES.items()}
    cases = list(Case.objects.filter(process__in=lanes, demo=demo, enterprise__isnull=False).order_by("pk"))
    days = _days([case.pk for case in cases])
    promised = _promised([case.pk for case in cases])
    late = set(
        Escalation.objects.filter(case__in=[case.pk for case in cases], clock="pay").values_list(
            "case", flat=True
        )
    )
    found = []
    for case in cases:
        settled, paid = days.get((case.pk, SETTLED)), days.get((case.pk, PAID))
        found.append(
            Claim(
                str(case.data.get("item", "")),
                case.enterprise_id or 0,
                lanes[case.process],
                award_of(case),
                _day(case.opened_at),
                settled,
                paid,
                promised.get(case.pk) or _due(case, settled, paid, late=case.pk in late),
            )
        )
    return found


def appropriated(year: int, *, demo: bool) -> int:
    """Fen appropriated in a year to the lines to which a case of support has brought an entry."""
    keys = Case.objects.filter(process__in=PROCESSES.values(), demo=demo).values_list("pk", flat=True)
    origins = [f"case:{key}" for key in keys]
    lines = BudgetEntry.objects.filter(origin__in=origins, line__year=year).values("line").distinct()
    found = BudgetBalance.objects.filter(line__in=lines).aggregate(all=Sum("appropriated"))
    return int(found["all"] or 0)


def _days(keys: list[int]) -> Mapping[tuple[int, str], dt.date]:
    """The first day on which each case came into each of the two states."""
    found: dict[tuple[int, str], dt.date] = {}
    rows = CaseEvent.objects.filter(case__in=keys, state__in=(SETTLED, PAID)).order_by("case", "seq")
    for case, state, at in rows.values_list("case", "state", "at"):
        found.setdefault((case, state), _day(at))
    return found


def _promised(keys: list[int]) -> Mapping[int, dt.date]:
    """By when the money of a case was promised, where the budget says so."""
    rows = BudgetEntry.objects.filter(origin__in=[f"case:{key}" for key in keys], due_on__isnull=False)
    return {
        int(origin.removeprefix("case:")): day
        for origin, day in rows.order_by("pk").values_list("origin", "due_on")
        if day is not None
    }


def _due(case: Case, settled: dt.date | None, paid: dt.date | None, *, late: bool) -> dt.date | None:
    """By when it was to be paid, as far as that decides whether it was in time."""
    if settled is None:
        return None
    if case.state == SETTLED and case.due_at is not None:
        return _day(case.due_at)
    if paid is None:
        return None
    return paid - dt.timedelta(days=1) if late else paid


def _day(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()
