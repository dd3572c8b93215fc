"""Money and rates in templates."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template
from django.db.models import Exists, OuterRef, Q

from luming.budget import Move, in_words
from luming_portal.accounts.rights import visible
from luming_portal.budgets.models import BudgetClaim, BudgetEntry

register = template.Library()


@register.filter
def money(fen: int | None) -> str:
    """A sum of fen in words."""
    return "" if fen is None else in_words(fen)


@register.filter
def rate(value: Fraction | None) -> str:
    """A rate of 1 in percent, cut to one decimal, so that 99.96% is not called 100%."""
    if value is None:
        return "—"
    tenths = value.numerator * 1000 // value.denominator
    return f"{tenths // 10}.{tenths % 10}%"


@register.filter
def signed(entry: Any) -> str:
    """Which way an entry goes for what is free: a sign, or none where free money stays as it was."""
    source, target = entry.value().way
    if (source and source.value) == "free":
        return "−"
    return "+" if (target and target.value) == "free" else ""


@register.simple_tag
def bar(balance: Any) -> list[tuple[str, int, int]]:
    """Where the money stands, as parts of a bar of 1000: (stage, begin, width)."""
    parts, at = [], 0
    total = balance.total
    for name, amount in (
        ("paid", balance.spent),
        ("committed", balance.committed),
        ("reserved", balance.reserved),
        ("free", balance.free),
    ):
        width = amount * 1000 // total if total else 0
        parts.append((name, at, width))
        at += width
    return parts


@register.simple_tag(takes_context=True)
def money_of_case(context: Any, case: Any) -> list[Any]:
    """What happened to the money of a case, payments included, as far as the reader may see entries, oldest first."""
    own = f"case:{case.pk}"
    matters = BudgetClaim.objects.filter(origin=own, line=OuterRef("line"), matter=OuterRef("matter"))
    rows = BudgetEntry.objects.filter(Q(origin=own) | Exists(matters)).select_related("line").order_by("pk")
    return list(visible(context["request"].user, rows))


@register.filter
def moves(claim: Any) -> list[Move]:
    """What may be done with a matter as it stands."""
    held = claim.value()
    found = []
    if held.reserved:
        found += [Move.COMMIT, Move.RELEASE]
    if held.committed:
        found.append(Move.CANCEL)
    if held.spent:
        found.append(Move.GIVE_BACK)
    return found
