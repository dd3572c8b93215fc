"""What panels do when their case moves: no step goes on without declarations, and a case that ends ends its panel."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import change
from luming_portal.cases.models import Case
from luming_portal.cases.signals import case_moved
from luming_portal.panels.models import Panel, PanelState
from luming_portal.panels.services.convening import shut

SEATED = "seat"
"""Key of the step by which a procedure says that its panel sits."""


@receiver(case_moved, dispatch_uid="panels.follow")
def follow(sender: Any, case: Case, event: Any, by: Any, **kwargs: Any) -> None:
    """Check the seating; dissolve the panel of a case that is over.

    Raises:
        Refused: the case says that the panel sits, and not all of it has declared.
    """
    at_work = Panel.objects.filter(case=case).exclude(state__in=(PanelState.CLOSED, PanelState.DISSOLVED))
    if event.content.get("transition") == SEATED and not at_work.filter(state=PanelState.SCORING).exists():
        raise Refused(_("专家还没有全部申报回避,不能进入评审。请在专家评审中选好专家并等他们申报。"))
    if case.closed_at is None:
        return
    with change(_("事项已办结")) as changes:
        for panel in at_work.select_for_update():
            for seat in panel.seats.select_related("panel", "expert"):
                shut(changes, seat)
            panel.state = PanelState.DISSOLVED
            changes.save(panel)
