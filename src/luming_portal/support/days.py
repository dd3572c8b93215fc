"""The last days of items that a firm is entitled to, or may be, for its calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from luming_portal.accounts.rights import role_of
from luming_portal.accounts.roles import Role
from luming_portal.deadlines.entry import Entry, days_of
from luming_portal.support.selectors import deadlines_of


@days_of("support", gettext_lazy("惠企事项到期"))
def item_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """Of the items of one's own firm those that end, from today on."""
    if role_of(user) is not Role.ENTERPRISE or not user.enterprise_id:
        return
    for one in deadlines_of(user.enterprise, timezone.localdate()):
        if first <= one.day <= last:
            yield Entry(
                uid=f"support-{one.item}",
                kind="support",
                day=one.day,
                title=one.name,
                note=one.words,
                href=one.address,
                demo=user.enterprise.demo,
            )
