"""What panels do when a case asks for one: `panel.open:<scheme>`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from luming_portal.audit.door import change
from luming_portal.cases.effects import effect
from luming_portal.panels.models import PanelState
from luming_portal.panels.schemes import scheme_named
from luming_portal.panels.services.convening import make_panel


@effect("panel.open:")
def open_for_case(case: Any, event: Any, by: Any, name: str) -> None:
    """Open a panel for the case; where one is at work already (the case came back), it goes on.

    Raises:
        Refused: there is no scheme of that name.
    """
    scheme = scheme_named(name.partition(":")[2])
    if case.panels.exclude(state__in=(PanelState.CLOSED, PanelState.DISSOLVED)).exists():
        return
    with change(_("组建专家组")) as changes:
        make_panel(changes, case, scheme)
