"""What changes qualifications: each a function, each through the audit door, with the firm's own line kept in step."""

from __future__ import annotations

from typing import Any

from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.enterprises.models import Enterprise, Qualification


def save_qualification(
    item: Qualification, *, by: Any, reason: str, expected_version: int | None = None
) -> Qualification:
    """Add or change a qualification of a firm that the person may change.

    Raises:
        Refused, StaleVersion, ReasonMissing: nothing was written.
    """
    require(by, Action.CHANGE, "enterprise", item.enterprise)
    with change(reason) as changes:
        changes.save(item, expected_version=expected_version)
        note_titles(changes, item.enterprise)
    return item


def delete_qualification(
    item: Qualification, *, by: Any, reason: str, expected_version: int | None = None
) -> None:
    """Remove a qualification that was entered by mistake.

    Raises:
        Refused, StaleVersion, ReasonMissing: nothing was removed.
    """
    require(by, Action.CHANGE, "enterprise", item.enterprise)
    with change(reason) as changes:
        firm = item.enterprise
        changes.delete(item, expected_version=expected_version)
        note_titles(changes, firm)


def note_titles(changes: ChangeSet, firm: Enterprise) -> None:
    """Bring the line of titles that lists show and filter to what the qualifications say."""
    stored = Enterprise.objects.get(pk=firm.pk)
    titles = dict.fromkeys(firm.qualifications.order_by("title").values_list("title", flat=True))
    stored.titles = "、".join(titles)[:500]
    changes.save(stored)
