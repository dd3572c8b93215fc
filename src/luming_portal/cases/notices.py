"""Effects that tell somebody: `notify:<role of the process>`. What carries the notice listens to the signal `case_notice`."""

from __future__ import annotations

from typing import Any

from luming_portal.cases.effects import effect
from luming_portal.cases.models import Case, CaseEvent
from luming_portal.cases.signals import case_notice


@effect("notify:")
def notify(case: Case, event: CaseEvent, by: Any, name: str) -> None:
    """Tell those who play a role in the case; their trays show the case in any way."""
    case_notice.send(sender=Case, case=case, event=event, part=name.partition(":")[2])
