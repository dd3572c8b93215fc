"""What was decided, in the words of the process, and why.

A step that only carries out a decision (publicity is over, the money is released) is not the decision: that is the step by
which the case entered publicity.
"""

from __future__ import annotations

from luming.cases import Process, Reason
from luming_portal.cases.models import Case, CaseEvent


def decided(case: Case, process: Process, event: CaseEvent | None) -> tuple[str, str]:
    """The label of the decision and its reason; "" where nothing was decided."""
    if event is None:
        return "", ""
    step = process.transitions.get(str(event.content.get("transition", "")))
    if step is None or step.reason is Reason.REQUIRED or process.publicity is None:
        return event.label, event.reason
    for earlier in CaseEvent.objects.filter(case=case, seq__lte=event.seq, kind="moved").order_by("-seq"):
        entering = process.transitions.get(str(earlier.content.get("transition", "")))
        if entering is not None and entering.target == process.publicity.state and not entering.settles:
            return earlier.label, earlier.reason or event.reason
    return event.label, event.reason
