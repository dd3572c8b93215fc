"""What is read of panels: lists with the reader's rights, an expert's seat, credit, candidates with what speaks against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from luming.appraisal import Conflict, Credit, Sitting, credit_of
from luming_portal.accounts.rights import visible
from luming_portal.panels.models import Expert, Panel, PanelState, ScoreSheet, Seat, SeatState
from luming_portal.panels.models.seat import INVITED
from luming_portal.panels.schemes import rules
from luming_portal.panels.services.checking import found_against

MOST_CANDIDATES = 300


def panels_for(user: Any, *, words: str = "", state: str = "") -> QuerySet[Panel]:
    """The panels that a person sees, newest first."""
    found = visible(user, Panel.objects.select_related("case"))
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(case__number__icontains=word) | Q(unit__icontains=word)
        )
    return found.filter(state=state) if state else found


def seat_of(user: Any, panel: Panel) -> Seat | None:
    """The seat of a person on a panel, where he was invited."""
    if not user.is_authenticated:
        return None
    return (
        Seat.objects.filter(panel=panel, expert__account_id=user.pk, state__in=INVITED)
        .select_related("panel__case", "expert")
        .first()
    )


def own_sheet(seat: Seat, number: int) -> ScoreSheet | None:
    """The sheet of a seat in a round."""
    return ScoreSheet.objects.filter(seat=seat, round=number).select_related("seat__panel").first()


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat as the convener sees it: state, what was found, whether the sheet is locked, never what stands in it."""

    seat: Seat
    findings: tuple[Any, ...]
    locked: bool
    begun: bool


def seat_lines(panel: Panel) -> list[SeatLine]:
    """The seats of a panel for the convener."""
    rows = ScoreSheet.objects.filter(seat__panel=panel, round=panel.round).values_list("seat", "locked_at")
    sheets = dict(rows)
    seats = panel.seats.select_related("expert__person").prefetch_related("findings")
    return [
        SeatLine(
            one,
            tuple(one.findings.all()),
            locked=sheets.get(one.pk) is not None,
            begun=one.pk in sheets,
        )
        for one in seats
    ]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert who could be asked, with what speaks against it."""

    expert: Expert
    conflicts: tuple[Conflict, ...]
    credit: Credit
    open_seats: int

    @property
    def barred(self) -> bool:
        """Whether something certain keeps him away."""
        return any(one.certain for one in self.conflicts)


def candidates(user: Any, panel: Panel, day: dt.date) -> list[Candidate]:
    """The experts who could be asked, those whom nothing keeps away first; of one unit together."""
    found = (
        visible(user, Expert.objects.filter(active=True, demo=panel.demo))
        .select_related("person")
        .annotate(
            open_seats=Count(
                "seats",
                filter=Q(seats__state__in=INVITED)
                & Q(seats__panel__state__in=(PanelState.DECLARING, PanelState.SCORING)),
            )
        )
        .order_by("speciality", "unit", "name", "pk")[:MOST_CANDIDATES]
    )
    experts = list(found)
    against = found_against(panel, experts, day)
    credits = credit_of_all(experts)
    lines = [
        Candidate(one, tuple(against[one.pk]), credits[one.pk], one.open_seats)  # type: ignore[attr-defined]
        for one in experts
    ]
    return sorted(lines, key=lambda line: (line.barred, bool(line.conflicts)))


def credit_of_all(experts: Sequence[Expert]) -> dict[int, Credit]:
    """The credit record of some experts, out of closed panels."""
    sittings: dict[int, list[Sitting]] = {one.pk: [] for one in experts}
    keys = {one.key: one.pk for one in experts}
    rows = (
        Seat.objects.filter(expert__in=experts)
        .filter(Q(panel__state=PanelState.CLOSED) | Q(undeclared__gt=0))
        .select_related("panel")
        .order_by("pk")
    )
    for seat in rows:
        sitting = _sitting(seat)
        if sitting is not None:
            sittings[seat.expert_id].append(sitting)
    return {pk: credit_of(sittings[pk], rules().credit) for pk in keys.values()}


def _sitting(seat: Seat) -> Sitting | None:
    panel = seat.panel
    on = (panel.closed_at or panel.opened_at).date()
    sheets = (panel.result or {}).get("sheets", [])
    told = next((one for one in sheets if one["expert"] == seat.expert.key), None)
    if told is None:
        return Sitting(str(panel.pk), on, undeclared=seat.undeclared) if seat.undeclared else None
    return Sitting(
        str(panel.pk),
        on,
        None if told["z"] is None else Decimal(told["z"]),
        None if told["gap"] is None else Decimal(told["gap"]),
        seat.undeclared,
    )


def waiting_for(user: Any) -> list[tuple[Seat, str]]:
    """What an expert has to do: declare or score, with the panel; oldest first."""
    seats = (
        Seat.objects.filter(
            expert__account_id=user.pk,
            state__in=INVITED,
            panel__state__in=(PanelState.DECLARING, PanelState.SCORING),
        )
        .select_related("panel__case", "expert")
        .order_by("panel__invited_at", "pk")
    )
    out = []
    for seat in seats:
        if seat.state == SeatState.INVITED:
            out.append((seat, "declare"))
        elif seat.panel.state == PanelState.DECLARING:
            out.append((seat, "wait"))
        else:
            row = own_sheet(seat, seat.panel.round)
            out.append((seat, "done" if row is not None and row.locked_at else "score"))
    return out
