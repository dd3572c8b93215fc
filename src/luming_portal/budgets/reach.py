"""Whether somebody may do something on a line to what is not there yet: an entry, an order, a call."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Decision, Refused, Scope, decide, require, scope_of
from luming_portal.budgets.models import BudgetLine


def decide_on(user: Any, action: Action, noun: str, line: BudgetLine) -> Decision:
    """The decision for a kind of thing on a line."""
    by_role = decide(user, action, noun)
    if (
        not by_role
        or scope_of(user, action, noun) is not Scope.UNIT
        or (user.unit and user.unit == line.unit)
    ):
        return by_role
    return Decision(
        False,
        _("“%(line)s”由%(unit)s主管,不由您的单位(%(own)s)办理。")
        % {"line": line, "unit": line.unit, "own": user.unit or _("未填")},
    )


def require_on(user: Any, action: Action, noun: str, line: BudgetLine) -> None:
    """Stop here unless it is allowed.

    Raises:
        Refused: with the reason.
    """
    require(user, action, noun)
    decision = decide_on(user, action, noun, line)
    if not decision:
        raise Refused(decision.reason)
