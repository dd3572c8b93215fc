"""Addresses of calendars: made, revoked, recognised."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change
from luming_portal.deadlines.models import FeedAddress

MOST_ADDRESSES = 10
_SECRET_BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_USE_NOTED_EVERY = timedelta(hours=1)


class AddressRefused(Exception):
    """An address that cannot be made; carries the sentence. Nothing was written."""


def make_address(name: str, *, by: Any) -> tuple[FeedAddress, str]:
    """An address for oneself, and its secret, which cannot be had again.

    Raises:
        Refused: the role has no calendar.
        AddressRefused: no name, or too many addresses.
    """
    require(by, Action.CREATE, "calendar")
    name = name.strip()
    if not name or len(name) > 60:
        raise AddressRefused(_("请写明用在哪里,60个字以内。"))
    if FeedAddress.objects.filter(owner=by, revoked_at=None).count() >= MOST_ADDRESSES:
        raise AddressRefused(_("有效的订阅地址最多%d个,请先停用不用的。") % MOST_ADDRESSES)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with change(_("设立日程订阅地址")) as changes:
        address: FeedAddress = changes.save(
            FeedAddress(owner=by, name=name, digest=digest_of(secret), hint=secret[-4:], demo=by.demo)
        )
    return address, secret


def revoke_address(address: FeedAddress, *, by: Any, now: datetime | None = None) -> None:
    """Make an address worthless from now on.

    Raises:
        Refused: it is another's.
    """
    require(by, Action.DELETE, "calendar", address)
    if address.revoked_at is None:
        address.revoked_at = now or timezone.now()
        with change(_("停用日程订阅地址")) as changes:
            changes.save(address, expected_version=address.version)


def address_of(secret: str, now: datetime) -> FeedAddress | None:
    """The address of a secret, with its owner; None for what is no address, revoked, or of an account not in use."""
    if not _SHAPE.fullmatch(secret):
        return None
    found = FeedAddress.objects.select_related("owner").filter(digest=digest_of(secret)).first()
    if found is None or found.revoked_at is not None or not found.owner.may_sign_in:
        return None
    if found.last_used_at is None or now - found.last_used_at > _USE_NOTED_EVERY:
        found.last_used_at = now
        found.save(update_fields=["last_used_at"])
    return found


def digest_of(secret: str) -> str:
    """SHA-256 in hex. The secret is 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
