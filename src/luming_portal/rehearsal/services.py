"""What is recorded of a rehearsal: that somebody took it out as a paper. The changed rule itself is kept nowhere."""

from __future__ import annotations

from typing import Any

from luming.rehearsal import Rehearsal
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change


def record_paper(title: str, found: Rehearsal, form: str, *, by: Any) -> None:
    """Enter into the record of changes that a rehearsal was taken out, of what and over how many firms.

    Raises:
        Refused: not the right of this person.
    """
    require(by, Action.EXPORT, "rehearsal")
    with change() as changes:
        changes.event(
            "rehearsal.exported", title, form=form, as_of=found.as_of.isoformat(), firms=found.firms
        )
