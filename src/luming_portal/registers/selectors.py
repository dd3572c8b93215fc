"""What is read of saved views, with the reader's rights applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from luming_portal.accounts.rights import visible
from luming_portal.registers.models import SavedView
from luming_portal.registers.register import Register


@dataclass(frozen=True, slots=True)
class OfferedView:
    """A saved view as the menu of a list shows it."""

    view: SavedView
    own: bool
    active: bool


def saved_views(user: Any, register: Register) -> QuerySet[SavedView]:
    """The views of a register that the user may open."""
    return visible(user, SavedView.objects.filter(register=register.slug)).select_related("owner")


def views_for(user: Any, register: Register, query: str) -> list[OfferedView]:
    """The views as the menu shows them, with the one that is open marked."""
    if not user.is_authenticated:
        return []
    return [
        OfferedView(view, view.owner_id == user.pk, view.query == query)
        for view in saved_views(user, register)
    ]


def default_view(user: Any, register: Register) -> SavedView | None:
    """The view with which the user's list opens."""
    if not user.is_authenticated:
        return None
    return SavedView.objects.filter(owner=user, register=register.slug, is_default=True).first()
