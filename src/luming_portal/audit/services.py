"""What the record of changes records about itself: that it was taken out."""

from __future__ import annotations

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.audit.filters import ChangeFilter


def record_export(*, by: User, asked: ChangeFilter, form: str, count: int) -> None:
    """Record that entries were exported, how many, in which form and by which filter.

    Raises:
        Refused: the user may not export.
    """
    require(by, Action.EXPORT, "audit")
    with acting_as(by), change() as changes:
        changes.event("audit.exported", "", None, format=form, count=count, filter=asked.query())
