"""Told inside the transaction in which a case moved; what leaves the house (mail, webhooks) goes out on commit.

    @receiver(case_moved)
    def tell(sender, case, event, by, **kwargs): ...

`case` is the stored case after the event (luming_portal.cases.models.Case), `event` the stored CaseEvent, `by` the
user or None for the system. A receiver may refuse (luming_portal.accounts.rights.Refused): then nothing has happened.
`case_escalated` (case, escalation) follows a clock that ran over; `case_notice` (case, event, part) is the effect
`notify:<role of the process>` of a step.
"""

from __future__ import annotations

from django.dispatch import Signal

case_moved = Signal()
case_escalated = Signal()
case_notice = Signal()
