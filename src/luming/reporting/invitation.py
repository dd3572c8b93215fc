"""一次性链接: how long a contact person without an account may fill in a unit's figures, and where a link stands.

No source states days for this: three by default and fourteen at most are ours (平台默认口径). A link never outlives the
day on which the month's sheet is published, unless that day is over already and the figure is being made up for.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

DEFAULT_DAYS = 3
LONGEST_DAYS = 14


class InvitationState(StrEnum):
    """Where a link stands. Of several the first in this order that holds."""

    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    OPENED = "opened"
    UNOPENED = "unopened"

    @property
    def label(self) -> str:
        """The state as an officer says it."""
        return _LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether figures can still be handed in by it."""
        return self in (InvitationState.OPENED, InvitationState.UNOPENED)


_LABELS = {
    InvitationState.USED: "已用",
    InvitationState.WITHDRAWN: "已收回",
    InvitationState.EXPIRED: "已过期",
    InvitationState.OPENED: "已打开",
    InvitationState.UNOPENED: "未打开",
}


def last_day(today: dt.date, days: int, publish_by: dt.date) -> dt.date:
    """The last day of a link that is made today, that day included.

    Args:
        days: how many days it is wished to hold, 1 to LONGEST_DAYS.
        publish_by: when the month's sheet comes out; a figure that comes later misses it.

    Raises:
        ValueError: no such number of days.

    >>> last_day(dt.date(2025, 10, 3), 3, dt.date(2025, 10, 10))
    datetime.date(2025, 10, 6)
    >>> last_day(dt.date(2025, 10, 9), 3, dt.date(2025, 10, 10))
    datetime.date(2025, 10, 10)
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"链接有效1至{LONGEST_DAYS}天,现为{days}天")
    wished = today + dt.timedelta(days=days)
    return min(wished, publish_by) if publish_by >= today else wished


def state_of(
    now: dt.datetime,
    *,
    expires_at: dt.datetime,
    opened_at: dt.datetime | None,
    used_at: dt.datetime | None,
    withdrawn_at: dt.datetime | None,
) -> InvitationState:
    """Where a link stands at a moment. At `expires_at` itself it has expired."""
    if used_at is not None:
        return InvitationState.USED
    if withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    if now >= expires_at:
        return InvitationState.EXPIRED
    return InvitationState.OPENED if opened_at is not None else InvitationState.UNOPENED


def masked_phone(written: str) -> str:
    """A telephone number of which enough is left to tell it from others; "" where nothing was written.

    Raises:
        ValueError: it is none: seven to fifteen digits, with blanks, hyphens and a leading plus at most.

    >>> masked_phone("138 0000 1234")
    '138****1234'
    """
    digits = re.sub(r"[\s-]", "", written)
    if not digits:
        return ""
    if not re.fullmatch(r"\+?[0-9]{7,15}", digits):
        raise ValueError("电话应为7至15位数字,可以带空格、连字符和开头的加号")
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"****{digits[-4:]}"
