"""What cases of the procedure `talent_card` bring into the register: a card when it is issued, and every later change."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from luming_portal.audit.door import change
from luming_portal.cases.models import Case
from luming_portal.cases.signals import case_moved
from luming_portal.talents.models import CardState, TalentCard

PROCESS = "talent_card"
_STATES = {
    "valid": CardState.VALID,
    "yearly_check": CardState.VALID,
    "suspended": CardState.SUSPENDED,
    "cancelled": CardState.CANCELLED,
    "expired": CardState.EXPIRED,
}


@receiver(case_moved, dispatch_uid="talents.follow")
def follow(sender: Any, case: Case, event: Any, by: Any, **kwargs: Any) -> None:
    """Keep the register as the case stands."""
    state = _STATES.get(case.state)
    if case.process != PROCESS or state is None:
        return
    data = case.data
    card = TalentCard.objects.filter(case=case).first() or _new(case)
    card.state = state
    card.talent_class = str(data.get("talent_class", ""))[:10]
    card.number = str(data.get("card_no", ""))[:40]
    card.valid_to = parse_date(str(data.get("valid_to", ""))[:10] or "0")
    card.days = _whole(data.get("days_in_city"))
    card.year = _whole(data.get("year")) or localdate(case.moved_at).year
    with change(_("随事项%s登记") % case.number) as changes:
        changes.save(card)


def _new(case: Case) -> TalentCard:
    data = case.data
    return TalentCard(
        key=f"K-{case.pk}",
        name=str(data.get("person_name", "") or case.subject_name)[:60],
        employer=str(data.get("employer_name", ""))[:200],
        enterprise=case.enterprise,
        field=str(data.get("field", ""))[:200],
        engagement=str(data.get("engagement", "全职"))[:20],
        urgent=data.get("urgent") is True,
        secret=data.get("secret_person") is True,
        valid_from=localdate(case.moved_at),
        steward=case.unit,
        mark="verified",
        case=case,
        demo=case.demo,
    )


def _whole(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() else None
