"""What is read of budgets, with the rights of the reader applied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from luming.budget import Balance, Outlook, fen_of, outlook
from luming.errors import PackFaults, UnitMismatch
from luming.pack import Commitment, CommitmentKind
from luming_portal.accounts.rights import visible
from luming_portal.budgets.models import AllocationCall, BudgetClaim, BudgetEntry, BudgetLine, PaymentOrder
from luming_portal.documents.models import Document
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version


@dataclass(frozen=True, slots=True)
class Listed:
    """A line with its sums; `seen` is how much is asked for and not yet released."""

    line: BudgetLine
    balance: Balance
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class Unopened:
    """A sum that the document sets aside and for which no line was opened."""

    document: Document
    commitment: Commitment
    planned: int | None


def lines_for(user: Any) -> QuerySet[BudgetLine]:
    """The lines that the user may see."""
    return visible(user, BudgetLine.objects.select_related("balance", "document"))


def listed(user: Any, year: int | None, as_of: dt.date) -> list[Listed]:
    """The lines of a year (of all years when None)."""
    rows = lines_for(user)
    if year is not None:
        rows = rows.filter(year=year)
    return [Listed(row, row.balance.value(), seen(row, as_of, ())) for row in rows]


def seen(line: BudgetLine, as_of: dt.date, claims: Sequence[BudgetClaim]) -> Outlook:
    """The outlook of a line from a day on."""
    due = {row.matter: row.due_on for row in claims if row.due_on}
    held = {row.matter: row.value() for row in claims}
    return outlook(line.balance.value(), held, due, year=line.year, as_of=as_of)


def unopened() -> list[Unopened]:
    """What the document in force sets aside and has no line."""
    version = current_version()
    if version is None:
        return []
    try:
        pack = pack_of(version)
    except PackFaults:
        return []
    opened = set(BudgetLine.objects.filter(document=version.document).values_list("commitment", flat=True))
    return [
        Unopened(version.document, item, planned_sum(item))
        for item in pack.commitments
        if item.kind is CommitmentKind.BUDGET and item.id not in opened
    ]


def planned_sum(item: Commitment) -> int | None:
    """A commitment of money in fen; None where it names no sum of money."""
    if item.value is None:
        return None
    try:
        return fen_of(item.value, item.unit)
    except (UnitMismatch, ValueError):
        return None


def commitment_of(line: BudgetLine) -> Commitment | None:
    """What the document in force says of a line."""
    version = line.document.versions.order_by("-number").first() if line.document else None
    if version is None or not line.commitment:
        return None
    try:
        return next((item for item in pack_of(version).commitments if item.id == line.commitment), None)
    except PackFaults:
        return None


def entries_for(user: Any, line: BudgetLine) -> QuerySet[BudgetEntry]:
    """The entries of a line, last first."""
    return visible(user, line.entries.select_related("by")).order_by("-serial")


def orders_waiting(user: Any, line: BudgetLine | None = None) -> QuerySet[PaymentOrder]:
    """Orders that wait for release, oldest first; of one line or of all."""
    rows = visible(user, PaymentOrder.objects.filter(state=PaymentOrder.State.ASKED))
    rows = rows.filter(line=line) if line else rows
    return rows.select_related("line", "asked_by").order_by("asked_at", "pk")


def calls_for(user: Any) -> QuerySet[AllocationCall]:
    """The calls that the user may see."""
    return visible(user, AllocationCall.objects.select_related("line", "decided_by"))
