"""Accounts for the invented experts, and a panel that waits for the declaration of the one-click expert."""

from __future__ import annotations

from luming.errors import LumingError
from luming_portal.accounts.demonstration import UNIT, demonstration_officer, username_of
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import ChangeSet, change
from luming_portal.panels.models import Expert, Panel, PanelSettled, PanelState
from luming_portal.panels.services.convening import invite, propose
from luming_portal.panels.services.scoring import declare

_PANEL = 5


def load_panel() -> int:
    """Give the invented experts accounts and convene a panel that a case opened; how many were convened."""
    first = User.objects.filter(username=username_of(Role.EXPERT), demo=True).first()
    experts = list(Expert.objects.filter(demo=True).select_related("person").order_by("key"))
    if first is None or not experts:
        return 0
    with acting_as(None), change("演示专家的账号") as changes:
        for at, expert in enumerate(experts):
            if expert.account_id is None:
                expert.account = first if at == 0 else _account(changes, at, expert)
                changes.save(expert)
        officer = demonstration_officer(changes, Role.DEPARTMENT, UNIT)
    panel = Panel.objects.filter(demo=True, state=PanelState.DRAFT, seats=None).order_by("pk").first()
    if panel is None:
        return 0
    with acting_as(officer):
        try:
            return _convene(panel, experts, officer)
        except (Refused, PanelSettled, LumingError):
            return 0


def _convene(panel: Panel, experts: list[Expert], officer: User) -> int:
    chosen = [*experts[: _PANEL - 1], experts[-1]]
    categories = list(panel.scheme["categories"])
    propose(panel, chosen, leader=chosen[1], category=categories[-1] if categories else "", by=officer)
    invite(panel, by=officer)
    for seat in panel.seats.select_related("panel__case", "expert__account").order_by("pk")[1:]:
        with acting_as(seat.expert.account):
            declare(seat, [], by=seat.expert.account)
    return 1


def _account(changes: ChangeSet, at: int, expert: Expert) -> User:
    """An account that nobody signs in with: it has no password."""
    name = f"{username_of(Role.EXPERT)}-{at:02d}"
    found = User.objects.filter(username=name).first()
    if found is not None:
        return found
    user = User(username=name, name=expert.person.name, role=Role.EXPERT, demo=True)
    user.set_unusable_password()
    return changes.save(user)  # type: ignore[no-any-return]
