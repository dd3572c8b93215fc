"""What cases of the procedure `first_claim` bring into the register: the claim when it is handed in, the check when it is over."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from luming_portal.audit.door import change
from luming_portal.cases.models import Case
from luming_portal.cases.signals import case_moved
from luming_portal.claims.models import ClaimState, FirstClaim

PROCESS = "first_claim"
_HELD = frozenset({"rewarding", "paying", "registered", "rewarded"})


@receiver(case_moved, dispatch_uid="claims.follow")
def follow(sender: Any, case: Case, event: Any, by: Any, **kwargs: Any) -> None:
    """Keep the register as the case stands."""
    if case.process != PROCESS or case.submitted_at is None:
        return
    claim = FirstClaim.objects.filter(case=case).first() or _new(case)
    state = _state(case)
    if claim.pk is not None and claim.state == state:
        return
    claim.state = state
    if state in (ClaimState.HELD, ClaimState.NOT_HELD):
        claim.checked_by = _("专家组(事项%s)") % case.number if case.data.get("panel") else case.unit
        claim.checked_on = localdate(case.moved_at)
        claim.words = str(case.data.get("registered_claim", ""))[:200] if state == ClaimState.HELD else ""
        claim.number = str(case.data.get("matter", ""))[:40] if state == ClaimState.HELD else ""
    with change(_("随事项%s登记") % case.number) as changes:
        changes.save(claim)


def _state(case: Case) -> ClaimState:
    if case.state in _HELD:
        return ClaimState.HELD
    if case.outcome == "refused":
        return ClaimState.NOT_HELD
    if case.outcome == "withdrawn":
        return ClaimState.WITHDRAWN
    return ClaimState.CLAIMED


def _new(case: Case) -> FirstClaim:
    data = case.data
    return FirstClaim(
        key=f"C-{case.pk}",
        product=str(data.get("title", case.title))[:200],
        kind=str(data.get("claim_kind", ""))[:20],
        scope=str(data.get("scope", ""))[:20],
        claim=str(data.get("statement", ""))[:500],
        claimant=case.subject_name,
        enterprise=case.enterprise,
        institution=case.institution,
        launched_on=parse_date(str(data.get("launched_on", ""))[:10] or "0"),
        evidence=_("查新报告和第三方比对报告见事项%s") % case.number,
        steward=case.unit,
        mark="ours",
        case=case,
        demo=case.demo,
    )
