"""Reads what a person was told."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from luming_portal.accounts.rights import visible
from luming_portal.notices.models import Notice, NoticePreference


def inbox(user: Any, *, kind: str = "", unread: bool = False) -> QuerySet[Notice]:
    """A person's notices, newest first."""
    found = visible(user, Notice.objects.all())
    if kind:
        found = found.filter(kind=kind)
    return found.filter(read_at__isnull=True) if unread else found


def unread_count(user: Any) -> int:
    """How many a person has not read."""
    return inbox(user, unread=True).order_by().count()


def mail_kinds(user: Any) -> list[str]:
    """By which kinds a person wants mail."""
    found = NoticePreference.objects.filter(user=user).first()
    return list(found.mail) if found is not None else []
