"""Telling people, and what they do with what they were told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change
from luming_portal.notices.models import Mail, Notice, NoticeKind, NoticePreference
from luming_portal.notices.tasks import send_mails

MOST_AT_ONCE = 500
"""People told of one thing; more is a fault of who asks."""


def tell(
    people: Iterable[User],
    kind: NoticeKind,
    title: str,
    *,
    key: str,
    body: str = "",
    href: str = "",
    demo: bool = False,
    now: datetime | None = None,
) -> list[Notice]:
    """Tell people something, in the transaction of what it is about; mail goes out after it. The notices that are new.

    Args:
        key: what it is about; who was told it already is not told again.
    """
    at = now or timezone.now()
    wanted = {one.pk: one for one in people if one.is_active}
    if len(wanted) > MOST_AT_ONCE:
        raise ValueError(f"{len(wanted)} people are told of {key}")
    known = set(
        Notice.objects.filter(key=key[:120], recipient__in=wanted).values_list("recipient_id", flat=True)
    )
    made = [
        Notice(
            recipient=one,
            kind=kind,
            title=title[:200],
            body=body[:500],
            href=href[:200],
            key=key[:120],
            told_at=at,
            demo=demo or one.demo,
        )
        for pk, one in wanted.items()
        if pk not in known
    ]
    if not made:
        return []
    with change(_("发通知")) as changes:
        stored: list[Notice] = changes.create_many(made)
        _put_mails(stored, kind, at)
    return stored


def _put_mails(notices: Sequence[Notice], kind: NoticeKind, at: datetime) -> None:
    if not settings.MAIL_ON:
        return
    by_person = {one.recipient_id: one for one in notices if one.recipient.email and not one.demo}
    wishes = NoticePreference.objects.filter(user__in=by_person)
    wanting = [one.user_id for one in wishes if kind.value in one.mail]
    if wanting:
        Mail.objects.bulk_create(Mail(notice=by_person[pk], next_attempt_at=at) for pk in wanting)
        transaction.on_commit(send_mails.enqueue)


def mark_read(notices: Iterable[Notice], *, by: Any, now: datetime | None = None) -> int:
    """Note that a person has read what he was told. How many were unread."""
    at, count = now or timezone.now(), 0
    for one in notices:
        require(by, Action.CHANGE, "notice", one)
        if one.read_at is None:
            one.read_at = at
            one.save(update_fields=["read_at"])
            count += 1
    return count


def set_preference(kinds: Iterable[str], *, by: Any) -> NoticePreference:
    """Set by which kinds one wants mail.

    Raises:
        Refused: a visitor.
        ValueError: there is no such kind.
    """
    require(by, Action.CHANGE, "notice")
    wanted = [NoticeKind(one).value for one in dict.fromkeys(kinds)]
    found = NoticePreference.objects.filter(user=by).first() or NoticePreference(user=by, demo=by.demo)
    found.mail = wanted
    with change(_("通知设置")) as changes:
        return changes.save(found)
