"""What is read of cases, with the reader's rights: lists, trays, what is under publicity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from luming_portal.accounts.rights import Action, Scope, scope_of, visible
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case, CaseObjection, CaseTurn

SORTS = {
    "due": (F("due_at").asc(nulls_last=True), "pk"),
    "-due": (F("due_at").desc(nulls_last=True), "-pk"),
    "number": ("process_name", "year", "serial", "pk"),
    "-number": ("-process_name", "-year", "-serial", "-pk"),
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "moved": ("moved_at", "pk"),
    "-moved": ("-moved_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of cases was asked for; standing: open, late, closed, or "" for all."""

    words: str = ""
    process: str = ""
    standing: str = ""
    unit: str = ""
    sort: str = "-moved"

    @classmethod
    def of(cls, given: Any) -> Asked:
        """What an address asks; what it does not know is left out."""
        standing = given.get("standing", "")
        sort = given.get("sort", "")
        return cls(
            given.get("q", "").strip()[:100],
            given.get("process", "")[:60],
            standing if standing in ("open", "late", "closed") else "",
            given.get("unit", "")[:100],
            sort if sort in SORTS else "-moved",
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for less than all."""
        return bool(self.words or self.process or self.standing or self.unit)


def cases_for(user: Any, asked: Asked | None = None, action: Action = Action.VIEW) -> QuerySet[Case]:
    """The cases that a person sees, narrowed and sorted as asked."""
    found = visible(user, Case.objects.all(), action).select_related("enterprise", "institution", "person")
    if asked is None:
        return found
    for word in asked.words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(number__icontains=word)
            | Q(process_name__icontains=word)
            | Q(enterprise__name__icontains=word)
            | Q(institution__name__icontains=word)
            | Q(unit__icontains=word)
        )
    if asked.process:
        found = found.filter(process=asked.process)
    if asked.unit:
        found = found.filter(unit=asked.unit)
    if asked.standing == "open":
        found = found.filter(closed_at__isnull=True)
    elif asked.standing == "late":
        found = found.filter(closed_at__isnull=True, due_at__lt=timezone.now())
    elif asked.standing == "closed":
        found = found.filter(closed_at__isnull=False)
    return found.order_by(*SORTS[asked.sort])


def turns_of(user: Any) -> QuerySet[CaseTurn]:
    """What waits for a person: one question, the oldest first."""
    if user is None or not user.is_authenticated or scope_of(user, Action.VIEW, "case") is Scope.NONE:
        return CaseTurn.objects.none()
    mine = _mine(user)
    if mine is None:
        return CaseTurn.objects.none()
    rows = CaseTurn.objects.filter(mine, case__closed_at__isnull=True)
    return rows.select_related("case__enterprise", "case__institution").order_by("since", "pk")


def _mine(user: Any) -> Q | None:
    role = Role(user.role)
    either = Q(plays=role.value)
    if role is Role.ENTERPRISE:
        return either & Q(case__enterprise_id=user.enterprise_id) if user.enterprise_id else None
    if role is Role.INSTITUTION:
        return either & Q(case__institution_id=user.institution_id) if user.institution_id else None
    if role is Role.DEPARTMENT:
        if not user.unit:
            return None
        return either & (Q(unit=user.unit) | Q(unit="", case__applicant_id=user.pk))
    if role is Role.DISTRICT:
        return either & Q(unit=user.district) if user.district else None
    if role is Role.OFFICE:
        return either
    return either & Q(case__applicant_id=user.pk)


def waiting_count(user: Any) -> int:
    """How many cases wait for a person."""
    return turns_of(user).order_by().values("case").distinct().count()


def under_publicity() -> QuerySet[Case]:
    """What is shown to everybody now, from the day it was put up.

    The reader's rights are passed by on purpose: only what publicity is for leaves here (published.publicised).
    """
    found = Case.objects.filter(public_from__isnull=False, closed_at__isnull=True)
    return found.select_related("enterprise", "institution", "person").order_by("public_until", "pk")


def objections_seen(user: Any, case: Case) -> Sequence[CaseObjection]:
    """The objections against a case that a person may read."""
    return list(visible(user, CaseObjection.objects.filter(case=case)).select_related("event"))
