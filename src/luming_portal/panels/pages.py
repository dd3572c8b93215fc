"""What an expert's page shows beside the columns: ties, past panels in figures, the account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luming_portal.accounts.rights import Action, decide, visible
from luming_portal.panels.models import Expert, ExpertTie
from luming_portal.panels.schemes import rules
from luming_portal.panels.selectors import credit_of_all
from luming_portal.panels.services.experts import may_tie


def expert_context(request: HttpRequest, record: Expert) -> dict[str, Any]:
    """Ties, credit, account of an expert."""
    from luming_portal.panels.forms import AccountForm, TieForm

    may_change = bool(decide(request.user, Action.CHANGE, "expert", record))
    ties = visible(request.user, ExpertTie.objects.filter(expert=record).select_related("person"))
    return {
        "ties": list(ties),
        "may_tie": may_tie(request.user, record),
        "may_account": may_change,
        "credit": credit_of_all([record])[record.pk],
        "credit_rule": rules().credit,
        "tie_form": TieForm(),
        "account_form": AccountForm(expert=record),
    }
